import { z } from 'zod';
import { parseDate } from '../kernel/dates.ts';
import { isId } from '../kernel/ids.ts';
import { parseMoney } from '../kernel/money.ts';

/** What is wrong with each field: a code of {@link FORM_ERRORS} with its numbers. */
export type FieldErrors = Readonly<Record<string, FieldError>>;
export interface FieldError {
  readonly code: FormErrorCode;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type FormErrorCode =
  | 'required'
  | 'too-long'
  | 'not-a-number'
  | 'too-small'
  | 'too-large'
  | 'not-money'
  | 'not-a-date'
  | 'not-an-email'
  | 'not-a-choice'
  | 'not-an-id'
  | 'bad-characters'
  | 'too-many'
  | 'invalid';

/** What a person typed, as sent: one text or several a field. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

const fail = (
  ctx: z.RefinementCtx,
  code: FormErrorCode,
  params: Record<string, string | number> = {},
): never => {
  ctx.addIssue({ code: 'custom', params: { code, ...params } });
  return z.NEVER;
};

// Forms send text; the API may send JSON numbers and booleans. Both come in as text. A field that was not sent
// (an empty box, a parameter left out) is an empty text: `optional` says so to zod, `undefined` in the union does not.
const raw = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .optional()
  .transform((v) => (v === null || v === undefined ? '' : String(v)));

// Control characters but tab and line ends; lone surrogates would not survive UTF-8.
const hasBadCharacters = (s: string): boolean =>
  [...s].some((ch) => {
    const code = ch.codePointAt(0)!;
    return (
      (code < 32 && code !== 9 && code !== 10 && code !== 13) ||
      code === 127 ||
      (code >= 0xd800 && code <= 0xdfff)
    );
  });

/** A line of text, trimmed. `required` refuses an empty one. */
export const text = (options: { max?: number; required?: boolean } = {}) =>
  raw.transform((value, ctx) => {
    const clean = value.trim().normalize('NFC');
    if (hasBadCharacters(clean)) return fail(ctx, 'bad-characters');
    if (options.required !== false && clean === '') return fail(ctx, 'required');
    const max = options.max ?? 200;
    if (clean.length > max) return fail(ctx, 'too-long', { max });
    return clean;
  });

/** A whole number in [min, max]. */
export const wholeNumber = (min: number, max: number) =>
  raw.transform((value, ctx) => {
    const clean = value.replace(/[\s\u00a0\u202f]/g, '');
    if (clean === '') return fail(ctx, 'required');
    if (!/^-?\d{1,15}$/.test(clean)) return fail(ctx, 'not-a-number');
    const n = Number(clean);
    if (n < min) return fail(ctx, 'too-small', { min });
    if (n > max) return fail(ctx, 'too-large', { max });
    return n;
  });

/** A whole number in [min, max], or null when left empty. */
export const maybeWholeNumber = (min: number, max: number) =>
  raw.transform((value, ctx) => {
    if (value.trim() === '') return null;
    const parsed = wholeNumber(min, max).safeParse(value);
    if (parsed.success) return parsed.data;
    const { code, params } = firstError(parsed.error);
    return fail(ctx, code, params);
  });

/** An amount as people type it (3 120,50 or 3120.5), in cents. */
export const money = () =>
  raw.transform((value, ctx) => {
    if (value.trim() === '') return fail(ctx, 'required');
    const cents = parseMoney(value);
    return cents === null ? fail(ctx, 'not-money') : cents;
  });

/** An amount in cents, or null when left empty. */
export const maybeMoney = () =>
  raw.transform((value, ctx) => {
    if (value.trim() === '') return null;
    const cents = parseMoney(value);
    return cents === null ? fail(ctx, 'not-money') : cents;
  });

/** An ISO date; 31 February is refused. */
export const date = () =>
  raw.transform((value, ctx) => {
    const clean = value.trim();
    if (clean === '') return fail(ctx, 'required');
    const parsed = parseDate(clean) ?? parseFrenchDate(clean);
    return parsed === null ? fail(ctx, 'not-a-date') : parsed.toString();
  });

/** An ISO date, or null when left empty. */
export const maybeDate = () =>
  raw.transform((value, ctx) => {
    const clean = value.trim();
    if (clean === '') return null;
    const parsed = parseDate(clean) ?? parseFrenchDate(clean);
    return parsed === null ? fail(ctx, 'not-a-date') : parsed.toString();
  });

/** 01/02/2021 is the first of February. */
export function parseFrenchDate(value: string): Temporal.PlainDate | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value);
  return match ? parseDate(`${match[3]}-${match[2]!.padStart(2, '0')}-${match[1]!.padStart(2, '0')}`) : null;
}

/** One of a closed list. */
export const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  raw.transform((value, ctx): Values[number] =>
    (values as readonly string[]).includes(value) ? (value as Values[number]) : fail(ctx, 'not-a-choice'),
  );

/** A ticked box: absent is false. */
export const checkbox = () => raw.transform((value) => value !== '' && value !== 'false' && value !== '0');

/** A row's id. */
export const id = () => raw.transform((value, ctx) => (isId(value) ? value : fail(ctx, 'not-an-id')));

/** A row's id, or null when left empty. */
export const maybeId = () =>
  raw.transform((value, ctx) => (value === '' ? null : isId(value) ? value : fail(ctx, 'not-an-id')));

/** An e-mail address, in lower case. */
export const email = () =>
  raw.transform((value, ctx) => {
    const clean = value.trim().toLowerCase();
    if (clean === '') return fail(ctx, 'required');
    if (
      clean.length > 254 ||
      hasBadCharacters(clean) ||
      !/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@.]{2,}$/.test(clean)
    )
      return fail(ctx, 'not-an-email');
    return clean;
  });

/** Several of the same: a repeated field, or one field; empty texts are dropped. At most `max`. */
export const several = <Item extends z.ZodType>(item: Item, max: number) =>
  z
    .unknown()
    .optional()
    .transform((v) =>
      (Array.isArray(v) ? v : v === undefined || v === null ? [] : [v]).filter((x) => x !== ''),
    )
    .pipe(z.array(item).max(max, { error: () => 'too-many' }));

/** The errors of a failed parse, a code a field; nested fields are named with dots. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: Record<string, FieldError> = {};
  for (const issue of error.issues) {
    // A repeated field is one field on the screen.
    const path = issue.path.filter((part) => typeof part !== 'number').join('.') || 'form';
    errors[path] ??= errorOf(issue);
  }
  return errors;
}

const firstError = (error: z.ZodError): FieldError => errorOf(error.issues[0]!);

function errorOf(issue: z.core.$ZodIssue): FieldError {
  if (issue.code === 'custom' && issue.params) {
    const { code, ...params } = issue.params as { code: FormErrorCode } & Record<string, string | number>;
    return Object.keys(params).length > 0 ? { code, params } : { code };
  }
  if (issue.code === 'too_big') return { code: 'too-many', params: { max: Number(issue.maximum) } };
  return { code: 'invalid' };
}
