import { equalProfit, nucleolus, shapley, type TableGame } from '../share/check-rules.ts';
import { sum } from './check-allocation.ts';
import type { Alone, ComponentGame } from './check-game.ts';
import type { SharingRule } from './problem.ts';

/** Up to this many companies in a component shares are exact; beyond, they may be sampled. */
export const EXACT_COMPANIES = 10;

/** What a component's companies should be charged (bill and travel), before rounding; cents, in the players' order. */
export interface ExpectedComponent {
  readonly alone: readonly Alone[];
  /** Null where the least plan alone counts a penalty. */
  readonly baseline: readonly (number | null)[];
  readonly scarce: boolean;
  /** Null where the checker does not recompute the rule: too many companies, or nothing says who bears what is left. */
  readonly charges: readonly number[] | null;
  /** Null like `charges`, and where the rule gives the baseline to within a thousandth of a cent. */
  readonly capped: readonly (boolean | null)[];
}

const THOUSANDTH = 1e-3;
/** Cents that floating-point sums and programmes may be off by. */
const NOISE = 1e-6;

/** The component's shares as the rules define them. `players`: most for which every coalition is computed. */
export async function expectComponent(
  game: ComponentGame,
  rule: SharingRule,
  players: number,
): Promise<ExpectedComponent> {
  const alone: Alone[] = [];
  for (const i of game.players.keys()) alone.push(await game.alone(i));
  if (game.players.length === 1)
    return { alone, baseline: [game.own], scarce: false, charges: [game.own], capped: [false] };
  const scarce = sum(alone.map((a) => a.least)) < game.own;
  const baseline = alone.map((a) => (a.usesPenalty ? null : scarce ? a.catalogue : a.least));
  const standIn = baseline.map((b, i) => b ?? alone[i]!.least);
  const given = await ruleCharges(game, rule, standIn, players);
  if (given === null) return { alone, baseline, scarce, charges: null, capped: baseline.map(() => null) };
  const capped = given.map((x, i) => {
    const most = baseline[i]!;
    if (most === null) return false;
    return Math.abs(x - most) < THOUSANDTH ? null : x > most;
  });
  return { alone, baseline, scarce, charges: capAtBaseline(given, baseline, standIn), capped };
}

async function ruleCharges(
  game: ComponentGame,
  rule: SharingRule,
  standIn: readonly number[],
  players: number,
): Promise<number[] | null> {
  const n = game.players.length;
  if (rule === 'proportional') {
    const weight = sum(standIn);
    return standIn.map((w) => (weight === 0 ? game.own / n : (game.own * w) / weight));
  }
  if (n > Math.min(players, EXACT_COMPANIES)) return null;
  const table: TableGame = { players: n, cost: await game.table() };
  switch (rule) {
    case 'shapley':
      return shapley(table);
    case 'nucleolus':
      return nucleolus(table);
    case 'equal-profit':
      return equalProfit(table);
  }
}

/**
 * Whoever would be charged more than alone is brought down to it; the rest goes to the others in proportion to what
 * they still save. Null where the others do not save enough to take it: nothing says then who bears it.
 */
export function capAtBaseline(
  given: readonly number[],
  baseline: readonly (number | null)[],
  standIn: readonly number[],
): number[] | null {
  const above = given.map((x, i) => {
    const over = baseline[i] === null ? 0 : x - baseline[i]!;
    return over > NOISE ? over : 0;
  });
  const excess = sum(above);
  if (excess === 0) return [...given];
  const saved = given.map((x, i) => (above[i]! > 0 ? 0 : Math.max(0, standIn[i]! - x)));
  const room = sum(saved);
  if (room < excess - THOUSANDTH) return null;
  return given.map((x, i) => (above[i]! > 0 ? baseline[i]! : x + (excess * saved[i]!) / room));
}

/** A company's totals over all components, before rounding. */
export interface CompanyTotal {
  readonly charge: number;
  readonly travel: number;
  readonly alone: number | null;
}

/**
 * What each company pays of the bill before rounding: its charge less its travel; below 0 it is raised to 0 and the
 * others pay less in proportion; where travel is above `alone` it is `alone` less travel.
 */
export function expectedPays(totals: readonly CompanyTotal[]): number[] {
  const pays = totals.map((t) => t.charge - t.travel);
  const least = totals.map((t) => (t.alone !== null && t.travel > t.alone ? t.alone - t.travel : 0));
  const raised = pays.map((p, i) => Math.max(0, least[i]! - p));
  const lent = sum(raised);
  if (lent === 0) return pays;
  const payers = sum(pays.map((p, i) => (raised[i]! > 0 ? 0 : Math.max(0, p))));
  return pays.map((p, i) => (raised[i]! > 0 ? least[i]! : p - (lent * Math.max(0, p)) / payers));
}

/**
 * True where `rounded` is `exact` rounded by largest remainder, ties in input order. Remainders closer than
 * `tolerance` are ties.
 */
export function isLargestRemainder(
  rounded: readonly number[],
  exact: readonly number[],
  tolerance: number,
): boolean {
  const floors = exact.map((x) => Math.floor(x + tolerance));
  const remainders = exact.map((x, i) => x - floors[i]!);
  const units = sum(rounded) - sum(floors);
  const order = [...exact.keys()].sort((a, b) =>
    Math.abs(remainders[a]! - remainders[b]!) < tolerance ? a - b : remainders[b]! - remainders[a]!,
  );
  const given = new Set(order.slice(0, units));
  return rounded.every((cents, i) => cents === floors[i]! + (given.has(i) ? 1 : 0));
}
