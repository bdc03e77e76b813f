import { Worker } from 'node:worker_threads';
import type { OnProgress } from '../progress.ts';
import type { Incumbent, PoolOutcome } from './plan.ts';
import type { Allocation, PoolProblem } from './problem.ts';
import { type PoolMessage, type PoolTask, planTask } from './worker.ts';

export interface RunOptions {
  /** Wall seconds from `startedAt`, the sharing of the bill included. */
  readonly seconds?: number;
  /** Moves of the local search instead of seconds: the answer then depends on the seed alone. */
  readonly iterations?: number;
  /** `performance.now()` of the calling thread at which the budget began; default now. */
  readonly startedAt?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Engines at once; default 1. */
  readonly threads?: number;
  /** An allocation to start from. */
  readonly start?: Allocation;
  readonly onProgress?: OnProgress;
  readonly onIncumbent?: (incumbent: Incumbent) => void;
}

export interface PoolRun {
  /** The plan, shared and with every condition kept; rejects only on a bug. */
  readonly result: Promise<PoolOutcome>;
  /** Asks for the best so far: `result` resolves within about a second. */
  cancel(): void;
}

/** How long after a cancel, or the end of the budget, a worker that judges stability is ended. */
const JUDGE_GRACE_MS = { cancel: 300, budget: 0 };
/** The same for a worker that has no whole outcome yet: finishing its last incumbent here would take long too. */
const SHARE_GRACE_MS = 2_000;

/**
 * Plans in a worker thread, so that the caller's stays free. Where the worker has to be ended, the last incumbent that
 * it posted is finished here, in no time but the sharing of the bill.
 */
export function runPool(problem: PoolProblem, options: RunOptions = {}): PoolRun {
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const startedAt = performance.timeOrigin + (options.startedAt ?? performance.now());
  const { seconds, iterations, seed = 1, threads = 1, start } = options;
  const task: PoolTask = {
    problem,
    startedAt,
    seed,
    threads,
    cancel,
    ...(seconds !== undefined && { seconds }),
    ...(iterations !== undefined && { iterations }),
    ...(start !== undefined && { start }),
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task, execArgv: [] });
  const { promise, resolve, reject } = Promise.withResolvers<PoolOutcome>();
  let incumbent: Incumbent | null = null;
  let unjudged: PoolOutcome | null = null;
  let isDone = false;
  let isLate = false;

  const finish = (outcome: PoolOutcome | Promise<PoolOutcome>): void => {
    if (isDone) return;
    isDone = true;
    for (const timer of timers) clearTimeout(timer);
    resolve(outcome);
    void worker.terminate();
  };
  /** Ends the worker and settles what it last posted. */
  const finishHere = (): void => {
    if (isDone) return;
    Atomics.store(cancel, 0, 1);
    const known = incumbent === null ? {} : { start: incumbent.allocation };
    const { bound = null, iterations: done = 0 } = incumbent ?? {};
    finish(
      planTask({ ...task, ...known }, () => {}).then((outcome) => ({
        ...outcome,
        iterations: Math.max(done, outcome.iterations),
        plan: withBound(outcome, bound),
      })),
    );
  };
  const timers: NodeJS.Timeout[] = [];
  /** Ends the worker `judge` ms from now where it has an outcome, else later. */
  const endSoon = (from: number, judge: number): void => {
    const wait = (ms: number, end: () => void): void => {
      timers.push(setTimeout(end, Math.max(0, from + ms - performance.timeOrigin - performance.now())));
    };
    wait(judge, () => {
      if (unjudged !== null) finish(unjudged);
      else isLate = true;
    });
    wait(judge + SHARE_GRACE_MS, finishHere);
  };
  if (seconds !== undefined) endSoon(startedAt + seconds * 1000, JUDGE_GRACE_MS.budget);

  worker.on('message', (message: PoolMessage) => {
    if (isDone) return;
    if (message.kind === 'progress') options.onProgress?.(message.progress);
    else if (message.kind === 'incumbent') {
      incumbent = message.incumbent;
      options.onIncumbent?.(message.incumbent);
    } else if (message.kind === 'unjudged' && !isLate) unjudged = message.outcome;
    else finish(message.outcome);
  });
  // An engine that gives up (memory, numbers) loses nothing that was found before it did.
  worker.on('error', (error) => {
    if (isDone) return;
    if (unjudged !== null) finish(unjudged);
    else if (incumbent !== null) finishHere();
    else {
      isDone = true;
      for (const timer of timers) clearTimeout(timer);
      reject(error);
    }
  });

  return {
    result: promise,
    cancel() {
      Atomics.store(cancel, 0, 1);
      endSoon(performance.timeOrigin + performance.now(), JUDGE_GRACE_MS.cancel);
    },
  };
}

/** The bound of the worker holds for the finished plan too, where no need has left since. */
function withBound({ plan, left }: PoolOutcome, bound: number | null): PoolOutcome['plan'] {
  if (left.length > 0 || bound === null) return plan;
  return { ...plan, bound: Math.max(bound, plan.bound ?? bound) };
}
