import { err, ok, type Result } from '../../kernel/result.ts';
import { type Checked, type Violation, violation } from '../checked.ts';
import { Unproved } from '../share/check-linear.ts';
import {
  checkAllocation,
  type Recount,
  recount,
  type Statement,
  statementOf,
  suits,
} from './check-allocation.ts';
import { checkCeilings, checkEachShare, checkMoney, checkShareList, checkTravel } from './check-figures.ts';
import { type ComponentGame, componentsOf } from './check-game.ts';
import { leastPlanCost } from './check-least-cost.ts';
import { checkReasons } from './check-reasons.ts';
import { checkSettlement, type Settled } from './check-settlement.ts';
import { EXACT_COMPANIES, expectComponent } from './check-shares.ts';
import { checkStability, type Note } from './check-stability.ts';
import type { PoolPlan, PoolProblem } from './problem.ts';

export { checkAllocation } from './check-allocation.ts';
export type { Note } from './check-stability.ts';

/** How far the checker goes. What it leaves out becomes a note, never a violation. */
export interface PoolCheckOptions {
  /** Most companies of a component for which every group's least cost is computed; default 10. */
  readonly players?: number;
  /**
   * Seconds for each proof that may take long (best plan, best group of a large component), and ten times as
   * long for the least costs of all groups together; default 20.
   */
  readonly seconds?: number;
  /** Most (need, session) pairs for which the bound is compared with the true optimum; default 300. */
  readonly pairs?: number;
}

export interface PoolAudit {
  readonly violations: readonly Violation[];
  /** What was not verified, and why. */
  readonly notes: readonly Note[];
  /** The recounted figures; null where the plan is too broken to be recounted. */
  readonly recount: Recount | null;
}

/**
 * Checks a whole plan against the statement of its problem, with costs, coalitions and shares computed anew. Slow:
 * a coalition costs one integer programme, and a component of ten companies has a thousand. It blocks its thread while
 * a programme runs.
 */
export async function checkPool(
  problem: PoolProblem,
  plan: PoolPlan,
  options: PoolCheckOptions = {},
): Promise<Violation[]> {
  return [...(await auditPool(problem, plan, options)).violations];
}

/** The least costs of groups may take this many times the seconds of one proof. */
const PROOFS = 10;

/** The plan as one that may be stored, or what is wrong with it. */
export async function certifyPool(
  problem: PoolProblem,
  plan: PoolPlan,
  options: PoolCheckOptions = {},
): Promise<Result<Checked<PoolPlan>, readonly Violation[]>> {
  const { violations } = await auditPool(problem, plan, options);
  return violations.length === 0 ? ok(plan as Checked<PoolPlan>) : err(violations);
}

/** Like {@link checkPool}, with what could not be verified and the recounted figures. */
export async function auditPool(
  problem: PoolProblem,
  plan: PoolPlan,
  options: PoolCheckOptions = {},
): Promise<PoolAudit> {
  const limits = {
    players: options.players ?? EXACT_COMPANIES,
    seconds: options.seconds ?? 20,
    pairs: options.pairs ?? 300,
  };
  const statement = statementOf(problem);
  const seating = checkAllocation(problem, plan);
  const broken = [
    ...seating,
    ...checkShareList(problem, plan.shares),
    ...(seating.length === 0 ? checkTravel(statement, plan) : []),
  ];
  if (broken.length > 0) return { violations: broken, notes: [], recount: null };

  const plain = recount(statement, plan);
  const deadline = performance.now() + 1000 * PROOFS * limits.seconds;
  const games = componentsOf(statement, plan, plain, deadline);
  const charges = new Map(plan.shares.map((s) => [s.company, s.pays + s.travel]));
  const parts = [
    await orNote('bound', checkBound(statement, plan, plain, limits)),
    await orNote('shares', checkAgainstRules(problem, plan, plain, games, limits.players)),
    await orNote('core', checkStability(statement, games, charges, plan, limits)),
  ];
  return {
    violations: [
      ...checkMoney(statement, plan, plain),
      ...checkEachShare(plan, plain),
      ...checkCeilings(statement, plan, plain),
      ...checkReasons(statement, plan, plain),
      ...parts.flatMap((p) => p.violations),
    ],
    notes: parts.flatMap((p) => p.notes),
    recount: plain,
  };
}

/** Compares the shares with what the rules give, computed anew. */
async function checkAgainstRules(
  problem: PoolProblem,
  plan: PoolPlan,
  plain: Recount,
  games: readonly ComponentGame[],
  players: number,
): Promise<Part> {
  const components: Settled[] = [];
  for (const game of games)
    components.push({ game, expected: await expectComponent(game, problem.rules.sharing, players) });
  return checkSettlement(problem, plan, plain, components);
}

interface Part {
  readonly violations: readonly Violation[];
  readonly notes: readonly Note[];
}

/** A part of the check, or a note where it could not be carried to its end. */
async function orNote(where: string, part: Promise<Part>): Promise<Part> {
  try {
    return await part;
  } catch (error) {
    if (!(error instanceof Unproved)) throw error;
    return { violations: [], notes: [{ where, sentence: `"${where}" is not verified: ${error.message}.` }] };
  }
}

/** Bounds come from floating-point programmes: this many cents above the optimum are not a breach. */
const SLACK = 0.01;

/** The bound is at most the cost, and on small problems at most the true optimum. */
async function checkBound(
  statement: Statement,
  plan: PoolPlan,
  plain: Recount,
  limits: { readonly seconds: number; readonly pairs: number },
): Promise<Part> {
  const { problem } = statement;
  const { bound } = plan;
  if (bound === null)
    return { violations: [], notes: [{ where: 'bound', sentence: 'The plan has no bound.' }] };
  if (!Number.isFinite(bound) || bound > plain.cost)
    return {
      violations: [
        violation('bound', 'bound', `The bound ${bound} is above the cost ${plain.cost} of this very plan.`, {
          bound,
          cost: plain.cost,
        }),
      ],
      notes: [],
    };
  const pairs = problem.offers.reduce(
    (count, offer) =>
      count +
      problem.needs.reduce((c, need) => c + offer.dates.filter((date) => suits(need, offer, date)).length, 0),
    0,
  );
  // The bound is for the problem without the needs that left for their ceiling.
  const left = new Set(
    plan.unserved
      .filter((row) => row.reason === 'too-dear' && (plain.servedByNeed.get(row.need) ?? 0) === 0)
      .map((row) => row.need),
  );
  const least = pairs > limits.pairs ? null : await leastPlanCost(statement, left, limits.seconds);
  if (least === null)
    return {
      violations: [],
      notes: [{ where: 'bound', sentence: `The bound is not compared with the optimum of ${pairs} pairs.` }],
    };
  if (bound <= least + SLACK) return { violations: [], notes: [] };
  return {
    violations: [
      violation('bound', 'bound', `The bound ${bound} is above the true optimum, ${least}.`, {
        bound,
        optimum: least,
      }),
    ],
    notes: [],
  };
}
