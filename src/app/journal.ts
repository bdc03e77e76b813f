import { z } from 'zod';
import { view } from '../platform/action.ts';
import type { Feature } from '../platform/feature.ts';
import { show, type Web } from '../platform/http.ts';
import { signedIn } from '../platform/permit.ts';
import { journalPage } from './journal-page.tsx';
import { merge, textsOf } from './shell.tsx';

export interface JournalLine {
  readonly id: number;
  readonly at: Date;
  readonly role: string;
  readonly personName: string | null;
  readonly action: string;
  readonly details: Readonly<Record<string, string>>;
}

const PAGE = 50;

/** The audit, newest first: the lines that row-level security shows this reader. */
export const journal = view({
  name: 'app.journal',
  summary: 'What was done, by whom and when',
  params: z.object({
    before: z.coerce.number().int().positive().optional().catch(undefined),
    subject: z.uuid().optional().catch(undefined),
  }),
  permit: signedIn,
  async load(reader, actor, { before, subject }): Promise<{ lines: JournalLine[]; older: number | null }> {
    let query = reader
      .selectFrom('audit as a')
      .leftJoin('person as p', (join) =>
        join.onRef('p.cluster_id', '=', 'a.cluster_id').onRef('p.person_id', '=', 'a.person_id'),
      )
      .select(['a.audit_id', 'a.at', 'a.role', 'a.action', 'a.details', 'p.name'])
      .where('a.cluster_id', '=', actor.cluster)
      .orderBy('a.audit_id', 'desc')
      .limit(PAGE + 1);
    if (before !== undefined) query = query.where('a.audit_id', '<', before);
    if (subject !== undefined) query = query.where('a.subject_id', '=', subject);
    const rows = await query.execute();
    const lines = rows.slice(0, PAGE).map((row) => ({
      id: row.audit_id,
      at: row.at,
      role: row.role,
      personName: row.name,
      action: row.action,
      details: Object.fromEntries(Object.entries(row.details).map(([k, v]) => [k, String(v ?? '')])),
    }));
    return { lines, older: rows.length > PAGE ? lines.at(-1)!.id : null };
  },
});

export function journalRoutes(web: Web, features: readonly Feature[]): void {
  const told = merge(features, (f) => f.audit, 'audit sentence');
  const sentences = {
    fr: { ...told.fr, ...textsOf('fr').journal.sentences },
    en: { ...told.en, ...textsOf('en').journal.sentences },
  };
  web.get('/journal', (c) =>
    show(c, journal, c.req.query(), (model, visit) => journalPage(visit, model, sentences)),
  );
}
