import { errorSentence } from '../../../platform/form-errors.ts';
import type { FormState } from '../../../platform/http.ts';
import type { Lang } from '../../../platform/i18n/index.ts';
import {
  CheckboxField,
  CheckboxGroup,
  DateField,
  MoneyField,
  NumberField,
  SelectField,
  Textarea,
  TextField,
} from '../../../ui/index.ts';
import type { Field, Terms } from '../kind.ts';

const one = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];
const many = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? (value === '' ? [] : [value]) : value;

/** One control of a described field, with what was typed and what is wrong with it. */
export function FieldControl({
  field,
  terms,
  form,
  lang,
}: {
  field: Field;
  terms: Terms;
  form: FormState;
  lang: Lang;
}) {
  const { label, hint } = field.words[lang];
  const typed = form.values[field.name];
  const error = form.errors[field.name];
  const common = {
    lang,
    name: field.name,
    label,
    required: field.required === true,
    ...(hint === undefined ? {} : { hint }),
    ...(error === undefined ? {} : { error: errorSentence(error, lang) }),
  };
  const value = one(typed);
  const given = value === undefined ? {} : { value };
  const options = field.options?.(terms, lang) ?? [];
  switch (field.type) {
    case 'text':
      return <TextField {...common} {...given} {...(field.max ? { maxLength: field.max } : {})} />;
    case 'lines':
      return <Textarea {...common} {...given} />;
    case 'dates':
      return <Textarea {...common} value={many(typed).join('\n')} />;
    case 'number':
      return <NumberField {...common} {...given} />;
    case 'money':
      return <MoneyField {...common} {...given} />;
    case 'date':
      return <DateField {...common} {...given} />;
    case 'choice':
      return <SelectField {...common} {...given} options={options} />;
    case 'choices':
      return <CheckboxGroup {...common} options={options} values={many(typed)} />;
    case 'tick': {
      const { required: _, ...rest } = common;
      return <CheckboxField {...rest} value="1" checked={value === '1' || value === 'true'} />;
    }
  }
}

/** All controls of a form. */
export const FieldControls = (p: { fields: readonly Field[]; terms: Terms; form: FormState; lang: Lang }) => (
  <>
    {p.fields.map((field) => (
      <FieldControl field={field} terms={p.terms} form={p.form} lang={p.lang} />
    ))}
  </>
);
