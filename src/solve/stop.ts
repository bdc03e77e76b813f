/** When a solver ends. Seconds make results differ between runs; iterations do not. */
export interface Budget {
  /** Wall seconds from `startedAt`. */
  readonly seconds?: number;
  /** Iterations of the local search; with it, time plays no part and the answer depends on the seed alone. */
  readonly iterations?: number;
  /** `performance.now()` at which the budget began (the process start for the command line: 0). */
  readonly startedAt?: number;
  /** Set to 1 by another thread to ask for the best answer so far. */
  readonly cancel?: Int32Array;
}

/** Milliseconds left of a budget; Infinity when it has no seconds. */
export const millisecondsLeft = (budget: Budget, now = performance.now()): number =>
  budget.seconds === undefined
    ? Number.POSITIVE_INFINITY
    : (budget.startedAt ?? 0) + budget.seconds * 1000 - now;

/** True once somebody asked to stop. */
export const isCancelled = (budget: Budget): boolean =>
  budget.cancel !== undefined && Atomics.load(budget.cancel, 0) === 1;
