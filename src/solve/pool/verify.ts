import { Worker } from 'node:worker_threads';
import type { PoolCheckOptions } from './check.ts';
import type { PoolPlan, PoolProblem } from './problem.ts';

/** What the independent checker found wrong, as text; empty: the plan may be stored. */
export type Faults = readonly string[];

/**
 * Runs the independent checker in a worker thread, so that the caller's stays free while every figure of a
 * plan is computed anew. Rejects only on a bug of the checker itself.
 */
export function verifyPool(
  problem: PoolProblem,
  plan: PoolPlan,
  options: PoolCheckOptions = {},
): Promise<Faults> {
  const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), {
    workerData: { problem, plan, options },
    execArgv: [],
  });
  const { promise, resolve, reject } = Promise.withResolvers<Faults>();
  worker.once('message', (violations: readonly unknown[]) =>
    resolve(violations.map((v) => JSON.stringify(v))),
  );
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`the checker ended with ${code}`)));
  return promise.finally(() => worker.terminate());
}
