import { parseDate } from '../../../kernel/dates.ts';
import { bareDigits } from '../../../kernel/identifiers.ts';
import { email, parseFrenchDate } from '../../../platform/form.ts';
import { CUT } from '../../../platform/sheet/csv.ts';
import type { SheetLine } from '../../../platform/sheet/sheet.ts';
import { withoutApostrophe } from '../../../platform/sheet/write.ts';
import type { ImportField, LineValues, Mapping, Reason, ReasonCode } from '../types.ts';
import { belongsTo, sirenFault, siretFault } from './organisation.ts';

/** A line as understood, with everything wrong with it. */
export interface ReadLine {
  readonly line: number;
  readonly values: LineValues;
  readonly reasons: readonly Reason[];
}

const LONGEST: Partial<Record<ImportField, number>> = { activity: 1000, formerNames: 600 };

/** Reads one line by the mapping. Every fault is told, not only the first. */
export function readLine(line: SheetLine, mapping: Mapping, thisYear: number): ReadLine {
  const reasons: Reason[] = [];
  const refuse = (code: ReasonCode, field: ImportField, params: Reason['params'] = {}): null => {
    reasons.push({ code, field, params });
    return null;
  };

  /** The cell of a field as clean text; null when empty, unmapped or refused. */
  const text = (field: ImportField): string | null => {
    const at = mapping.fields.indexOf(field);
    const raw = at === -1 ? '' : (line.cells[at] ?? '');
    const clean = withoutApostrophe(raw.trim()).normalize('NFC').trim();
    if (clean === '') return null;
    if (clean === CUT) return null;
    const fault = textFault(clean, LONGEST[field] ?? 200);
    return fault ? refuse(fault, field, { value: excerpt(clean), max: LONGEST[field] ?? 200 }) : clean;
  };

  const identifier = (field: 'siren' | 'siret', faultOf: (s: string) => ReasonCode | null): string | null => {
    const digits = bareDigits(text(field) ?? '');
    if (digits === '') return null;
    const fault = faultOf(digits);
    return fault ? refuse(fault, field, { value: excerpt(digits) }) : digits;
  };

  const day = (field: 'joinedOn' | 'leftOn'): string | null => {
    const typed = text(field);
    if (typed === null) return null;
    const date = parseDate(typed) ?? parseFrenchDate(typed);
    if (date && date.year >= 1900 && date.year <= 2200) return date.toString();
    return refuse('not-a-date', field, { value: excerpt(typed) });
  };

  const parts = (field: 'formerNames' | 'department', separators: RegExp): string[] | null => {
    const typed = text(field);
    return typed === null
      ? null
      : typed
          .split(separators)
          .map((s) => s.trim())
          .filter((s) => s !== '');
  };

  const naf = (field: 'nafRev2' | 'naf2025'): string | null => {
    const typed = text(field)?.toUpperCase().replace(/\s/g, '') ?? null;
    if (typed === null) return null;
    const match = /^(\d{2})\.?(\d{2})([A-Z])$/.exec(typed);
    return match
      ? `${match[1]}.${match[2]}${match[3]}`
      : refuse('naf-wrong', field, { value: excerpt(typed) });
  };

  if (line.cells.includes(CUT)) reasons.push({ code: 'cut-off' });
  if (line.cells.slice(mapping.fields.length).some((cell) => cell.trim() !== ''))
    reasons.push({ code: 'too-many-cells', params: { expected: mapping.fields.length } });

  const ownSiren = identifier('siren', sirenFault);
  const siret = identifier('siret', siretFault);
  // A head office's SIRET names its undertaking; a wrong SIREN beside it is not replaced.
  const siren = ownSiren ?? (reasons.length === 0 && siret !== null ? siret.slice(0, 9) : null);
  if (siren !== null && siret !== null && !belongsTo(siret, siren))
    refuse('siret-of-another', 'siret', { siret, siren });
  const joinedOn = day('joinedOn');
  const leftOn = day('leftOn');
  if (joinedOn !== null && leftOn !== null && leftOn < joinedOn) refuse('left-before-joined', 'leftOn');

  const postcode = text('postcode')?.replace(/\s/g, '') ?? null;
  const values: LineValues = {
    name: text('name'),
    siren,
    siret,
    formerNames: parts('formerNames', /[;|]/),
    group: text('group'),
    departments: parts('department', /[;|,/]/),
    activity: text('activity'),
    nafRev2: naf('nafRev2'),
    naf2025: naf('naf2025'),
    town: text('town'),
    postcode:
      postcode === null || /^\d{5}$/.test(postcode)
        ? postcode
        : refuse('postcode-wrong', 'postcode', { value: excerpt(postcode) }),
    heads: readHeads(text('heads'), refuse),
    headsYear: readYear(text('headsYear'), mapping.year, thisYear, refuse),
    joinedOn,
    leftOn,
    delegate: readDelegate(text('delegateName'), text('delegateEmail'), text('delegatePhone'), refuse),
  };
  return { line: line.line, values, reasons };
}

type Refuse = (code: ReasonCode, field: ImportField, params?: Reason['params']) => null;

/** Excel's own error values, in French and English. */
const EXCEL_ERROR = /^#(N\/A|VALEUR|VALUE|REF|NOM|NAME|DIV\/0|NUM|NUL|NULL)[!?]?$/i;
/** UTF-8 read as Windows-1252 ("Ã©" for "é"), or bytes that were lost on the way. */
const GARBLED = /Ã[\u0080-\u00bf\u0152-\u017e\u2018-\u2122]|â€|\u{fffd}/u;

function textFault(clean: string, longest: number): ReasonCode | null {
  if (EXCEL_ERROR.test(clean)) return 'excel-error';
  // What a spreadsheet would run; a telephone number or a negative figure is not.
  if (/^[=@]/.test(clean) || /^[+-]\s*[^\d\s(]/.test(clean)) return 'formula';
  if (GARBLED.test(clean)) return 'garbled';
  if ([...clean].some((ch) => ch < ' ' && ch !== '\n' && ch !== '\t') || !clean.isWellFormed())
    return 'bad-characters';
  return clean.length > longest ? 'too-long' : null;
}

function readHeads(typed: string | null, refuse: Refuse): number | null {
  if (typed === null) return null;
  const clean = typed.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  const n = /^-?\d+(\.\d+)?$/.test(clean) ? Number(clean) : Number.NaN;
  const value = excerpt(typed);
  if (n < 0) return refuse('heads-negative', 'heads', { value });
  if (!Number.isInteger(n)) return refuse('heads-not-whole', 'heads', { value });
  return n > 1_000_000 ? refuse('heads-too-large', 'heads', { value }) : n;
}

function readYear(typed: string | null, fallback: number, thisYear: number, refuse: Refuse): number {
  if (typed === null) return fallback;
  const year = /^\d{4}$/.test(typed) ? Number(typed) : 0;
  if (year < 1950 || year > thisYear) {
    refuse('year-wrong', 'headsYear', { value: excerpt(typed), max: thisYear });
    return fallback;
  }
  return year;
}

function readDelegate(
  name: string | null,
  address: string | null,
  phone: string | null,
  refuse: Refuse,
): LineValues['delegate'] {
  if (address === null) {
    // A telephone alone belongs to nobody.
    if (name !== null || phone !== null) refuse('delegate-without-email', 'delegateEmail');
    return null;
  }
  const parsed = email().safeParse(address);
  if (!parsed.success) return refuse('not-an-email', 'delegateEmail', { value: excerpt(address) });
  return { name, email: parsed.data, phone };
}

/** Enough of a cell to find it again. */
const excerpt = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
