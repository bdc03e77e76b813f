import type { Bands, ExactTotal } from '../types.ts';

/** What one group asks of one topic. */
export interface Demand {
  readonly group: string;
  readonly topic: string;
  readonly quantity: number;
}

/** Fewest other groups behind a figure that a member of any group may see. */
export const OTHER_GROUPS = 3;
/** No group may make more than this part of the others' total, seen from any group. */
export const DOMINANCE = 0.85;
/** Open totals move only when so many groups changed since the last ones. */
export const CHANGED_GROUPS = 3;
/** Width of a band of quantities. */
const BAND = 10;

/**
 * True when a total of these parts (one a group) tells on nobody: seen from every group that is in it, at
 * least three others are behind the rest, and none of them makes more than 85 % of that rest. The same test
 * for every reader, the strictest one: what one member may not see is shown to none, so that two who compare
 * notes learn nothing more.
 *
 * Example: 40, 5, 5, 5. Seen from a 5: the rest is 50, of which 40 is 80 %: shown. 60, 5, 5, 5: 60 of 70 is
 * 86 %: not shown.
 */
export function isProtected(parts: readonly number[]): boolean {
  const present = parts.filter((p) => p > 0);
  if (present.length < OTHER_GROUPS + 1) return false;
  const total = present.reduce((a, b) => a + b, 0);
  return present.every((own, me) => {
    const rest = total - own;
    return present.every((other, i) => i === me || other <= DOMINANCE * rest);
  });
}

/** The parts of one topic, a group each. */
function partsOf(demands: readonly Demand[], topic: string): number[] {
  const byGroup = new Map<string, number>();
  for (const d of demands)
    if (d.topic === topic) byGroup.set(d.group, (byGroup.get(d.group) ?? 0) + d.quantity);
  return [...byGroup.values()];
}

/** Bands while needs are taken: "at least 6 companies", "30 to 40 places". */
export const splitIntoBands = (demands: readonly Demand[], topics: readonly string[]): Bands[] =>
  topics.map((topic) => {
    const parts = partsOf(demands, topic);
    if (!isProtected(parts)) return { topic, groupsAtLeast: null, quantityFrom: null, quantityTo: null };
    const quantity = parts.reduce((a, b) => a + b, 0);
    const from = Math.floor(quantity / BAND) * BAND;
    // Groups by twos: 7 groups are "at least 6".
    return {
      topic,
      groupsAtLeast: Math.floor(parts.length / 2) * 2,
      quantityFrom: from,
      quantityTo: from + BAND,
    };
  });

/**
 * Exact totals after the freeze, topic by topic. No sum over topics is given, so a hidden topic cannot be
 * had back by subtraction.
 */
export const exactTotals = (demands: readonly Demand[], topics: readonly string[]): ExactTotal[] =>
  topics.map((topic) => {
    const parts = partsOf(demands, topic);
    return isProtected(parts)
      ? { topic, groups: parts.length, quantity: parts.reduce((a, b) => a + b, 0) }
      : { topic, groups: null, quantity: null };
  });

/**
 * True when a sum over all topics may be shown too: every topic that anybody asked for is protected by
 * itself (else the sum less the shown ones gives the hidden one), and so are the amounts themselves.
 */
export const mayShowSum = (demands: readonly Demand[], amountsByGroup: readonly number[]): boolean =>
  [...new Set(demands.map((d) => d.topic))].every((topic) => isProtected(partsOf(demands, topic))) &&
  isProtected(amountsByGroup);

/** A fingerprint of what each group asks, to know how many changed. */
export function fingerprints(demands: readonly Demand[]): Record<string, string> {
  const byGroup = new Map<string, string[]>();
  for (const d of demands)
    byGroup.set(d.group, [...(byGroup.get(d.group) ?? []), `${d.topic}:${d.quantity}`]);
  return Object.fromEntries([...byGroup].map(([group, lines]) => [group, lines.sort().join(' ')]));
}

/** How many groups ask something else than before, those that came and went included. */
export function changedGroups(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): number {
  const groups = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...groups].filter((g) => before[g] !== after[g]).length;
}

/** "met" only when the lower limit of the band says so; otherwise "not yet". */
export const isConditionMet = (bands: readonly Bands[], topic: string, minGroups: number): boolean =>
  (bands.find((b) => b.topic === topic)?.groupsAtLeast ?? 0) >= minGroups;
