import { z } from 'zod';
import { formatCentsForInput } from '../../kernel/money.ts';
import {
  checkbox,
  date,
  type FieldError,
  type FormValues,
  maybeDate,
  maybeMoney,
  maybeWholeNumber,
  money,
  several,
  text,
  wholeNumber,
} from '../../platform/form.ts';
import type { Field, Terms } from './kind.ts';

/** Most items of a list field: dates of an offer, sites of a need. */
const MOST = 60;

/** The schema of one field: text in, value out. Choices are checked against the call by {@link checkChoices}. */
function schemaOf(field: Field): z.ZodType {
  const max = field.max ?? (field.type === 'text' ? 200 : 1_000_000);
  const required = field.required === true;
  switch (field.type) {
    case 'text':
      return text({ max, required });
    case 'lines':
      return text({ max: 4000, required });
    case 'number':
      return required ? wholeNumber(field.min ?? 0, max) : maybeWholeNumber(field.min ?? 0, max);
    case 'money':
      return required ? money() : maybeMoney();
    case 'date':
      return required ? date() : maybeDate();
    // One a line, or separated by commas, semicolons or spaces: dates are typed and pasted in many ways.
    case 'dates':
      return z
        .unknown()
        .transform((v): unknown[] =>
          Array.isArray(v) ? v.map(String) : v === undefined || v === null ? [] : String(v).split(/[\s,;]+/),
        )
        .pipe(several(date(), MOST) as z.ZodType<string[], unknown[]>)
        .transform((dates) => [...new Set(dates)].sort())
        .refine((dates) => !required || dates.length > 0, { params: { code: 'required' } });
    case 'choice':
      return text({ max: 200, required });
    case 'choices':
      return several(text({ max: 200 }), MOST)
        .transform((values) => [...new Set(values)])
        .refine((values) => !required || values.length > 0, { params: { code: 'required' } });
    case 'tick':
      return checkbox();
  }
}

/** The form of these fields. */
export const formOf = (fields: readonly Field[]): z.ZodType<Record<string, unknown>> =>
  z.object(Object.fromEntries(fields.map((f) => [f.name, schemaOf(f)]))) as unknown as z.ZodType<
    Record<string, unknown>
  >;

/** Finds a choice that is not among the options of the call: the name of its field. */
export function findUnknownChoice(
  fields: readonly Field[],
  terms: Terms,
  body: Readonly<Record<string, unknown>>,
): string | null {
  for (const field of fields) {
    if (!field.options) continue;
    const known = new Set(field.options(terms, 'fr').map((o) => o.value));
    const value = body[field.name];
    const chosen = Array.isArray(value)
      ? value
      : value === '' || value === null || value === undefined
        ? []
        : [value];
    if (chosen.some((v) => !known.has(String(v)))) return field.name;
  }
  return null;
}

/** What stands in a fresh form. */
export const initialValues = (fields: readonly Field[]): FormValues =>
  Object.fromEntries(fields.flatMap((f) => (f.initial === undefined ? [] : [[f.name, f.initial]])));

/** A stored body as the texts of its form. */
export function valuesOf(fields: readonly Field[], body: Readonly<Record<string, unknown>>): FormValues {
  const values: Record<string, string | string[]> = {};
  for (const field of fields) {
    const value = body[field.name];
    if (value === null || value === undefined) continue;
    if (field.type === 'money') values[field.name] = formatCentsForInput(Number(value));
    else if (field.type === 'dates') values[field.name] = (value as string[]).join('\n');
    else if (Array.isArray(value)) values[field.name] = value.map(String);
    else if (field.type === 'tick') values[field.name] = value === true ? '1' : '';
    else values[field.name] = String(value);
  }
  return values;
}

/** The error of a choice that the call does not offer. */
export const UNKNOWN_CHOICE: FieldError = { code: 'not-a-choice' };
