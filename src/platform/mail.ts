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
  /** What the template tells. A key that begins with `secret` is forgotten once the mail has left. */
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
 * The job that sends one mail. It is claimed in a transaction of its own before it leaves and marked sent after:
 * when the program dies in between, or the server falls silent, nobody can know whether it left, and it is not sent a
 * second time; it stays "claimed" on the secretariat's mail page. One that surely did not leave (no server, "try
 * again later") is "failed" until the queue tries again. Without SMTP_URL, "sent" means shown at /_outbox.
 */
export function mailJob(postman: Postman): Job {
  const transport: Transporter | undefined =
    postman.smtpUrl === undefined ? undefined : nodemailer.createTransport(postman.smtpUrl);
  return {
    name: 'mail',
    async run(payload) {
      const { cluster, mail } = payload as { cluster: Id; mail: Id };
      const claimed = await postman.doors.write(systemOf(cluster), async (writer) => {
        const row = await writer
          .updateTable('mail')
          .set(
            transport
              ? { state: 'claimed', claimed_at: new Date(), failure: null }
              : { state: 'sent', claimed_at: new Date(), sent_at: new Date() },
          )
          .where('cluster_id', '=', cluster)
          .where('mail_id', '=', mail)
          .where('state', 'in', ['waiting', 'failed'])
          .returningAll()
          .executeTakeFirst();
        if (!row) return null;
        const { hosts } = await writer
          .selectFrom('cluster')
          .select('hosts')
          .where('cluster_id', '=', cluster)
          .executeTakeFirstOrThrow();
        return { row, publicUrl: addressOf(postman.publicUrl, hosts[0]) };
      });
      if (!claimed || !transport) return;
      const { row } = claimed;
      const rendered = renderMail({ templates: postman.templates, publicUrl: claimed.publicUrl }, row);
      const finish = (set: { state: 'sent' | 'failed'; sent_at?: Date; failure?: string; data?: string }) =>
        postman.doors.write(systemOf(cluster), (writer) =>
          writer
            .updateTable('mail')
            .set(set)
            .where('cluster_id', '=', cluster)
            .where('mail_id', '=', mail)
            .execute(),
        );
      const data = JSON.stringify(withoutSecrets(row.data));
      try {
        await transport.sendMail({
          from: postman.from,
          to: row.to_address,
          subject: rendered.subject,
          text: rendered.text,
          html: rendered.html,
          messageId: `<${mail}@grappe.invalid>`,
        });
      } catch (error) {
        const failure = String((error as { code?: string }).code ?? 'refused');
        const fate = fateOf(error as SmtpError);
        postman.log.warn({ mail, code: failure, fate }, 'mail not accepted');
        if (fate === 'refused') await finish({ state: 'failed', failure, data });
        if (fate === 'later') {
          await finish({ state: 'failed', failure });
          throw new Error('mail to be tried again');
        }
        return;
      }
      await finish({ state: 'sent', sent_at: new Date(), data });
    },
  };
}

interface SmtpError {
  readonly code?: string;
  /** What the system was asked when it failed: `connect` and `getaddrinfo` come before anything was said. */
  readonly syscall?: string;
  /** The server's answer: 4xx try again, 5xx never. */
  readonly responseCode?: number;
}

/** What became of a mail that was not taken: surely not sent and never will be, surely not sent yet, or not known. */
function fateOf({ code, syscall, responseCode }: SmtpError): 'refused' | 'later' | 'unknown' {
  if (responseCode !== undefined && responseCode >= 500) return code === 'EAUTH' ? 'later' : 'refused';
  if (responseCode !== undefined && responseCode >= 400) return 'later';
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return 'refused';
  return syscall === 'connect' || syscall === 'getaddrinfo' ? 'later' : 'unknown';
}

/** The address of a cluster's pages: its own host where it has one, at the scheme and port of the installation. */
function addressOf(publicUrl: string, host: string | undefined): string {
  if (host === undefined) return publicUrl;
  const url = new URL(publicUrl);
  url.hostname = host;
  return url.origin;
}

const withoutSecrets = (data: object): object =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !key.startsWith('secret')));

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
