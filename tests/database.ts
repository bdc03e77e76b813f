import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { fingerprint, migrate, readMigrations } from '../src/platform/db/migrate.ts';
import { type Connections, connectionsOf, prepare } from '../src/platform/db/open.ts';
import { ensureRoles } from '../src/platform/db/roles.ts';

/** A migrated database of one test file's own. Its `admin` is a superuser: the only one that row-level security spares. */
export interface TestDatabase extends Connections {
  /** As DATABASE_URL would have it, for tests that start the program. */
  readonly url: string;
  /** Drops it, whoever is still connected: in `afterAll`, after closing the pools. */
  drop(): Promise<void>;
}

/** Copies the migrated template: some 50 ms. */
export async function testDatabase(): Promise<TestDatabase> {
  return create(await template());
}

/** A database with the roles and nothing else, for what is about migrations. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return create('template1');
}

async function create(from: string): Promise<TestDatabase> {
  const name = `${inject('databasePrefix')}_${randomBytes(5).toString('hex')}`;
  await asAdmin((client) => client.query(`create database ${name} template ${from} strategy file_copy`));
  const url = urlOf(name);
  const connections = connectionsOf(url);
  // A copy has its template's tables and grants, but not what was granted on the database itself.
  if (from === 'template1') await prepare(connections);
  else await ensureRoles(connections.admin);
  return {
    ...connections,
    url,
    async drop() {
      await asAdmin((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

let made: Promise<string> | undefined;

/** The template's name, made if need be: by one process of the run, while the others wait. */
function template(): Promise<string> {
  made ??= (async () => {
    const name = `${inject('databasePrefix')}_${fingerprint(await readMigrations())}`;
    const raw = `${name}_raw`;
    await asAdmin(async (client) => {
      // Freed with the session. The number is this run's own, for others may use the server.
      await client.query('select pg_advisory_lock(hashtext($1))', [name]);
      const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
      if (rowCount) return;
      await client.query(`drop database if exists ${raw} with (force)`);
      await client.query(`create database ${raw} template template0 encoding utf8`);
      const connections = connectionsOf(urlOf(raw));
      await prepare(connections);
      await migrate(connections.owner);
      await client.query(`alter database ${raw} rename to ${name}`);
    });
    return name;
  })();
  return made;
}

function urlOf(database: string): string {
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${database}`;
  return url.href;
}

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
