import { z } from 'zod';
import { bareDigits } from '../../kernel/identifiers.ts';
import {
  checkbox,
  choice,
  date,
  email,
  id,
  maybeDate,
  maybeId,
  maybeWholeNumber,
  several,
  text,
  wholeNumber,
} from '../../platform/form.ts';
import { MOST_CELL, MOST_COLUMNS, MOST_LINES } from '../../platform/sheet/sheet.ts';
import { COMPANY_ROLES, IMPORT_FIELDS, KINDS, SIZES } from './types.ts';

const optional = (max: number) => text({ max, required: false });

/** A text of one form, or null when left empty. */
const shaped = (max: number, clean: (s: string) => string, form: RegExp) =>
  optional(max).transform((value, ctx) => {
    const typed = clean(value);
    if (typed === '') return null;
    if (form.test(typed)) return typed;
    ctx.addIssue({ code: 'custom', params: { code: 'invalid' } });
    return z.NEVER;
  });

/** Digits as typed, spaces taken out; whether they make a SIREN or SIRET is for the rules to say, with the reason. */
const identifier = () => optional(40).transform((value) => bareDigits(value) || null);
const postcode = () => shaped(10, (s) => s.replace(/\s/g, ''), /^\d{5}$/).transform((value) => value ?? '');
const naf = () =>
  shaped(
    10,
    (s) =>
      s
        .toUpperCase()
        .replace(/\s/g, '')
        .replace(/^(\d{2})(\d{2}[A-Z])$/, '$1.$2'),
    /^\d{2}\.\d{2}[A-Z]$/,
  );
const version = () => wholeNumber(1, 2_000_000_000);

/** One former name a line. */
const formerNames = () =>
  optional(600).transform((value) =>
    value
      .split(/[\n;]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );

const identity = {
  kind: choice(KINDS),
  name: text({ max: 200 }),
  formerNames: formerNames(),
  siren: identifier(),
  group: optional(200),
  departments: several(id(), 30),
  activity: optional(1000),
  nafRev2: naf(),
  naf2025: naf(),
  joinedOn: maybeDate(),
  leftOn: maybeDate(),
};

export const createForm = z.object({
  ...identity,
  town: text({ max: 100 }),
  postcode: postcode(),
  siret: identifier(),
});
export const updateForm = z.object({ organisation: id(), version: version(), ...identity });

export const siteForm = z.object({
  organisation: id(),
  version: version(),
  site: maybeId(),
  name: text({ max: 200 }),
  siret: identifier(),
  town: text({ max: 100 }),
  postcode: postcode(),
  communeCode: shaped(5, (s) => s.toUpperCase(), /^(\d{5}|2[AB]\d{3})$/).transform((value) => value ?? ''),
  isHeadOffice: checkbox(),
});

export const headcountForm = z.object({
  organisation: id(),
  version: version(),
  site: id(),
  year: wholeNumber(1950, 2200),
  heads: wholeNumber(0, 1_000_000),
  isPublic: checkbox(),
  source: optional(200),
});

const personFields = {
  name: text({ max: 200 }),
  email: email(),
  phone: shaped(40, (s) => s, /^[+\d][\d\s().-]*$/).transform((value) => value ?? ''),
  lang: choice(['fr', 'en']),
};

export const roleForm = z.object({
  organisation: id(),
  version: version(),
  ...personFields,
  role: choice(COMPANY_ROLES),
  startsOn: date(),
});
export const personForm = z.object({
  organisation: id(),
  person: id(),
  /** What the page showed of the person, as a fingerprint. */
  seen: text({ max: 64 }),
  ...personFields,
});
export const roleEndForm = z.object({ organisation: id(), version: version(), role: id(), endsOn: date() });

/** A table already read: files are read on the way in (platform/sheet), programs send the table itself. */
export const uploadForm = z.object({
  fileName: text({ max: 255 }),
  columns: z.array(z.string().max(200)).min(1).max(MOST_COLUMNS),
  lines: z
    .array(
      z.object({
        line: z.number().int().min(1).max(10_000_000),
        cells: z.array(z.string().max(MOST_CELL)).max(MOST_COLUMNS + 1),
      }),
    )
    .min(1)
    .max(MOST_LINES),
  form: z
    .union([
      z.object({
        kind: z.literal('csv'),
        encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
        separator: z.enum([';', ',', '\t']),
      }),
      z.object({ kind: z.literal('xlsx'), sheetName: z.string().max(200), sheets: z.number().int() }),
    ])
    .nullable()
    .default(null),
});
export const mappingForm = z.object({
  import: id(),
  // A form with one column sends one text.
  fields: z.preprocess(
    (sent) => (typeof sent === 'string' ? [sent] : sent),
    z.array(choice(['', ...IMPORT_FIELDS])).max(MOST_COLUMNS),
  ),
  year: wholeNumber(1950, 2200),
});
export const confirmForm = z.object({ import: id(), fingerprint: text({ max: 64 }) });
export const dropForm = z.object({ import: id() });

/** What the list is asked for, as its URL says it. Anything that makes no sense names nothing. */
export const listParams = z.object({
  q: optional(200),
  sorte: choice(['', 'partenaires', 'prestataires']),
  departement: optional(100),
  ville: optional(100),
  effectif: choice(['', ...SIZES]),
  groupe: maybeId(),
  'sans-delegue': choice(['', '1']),
  anciens: choice(['', '1']),
  tri: choice(['', 'ville', 'effectif']),
  sens: choice(['', 'desc']),
  page: optional(2100),
});
export type ListParams = z.output<typeof listParams>;

export const memberParams = z.object({ id: id() });
export const siteParams = z.object({ id: id(), site: id() });
export const personParams = z.object({ id: id(), person: id() });
export const importParams = z.object({
  id: id(),
  lignes: choice(['', 'nouvelles', 'modifiees', 'identiques', 'refusees']),
  depuis: maybeWholeNumber(1, 10_000_000),
});
