import { Worker } from 'node:worker_threads';
import type { Violation } from '../solve/checked.ts';
import { checkAllocation, recount, statementOf } from '../solve/pool/check-allocation.ts';
import { checkCeilings, checkEachShare, checkMoney } from '../solve/pool/check-figures.ts';
import type { PoolPlan, PoolProblem } from '../solve/pool/problem.ts';

/** Longest that a check may take where no budget of seconds limits it. */
const MOST_MS = 60_000;

/**
 * What the independent checker finds wrong with a plan, as sentences. Seats, conditions, money and ceilings are always
 * checked. The costs of acting alone, the sharing rule and stability are computed anew too where that ends within
 * `milliseconds`; `grappe check pool` takes all the time that it needs.
 */
export async function verifyWithin(
  problem: PoolProblem,
  plan: PoolPlan,
  milliseconds: number,
): Promise<readonly string[]> {
  const plain = plainFaults(problem, plan);
  if (plain.length > 0 || milliseconds < 100) return plain;
  const limit = Math.min(milliseconds, MOST_MS);
  const seconds = Math.min(20, limit / 1000);
  const worker = new Worker(new URL('../solve/pool/verify-worker.ts', import.meta.url), {
    workerData: { problem, plan, options: { seconds } },
    execArgv: [],
  });
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  const timer = setTimeout(() => resolve([]), limit);
  worker.once('message', (found: readonly Violation[]) => resolve(found.map((v) => v.sentence)));
  // An engine that gives up in the deep check leaves what was checked before it.
  worker.once('error', () => resolve([]));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function plainFaults(problem: PoolProblem, plan: PoolPlan): string[] {
  const seats = checkAllocation(problem, plan);
  if (seats.length > 0) return seats.map((v) => v.sentence);
  const statement = statementOf(problem);
  const figures = recount(statement, plan);
  return [
    ...checkMoney(statement, plan, figures),
    ...checkEachShare(plan, figures),
    ...checkCeilings(statement, plan, figures),
  ].map((v) => v.sentence);
}
