import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../database.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client(database.admin);
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

const ask = async <Row extends object>(question: string): Promise<Row[]> =>
  (await client.query<Row>(question)).rows;

/**
 * Tables that are not a cluster's, with the reason. Everything else begins its keys with cluster_id, so that it could be
 * spread over machines by it, and shows no row of another cluster.
 */
const OUTSIDE: Readonly<Record<string, string>> = {
  cluster: 'the clusters themselves: what the program reads to know which one an address means',
  grappe_migration: 'which migrations ran; the owner alone reads it',
};

const inClusters = (table: string): boolean => !(table in OUTSIDE);

describe('every table of every migration', () => {
  it('has row-level security, forced on its owner too', async () => {
    const tables = await ask<{ table: string; enabled: boolean; forced: boolean }>(
      `select relname as "table", relrowsecurity as enabled, relforcerowsecurity as forced
       from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
    );
    expect(tables.length).toBeGreaterThan(15);
    // Of what is outside, the owner's own table alone may be open: it is granted to nobody.
    const open = tables.filter((t) => !(t.enabled && t.forced)).map((t) => t.table);
    expect(open).toEqual(['grappe_migration']);
    const names = tables.map((t) => t.table);
    expect(Object.keys(OUTSIDE).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('has the restrictive policy that closes it to other clusters', async () => {
    const open = await ask<{ table: string }>(
      `select c.relname as "table" from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not exists (
         select from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polcmd = '*'
           and pg_get_expr(p.polqual, p.polrelid) = '(cluster_id = app.cluster())'
           and pg_get_expr(p.polwithcheck, p.polrelid) = '(cluster_id = app.cluster())')`,
    );
    expect(open.map((t) => t.table).filter(inClusters)).toEqual([]);
  });

  it('leads every primary key, unique index and index with cluster_id', async () => {
    const indexes = await ask<{ table: string; index: string; first: string | null }>(
      `select t.relname as "table", i.relname as "index", a.attname as "first"
       from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
         left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
       where t.relnamespace = 'public'::regnamespace`,
    );
    const wrong = indexes.filter((i) => inClusters(i.table) && i.first !== 'cluster_id');
    expect(wrong.map((i) => `${i.table}: ${i.index}`)).toEqual([]);
    const keyed = new Set(
      (
        await ask<{ table: string }>(
          `select conrelid::regclass::text as "table" from pg_constraint where contype = 'p'
           and connamespace = 'public'::regnamespace`,
        )
      ).map((k) => k.table),
    );
    const tables = new Set(indexes.map((i) => i.table));
    expect([...tables].filter((t) => !keyed.has(t))).toEqual([]);
  });

  it('leads every foreign key with cluster_id, at both ends', async () => {
    const keys = await ask<{ name: string; own: string; other: string; table: string }>(
      `select k.conname as "name", k.conrelid::regclass::text as "table", own.attname as "own", other.attname as "other"
       from pg_constraint k
         join pg_attribute own on own.attrelid = k.conrelid and own.attnum = k.conkey[1]
         join pg_attribute other on other.attrelid = k.confrelid and other.attnum = k.confkey[1]
       where k.contype = 'f' and k.connamespace = 'public'::regnamespace`,
    );
    expect(keys.length).toBeGreaterThan(15);
    expect(keys.filter((k) => k.own !== 'cluster_id' || k.other !== 'cluster_id')).toEqual([]);
  });

  it('names every constraint after the table, so that a violation can be told', async () => {
    const constraints = await ask<{ name: string; table: string }>(
      `select conname as "name", conrelid::regclass::text as "table" from pg_constraint
       where connamespace = 'public'::regnamespace and conrelid <> 0 and contype in ('p', 'u', 'f', 'c', 'x')`,
    );
    // What PostgreSQL names by itself: table_pkey, table_column_key, _fkey, _check.
    const unnamed = constraints.filter((c) => /_(pkey|key|fkey|check|excl)\d*$/.test(c.name));
    expect(unnamed).toEqual([]);
    expect(constraints.filter((c) => !c.name.startsWith(`${c.table.replaceAll('"', '')}_`))).toEqual([]);
  });

  it('lets the program do what its policies say, and only the owner change its shape', async () => {
    const owners = await ask<{ owner: string }>(
      `select distinct pg_get_userbyid(relowner) as "owner" from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    expect(owners).toEqual([{ owner: 'grappe_owner' }]);
    const granted = await ask<{ to: string; what: string }>(
      `select distinct grantee as "to", privilege_type as what from information_schema.role_table_grants
       where table_schema = 'public' and grantee <> 'grappe_owner' order by 1, 2`,
    );
    expect(granted.map((g) => `${g.to} ${g.what}`)).toEqual(
      ['DELETE', 'INSERT', 'SELECT', 'UPDATE'].map((what) => `grappe_app ${what}`),
    );
    // Nobody but the administrator passes the policies by.
    const above = await ask<{ role: string }>(
      `select rolname as "role" from pg_roles where starts_with(rolname, 'grappe') and (rolsuper or rolbypassrls)`,
    );
    expect(above).toEqual([]);
  });

  it('shows nothing at all to a transaction that does not say who it is', async () => {
    const tables = await ask<{ table: string }>(
      `select relname as "table" from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and has_table_privilege('grappe_app', oid, 'SELECT')`,
    );
    const own = new pg.Client(database.login);
    await own.connect();
    try {
      for (const { table } of tables) {
        await expect(own.query(`select from ${pg.escapeIdentifier(table)}`), table).rejects.toMatchObject({
          code: '42501',
        });
        await own.query('begin');
        await own.query('set local role grappe_app');
        expect((await own.query(`select from ${pg.escapeIdentifier(table)}`)).rowCount, table).toBe(0);
        await own.query('rollback');
      }
    } finally {
      await own.end();
    }
  });
});
