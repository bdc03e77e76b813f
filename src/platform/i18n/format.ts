/** Dates, numbers and counts as people write them, in French and in English. Money is in `kernel/money`. */
import type { Lang } from './lang.ts';

const LOCALE: Record<Lang, string> = { fr: 'fr-FR', en: 'en-GB' };

/** Where the clusters live: instants are shown on their clocks, whatever the server's zone. */
const ZONE = 'Europe/Paris';

/** `long` is "12 mars 2027", `weekday` "vendredi 12 mars 2027", `short` "12/03/2027", `day` "ven. 12 mars". */
export type DateStyle = 'long' | 'weekday' | 'short' | 'day';

const DATE_STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: '2-digit', month: '2-digit', year: 'numeric' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
};

// An Intl formatter costs some 50 microseconds to make and one to use: pages of a thousand figures keep them.
const DATES = new Map<string, Intl.DateTimeFormat>();
const NUMBERS = new Map<string, Intl.NumberFormat>();

function dateFormat(lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options);
  const known = DATES.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(LOCALE[lang], options);
  DATES.set(key, made);
  return made;
}

function numberFormat(lang: Lang, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = lang + JSON.stringify(options);
  const known = NUMBERS.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(LOCALE[lang], options);
  NUMBERS.set(key, made);
  return made;
}

/** True for an ISO date that is a day of the calendar: 31 February is not. */
export function isDay(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
  );
}

/** Midnight UTC of an ISO date; throws RangeError on what is not a day of the calendar. */
function utcMidnight(isoDate: string): Date {
  if (!isDay(isoDate)) throw new RangeError(`not a date: ${isoDate}`);
  return new Date(`${isoDate}T00:00:00Z`);
}

/** French writes the first of a month "1er". */
const withOrdinal = (text: string, lang: Lang): string =>
  lang === 'fr' ? text.replace(/(^|\s)1 (?=\p{Letter})/u, '$11er ') : text;

/** An ISO date (`2027-03-12`) for people; see {@link DateStyle}. */
export function formatDate(isoDate: string, lang: Lang, style: DateStyle = 'long'): string {
  const text = dateFormat(lang, { ...DATE_STYLES[style], timeZone: 'UTC' }).format(utcMidnight(isoDate));
  return style === 'short' ? text : withOrdinal(text, lang);
}

/** From one ISO date to another, said once where they share month or year: "11–12 juin 2027". */
export const formatDateRange = (from: string, to: string, lang: Lang): string =>
  from === to
    ? formatDate(from, lang)
    : withOrdinal(
        dateFormat(lang, { ...DATE_STYLES.long, timeZone: 'UTC' }).formatRange(
          utcMidnight(from),
          utcMidnight(to),
        ),
        lang,
      );

/** An instant on the clocks of Paris: "12 mars 2027 à 18:00", "12 March 2027 at 18:00". */
export function formatDateTime(instant: Date, lang: Lang): string {
  const day = withOrdinal(dateFormat(lang, { ...DATE_STYLES.long, timeZone: ZONE }).format(instant), lang);
  return `${day} ${lang === 'fr' ? 'à' : 'at'} ${formatTime(instant, lang)}`;
}

/** The hour of an instant on the clocks of Paris: "18 h 05" in French, "18:05" in English. */
export function formatTime(instant: Date, lang: Lang): string {
  const [hours = '', minutes = ''] = dateFormat('en', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: ZONE,
  })
    .format(instant)
    .split(':');
  if (lang === 'en') return `${hours}:${minutes}`;
  return minutes === '00' ? `${Number(hours)}\u00a0h` : `${Number(hours)}\u00a0h\u00a0${minutes}`;
}

/** The day it is in Paris at an instant, as an ISO date. */
export function dayOf(instant: Date): string {
  const parts = dateFormat('en', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: ZONE,
  }).formatToParts(instant);
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** "3 120,5" or "3,120.5". At most `digits` decimals (default 2), as few as needed; `fixed` keeps them all. */
export const formatNumber = (n: number, lang: Lang, digits = 2, fixed = false): string =>
  numberFormat(lang, { maximumFractionDigits: digits, minimumFractionDigits: fixed ? digits : 0 }).format(n);

/** A ratio as a percentage: `formatPercent(0.305, 'fr')` is "30,5 %". At most `digits` decimals (default 1). */
export const formatPercent = (ratio: number, lang: Lang, digits = 1): string =>
  numberFormat(lang, { style: 'percent', maximumFractionDigits: digits }).format(ratio);

/** Seconds as "42 s", "3 min 05 s", "1 h 02 min": for the time that work has taken. */
export function formatDuration(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return `${s}\u00a0s`;
  const two = (n: number): string => String(n).padStart(2, '0');
  if (s < 3600) return `${Math.floor(s / 60)}\u00a0min ${two(s % 60)}\u00a0s`;
  return `${Math.floor(s / 3600)}\u00a0h ${two(Math.floor((s % 3600) / 60))}\u00a0min`;
}

/**
 * A count with its noun: `plural(1, 'fr', 'place', 'places')` is "1 place", of 2 "2 places".
 * French says 0 and 1.5 in the singular, English only 1: each language's own rule.
 */
export const plural = (n: number, lang: Lang, one: string, many: string): string =>
  `${formatNumber(n, lang)}\u00a0${isSingular(n, lang) ? one : many}`;

/** Whether the language puts a count in the singular. */
export const isSingular = (n: number, lang: Lang): boolean =>
  lang === 'fr' ? Math.abs(n) < 2 : Math.abs(n) === 1;

/** "Nogent, Chaumont et Langres". */
export function joinList(items: readonly string[], lang: Lang): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  return `${items.slice(0, -1).join(', ')} ${lang === 'fr' ? 'et' : 'and'} ${last}`;
}

/**
 * Reads a day as a date picker sends it (`2027-12-31`) or as people type it (`31/12/2027`, `31.12.27`, `1-3-2027`):
 * the ISO date, or null where it is not a day of the calendar. Years of two digits are of this century.
 */
export function parseDate(text: string): string | null {
  const clean = text.trim();
  const typed = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})$/.exec(clean);
  const [, day = '', month = '', year = ''] = typed ?? [];
  const iso = typed
    ? `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    : clean;
  return isDay(iso) ? iso : null;
}
