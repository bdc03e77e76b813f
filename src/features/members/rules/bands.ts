import { BAND_BEGINS, type Band } from '../types.ts';

/** The band of a headcount: `headcountBand(35)` is `12` (20 to 49); null (not known) is `NN`. */
export const headcountBand = (heads: number | null): Band =>
  heads === null ? 'NN' : (BAND_BEGINS.find(([, from]) => heads >= from)?.[0] ?? 'NN');

/** The bands of companies of at least so many people. */
export const bandsFrom = (heads: number): Band[] =>
  BAND_BEGINS.filter(([, from]) => from >= heads).map(([band]) => band);

/**
 * An organisation's headcount from its sites': the latest year of each, summed. Null without any. Sites may be counted
 * in different years; a site counted once keeps counting.
 */
export function headsOf(counts: readonly { siteId: string; year: number; heads: number }[]): number | null {
  const latest = new Map<string, { year: number; heads: number }>();
  for (const count of counts) {
    const known = latest.get(count.siteId);
    if (!known || count.year > known.year) latest.set(count.siteId, count);
  }
  return latest.size === 0 ? null : [...latest.values()].reduce((sum, { heads }) => sum + heads, 0);
}
