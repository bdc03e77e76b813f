import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
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
 */
export async function listMembers(
  reader: Reader,
  cluster: Id,
  query: MemberQuery,
  options: { day: string; limit: number; contacts: boolean },
): Promise<MemberLine[]> {
  const rows = await paged(reader, cluster, query, options.day, options.limit)
    .select((eb) => [
      'o.organisation_id',
      'o.name',
      'o.town',
      'o.headcount_band',
      'o.illustrative',
      'o.group_id',
      'o.sort_name',
      'o.sort_town',
      groupName(eb as ExpressionBuilder<Aliased, 'o'>).as('group_name'),
      departmentsOf(eb as ExpressionBuilder<Aliased, 'o'>).as('departments'),
    ])
    .$if(options.contacts, (q) =>
      q.select((eb) =>
        delegatesToday(eb as ExpressionBuilder<Aliased, 'o'>, options.day)
          .clearSelect()
          .select('p.name')
          .as('delegate'),
      ),
    )
    .execute();
  return rows.map((row) => ({
    id: row.organisation_id,
    name: row.name,
    town: row.town,
    band: bandOf(row.headcount_band),
    group:
      row.group_id !== null && row.group_name !== null ? { id: row.group_id, name: row.group_name } : null,
    departments: row.departments,
    illustrative: row.illustrative,
    delegate: row.delegate ?? null,
    key: keyOf(query.sort, row),
  }));
}

const groupName = (eb: ExpressionBuilder<Aliased, 'o'>) =>
  eb
    .selectFrom('organisation_group as g')
    .select('g.name')
    .whereRef('g.cluster_id', '=', 'o.cluster_id')
    .whereRef('g.group_id', '=', 'o.group_id');

const departmentsOf = (eb: ExpressionBuilder<Aliased, 'o'>) =>
  jsonArrayFrom(
    eb
      .selectFrom('organisation_department as od')
      .innerJoin('department as d', (join) =>
        join.onRef('d.cluster_id', '=', 'od.cluster_id').onRef('d.department_id', '=', 'od.department_id'),
      )
      .select(['d.slug', 'd.name'])
      .whereRef('od.cluster_id', '=', 'o.cluster_id')
      .whereRef('od.organisation_id', '=', 'o.organisation_id')
      .orderBy('d.name'),
  );

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
  const page = paged(reader, cluster, query, options.day, options.limit)
    .select('o.organisation_id')
    .as('page');
  const rows = await reader
    .selectFrom(page)
    .innerJoin('organisation as o', (join) =>
      join.on('o.cluster_id', '=', cluster).onRef('o.organisation_id', '=', 'page.organisation_id'),
    )
    .leftJoin('site as s', (join) =>
      join
        .onRef('s.cluster_id', '=', 'o.cluster_id')
        .onRef('s.organisation_id', '=', 'o.organisation_id')
        .on('s.is_head_office', '=', true),
    )
    .select((eb) => [
      'o.organisation_id',
      'o.name',
      'o.siren',
      'o.former_names',
      'o.activity',
      'o.naf_rev2',
      'o.town',
      'o.headcount_band',
      'o.joined_on',
      'o.sort_name',
      'o.sort_town',
      's.site_id',
      's.siret',
      's.postcode',
      groupName(eb as unknown as ExpressionBuilder<Aliased, 'o'>).as('group_name'),
      departmentsOf(eb as unknown as ExpressionBuilder<Aliased, 'o'>).as('departments'),
    ])
    .$if(options.staff, (q) =>
      q.select((eb) => [
        jsonArrayFrom(
          eb
            .selectFrom('headcount as h')
            .select(['h.site_id as siteId', 'h.year', 'h.heads'])
            .whereRef('h.cluster_id', '=', 'o.cluster_id')
            .whereRef('h.organisation_id', '=', 'o.organisation_id'),
        ).as('counts'),
        jsonArrayFrom(delegatesToday(eb as unknown as ExpressionBuilder<Aliased, 'o'>, options.day)).as(
          'delegates',
        ),
      ]),
    )
    .execute();
  return inOrder(rows, query).map((row) => ({
    id: row.organisation_id,
    name: row.name,
    siren: row.siren,
    formerNames: row.former_names,
    group: row.group_name,
    departments: row.departments.map((d) => d.name),
    activity: row.activity,
    nafRev2: row.naf_rev2,
    town: row.town,
    band: bandOf(row.headcount_band),
    joinedOn: row.joined_on,
    siret: row.siret,
    postcode: row.postcode,
    staff: options.staff ? staffPart(row.site_id, row.counts ?? [], row.delegates ?? []) : null,
    key: keyOf(query.sort, row),
  }));
}

function staffPart(
  headOffice: Id | null,
  counts: readonly { siteId: Id; year: number; heads: number }[],
  delegates: readonly { name: string; email: string }[],
): NonNullable<ExportRow['staff']> {
  const latest = counts
    .filter((count) => count.siteId === headOffice)
    .reduce<(typeof counts)[number] | null>(
      (last, c) => (last === null || c.year > last.year ? c : last),
      null,
    );
  return {
    heads: latest?.heads ?? null,
    headsYear: latest?.year ?? null,
    counts,
    delegateName: delegates[0]?.name ?? null,
    delegateEmail: delegates[0]?.email ?? null,
  };
}

/** A join gives no order: rows of a page by their sort keys, compared as the database does (bytes). */
function inOrder<
  Row extends { organisation_id: Id; sort_name: string; sort_town: string; headcount_band: string },
>(rows: readonly Row[], query: MemberQuery): Row[] {
  const sign = query.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: keyOf(query.sort, row).map((part) => Buffer.from(part)) }));
  keyed.sort((a, b) => sign * compareKeys(a.key, b.key));
  return keyed.map(({ row }) => row);
}

function compareKeys(a: readonly Buffer[], b: readonly Buffer[]): number {
  for (let i = 0; i < a.length; i += 1) {
    const order = Buffer.compare(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return 0;
}

const bandOf = (code: string): Band => (isBand(code) ? code : 'NN');
