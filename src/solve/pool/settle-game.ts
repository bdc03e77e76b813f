import { hasNoEqualProfit } from '../share/equal-profit.ts';
import type { CostGame } from '../share/game.ts';
import { membersOf } from '../share/game.ts';
import { divide } from '../share/rules.ts';
import { type ComponentGame, ownCost } from './game.ts';
import type { LeastCosts } from './game-least.ts';
import type { SharingRule } from './problem.ts';
import type { SettleClock } from './settle-clock.ts';
import { type Sampled, sampleGame } from './settle-sample.ts';

/** A component's costs shared out; lists by company of the game. */
export interface GameShares {
  /** What each bears, travel included; they sum to the plan's billed + travel here. */
  readonly costs: readonly number[];
  /** What each would pay alone; null where that counts seats at a penalty. */
  readonly alone: readonly (number | null)[];
  /** v({i}): the real least, penalties counted. */
  readonly least: readonly number[];
  /** Lower bounds on v({i}): equal to it unless time was short. */
  readonly lower: readonly number[];
  readonly scarce: boolean;
  readonly capped: readonly boolean[];
  readonly exact: boolean;
  /** 95 % half-width, cents; 0 when exact. */
  readonly errors: readonly number[];
  /** v(S) of every group by mask, where all were counted and proved; `table[all]` is the plan's own cost. */
  readonly table: CostGame | null;
}

export interface ShareOptions {
  readonly clock: SettleClock;
  readonly seed: number;
  /** Stability will be judged: this is the plan that people see, and sampling may take longer. */
  readonly judged: boolean;
  /** Called as groups are counted. */
  readonly report: () => void;
}

/** Components of up to this many companies are shared exactly: 1,023 groups. */
export const EXACT_COMPANIES = 10;

/** Least seconds for what cannot be left out even when time is gone: what each company would pay alone. */
const ALONE_SECONDS = 2;

/** Shares one component's cost by a rule, nobody above its cost alone. */
export async function shareGame(
  costs: LeastCosts,
  rule: SharingRule,
  options: ShareOptions,
): Promise<GameShares> {
  const { game } = costs;
  const total = ownCost(game);
  if (game.companies.length === 1) {
    const least = (await costs.of([0], Math.max(ALONE_SECONDS, options.clock.secondsLeft())))!;
    return {
      costs: [total],
      alone: [total],
      least: [least.cost],
      lower: [least.lower],
      scarce: false,
      capped: [false],
      exact: true,
      errors: [0],
      table: { size: 1, cost: Float64Array.from([0, total]) },
    };
  }

  const alone = await aloneCostsOf(costs, total, options.clock);
  const table = game.companies.length <= EXACT_COMPANIES ? await tableOf(costs, total, options) : null;
  const divided = await divideGame(costs, rule, alone, table, options);
  const capped = capCosts(divided.costs, alone.alone, alone.standIn);
  return {
    ...capped,
    alone: alone.alone,
    least: alone.least,
    lower: alone.lower,
    scarce: alone.scarce,
    exact: divided.exact,
    errors: divided.errors,
    table,
  };
}

interface Alone {
  readonly least: readonly number[];
  readonly lower: readonly number[];
  readonly alone: readonly (number | null)[];
  /** `alone`, with v({i}) where that is null: for weights, spreads and the scarcity sum. */
  readonly standIn: readonly number[];
  readonly scarce: boolean;
}

/** What each company would pay alone, and whether the offers are too scarce for each to do so. */
async function aloneCostsOf(costs: LeastCosts, total: number, clock: SettleClock): Promise<Alone> {
  const { game } = costs;
  const companies = game.companies.map((_, i) => i);
  const least: number[] = [];
  const lower: number[] = [];
  const isPenalised: boolean[] = [];
  for (const i of companies) {
    await clock.breathe();
    const seconds = Math.max(ALONE_SECONDS, clock.secondsLeft());
    const withPenalties = (await costs.of([i], seconds))!;
    least.push(withPenalties.cost);
    lower.push(withPenalties.lower);
    isPenalised.push(await usesPenalty(costs, i, withPenalties.cost, seconds));
  }
  const isScarce = least.reduce((a, b) => a + b, 0) < total;
  const alone = companies.map((i) => (isPenalised[i] ? null : isScarce ? catalogueCost(game, i) : least[i]!));
  return { least, lower, alone, standIn: alone.map((a, i) => a ?? least[i]!), scarce: isScarce };
}

/** True where no seats of the company cost v({i}) without a seat at a penalty. */
async function usesPenalty(costs: LeastCosts, i: number, least: number, seconds: number): Promise<boolean> {
  const { game } = costs;
  if (!game.needCompany.some((company, need) => company === i && game.isPenalty[need] === 1)) return false;
  const without = await costs.of([i], seconds, false);
  return without === null || without.cost > least;
}

/** The seats of a company at the catalogue; null where a course has no such price. */
function catalogueCost(game: ComponentGame, company: number): number | null {
  let cost = 0;
  for (const [need, owner] of game.needCompany.entries()) {
    if (owner !== company) continue;
    if (game.isPenalty[need] === 1) return null;
    cost += game.outsideCost[need]! * game.model.needSeats[need]!;
  }
  return cost;
}

/** v(S) of all groups; null when time is gone before all are proved. */
async function tableOf(costs: LeastCosts, total: number, options: ShareOptions): Promise<CostGame | null> {
  const { clock, report } = options;
  const size = costs.game.companies.length;
  const cost = new Float64Array(2 ** size);
  for (let mask = 1; mask < cost.length - 1; mask += 1) {
    await clock.breathe();
    if (clock.isSpent()) return null;
    const least = await costs.of(membersOf(mask), clock.secondsLeft());
    if (least === null || least.lower < least.cost) return null;
    cost[mask] = least.cost;
    report();
  }
  cost[cost.length - 1] = total;
  return { size, cost };
}

async function divideGame(
  costs: LeastCosts,
  rule: SharingRule,
  alone: Alone,
  table: CostGame | null,
  options: ShareOptions,
): Promise<Sampled> {
  const total = ownCost(costs.game);
  const byWeight = (exact: boolean): Sampled => {
    const shares = inProportion(total, alone.standIn);
    // Not the rule that was asked: all that is known of the error is that a share lies between 0 and this.
    return {
      costs: shares,
      exact,
      errors: shares.map((s, i) => (exact ? 0 : Math.max(s, alone.standIn[i]!))),
    };
  };
  if (rule === 'proportional') return byWeight(true);
  if (table !== null) {
    if (rule === 'equal-profit' && hasNoEqualProfit(table)) return byWeight(true);
    const { shares, complete } = await divide(rule, table, null, async () => {
      await options.clock.breathe();
      return false;
    });
    if (complete)
      return {
        costs: [...shares],
        exact: true,
        errors: shares.length === 0 ? [] : costs.game.companies.map(() => 0),
      };
  }
  return (await sampleGame(costs, rule, alone.least, options)) ?? byWeight(false);
}

/** Splits in proportion to weights; all 0: equally. */
function inProportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => (sum === 0 ? total / weights.length : (total * w) / sum));
}

/** A part above `alone` by less, in cents, is a rounding of doubles. */
const NOISE = 1e-6;

/**
 * Brings those above `alone` down to it, and spreads what was cut over the others in proportion to what they still
 * save. Companies whose `alone` is null are never cut; their `standIn` says what they save in the spread, and they
 * bear what the savings of all do not cover.
 */
export function capCosts(
  costs: readonly number[],
  alone: readonly (number | null)[],
  standIn: readonly number[],
): { readonly costs: number[]; readonly capped: boolean[] } {
  const capped = costs.map((c, i) => alone[i] !== null && c > alone[i]! + NOISE);
  if (!capped.includes(true)) return { costs: [...costs], capped };
  const cut = costs.reduce((sum, c, i) => (capped[i] ? sum + c - standIn[i]! : sum), 0);
  const room = costs.map((c, i) => (capped[i] ? 0 : Math.max(0, standIn[i]! - c)));
  const allRoom = room.reduce((a, b) => a + b, 0);
  const filled = allRoom === 0 ? 0 : Math.min(1, cut / allRoom);
  const spread = costs.map((c, i) => (capped[i] ? standIn[i]! : c + room[i]! * filled));
  const left = cut - filled * allRoom;
  if (left <= NOISE) return { costs: spread, capped };
  const uncapped = alone.map((a, i) => (a === null ? standIn[i]! : 0));
  const bearers = alone.map((a) => a === null);
  // Nobody without a limit: the plan costs more than its seats at the catalogue, which no plan of ours does.
  const extra = bearers.includes(true)
    ? inProportion(left, uncapped.some((u) => u > 0) ? uncapped : bearers.map(Number))
    : inProportion(left, standIn);
  return { costs: spread.map((c, i) => c + extra[i]!), capped };
}
