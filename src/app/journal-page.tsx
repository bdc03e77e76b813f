import type { InBothLanguages, Sentences } from '../platform/feature.ts';
import type { Visit } from '../platform/http.ts';
import { DataTable, EmptyState, InstantText, Opening, Screen } from '../ui/index.ts';
import type { JournalLine } from './journal.ts';
import { textsOf } from './shell.tsx';

export function journalPage(
  visit: Visit,
  model: { lines: readonly JournalLine[]; older: number | null },
  sentences: InBothLanguages<Sentences>,
) {
  const { lang } = visit;
  const t = textsOf(lang).journal;
  const who = (line: JournalLine): string => line.personName ?? t.roles[line.role] ?? t.someone;
  return (
    <Screen frame={visit.frame} title={t.title}>
      <Opening lang={lang} title={t.title}>
        <p>{t.lead}</p>
      </Opening>
      <DataTable
        lang={lang}
        caption={t.title}
        captionHidden
        rows={model.lines}
        empty={<EmptyState>{t.empty}</EmptyState>}
        columns={[
          { key: 'when', label: t.when, cell: (line) => <InstantText at={line.at} lang={lang} /> },
          {
            key: 'what',
            label: t.what,
            names: true,
            cell: (line) => `${who(line)} ${sentences[lang][line.action]?.(line.details) ?? t.unknown}`,
          },
        ]}
        pages={{ next: model.older === null ? undefined : `/journal?before=${model.older}` }}
      />
    </Screen>
  );
}
