import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyDatabase, type TestDatabase } from '../../../tests/database.ts';
import { decidePending, fingerprint, type Migration, migrate, readMigrations } from './migrate.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'grappe-migrations-'));
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const write = (name: string, sql: string): Promise<void> => writeFile(join(folder, `${name}.sql`), sql);

async function ask<T extends pg.QueryResultRow>(text: string): Promise<T[]> {
  const client = new pg.Client(database.admin);
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

test('applies each file once, in order, as the owner role', async () => {
  await write('0001-create-things', 'create table thing (n int)');
  await write('0002-fill-things', 'insert into thing values (1)');
  expect(await migrate(database.owner, folder)).toEqual({
    applied: ['0001-create-things', '0002-fill-things'],
  });
  expect(await migrate(database.owner, folder)).toEqual({ applied: [] });
  await write('0003-fill-more', 'insert into thing values (2); insert into thing values (3)');
  expect(await migrate(database.owner, folder)).toEqual({ applied: ['0003-fill-more'] });
  expect(await ask('select n from thing order by n')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  expect(await ask(`select tableowner from pg_tables where tablename = 'thing'`)).toEqual([
    { tableowner: 'grappe_owner' },
  ]);
  expect(await ask('select count(*)::int as n from grappe_migration where applied_at <= now()')).toEqual([
    { n: 3 },
  ]);
});

test('a file that fails is undone whole, says why, and can be put right', async () => {
  await write('0001-create-things', 'create table thing (n int)');
  await write('0002-fill-things', `insert into thing values (1); insert into thing values ('many')`);
  await expect(migrate(database.owner, folder)).rejects.toThrow(
    /^The migration 0002-fill-things failed and was undone: .*"many"/,
  );
  expect(await ask('select n from thing')).toEqual([]);
  await write('0002-fill-things', 'insert into thing values (1)');
  expect(await migrate(database.owner, folder)).toEqual({ applied: ['0002-fill-things'] });
});

test('two programs that migrate at once: one does it, the other finds it done', async () => {
  await write('0001-create-things', 'create table thing (n int); select pg_sleep(0.2)');
  await write('0002-fill-things', 'insert into thing values (1)');
  const both = await Promise.all([migrate(database.owner, folder), migrate(database.owner, folder)]);
  expect(both.flatMap((done) => done.applied).sort()).toEqual(['0001-create-things', '0002-fill-things']);
  expect(await ask('select n from thing')).toEqual([{ n: 1 }]);
});

test('a file changed after it was applied stops the start; other line ends do not', async () => {
  await write('0001-create-things', 'create table thing\n  (n int)\n');
  await migrate(database.owner, folder);
  await write('0001-create-things', 'create table thing\r\n  (n int)\r\n');
  expect(await migrate(database.owner, folder)).toEqual({ applied: [] });
  await write('0001-create-things', 'create table thing (n bigint)');
  await expect(migrate(database.owner, folder)).rejects.toThrow(
    'The migration 0001-create-things was changed after this database had it: put the file back and write a new one.',
  );
});

test('a database newer than the program stops the start', async () => {
  await write('0001-create-things', 'create table thing (n int)');
  await write('0002-fill-things', 'insert into thing values (1)');
  await migrate(database.owner, folder);
  await rm(join(folder, '0002-fill-things.sql'));
  await expect(migrate(database.owner, folder)).rejects.toThrow(
    'The database has had the migration 0002-fill-things, which this version of Grappe does not know: start the newer version, or restore a backup.',
  );
});

test('a migration that row-level security would blind fails instead of changing no row', async () => {
  await write(
    '0001-create-things',
    'create table thing (n int); alter table thing enable row level security; alter table thing force row level security',
  );
  await write('0002-double-things', 'update thing set n = 2 * n');
  await expect(migrate(database.owner, folder)).rejects.toThrow(
    /0002-double-things failed.*row-level security/,
  );
  await write(
    '0002-double-things',
    'alter table thing no force row level security; update thing set n = 2 * n; alter table thing force row level security',
  );
  expect(await migrate(database.owner, folder)).toEqual({ applied: ['0002-double-things'] });
});

test.each([
  ['1-create-things', 'The migration 1-create-things.sql must be named like 0001-create-parties.sql.'],
  ['0001-Things', 'The migration 0001-Things.sql must be named like 0001-create-parties.sql.'],
  ['0002-drop-things', 'Two migrations have the number 0002.'],
])('a file named %s is refused', async (name, message) => {
  await write('0002-create-things', '');
  await write(name, '');
  await expect(readMigrations(folder)).rejects.toThrow(message);
});

test("the program's own migrations are well named, and their text is what is applied", async () => {
  const own = await readMigrations();
  expect(own[0]).toMatchObject({ name: '0001-create-context' });
  const text = await readFile(
    new URL('../../../db/migrations/0001-create-context.sql', import.meta.url),
    'utf8',
  );
  expect(own[0]!.sql).toBe(text);
});

const migrationOf = (n: number): Migration => ({
  name: `${String(n).padStart(4, '0')}-do-it`,
  checksum: `sum of ${n}`,
  sql: '',
});

test('what is pending is always what follows what was applied', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(9999)), fc.nat(20), (numbers, done) => {
      const all = numbers.sort((a, b) => a - b).map(migrationOf);
      expect(decidePending(all, all.slice(0, done))).toEqual(all.slice(done));
    }),
  );
});

test('a file that comes too late is refused', () => {
  expect(() => decidePending([1, 2, 3].map(migrationOf), [1, 3].map(migrationOf))).toThrow(
    'The migration 0002-do-it comes after 0003-do-it, which this database had first: renumber it.',
  );
});

test('the fingerprint changes with every name and text', () => {
  const one = migrationOf(1);
  const all = [[one], [migrationOf(2)], [{ ...one, checksum: 'other' }], [one, migrationOf(2)], []].map(
    fingerprint,
  );
  expect(new Set(all).size).toBe(5);
});
