import { setImmediate as nextTick } from 'node:timers/promises';
import { type MixedEngine, openMixed } from '../highs/mixed.ts';
import type { OnProgress } from '../progress.ts';
import { seededRandom } from '../random.ts';
import { type Budget, isCancelled, millisecondsLeft } from '../stop.ts';
import { answerOf, costOf, type SscflpAnswer, type SscflpInstance } from './sscflp.ts';
import { createBranch } from './sscflp-branch.ts';
import { buildProgramme, countColumns } from './sscflp-mixed.ts';
import { leastCost, type SscflpModel, sscflpModel } from './sscflp-relaxation.ts';
import type { Found } from './sscflp-search.ts';

export interface SscflpOptions {
  /** Iterations leave time, and with it HiGHS, out of the run: the answer depends on the seed alone. */
  readonly budget: Budget;
  readonly seed: number;
  /** From 2 on, HiGHS works beside the own search instead of after it; default 1. */
  readonly threads?: number;
  readonly onProgress?: OnProgress;
}

export interface SscflpOutcome {
  /** Null where none was found. */
  readonly answer: SscflpAnswer | null;
  readonly cost: number | null;
  /** No answer costs less; null where nothing was proved. */
  readonly bound: number | null;
  /** The answer is proved best, or, without an answer, that there is none. */
  readonly isProved: boolean;
  /** Seconds of the budget until the answer was found; null where none was. */
  readonly secondsToBest: number | null;
  /** Subgradient steps and shakes of the own search. */
  readonly iterations: number;
  /** Columns of what HiGHS was asked; null where it was not. */
  readonly highsColumns: number | null;
}

/** The own search has this part of the budget to itself, and not less than some seconds: most are proved by then. */
const OWN_SHARE = 1 / 3;
const OWN_SECONDS = 3;
/** HiGHS is not worth its loading for less. */
const LEAST_HIGHS_SECONDS = 1;
/** HiGHS takes over what has at most so many columns left; on larger ones the own search does better alone. */
const MOST_COLUMNS = 2500;
/** Left at the end for ending the worker, checking and writing: this part of the budget, at most so long. */
const RESERVE_SHARE = 0.05;
const RESERVE_MS = 200;
const GRACE_SECONDS = 0.05;
const SLICE_MS = 25;
const PROGRESS_MS = 100;

/**
 * Solves single-source capacitated facility location: first an own branch and bound on the Lagrangian relaxation with
 * a local search in it, then, from a third of the budget on, HiGHS on what the reduced costs leave, from the best
 * answer. Runs in the caller's thread, giving way to its events every 25 ms; HiGHS in a worker thread.
 *
 * The bound is always proved; the answer always keeps the capacities.
 */
export async function solveSscflp(instance: SscflpInstance, options: SscflpOptions): Promise<SscflpOutcome> {
  const { budget, seed, threads = 1, onProgress } = options;
  const model = sscflpModel(instance);
  const branch = createBranch(model, seededRandom(seed));
  const own = branch.run();
  const startedAt = budget.startedAt ?? performance.now();
  const timed: Budget = { ...budget, startedAt };
  const reserve = Math.min(RESERVE_MS, 1000 * RESERVE_SHARE * (budget.seconds ?? 0));
  const deadline = performance.now() + millisecondsLeft(timed) - reserve;
  const ownEnd = performance.now() + Math.max((deadline - startedAt) * OWN_SHARE, 1000 * OWN_SECONDS);
  const handOver = ownEnd + 1000 * LEAST_HIGHS_SECONDS <= deadline ? ownEnd : deadline;
  let highsBound = Number.NEGATIVE_INFINITY;
  let isProvedByHighs = false;
  let highsColumns: number | null = null;
  let engine: MixedEngine | undefined;

  const bound = (): number => Math.max(branch.state().bound, highsBound);
  const isProved = (): boolean => {
    const { best, isProved: isProvedByBranch } = branch.state();
    return isProvedByBranch || isProvedByHighs || (best !== null && bound() >= best.cost);
  };
  let lastShown = Number.NEGATIVE_INFINITY;
  let bestSeen: Found | null = null;
  let secondsToBest: number | null = null;
  const show = (): void => {
    const now = performance.now();
    if (branch.state().best !== bestSeen) {
      bestSeen = branch.state().best;
      secondsToBest = (now - startedAt) / 1000;
    }
    if (!onProgress || now - lastShown < PROGRESS_MS) return;
    lastShown = now;
    const { best, iterations } = branch.state();
    onProgress({
      seconds: (now - startedAt) / 1000,
      cost: best ? best.cost / model.scale : null,
      bound: Number.isFinite(bound()) ? bound() / model.scale : null,
      iterations,
    });
  };

  const isOver = (until: number): boolean =>
    isProved() ||
    isCancelled(budget) ||
    performance.now() >= until ||
    (budget.iterations !== undefined && branch.state().iterations >= budget.iterations);

  /** The own search until then, giving way to the events of its thread. */
  const searchUntil = async (until: number): Promise<void> => {
    while (!isOver(until)) {
      const sliceEnd = performance.now() + SLICE_MS;
      do own.next();
      while (performance.now() < sliceEnd && !isOver(until));
      show();
      await nextTick();
    }
  };

  /** HiGHS on what can hold an answer as good as the best; only where that is small enough. */
  const solveRest = async (): Promise<void> => {
    const { best } = branch.state();
    const region = branch.regionUpTo(best?.cost ?? Number.MAX_VALUE);
    if (region === null || countColumns(model, region) > MOST_COLUMNS) return;
    const programme = buildProgramme(model, region);
    highsColumns = programme.mixed.numCols;
    engine = openMixed();
    // Outside the region every answer costs more than the best, so a bound inside it holds up to that cost.
    const raise = (value: number | null): void => {
      const cap = branch.state().best?.cost ?? Number.POSITIVE_INFINITY;
      if (value !== null) highsBound = Math.max(highsBound, Math.min(leastCost(model, value), cap));
    };
    const accept = (solution: Float64Array): void =>
      branch.offer(foundIn(model, programme.assignmentOf(solution)));
    try {
      const result = await engine.solve(programme.mixed, {
        seconds: (deadline - performance.now()) / 1000,
        graceSeconds: GRACE_SECONDS,
        seed,
        ...(best && { start: programme.columnsOf(best.assign) }),
        ...(model.isExact && { absoluteGap: 0.999 }),
        ...(budget.cancel && { cancel: budget.cancel }),
        onProgress: (progress) => {
          if (progress.solution) accept(progress.solution);
          raise(progress.bound);
          show();
        },
      });
      if (result.solution) accept(result.solution);
      raise(result.bound);
      // Infeasible means that nothing is as good as the best, or, without one, that nothing fits at all.
      isProvedByHighs = result.status === 'optimal' || result.status === 'infeasible';
    } finally {
      await engine.close();
    }
  };

  if (budget.seconds === undefined || budget.iterations !== undefined) {
    await searchUntil(deadline);
  } else if (threads === 1) {
    await searchUntil(handOver);
    if (!isOver(deadline)) await solveRest();
    await searchUntil(deadline);
  } else {
    await searchUntil(handOver);
    const beside = isOver(deadline) ? Promise.resolve() : solveRest();
    await searchUntil(deadline);
    await engine?.close();
    await beside;
  }

  show();
  const { best, iterations } = branch.state();
  const answer = best && answerOf(best.assign);
  const cost = answer && costOf(instance, answer);
  const proved = bound() / model.scale;
  return {
    answer,
    cost,
    // Recounting in the file's money may differ by a rounding: a bound is never above its answer.
    bound: Number.isFinite(proved) ? (cost === null ? proved : Math.min(proved, cost)) : null,
    isProved: isProved(),
    secondsToBest,
    iterations,
    highsColumns,
  };
}

/** An assignment with its cost, recounted; null where it does not keep the capacities. */
function foundIn(model: SscflpModel, assign: Int32Array): Found | null {
  const load = new Float64Array(model.facilities);
  const isOpen = new Uint8Array(model.facilities);
  let cost = 0;
  for (let i = 0; i < model.customers; i += 1) {
    const j = assign[i]!;
    if (j < 0) return null;
    load[j] = load[j]! + model.demand[i]!;
    if (isOpen[j] === 0) cost += model.fixed[j]!;
    isOpen[j] = 1;
    cost += model.cost[j * model.customers + i]!;
  }
  return load.every((l, j) => l <= model.capacity[j]!) ? { assign, cost } : null;
}
