import { errorSentences } from '../../../platform/form-errors.ts';
import type { FormState, Visit } from '../../../platform/http.ts';
import {
  ActionButton,
  Actions,
  Button,
  Form,
  Notice,
  Opening,
  Screen,
  SecrecyMark,
  SelectField,
} from '../../../ui/index.ts';
import { initialValues, valuesOf } from '../fields.ts';
import { paths } from '../paths.ts';
import type { NeedModel } from '../views.ts';
import { FieldControls } from './field-control.tsx';
import { textsOf } from './words.tsx';

/** A need, new or known: one form, the same for a delegate and for the secretariat on the phone. */
export function needScreen(visit: Visit, model: NeedModel, returned: FormState | null = null) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, kind, terms, need } = model;
  const isStaff = visit.actor.role === 'secretary';
  const form: FormState = returned ?? {
    values: need ? valuesOf(kind.needFields, need.body) : initialValues(kind.needFields),
    errors: {},
    refusal: null,
  };
  const errors = errorSentences(form.errors, lang);
  const title = need ? t.needs.changeTitle : isStaff ? t.needs.addFor : t.needs.newTitle;
  const company = form.values.company;
  return (
    <Screen frame={visit.frame} title={title}>
      <Opening
        lang={lang}
        title={title}
        trail={[
          { href: paths.list, label: t.list.title },
          { href: paths.campaign(campaign.id), label: campaign.title },
        ]}
      >
        <p>
          {t.needs.secret} <SecrecyMark lang={lang} id="secret" rule={t.needs.secret} />{' '}
          {model.answersBy && t.needs.deadline(model.answersBy.toISOString())}
        </p>
      </Opening>
      {form.refusal && <Notice lang={lang} kind="refusal" happened={form.refusal} />}
      <Form
        lang={lang}
        id="need-form"
        action={need ? paths.need(need.id) : paths.newNeed(campaign.id)}
        errors={errors}
        submit={<Button kind="main">{t.needs.save}</Button>}
      >
        {need && <input type="hidden" name="rowVersion" value={String(need.rowVersion)} />}
        {!need && isStaff && (
          <SelectField
            lang={lang}
            name="company"
            label={t.needs.company}
            {...(typeof company === 'string' ? { value: company } : {})}
            {...(errors.company === undefined ? {} : { error: errors.company })}
            options={model.parties.map((p) => ({ value: p.id, label: p.name }))}
          />
        )}
        <FieldControls fields={kind.needFields} terms={terms} form={form} lang={lang} />
      </Form>
      {need && (
        <Actions>
          <ActionButton
            kind="quiet"
            icon="cross"
            action={paths.withdraw(need.id)}
            fields={{ rowVersion: String(need.rowVersion) }}
          >
            {t.needs.withdraw}
          </ActionButton>
        </Actions>
      )}
    </Screen>
  );
}
