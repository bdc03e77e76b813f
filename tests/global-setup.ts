import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { isAlive } from '../src/platform/db/own-postgres/initialise.ts';
import { isPostmaster, readPostmaster } from '../src/platform/db/own-postgres/postmaster.ts';
import { startOwnPostgres } from '../src/platform/db/own-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a superuser's database on the server of this test run. */
    databaseUrl: string;
    /** What the names of this run's databases begin with. */
    databasePrefix: string;
  }
}

/**
 * One PostgreSQL for the whole run: that of TEST_DATABASE_URL or DATABASE_URL, whose user must be a superuser, else an
 * own one in a temporary folder. The template that test files copy is made by the first that asks (tests/database.ts).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL || process.env.DATABASE_URL;
  const databasePrefix = `grappe_test_${process.pid}_${randomBytes(3).toString('hex')}`;
  project.provide('databasePrefix', databasePrefix);
  if (given) {
    project.provide('databaseUrl', given);
    return () => dropAll(given, databasePrefix);
  }
  const server = await startTestServer();
  project.provide('databaseUrl', server.url);
  return server.stop;
}

const FOLDER = 'grappe-test-';

/** An own PostgreSQL that forgets: without fsync, in a temporary folder that goes with it. */
async function startTestServer(): Promise<{ url: string; stop(): Promise<void> }> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`));
  // Entered by PostgreSQL's own user where root runs the tests; its data folder inside is closed.
  await chmod(folder, 0o711);
  const server = await startOwnPostgres(folder, {
    durable: false,
    log: () => {},
    onLost: (reason) => process.stderr.write(`${reason.message}\n`),
  });
  const { host, port, database } = server.adminConfig;
  const url = new URL(`postgresql:///${database}`);
  for (const [name, value] of Object.entries({ host, port, user: 'postgres', password: server.secret }))
    url.searchParams.set(name, String(value));
  return {
    url: url.href,
    async stop() {
      await server.stop();
      await remove(folder);
    },
  };
}

/** Ends and removes the servers of test runs that were killed; the run's process number is in the folder's name. */
async function sweep(): Promise<void> {
  for (const entry of await readdir(tmpdir())) {
    if (!entry.startsWith(FOLDER) || isAlive(Number.parseInt(entry.slice(FOLDER.length), 10))) continue;
    const folder = join(tmpdir(), entry);
    const dataDir = await realpath(join(folder, 'postgres')).catch(() => folder);
    const left = await readPostmaster(dataDir);
    if (left && (await isPostmaster(left.pid, dataDir))) {
      process.kill(left.pid, 'SIGINT');
      while (await isPostmaster(left.pid, dataDir)) await sleep(20);
    }
    await remove(folder);
  }
}

async function remove(folder: string): Promise<void> {
  const dataDir = await realpath(join(folder, 'postgres')).catch(() => folder);
  await rm(dataDir, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

/** Drops what this run left on a server that stays. */
async function dropAll(url: string, prefix: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  } finally {
    await client.end();
  }
}
