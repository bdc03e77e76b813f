import type { Id } from '../../../kernel/ids.ts';
import type { Reader, Writer } from '../../../platform/db/actor.ts';
import type { Lang } from '../../../platform/i18n/index.ts';
import type { CompanyRole, Delegate, RoleHeld } from '../types.ts';

/** The roles held in a company, now and formerly, as far as the reader may see them: delegates first, the latest first. */
export async function listRoles(reader: Reader, cluster: Id, organisationId: Id): Promise<RoleHeld[]> {
  const rows = await reader
    .selectFrom('role_held as r')
    .innerJoin('person as p', (join) =>
      join.onRef('p.cluster_id', '=', 'r.cluster_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .select([
      'r.role_id',
      'r.role',
      'r.person_id',
      'p.name',
      'p.email',
      'p.phone',
      'p.lang',
      'r.starts_on',
      'r.ends_on',
    ])
    .where('r.cluster_id', '=', cluster)
    .where('r.organisation_id', '=', organisationId)
    .where('r.role', 'in', ['delegate', 'deputy', 'board'])
    .orderBy('r.role', 'desc')
    .orderBy('r.starts_on', 'desc')
    .limit(200)
    .execute();
  const rank: readonly string[] = ['delegate', 'deputy', 'board'];
  return rows
    .map((row) => ({
      roleId: row.role_id,
      role: row.role as CompanyRole,
      personId: row.person_id,
      name: row.name,
      email: row.email,
      phone: row.phone,
      lang: row.lang,
      startsOn: row.starts_on,
      endsOn: row.ends_on,
    }))
    .sort((a, b) => rank.indexOf(a.role) - rank.indexOf(b.role));
}

export const findPersonByEmail = (reader: Reader, cluster: Id, email: string) =>
  reader
    .selectFrom('person')
    .select(['person_id', 'name', 'email', 'phone', 'lang'])
    .where('cluster_id', '=', cluster)
    .where((eb) => eb(eb.fn('lower', ['email']), '=', email.toLowerCase()))
    .executeTakeFirst();

export const findPerson = (reader: Reader, cluster: Id, id: Id, options: { lock?: boolean } = {}) =>
  reader
    .selectFrom('person')
    .select(['person_id', 'name', 'email', 'phone', 'lang'])
    .where('cluster_id', '=', cluster)
    .where('person_id', '=', id)
    .$if(options.lock === true, (q) => q.forUpdate())
    .executeTakeFirst();

export const insertPerson = (
  writer: Writer,
  row: { cluster_id: Id; person_id: Id; name: string; email: string; phone: string; lang: Lang },
) => writer.insertInto('person').values(row).execute();

export const updatePerson = (
  writer: Writer,
  cluster: Id,
  id: Id,
  row: { name: string; email: string; phone: string; lang: Lang },
) =>
  writer
    .updateTable('person')
    .set(row)
    .where('cluster_id', '=', cluster)
    .where('person_id', '=', id)
    .execute();

export const insertRole = (
  writer: Writer,
  row: {
    cluster_id: Id;
    role_id: Id;
    person_id: Id;
    role: CompanyRole;
    organisation_id: Id;
    starts_on: string;
    ends_on: string | null;
  },
) => writer.insertInto('role_held').values(row).execute();

export const updateRoleEnd = (writer: Writer, cluster: Id, roleId: Id, endsOn: string) =>
  writer
    .updateTable('role_held')
    .set({ ends_on: endsOn })
    .where('cluster_id', '=', cluster)
    .where('role_id', '=', roleId)
    .execute();

/** Who speaks for the members of a cluster on a day, deputies included; staff only reads them all. */
export async function listDelegatesOn(reader: Reader, cluster: Id, day: string): Promise<Delegate[]> {
  const rows = await reader
    .selectFrom('role_held as r')
    .innerJoin('person as p', (join) =>
      join.onRef('p.cluster_id', '=', 'r.cluster_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .select(['r.organisation_id', 'p.person_id', 'p.name', 'p.email', 'p.lang'])
    .where('r.cluster_id', '=', cluster)
    .where('r.role', 'in', ['delegate', 'deputy'])
    .where('r.organisation_id', 'is not', null)
    .where('r.starts_on', '<=', day)
    .where((eb) => eb.or([eb('r.ends_on', 'is', null), eb('r.ends_on', '>=', day)]))
    .orderBy('r.organisation_id')
    .orderBy('r.role')
    .execute();
  return rows.map((row) => ({
    companyId: row.organisation_id!,
    personId: row.person_id,
    name: row.name,
    email: row.email,
    lang: row.lang,
  }));
}
