import nodemailer, { type Transporter } from 'nodemailer';
import type { Id } from '../kernel/ids.ts';
import type { Doors } from './db/actor.ts';
import { systemOf } from './db/actor.ts';
import type { Lang } from './i18n/index.ts';
import type { Job } from './jobs.ts';
import type { Logger } from './log.ts';

/** A mail that an action wants sent, once its transaction is committed. */
export interface MailRequest {
  readonly person: Id | null;
  readonly to: string;
  readonly lang: Lang;
  /** feature.template, registered by the feature's mails. */
  readonly template: string;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
}

/** A mail as people read it. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Writes one kind of mail. `url` makes an absolute address of a path. */
export type MailTemplate = (
  lang: Lang,
  data: Record<string, string>,
  url: (path: string) => string,
) => RenderedMail;
export type MailTemplates = Readonly<Record<string, MailTemplate>>;

export interface Postman {
  readonly doors: Doors;
  readonly templates: MailTemplates;
  readonly publicUrl: string;
  readonly smtpUrl: string | undefined;
  readonly from: string;
  readonly log: Logger;
}

/**
 * The job that sends one waiting mail. A mail is claimed in a transaction of its own before it leaves and
 * marked sent after: when the program dies in between, nobody can know whether it left, and it is not sent
 * a second time; it stays "claimed" on the secretariat's mail page. Without SMTP_URL, "sent" means shown at
 * /_outbox, in the claiming transaction itself.
 */
export function mailJob(postman: Postman): Job {
  const transport: Transporter | undefined =
    postman.smtpUrl === undefined ? undefined : nodemailer.createTransport(postman.smtpUrl);
  return {
    name: 'mail',
    async run(data) {
      const { cluster, mail } = data as { cluster: Id; mail: Id };
      const actor = systemOf(cluster);
      const claimed = await postman.doors.write(actor, (writer) =>
        writer
          .updateTable('mail')
          .set(
            transport
              ? { state: 'claimed', claimed_at: new Date() }
              : { state: 'sent', claimed_at: new Date(), sent_at: new Date() },
          )
          .where('cluster_id', '=', cluster)
          .where('mail_id', '=', mail)
          .where('state', '=', 'waiting')
          .returningAll()
          .executeTakeFirst(),
      );
      if (!claimed || !transport) return;
      const rendered = renderMail(postman, claimed);
      try {
        await transport.sendMail({
          from: postman.from,
          to: claimed.to_address,
          subject: rendered.subject,
          text: rendered.text,
          html: rendered.html,
          messageId: `<${mail}@grappe.invalid>`,
        });
        await finish(postman.doors, cluster, mail, { state: 'sent', sent_at: new Date() });
      } catch (error) {
        postman.log.warn({ mail, code: (error as { code?: string }).code }, 'mail not accepted');
        await finish(postman.doors, cluster, mail, {
          state: 'failed',
          failure: String((error as { code?: string }).code ?? 'refused'),
        });
      }
    },
  };
}

/** A stored mail, written out in its language. */
export function renderMail(
  postman: Pick<Postman, 'templates' | 'publicUrl'>,
  mail: { template: string; lang: Lang; data: object },
): RenderedMail {
  const template = postman.templates[mail.template];
  if (!template) throw new Error(`no mail template ${mail.template}`);
  const data = Object.fromEntries(
    Object.entries(mail.data).map(([key, value]) => [key, String(value ?? '')]),
  );
  return template(mail.lang, data, (path) => `${postman.publicUrl}${path}`);
}

const finish = (
  doors: Doors,
  cluster: Id,
  mail: Id,
  set: { state: 'sent' | 'failed'; sent_at?: Date; failure?: string },
): Promise<unknown> =>
  doors.write(systemOf(cluster), (writer) =>
    writer
      .updateTable('mail')
      .set(set)
      .where('cluster_id', '=', cluster)
      .where('mail_id', '=', mail)
      .execute(),
  );

const escapeHtml = (s: string): string =>
  s.replace(/[&<>"]/g, (ch) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[ch]!);

/** A mail of a few paragraphs and one button: text and HTML from the same words, everything escaped. */
export function plainMail(
  subject: string,
  paragraphs: readonly string[],
  button?: { label: string; href: string },
): RenderedMail {
  const text = [...paragraphs, ...(button ? [`${button.label} : ${button.href}`] : [])].join('\n\n');
  const html = [
    '<!doctype html><html><body style="font-family:sans-serif;color:#1d1f23;max-width:36em">',
    ...paragraphs.map((p) => `<p>${escapeHtml(p)}</p>`),
    ...(button ? [`<p><a href="${escapeHtml(button.href)}">${escapeHtml(button.label)}</a></p>`] : []),
    '</body></html>',
  ].join('\n');
  return { subject, text: `${text}\n`, html };
}
