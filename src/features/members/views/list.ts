import { dateOf } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import { view } from '../../../platform/action.ts';
import { isStaff } from '../../../platform/db/actor.ts';
import { signedIn } from '../../../platform/permit.ts';
import { listParams } from '../forms.ts';
import { headsOf } from '../rules/bands.ts';
import { encodePage, splitPage } from '../rules/pages.ts';
import { filtersOf, queryOf } from '../rules/query.ts';
import { countMembers, type ExportRow, listExportRows, listMembers } from '../store/list.ts';
import { findGroup, listDepartments } from '../store/organisation.ts';
import type { Kind, MemberLine, Sort } from '../types.ts';

/** Rows of a page: a cluster of some fifty members fits on one. */
export const PAGE_SIZE = 60;
/** Counting stops here: beyond, a number says no more than "many". */
const MOST_COUNTED = 100_000;
const EXPORT_BATCH = 1_000;

/** The members list as a page shows it. */
export interface MembersModel {
  readonly lines: readonly MemberLine[];
  /** Pages next to this one, as the URL has them; null: there is none. */
  readonly previous: string | null;
  readonly next: string | null;
  /** Null beyond the first page: whoever turns pages has read it, and counting costs more than a page. */
  readonly count: number | null;
  readonly kind: Kind;
  readonly sort: Sort;
  readonly descending: boolean;
  /** The filters in force, as the URL has them. */
  readonly filters: Readonly<Record<string, string>>;
  readonly departments: readonly { readonly slug: string; readonly name: string }[];
  readonly group: { readonly id: Id; readonly name: string } | null;
  /** Staff see delegates and may write. */
  readonly staff: boolean;
}

/** Who is in the cluster. Everybody signed in; who represents a company is for staff. */
export const memberList = view({
  name: 'members.list',
  summary: 'Members, partners or providers: searched, filtered, sorted, a page at a time',
  params: listParams,
  permit: signedIn,
  async load(reader, actor, params, now): Promise<MembersModel | null> {
    const staff = isStaff(actor);
    const query = queryOf(params, staff);
    if (query === null) return null;
    const day = dateOf(now).toString();
    const fetched = await listMembers(reader, actor.cluster, query, {
      day,
      limit: PAGE_SIZE + 1,
      contacts: staff,
    });
    const { rows, previous, next } = splitPage(fetched, PAGE_SIZE, query.page);
    const departments = await listDepartments(reader, actor.cluster);
    const onePage = previous === null && next === null;
    const count = onePage
      ? rows.length
      : query.page.from === 'first'
        ? await countMembers(reader, actor.cluster, query, day, MOST_COUNTED)
        : null;
    return {
      lines: rows,
      previous: previous && encodePage(previous),
      next: next && encodePage(next),
      count,
      kind: query.kind,
      sort: query.sort,
      descending: query.descending,
      filters: filtersOf(params),
      departments: departments.map(({ slug, name }) => ({ slug, name })),
      group: query.group === null ? null : await findGroup(reader, actor.cluster, query.group),
      staff,
    };
  },
});

/** A line of an export, with the organisation's whole headcount where staff read it. */
export type ExportLine = ExportRow & { readonly totalHeads: number | null };

/** A part of an export; `next` is where the following part begins. */
export interface ExportPart {
  readonly rows: readonly ExportLine[];
  readonly next: string | null;
  /** With exact headcounts, names and addresses, which leave with staff only. */
  readonly staff: boolean;
}

/** The list as a table to take away, part by part so that it streams. */
export const memberExport = view({
  name: 'members.export',
  summary: 'The members as a table, a thousand lines at a time',
  params: listParams,
  permit: signedIn,
  async load(reader, actor, params, now): Promise<ExportPart | null> {
    const staff = isStaff(actor);
    const query = queryOf(params, staff);
    if (query === null) return null;
    const rows = await listExportRows(reader, actor.cluster, query, {
      day: dateOf(now).toString(),
      limit: EXPORT_BATCH,
      staff,
    });
    const last = rows.length === EXPORT_BATCH ? rows.at(-1) : undefined;
    const lines = rows.map((row) => ({ ...row, totalHeads: row.staff && headsOf(row.staff.counts) }));
    return { rows: lines, staff, next: last ? encodePage({ from: 'after', key: last.key }) : null };
  },
});
