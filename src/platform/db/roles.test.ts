import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyDatabase, type TestDatabase, testDatabase } from '../../../tests/database.ts';
import { ensureRoles } from './roles.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await query(
    database.admin,
    `insert into cluster (cluster_id, slug, name, identity)
     values ('018f0000-0000-7000-8000-000000000001', 'one', 'One', '{}')`,
  );
});
afterAll(() => database.drop());

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

const DENIED = { code: '42501' };

test('every table of the program exists, to be seen by these tests', async () => {
  expect(await query(database.admin, 'select slug from cluster')).toEqual([{ slug: 'one' }]);
});

test('the login role reads no table, before it takes a role and after it got rid of it', async () => {
  const tables = await query<{ name: string }>(
    database.admin,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'app')`,
  );
  expect(tables.length).toBeGreaterThan(5);
  for (const { name } of tables) {
    await expect(query(database.login, `select from ${name}`)).rejects.toMatchObject(DENIED);
    await expect(
      query(database.login, 'set role grappe_app', 'reset role', `select from ${name}`),
    ).rejects.toMatchObject(DENIED);
    await expect(
      query(
        database.login,
        'set role grappe_app',
        `select set_config('role', 'none', false)`,
        `select from ${name}`,
      ),
    ).rejects.toMatchObject(DENIED);
  }
});

test('the login role becomes nothing but the application, makes nothing and stands in front of nothing', async () => {
  for (const role of ['grappe_owner', 'grappe_jobs', 'postgres'])
    await expect(query(database.login, `set role ${role}`)).rejects.toMatchObject(DENIED);
  for (const become of ['reset role', 'set role grappe_app']) {
    await expect(query(database.login, become, 'create table public.mine (n int)')).rejects.toMatchObject(
      DENIED,
    );
    await expect(
      query(database.login, become, 'create temporary table cluster (n int)'),
    ).rejects.toMatchObject(DENIED);
    await expect(query(database.login, become, 'create schema mine')).rejects.toMatchObject(DENIED);
    await expect(query(database.login, become, 'create role mine')).rejects.toMatchObject(DENIED);
  }
});

test('the application sees no row without a context, nor does the owner', async () => {
  expect(await query(database.login, 'set role grappe_app', 'select slug from cluster')).toEqual([]);
  expect(await query(database.owner, 'select slug from cluster')).toEqual([]);
});

test('the queue has its schema and no table of the application', async () => {
  await query(database.jobs, 'create table jobs.waiting (n int)', 'drop table jobs.waiting');
  await expect(query(database.jobs, 'select from cluster')).rejects.toMatchObject(DENIED);
  await expect(query(database.jobs, 'set role grappe_app')).rejects.toMatchObject(DENIED);
  await expect(
    query(database.login, 'set role grappe_app', 'create table jobs.mine (n int)'),
  ).rejects.toMatchObject(DENIED);
});

test('many programs may prepare one database, and one more, at once', async () => {
  const other = await emptyDatabase();
  await query(other.admin, 'drop schema jobs', 'revoke create on schema public from grappe_owner');
  await Promise.all([other, database, other, database, other].map(({ admin }) => ensureRoles(admin)));
  expect(
    await query(other.admin, `select has_schema_privilege('grappe_owner', 'public', 'create') as may`),
  ).toEqual([{ may: true }]);
  await other.drop();
});
