import { loadHighs } from '../highs/load.ts';
import { solveMixedWith } from '../highs/mixed.ts';
import { type Random, seededRandom } from '../random.ts';
import { equalProfitAmong } from '../share/equal-profit.ts';
import { listFamily } from '../share/groups.ts';
import { nucleolusAmong } from '../share/nucleolus.ts';
import { ownCost } from './game.ts';
import type { LeastCosts } from './game-least.ts';
import { writeBlockingProgramme } from './game-programme.ts';
import type { SharingRule } from './problem.ts';
import { type SettleClock, sliceOf } from './settle-clock.ts';
import type { ShareOptions } from './settle-game.ts';

/** Shares of a component that is too large to count every group. */
export interface Sampled {
  readonly costs: readonly number[];
  readonly exact: boolean;
  /** 95 % half-width, cents. */
  readonly errors: readonly number[];
}

/** Pairs of orders drawn at most; fewer where time is short. The same seed draws the same, so that memory helps. */
const MOST_PAIRS = 200;
const PAIRS_WITHOUT_CLOCK = 40;
/** Share of the time left that sampling one component may take. */
const TIME_SHARE = { judged: 0.3, unjudged: 0.1 };

/** Samples a rule; null when time is gone before anything can be said. */
export async function sampleGame(
  costs: LeastCosts,
  rule: SharingRule,
  least: readonly number[],
  options: ShareOptions,
): Promise<Sampled | null> {
  const clock = sliceOf(options.clock, options.judged ? TIME_SHARE.judged : TIME_SHARE.unjudged);
  const sampling = { ...options, clock };
  return rule === 'shapley'
    ? sampleShapley(costs, least, sampling)
    : sampleSequence(costs, rule, least, sampling);
}

function shuffled(n: number, random: Random): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i -= 1) {
    const k = random.below(i + 1);
    [order[i], order[k]] = [order[k]!, order[i]!];
  }
  return order;
}

const ascending = (group: readonly number[]): number[] => group.toSorted((a, b) => a - b);

/** v(S) once proved; null when time is gone. */
async function provedCost(
  costs: LeastCosts,
  group: readonly number[],
  clock: SettleClock,
): Promise<number | null> {
  await clock.breathe();
  if (clock.isOver()) return null;
  const known = await costs.of(group, clock.secondsLeft());
  return known === null || known.lower < known.cost ? null : known.cost;
}

/**
 * The Shapley value by random orders of arrival, each taken with its reverse (antithetic: who comes early in one comes
 * late in the other, so that their errors cancel in part). Each order divides the whole cost, so that the mean does.
 */
async function sampleShapley(
  costs: LeastCosts,
  least: readonly number[],
  { clock, seed, report }: ShareOptions,
): Promise<Sampled | null> {
  const n = least.length;
  const total = ownCost(costs.game);
  const random = seededRandom(seed);
  const sum = new Float64Array(n);
  const squares = new Float64Array(n);
  const most = Number.isFinite(clock.secondsLeft()) ? MOST_PAIRS : PAIRS_WITHOUT_CLOCK;
  let pairs = 0;
  for (; pairs < most; pairs += 1) {
    const order = shuffled(n, random);
    const mean = new Float64Array(n);
    let isWhole = true;
    for (const arrival of [order, order.toReversed()]) {
      let before = 0;
      for (let k = 0; k < n && isWhole; k += 1) {
        const cost = k === n - 1 ? total : await provedCost(costs, ascending(arrival.slice(0, k + 1)), clock);
        isWhole = cost !== null;
        if (cost === null) break;
        mean[arrival[k]!]! += (cost - before) / 2;
        before = cost;
      }
    }
    if (!isWhole) break;
    report();
    for (let i = 0; i < n; i += 1) {
      sum[i]! += mean[i]!;
      squares[i]! += mean[i]! ** 2;
    }
  }
  if (pairs === 0) return null;
  const means = [...sum].map((s) => s / pairs);
  const errors = means.map((m, i) => {
    if (pairs === 1) return Math.max(Math.abs(m), least[i]!);
    const variance = Math.max(0, (squares[i]! - pairs * m * m) / (pairs - 1));
    return studentT(pairs - 1) * Math.sqrt(variance / pairs);
  });
  return { costs: means, exact: false, errors };
}

/** Batches of random groups; their spread gives the error. */
const BATCHES = 4;
/** Random groups a batch, per company. */
const GROUPS_PER_COMPANY = 10;
/** Most groups found by programmes. */
const MOST_FOUND = 80;

interface Group {
  readonly members: readonly number[];
  readonly cost: number;
}

/**
 * Nucleolus and equal profit by constraint generation. Known are the companies one by one, all without each, random
 * groups in four batches, and the groups that a programme finds to pay most above their cost at the division reached.
 * The division over all of them is the answer; divisions over the batches one by one tell how much chance is in it.
 */
async function sampleSequence(
  costs: LeastCosts,
  rule: SharingRule,
  least: readonly number[],
  { clock, seed, report }: ShareOptions,
): Promise<Sampled | null> {
  const n = least.length;
  const total = ownCost(costs.game);
  const random = seededRandom(seed);
  const known = new Set<string>();
  const take = async (into: Group[], members: readonly number[]): Promise<boolean> => {
    const group = ascending(members);
    if (group.length === 0 || group.length === n || known.has(group.join())) return true;
    const cost = await provedCost(costs, group, clock);
    if (cost === null) return false;
    known.add(group.join());
    into.push({ members: group, cost });
    report();
    return true;
  };
  const everyone = Array.from({ length: n }, (_, i) => i);
  const shared: Group[] = least.map((cost, i) => ({ members: [i], cost }));
  for (const i of everyone) {
    known.add(String(i));
    if (
      !(await take(
        shared,
        everyone.filter((k) => k !== i),
      ))
    )
      break;
  }
  const batches: Group[][] = Array.from({ length: BATCHES }, () => []);
  for (let k = 0; k < GROUPS_PER_COMPANY * n; k += 1)
    for (const batch of batches) {
      if (clock.isOver()) break;
      await take(batch, shuffled(n, random).slice(0, 1 + random.below(n - 1)));
    }
  // Without some groups by chance nothing would tell how far the division is from the rule's.
  if (batches.some((batch) => batch.length === 0)) return null;
  const divide = async (groups: readonly Group[]): Promise<number[]> => {
    const family = listFamily(total, least, groups);
    const among = rule === 'nucleolus' ? nucleolusAmong : equalProfitAmong;
    const { shares } = await among(family, async () => {
      await clock.breathe();
      return false;
    });
    return [...shares];
  };
  let division = await divide([...shared, ...batches.flat()]);
  for (let found = 0; found < MOST_FOUND && !clock.isOver(); found += 1) {
    const worst = await worstGroup(costs, division, clock);
    const before = shared.length;
    if (worst === null || !(await take(shared, worst)) || shared.length === before) break;
    division = await divide([...shared, ...batches.flat()]);
  }
  const parts = await Promise.all(batches.map((batch) => divide([...shared, ...batch])));
  const errors = division.map((mean, i) => {
    const spread = parts.reduce((sum, part) => sum + (part[i]! - mean) ** 2, 0) / (BATCHES - 1);
    return studentT(BATCHES - 1) * Math.sqrt(spread / BATCHES);
  });
  return { costs: division, exact: false, errors };
}

/** The group that bears most above its least cost in a division; null when it is not found in time. */
async function worstGroup(
  costs: LeastCosts,
  division: readonly number[],
  clock: SettleClock,
): Promise<readonly number[] | null> {
  const { game } = costs;
  const highs = await loadHighs();
  const borne = new Map(game.companies.map((company, i) => [company, division[i]!]));
  const programme = writeBlockingProgramme([game], borne, []);
  const result = solveMixedWith(highs, programme.mixed, {
    seconds: clock.secondsLeft() / 4,
    seed: 1,
    ...(clock.cancel !== undefined && { cancel: clock.cancel }),
    ...(Number.isFinite(clock.secondsLeft()) ? {} : { nodes: 200 }),
  });
  if (result.solution === null) return null;
  const { companies } = programme.decode(result.solution);
  return companies.map((company) => game.companies.indexOf(company));
}

/** Two-sided 95 % quantile of Student's t, within 1 % from 3 degrees of freedom on (Cornish-Fisher expansion). */
export function studentT(degrees: number): number {
  if (degrees === 1) return 12.706;
  if (degrees === 2) return 4.303;
  const z = 1.959964;
  const d = degrees;
  return (
    z +
    (z ** 3 + z) / (4 * d) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * d * d) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * d ** 3)
  );
}
