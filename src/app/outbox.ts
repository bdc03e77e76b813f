import { z } from 'zod';
import { view } from '../platform/action.ts';
import type { Feature } from '../platform/feature.ts';
import { load, sendPage, show, type Web } from '../platform/http.ts';
import type { Lang } from '../platform/i18n/index.ts';
import { renderMail } from '../platform/mail.ts';
import { anybody } from '../platform/permit.ts';
import { mailPage, outboxPage } from './outbox-page.tsx';

export interface OutboxLine {
  readonly id: string;
  readonly at: Date;
  readonly to: string;
  readonly state: string;
  readonly lang: Lang;
  readonly template: string;
  readonly data: object;
}

const MAIL = ['mail_id', 'created_at', 'to_address', 'state', 'lang', 'template', 'data'] as const;
const lineOf = (row: {
  mail_id: string;
  created_at: Date;
  to_address: string;
  state: string;
  lang: Lang;
  template: string;
  data: object;
}): OutboxLine => ({
  id: row.mail_id,
  at: row.created_at,
  to: row.to_address,
  state: row.state,
  lang: row.lang,
  template: row.template,
  data: row.data,
});

/** The latest hundred mails that row-level security shows this reader: the own ones, or all for the secretariat. */
export const outbox = view({
  name: 'app.outbox',
  summary: 'Mails of the demonstration, shown instead of sent',
  params: z.object({}),
  permit: anybody,
  load: async (reader, actor): Promise<OutboxLine[]> =>
    (
      await reader
        .selectFrom('mail')
        .select(MAIL)
        .where('cluster_id', '=', actor.cluster)
        .orderBy('created_at', 'desc')
        .orderBy('mail_id', 'desc')
        .limit(100)
        .execute()
    ).map(lineOf),
});

export const outboxMail = view({
  name: 'app.outbox-mail',
  summary: 'One mail of the demonstration',
  params: z.object({ mail: z.uuid() }),
  permit: anybody,
  async load(reader, actor, { mail }): Promise<OutboxLine | null> {
    const row = await reader
      .selectFrom('mail')
      .select(MAIL)
      .where('cluster_id', '=', actor.cluster)
      .where('mail_id', '=', mail)
      .executeTakeFirst();
    return row ? lineOf(row) : null;
  },
});

export function outboxRoutes(web: Web, features: readonly Feature[]): void {
  const templates = Object.assign({}, ...features.map((f) => f.mails ?? {}));
  const rendered = (line: OutboxLine, absolute: (path: string) => string) =>
    renderMail(
      { templates, publicUrl: absolute('') },
      { template: line.template, lang: line.lang, data: line.data },
    );
  web.get('/_outbox', (c) => {
    const { visit, shell } = c.var;
    if (!visit.cluster.demo && visit.actor.role !== 'secretary')
      return sendPage(c, shell.missing(visit), 404);
    return show(c, outbox, {}, (lines) =>
      outboxPage(
        visit,
        lines.map((line) => ({ ...line, subject: rendered(line, visit.absolute).subject })),
      ),
    );
  });
  web.get('/_outbox/:mail', async (c) => {
    const { visit, shell } = c.var;
    if (!visit.cluster.demo && visit.actor.role !== 'secretary')
      return sendPage(c, shell.missing(visit), 404);
    const line = await load(c, outboxMail, { mail: c.req.param('mail') });
    return line instanceof Response
      ? line
      : sendPage(c, mailPage(visit, line, rendered(line, visit.absolute)));
  });
}
