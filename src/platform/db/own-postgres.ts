import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, binariesFor, findBinaries } from './own-postgres/binaries.ts';
import { cleanEnvironment, initialise, isAlive, lastLines, readPassword } from './own-postgres/initialise.ts';
import { findPlace, type Place } from './own-postgres/place.ts';
import { disown, interrupt, isPostmaster, readPostmaster } from './own-postgres/postmaster.ts';
import { derivePassword } from './passwords.ts';
import { codeOf, StartError } from './start-error.ts';

export interface OwnPostgresOptions {
  /** Told, one sentence a time, what the operator should know. */
  readonly log: (line: string) => void;
  /** The server is gone and could not be started again: the program can do nothing more. */
  readonly onLost?: (reason: Error) => void;
  /** False only for tests: a crash of the machine may then lose or spoil everything. */
  readonly durable?: boolean;
}

/** The program's own PostgreSQL, running. */
export interface OwnPostgres {
  /** The superuser `postgres` in the database `postgres`. */
  readonly adminConfig: pg.PoolConfig;
  /** How a role reaches a database of this server. */
  configFor(user: string, database: string): pg.PoolConfig;
  /** What the passwords of the program's roles are worked out from. */
  readonly secret: string;
  /** The server's process now: another after a crash. */
  readonly postmasterPid: number;
  /** Ends the server with everything written (fast shutdown). May be called twice. */
  stop(): Promise<void>;
}

/** Settings for a small machine: 22 MB idle, 48 MB with 14 connections. The rest is in the folder's `postgresql.conf`. */
const SETTINGS = {
  max_connections: '60',
  shared_buffers: '48MB',
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  // Reads from the asking process itself: three processes less than the default.
  io_method: 'sync',
  max_logical_replication_workers: '0',
  jit: 'off',
  // After a crash all files are written to disk before recovery: at once, where Linux can.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Only told when it does not start. Statements and values stay out of every log.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_line_prefix: '',
} as const;

/** The longest path of a socket that every system takes (Linux 107, macOS 103), with a margin. */
const SOCKET_PATH_MAX = 100;
const PORT = 5432;
/** "grappe o(wn)" in ASCII: the advisory lock in the database `postgres` that says a program is using this server. */
const IN_USE = 0x67726170706f;
const STEP_MS = 10;
/** How long a server that is neither up nor gone is waited for. */
const PATIENCE_MS = 60_000;
/** Ten tries take 0.1 + 0.2 + ... + 0.9 = 4.5 s. */
const FAILURES_MAX = 10;
const RESTARTS_A_MINUTE = 5;

/**
 * Starts the program's own PostgreSQL on `folder/postgres`, making it on the first start, and watches it: should it
 * end, it is started again on the same address, and pools reconnect.
 *
 * It listens on a unix socket in its own folder (mode 700), or, on Windows and where that path is too long, on a port
 * of 127.0.0.1 with a generated password. It is a child process of its own group, so that Ctrl-C reaches the program
 * alone, which ends it last; should the program be killed, the next one to start on the folder ends it.
 *
 * One program a folder: each holds an advisory lock in the server while it lives, which no crash can leave behind.
 * Throws a {@link StartError} where another has it, and where the server cannot be started.
 */
export async function startOwnPostgres(folder: string, options: OwnPostgresOptions): Promise<OwnPostgres> {
  const found = await findBinaries();
  const place = await findPlace(folder, options.log);
  const binaries = await binariesFor(place.user, found, options.log);
  if (!place.initialised) await initialise(place.dataDir, binaries, place.user, options.durable ?? true);
  await checkVersion(place.dataDir, binaries);
  const secret = await readPassword(place.dataDir);
  const usesSocket =
    process.platform !== 'win32' && Buffer.byteLength(`${place.dataDir}/.s.PGSQL.${PORT}`) <= SOCKET_PATH_MAX;
  const site: Site = { folder, place, binaries, secret, usesSocket, durable: options.durable ?? true };

  let server = await launch(site, options.log);
  let stopping: Promise<void> | undefined;
  let restart: Promise<void> | undefined;
  const endNow = (): void => {
    server.child.kill('SIGINT');
  };
  process.once('exit', endNow);

  const lose = (reason: unknown): void => {
    const error = reason instanceof Error ? reason : new Error(String(reason));
    if (!stopping) options.onLost?.(error);
  };
  let ends: number[] = [];
  const watch = ({ exited, held }: Running): void => {
    held.catch(lose);
    exited.then((how) => {
      if (stopping) return;
      const now = performance.now();
      ends = [...ends.filter((at) => at > now - 60_000), now];
      if (ends.length > RESTARTS_A_MINUTE)
        return lose(new StartError(`PostgreSQL ended ${ends.length} times within a minute (${how}).`));
      options.log(`PostgreSQL ended by itself (${how}) and is started again.`);
      restart = launch({ ...site, port: server.port }, options.log).then((next) => {
        server = next;
        watch(next);
      }, lose);
    });
  };
  watch(server);

  const configFor = (user: string, database: string): pg.PoolConfig =>
    reach(site, server.port, user, database);
  return {
    adminConfig: configFor('postgres', 'postgres'),
    configFor,
    secret,
    get postmasterPid() {
      return server.child.pid ?? 0;
    },
    stop() {
      stopping ??= (async () => {
        await restart;
        await end(server, site);
        process.removeListener('exit', endNow);
      })();
      return stopping;
    },
  };
}

/** What a launch needs to know. */
interface Site {
  readonly folder: string;
  readonly place: Place;
  readonly binaries: Binaries;
  readonly secret: string;
  readonly usesSocket: boolean;
  readonly durable: boolean;
  /** The port of the server before it crashed: the one that pools know. */
  readonly port?: number;
}

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  /** Resolves with how the server ended. */
  readonly exited: Promise<string>;
  /** Rejects when another program took the lock. */
  readonly held: Promise<void>;
  release(): Promise<void>;
}

function reach(site: Site, port: number, user: string, database: string): pg.PoolConfig {
  const base = { user, database, ssl: false };
  if (site.usesSocket) return { ...base, host: site.place.dataDir, port: PORT };
  const password = user === 'postgres' ? site.secret : derivePassword(site.secret, user);
  return { ...base, host: '127.0.0.1', port, password };
}

async function checkVersion(dataDir: string, binaries: Binaries): Promise<void> {
  const major = Number.parseInt(await readFile(join(dataDir, 'PG_VERSION'), 'utf8'), 10);
  if (major !== binaries.major)
    throw new StartError(
      `The data in ${dataDir} were written by PostgreSQL ${major}, this Grappe brings ${binaries.major}: export them with the former version, or set DATABASE_URL.`,
    );
}

/** Starts the server and takes it for this program, after ending one that a killed program left. */
async function launch(site: Site, log: (line: string) => void): Promise<Running> {
  const { dataDir } = site.place;
  const until = performance.now() + PATIENCE_MS;
  let failures = 0;
  for (;;) {
    if (performance.now() > until)
      throw new StartError(`PostgreSQL on ${dataDir} neither starts nor ends: look at its process.`);
    const former = await readPostmaster(dataDir);
    if (former && !(await clearAway(former.pid, former.port, site, log))) {
      await sleep(STEP_MS);
      continue;
    }
    const port = site.usesSocket ? PORT : (site.port ?? (await freePort()));
    const started = await spawnServer(site, port);
    if ('failure' in started) {
      // Its folder may have been taken meanwhile, or children of a killed server still hold its memory: look again.
      if (++failures === FAILURES_MAX)
        throw new StartError(`PostgreSQL on ${dataDir} cannot be started: ${started.failure}`);
      await sleep(failures * 10 * STEP_MS);
      continue;
    }
    try {
      const lock = await takeLock(site, port);
      return { ...started, port, ...keepLock(lock, site, port, started) };
    } catch (error) {
      // Another program was quicker and is using the server that this one started: it stays.
      if (error instanceof Refused) letGo(started.child);
      else started.child.kill('SIGINT');
      throw error;
    }
  }
}

/** Leaves a server to the program that holds its lock. */
function letGo(child: ChildProcess): void {
  child.unref();
  child.stderr?.destroy();
}

/** Somebody else holds the lock. */
class Refused extends StartError {}

/**
 * Ends the server that `postmaster.pid` names, if no living program uses it. True once there is none; false to look
 * again in a moment. Throws where a program is using it.
 */
async function clearAway(
  pid: number,
  port: number,
  site: Site,
  log: (line: string) => void,
): Promise<boolean> {
  const { dataDir } = site.place;
  let lock: pg.Client;
  try {
    lock = await takeLock(site, port);
  } catch (error) {
    if (error instanceof Refused) throw error;
    // 57P03: it is starting or shutting down.
    if (codeOf(error) === '57P03' || (await isPostmaster(pid, dataDir))) return false;
    if (isAlive(pid)) await disown(dataDir);
    return true;
  }
  try {
    if (!(await isPostmaster(pid, dataDir)))
      throw new StartError(
        `A PostgreSQL that this program cannot end is running on ${dataDir} (process ${pid}).`,
      );
    log('PostgreSQL was still running from a program that was killed: it is ended and started again.');
    interrupt(pid, dataDir, site.binaries.pgCtl);
  } finally {
    await lock.end();
  }
  return false;
}

/** Connects and takes the lock. Throws what pg throws where nobody answers, {@link Refused} where somebody has it. */
async function takeLock(site: Site, port: number): Promise<pg.Client> {
  const client = new pg.Client({
    ...reach(site, port, 'postgres', 'postgres'),
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    application_name: 'grappe',
  });
  client.on('error', () => {});
  await client.connect();
  try {
    // A killed program's session ends some moments after it.
    for (let tries = 1; tries <= 20; tries++) {
      const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
        IN_USE,
      ]);
      if (rows[0]?.got) return client;
      await sleep(5 * STEP_MS);
    }
    throw new Refused(
      `Another Grappe is running on ${site.folder}: stop it, or give this one a folder of its own with GRAPPE_DATA.`,
    );
  } catch (error) {
    await client.end();
    throw error;
  }
}

/**
 * Keeps the lock while the server runs: the server drops every session when one of its processes crashes, and comes
 * back by itself.
 */
function keepLock(
  first: pg.Client,
  site: Site,
  port: number,
  { child }: Pick<Running, 'child'>,
): Pick<Running, 'held' | 'release'> {
  let lock = first;
  let released = false;
  const runs = (): boolean => !released && child.exitCode === null && child.signalCode === null;
  const keep = async (): Promise<void> => {
    while (runs()) {
      await new Promise<void>((ended) => lock.once('end', ended));
      while (runs()) {
        try {
          lock = await takeLock(site, port);
          break;
        } catch (error) {
          if (error instanceof Refused) throw error;
          await sleep(5 * STEP_MS);
        }
      }
    }
  };
  return {
    held: keep(),
    async release() {
      released = true;
      await lock.end();
    },
  };
}

/** Starts the server's process and waits until it takes connections. */
async function spawnServer(
  site: Site,
  port: number,
): Promise<Pick<Running, 'child' | 'exited'> | { failure: string }> {
  const { place, binaries, usesSocket } = site;
  const settings: Record<string, string> = {
    ...SETTINGS,
    ...(site.durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
    port: String(port),
    listen_addresses: usesSocket ? '' : '127.0.0.1',
    // The data folder itself, which is the server's working folder: no comma or space of its path can mislead.
    unix_socket_directories: usesSocket ? '.' : '',
  };
  const child = spawn(
    binaries.postgres,
    ['-D', place.dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      cwd: parse(process.execPath).root,
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: cleanEnvironment(),
      ...(place.user ?? {}),
    },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  const exited = new Promise<string>((done) => {
    child.once('error', (error) => done(codeOf(error) || error.message));
    child.once('exit', (code, name) => done(name ?? `exit code ${code}`));
  });
  let ended: string | undefined;
  exited.then((how) => {
    ended = how;
  });
  for (;;) {
    if (ended !== undefined) return { failure: `${lastLines(said)} (${ended})` };
    const postmaster = await readPostmaster(place.dataDir);
    if (postmaster?.pid === child.pid && postmaster?.ready) return { child, exited };
    await sleep(STEP_MS);
  }
}

/** Fast shutdown; should that hang, the immediate one, from which the next start recovers. */
async function end(server: Running, site: Site): Promise<void> {
  const pid = server.child.pid;
  await server.release();
  if (pid === undefined || server.child.exitCode !== null || server.child.signalCode !== null) return;
  interrupt(pid, site.place.dataDir, site.binaries.pgCtl);
  const hurry = setTimeout(() => server.child.kill('SIGQUIT'), 15_000);
  await server.exited;
  clearTimeout(hurry);
}

/** A port of 127.0.0.1 that nobody listens on now. */
const freePort = (): Promise<number> =>
  new Promise((found, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address ? address.port : 0));
    });
  });
