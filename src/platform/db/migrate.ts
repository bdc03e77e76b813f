import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { StartError } from './start-error.ts';

/** The program's own migrations. */
export const MIGRATIONS = fileURLToPath(new URL('../../../db/migrations/', import.meta.url));

/** One file of the folder: `0001-create-context.sql`. */
export interface Migration {
  /** The file's name without `.sql`. */
  readonly name: string;
  /** SHA-256 of the text, in hexadecimal, the same whatever the line ends. */
  readonly checksum: string;
  readonly sql: string;
}

/** Reads a folder of migrations in order. Throws a {@link StartError} on a name that is none, or a number used twice. */
export async function readMigrations(folder: string = MIGRATIONS): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  const numbers = new Set<string>();
  for (const file of files) {
    const number = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)+\.sql$/.exec(file)?.[1];
    if (number === undefined)
      throw new StartError(`The migration ${file} must be named like 0001-create-parties.sql.`);
    if (numbers.has(number)) throw new StartError(`Two migrations have the number ${number}.`);
    numbers.add(number);
  }
  return Promise.all(
    files.map(async (file) => {
      const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
      return {
        name: file.slice(0, -'.sql'.length),
        checksum: createHash('sha256').update(sql).digest('hex'),
        sql,
      };
    }),
  );
}

/** One number for all migrations together: two programs with the same number want the same tables. */
export const fingerprint = (migrations: readonly Migration[]): string =>
  createHash('sha256')
    .update(migrations.map((m) => `${m.name} ${m.checksum}\n`).join(''))
    .digest('hex')
    .slice(0, 16);

/** What a database has already had, as its table `grappe_migration` says. */
type Applied = Pick<Migration, 'name' | 'checksum'>;

/**
 * Which of the program's migrations a database still needs, in order. Throws a {@link StartError} where the two do not
 * belong together: an applied file that was changed since, a database newer than the program, a file that comes too late.
 */
export function decidePending(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const known = new Map(migrations.map((m) => [m.name, m]));
  for (const { name, checksum } of applied) {
    const file = known.get(name);
    if (!file)
      throw new StartError(
        `The database has had the migration ${name}, which this version of Grappe does not know: start the newer version, or restore a backup.`,
      );
    if (file.checksum !== checksum)
      throw new StartError(
        `The migration ${name} was changed after this database had it: put the file back and write a new one.`,
      );
  }
  const had = new Set(applied.map((a) => a.name));
  const last =
    applied
      .map((a) => a.name)
      .sort()
      .at(-1) ?? '';
  const pending = migrations.filter((m) => !had.has(m.name));
  for (const { name } of pending)
    if (name < last)
      throw new StartError(
        `The migration ${name} comes after ${last}, which this database had first: renumber it.`,
      );
  return pending;
}

/** 'grappe' in ASCII: the advisory lock that one migrating program holds in its database. */
const LOCK = 0x677261707065;

/**
 * Brings a database to the program's own state: each file of `folder` not yet applied, in order, in a transaction of
 * its own, one program at a time. `owner` becomes the owner of the tables. Forward only.
 *
 * Row-level security is forced on the owner too, so a migration that reads or changes rows would find none: it fails
 * instead (`row_security = off`), and lifts `force row level security` from that table for its own transaction.
 *
 * Throws a {@link StartError} where database and program do not belong together or a file fails.
 */
export async function migrate(
  owner: pg.ClientConfig,
  folder: string = MIGRATIONS,
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(`create table if not exists grappe_migration (
      name text not null, checksum text not null, applied_at timestamptz not null default now(),
      constraint grappe_migration_pk primary key (name))`);
    const { rows } = await client.query<Applied>('select name, checksum from grappe_migration');
    const pending = decidePending(migrations, rows);
    for (const migration of pending) await apply(client, migration);
    return { applied: pending.map((m) => m.name) };
  } finally {
    // Ending the session frees the lock.
    await client.end();
  }
}

async function apply(client: pg.Client, { name, checksum, sql }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query('set local row_security = off');
    await client.query(sql);
    await client.query('insert into grappe_migration (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new StartError(`The migration ${name} failed and was undone: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
