import { errorSentences } from '../../../platform/form-errors.ts';
import type { FormState, Visit } from '../../../platform/http.ts';
import {
  Badge,
  Button,
  ButtonLink,
  bindFields,
  DataTable,
  DateText,
  EmptyState,
  Form,
  Notice,
  Opening,
  Screen,
  SelectField,
  TextField,
} from '../../../ui/index.ts';
import { getKind, listKinds } from '../kinds.ts';
import { paths } from '../paths.ts';
import type { CampaignLine } from '../views.ts';
import { nextDay, stateShape, textsOf } from './words.tsx';

export function listPage(visit: Visit, model: { lines: readonly CampaignLine[]; older: string | null }) {
  const { lang } = visit;
  const t = textsOf(lang);
  const isStaff = visit.actor.role === 'secretary';
  const create = (
    <ButtonLink kind="main" icon="plus" href={paths.create}>
      {t.list.create}
    </ButtonLink>
  );
  return (
    <Screen frame={visit.frame} title={t.list.title}>
      <Opening lang={lang} title={t.list.title} {...(isStaff ? { action: create } : {})}>
        <p>{t.list.lead}</p>
      </Opening>
      <DataTable
        lang={lang}
        caption={t.list.title}
        captionHidden
        rows={model.lines}
        empty={<EmptyState>{isStaff ? t.list.empty : t.list.emptyMember}</EmptyState>}
        columns={[
          {
            key: 'name',
            label: t.list.name,
            names: true,
            cell: ({ campaign }) => <a href={paths.campaign(campaign.id)}>{campaign.title}</a>,
          },
          {
            key: 'kind',
            label: t.list.kind,
            cell: ({ campaign }) => getKind(campaign.kind).words[lang].name,
          },
          {
            key: 'state',
            label: t.list.state,
            cell: ({ campaign }) => (
              <Badge state={stateShape(campaign.state)}>{t.states[campaign.state]}</Badge>
            ),
          },
          {
            key: 'next',
            label: t.list.next,
            cell: ({ campaign, version }) => {
              const day = nextDay(campaign.state, version);
              return day ? <DateText on={day} lang={lang} /> : '–';
            },
          },
        ]}
        pages={{
          next: model.older === null ? undefined : `${paths.list}?before=${encodeURIComponent(model.older)}`,
        }}
      />
    </Screen>
  );
}

export function createPage(visit: Visit, form: FormState) {
  const { lang } = visit;
  const t = textsOf(lang);
  const errors = errorSentences(form.errors, lang);
  const field = bindFields(form.values, errors);
  const kinds = listKinds();
  return (
    <Screen frame={visit.frame} title={t.create.title}>
      <Opening lang={lang} title={t.create.title} trail={[{ href: paths.list, label: t.list.title }]}>
        <p>{t.create.orClone}</p>
      </Opening>
      {form.refusal && <Notice lang={lang} kind="refusal" happened={form.refusal} />}
      <Form
        lang={lang}
        action={paths.create}
        errors={errors}
        submit={<Button kind="main">{t.create.submit}</Button>}
      >
        <SelectField
          lang={lang}
          {...field('kind')}
          label={t.create.kind}
          options={kinds.map((k) => ({ value: k.name, label: k.words[lang].name }))}
          {...(kinds.length === 1 ? { placeholder: null } : {})}
        />
        <TextField
          lang={lang}
          {...field('title')}
          label={t.create.name}
          hint={t.create.nameHint}
          maxLength={200}
        />
      </Form>
    </Screen>
  );
}
