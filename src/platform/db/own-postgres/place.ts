import { createHash } from 'node:crypto';
import { chmod, lchown, lstat, mkdir, readdir, readlink, realpath, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, StartError } from '../start-error.ts';

/** An account of the operating system, by its numbers. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where PostgreSQL keeps its files, and as whom it runs. */
export interface Place {
  /** PostgreSQL's data folder, without symbolic links in it. */
  readonly dataDir: string;
  /** False on the first start. */
  readonly initialised: boolean;
  /** Null: as the program itself. PostgreSQL refuses to run as root. */
  readonly user: SystemUser | null;
}

/** `nobody`, the unprivileged account that every Linux has. */
export const NOBODY: SystemUser = { uid: 65_534, gid: 65_534 };

/** Where things go that `nobody` must reach and cannot reach in the checkout. */
export const SYSTEM_FOLDER = '/var/lib/grappe';

/** The folder of the program's data in the system folder: `main-data-1f3a5b7c`. */
export function systemName(folder: string): string {
  const path = resolve(folder);
  const readable = `${basename(dirname(path))}-${basename(path)}`
    .replaceAll(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^-+/, '');
  return `${readable}-${createHash('sha256').update(path).digest('hex').slice(0, 8)}`;
}

/** True if `user` may pass through `folder` and everything above it, going by owner, group and mode. */
export async function canEnter(folder: string, user: SystemUser): Promise<boolean> {
  for (let path = await realpath(folder); ; path = dirname(path)) {
    const { uid, gid, mode } = await stat(path);
    const passes = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & passes) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/**
 * Decides where the data of `folder` are: in `folder/postgres`, which is a symbolic link where root started the program
 * and `nobody` cannot enter the folder. Creates the folder and the link, not the data.
 *
 * Throws a {@link StartError} where the data belong to somebody else or cannot be reached.
 */
export async function findPlace(folder: string, log: (line: string) => void): Promise<Place> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const path = join(folder, 'postgres');
  const isRoot = process.getuid?.() === 0;
  const found = await lookUp(path);
  if (!found) {
    if (!isRoot) return { dataDir: join(await realpath(folder), 'postgres'), initialised: false, user: null };
    if (await canEnter(folder, NOBODY))
      return { dataDir: join(await realpath(folder), 'postgres'), initialised: false, user: NOBODY };
    const dataDir = join(await makeSystemFolder(folder), 'postgres');
    await symlink(dataDir, path);
    log(`PostgreSQL's data are in ${dataDir}: its user cannot enter ${folder}.`);
    return { dataDir, initialised: false, user: NOBODY };
  }
  if (!found.owner) return { dataDir: found.dataDir, initialised: false, user: isRoot ? NOBODY : null };
  if (found.dataDir !== path && found.dataDir.startsWith(`${SYSTEM_FOLDER}/`))
    log(`PostgreSQL's data are in ${found.dataDir}: its user cannot enter ${folder}.`);
  const place = { dataDir: found.dataDir, initialised: true };
  if (process.getuid === undefined) return { ...place, user: null };
  if (!isRoot) {
    if (found.owner.uid !== process.getuid())
      throw new StartError(
        `${path} belongs to another user (${found.owner.uid}): start Grappe as that user or as root, or give it back with chown -R.`,
      );
    return { ...place, user: null };
  }
  // Root runs PostgreSQL as whoever the data belong to, so that an ordinary user's folder stays that user's.
  const user = found.owner.uid === 0 ? NOBODY : found.owner;
  if (!(await canEnter(dirname(found.dataDir), user)))
    throw new StartError(
      `The user ${user.uid}, to whom ${found.dataDir} belongs, can no longer enter ${dirname(found.dataDir)}: give the folders above it the mode o+x again.`,
    );
  if (found.owner.uid === 0) await giveTo(user, found.dataDir);
  return { ...place, user };
}

/** What stands at `path`; without `owner`, a link to where the data were about to be made. Undefined: nothing. */
async function lookUp(path: string): Promise<{ dataDir: string; owner?: SystemUser } | undefined> {
  try {
    const dataDir = await realpath(path);
    const { uid, gid } = await stat(dataDir);
    return { dataDir, owner: { uid, gid } };
  } catch (error) {
    if (codeOf(error) !== 'ENOENT')
      throw new StartError(`${path} cannot be read (${codeOf(error)}).`, { cause: error });
  }
  if (!(await lstat(path).catch(() => undefined))) return undefined;
  const target = resolve(dirname(path), await readlink(path));
  const above = await stat(dirname(target)).catch(() => undefined);
  if (!target.startsWith(`${SYSTEM_FOLDER}/`) || !above)
    throw new StartError(
      `${path} leads to ${target}, which is not there: bring it back, or remove the link.`,
    );
  return { dataDir: target };
}

/** A new folder in the system folder. One of the same name was left by a data folder that is gone: it stays. */
async function makeSystemFolder(folder: string): Promise<string> {
  const name = systemName(folder);
  for (let n = 1; ; n++) {
    const path = join(SYSTEM_FOLDER, n === 1 ? name : `${name}-${n}`);
    try {
      await mkdir(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
      await mkdir(path, { mode: 0o755 });
      await chmod(path, 0o755);
      return path;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST')
        throw new StartError(
          `PostgreSQL cannot run as root, its user cannot enter ${folder}, and ${SYSTEM_FOLDER} cannot be written (${codeOf(error)}): set GRAPPE_DATA to a folder that everybody may enter.`,
          { cause: error },
        );
    }
  }
}

/** Gives a folder and all in it to a user, without following links. */
export async function giveTo(user: SystemUser, folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await giveTo(user, path);
    else await lchown(path, user.uid, user.gid);
  }
  await lchown(folder, user.uid, user.gid);
}
