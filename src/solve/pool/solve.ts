import { type MixedEngine, openMixed } from '../highs/mixed.ts';
import { seededRandom } from '../random.ts';
import { type Budget, isCancelled, millisecondsLeft } from '../stop.ts';
import { createLagrange, type Lagrange } from './lagrange.ts';
import { type Component, compileModel, type PoolModel, type Seating, seatingCost } from './model.ts';
import type { PoolProblem } from './problem.ts';
import { type Freedom, seatingFaults, writeProgramme } from './programme.ts';
import { createSearch, type Search } from './search.ts';

/** The best answer known for one component, with a bound for the needs in its model and those that left. */
export interface Part {
  readonly model: PoolModel;
  readonly seating: Seating;
  /** Sessions + individual + travel + penalties, cents; penalties of needs that left included. */
  readonly cost: number;
  /** No answer of the component costs less; whole cents. */
  readonly bound: number;
}

/** Seats to start from, in whatever model of the component they were found; repaired where they break conditions. */
export interface Start {
  readonly model: PoolModel;
  readonly seating: Seating;
}

/** Warm HiGHS workers: starting one takes longer than many a component. */
export interface Engines {
  take(): MixedEngine;
  give(engine: MixedEngine): void;
  close(): Promise<void>;
}

/** Opens workers as they are asked for. */
export function openEngines(): Engines {
  const idle: MixedEngine[] = [];
  return {
    take: () => idle.pop() ?? openMixed(),
    give: (engine) => void idle.push(engine),
    close: async () => void (await Promise.all(idle.splice(0).map((engine) => engine.close()))),
  };
}

export interface SolveOptions {
  /** `seconds` end the whole call; with `iterations` the answer depends on the seed alone. */
  readonly budget: Budget;
  readonly seed: number;
  /** Engines that may run at once; default 1. */
  readonly threads?: number;
  /** Kept warm from one call to the next by a caller that closes them; absent: opened and closed by the call. */
  readonly engines?: Engines;
  /** Needs (places in `problem.needs`) that count as unserved. */
  readonly left?: ReadonlySet<number>;
  /** Of each component: seats to start from. */
  readonly starts?: readonly (Start | null)[];
  /** Of each component: a bound known beforehand, for the same needs gone. */
  readonly bounds?: readonly number[];
  /** Called after each better answer or bound of a component; `parts` in the order of the components. */
  readonly onParts?: (parts: readonly Part[], iterations: number) => void;
}

/** Beyond this many edges the whole component is too large for the engine: parts of it are freed instead. */
const WHOLE_PROGRAMME = 9_000;
/** Part of the time that such a component is searched; the restricted programmes have the rest. */
const LARGE_SHARE = 0.8;
/** Edges of a restricted programme. */
const PART_PROGRAMME = 5_000;
const ENGINE_GRACE_MS = 150;
/** Heat of every second cooling of a small component. */
const REHEAT = 6;
/** Moves between two looks at the clock. */
const CHUNK = 20;

interface Task {
  readonly model: PoolModel;
  readonly search: Search;
  readonly lagrange: Lagrange;
  /** Penalties of the needs that left. */
  readonly constant: number;
  bound: number;
  /** Best cost when seats were last exchanged along cycles. */
  polished: number;
}

const isProved = (task: Task): boolean => task.bound >= task.search.bestCost;

/**
 * Solves components that do not touch each other. First greedy, local search and the Lagrangian bound on each, for at
 * least a third of the time unless all is proved or nothing has moved for long in components that the engine can
 * prove; then HiGHS on each that is not proved, from that answer: whole where the programme is small, else around the
 * sessions that the bound leaves open.
 *
 * With `budget.iterations` no clock is read: the moves are shared out by size, and the engine stops by nodes.
 */
export async function solveComponents(
  problem: PoolProblem,
  components: readonly Component[],
  options: SolveOptions,
): Promise<{ parts: Part[]; iterations: number }> {
  const { budget, seed, left = new Set<number>() } = options;
  const tasks: Task[] = [];
  const partOf = (task: Task): Part => ({
    model: task.model,
    seating: task.search.best,
    cost: task.search.bestCost + task.constant,
    bound: Math.min(task.bound, task.search.bestCost) + task.constant,
  });
  const iterations = (): number => tasks.reduce((sum, t) => sum + t.search.iterations, 0);
  const post = (): void => options.onParts?.(tasks.map(partOf), iterations());

  for (const [k, component] of components.entries()) {
    const model = compileModel(problem, component, left);
    const search = createSearch(model, seededRandom(seed * 7919 + k), options.starts?.[k] ?? null);
    const lagrange = createLagrange(model);
    const gone = component.needs.filter((i) => left.has(i)).map((i) => problem.needs[i]!);
    const constant = gone.reduce((sum, n) => sum + n.seats * n.unservedPenalty, 0);
    const known = (options.bounds?.[k] ?? Number.NEGATIVE_INFINITY) - constant;
    const bound = Math.max(lagrange.state.bound, known);
    tasks.push({
      model,
      search,
      lagrange,
      constant,
      bound,
      polished: Number.POSITIVE_INFINITY,
    });
  }
  post();

  const weights = tasks.map((t) => (isProved(t) ? 0 : t.model.edgeCount + t.model.needCount));
  const allWeight = weights.reduce((a, b) => a + b, 0);
  const begun = performance.now();
  const available = millisecondsLeft(budget, begun);
  let weightDone = 0;
  for (const [k, task] of tasks.entries()) {
    if (weights[k] === 0) continue;
    weightDone += weights[k]!;
    if (budget.iterations === undefined) {
      const share = canBeWhole(task.model) ? 1 / 3 : LARGE_SHARE;
      searchUntil(task, begun, begun + (available * share * weightDone) / allWeight, budget, post);
    } else searchFor(task, Math.ceil((budget.iterations * weights[k]!) / allWeight), post);
  }

  const unproved = tasks
    .filter((t) => !isProved(t) && t.model.needCount > 0)
    .sort((a, b) => a.model.edgeCount - b.model.edgeCount);
  const lanes = Math.min(Math.max(1, options.threads ?? 1), unproved.length);
  if (unproved.length > 0 && !isCancelled(budget) && millisecondsLeft(budget) > 50) {
    const queue = [...unproved];
    const engines = options.engines ?? openEngines();
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        const engine = engines.take();
        // HiGHS may not look at its flag or clock for seconds: soon after a cancel or the end its worker is ended.
        let ending: NodeJS.Timeout | undefined;
        const watch = setInterval(() => {
          if (!isCancelled(budget) && millisecondsLeft(budget) > 0) return;
          ending ??= setTimeout(() => void engine.close(), ENGINE_GRACE_MS);
        }, 20);
        try {
          for (let task = queue.shift(); task !== undefined && !isCancelled(budget); task = queue.shift()) {
            const seconds = (millisecondsLeft(budget) / 1000 / (queue.length + 1)) * lanes;
            await prove(engine, task, Math.min(seconds, millisecondsLeft(budget) / 1000), options, post);
          }
        } finally {
          clearInterval(watch);
          clearTimeout(ending);
          engines.give(engine);
        }
      }),
    );
    if (options.engines === undefined) await engines.close();
  }
  for (const task of tasks) task.search.offer(boughtWhereCheaper(task.model, task.search.best));
  post();
  return { parts: tasks.map(partOf), iterations: iterations() };
}

const canBeWhole = (model: PoolModel): boolean => model.edgeCount <= WHOLE_PROGRAMME;

/** Raises the bound a little; false once it has settled. */
function raiseBound(task: Task, steps: number): boolean {
  if (task.lagrange.isSettled) return false;
  task.lagrange.run(steps, task.search.bestCost);
  task.bound = Math.max(task.bound, task.lagrange.state.bound);
  return true;
}

/** Bound first, then moves in chunks until the clock says `until`; earlier where the engine can take over. */
function searchUntil(task: Task, from: number, until: number, budget: Budget, post: () => void): void {
  const start = performance.now();
  const span = Math.max(1, until - start);
  // A small component cools in a number of moves, again and again, every second time from hotter: it may have to give
  // up a whole course to serve it otherwise. A large one cools once, over all its time.
  const cycle = canBeWhole(task.model) ? 500 + 20 * (task.model.needCount + task.model.sessionCount) : 0;
  let lastGain = 0;
  let lastCost = task.search.bestCost;
  let lastPost = from;
  let nextPolish = 0;
  while (
    !isCancelled(budget) &&
    !isProved(task) &&
    performance.now() < start + 0.4 * span &&
    raiseBound(task, 20)
  );
  while (!isCancelled(budget) && !isProved(task)) {
    const now = performance.now();
    if (now >= until) break;
    const time = Math.min(1, (now - start) / span);
    const progress = cycle > 0 ? (task.search.iterations % cycle) / cycle : time;
    const isHot = cycle > 0 && Math.floor(task.search.iterations / cycle) % 2 === 1;
    task.search.run(CHUNK, progress, isHot ? REHEAT : 1);
    if (time >= nextPolish) {
      polish(task);
      nextPolish = time + 0.02;
    }
    if (task.search.bestCost < lastCost) {
      lastCost = task.search.bestCost;
      lastGain = task.search.iterations;
    } else if (cycle > 0 && task.search.iterations - lastGain > 4 * cycle && !raiseBound(task, 100)) break;
    if (now - lastPost > 100) {
      lastPost = now;
      post();
    }
  }
  if (!isCancelled(budget)) polish(task);
}

/** A fixed number of moves, without a clock. */
function searchFor(task: Task, count: number, post: () => void): void {
  for (let done = 0; done < count && !isProved(task); done += CHUNK) {
    raiseBound(task, 10);
    task.search.run(Math.min(CHUNK, count - done), done / count);
    if (done % (CHUNK * 50) === 0) {
      polish(task);
      post();
    }
  }
  for (let k = 0; k < 200 && raiseBound(task, 10); k += 1);
  polish(task);
}

function polish(task: Task): void {
  if (task.search.bestCost >= task.polished) return;
  task.search.polish();
  task.polished = task.search.bestCost;
}

/** HiGHS from the best answer, for `seconds` at most. */
async function prove(
  engine: MixedEngine,
  task: Task,
  seconds: number,
  options: SolveOptions,
  post: () => void,
): Promise<void> {
  const { budget } = options;
  const endsAt = performance.now() + seconds * 1000;
  const isTimed = budget.iterations === undefined;
  if (canBeWhole(task.model)) {
    await solveAround(engine, task, null, isTimed ? seconds : Number.POSITIVE_INFINITY, options, post);
    return;
  }
  const rounds = isTimed ? Number.POSITIVE_INFINITY : 2;
  for (let round = 0; round < rounds && !isProved(task) && !isCancelled(budget); round += 1) {
    const left = (endsAt - performance.now()) / 1000;
    if (isTimed && left < 0.5) return;
    const freedom = freeAround(task, round);
    const slice = isTimed ? Math.min(left, Math.max(2, seconds / 3)) : Number.POSITIVE_INFINITY;
    await solveAround(engine, task, freedom, slice, options, post);
  }
}

async function solveAround(
  engine: MixedEngine,
  task: Task,
  free: Freedom | null,
  seconds: number,
  options: SolveOptions,
  post: () => void,
): Promise<void> {
  const { model, search } = task;
  const around = search.best;
  const programme = writeProgramme(model, free === null ? null : { around, free });
  const { budget } = options;
  const take = (columns: Float64Array): void => {
    const seating = programme.decode(columns);
    if (seatingCost(model, seating) < search.bestCost && seatingFaults(model, seating).length === 0)
      search.offer(seating);
  };
  const raise = (bound: number | null): void => {
    // Costs are whole cents: a bound of 100.2 is one of 101.
    if (free === null && bound !== null)
      task.bound = Math.max(task.bound, Math.ceil(bound + programme.constant - 1e-6));
  };
  const result = await engine.solve(programme.mixed, {
    seconds,
    seed: options.seed,
    start: programme.encode(around),
    absoluteGap: 0.999,
    ...(budget.iterations !== undefined && { nodes: Math.max(1, Math.min(budget.iterations, 20_000)) }),
    ...(budget.cancel !== undefined && { cancel: budget.cancel }),
    onProgress: (p) => {
      if (p.solution) take(p.solution);
      raise(p.bound);
      post();
    },
  });
  if (result.solution !== null) take(result.solution);
  raise(result.bound);
  // "Optimal" is within 0.999 cents of the bound, and costs are whole: no cheaper answer exists.
  if (free === null && result.status === 'optimal' && result.cost !== null)
    task.bound = Math.max(
      task.bound,
      Math.min(search.bestCost, Math.round(result.cost + programme.constant)),
    );
}

/**
 * The sessions that the bound is least sure of (reduced cost nearest 0) may change, the others stay; of each need, the
 * edges that are cheapest at the bound's prices, and those it sits on. Each round frees other sessions.
 */
function freeAround(task: Task, round: number): Freedom {
  const { model, search, lagrange } = task;
  const { reduced, duals } = lagrange.state;
  const { seated } = search.best;
  const load = new Int32Array(model.sessionCount);
  for (let e = 0; e < model.edgeCount; e += 1) load[model.edgeSession[e]!]! += seated[e]!;
  const doubt = (j: number): number => {
    // A session open against the bound's advice, or closed against it, is in doubt first.
    const against = load[j]! > 0 === reduced[j]! > 0;
    return against ? -Math.abs(reduced[j]!) : Math.abs(reduced[j]!);
  };
  const order = Array.from(reduced.keys()).sort((a, b) => doubt(a) - doubt(b) || a - b);
  const random = seededRandom(round);
  const count = Math.min(model.sessionCount, 40 + 15 * (round % 3));
  const sessions = new Uint8Array(model.sessionCount);
  for (const [rank, j] of order.entries())
    if (round === 0 ? rank < count : random.next() < Math.min(1, (2 * count) / (rank + count)))
      sessions[j] = 1;
  const perNeed = Math.max(3, Math.floor(PART_PROGRAMME / Math.max(1, model.needCount)));
  const edges = new Uint8Array(model.edgeCount);
  const slack = (e: number): number => model.edgeCost[e]! - duals.need[model.edgeNeed[e]!]!;
  for (let i = 0; i < model.needCount; i += 1) {
    const list: number[] = [];
    for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1) {
      const j = model.edgeSession[e]!;
      if (seated[e]! > 0) edges[e] = 1;
      else if (sessions[j] === 1 || load[j]! > 0) list.push(e);
    }
    for (const e of list.sort((a, b) => slack(a) - slack(b)).slice(0, perNeed)) edges[e] = 1;
  }
  return { sessions, edges };
}

/**
 * Where the seats served on a course cost more in sessions than at its catalogue price, they are bought: the same
 * seats, so every count stays met. An optimal answer never needs it; it makes the promise hold for any other.
 */
export function boughtWhereCheaper(model: PoolModel, seating: Seating): Seating {
  const seated = seating.seated.slice();
  const bought = seating.bought.slice();
  for (let c = 0; c < model.courseCount; c += 1) {
    let cost = 0;
    let alone = 0;
    for (let j = 0; j < model.sessionCount; j += 1) {
      if (model.sessionCourse[j] !== c) continue;
      let load = 0;
      for (const e of model.sessionEdges[j]!) {
        load += seated[e]!;
        if (seated[e]! > 0) {
          cost += seated[e]! * model.edgeCost[e]!;
          alone += seated[e]! * model.price[model.edgeNeed[e]!]!;
        }
      }
      if (load > 0) cost += model.fixed[j]!;
    }
    if (!(alone < cost)) continue;
    for (let e = 0; e < model.edgeCount; e += 1) {
      const i = model.edgeNeed[e]!;
      if (model.needCourse[i] !== c || seated[e] === 0) continue;
      bought[i]! += seated[e]!;
      seated[e] = 0;
    }
  }
  return { seated, bought };
}
