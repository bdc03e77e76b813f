import { Worker } from 'node:worker_threads';
import { type Highs, loadHighs } from './load.ts';

/**
 * A mixed-integer linear program: minimise colCost . x, rowLower <= A x <= rowUpper, colLower <= x <= colUpper,
 * with A in compressed rows. Missing limits are -Infinity and Infinity.
 */
export interface MixedModel {
  readonly numCols: number;
  readonly numRows: number;
  /** Length numCols, finite. */
  readonly colCost: Float64Array;
  readonly colLower: Float64Array;
  readonly colUpper: Float64Array;
  /** Length numRows. */
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** Length numRows + 1: row r has the entries starts[r] .. starts[r + 1] - 1. */
  readonly starts: Int32Array;
  /** Column of each entry; a column at most once a row. */
  readonly indices: Int32Array;
  readonly values: Float64Array;
  /** Length numCols: 1 for a whole-number column, 0 for a continuous one. */
  readonly integrality: Uint8Array;
}

export interface MixedProgress {
  readonly cost: number | null;
  readonly bound: number | null;
  /** Length numCols; only in the events that bring a better answer. */
  readonly solution?: Float64Array;
}

export interface MixedOptions {
  /** Wall seconds from the call, loading of the engine included; Infinity for none. */
  readonly seconds: number;
  readonly seed: number;
  /** An answer to start from, length numCols. Checked; one that does not fit is only a hint. */
  readonly start?: Float64Array;
  /** Relative gap at which an answer counts as optimal; default 0. */
  readonly gap?: number;
  /** Absolute gap at which an answer counts as optimal; default 1e-6. Below 1 where costs are whole: 0.999. */
  readonly absoluteGap?: number;
  /** Most branch-and-bound nodes, for runs that must not depend on time. */
  readonly nodes?: number;
  /** Seconds that a worker may run over before it is ended, the best it has posted being kept; default 1. */
  readonly graceSeconds?: number;
  /** At most some ten calls a second, and one for each better answer. */
  readonly onProgress?: (progress: MixedProgress) => void;
  /** On shared memory; set its first entry to 1 from any thread to ask for the best so far. */
  readonly cancel?: Int32Array;
}

export interface MixedResult {
  /** 'optimal' means proved within the asked gap; 'feasible': an answer without that proof; 'unknown': neither. */
  readonly status: 'optimal' | 'feasible' | 'infeasible' | 'unknown';
  /** Length numCols, whole-number columns rounded to whole numbers; null without an answer. */
  readonly solution: Float64Array | null;
  /** colCost . solution. */
  readonly cost: number | null;
  /** No answer costs less; null where nothing was proved. See {@link safeBound}. */
  readonly bound: number | null;
  /** Branch-and-bound nodes. */
  readonly nodes: number;
}

/** A worker kept warm for many models, one at a time. */
export interface MixedEngine {
  /** Rejects on a model that HiGHS refuses; two solves at once are a mistake of the caller and throw. */
  solve(model: MixedModel, options: MixedOptions): Promise<MixedResult>;
  /** Ends the worker; a running solve settles with the best it has posted. */
  close(): Promise<void>;
}

const HIGHS_DUAL_TOLERANCE = 1e-7;
const ROW_TOLERANCE = 1e-6;
const PROGRESS_MS = 100;

/**
 * HiGHS's dual bound, lessened by what its tolerances may hide: a reduced cost may be wrong by 1e-7 on each
 * column, worth 1e-7 x (upper - lower) there, and sums are rounded at some 1e-9 of their size. 5,000 binaries
 * at 200,000 cents: 5e-4 + 2e-4. Columns without limits add nothing, so give columns limits.
 */
export function safeBound(model: MixedModel, dualBound: number): number {
  let widths = 0;
  for (let column = 0; column < model.numCols; column += 1) {
    const width = model.colUpper[column]! - model.colLower[column]!;
    if (Number.isFinite(width)) widths += width;
  }
  return dualBound - HIGHS_DUAL_TOLERANCE * widths - 1e-9 * Math.abs(dualBound);
}

/** The columns rounded where they must be whole, and their cost. */
function settle(model: MixedModel, columns: Float64Array): { solution: Float64Array; cost: number } {
  const solution = columns.map((value, column) => (model.integrality[column] ? Math.round(value) : value));
  const cost = solution.reduce((sum, value, column) => sum + value * model.colCost[column]!, 0);
  return { solution, cost };
}

/** True when the columns, rounded where they must be whole, keep every limit to 1e-6 of its size. */
export function fits(model: MixedModel, columns: Float64Array): boolean {
  if (columns.length !== model.numCols) return false;
  const { solution } = settle(model, columns);
  const within = (value: number, lower: number, upper: number): boolean =>
    value >= lower - ROW_TOLERANCE * Math.max(1, Math.abs(lower)) &&
    value <= upper + ROW_TOLERANCE * Math.max(1, Math.abs(upper));
  for (let column = 0; column < model.numCols; column += 1) {
    if (!within(solution[column]!, model.colLower[column]!, model.colUpper[column]!)) return false;
  }
  for (let row = 0; row < model.numRows; row += 1) {
    let sum = 0;
    for (let entry = model.starts[row]!; entry < model.starts[row + 1]!; entry += 1) {
      sum += model.values[entry]! * solution[model.indices[entry]!]!;
    }
    if (!within(sum, model.rowLower[row]!, model.rowUpper[row]!)) return false;
  }
  return true;
}

/** Epoch milliseconds on the monotonic clock, the same in every thread of the process. */
const clock = (): number => performance.timeOrigin + performance.now();

/** Solves in this thread, which it blocks: for callers that are workers themselves. */
export async function solveMixedHere(model: MixedModel, options: MixedOptions): Promise<MixedResult> {
  const asked = clock();
  const highs = await loadHighs();
  return solveMixedWith(highs, model, { ...options, seconds: options.seconds - (clock() - asked) / 1000 });
}

/** {@link solveMixedHere} for an engine already loaded; not asynchronous. */
export function solveMixedWith(highs: Highs, model: MixedModel, options: MixedOptions): MixedResult {
  const { callbackType, modelStatus } = highs.constants;
  const isLinear = !model.integrality.includes(1);
  let best = options.start && fits(model, options.start) ? settle(model, options.start) : null;
  let bound: number | null = null;
  let nodes = 0;
  let lastPosted = Number.NEGATIVE_INFINITY;

  const raiseBound = (dualBound: number | undefined): void => {
    if (dualBound === undefined || !Number.isFinite(dualBound)) return;
    bound = Math.max(bound ?? Number.NEGATIVE_INFINITY, safeBound(model, dualBound));
  };
  const post = (solution?: Float64Array): void => {
    lastPosted = performance.now();
    options.onProgress?.({ cost: best?.cost ?? null, bound, ...(solution && { solution }) });
  };
  const offer = (columns: Float64Array): void => {
    const settled = settle(model, columns);
    if (best && best.cost <= settled.cost) return;
    if (!fits(model, columns)) return;
    best = settled;
    post(settled.solution);
  };
  const result = (status: MixedResult['status']): MixedResult => ({
    status,
    solution: best?.solution ?? null,
    cost: best?.cost ?? null,
    // An answer's own cost is the most that a bound can be: a relaxed answer within tolerance may lie above.
    bound: bound !== null && best ? Math.min(bound, best.cost) : bound,
    nodes,
  });
  const cancelled = (): boolean => options.cancel !== undefined && Atomics.load(options.cancel, 0) === 1;
  if (options.seconds <= 0 || cancelled()) return result(best ? 'feasible' : 'unknown');
  if (best) post(best.solution);

  using native = highs.createModel({
    numCols: model.numCols,
    numRows: model.numRows,
    colCost: model.colCost,
    colLower: model.colLower,
    colUpper: model.colUpper,
    rowLower: model.rowLower,
    rowUpper: model.rowUpper,
    matrix: {
      format: 'csr',
      numRows: model.numRows,
      numCols: model.numCols,
      starts: model.starts,
      indices: model.indices,
      values: model.values,
    },
    ...(!isLinear && { integrality: Int32Array.from(model.integrality) }),
  });
  native.options.set({
    output_flag: false,
    random_seed: Math.abs(Math.trunc(options.seed)) % 2147483647,
    mip_rel_gap: options.gap ?? 0,
    mip_abs_gap: options.absoluteGap ?? 1e-6,
    ...(Number.isFinite(options.seconds) && { time_limit: options.seconds }),
    ...(options.nodes !== undefined && { mip_max_nodes: options.nodes }),
  });
  if (options.start) native.setSolution({ colValue: options.start });
  native.run({
    [callbackType.mipImprovingSolution](event) {
      if (event.data.mip_solution) offer(event.data.mip_solution);
    },
    [callbackType.mipInterrupt](event) {
      raiseBound(event.data.mip_dual_bound);
      nodes = Math.max(nodes, Number(event.data.mip_node_count ?? 0n));
      if (cancelled()) event.interrupt();
      else if (performance.now() - lastPosted >= PROGRESS_MS) post();
    },
    [callbackType.simplexInterrupt](event) {
      if (cancelled()) event.interrupt();
    },
  });

  const status = native.getModelStatus();
  if (status === modelStatus.infeasible) return best ? result('feasible') : result('infeasible');
  if (status === modelStatus.unboundedOrInfeasible || status === modelStatus.unbounded)
    return result('unknown');
  const isOptimal = status === modelStatus.optimal;
  const hasSolution = native.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
  if (hasSolution) offer(Float64Array.from(native.getSolution().colValue));
  if (!isLinear) {
    raiseBound(Number(native.info.get('mip_dual_bound')));
    nodes = Math.max(nodes, Number(native.info.get('mip_node_count')));
  } else if (isOptimal) {
    raiseBound(native.getObjectiveValue());
  }
  return result(best ? (isOptimal ? 'optimal' : 'feasible') : 'unknown');
}

/** What crosses to the worker: everything but the functions. */
export interface MixedRequest {
  readonly model: MixedModel;
  readonly options: Omit<MixedOptions, 'onProgress' | 'cancel' | 'seconds' | 'graceSeconds'>;
  /** Epoch milliseconds, see `clock`. */
  readonly deadline: number;
  readonly cancel: Int32Array<SharedArrayBuffer>;
}

/** What comes back. `exhausted`: the engine broke (out of memory) and must not be used again. */
export type MixedReply =
  | { readonly kind: 'progress'; readonly progress: MixedProgress }
  | { readonly kind: 'result'; readonly result: MixedResult }
  | { readonly kind: 'failed'; readonly message: string; readonly exhausted: boolean };

/** Answers one request in the worker's thread. */
export async function answerMixed(request: MixedRequest, reply: (reply: MixedReply) => void): Promise<void> {
  try {
    const result = await solveMixedHere(request.model, {
      ...request.options,
      cancel: request.cancel,
      seconds: (request.deadline - clock()) / 1000,
      onProgress: (progress) => reply({ kind: 'progress', progress }),
    });
    reply({ kind: 'result', result });
  } catch (error) {
    const exhausted = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    reply({ kind: 'failed', message: String(error), exhausted });
  }
}

/** HiGHS looks at its flag between callbacks only, up to 3 s apart at a large root: then the worker is ended. */
const GRACE_SECONDS = 1;
const WATCH_MS = 25;

/** Opens a worker with a warm engine; the first solve does not wait for its loading more than needed. */
export function openMixed(): MixedEngine {
  const start = (): Worker => new Worker(new URL('./mixed-worker.ts', import.meta.url), { execArgv: [] });
  let worker: Worker | null = start();
  let stopRunning: (() => Promise<void>) | null = null;
  const discard = async (): Promise<void> => {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  };

  const solve = async (model: MixedModel, options: MixedOptions): Promise<MixedResult> => {
    if (stopRunning) throw new Error('a MixedEngine solves one model at a time');
    const deadline = clock() + options.seconds * 1000;
    const current = worker ?? start();
    worker = current;
    const { onProgress, cancel, seconds: _, graceSeconds, ...plain } = options;
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const { promise, resolve, reject } = Promise.withResolvers<MixedResult>();
    let best = options.start && fits(model, options.start) ? settle(model, options.start) : null;
    let bound: number | null = null;
    const graceMs = 1000 * (graceSeconds ?? GRACE_SECONDS);
    let stopBy = deadline + graceMs;

    const giveUp = async (): Promise<void> => {
      await discard();
      const { solution = null, cost = null } = best ?? {};
      resolve({ status: best ? 'feasible' : 'unknown', solution, cost, bound, nodes: 0 });
    };
    stopRunning = giveUp;
    const watch = setInterval(() => {
      if (cancel && Atomics.load(cancel, 0) === 1 && Atomics.exchange(flag, 0, 1) === 0) {
        stopBy = Math.min(stopBy, clock() + graceMs);
      }
      if (clock() >= stopBy) void giveUp();
    }, WATCH_MS);
    const hear = (reply: MixedReply): void => {
      if (reply.kind === 'result') resolve(reply.result);
      else if (reply.kind === 'failed') {
        if (reply.exhausted) void giveUp();
        else reject(new Error(reply.message));
      } else {
        const { solution, cost } = reply.progress;
        if (solution && cost !== null) best = { solution, cost };
        bound = reply.progress.bound ?? bound;
        onProgress?.(reply.progress);
      }
    };
    const fail = (error: unknown): void => {
      worker = null;
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    current.on('message', hear);
    current.once('error', fail);
    const request: MixedRequest = { model, options: plain, deadline, cancel: flag };
    current.postMessage(request);
    try {
      return await promise;
    } finally {
      clearInterval(watch);
      current.off('message', hear);
      current.off('error', fail);
      stopRunning = null;
    }
  };

  return { solve, close: () => stopRunning?.() ?? discard() };
}

/**
 * Solves in a worker thread of its own, so that the caller's thread stays free: at the latest one second after
 * the deadline or a cancel it resolves, with the best answer and bound known then.
 */
export async function solveMixed(model: MixedModel, options: MixedOptions): Promise<MixedResult> {
  const engine = openMixed();
  try {
    return await engine.solve(model, options);
  } finally {
    await engine.close();
  }
}
