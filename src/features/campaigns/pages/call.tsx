import { errorSentences } from '../../../platform/form-errors.ts';
import type { FormState, Visit } from '../../../platform/http.ts';
import {
  ActionButton,
  Actions,
  Button,
  ButtonLink,
  EmptyState,
  Form,
  Notice,
  Opening,
  Screen,
  Section,
} from '../../../ui/index.ts';
import { initialValues, valuesOf } from '../fields.ts';
import { paths } from '../paths.ts';
import { callMayChange } from '../rules/life.ts';
import type { CallModel } from '../views.ts';
import { fieldText } from './campaign.tsx';
import { FieldControls } from './field-control.tsx';
import { textsOf } from './words.tsx';

/** The call, list by list, and its settings; a what-if looks the same and says so. */
export function callScreen(visit: Visit, model: CallModel, settings: FormState | null = null) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, kind, terms, scenario, version } = model;
  const mayChange = scenario !== '' || callMayChange(campaign.state);
  const form: FormState = settings ?? {
    values: valuesOf(kind.settings, terms.settings),
    errors: {},
    refusal: null,
  };
  const errors = errorSentences(form.errors, lang);
  return (
    <Screen frame={visit.frame} title={t.call.of(campaign.title)}>
      <Opening
        lang={lang}
        title={scenario === '' ? t.call.of(campaign.title) : t.call.scenario(scenario)}
        trail={[
          { href: paths.list, label: t.list.title },
          { href: paths.campaign(campaign.id), label: campaign.title },
        ]}
      >
        {scenario !== '' && <p>{t.call.scenarioNote}</p>}
        {!mayChange && <p>{t.call.frozenNote}</p>}
      </Opening>
      {form.refusal && <Notice lang={lang} kind="refusal" happened={form.refusal} />}
      {kind.lists.map((list) => {
        const records = terms.lists[list.name] ?? [];
        const words = list.words[lang];
        return (
          <Section
            id={list.name}
            title={words.many}
            tools={
              mayChange ? (
                <ButtonLink
                  kind="plain"
                  icon="plus"
                  href={paths.record(campaign.id, list.name, 'nouveau', scenario)}
                >
                  {words.add}
                </ButtonLink>
              ) : undefined
            }
          >
            {records.length === 0 ? (
              <EmptyState>{words.empty}</EmptyState>
            ) : (
              <ul class="records">
                {records.map((record) => (
                  <li>
                    {mayChange ? (
                      <a href={paths.record(campaign.id, list.name, record.id, scenario)}>
                        {list.label(record, terms)}
                      </a>
                    ) : (
                      list.label(record, terms)
                    )}
                  </li>
                ))}
              </ul>
            )}
          </Section>
        );
      })}
      <Section id="settings" title={t.call.settings}>
        {mayChange ? (
          <Form
            lang={lang}
            id="settings-form"
            action={paths.settings(campaign.id)}
            errors={errors}
            submit={<Button kind="plain">{t.call.save}</Button>}
          >
            <input type="hidden" name="base" value={String(version)} />
            <input type="hidden" name="scenario" value={scenario} />
            <FieldControls fields={kind.settings} terms={terms} form={form} lang={lang} />
          </Form>
        ) : (
          <dl class="facts">
            {kind.settings.map((f) => (
              <div>
                <dt>{f.words[lang].label}</dt>
                <dd>{fieldText(f.type, terms.settings[f.name], f.options?.(terms, lang), lang)}</dd>
              </div>
            ))}
          </dl>
        )}
      </Section>
      <Actions>
        <ButtonLink kind="plain" icon="left" href={paths.campaign(campaign.id)}>
          {t.call.back}
        </ButtonLink>
      </Actions>
    </Screen>
  );
}

/** One record of the call, new or known. */
export function recordScreen(
  visit: Visit,
  model: CallModel,
  listName: string,
  recordId: string,
  returned: FormState | null = null,
) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, kind, terms, scenario, version } = model;
  const list = kind.lists.find((l) => l.name === listName);
  const record = terms.lists[listName]?.find((r) => r.id === recordId);
  if (!list || (recordId !== 'nouveau' && !record)) return null;
  const form: FormState = returned ?? {
    values: record ? valuesOf(list.fields, record) : initialValues(list.fields),
    errors: {},
    refusal: null,
  };
  const errors = errorSentences(form.errors, lang);
  const title = record ? list.label(record, terms) : list.words[lang].add;
  return (
    <Screen frame={visit.frame} title={title}>
      <Opening
        lang={lang}
        title={title}
        trail={[
          { href: paths.list, label: t.list.title },
          { href: paths.campaign(campaign.id), label: campaign.title },
          {
            href: paths.call(campaign.id, scenario),
            label: scenario === '' ? t.call.title : t.call.scenario(scenario),
          },
        ]}
      >
        {scenario !== '' && <p>{t.call.scenarioNote}</p>}
      </Opening>
      {form.refusal && <Notice lang={lang} kind="refusal" happened={form.refusal} />}
      <Form
        lang={lang}
        id="record-form"
        action={paths.record(campaign.id, listName, recordId)}
        errors={errors}
        submit={<Button kind="main">{t.call.save}</Button>}
      >
        <input type="hidden" name="base" value={String(version)} />
        <input type="hidden" name="scenario" value={scenario} />
        <FieldControls fields={list.fields} terms={terms} form={form} lang={lang} />
      </Form>
      {record && (
        <Actions>
          <ActionButton
            kind="quiet"
            icon="cross"
            action={paths.removeRecord(campaign.id, listName, recordId)}
            fields={{ base: String(version), scenario }}
          >
            {t.call.remove}
          </ActionButton>
        </Actions>
      )}
    </Screen>
  );
}
