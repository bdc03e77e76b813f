import type { Id } from '../../kernel/ids.ts';
import type { Reader, Writer } from '../../platform/db/actor.ts';
import type { Lang } from '../../platform/i18n/index.ts';
import type { HeldRole, SessionLine } from './types.ts';

/** The person of an address, if the cluster knows one. */
export const findPersonByEmail = (reader: Reader, cluster: Id, email: string) =>
  reader
    .selectFrom('person')
    .select(['person_id', 'name', 'email', 'lang'])
    .where('cluster_id', '=', cluster)
    .where((eb) => eb(eb.fn('lower', ['email']), '=', email.toLowerCase()))
    .executeTakeFirst();

/** The fictive person of a demo account; nobody outside a demonstration. */
export const findPersonByDemoAccount = (reader: Reader, cluster: Id, account: string) =>
  reader
    .selectFrom('person as p')
    .innerJoin('cluster as c', 'c.cluster_id', 'p.cluster_id')
    .select(['p.person_id', 'p.name', 'p.lang'])
    .where('p.cluster_id', '=', cluster)
    .where('p.demo_account', '=', account)
    .where('c.is_demo', '=', true)
    .executeTakeFirst();

/** How a cluster is called in its mails. */
export const getClusterName = async (reader: Reader, cluster: Id): Promise<string> =>
  (
    await reader
      .selectFrom('cluster')
      .select('name')
      .where('cluster_id', '=', cluster)
      .executeTakeFirstOrThrow()
  ).name;

/** The language a person is spoken and written to in. */
export async function updateLanguage(writer: Writer, cluster: Id, person: Id, lang: Lang): Promise<void> {
  await writer
    .updateTable('person')
    .set({ lang })
    .where('cluster_id', '=', cluster)
    .where('person_id', '=', person)
    .execute();
}

/** The roles a person holds on a day: staff and officers first, then companies by name. */
export async function listRolesHeld(
  reader: Reader,
  cluster: Id,
  person: Id,
  day: string,
): Promise<HeldRole[]> {
  const rows = await reader
    .selectFrom('role_held as r')
    .leftJoin('organisation as o', (join) =>
      join.onRef('o.cluster_id', '=', 'r.cluster_id').onRef('o.organisation_id', '=', 'r.organisation_id'),
    )
    .select(['r.role_id', 'r.role', 'r.organisation_id', 'o.name'])
    .where('r.cluster_id', '=', cluster)
    .where('r.person_id', '=', person)
    .where('r.starts_on', '<=', day)
    .where((eb) => eb.or([eb('r.ends_on', 'is', null), eb('r.ends_on', '>=', day)]))
    .orderBy('o.sort_name')
    .execute();
  const rank = ['secretary', 'treasurer', 'president', 'board', 'delegate', 'deputy'];
  return rows
    .map((row) => ({
      roleId: row.role_id,
      role: row.role,
      company: row.organisation_id && row.name ? { id: row.organisation_id, name: row.name } : null,
    }))
    .sort((a, b) => rank.indexOf(a.role) - rank.indexOf(b.role));
}

export const insertLoginToken = (
  writer: Writer,
  row: { cluster_id: Id; token_hash: string; person_id: Id; expires_at: Date },
) => writer.insertInto('login_token').values(row).execute();

/** Uses a sign-in link: returns its person once, and never again. */
export const useLoginToken = (writer: Writer, cluster: Id, hash: string, now: Date) =>
  writer
    .updateTable('login_token')
    .set({ used_at: now })
    .where('cluster_id', '=', cluster)
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('person_id')
    .executeTakeFirst();

export const insertSession = (
  writer: Writer,
  row: {
    cluster_id: Id;
    session_id: Id;
    token_hash: string;
    person_id: Id;
    role_id: Id | null;
    method: 'link' | 'demo' | 'setup';
    agent: string;
    created_at: Date;
    seen_at: Date;
    expires_at: Date;
  },
) => writer.insertInto('session').values(row).execute();

/** The live session of a token. One of a demo account ends with the demonstration. */
export const findSession = (reader: Reader, cluster: Id, hash: string, now: Date, idleSince: Date) =>
  reader
    .selectFrom('session as s')
    .innerJoin('person as p', (join) =>
      join.onRef('p.cluster_id', '=', 's.cluster_id').onRef('p.person_id', '=', 's.person_id'),
    )
    .innerJoin('cluster as c', 'c.cluster_id', 's.cluster_id')
    .select(['s.session_id', 's.person_id', 's.role_id', 's.seen_at', 'p.name', 'p.lang'])
    .where('s.cluster_id', '=', cluster)
    .where('s.token_hash', '=', hash)
    .where('s.revoked_at', 'is', null)
    .where('s.expires_at', '>', now)
    .where('s.seen_at', '>', idleSince)
    .where((eb) => eb.or([eb('s.method', '<>', 'demo'), eb('c.is_demo', '=', true)]))
    .executeTakeFirst();

export const touchSession = (writer: Writer, cluster: Id, session: Id, now: Date) =>
  writer
    .updateTable('session')
    .set({ seen_at: now })
    .where('cluster_id', '=', cluster)
    .where('session_id', '=', session)
    .execute();

/** A person's live sessions, the latest used first. */
export async function listSessions(
  reader: Reader,
  cluster: Id,
  person: Id,
  current: Id | null,
  now: Date,
  idleSince: Date,
): Promise<SessionLine[]> {
  const rows = await reader
    .selectFrom('session')
    .select(['session_id', 'method', 'agent', 'created_at', 'seen_at'])
    .where('cluster_id', '=', cluster)
    .where('person_id', '=', person)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('seen_at', '>', idleSince)
    .orderBy('seen_at', 'desc')
    .limit(50)
    .execute();
  return rows.map((row) => ({
    sessionId: row.session_id,
    method: row.method,
    agent: row.agent,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    current: row.session_id === current,
  }));
}

/** Ends one of a person's sessions; false when it is not theirs or has ended. */
export async function updateSessionRevoked(
  writer: Writer,
  cluster: Id,
  person: Id,
  session: Id,
  now: Date,
): Promise<boolean> {
  const result = await writer
    .updateTable('session')
    .set({ revoked_at: now })
    .where('cluster_id', '=', cluster)
    .where('person_id', '=', person)
    .where('session_id', '=', session)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export const updateSessionRole = (writer: Writer, cluster: Id, session: Id, role: Id) =>
  writer
    .updateTable('session')
    .set({ role_id: role })
    .where('cluster_id', '=', cluster)
    .where('session_id', '=', session)
    .execute();

/** The fictive accounts of the demo, in the order of the sign-in page. */
export const listDemoAccounts = (reader: Reader, cluster: Id) =>
  reader
    .selectFrom('person as p')
    .innerJoin('role_held as r', (join) =>
      join.onRef('r.cluster_id', '=', 'p.cluster_id').onRef('r.person_id', '=', 'p.person_id'),
    )
    .leftJoin('organisation as o', (join) =>
      join.onRef('o.cluster_id', '=', 'r.cluster_id').onRef('o.organisation_id', '=', 'r.organisation_id'),
    )
    .select(['p.demo_account', 'p.name', 'p.email', 'r.role', 'o.name as company'])
    .innerJoin('cluster as c', 'c.cluster_id', 'p.cluster_id')
    .where('p.cluster_id', '=', cluster)
    .where('p.demo_account', 'is not', null)
    .where('c.is_demo', '=', true)
    .execute();
