import { z } from 'zod';
import { dateOf } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import { view } from '../../../platform/action.ts';
import type { ClusterActor, Reader } from '../../../platform/db/actor.ts';
import { staffOnly } from '../../../platform/permit.ts';
import type { SheetForm } from '../../../platform/sheet/sheet.ts';
import { importParams, memberParams } from '../forms.ts';
import { emailsOf, explainDifference } from '../rules/import-difference.ts';
import { findDraft, findKnownState, type ImportDraft, listDrafts } from '../store/imports.ts';
import type { Difference, LineOutcome, Mapping, Reason } from '../types.ts';

/** Lines shown at a time. */
const SHOWN = 100;

/** Files waiting to be confirmed. */
export const importList = view({
  name: 'members.imports',
  summary: 'Imports waiting to be confirmed',
  params: z.object({}),
  permit: staffOnly,
  load: (reader, actor) => listDrafts(reader, actor.cluster),
});

/** An import as its page shows it: how columns are read, and the difference. */
export interface ImportModel {
  readonly id: Id;
  readonly fileName: string;
  readonly form: SheetForm | null;
  readonly columns: readonly { readonly name: string; readonly examples: readonly string[] }[];
  readonly mapping: Mapping;
  readonly thisYear: number;
  readonly confirmed: boolean;
  readonly counts: Difference['counts'];
  readonly fingerprint: string;
  readonly shown: LineOutcome['outcome'];
  readonly lines: readonly LineOutcome[];
  /** The line the next part begins with; null at the end. */
  readonly nextLine: number | null;
}

const OUTCOME_OF = {
  nouvelles: 'new',
  modifiees: 'changed',
  identiques: 'unchanged',
  refusees: 'refused',
} as const;

/** The dry run of an import, computed afresh each time: it never shows a difference that is out of date. */
export const importDraft = view({
  name: 'members.import',
  summary: 'What an import would change: new, changed, unchanged and refused lines',
  params: importParams,
  permit: staffOnly,
  async load(reader, actor, { id, lignes, depuis }, now): Promise<ImportModel | null> {
    const found = await differenceOf(reader, actor, id, now);
    if (found === null) return null;
    const { draft, difference, thisYear } = found;
    const { counts } = difference;
    const order = ['refused', 'changed', 'new', 'unchanged'] as const;
    const shown =
      lignes === '' ? (order.find((outcome) => counts[outcome] > 0) ?? 'new') : OUTCOME_OF[lignes];
    const from = depuis ?? 0;
    const lines = difference.lines.filter((line) => line.outcome === shown && line.line >= from);
    return {
      id,
      fileName: draft.fileName,
      form: draft.form,
      columns: draft.columns.map((name, i) => ({ name, examples: examplesOf(draft, i) })),
      mapping: draft.mapping,
      thisYear,
      confirmed: draft.confirmedAt !== null,
      counts,
      fingerprint: difference.fingerprint,
      shown,
      lines: lines.slice(0, SHOWN),
      nextLine: lines[SHOWN]?.line ?? null,
    };
  },
});

/** The lines that stay out, as they were sent, with why. */
export interface RefusedLines {
  readonly fileName: string;
  readonly columns: readonly string[];
  readonly lines: readonly {
    readonly line: number;
    readonly cells: readonly string[];
    readonly reasons: readonly Reason[];
  }[];
}

export const importRefused = view({
  name: 'members.import.refused',
  summary: 'The refused lines of an import, with the reasons',
  params: memberParams,
  permit: staffOnly,
  async load(reader, actor, { id }, now): Promise<RefusedLines | null> {
    const found = await differenceOf(reader, actor, id, now);
    if (found === null) return null;
    const cells = new Map(found.draft.lines.map((line) => [line.line, line.cells]));
    return {
      fileName: found.draft.fileName,
      columns: found.draft.columns,
      lines: found.difference.lines.flatMap((line) =>
        line.outcome === 'refused'
          ? [{ line: line.line, cells: cells.get(line.line) ?? [], reasons: line.reasons }]
          : [],
      ),
    };
  },
});

async function differenceOf(
  reader: Reader,
  actor: ClusterActor,
  id: Id,
  now: Temporal.Instant,
): Promise<{ draft: ImportDraft; difference: Difference; thisYear: number } | null> {
  const draft = await findDraft(reader, actor.cluster, id);
  if (draft === null) return null;
  const today = dateOf(now);
  const known = await findKnownState(
    reader,
    actor.cluster,
    today.toString(),
    emailsOf(draft.lines, draft.mapping),
  );
  return {
    draft,
    difference: explainDifference(draft.lines, draft.mapping, known, today.year),
    thisYear: today.year,
  };
}

/** The first different values of a column, to recognise it by. */
function examplesOf(draft: ImportDraft, column: number): string[] {
  const examples = new Set<string>();
  for (const { cells } of draft.lines.slice(0, 200)) {
    const cell = (cells[column] ?? '').trim();
    if (cell !== '') examples.add(cell.length > 40 ? `${cell.slice(0, 39)}…` : cell);
    if (examples.size === 3) break;
  }
  return [...examples];
}
