import { execFile, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codeOf } from '../start-error.ts';
import { cleanEnvironment, isAlive } from './initialise.ts';

/** What `postmaster.pid` says of the server on a data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** True when it takes connections. */
  readonly ready: boolean;
}

/** Reads `postmaster.pid` (its lines: pid, folder, start, port, socket folder, address, memory key, state). */
export async function readPostmaster(dataDir: string): Promise<Postmaster | undefined> {
  let lines: string[];
  try {
    lines = (await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  if (!pid) return undefined;
  return { pid, port: Number.parseInt(lines[3] ?? '', 10) || 5432, ready: lines[7]?.trim() === 'ready' };
}

/**
 * True if the process of that number is PostgreSQL on that folder. After a crash or a restart of the machine or
 * container the number in `postmaster.pid` may have gone to any other program.
 */
export async function isPostmaster(pid: number, dataDir: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true; // it has no ps
  try {
    const command =
      process.platform === 'linux'
        ? (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
        : (await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)])).stdout;
    return command.includes('postgres') && command.includes(`-D ${dataDir} `);
  } catch {
    return false; // gone meanwhile
  }
}

/**
 * Tells PostgreSQL that the process which `postmaster.pid` names is none of its own: it takes any living process of its
 * user for a server, but never the one that starts it, so that number takes the place. The rest of the file stays:
 * PostgreSQL sees by it whether children of a killed server still use its memory.
 */
export async function disown(dataDir: string): Promise<void> {
  const path = join(dataDir, 'postmaster.pid');
  try {
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/^-?\d+/, String(process.pid)));
  } catch (error) {
    // The server ended in this very moment and took the file with it: nobody is named any more.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Asks for a fast shutdown: open transactions are rolled back, everything is written. Returns at once. */
export function interrupt(pid: number, dataDir: string, pgCtl: string): void {
  if (process.platform === 'win32') {
    // Windows has no signals; pg_ctl speaks PostgreSQL's replacement for them.
    spawn(pgCtl, ['stop', '-D', dataDir, '-m', 'fast', '-W'], { stdio: 'ignore', env: cleanEnvironment() });
    return;
  }
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
