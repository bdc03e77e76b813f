import type { Visit } from '../platform/http.ts';
import type { RenderedMail } from '../platform/mail.ts';
import { DataTable, EmptyState, InstantText, Opening, Screen, Section } from '../ui/index.ts';
import type { OutboxLine } from './outbox.ts';
import { textsOf } from './shell.tsx';

export function outboxPage(visit: Visit, lines: readonly (OutboxLine & { subject: string })[]) {
  const { lang } = visit;
  const t = textsOf(lang).outbox;
  return (
    <Screen frame={visit.frame} title={t.title}>
      <Opening lang={lang} title={t.title}>
        <p>{t.lead}</p>
      </Opening>
      <DataTable
        lang={lang}
        caption={t.title}
        captionHidden
        rows={lines}
        empty={<EmptyState>{t.empty}</EmptyState>}
        columns={[
          {
            key: 'subject',
            label: t.subject,
            names: true,
            cell: (m) => <a href={`/_outbox/${m.id}`}>{m.subject}</a>,
          },
          { key: 'to', label: t.to, cell: (m) => m.to },
          { key: 'at', label: t.at, cell: (m) => <InstantText at={m.at} lang={lang} /> },
          { key: 'state', label: t.state, cell: (m) => t.states[m.state] },
        ]}
      />
    </Screen>
  );
}

export function mailPage(visit: Visit, line: OutboxLine, mail: RenderedMail) {
  const { lang } = visit;
  const t = textsOf(lang).outbox;
  // The link of a mail is the point of reading it: made clickable here as a mail program would.
  const parts = mail.text.split(/(https?:\/\/\S+)/);
  return (
    <Screen frame={visit.frame} title={mail.subject}>
      <Opening lang={lang} title={mail.subject} trail={[{ href: '/_outbox', label: t.title }]}>
        <p>
          {t.to} {line.to}, <InstantText at={line.at} lang={lang} />
        </p>
      </Opening>
      <Section id="text" title={t.text}>
        <div class="letter">
          {parts.map((part) => (/^https?:/.test(part) ? <a href={part}>{part}</a> : part))}
        </div>
      </Section>
    </Screen>
  );
}
