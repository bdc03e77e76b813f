import type { FormState, Visit } from '../../../platform/http.ts';
import {
  ActionButton,
  Actions,
  Button,
  ButtonLink,
  DataTable,
  EmptyState,
  FileField,
  Form,
  Notice,
  Opening,
  Screen,
  Section,
} from '../../../ui/index.ts';
import type { CampaignKind, Terms } from '../kind.ts';
import { paths } from '../paths.ts';
import type { Campaign, ImportLine, NeedsDraft } from '../types.ts';
import { amount, textsOf, topicNames } from './words.tsx';

export function importScreen(visit: Visit, campaign: Campaign, form: FormState) {
  const { lang } = visit;
  const t = textsOf(lang);
  return (
    <Screen frame={visit.frame} title={t.imports.title}>
      <Opening
        lang={lang}
        title={t.imports.title}
        trail={[
          { href: paths.list, label: t.list.title },
          { href: paths.campaign(campaign.id), label: campaign.title },
        ]}
      >
        <p>{t.imports.lead}</p>
      </Opening>
      {form.refusal && <Notice lang={lang} kind="refusal" happened={form.refusal} />}
      <Form
        lang={lang}
        action={paths.importNeeds(campaign.id)}
        encoding="multipart"
        submit={<Button kind="main">{t.imports.read}</Button>}
      >
        <FileField
          lang={lang}
          name="fichier"
          label={t.imports.file}
          hint={t.imports.fileHint}
          accept=".csv,.txt,.xlsx"
        />
      </Form>
    </Screen>
  );
}

/** What a file would add, and the lines that stay out with their reason. */
export function draftScreen(
  visit: Visit,
  model: { campaign: Campaign; kind: CampaignKind; terms: Terms; draft: NeedsDraft },
  draftId: string,
  sentenceOf: (code: string) => string,
) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, kind, terms, draft } = model;
  const good = draft.lines.filter((line) => line.problem === null);
  const bad = draft.lines.filter((line) => line.problem !== null);
  const names = topicNames(kind, terms);
  const why = (line: ImportLine): string => {
    const problem = line.problem ?? '';
    if (!problem.startsWith('field:')) return sentenceOf(problem);
    const field = kind.needFields.find((f) => f.name === problem.slice(6));
    return `${field?.words[lang].label ?? ''} ?`;
  };
  return (
    <Screen frame={visit.frame} title={t.imports.preview}>
      <Opening
        lang={lang}
        title={t.imports.preview}
        trail={[
          { href: paths.list, label: t.list.title },
          { href: paths.campaign(campaign.id), label: campaign.title },
          { href: paths.importNeeds(campaign.id), label: t.imports.title },
        ]}
        {...(good.length > 0
          ? {
              action: (
                <ActionButton kind="main" action={paths.importDraft(campaign.id, draftId)}>
                  {t.imports.confirm}
                </ActionButton>
              ),
            }
          : {})}
      >
        <p>{draft.fileName}</p>
      </Opening>
      {draft.missing.length > 0 && (
        <Notice lang={lang} kind="refusal" happened={t.imports.columnsMissing(draft.missing.join(', '))} />
      )}
      <Section id="good" title={t.imports.willAdd(good.length)}>
        <DataTable
          lang={lang}
          caption={t.imports.willAdd(good.length)}
          captionHidden
          dense
          rows={good.slice(0, 500)}
          empty={<EmptyState>{t.imports.nothing}</EmptyState>}
          columns={[
            { key: 'line', label: t.imports.line, align: 'end', cell: (l) => l.line },
            { key: 'company', label: t.needs.company, names: true, cell: (l) => l.companyName },
            {
              key: 'topic',
              label: kind.words[lang].topic,
              cell: (l) => names.get(kind.measure(l.body ?? {}).topic) ?? '–',
            },
            {
              key: 'quantity',
              label: t.totals.quantity,
              align: 'end',
              cell: (l) => amount(kind, kind.measure(l.body ?? {}).quantity, lang),
            },
          ]}
        />
      </Section>
      {bad.length > 0 && (
        <Section id="bad" title={t.imports.refused(bad.length)}>
          <DataTable
            lang={lang}
            caption={t.imports.refused(bad.length)}
            captionHidden
            dense
            rows={bad.slice(0, 500)}
            empty={<EmptyState>{t.imports.nothing}</EmptyState>}
            columns={[
              { key: 'line', label: t.imports.line, align: 'end', cell: (l) => l.line },
              { key: 'company', label: t.needs.company, names: true, cell: (l) => l.companyName || '–' },
              { key: 'why', label: t.imports.reason, cell: why },
            ]}
          />
        </Section>
      )}
      <Actions>
        <ButtonLink kind="plain" icon="left" href={paths.campaign(campaign.id)}>
          {t.call.back}
        </ButtonLink>
      </Actions>
    </Screen>
  );
}
