import { loadHighs } from '../highs/load.ts';
import { solveMixedWith } from '../highs/mixed.ts';
import { checkAllocation, recount, statementOf } from './check-allocation.ts';
import { allocationOfSeats, type ComponentGame, type GameSeats, ownCost } from './game.ts';
import { crudeBound, type LeastCosts } from './game-least.ts';
import { writeBlockingProgramme } from './game-programme.ts';
import type { PoolProblem, Share, Stability } from './problem.ts';
import type { SettleClock } from './settle-clock.ts';
import type { GameShares } from './settle-game.ts';

export interface JudgeOptions {
  readonly clock: SettleClock;
  /** False: only a coarse limit on any group's gain. */
  readonly judge: boolean;
  readonly report: () => void;
}

/** A group of served companies (places in the problem) that pays `gain` more than its own least cost. */
interface Group {
  readonly companies: readonly number[];
  readonly gain: number;
}

/** Companies up to this many are judged by counting all their groups. */
const COUNTED_COMPANIES = 22;
/** Costs are whole cents: a group within less than one of the bound is the worst. */
const BELOW_A_CENT = 0.99;

/**
 * Would any group of served companies, but all of them, pay less on its own? Judged on the rounded `pays`. Costs of a
 * group add up over the components: in each, its least cost for its own seats; the plan's own cost where it holds all
 * companies of a component of several (that is what the component's game says); a single company always has its least.
 *
 * 'out' only with a group whose own plan passes the checker and costs a cent less at least; 'in' only when lower
 * bounds on every group's cost say so.
 */
export async function judgeStability(
  problem: PoolProblem,
  costs: readonly LeastCosts[],
  parts: readonly GameShares[],
  shares: readonly Share[],
  options: JudgeOptions,
): Promise<Stability> {
  const paid = paidBy(costs, shares);
  if (paid.size <= 1) return { core: 'in', blocking: null, gain: 0 };
  const limit = coarseLimit(costs, paid);
  if (limit < 1) return { core: 'in', blocking: null, gain: 0 };
  const undecided = (gain: number): Stability => ({ core: 'undecided', blocking: null, gain });
  const isCounted = paid.size <= COUNTED_COMPANIES && parts.every((p) => p.table !== null);
  if (!options.judge || options.clock.isSpent() || (options.clock.isOver() && !isCounted))
    return undecided(limit);

  const found = isCounted
    ? await worstByTables(costs, parts, paid, options)
    : await worstByProgramme(costs, paid, options);
  const single = worstSingle(costs, parts, paid);
  const best = found.group === null || single.group.gain > found.group.gain ? single.group : found.group;
  const atMost = Math.min(limit, Math.max(found.atMost, single.atMost));
  if (atMost < 1) return { core: 'in', blocking: null, gain: 0 };
  if (best.gain < 1) return undecided(atMost);
  const gain = await checkedGain(problem, costs, best, paid, options.clock);
  if (gain < 1) return undecided(atMost);
  return { core: 'out', blocking: best.companies.map((i) => problem.companies[i]!.id), gain };
}

/** pays + travel of each served company, by its place in the problem. */
function paidBy(costs: readonly LeastCosts[], shares: readonly Share[]): Map<number, number> {
  const served = [...new Set(costs.flatMap((c) => c.game.companies))].sort((a, b) => a - b);
  return new Map(served.map((i) => [i, shares[i]!.pays + shares[i]!.travel]));
}

/** No group gains more than what its members pay above the coarsest bound on their cost. */
function coarseLimit(costs: readonly LeastCosts[], paid: ReadonlyMap<number, number>): number {
  const excess = new Map(paid);
  for (const { game } of costs)
    for (const [i, company] of game.companies.entries())
      excess.set(company, excess.get(company)! - crudeBound(game, [i]));
  return [...excess.values()].reduce((sum, e) => sum + Math.max(0, e), 0);
}

interface Found {
  /** The worst group known; null when none was found. */
  readonly group: Group | null;
  /** No group gains more. */
  readonly atMost: number;
}

/** The single company that pays most above its real least cost. */
function worstSingle(
  costs: readonly LeastCosts[],
  parts: readonly GameShares[],
  paid: ReadonlyMap<number, number>,
): { readonly group: Group; readonly atMost: number } {
  const gains = new Map(paid);
  const limits = new Map(paid);
  for (const [k, { game }] of costs.entries())
    for (const [i, company] of game.companies.entries()) {
      gains.set(company, gains.get(company)! - parts[k]!.least[i]!);
      limits.set(company, limits.get(company)! - parts[k]!.lower[i]!);
    }
  const [company, gain] = [...gains].reduce((a, b) => (b[1] > a[1] ? b : a));
  return { group: { companies: [company], gain }, atMost: Math.max(...limits.values()) };
}

/** Counts all groups, in the order of a Gray code: one company comes or goes at a time. */
async function worstByTables(
  costs: readonly LeastCosts[],
  parts: readonly GameShares[],
  paid: ReadonlyMap<number, number>,
  options: JudgeOptions,
): Promise<Found> {
  const companies = [...paid.keys()];
  const placesOf = companies.map((company) =>
    costs.flatMap(({ game }, k) => {
      const i = game.companies.indexOf(company);
      return i === -1 ? [] : [{ game: k, bit: 1 << i }];
    }),
  );
  const tables = parts.map((p) => p.table!.cost);
  const masks = new Int32Array(costs.length);
  const all = 2 ** companies.length - 1;
  let group = 0;
  let gain = 0;
  let best = 0;
  let bestGain = Number.NEGATIVE_INFINITY;
  for (let step = 1; step <= all; step += 1) {
    if ((step & 0xfffff) === 0) await options.clock.breathe();
    const bit = step & -step;
    const who = 31 - Math.clz32(bit);
    group ^= bit;
    gain += (group & bit) === 0 ? -paid.get(companies[who]!)! : paid.get(companies[who]!)!;
    for (const place of placesOf[who]!) {
      const table = tables[place.game]!;
      gain += table[masks[place.game]!]!;
      masks[place.game]! ^= place.bit;
      gain -= table[masks[place.game]!]!;
    }
    if (group !== all && gain > bestGain) {
      best = group;
      bestGain = gain;
    }
  }
  return {
    group: { companies: companies.filter((_, i) => (best & (1 << i)) !== 0), gain: bestGain },
    atMost: bestGain,
  };
}

/** Looks for the worst group and its plan at once, by one programme over all components. */
async function worstByProgramme(
  costs: readonly LeastCosts[],
  paid: ReadonlyMap<number, number>,
  { clock }: JudgeOptions,
): Promise<Found> {
  const games = costs.map((c) => c.game);
  const wholes: { game: ComponentGame; surcharge: number }[] = [];
  for (const { game } of costs) {
    if (game.companies.length === paid.size) continue;
    const everyone = game.companies.map((_, i) => i);
    const least = await costs[games.indexOf(game)]!.of(everyone, clock.secondsLeft() / 4);
    if (least !== null && least.cost < ownCost(game))
      wholes.push({ game, surcharge: ownCost(game) - least.cost });
  }
  const highs = await loadHighs();
  const programme = writeBlockingProgramme(games, paid, wholes);
  const result = solveMixedWith(highs, programme.mixed, {
    seconds: clock.secondsLeft(),
    seed: 1,
    gap: 0,
    absoluteGap: BELOW_A_CENT,
    ...(clock.cancel !== undefined && { cancel: clock.cancel }),
  });
  if (result.solution === null)
    return {
      group: null,
      atMost: result.bound === null ? Number.POSITIVE_INFINITY : Math.floor(-result.bound),
    };
  const { companies } = programme.decode(result.solution);
  const gain = Math.round(-result.cost!);
  return {
    group: { companies, gain },
    atMost: result.status === 'optimal' ? Math.max(gain, 0) : Math.floor(-result.bound! + 1e-6),
  };
}

/** What a group saves with a plan of its own that passes the checker. */
async function checkedGain(
  problem: PoolProblem,
  costs: readonly LeastCosts[],
  group: Group,
  paid: ReadonlyMap<number, number>,
  clock: SettleClock,
): Promise<number> {
  const own: { game: ComponentGame; seats: GameSeats }[] = [];
  for (const least of costs) {
    const { game } = least;
    const members = game.companies.flatMap((c, i) => (group.companies.includes(c) ? [i] : []));
    if (members.length === 0) continue;
    const isWhole = members.length === game.companies.length && group.companies.length > 1;
    const seats = isWhole ? game.own : await least.seats(members, Math.max(1, clock.secondsLeft()));
    own.push({ game, seats });
  }
  const allocation = allocationOfSeats(problem, own);
  const seats = new Map<string, number>();
  for (const { need, seats: count } of [
    ...allocation.sessions.flatMap((s) => s.seats),
    ...allocation.individual,
    ...allocation.unserved,
  ])
    seats.set(need, (seats.get(need) ?? 0) + count);
  const ownProblem: PoolProblem = {
    ...problem,
    needs: problem.needs
      .filter((n) => seats.has(n.id))
      .map(({ minCompanies: _, ...n }) => ({ ...n, seats: seats.get(n.id)! })),
    rules: { ...problem.rules, minCompaniesPerSession: 1 },
  };
  const violations = checkAllocation(ownProblem, allocation);
  if (violations.length > 0)
    throw new Error(`the plan of a blocking group does not pass the check: ${violations[0]!.sentence}`);
  const { cost, subsidy } = recount(statementOf(ownProblem), allocation);
  return group.companies.reduce((sum, c) => sum + paid.get(c)!, 0) - (cost - subsidy);
}
