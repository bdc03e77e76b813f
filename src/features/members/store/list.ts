import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Id } from '../../../kernel/ids.ts';
import type { Reader } from '../../../platform/db/actor.ts';
import type { Tables } from '../../../platform/db/tables.ts';
import { type Band, isBand, type MemberLine, type MemberQuery } from '../types.ts';

type Aliased = Tables & { o: Tables['organisation'] };

/** The sort keys of a query, in order; the id ends every tie. Each list has an index in this order. */
const SORT_KEYS = {
  name: ['o.sort_name', 'o.organisation_id'],
  town: ['o.sort_town', 'o.sort_name', 'o.organisation_id'],
  band: ['o.headcount_band', 'o.sort_name', 'o.organisation_id'],
} as const;

/** Everything a query asks for, but its page. `day`: the day it is asked on. */
const asked = (cluster: Id, query: MemberQuery, day: string) => (eb: ExpressionBuilder<Aliased, 'o'>) => {
  const conditions = [
    eb('o.cluster_id', '=', cluster),
    eb('o.kind', '=', query.kind),
    query.former
      ? eb('o.left_on', '<=', day)
      : eb.or([eb('o.left_on', 'is', null), eb('o.left_on', '>', day)]),
    // Folded words are letters and digits: nothing in them means anything to LIKE.
    ...query.words.map((word) => eb('o.search_text', 'like', `%${word}%`)),
  ];
  if (query.town !== null) conditions.push(eb('o.sort_town', '=', query.town));
  if (query.group !== null) conditions.push(eb('o.group_id', '=', query.group));
  if (query.bands !== null) conditions.push(eb('o.headcount_band', 'in', [...query.bands]));
  if (query.department !== null)
    conditions.push(
      eb.exists(
        eb
          .selectFrom('organisation_department as od')
          .innerJoin('department as d', (join) =>
            join
              .onRef('d.cluster_id', '=', 'od.cluster_id')
              .onRef('d.department_id', '=', 'od.department_id'),
          )
          .select('od.organisation_id')
          .whereRef('od.cluster_id', '=', 'o.cluster_id')
          .whereRef('od.organisation_id', '=', 'o.organisation_id')
          .where('d.slug', '=', query.department),
      ),
    );
  if (query.withoutDelegate) conditions.push(eb.not(eb.exists(delegatesToday(eb, day))));
  return eb.and(conditions);
};

const delegatesToday = (eb: ExpressionBuilder<Aliased, 'o'>, day: string) =>
  eb
    .selectFrom('role_held as r')
    .innerJoin('person as p', (join) =>
      join.onRef('p.cluster_id', '=', 'r.cluster_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .select(['p.name', 'p.email'])
    .whereRef('r.cluster_id', '=', 'o.cluster_id')
    .whereRef('r.organisation_id', '=', 'o.organisation_id')
    .where('r.role', '=', 'delegate')
    .where('r.starts_on', '<=', day)
    .where((r) => r.or([r('r.ends_on', 'is', null), r('r.ends_on', '>=', day)]))
    .orderBy('r.starts_on')
    .limit(1);

/** The rows of a page in the order they are looked for: against reading order for a page before a row. */
function paged(reader: Reader, cluster: Id, query: MemberQuery, day: string, limit: number) {
  const backwards = query.page.from === 'last' || query.page.from === 'before';
  const direction = query.descending === backwards ? 'asc' : 'desc';
  const keys = SORT_KEYS[query.sort];
  let rows = reader
    .selectFrom('organisation as o')
    .where((eb) => asked(cluster, query, day)(eb as ExpressionBuilder<Aliased, 'o'>))
    .limit(limit);
  if (query.page.from === 'after' || query.page.from === 'before') {
    const { key } = query.page;
    const columns = sql.join(keys.map((name) => sql.ref(name)));
    const values = sql.join(
      keys.map((name, i) => (name === 'o.organisation_id' ? sql`${key[i]}::uuid` : key[i])),
    );
    rows = rows.where(
      direction === 'asc'
        ? sql<SqlBool>`(${columns}) > (${values})`
        : sql<SqlBool>`(${columns}) < (${values})`,
    );
  }
  return keys.reduce((q, name) => q.orderBy(name, direction), rows);
}

/**
 * Lines of the members list, at most `limit`, from the query's page on; against reading order where the page is before
 * a row (rules/pages puts them right). `contacts`: with the delegate's name, which only staff may read.
 *
 * A query for the rows, then one for what belongs to all of them: sub-selects in the first would be planned with the
 * policies of six tables, which takes longer than running them.
 */
export async function listMembers(
  reader: Reader,
  cluster: Id,
  query: MemberQuery,
  options: { day: string; limit: number; contacts: boolean },
): Promise<MemberLine[]> {
  const rows = await paged(reader, cluster, query, options.day, options.limit)
    .select([
      'o.organisation_id',
      'o.name',
      'o.town',
      'o.headcount_band',
      'o.illustrative',
      'o.group_id',
      'o.sort_name',
      'o.sort_town',
    ])
    .execute();
  const ids = rows.map((row) => row.organisation_id);
  const departments = Map.groupBy(await listTheirDepartments(reader, cluster, ids), (d) => d.organisation_id);
  const groups = new Map(
    (await listTheirGroups(reader, cluster, rows)).map((group) => [group.group_id, group.name]),
  );
  const delegates = options.contacts ? await listTheirDelegates(reader, cluster, ids, options.day) : null;
  return rows.map((row) => {
    const group = row.group_id === null ? undefined : groups.get(row.group_id);
    return {
      id: row.organisation_id,
      name: row.name,
      town: row.town,
      band: bandOf(row.headcount_band),
      group: row.group_id !== null && group !== undefined ? { id: row.group_id, name: group } : null,
      departments: (departments.get(row.organisation_id) ?? []).map(({ slug, name }) => ({ slug, name })),
      illustrative: row.illustrative,
      delegate: delegates?.get(row.organisation_id)?.name ?? null,
      key: keyOf(query.sort, row),
    };
  });
}

const anyOfIds = (ids: readonly Id[]) => sql<Id[]>`any(${[...ids]}::uuid[])`;

const listTheirDepartments = (reader: Reader, cluster: Id, ids: readonly Id[]) =>
  reader
    .selectFrom('organisation_department as od')
    .innerJoin('department as d', (join) =>
      join.onRef('d.cluster_id', '=', 'od.cluster_id').onRef('d.department_id', '=', 'od.department_id'),
    )
    .select(['od.organisation_id', 'd.slug', 'd.name'])
    .where('od.cluster_id', '=', cluster)
    .where(sql<SqlBool>`od.organisation_id = ${anyOfIds(ids)}`)
    .orderBy('d.name')
    .execute();

const listTheirGroups = async (reader: Reader, cluster: Id, rows: readonly { group_id: Id | null }[]) => {
  const ids = [...new Set(rows.flatMap((row) => (row.group_id === null ? [] : [row.group_id])))];
  if (ids.length === 0) return [];
  return reader
    .selectFrom('organisation_group')
    .select(['group_id', 'name'])
    .where('cluster_id', '=', cluster)
    .where('group_id', 'in', ids)
    .execute();
};

/** The delegate of each company, the longest-serving where there are several. */
const listTheirDelegates = async (
  reader: Reader,
  cluster: Id,
  ids: readonly Id[],
  day: string,
): Promise<ReadonlyMap<Id, { name: string; email: string }>> => {
  const rows = await reader
    .selectFrom('role_held as r')
    .innerJoin('person as p', (join) =>
      join.onRef('p.cluster_id', '=', 'r.cluster_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .select(['r.organisation_id', 'p.name', 'p.email'])
    .where('r.cluster_id', '=', cluster)
    .where(sql<SqlBool>`r.organisation_id = ${anyOfIds(ids)}`)
    .where('r.role', '=', 'delegate')
    .where('r.starts_on', '<=', day)
    .where((eb) => eb.or([eb('r.ends_on', 'is', null), eb('r.ends_on', '>=', day)]))
    .orderBy('r.starts_on', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.organisation_id!, { name: row.name, email: row.email }]));
};

const keyOf = (
  sort: MemberQuery['sort'],
  row: { organisation_id: Id; sort_name: string; sort_town: string; headcount_band: string },
): readonly string[] => {
  const rest = [row.sort_name, row.organisation_id];
  if (sort === 'name') return rest;
  return [sort === 'town' ? row.sort_town : row.headcount_band, ...rest];
};

/** How many companies a query finds, counted up to `most`. */
export async function countMembers(
  reader: Reader,
  cluster: Id,
  query: MemberQuery,
  day: string,
  most: number,
): Promise<number> {
  const { n } = await reader
    .selectFrom(
      reader
        .selectFrom('organisation as o')
        .where((eb) => asked(cluster, query, day)(eb as ExpressionBuilder<Aliased, 'o'>))
        .select('o.organisation_id')
        .limit(most)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n;
}

/** One line of an export: what everybody signed in may read, and for staff what only they may. */
export interface ExportRow {
  readonly id: Id;
  readonly name: string;
  readonly siren: string | null;
  readonly formerNames: readonly string[];
  readonly group: string | null;
  readonly departments: readonly string[];
  readonly activity: string;
  readonly nafRev2: string | null;
  readonly town: string;
  readonly band: Band;
  readonly joinedOn: string | null;
  readonly siret: string | null;
  readonly postcode: string | null;
  readonly staff: {
    /** The head office's latest headcount: what an import reads back. */
    readonly heads: number | null;
    readonly headsYear: number | null;
    /** Every headcount of every site. */
    readonly counts: readonly { readonly siteId: Id; readonly year: number; readonly heads: number }[];
    readonly delegateName: string | null;
    readonly delegateEmail: string | null;
  } | null;
  readonly key: readonly string[];
}

/** Lines of an export, at most `limit`, from the query's page on. */
export async function listExportRows(
  reader: Reader,
  cluster: Id,
  query: MemberQuery,
  options: { day: string; limit: number; staff: boolean },
): Promise<ExportRow[]> {
  const fetched = await paged(reader, cluster, query, options.day, options.limit)
    .select([
      'o.organisation_id',
      'o.name',
      'o.siren',
      'o.former_names',
      'o.group_id',
      'o.activity',
      'o.naf_rev2',
      'o.town',
      'o.headcount_band',
      'o.joined_on',
      'o.sort_name',
      'o.sort_town',
    ])
    .execute();
  const backwards = query.page.from === 'last' || query.page.from === 'before';
  const rows = backwards ? fetched.toReversed() : fetched;
  const ids = rows.map((row) => row.organisation_id);
  const departments = Map.groupBy(await listTheirDepartments(reader, cluster, ids), (d) => d.organisation_id);
  const groups = new Map((await listTheirGroups(reader, cluster, rows)).map((g) => [g.group_id, g.name]));
  const headOffices = new Map(
    (await listTheirHeadOffices(reader, cluster, ids)).map((site) => [site.organisation_id, site]),
  );
  const delegates = options.staff ? await listTheirDelegates(reader, cluster, ids, options.day) : null;
  const counts = options.staff
    ? Map.groupBy(await listTheirHeadcounts(reader, cluster, ids), (count) => count.organisation_id)
    : null;
  return rows.map((row) => {
    const site = headOffices.get(row.organisation_id);
    return {
      id: row.organisation_id,
      name: row.name,
      siren: row.siren,
      formerNames: row.former_names,
      group: row.group_id === null ? null : (groups.get(row.group_id) ?? null),
      departments: (departments.get(row.organisation_id) ?? []).map((d) => d.name),
      activity: row.activity,
      nafRev2: row.naf_rev2,
      town: row.town,
      band: bandOf(row.headcount_band),
      joinedOn: row.joined_on,
      siret: site?.siret ?? null,
      postcode: site?.postcode ?? null,
      staff: counts && {
        ...latestOf(site?.site_id, counts.get(row.organisation_id) ?? []),
        counts: counts.get(row.organisation_id) ?? [],
        delegateName: delegates?.get(row.organisation_id)?.name ?? null,
        delegateEmail: delegates?.get(row.organisation_id)?.email ?? null,
      },
      key: keyOf(query.sort, row),
    };
  });
}

const listTheirHeadOffices = (reader: Reader, cluster: Id, ids: readonly Id[]) =>
  reader
    .selectFrom('site')
    .select(['organisation_id', 'site_id', 'siret', 'postcode'])
    .where('cluster_id', '=', cluster)
    .where(sql<SqlBool>`organisation_id = ${anyOfIds(ids)}`)
    .where('is_head_office', '=', true)
    .execute();

const listTheirHeadcounts = (reader: Reader, cluster: Id, ids: readonly Id[]) =>
  reader
    .selectFrom('headcount')
    .select(['organisation_id', 'site_id as siteId', 'year', 'heads'])
    .where('cluster_id', '=', cluster)
    .where(sql<SqlBool>`organisation_id = ${anyOfIds(ids)}`)
    .execute();

/** The latest headcount of one site. */
function latestOf(
  site: Id | undefined,
  counts: readonly { siteId: Id; year: number; heads: number }[],
): { heads: number | null; headsYear: number | null } {
  const ofSite = counts.filter((count) => count.siteId === site).sort((a, b) => b.year - a.year);
  return { heads: ofSite[0]?.heads ?? null, headsYear: ofSite[0]?.year ?? null };
}

const bandOf = (code: string): Band => (isBand(code) ? code : 'NN');
