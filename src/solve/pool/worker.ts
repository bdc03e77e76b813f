import { parentPort, workerData } from 'node:worker_threads';
import type { Progress } from '../progress.ts';
import { type Incumbent, type PoolOutcome, planPool } from './plan.ts';
import type { Allocation, PoolProblem } from './problem.ts';
import { settlePlan } from './settle.ts';

/** What the worker is given. `startedAt` is in milliseconds of the epoch: each thread's own clock begins at another time. */
export interface PoolTask {
  readonly problem: PoolProblem;
  readonly seconds?: number;
  readonly iterations?: number;
  readonly startedAt: number;
  readonly seed: number;
  readonly threads: number;
  readonly cancel: Int32Array;
  readonly start?: Allocation;
}

/** What it answers; `unjudged` is a whole outcome whose stability is still being judged; `outcome` is the last message. */
export type PoolMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'incumbent'; readonly incumbent: Incumbent }
  | { readonly kind: 'unjudged'; readonly outcome: PoolOutcome }
  | { readonly kind: 'outcome'; readonly outcome: PoolOutcome };

/** Plans in this thread; used by the worker, and by the caller where a worker had to be ended. */
export function planTask(task: PoolTask, post: (message: PoolMessage) => void): Promise<PoolOutcome> {
  return planPool(task.problem, {
    budget: {
      ...(task.seconds !== undefined && { seconds: task.seconds }),
      ...(task.iterations !== undefined && { iterations: task.iterations }),
      startedAt: task.startedAt - performance.timeOrigin,
      cancel: task.cancel,
    },
    seed: task.seed,
    threads: task.threads,
    settle: settlePlan,
    ...(task.start !== undefined && { start: task.start }),
    onProgress: (progress) => post({ kind: 'progress', progress }),
    onIncumbent: (incumbent) => post({ kind: 'incumbent', incumbent }),
    onOutcome: (outcome) => post({ kind: 'unjudged', outcome }),
  });
}

if (parentPort !== null && isTask(workerData)) {
  const port = parentPort;
  const post = (message: PoolMessage): void => port.postMessage(message);
  post({ kind: 'outcome', outcome: await planTask(workerData, post) });
}

function isTask(data: unknown): data is PoolTask {
  return typeof data === 'object' && data !== null && 'problem' in data && 'cancel' in data;
}
