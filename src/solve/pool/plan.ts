import type { OnProgress } from '../progress.ts';
import { type Budget, isCancelled, millisecondsLeft } from '../stop.ts';
import { allocationOf, type Component, compileModel, seatingOf, splitComponents } from './model.ts';
import type { Allocation, PoolPlan, PoolProblem, Share, Stability, UnservedReason } from './problem.ts';
import { explainUnserved } from './reasons.ts';
import { openEngines, type Part, type Start, solveComponents } from './solve.ts';

/** Who pays what for an allocation, and whether any group would rather leave. */
export interface Settled extends Stability {
  readonly billed: number;
  readonly shares: readonly Share[];
  readonly scarce: boolean;
}

/** Shares the bill of an allocation; without `stability`, the core is not judged (it is then 'undecided'). */
export type Settle = (
  problem: PoolProblem,
  allocation: Allocation,
  options: { budget: Budget; seed: number; stability: boolean },
) => Promise<Settled>;

/** The best allocation so far, for those who may have to end the run at any moment. */
export interface Incumbent {
  readonly allocation: Allocation;
  readonly cost: number;
  readonly bound: number | null;
  readonly iterations: number;
}

export interface PlanOptions {
  readonly budget: Budget;
  readonly seed: number;
  readonly threads?: number;
  readonly settle: Settle;
  /** An allocation to start from, of this problem or of one much like it. */
  readonly start?: Allocation;
  readonly onProgress?: OnProgress;
  /** Called with each better allocation of the first solve, ceilings aside. */
  readonly onIncumbent?: (incumbent: Incumbent) => void;
  /** Called once with the whole outcome before stability is judged, which may take the rest of the time. */
  readonly onOutcome?: (outcome: PoolOutcome) => void;
}

export interface PoolOutcome {
  readonly plan: PoolPlan;
  readonly iterations: number;
  /** Ids of the needs that left because their ceiling could not be kept, in input order. */
  readonly left: readonly string[];
}

/**
 * Shares of the budget at which the first solve, then the ceilings, then a last look at the plan that keeps them must
 * be done; the rest shares the bill and judges stability.
 */
const SOLVE_SHARE = { plain: 0.75, ceilings: 0.35 };
const CEILING_SHARE = 0.65;
const HURRY_SHARE = 0.7;
const LAST_SHARE = 0.8;
/** Every company's least cost alone is computed for its share: time kept for each, up to half of the budget. */
const ALONE_MS = 5;

/**
 * Plans pooled sessions: solves the problem with its count conditions, shares the bill, and keeps every ceiling. While
 * ceilings are broken, the need most above its own (cents a seat; ties in input order) leaves and the plan is solved
 * again; then each that left is tried again, fewest seats first, until no single one can come back.
 *
 * Out of time, those whose ceiling is broken leave together, and no more is tried: no condition is ever broken.
 */
export async function planPool(problem: PoolProblem, options: PlanOptions): Promise<PoolOutcome> {
  const planner = createPlanner(problem, options);
  try {
    return await planWith(planner, options);
  } finally {
    await planner.close();
  }
}

async function planWith(planner: Planner, options: PlanOptions): Promise<PoolOutcome> {
  const { problem } = planner;
  const hasCeilings = problem.needs.some((n) => n.maxPricePerSeat !== undefined);
  const { budget } = options;
  const total = millisecondsLeft(budget);
  const began = performance.now();
  const sharing = Math.min(0.5 * total, ALONE_MS * new Set(problem.needs.map((n) => n.company)).size);
  const until = (share: number): number => began + Math.min(share * total, total - sharing);

  let left = new Set<number>();
  let parts = await planner.solve(left, until(hasCeilings ? SOLVE_SHARE.ceilings : SOLVE_SHARE.plain));
  if (hasCeilings) {
    ({ left, parts } = await keepCeilings(planner, left, parts, options, until));
    parts = await lookAgain(planner, left, parts, until(LAST_SHARE));
  }
  let settled = await planner.settle(left, parts, false);
  for (let broken = planner.broken(left, parts, settled); broken.length > 0; ) {
    // Only where time ran out before the shares were exact.
    left = new Set([...left, ...broken.map((b) => b.need)]);
    parts = await planner.solve(left, performance.now() + 200);
    settled = await planner.settle(left, parts, false);
    broken = planner.broken(left, parts, settled);
  }
  const outcome = planner.outcome(left, parts, settled);
  options.onOutcome?.(outcome);
  if (isCancelled(budget)) return outcome;
  const judged = await planner.settle(left, parts, true);
  return planner.broken(left, parts, judged).length > 0 ? outcome : planner.outcome(left, parts, judged);
}

type Planner = ReturnType<typeof createPlanner>;

async function keepCeilings(
  planner: Planner,
  first: Set<number>,
  firstParts: readonly Part[],
  { budget }: PlanOptions,
  until: (share: number) => number,
): Promise<{ left: Set<number>; parts: readonly Part[] }> {
  const { problem } = planner;
  let left = first;
  let parts = firstParts;
  const hurried = (): boolean => isCancelled(budget) || performance.now() > until(CEILING_SHARE);
  const solveBy = (): number => {
    const now = performance.now();
    return hurried() ? now + 50 : now + Math.max(50, (until(CEILING_SHARE) - now) / 6);
  };
  const brokenNow = async (who: Set<number>, plan: readonly Part[]) => {
    const settled = await planner.settle(who, plan, false);
    return planner.broken(who, plan, settled);
  };

  for (let broken = await brokenNow(left, parts); broken.length > 0; broken = await brokenNow(left, parts)) {
    if (performance.now() > until(HURRY_SHARE) || isCancelled(budget)) {
      const all = problem.needs.flatMap((n, i) => (n.maxPricePerSeat === undefined ? [] : [i]));
      left =
        hurried() && broken.length < all.length - left.size
          ? new Set([...left, ...broken.map((b) => b.need)])
          : new Set(all);
    } else if (hurried()) left = new Set([...left, ...broken.map((b) => b.need)]);
    else left = new Set([...left, broken[0]!.need]);
    parts = await planner.solve(left, solveBy());
  }

  for (let isSomeoneBack = true; isSomeoneBack && !hurried(); ) {
    isSomeoneBack = false;
    for (const need of bySeats(problem, left)) {
      if (hurried()) break;
      const fewer = new Set([...left].filter((i) => i !== need));
      const again = await planner.solve(fewer, solveBy());
      if ((await brokenNow(fewer, again)).length > 0) continue;
      left = fewer;
      parts = again;
      isSomeoneBack = true;
    }
  }
  return { left, parts };
}

/** Takes up components that were solved in haste: their bound is raised, and a better plan kept if it keeps ceilings. */
async function lookAgain(
  planner: Planner,
  left: ReadonlySet<number>,
  parts: readonly Part[],
  until: number,
): Promise<readonly Part[]> {
  const isProved = parts.every((p) => p.bound >= p.cost);
  if (isProved || performance.now() > until) return parts;
  const better = await planner.improve(left, parts, until);
  const settled = await planner.settle(left, better, false);
  if (planner.broken(left, better, settled).length === 0) return better;
  return parts.map((part, k) => ({
    ...part,
    bound: Math.max(part.bound, Math.min(part.cost, better[k]!.bound)),
  }));
}

const bySeats = (problem: PoolProblem, needs: ReadonlySet<number>): number[] =>
  [...needs].sort((a, b) => problem.needs[a]!.seats - problem.needs[b]!.seats || a - b);

/** Needs with a seat whose company pays more a seat than they allow, the most above first; ties in input order. */
export function brokenCeilings(
  problem: PoolProblem,
  allocation: Allocation,
  shares: readonly Share[],
): { need: number; excess: number }[] {
  const ofNeed = new Map<string, number>();
  for (const { need, seats } of [...allocation.sessions.flatMap((s) => s.seats), ...allocation.individual])
    ofNeed.set(need, (ofNeed.get(need) ?? 0) + seats);
  const ofCompany = new Map<string, number>();
  for (const need of problem.needs)
    ofCompany.set(need.company, (ofCompany.get(need.company) ?? 0) + (ofNeed.get(need.id) ?? 0));
  const costs = new Map(shares.map((s) => [s.company, s.pays + s.travel]));
  return problem.needs
    .flatMap((need, i) => {
      if (need.maxPricePerSeat === undefined || !ofNeed.has(need.id)) return [];
      const seats = ofCompany.get(need.company)!;
      const cost = costs.get(need.company) ?? 0;
      return cost > need.maxPricePerSeat * seats
        ? [{ need: i, excess: cost / seats - need.maxPricePerSeat }]
        : [];
    })
    .sort((a, b) => b.excess - a.excess || a.need - b.need);
}

function startOf(problem: PoolProblem, component: Component, start: Allocation | undefined): Start | null {
  if (start === undefined) return null;
  const model = compileModel(problem, component);
  return { model, seating: seatingOf(problem, model, start) };
}

/** One of many settlements may take an eighth of the time left. */
function aPart(budget: Budget): Budget {
  if (budget.seconds === undefined) return budget;
  const now = performance.now();
  const left = Math.max(0, millisecondsLeft(budget, now));
  return { ...budget, startedAt: 0, seconds: (now + Math.min(left, Math.max(400, left / 8))) / 1000 };
}

/** Solves component by component, remembering what was solved for which needs gone. */
function createPlanner(problem: PoolProblem, options: PlanOptions) {
  const { budget, seed } = options;
  const components = splitComponents(problem);
  const engines = openEngines();
  const began = performance.now();
  /** By component: the parts solved, by the needs of it that had left. */
  const solved: Map<string, Part>[] = components.map(() => new Map());
  const latest: (Start | null)[] = components.map((component) => startOf(problem, component, options.start));
  const settledAs = new Map<string, Settled>();
  let iterations = 0;
  let isFirst = true;
  let lastPost = Number.NEGATIVE_INFINITY;
  let lastCost = Number.POSITIVE_INFINITY;

  const keyOf = (component: Component, left: ReadonlySet<number>): string =>
    component.needs.filter((i) => left.has(i)).join();

  const costOf = (parts: readonly Part[]): number => parts.reduce((sum, p) => sum + p.cost, 0);
  const boundOf = (parts: readonly Part[]): number => parts.reduce((sum, p) => sum + p.bound, 0);

  function allocation(left: ReadonlySet<number>, parts: readonly Part[]): Allocation {
    const plain = allocationOf(problem, parts);
    const reasons = new Map<string, UnservedReason>([...left].map((i) => [problem.needs[i]!.id, 'too-dear']));
    const unserved = new Set(plain.unserved.map((u) => u.need));
    for (const { model, seating } of parts) {
      const explain = explainUnserved(problem, model, seating);
      for (let i = 0; i < model.needCount; i += 1) {
        const { id } = problem.needs[model.needIndex[i]!]!;
        if (unserved.has(id)) reasons.set(id, explain(i));
      }
    }
    return { ...plain, unserved: plain.unserved.map((u) => ({ ...u, reason: reasons.get(u.need)! })) };
  }

  /** Tells the world how far the first solve is. */
  function report(parts: readonly Part[], done: number): void {
    const now = performance.now();
    const cost = costOf(parts);
    if (now - lastPost < 100 && cost >= lastCost) return;
    if (now - lastPost < 20) return;
    lastPost = now;
    const bound = boundOf(parts);
    options.onProgress?.({
      seconds: (now - (budget.startedAt ?? began)) / 1000,
      cost,
      bound,
      iterations: done,
    });
    if (cost < lastCost)
      options.onIncumbent?.({ allocation: allocation(new Set(), parts), cost, bound, iterations: done });
    lastCost = Math.min(cost, lastCost);
  }

  /**
   * The best bound known for component `k` with its needs in `gone` unserved. Leaving more needs out only restricts the
   * plans (each may be unserved anyway, at the same penalty): what bounds fewer gone bounds more.
   */
  function boundBefore(k: number, gone: ReadonlySet<number>): number {
    let best = Number.NEGATIVE_INFINITY;
    for (const [key, part] of solved[k]!)
      if (key === '' || key.split(',').every((i) => gone.has(Number(i)))) best = Math.max(best, part.bound);
    return best;
  }

  async function work(
    left: ReadonlySet<number>,
    which: readonly number[],
    starts: readonly (Start | null)[],
    until: number,
  ): Promise<void> {
    const { startedAt: _, seconds: __, ...untimed } = budget;
    const end = Math.min(until, (budget.startedAt ?? 0) + (budget.seconds ?? 0) * 1000);
    const reporting = isFirst;
    isFirst = false;
    const result = await solveComponents(
      problem,
      which.map((k) => components[k]!),
      {
        budget: budget.seconds === undefined ? untimed : { ...untimed, startedAt: 0, seconds: end / 1000 },
        seed,
        left,
        engines,
        starts,
        bounds: which.map((k) => boundBefore(k, left)),
        ...(options.threads !== undefined && { threads: options.threads }),
        ...(reporting && { onParts: report }),
      },
    );
    iterations += result.iterations;
    for (const [at, k] of which.entries()) {
      solved[k]!.set(keyOf(components[k]!, left), result.parts[at]!);
      latest[k] = result.parts[at]!;
    }
  }

  const known = (left: ReadonlySet<number>): Part[] =>
    components.map((component, k) => solved[k]!.get(keyOf(component, left))!);

  /** Each component's best for these needs gone: as it was solved before, else solved now. */
  async function solve(left: ReadonlySet<number>, until: number): Promise<readonly Part[]> {
    const missing = [...components.keys()].filter((k) => !solved[k]!.has(keyOf(components[k]!, left)));
    await work(
      left,
      missing,
      missing.map((k) => latest[k]!),
      until,
    );
    return known(left);
  }

  /** Goes on with the components that are not proved. */
  async function improve(
    left: ReadonlySet<number>,
    parts: readonly Part[],
    until: number,
  ): Promise<readonly Part[]> {
    const open = [...components.keys()].filter((k) => parts[k]!.bound < parts[k]!.cost);
    await work(
      left,
      open,
      open.map((k) => parts[k]!),
      until,
    );
    return known(left);
  }

  /**
   * Shares the bill. Without stability, the same seats are settled once: sampled shares differ from one time to the
   * next, and ceilings must be tried on those that are kept.
   */
  async function settle(
    left: ReadonlySet<number>,
    parts: readonly Part[],
    stability: boolean,
  ): Promise<Settled> {
    const made = allocation(left, parts);
    if (stability) return options.settle(problem, made, { budget, seed, stability });
    const key = JSON.stringify([made.sessions, made.individual]);
    const before = settledAs.get(key);
    if (before !== undefined) return before;
    const settled = await options.settle(problem, made, { budget: aPart(budget), seed, stability });
    settledAs.set(key, settled);
    return settled;
  }

  return {
    problem,
    close: engines.close,
    solve,
    improve,
    allocation,
    settle,
    broken: (left: ReadonlySet<number>, parts: readonly Part[], settled: Settled) =>
      brokenCeilings(problem, allocation(left, parts), settled.shares),
    outcome(left: ReadonlySet<number>, parts: readonly Part[], settled: Settled): PoolOutcome {
      const { billed, shares, scarce, core, blocking, gain } = settled;
      const cost = costOf(parts);
      const plan: PoolPlan = {
        ...allocation(left, parts),
        cost,
        bound: boundOf(parts),
        billed,
        shares,
        scarce,
        core,
        blocking,
        gain,
      };
      const gone = [...left].sort((a, b) => a - b).map((i) => problem.needs[i]!.id);
      return { plan, iterations, left: gone };
    },
  };
}
