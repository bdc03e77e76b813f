import { z } from 'zod';
import { view } from '../platform/action.ts';
import type { Feature, HomeFigure, Task } from '../platform/feature.ts';
import { load, sendPage, type Web } from '../platform/http.ts';
import { anybody } from '../platform/permit.ts';
import { frontPage, homePage } from './front-page.tsx';

/** A text in both languages, as published facts are written. */
export interface FactText {
  readonly fr: string;
  readonly en: string;
}
export interface FactDate {
  readonly date: string;
  readonly precision: 'day' | 'month' | 'year';
}

/** What was published about the cluster, each with its date and source. */
export interface FactFigure {
  readonly display: FactText;
  readonly label: FactText;
  readonly definition: FactText;
  readonly asOf: FactDate;
  readonly source: FactText;
}
export interface FactRecord {
  readonly title: FactText;
  readonly mandates: readonly { seat: FactText; holder: string; represented: string; note: FactText }[];
  readonly asOf: FactDate;
  readonly source: FactText;
}
export interface FactEdition {
  readonly number: number;
  readonly versions: readonly { said: FactText; place: string | null; reason: FactText | null }[];
  readonly figures: FactText;
  readonly source: FactText;
}
export interface FactAction {
  readonly title: FactText;
  readonly result: FactText;
  readonly asOf: FactDate;
  readonly source: FactText;
}
export interface Identity {
  readonly seat?: string;
  readonly tagline?: FactText;
  readonly presentation?: FactText;
  readonly notice?: FactText;
}

export interface Front {
  readonly identity: Identity;
  readonly figures: readonly FactFigure[];
  readonly records: readonly FactRecord[];
  readonly editions: readonly FactEdition[];
  readonly actions: readonly FactAction[];
}

/** The public page of the cluster: open to everybody, since all of it was published. */
export const front = view({
  name: 'app.front',
  summary: 'Who the cluster is, in published figures',
  params: z.object({}),
  permit: anybody,
  async load(reader, actor): Promise<Front> {
    const cluster = await reader
      .selectFrom('cluster')
      .select('identity')
      .where('cluster_id', '=', actor.cluster)
      .executeTakeFirst();
    const facts = await reader
      .selectFrom('public_fact')
      .select(['kind', 'body'])
      .where('cluster_id', '=', actor.cluster)
      .orderBy('position')
      .orderBy('fact_key')
      .limit(200)
      .execute();
    const of = <T>(kind: string): T[] => facts.filter((f) => f.kind === kind).map((f) => f.body as T);
    return {
      identity: (cluster?.identity ?? {}) as Identity,
      figures: of('figure'),
      records: of('record'),
      editions: of('edition'),
      actions: of('action'),
    };
  },
});

export function frontRoutes(web: Web, features: readonly Feature[]): void {
  web.get('/', async (c) => {
    const { visit, machinery } = c.var;
    if (visit.actor.role === 'stranger') {
      const model = await load(c, front, {});
      return model instanceof Response ? model : sendPage(c, frontPage(visit, model));
    }
    const now = machinery.clock.now();
    const { tasks, figures } = await machinery.doors.read(visit.actor, async (reader) => {
      const tasks: Task[] = [];
      const figures: HomeFigure[] = [];
      for (const feature of features) {
        tasks.push(...((await feature.tasks?.(reader, visit.actor, visit.lang, now)) ?? []));
        figures.push(...((await feature.figures?.(reader, visit.actor, visit.lang, now)) ?? []));
      }
      return { tasks, figures };
    });
    tasks.sort((a, b) => (a.by ?? '9').localeCompare(b.by ?? '9'));
    return sendPage(c, homePage(visit, tasks, figures.slice(0, 3), now));
  });
}
