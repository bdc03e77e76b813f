import { sql } from 'kysely';
import type { Id } from '../../../kernel/ids.ts';
import type { Reader, Writer } from '../../../platform/db/actor.ts';
import type { SheetForm, SheetLine } from '../../../platform/sheet/sheet.ts';
import type { ImportPlan, KnownCompany, KnownSite, KnownState, Mapping } from '../types.ts';
import { listDepartments } from './organisation.ts';

const PURPOSE = 'members';

/** A file on its way in. */
export interface ImportDraft {
  readonly id: Id;
  readonly fileName: string;
  readonly columns: readonly string[];
  readonly form: SheetForm | null;
  readonly lines: readonly SheetLine[];
  readonly mapping: Mapping;
  readonly createdAt: Date;
  readonly confirmedAt: Date | null;
}

export const insertDraft = (
  writer: Writer,
  cluster: Id,
  person: Id | null,
  draft: Omit<ImportDraft, 'confirmedAt'>,
) =>
  writer
    .insertInto('import_draft')
    .values({
      cluster_id: cluster,
      import_id: draft.id,
      purpose: PURPOSE,
      file_name: draft.fileName,
      columns: JSON.stringify({ names: draft.columns, form: draft.form }),
      lines: JSON.stringify(draft.lines.map((line) => [line.line, ...line.cells])),
      mapping: JSON.stringify(draft.mapping),
      created_by: person,
      created_at: draft.createdAt,
    })
    .execute();

export async function findDraft(reader: Reader, cluster: Id, id: Id): Promise<ImportDraft | null> {
  const row = await reader
    .selectFrom('import_draft')
    .select(['import_id', 'file_name', 'columns', 'lines', 'mapping', 'created_at', 'confirmed_at'])
    .where('cluster_id', '=', cluster)
    .where('purpose', '=', PURPOSE)
    .where('import_id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  // Documents of our own, written by insertDraft and updateDraftMapping only.
  const { names, form } = row.columns as { names: string[]; form: SheetForm | null };
  return {
    id: row.import_id,
    fileName: row.file_name,
    columns: names,
    form,
    lines: (row.lines as [number, ...string[]][]).map(([line, ...cells]) => ({ line, cells })),
    mapping: row.mapping as Mapping,
    createdAt: row.created_at,
    confirmedAt: row.confirmed_at,
  };
}

/** The files not yet confirmed, the newest first. */
export const listDrafts = (reader: Reader, cluster: Id) =>
  reader
    .selectFrom('import_draft')
    .select((eb) => [
      'import_id as id',
      'file_name as fileName',
      'created_at as createdAt',
      eb.fn<number>('jsonb_array_length', ['lines']).as('lines'),
    ])
    .where('cluster_id', '=', cluster)
    .where('purpose', '=', PURPOSE)
    .where('confirmed_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute();

/** Takes a draft until the end of the transaction, and with it the right to write an import of this cluster. */
export async function lockDraft(writer: Writer, cluster: Id, id: Id) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`members import ${cluster}`}, 0))`.execute(
    writer,
  );
  return writer
    .selectFrom('import_draft')
    .select(['columns', 'confirmed_at'])
    .where('cluster_id', '=', cluster)
    .where('purpose', '=', PURPOSE)
    .where('import_id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export const updateDraftMapping = (writer: Writer, cluster: Id, id: Id, mapping: Mapping) =>
  writer
    .updateTable('import_draft')
    .set({ mapping: JSON.stringify(mapping) })
    .where('cluster_id', '=', cluster)
    .where('import_id', '=', id)
    .execute();

export const updateDraftConfirmed = (writer: Writer, cluster: Id, id: Id, at: Date) =>
  writer
    .updateTable('import_draft')
    .set({ confirmed_at: at })
    .where('cluster_id', '=', cluster)
    .where('import_id', '=', id)
    .execute();

export const removeDraft = (writer: Writer, cluster: Id, id: Id) =>
  writer
    .deleteFrom('import_draft')
    .where('cluster_id', '=', cluster)
    .where('purpose', '=', PURPOSE)
    .where('import_id', '=', id)
    .executeTakeFirst();

/** Files hold people's addresses: they do not outlive their use. */
export const removeDraftsBefore = (writer: Writer, cluster: Id, before: Date) =>
  writer
    .deleteFrom('import_draft')
    .where('cluster_id', '=', cluster)
    .where('purpose', '=', PURPOSE)
    .where('created_at', '<', before)
    .execute();

/** Everything a file is compared with, in five queries whatever its size. Staff only reads it whole. */
export async function findKnownState(
  reader: Reader,
  cluster: Id,
  day: string,
  emails: readonly string[],
): Promise<KnownState> {
  const organisations = await reader
    .selectFrom('organisation as o')
    .leftJoin('organisation_group as g', (join) =>
      join.onRef('g.cluster_id', '=', 'o.cluster_id').onRef('g.group_id', '=', 'o.group_id'),
    )
    .select([
      'o.organisation_id',
      'o.row_version',
      'o.name',
      'o.siren',
      'o.former_names',
      'o.group_id',
      'g.name as group_name',
      'o.activity',
      'o.naf_rev2',
      'o.naf_2025',
      'o.town',
      'o.joined_on',
      'o.left_on',
    ])
    .where('o.cluster_id', '=', cluster)
    .execute();
  const memberships = await reader
    .selectFrom('organisation_department')
    .select(['organisation_id', 'department_id'])
    .where('cluster_id', '=', cluster)
    .orderBy('department_id')
    .execute();
  const sites = await reader
    .selectFrom('site as s')
    .leftJoin('headcount as h', (join) =>
      join.onRef('h.cluster_id', '=', 's.cluster_id').onRef('h.site_id', '=', 's.site_id'),
    )
    .select(['s.site_id', 's.organisation_id', 's.siret', 's.town', 's.postcode', 'h.year', 'h.heads'])
    .where('s.cluster_id', '=', cluster)
    .orderBy('s.is_head_office', 'desc')
    .orderBy('s.name')
    .orderBy('s.site_id')
    .execute();
  const delegates = await reader
    .selectFrom('role_held as r')
    .innerJoin('person as p', (join) =>
      join.onRef('p.cluster_id', '=', 'r.cluster_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .select(['r.organisation_id', 'p.email'])
    .where('r.cluster_id', '=', cluster)
    .where('r.role', '=', 'delegate')
    .where('r.starts_on', '<=', day)
    .where((eb) => eb.or([eb('r.ends_on', 'is', null), eb('r.ends_on', '>=', day)]))
    .execute();
  const people =
    emails.length === 0
      ? []
      : await reader
          .selectFrom('person')
          .select(['person_id', 'name', 'email'])
          .where('cluster_id', '=', cluster)
          .where((eb) => eb(eb.fn('lower', ['email']), '=', eb.fn.any(sql<string[]>`${[...emails]}::text[]`)))
          .execute();
  const departments = await listDepartments(reader, cluster);
  const groups = await reader
    .selectFrom('organisation_group')
    .select(['group_id as id', 'name'])
    .where('cluster_id', '=', cluster)
    .execute();

  const departmentsOf = Map.groupBy(memberships, (m) => m.organisation_id);
  const sitesOf = Map.groupBy(sites, (s) => s.organisation_id);
  const delegatesOf = Map.groupBy(delegates, (d) => d.organisation_id ?? '');
  return {
    departments,
    groups,
    people: new Map(people.map((p) => [p.email.toLowerCase(), { id: p.person_id, name: p.name }])),
    companies: organisations.map(
      (o): KnownCompany => ({
        id: o.organisation_id,
        version: o.row_version,
        name: o.name,
        siren: o.siren,
        formerNames: o.former_names,
        groupId: o.group_id,
        group: o.group_name,
        activity: o.activity,
        nafRev2: o.naf_rev2,
        naf2025: o.naf_2025,
        town: o.town,
        joinedOn: o.joined_on,
        leftOn: o.left_on,
        departments: (departmentsOf.get(o.organisation_id) ?? []).map((m) => m.department_id),
        sites: sitesWithHeads(sitesOf.get(o.organisation_id) ?? []),
        delegates: (delegatesOf.get(o.organisation_id) ?? []).map((d) => d.email.toLowerCase()),
      }),
    ),
  };
}

/** One site an id, from a row a headcount. */
function sitesWithHeads(
  rows: readonly {
    site_id: Id;
    siret: string | null;
    town: string;
    postcode: string;
    year: number | null;
    heads: number | null;
  }[],
): KnownSite[] {
  const sites = new Map<Id, KnownSite & { heads: Record<string, number> }>();
  for (const row of rows) {
    const site = sites.get(row.site_id) ?? {
      id: row.site_id,
      siret: row.siret,
      town: row.town,
      postcode: row.postcode,
      heads: {},
    };
    if (row.year !== null && row.heads !== null) site.heads[String(row.year)] = row.heads;
    sites.set(row.site_id, site);
  }
  return [...sites.values()];
}

/** PostgreSQL takes 65,535 parameters a statement; the widest row here has 17. */
const BATCH = 1_000;

function* batches<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += BATCH) yield rows.slice(at, at + BATCH);
}

/**
 * Writes a whole import in some statements a thousand rows, inside the action's transaction. False when a company was
 * changed since the plan was made: nothing may then be kept of it.
 */
export async function insertImport(writer: Writer, cluster: Id, plan: ImportPlan): Promise<boolean> {
  const inCluster = <T extends object>(row: T): T & { cluster_id: Id } => ({ cluster_id: cluster, ...row });
  for (const rows of batches(plan.groups))
    await writer.insertInto('organisation_group').values(rows.map(inCluster)).execute();
  for (const rows of batches(plan.newCompanies))
    await writer
      .insertInto('organisation')
      .values(rows.map((row) => inCluster({ ...row, former_names: [...row.former_names] })))
      .execute();
  for (const rows of batches(plan.changedCompanies)) {
    const { numAffectedRows } = await sql`
      update organisation as o set
        name = x.name, former_names = x.former_names, siren = x.siren, group_id = x.group_id, activity = x.activity,
        naf_rev2 = x.naf_rev2, naf_2025 = x.naf_2025, town = x.town, joined_on = x.joined_on, left_on = x.left_on,
        search_text = x.search_text, sort_name = x.sort_name, sort_town = x.sort_town,
        headcount_band = coalesce(x.headcount_band, o.headcount_band), row_version = o.row_version + 1
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(
        organisation_id uuid, version integer, name text, former_names text[], siren text, group_id uuid, activity text,
        naf_rev2 text, naf_2025 text, town text, joined_on date, left_on date, search_text text, sort_name text,
        sort_town text, headcount_band text)
      where o.cluster_id = ${cluster} and o.organisation_id = x.organisation_id and o.row_version = x.version`.execute(
      writer,
    );
    if (Number(numAffectedRows ?? 0n) !== rows.length) return false;
  }
  for (const rows of batches(plan.departments.map((d) => d.organisation_id)))
    await writer
      .deleteFrom('organisation_department')
      .where('cluster_id', '=', cluster)
      .where('organisation_id', 'in', rows)
      .execute();
  for (const rows of batches(
    plan.departments.flatMap(({ organisation_id, department_ids }) =>
      department_ids.map((department_id) => ({ organisation_id, department_id })),
    ),
  ))
    await writer.insertInto('organisation_department').values(rows.map(inCluster)).execute();
  for (const rows of batches(plan.sites))
    await writer
      .insertInto('site')
      .values(rows.map(inCluster))
      .onConflict((conflict) =>
        conflict.columns(['cluster_id', 'site_id']).doUpdateSet((eb) => ({
          siret: eb.ref('excluded.siret'),
          town: eb.ref('excluded.town'),
          postcode: eb.ref('excluded.postcode'),
        })),
      )
      .execute();
  for (const rows of batches(plan.headcounts))
    await writer
      .insertInto('headcount')
      .values(rows.map(inCluster))
      .onConflict((conflict) =>
        conflict
          .columns(['cluster_id', 'site_id', 'year'])
          .doUpdateSet((eb) => ({ heads: eb.ref('excluded.heads'), source: eb.ref('excluded.source') })),
      )
      .execute();
  for (const rows of batches(plan.people))
    await writer.insertInto('person').values(rows.map(inCluster)).execute();
  for (const rows of batches(plan.roles))
    await writer.insertInto('role_held').values(rows.map(inCluster)).execute();
  return true;
}
