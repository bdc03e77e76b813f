import { parentPort, workerData } from 'node:worker_threads';
import { checkPool, type PoolCheckOptions } from './check.ts';
import type { PoolPlan, PoolProblem } from './problem.ts';

/** One verification in a thread of its own: the checker is slow on purpose and blocks where it runs. */
const { problem, plan, options } = workerData as {
  problem: PoolProblem;
  plan: PoolPlan;
  options: PoolCheckOptions;
};
parentPort?.postMessage(await checkPool(problem, plan, options));
