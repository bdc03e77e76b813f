/** Integer cents without VAT. Only this module divides money. */
export type Cents = number;

/**
 * Splits `total` into whole parts in proportion to `weights`, by largest remainder (Hare quota): each part
 * is the floor of its exact share, and the units left go to the largest fractions, ties in input order.
 * The parts sum to `total` exactly. All weights 0: equal weights. Weights must be finite and >= 0.
 *
 * Example: `split(100, [1, 1, 1])` is `[34, 33, 33]`: three floors of 33, one unit left, first of the ties.
 */
export function split(total: Cents, weights: readonly number[]): Cents[] {
  if (!Number.isSafeInteger(total)) throw new RangeError(`split: ${total} is not a whole number of cents`);
  if (weights.length === 0) {
    if (total !== 0) throw new RangeError('split: nobody to split among');
    return [];
  }
  if (weights.some((w) => !(w >= 0 && Number.isFinite(w))))
    throw new RangeError('split: weights must be finite and >= 0');
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((w) => (sum === 0 ? total / weights.length : (total * w) / sum));
  return roundToSum(exact, total);
}

/**
 * Rounds `exact` to whole numbers that sum to `total` (largest remainder, ties in input order). The sum of
 * `exact` must be within 0.5 + 1e-6 x length of `total`; anything else is a bug of the caller.
 */
export function roundToSum(exact: readonly number[], total: Cents): Cents[] {
  const floors = exact.map((x) => Math.floor(x + 1e-9));
  let left = total - floors.reduce((a, b) => a + b, 0);
  if (left < 0 || left > exact.length) throw new RangeError(`roundToSum: parts do not sum to ${total}`);
  const order = exact
    .map((x, i) => ({ i, fraction: x - floors[i]! }))
    .sort((a, b) => (Math.abs(a.fraction - b.fraction) < 1e-9 ? a.i - b.i : b.fraction - a.fraction));
  for (const { i } of order) {
    if (left === 0) break;
    floors[i]! += 1;
    left -= 1;
  }
  return floors;
}

const FORMATS = new Map<string, Intl.NumberFormat>();

/**
 * Writes cents for people: `formatMoney(312050, 'fr')` is `3 120,50 €` with narrow no-break spaces,
 * `formatMoney(312050, 'en')` is `€3,120.50`. Whole euros drop the cents when `whole` is set.
 */
export function formatMoney(cents: Cents, lang: 'fr' | 'en', options: { whole?: boolean } = {}): string {
  const digits = options.whole === true && cents % 100 === 0 ? 0 : 2;
  const key = `${lang}${digits}`;
  let format = FORMATS.get(key);
  if (!format) {
    format = new Intl.NumberFormat(lang === 'fr' ? 'fr-FR' : 'en-IE', {
      style: 'currency',
      currency: 'EUR',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    FORMATS.set(key, format);
  }
  return format.format(cents / 100);
}

/**
 * Reads what a person typed: `3 120,50`, `3120.5`, `3 120,50 €`. Null when it is not an amount with at most
 * two decimals, is negative, or exceeds 1e12 cents.
 */
export function parseMoney(text: string): Cents | null {
  const clean = text.replace(/[\s\u00a0\u202f€]/g, '').replace(',', '.');
  if (!/^\d{1,10}(\.\d{1,2})?$/.test(clean)) return null;
  const [euros, decimals = ''] = clean.split('.') as [string, string?];
  const cents = Number(euros) * 100 + Number(decimals.padEnd(2, '0'));
  return cents <= 1e12 ? cents : null;
}

/** Cents as a person would type them in French: `312050` is `3120,50`, whole euros without decimals. */
export function formatCentsForInput(cents: Cents): string {
  const euros = Math.floor(Math.abs(cents) / 100);
  const rest = Math.abs(cents) % 100;
  return `${cents < 0 ? '-' : ''}${euros}${rest === 0 ? '' : `,${String(rest).padStart(2, '0')}`}`;
}

/** Cents as a number of euros, for the cell of a sheet; nothing stays nothing. */
export const eurosOf = (cents: Cents | null): number | null => (cents === null ? null : cents / 100);
