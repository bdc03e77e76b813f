import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { isAlive } from './own-postgres/initialise.ts';
import { NOBODY, SYSTEM_FOLDER } from './own-postgres/place.ts';
import { isPostmaster } from './own-postgres/postmaster.ts';
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts';

const PROGRAM = fileURLToPath(new URL('../../../tests/own-postgres-program.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;

/** Data as the first start makes them, which takes half a second: copied for every test that is not about that. */
let made: string;
let folder: string;
let said: string[];
const cleanups: (() => Promise<void>)[] = [];

const openFolder = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'grappe-own-'));
  await chmod(path, 0o711);
  return path;
};

beforeAll(async () => {
  made = await openFolder();
  await (await startOwnPostgres(made, { log: () => {} })).stop();
});
afterAll(() => rm(made, { recursive: true }));
beforeEach(async () => {
  folder = await openFolder();
  said = [];
  await cp(join(made, 'postgres'), join(folder, 'postgres'), { recursive: true });
});
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
  await rm(folder, { recursive: true, force: true });
});

async function start(path = folder, onLost?: (reason: Error) => void): Promise<OwnPostgres> {
  const server = await startOwnPostgres(path, { log: (line) => said.push(line), ...(onLost && { onLost }) });
  cleanups.push(() => server.stop());
  return server;
}

/** Starts the program of its own; `lines` is what it says. */
function startProgram(...args: string[]): { child: ChildProcess; lines: AsyncIterator<unknown> } {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanups.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  });
  const lines = (async function* () {
    for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as unknown;
  })();
  return { child, lines };
}

const say = async (lines: AsyncIterator<unknown>): Promise<unknown> => (await lines.next()).value;

async function rest(lines: AsyncIterator<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let next = await lines.next(); !next.done; next = await lines.next()) all.push(next.value);
  return all;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function query<T extends pg.QueryResultRow>(config: pg.ClientConfig, text: string): Promise<T[]> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(10);
};

test('makes its data at the first start and keeps them; only its own user reaches it, and no port', async () => {
  const fresh = join(folder, 'new');
  const first = await start(fresh);
  await query(first.adminConfig, 'create table kept as select 42 as x');
  const dataDir = join(fresh, 'postgres');
  expect(first.adminConfig.host).toBe(dataDir);
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  expect(await query(first.adminConfig, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
  expect(await query(first.adminConfig, 'show fsync')).toEqual([{ fsync: 'on' }]);
  await first.stop();
  expect(await isPostmaster(first.postmasterPid, dataDir)).toBe(false);
  const second = await start(fresh);
  expect(await query(second.adminConfig, 'select x from kept')).toEqual([{ x: 42 }]);
  expect(said).toEqual([]);
});

test('texts are Unicode, sort by code point unless asked, and sort in French when asked', async () => {
  const { adminConfig } = await start();
  const words = `from unnest(array['zinc', 'Étau', 'côté', 'cote', 'étau']) word`;
  const read = async (order: string): Promise<string> =>
    (
      await query<{ x: string }>(adminConfig, `select string_agg(word, ' ' order by ${order}) as x ${words}`)
    )[0]!.x;
  expect(await read('word')).toBe('cote côté zinc Étau étau');
  expect(await read('word collate "fr-x-icu"')).toBe('cote côté étau Étau zinc');
  expect(await query(adminConfig, `select lower('ÉTAU ŒUVRÉ') as x`)).toEqual([{ x: 'étau œuvré' }]);
});

test('a server left by a killed program is ended and started again, with all it was told to keep', async () => {
  const { child, lines } = startProgram(folder, 'write');
  const left = (await say(lines)) as number;
  while ((await say(lines)) !== 20);
  await kill(child);
  expect(await isPostmaster(left, join(folder, 'postgres'))).toBe(true);
  const server = await start();
  expect(await isPostmaster(left, join(folder, 'postgres'))).toBe(false);
  expect(server.postmasterPid).not.toBe(left);
  expect(said).toEqual([
    'PostgreSQL was still running from a program that was killed: it is ended and started again.',
  ]);
  const [row] = await query<{ max: number }>(server.adminConfig, 'select max(n) as max from written');
  expect(row!.max).toBeGreaterThanOrEqual(20);
});

test('no write that was acknowledged is lost when program and server are killed while writing', async () => {
  for (let kept = 0, round = 1; round <= 3; round++) {
    const { child, lines } = startProgram(folder, 'write');
    const postmaster = (await say(lines)) as number;
    const enough = kept + 30;
    while (kept < enough) kept = (await say(lines)) as number;
    process.kill(postmaster, 'SIGKILL');
    await kill(child);
    // What it had said before it died: numbers that it was told are kept, then perhaps that its server had gone.
    const told = (await rest(lines)).filter((said) => typeof said === 'number');
    kept = Math.max(kept, ...told);
    const server = await start();
    const [row] = await query<{ count: string; max: number }>(
      server.adminConfig,
      'select count(*), max(n) as max from written',
    );
    expect(Number(row!.count)).toBe(row!.max);
    // The last insert may have been kept without the program hearing of it.
    expect([kept, kept + 1]).toContain(row!.max);
    kept = row!.max;
    await server.stop();
  }
});

test('a second program on the folder is refused in one sentence, and the first goes on', async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(
    `Another Grappe is running on ${folder}: stop it, or give this one a folder of its own with GRAPPE_DATA.`,
  );
  expect(await query(first.adminConfig, 'select 1 as x')).toEqual([{ x: 1 }]);
});

test('of two programs that start at once on a new folder, one wins', async () => {
  const fresh = join(folder, 'new');
  const programs = [startProgram(fresh), startProgram(fresh)];
  const answers = await Promise.all(programs.map(({ lines }) => say(lines)));
  expect(answers.filter((answer) => typeof answer === 'number')).toHaveLength(1);
  expect(answers).toContainEqual({ refused: expect.stringContaining('Another Grappe is running') });
  expect(await readdir(fresh)).toEqual(['postgres']);
});

test('a server that is killed is started again on the same address, and a pool goes on', async () => {
  const server = await start();
  const pool = new pg.Pool(server.adminConfig);
  pool.on('error', () => {});
  cleanups.push(() => pool.end());
  await pool.query('create table kept as select 42 as x');
  const former = server.postmasterPid;
  process.kill(former, 'SIGKILL');
  await until(() => server.postmasterPid !== former);
  expect((await pool.query('select x from kept')).rows).toEqual([{ x: 42 }]);
  expect(said).toEqual(['PostgreSQL ended by itself (SIGKILL) and is started again.']);
});

test('a server that keeps ending is given up', async () => {
  const lost = Promise.withResolvers<Error>();
  const server = await start(folder, lost.resolve);
  for (let times = 1; times <= 6; times++) {
    const former = server.postmasterPid;
    process.kill(former, 'SIGQUIT');
    if (times < 6) await until(() => server.postmasterPid !== former);
  }
  expect((await lost.promise).message).toBe('PostgreSQL ended 6 times within a minute (exit code 0).');
  await server.stop();
});

test('the folder stays taken after a crash inside the server', async () => {
  const server = await start();
  const holders = `select pid from pg_locks where locktype = 'advisory' and granted`;
  const [holder] = await query<{ pid: number }>(server.adminConfig, holders);
  process.kill(holder!.pid, 'SIGKILL');
  const again = async (): Promise<boolean> => {
    const rows = await query<{ pid: number }>(server.adminConfig, holders).catch(() => []);
    return rows.length === 1 && rows[0]!.pid !== holder!.pid;
  };
  await until(again);
  await expect(start()).rejects.toThrow('Another Grappe is running');
});

test('where the path of a socket would be too long it listens on 127.0.0.1 and wants the password', async () => {
  const long = join(folder, 'x'.repeat(90));
  const server = await start(long);
  expect(server.adminConfig.host).toBe('127.0.0.1');
  expect(await query(server.adminConfig, 'select 1 as x')).toEqual([{ x: 1 }]);
  await expect(query({ ...server.adminConfig, password: 'wrong' }, 'select 1')).rejects.toMatchObject({
    code: '28P01',
  });
  await query(server.adminConfig, 'create table kept as select 42 as x');
  await server.stop();
  const again = await start(long);
  expect(await query(again.adminConfig, 'select x from kept')).toEqual([{ x: 42 }]);
});

test('a first start that was killed half way leaves nothing in the way of the next', async () => {
  const fresh = join(folder, 'new');
  await mkdir(fresh);
  const { child } = startProgram(fresh);
  const listing = (path: string): Promise<string[]> => readdir(path).catch((): string[] => []);
  const asides = async (): Promise<string[]> =>
    (await listing(fresh)).filter((entry) => entry.startsWith('postgres.new-'));
  await until(async () => {
    const [aside] = await asides();
    return aside !== undefined && (await listing(join(fresh, aside))).includes('data');
  });
  await kill(child);
  expect(await asides()).toHaveLength(1);
  const server = await start(fresh);
  expect(await query(server.adminConfig, 'select 1 as x')).toEqual([{ x: 1 }]);
});

test('a process that has the number of a dead server is neither believed nor touched', async () => {
  const first = await start();
  await first.stop();
  const other = spawn('sleep', ['600'], { stdio: 'ignore', ...(isRoot ? NOBODY : {}) });
  cleanups.push(() => kill(other));
  const path = join(folder, 'postgres', 'postmaster.pid');
  await writeFile(path, `${other.pid}\n${join(folder, 'postgres')}\n1700000000\n5432\n.\n\n 0 0\nready\n`);
  await start();
  expect(isAlive(other.pid!)).toBe(true);
  expect((await readFile(path, 'utf8')).split('\n')[0]).not.toBe(String(other.pid));
});

test('data of another version are refused', async () => {
  const first = await start();
  await first.stop();
  await writeFile(join(folder, 'postgres', 'PG_VERSION'), '14\n');
  await expect(start()).rejects.toThrow(/written by PostgreSQL 14, this Grappe brings 18/);
});

test('a setting that PostgreSQL refuses is told in its own words', async () => {
  const first = await start();
  await first.stop();
  await writeFile(join(folder, 'postgres', 'postgresql.auto.conf'), `work_mem = 'much'\n`);
  await expect(start()).rejects.toThrow(/cannot be started: .*work_mem/);
});

test('a folder that only the program enters does, as root too: its data then lie beside, linked', async () => {
  const closed = join(folder, 'closed');
  await mkdir(closed, { mode: 0o700 });
  const server = await start(closed);
  const dataDir = await realpath(join(closed, 'postgres'));
  if (isRoot) cleanups.unshift(() => rm(dirname(dataDir), { recursive: true }));
  expect(dataDir.startsWith(isRoot ? SYSTEM_FOLDER : closed)).toBe(true);
  expect((await stat(dataDir)).uid).toBe(isRoot ? NOBODY.uid : process.getuid?.());
  await query(server.adminConfig, 'create table kept as select 42 as x');
  await server.stop();
  const again = await start(closed);
  expect(await query(again.adminConfig, 'select x from kept')).toEqual([{ x: 42 }]);
  expect(said).toEqual(
    isRoot ? Array(2).fill(`PostgreSQL's data are in ${dataDir}: its user cannot enter ${closed}.`) : [],
  );
});
