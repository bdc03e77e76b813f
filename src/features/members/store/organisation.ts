import type { ExpressionBuilder } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Id } from '../../../kernel/ids.ts';
import type { Reader, Writer } from '../../../platform/db/actor.ts';
import type { OrganisationTable } from '../../../platform/db/tables.ts';
import {
  type Department,
  type Headcount,
  type HistoryLine,
  isBand,
  type Kind,
  type MemberCompany,
  type Organisation,
  type PublicFact,
  type Site,
} from '../types.ts';

const organisation = (reader: Reader, cluster: Id) =>
  reader
    .selectFrom('organisation as o')
    .leftJoin('organisation_group as g', (join) =>
      join.onRef('g.cluster_id', '=', 'o.cluster_id').onRef('g.group_id', '=', 'o.group_id'),
    )
    .select([
      'o.organisation_id',
      'o.kind',
      'o.name',
      'o.former_names',
      'o.siren',
      'o.group_id',
      'g.name as group_name',
      'o.activity',
      'o.naf_rev2',
      'o.naf_2025',
      'o.headcount_band',
      'o.town',
      'o.illustrative',
      'o.facts',
      'o.joined_on',
      'o.left_on',
      'o.row_version',
    ])
    .where('o.cluster_id', '=', cluster);

export async function findOrganisation(reader: Reader, cluster: Id, id: Id): Promise<Organisation | null> {
  const row = await organisation(reader, cluster).where('o.organisation_id', '=', id).executeTakeFirst();
  if (!row) return null;
  return {
    id: row.organisation_id,
    kind: row.kind,
    name: row.name,
    formerNames: row.former_names,
    siren: row.siren,
    group:
      row.group_id !== null && row.group_name !== null ? { id: row.group_id, name: row.group_name } : null,
    activity: row.activity,
    nafRev2: row.naf_rev2,
    naf2025: row.naf_2025,
    band: isBand(row.headcount_band) ? row.headcount_band : 'NN',
    town: row.town,
    illustrative: row.illustrative,
    facts: row.facts.filter(isPublicFact),
    joinedOn: row.joined_on,
    leftOn: row.left_on,
    version: row.row_version,
  };
}

const isPublicFact = (fact: object): fact is PublicFact =>
  'text' in fact && typeof fact.text === 'string' && 'source' in fact && typeof fact.source === 'string';

/** Takes the row of an organisation until the end of the transaction. */
export const lockOrganisation = (writer: Writer, cluster: Id, id: Id) =>
  writer
    .selectFrom('organisation')
    .select(['organisation_id', 'name', 'siren', 'row_version'])
    .where('cluster_id', '=', cluster)
    .where('organisation_id', '=', id)
    .forUpdate()
    .executeTakeFirst();

/** The departments of an organisation, its sites with the head office first, and the headcounts the reader may see. */
export async function findOrganisationParts(
  reader: Reader,
  cluster: Id,
  id: Id,
): Promise<{ departments: Department[]; sites: Site[]; headcounts: Headcount[] }> {
  const row = await reader
    .selectNoFrom((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('organisation_department as od')
          .innerJoin('department as d', (join) =>
            join
              .onRef('d.cluster_id', '=', 'od.cluster_id')
              .onRef('d.department_id', '=', 'od.department_id'),
          )
          .select(['d.department_id as id', 'd.slug', 'd.name', 'd.aliases'])
          .where('od.cluster_id', '=', cluster)
          .where('od.organisation_id', '=', id)
          .orderBy('d.name'),
      ).as('departments'),
      jsonArrayFrom(
        eb
          .selectFrom('site')
          .select([
            'site_id as id',
            'name',
            'siret',
            'town',
            'postcode',
            'commune_code as communeCode',
            'is_head_office as isHeadOffice',
          ])
          .where('cluster_id', '=', cluster)
          .where('organisation_id', '=', id)
          .orderBy('is_head_office', 'desc')
          .orderBy('name')
          .orderBy('site_id'),
      ).as('sites'),
      jsonArrayFrom(
        eb
          .selectFrom('headcount')
          .select(['site_id as siteId', 'year', 'heads', 'is_public as isPublic', 'source'])
          .where('cluster_id', '=', cluster)
          .where('organisation_id', '=', id)
          .orderBy('year', 'desc'),
      ).as('headcounts'),
    ])
    .executeTakeFirstOrThrow();
  return row;
}

/** The other companies of a group. */
export const listGroup = (reader: Reader, cluster: Id, group: Id, except: Id) =>
  reader
    .selectFrom('organisation')
    .select(['organisation_id as id', 'name'])
    .where('cluster_id', '=', cluster)
    .where('group_id', '=', group)
    .where('organisation_id', '<>', except)
    .orderBy('sort_name')
    .limit(50)
    .execute();

/** The departments of the cluster, by name. */
export const listDepartments = (reader: Reader, cluster: Id): Promise<Department[]> =>
  reader
    .selectFrom('department')
    .select(['department_id as id', 'slug', 'name', 'aliases'])
    .where('cluster_id', '=', cluster)
    .orderBy('name')
    .execute();

/** The groups of the cluster, by name. */
export const listGroups = (reader: Reader, cluster: Id) =>
  reader
    .selectFrom('organisation_group')
    .select(['group_id as id', 'name'])
    .where('cluster_id', '=', cluster)
    .orderBy('name')
    .limit(2000)
    .execute();

export const findGroup = async (
  reader: Reader,
  cluster: Id,
  id: Id,
): Promise<{ id: Id; name: string } | null> =>
  (await reader
    .selectFrom('organisation_group')
    .select(['group_id as id', 'name'])
    .where('cluster_id', '=', cluster)
    .where('group_id', '=', id)
    .executeTakeFirst()) ?? null;

export const insertGroup = (writer: Writer, row: { cluster_id: Id; group_id: Id; name: string }) =>
  writer.insertInto('organisation_group').values(row).execute();

/** What is written of an organisation; the derived text comes with it. */
export interface OrganisationRow {
  readonly kind: Kind;
  readonly name: string;
  readonly former_names: string[];
  readonly siren: string | null;
  readonly group_id: Id | null;
  readonly activity: string;
  readonly naf_rev2: string | null;
  readonly naf_2025: string | null;
  readonly town: string;
  readonly joined_on: string | null;
  readonly left_on: string | null;
  readonly search_text: string;
  readonly sort_name: string;
  readonly sort_town: string;
}

export const insertOrganisation = (
  writer: Writer,
  row: OrganisationRow & { cluster_id: Id; organisation_id: Id; headcount_band: string },
) => writer.insertInto('organisation').values(row).execute();

/**
 * Writes an organisation over the version that was read; false when somebody wrote it in between. Every change of an
 * organisation, its sites and its people goes through this, so one version stands for all of them.
 */
export async function updateOrganisation(
  writer: Writer,
  cluster: Id,
  id: Id,
  version: number,
  row: Partial<OrganisationRow & { headcount_band: string }>,
): Promise<boolean> {
  const result = await writer
    .updateTable('organisation')
    .set((eb) => ({ ...row, row_version: eb('row_version', '+', 1) }))
    .where('cluster_id', '=', cluster)
    .where('organisation_id', '=', id)
    .where('row_version', '=', version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Puts an organisation in exactly these departments. */
export async function updateDepartments(
  writer: Writer,
  cluster: Id,
  organisationId: Id,
  departments: readonly Id[],
): Promise<void> {
  await writer
    .deleteFrom('organisation_department')
    .where('cluster_id', '=', cluster)
    .where('organisation_id', '=', organisationId)
    .execute();
  if (departments.length === 0) return;
  await writer
    .insertInto('organisation_department')
    .values(
      departments.map((department_id) => ({
        cluster_id: cluster,
        organisation_id: organisationId,
        department_id,
      })),
    )
    .execute();
}

export interface SiteRow {
  readonly cluster_id: Id;
  readonly site_id: Id;
  readonly organisation_id: Id;
  readonly name: string;
  readonly siret: string | null;
  readonly town: string;
  readonly postcode: string;
  readonly commune_code: string;
  readonly is_head_office: boolean;
}

/** Adds a site, or writes over the one with its id. */
export const insertOrUpdateSite = (writer: Writer, row: SiteRow) =>
  writer
    .insertInto('site')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['cluster_id', 'site_id']).doUpdateSet({
        name: row.name,
        siret: row.siret,
        town: row.town,
        postcode: row.postcode,
        commune_code: row.commune_code,
        is_head_office: row.is_head_office,
      }),
    )
    .execute();

/** Only one site is the head office. */
export const updateOtherSites = (writer: Writer, cluster: Id, organisationId: Id, headOffice: Id) =>
  writer
    .updateTable('site')
    .set({ is_head_office: false })
    .where('cluster_id', '=', cluster)
    .where('organisation_id', '=', organisationId)
    .where('site_id', '<>', headOffice)
    .where('is_head_office', '=', true)
    .execute();

export interface HeadcountRow {
  readonly cluster_id: Id;
  readonly site_id: Id;
  readonly organisation_id: Id;
  readonly year: number;
  readonly heads: number;
  readonly is_public: boolean;
  readonly source: string;
}

/** Records a headcount, over the former one of that site and year. */
export const insertOrUpdateHeadcount = (writer: Writer, row: HeadcountRow) =>
  writer
    .insertInto('headcount')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['cluster_id', 'site_id', 'year'])
        .doUpdateSet({ heads: row.heads, is_public: row.is_public, source: row.source }),
    )
    .execute();

/** The latest audit lines on an organisation that the reader may see. */
export async function listHistory(
  reader: Reader,
  cluster: Id,
  subject: Id,
  limit: number,
): Promise<HistoryLine[]> {
  const rows = await reader
    .selectFrom('audit')
    .select(['at', 'action', 'details'])
    .where('cluster_id', '=', cluster)
    .where('subject_id', '=', subject)
    .where('action', 'like', 'members.%')
    .orderBy('audit_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    at: row.at,
    action: row.action,
    details: Object.fromEntries(
      Object.entries(row.details).map(([name, value]) => [name, String(value ?? '')]),
    ),
  }));
}

/** The members of a cluster on a day, by name. */
export async function listCompanies(reader: Reader, cluster: Id, day: string): Promise<MemberCompany[]> {
  const rows = await reader
    .selectFrom('organisation')
    .select(['organisation_id', 'name', 'group_id', 'town'])
    .where('cluster_id', '=', cluster)
    .where('kind', '=', 'member')
    .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>', day)]))
    .orderBy('sort_name')
    .orderBy('organisation_id')
    .execute();
  return rows.map((row) => ({
    id: row.organisation_id,
    name: row.name,
    groupId: row.group_id,
    groupKey: row.group_id ?? row.organisation_id,
    town: row.town,
  }));
}

/** Conditions of the members of a cluster on a day. */
const memberOn = (cluster: Id, day: string) => (eb: ExpressionBuilder<{ o: OrganisationTable }, 'o'>) =>
  eb.and([
    eb('o.cluster_id', '=', cluster),
    eb('o.kind', '=', 'member'),
    eb.or([eb('o.left_on', 'is', null), eb('o.left_on', '>', day)]),
  ]);

/** How many members a cluster has on a day. */
export async function countMembersOn(reader: Reader, cluster: Id, day: string): Promise<number> {
  const { n } = await reader
    .selectFrom('organisation as o')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where(memberOn(cluster, day))
    .executeTakeFirstOrThrow();
  return n;
}

/** How many members nobody speaks for on a day, those shown as an illustration left out. */
export async function countWithoutDelegate(reader: Reader, cluster: Id, day: string): Promise<number> {
  const { n } = await reader
    .selectFrom('organisation as o')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where(memberOn(cluster, day))
    .where('o.illustrative', '=', false)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('role_held as r')
            .select('r.role_id')
            .whereRef('r.cluster_id', '=', 'o.cluster_id')
            .whereRef('r.organisation_id', '=', 'o.organisation_id')
            .where('r.role', '=', 'delegate')
            .where('r.starts_on', '<=', day)
            .where((r) => r.or([r('r.ends_on', 'is', null), r('r.ends_on', '>=', day)])),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return n;
}

/** The latest headcounts of the members' sites, summed, as far as the reader may see them. */
export async function countHeads(reader: Reader, cluster: Id, day: string): Promise<number> {
  const { n } = await reader
    .selectFrom((sites) =>
      sites
        .selectFrom('headcount as h')
        .innerJoin('organisation as o', (join) =>
          join
            .onRef('o.cluster_id', '=', 'h.cluster_id')
            .onRef('o.organisation_id', '=', 'h.organisation_id'),
        )
        .distinctOn('h.site_id')
        .select('h.heads')
        .where((eb) => memberOn(cluster, day)(eb as ExpressionBuilder<{ o: OrganisationTable }, 'o'>))
        .orderBy('h.site_id')
        .orderBy('h.year', 'desc')
        .as('latest'),
    )
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('latest.heads'), eb.val(0)).as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}
