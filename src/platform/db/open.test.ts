import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from './open.ts';
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts';

// A server of this file's own, because these tests change its roles; with a path so long that it asks for passwords.
let folder: string;
let server: OwnPostgres;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grappe-open-'));
  await chmod(folder, 0o711);
  server = await startOwnPostgres(join(folder, 'x'.repeat(90)), { durable: false, log: () => {} });
  await ask(
    `create role operator login createrole password 'first'`,
    `create role weak login password 'weak'`,
    'create database mine owner operator',
    `create database western owner operator template template0 encoding 'LATIN1' locale_provider libc locale 'C'`,
  );
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** As the server's superuser, in the database `postgres`. */
async function ask<T extends pg.QueryResultRow>(...texts: string[]): Promise<T[]> {
  return query<T>(server.adminConfig, ...texts);
}

async function query<T extends pg.QueryResultRow>(config: pg.ClientConfig, ...texts: string[]): Promise<T[]> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    let rows: T[] = [];
    for (const text of texts) rows = (await client.query<T>(text)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

const addressOf = (credentials: string, database: string, port = server.adminConfig.port): string =>
  `postgres://${credentials}@127.0.0.1:${port}/${database}`;
const open = (databaseUrl: string): Promise<Database> =>
  openDatabase({ databaseUrl, dataFolder: folder, log: () => {} });

const WHO = 'select session_user as session, current_user as now';

test('an ordinary user who may not create roles is told so', async () => {
  await ask('create database poor owner weak');
  await expect(open(addressOf('weak:weak', 'poor'))).rejects.toThrow(
    /^The user of DATABASE_URL must own the database and be allowed to create roles: /,
  );
});

test('a user who may create roles and owns the database is enough', async () => {
  const database = await open(addressOf('operator:first', 'mine'));
  expect(database.applied[0]).toBe('0001-create-context');
  expect(database.alone).toBe(false);
  expect(await query(database.owner, WHO)).toEqual([{ session: 'operator', now: 'grappe_owner' }]);
  expect(await query(database.login, WHO)).toEqual([{ session: 'grappe_login', now: 'grappe_login' }]);
  expect(await query(database.jobs, WHO)).toEqual([{ session: 'grappe_jobs', now: 'grappe_jobs' }]);
  await expect(query(database.login, 'select from cluster')).rejects.toMatchObject({ code: '42501' });
  expect(await query(database.login, 'set role grappe_app', 'select slug from cluster')).toEqual([]);
});

test('the same address gives the same passwords, without setting them again', async () => {
  const stored = `select rolname, rolpassword from pg_authid where rolname like 'grappe%' order by 1`;
  const before = await ask(stored);
  const database = await open(addressOf('operator:first', 'mine'));
  expect(database.applied).toEqual([]);
  expect(await ask(stored)).toEqual(before);
});

test('an address with another password gives others', async () => {
  const former = await open(addressOf('operator:first', 'mine'));
  await ask(`alter role operator password 'second@:/?'`);
  const database = await open(addressOf(`operator:${encodeURIComponent('second@:/?')}`, 'mine'));
  expect(await query(database.login, 'select 1 as x')).toEqual([{ x: 1 }]);
  await expect(query(former.login, 'select 1 as x')).rejects.toMatchObject({ code: '28P01' });
  await ask(`alter role operator password 'first'`);
});

test('a role of the program that has powers is refused, one of another shape is put right', async () => {
  const address = addressOf('operator:first', 'mine');
  await ask('alter role grappe_login createdb');
  await expect(open(address)).rejects.toThrow('The role grappe_login must have no power of its own');
  await ask(
    'alter role grappe_login nocreatedb inherit',
    'grant grappe_app to grappe_login with inherit true',
  );
  const { login } = await open(addressOf(`postgres:${server.secret}`, 'mine'));
  expect(await ask(`select pg_has_role('grappe_login', 'grappe_app', 'usage') as inherits`)).toEqual([
    { inherits: false },
  ]);
  expect(await query(login, 'set role grappe_app', 'select slug from cluster')).toEqual([]);
});

test.each([
  ['operator:wrong', 'mine', undefined, 'the password is wrong'],
  ['operator:first', 'none', undefined, 'there is no such database: create it first'],
  ['operator:first', 'mine', 1, 'nobody listens there'],
])('%s on %s, port %s: one sentence', async (credentials, name, port, why) => {
  await expect(open(addressOf(credentials, name, port))).rejects.toThrow(
    `The database of DATABASE_URL cannot be opened: ${why}.`,
  );
});

test('a database whose texts are not Unicode is refused', async () => {
  await expect(open(addressOf('operator:first', 'western'))).rejects.toThrow('must be in UTF8, not LATIN1');
});

test('without an address the own server is started, and stopped when its migrations fail', async () => {
  const dataFolder = join(folder, 'own');
  const options = { dataFolder, log: () => {} };
  const database = await openDatabase(options);
  expect(database).toMatchObject({ serverVersion: 18, alone: true });
  expect(await query(database.login, WHO)).toEqual([{ session: 'grappe_login', now: 'grappe_login' }]);
  await database.stop();
  const none = await mkdtemp(join(folder, 'none-'));
  await expect(openDatabase({ ...options, migrations: none })).rejects.toThrow(
    /which this version of Grappe does not know/,
  );
  const again = await openDatabase(options);
  expect(again.applied).toEqual([]);
  await again.stop();
});
