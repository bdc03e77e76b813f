import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { codeOf, StartError } from './start-error.ts';

/**
 * The four roles, the same on every server:
 * - `grappe_owner` owns what migrations create; nobody logs in as it, the administrator becomes it;
 * - `grappe_app` is the role of every actor's transaction: row-level security decides what it sees;
 * - `grappe_login` is who the program logs in as: NOINHERIT and without a privilege of its own, so that a statement
 *   that got rid of its role reads nothing;
 * - `grappe_jobs` owns the schema `jobs` of the queue and sees no table of the application.
 */
const ROLES = {
  grappe_owner: { login: false, inherit: true },
  grappe_app: { login: false, inherit: true },
  grappe_login: { login: true, inherit: false },
  grappe_jobs: { login: true, inherit: true },
} as const;

export type RoleName = keyof typeof ROLES;

/** What two programs that do this at once run into: a role, grant or schema that the other has just made. */
const MADE_MEANWHILE = new Set(['42710', '23505', '42P06', 'XX000']);
const TRIES = 40;

/**
 * Makes the roles, their memberships and the schema `jobs` in the database of `admin`, where they are missing.
 * Changes nothing where all is well, so a user without CREATEROLE passes on a database prepared by another.
 * Several programs may do it at once on one server: advisory locks stop at a database, roles do not, so whoever
 * meets the other's work starts over.
 *
 * Throws a {@link StartError} where the user may not do it.
 */
export async function ensureRoles(admin: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    for (let tries = 1; ; tries++) {
      try {
        return await makeMissing(client);
      } catch (error) {
        if (codeOf(error) === '42501')
          throw new StartError(
            `The user of DATABASE_URL must own the database and be allowed to create roles: ${(error as Error).message}.`,
            { cause: error },
          );
        if (tries === TRIES || !MADE_MEANWHILE.has(codeOf(error))) throw error;
        await sleep(5 + Math.random() * 20);
      }
    }
  } finally {
    await client.end();
  }
}

interface Rights {
  user: string;
  database: string;
  superuser: boolean;
  roles: { name: RoleName; login: boolean; inherit: boolean; mighty: boolean }[];
  has_jobs: boolean;
}

async function makeMissing(client: pg.Client): Promise<void> {
  const { rows } = await client.query<Rights>(
    `select current_user as "user", current_database() as database,
       (select rolsuper from pg_roles where rolname = current_user) as superuser,
       to_regnamespace('jobs') is not null as has_jobs,
       coalesce((select json_agg(json_build_object('name', rolname, 'login', rolcanlogin, 'inherit', rolinherit,
         'mighty', rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication))
         from pg_roles where rolname = any ($1)), '[]') as roles`,
    [Object.keys(ROLES)],
  );
  const has = rows[0]!;
  const user = pg.escapeIdentifier(has.user);
  const database = pg.escapeIdentifier(has.database);
  for (const [name, want] of Object.entries(ROLES)) {
    const role = has.roles.find((r) => r.name === name);
    const shape = `${want.login ? 'login' : 'nologin'} ${want.inherit ? 'inherit' : 'noinherit'}`;
    if (!role) await client.query(`create role ${name} ${shape}`);
    else if (role.mighty)
      throw new StartError(`The role ${name} must have no power of its own: drop it, or its powers.`);
    else if (role.login !== want.login || role.inherit !== want.inherit)
      await client.query(`alter role ${name} ${shape}`);
  }
  // Until PostgreSQL 15 a member may become the role; since 16 that is a right of its own, called SET.
  const version = await serverVersion(client);
  const become = version >= 16 ? 'SET' : 'MEMBER';
  const missing = async (question: string): Promise<boolean> =>
    !(await client.query<{ yes: boolean }>(`select ${question} as yes`)).rows[0]!.yes;

  if (await missing(`pg_has_role('grappe_login', 'grappe_app', '${become}')`))
    await client.query('grant grappe_app to grappe_login');
  // Since 16 a membership keeps the inheritance that it was granted with.
  if (version >= 16 && (await missing(`not pg_has_role('grappe_login', 'grappe_app', 'USAGE')`)))
    await client.query('grant grappe_app to grappe_login with inherit false');
  if (!has.superuser)
    for (const role of ['grappe_owner', 'grappe_jobs'])
      if (await missing(`pg_has_role('${role}', '${become}')`))
        await client.query(`grant ${role} to ${user}`);

  if (await missing(`has_database_privilege('grappe_owner', current_database(), 'CREATE')`))
    await client.query(`grant create on database ${database} to grappe_owner`);
  if (await missing(`has_schema_privilege('grappe_owner', 'public', 'CREATE')`))
    await client.query('grant create on schema public to grappe_owner');
  for (const role of ['grappe_login', 'grappe_jobs'])
    if (await missing(`has_database_privilege('${role}', current_database(), 'CONNECT')`))
      await client.query(`grant connect on database ${database} to ${role}`);
  // A temporary table of the same name would stand in front of the real one.
  if (await missing(`not has_database_privilege('grappe_login', current_database(), 'TEMP')`))
    await client.query(`revoke temporary on database ${database} from public`);
  if (!has.has_jobs) await client.query('create schema jobs authorization grappe_jobs');
}

/** The major version of the server: 15, 18. */
export async function serverVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ num: number }>(
    `select current_setting('server_version_num')::int as num`,
  );
  return Math.floor(rows[0]!.num / 10_000);
}
