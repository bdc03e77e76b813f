import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { MIGRATIONS, migrate } from './migrate.ts';
import { startOwnPostgres } from './own-postgres.ts';
import { derivePassword, scramVerifier } from './passwords.ts';
import { ensureRoles, serverVersion } from './roles.ts';
import { codeOf, StartError } from './start-error.ts';

export interface DatabaseOptions {
  /** A PostgreSQL 15 to 18; without it the program's own. */
  readonly databaseUrl?: string | undefined;
  /** Where the own PostgreSQL keeps its data. */
  readonly dataFolder: string;
  /** Told, one sentence a time, what the operator should know. */
  readonly log: (line: string) => void;
  /** The own PostgreSQL is gone and could not be started again. */
  readonly onLost?: (reason: Error) => void;
  /** The folder of migrations; default the program's own. */
  readonly migrations?: string;
}

/** How the program's roles reach one database. Add `types` of parsers.ts to each pool. */
export interface Connections {
  /** The administrator: creates roles. */
  readonly admin: pg.PoolConfig;
  /** The administrator as `grappe_owner`: migrations. */
  readonly owner: pg.PoolConfig;
  /** The program: nothing before it takes the role `grappe_app`. */
  readonly login: pg.PoolConfig;
  /** The queue: its own schema `jobs`, nothing else. */
  readonly jobs: pg.PoolConfig;
}

/** A database with roles and tables, ready for use. */
export interface Database extends Omit<Connections, 'admin'> {
  /** The server's major version: 15 to 18. */
  readonly serverVersion: number;
  /** The names of the migrations that this start applied. */
  readonly applied: readonly string[];
  /** True when nobody but this program uses the server: whatever was running in it is over. */
  readonly alone: boolean;
  /** Ends the own server, after the pools were closed. */
  stop(): Promise<void>;
}

/**
 * Opens the database: starts the own PostgreSQL or looks at the one of `databaseUrl`, makes the roles, migrates.
 * Throws a {@link StartError}, whose message is for the operator, on everything that an operator can put right.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { connections, stop } = await (options.databaseUrl === undefined
    ? openOwn(options)
    : openGiven(options.databaseUrl));
  try {
    const version = await checkServer(connections.admin);
    await prepare(connections);
    const { applied } = await migrate(connections.owner, options.migrations ?? MIGRATIONS);
    const { owner, login, jobs } = connections;
    return {
      owner,
      login,
      jobs,
      serverVersion: version,
      applied,
      alone: options.databaseUrl === undefined,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Opened = { connections: Connections; stop(): Promise<void> };

const OWN_DATABASE = 'grappe';

async function openOwn({ dataFolder, log, onLost }: DatabaseOptions): Promise<Opened> {
  const server = await startOwnPostgres(dataFolder, { log, ...(onLost && { onLost }) });
  const stop = (): Promise<void> => server.stop();
  try {
    await ensureDatabase(server.adminConfig, OWN_DATABASE);
  } catch (error) {
    await stop();
    throw error;
  }
  const admin = server.configFor('postgres', OWN_DATABASE);
  return {
    connections: {
      admin,
      owner: asOwner(admin),
      login: server.configFor('grappe_login', OWN_DATABASE),
      jobs: server.configFor('grappe_jobs', OWN_DATABASE),
    },
    stop,
  };
}

const openGiven = async (url: string): Promise<Opened> => ({
  connections: connectionsOf(url),
  stop: async () => {},
});

/** Every session of this configuration is `grappe_owner` from its first statement. */
const asOwner = (admin: pg.PoolConfig): pg.PoolConfig => ({ ...admin, options: '-c role=grappe_owner' });

/**
 * The roles' connections to the database of an address. The passwords of the program's roles come from the address's
 * own, so every program with the same address finds the same; without one (`trust`, `peer`) they are new at each start.
 */
export function connectionsOf(databaseUrl: string): Connections {
  const given = new URL(databaseUrl);
  const secret =
    given.searchParams.get('password') ||
    given.password ||
    process.env.PGPASSWORD ||
    randomBytes(16).toString('hex');
  // As parameters, which win over user:password@: an address without a host (a socket's) has no place for those.
  const withParameters = (parameters: Record<string, string>): pg.PoolConfig => {
    const url = new URL(databaseUrl);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return { connectionString: url.href };
  };
  const as = (user: string): pg.PoolConfig =>
    withParameters({ user, password: derivePassword(secret, user) });
  const options = [given.searchParams.get('options'), '-c role=grappe_owner'].filter(Boolean).join(' ');
  return {
    admin: { connectionString: databaseUrl },
    owner: withParameters({ options }),
    login: as('grappe_login'),
    jobs: as('grappe_jobs'),
  };
}

/** Makes a database that is missing. */
async function ensureDatabase(admin: pg.ClientConfig, name: string): Promise<void> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** What PostgreSQL or the network answer to a wrong DATABASE_URL, as the operator would say it. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOENT: 'there is no such socket',
  ENOTFOUND: 'no machine has that name',
  ETIMEDOUT: 'the machine does not answer',
  EHOSTUNREACH: 'the machine cannot be reached',
  '28P01': 'the password is wrong',
  '28000': 'the user may not connect from here',
  '3D000': 'there is no such database: create it first',
  '53300': 'the server has no connection left',
};

/** The server's major version. Throws where it cannot be reached, is too old, or its texts are not Unicode. */
async function checkServer(admin: pg.ClientConfig): Promise<number> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...admin });
  try {
    await client.connect();
  } catch (error) {
    const why = UNREACHABLE[codeOf(error)] ?? (error as Error).message;
    throw new StartError(`The database of DATABASE_URL cannot be opened: ${why}.`, { cause: error });
  }
  try {
    const version = await serverVersion(client);
    if (version < 15)
      throw new StartError(`Grappe needs PostgreSQL 15 or later, DATABASE_URL leads to ${version}.`);
    const { rows } = await client.query<{ encoding: string }>(
      `select current_setting('server_encoding') as encoding`,
    );
    if (rows[0]!.encoding !== 'UTF8')
      throw new StartError(
        `The database must be in UTF8, not ${rows[0]!.encoding}: create it with "encoding utf8".`,
      );
    return version;
  } finally {
    await client.end();
  }
}

/** Makes the roles and lets the two that log in do so. May be done by several programs at once. */
export async function prepare(connections: Connections): Promise<void> {
  await ensureRoles(connections.admin);
  await ensureLogin('grappe_login', connections.login, connections.admin);
  await ensureLogin('grappe_jobs', connections.jobs, connections.admin);
}

/** Sets the password of a role where the one that `config` has does not open the door. */
async function ensureLogin(role: string, config: pg.PoolConfig, admin: pg.ClientConfig): Promise<void> {
  const refusal = await tryLogin(config);
  if (refusal === undefined) return;
  if (codeOf(refusal) === '28P01') {
    const client = new pg.Client(admin);
    await client.connect();
    try {
      const password = new pg.Client(config).password ?? '';
      await client.query(`alter role ${role} password ${pg.escapeLiteral(scramVerifier(password))}`);
    } catch (error) {
      // XX000: another program set the same password at the same moment.
      if (codeOf(error) !== '42501' && codeOf(error) !== 'XX000') throw error;
      if (codeOf(error) === '42501')
        throw new StartError(
          `The user of DATABASE_URL may not set the password of ${role}: make it the role's admin.`,
          {
            cause: error,
          },
        );
    } finally {
      await client.end();
    }
  }
  const again = await tryLogin(config);
  if (again)
    throw new StartError(
      `The role ${role} cannot log in to the database (${again.message}): let pg_hba.conf take it.`,
      {
        cause: again,
      },
    );
}

/** Undefined when the login succeeds, else the error. */
async function tryLogin(config: pg.PoolConfig): Promise<Error | undefined> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...config });
  try {
    await client.connect();
    await client.end();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
