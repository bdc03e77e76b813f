import { roundToSum } from '../../kernel/money.ts';
import type { OnProgress } from '../progress.ts';
import type { Budget } from '../stop.ts';
import { type ComponentGame, splitGames } from './game.ts';
import { createLeastCosts, memoryOf } from './game-least.ts';
import type { Allocation, PoolProblem, Share, Stability } from './problem.ts';
import { settleClock } from './settle-clock.ts';
import { type GameShares, shareGame } from './settle-game.ts';
import { judgeStability } from './settle-stability.ts';

/** Who pays what for a plan, and whether any group would rather leave. */
export interface Settlement extends Stability {
  /** Sessions + individual - subsidy: the sum of `pays`, to the cent. */
  readonly billed: number;
  /** One a company of the problem, in its order; 0 everywhere for those with nothing served. */
  readonly shares: readonly Share[];
  readonly scarce: boolean;
}

export interface SettleOptions {
  readonly budget: Budget;
  /** For what is sampled: components of more than ten companies. */
  readonly seed: number;
  /** Default true; false leaves the core 'undecided', with a coarse `gain`. */
  readonly stability?: boolean;
  /** `iterations` counts groups whose least cost is known, `cost` is the bill. */
  readonly onProgress?: OnProgress;
}

/**
 * Shares the bill of a plan by the problem's rule. Each component is a cost game of its own (see {@link splitGames});
 * its shares are capped at what each company would pay alone; shares add up over components; negative amounts are
 * raised to 0; all is rounded once, by largest remainder. The sum of `pays` is `billed` to the cent, and nobody pays
 * more (travel included) than alone.
 *
 * Out of time, what could not be counted is said so (`exact` false, 'undecided'), and the sums still hold.
 */
export async function settlePlan(
  problem: PoolProblem,
  allocation: Allocation,
  options: SettleOptions,
): Promise<Settlement> {
  const games = splitGames(problem, allocation);
  const clock = settleClock(options.budget);
  const judged = options.stability ?? true;
  const memory = memoryOf(problem);
  const billed = games.reduce((sum, g) => sum + g.billed, 0);
  const report = (): void =>
    options.onProgress?.({ seconds: clock.seconds(), cost: billed, bound: null, iterations: memory.size });
  const costs = games.map((game) => createLeastCosts(game, memory));
  const parts: GameShares[] = Array.from({ length: games.length });
  // Small games first: they can be counted exactly, and what is left of the time goes to sampling the others.
  const bySize = [...games.keys()].sort((a, b) => games[a]!.companies.length - games[b]!.companies.length);
  for (const k of bySize) {
    const sharing = { clock, seed: options.seed, judged, report };
    parts[k] = await shareGame(costs[k]!, problem.rules.sharing, sharing);
  }

  const shares = addShares(problem, games, parts, billed);
  const stability = await judgeStability(problem, costs, parts, shares, {
    clock,
    judge: judged,
    report,
  });
  return { billed, shares, scarce: parts.some((p) => p.scarce), ...stability };
}

/** Adds the shares of the components up, settles negative amounts, and rounds once. */
function addShares(
  problem: PoolProblem,
  games: readonly ComponentGame[],
  parts: readonly GameShares[],
  billed: number,
): Share[] {
  const totals = problem.companies.map(() => ({
    served: false,
    pays: 0,
    travel: 0,
    alone: 0 as number | null,
    capped: false,
    exact: true,
    variance: 0,
  }));
  for (const [k, game] of games.entries()) {
    const part = parts[k]!;
    for (const [i, company] of game.companies.entries()) {
      const total = totals[company]!;
      const alone = part.alone[i]!;
      total.served = true;
      total.pays += part.costs[i]! - game.travel[i]!;
      total.travel += game.travel[i]!;
      total.alone = total.alone === null || alone === null ? null : total.alone + alone;
      total.capped ||= part.capped[i]!;
      total.exact &&= part.exact;
      total.variance += part.errors[i]! ** 2;
    }
  }
  const served = totals.flatMap((t, i) => (t.served ? [i] : []));
  const most = served.map((i) => {
    const { alone, travel } = totals[i]!;
    return alone === null ? Number.POSITIVE_INFINITY : alone - travel;
  });
  const raised = raiseNegative(
    served.map((i) => totals[i]!.pays),
    most.map((m) => Math.min(0, m)),
  );
  const rounded = roundPays(raised, most, billed);
  const pays = new Map(served.map((i, k) => [i, rounded[k]!]));
  return problem.companies.map((company, i) => {
    const { travel, alone, capped, exact, variance } = totals[i]!;
    const own = pays.get(i) ?? 0;
    return {
      company: company.id,
      pays: own,
      travel,
      alone,
      saves: alone === null ? null : alone - own - travel,
      capped,
      exact,
      error: Math.max(0, Math.ceil(Math.sqrt(variance) - 1e-9)),
    };
  });
}

/**
 * Raises amounts below their floor (0, or the negative alone - travel of a company whose travel is dearer than acting
 * alone) to it, and takes that off the positive ones in proportion to them.
 */
export function raiseNegative(pays: readonly number[], floors: readonly number[]): number[] {
  const isBelow = pays.map((p, i) => p < 0 || floors[i]! < 0);
  let added = 0;
  for (const [i, p] of pays.entries()) if (isBelow[i]) added += floors[i]! - p;
  const positive = pays.reduce((sum, p, i) => (isBelow[i] ? sum : sum + p), 0);
  if (added === 0 || positive <= 0) return [...pays];
  return pays.map((p, i) => (isBelow[i] ? floors[i]! : p * (1 - added / positive)));
}

/**
 * Rounds to whole cents that sum to `billed`, by largest remainder, ties in input order. Doubles near a whole or near
 * each other are taken as equal (1e-6 cents), so that noise decides nothing. Nobody is rounded above `most`: a part of
 * at most a whole number of cents rounds to at most that number.
 */
export function roundPays(pays: readonly number[], most: readonly number[], billed: number): number[] {
  if (pays.length === 0) return [];
  const bases = pays.map((p) => Math.floor(p + 1e-6));
  const fractions = pays.map((p, i) => Math.max(0, Math.round((p - bases[i]!) * 1e6) / 1e6));
  const rest = billed - bases.reduce((a, b) => a + b, 0);
  const rounded = roundToSum(fractions, rest).map((f, i) => bases[i]! + f);
  for (const [i, value] of rounded.entries()) {
    for (let over = value - most[i]!; over >= 1; over -= 1) {
      const other = rounded.findIndex((v, k) => k !== i && v < most[k]!);
      if (other === -1) break;
      rounded[i]! -= 1;
      rounded[other]! += 1;
    }
  }
  return rounded;
}
