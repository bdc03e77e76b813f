import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, parse } from 'node:path';
import { codeOf, StartError } from '../start-error.ts';
import type { Binaries } from './binaries.ts';
import { giveTo, type SystemUser } from './place.ts';

/** The generated password of the superuser, kept with the data; only the loopback port asks for it. */
const PASSWORD_FILE = 'grappe-password';

/**
 * One locale on every machine: PostgreSQL's built-in C.UTF-8 sorts by code point and knows upper and lower case of all
 * letters. What people read in order names its collation (`fr-x-icu`).
 */
const LOCALE = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/** All at once where Linux can: on a busy disk a second instead of the four that a thousand files take one by one. */
const SYNC = process.platform === 'linux' ? ['--sync-method=syncfs'] : [];

/**
 * The environment for PostgreSQL's programs: English messages, and none of the variables that would send them to
 * another server or another locale.
 */
export const cleanEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))),
  LC_ALL: 'C',
});

/**
 * Makes a new data folder (0.6 s). All or nothing: `initdb` works in a folder aside that is renamed when it is
 * complete and on disk, so whatever was killed half way leaves `dataDir` missing, and its rest is swept here.
 */
export async function initialise(
  dataDir: string,
  binaries: Binaries,
  user: SystemUser | null,
  durable: boolean,
): Promise<void> {
  const base = dirname(dataDir);
  await sweep(base, basename(dataDir));
  const aside = await mkdtemp(join(base, `${basename(dataDir)}.new-${process.pid}-`));
  try {
    const password = join(aside, 'password');
    await writeFile(password, randomBytes(24).toString('hex'), { mode: 0o600, flush: durable });
    if (user) await giveTo(user, aside);
    const made = join(aside, 'data');
    await run(
      binaries.initdb,
      [
        '-D',
        made,
        '-U',
        'postgres',
        ...LOCALE,
        '--auth-local=trust',
        '--auth-host=scram-sha-256',
        `--pwfile=${password}`,
        ...(durable ? SYNC : ['--no-sync']),
      ],
      user,
    );
    await rename(password, join(made, PASSWORD_FILE));
    await chmod(made, 0o700);
    await rename(made, dataDir);
    if (durable) await sync(base);
  } catch (error) {
    // Another program made it meanwhile: one of the two will be told so when both want to use it.
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Reads the superuser's password. */
export const readPassword = async (dataDir: string): Promise<string> =>
  (await readFile(join(dataDir, PASSWORD_FILE), 'utf8')).trim();

/** Removes what killed first starts left half made; their process number is in the name. */
async function sweep(base: string, name: string): Promise<void> {
  for (const entry of await readdir(base)) {
    const pid = entry.startsWith(`${name}.new-`)
      ? Number.parseInt(entry.slice(name.length + 5), 10)
      : Number.NaN;
    if (Number.isNaN(pid) || (pid !== process.pid && isAlive(pid))) continue;
    // The killed program's initdb may still be writing there: what cannot be removed now goes at the next start.
    await rm(join(base, entry), { recursive: true, force: true }).catch(() => {});
  }
}

/** True if a process has this number, whoever's it is. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Writes a folder's entries to disk, where the system can. */
async function sync(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function run(program: string, args: string[], user: SystemUser | null): Promise<void> {
  const child = spawn(program, args, {
    // A working folder that every user may enter.
    cwd: parse(process.execPath).root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: cleanEnvironment(),
    ...(user ?? {}),
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise<number | string>((done, fail) => {
    child.once('error', fail);
    child.once('close', (status, signal) => done(status ?? signal ?? 'unknown'));
  }).catch((error: unknown) => codeOf(error));
  if (code !== 0) throw new StartError(`PostgreSQL's data could not be made (${code}): ${lastLines(said)}`);
}

/** The last two lines: where PostgreSQL's programs say what went wrong, and then what that means. */
export const lastLines = (text: string): string =>
  text.trim().split('\n').slice(-2).join('; ').replaceAll(/\s+/g, ' ') || 'no reason given';
