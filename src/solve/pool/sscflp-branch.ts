import type { Random } from '../random.ts';
import { leastFirst } from './sscflp-queue.ts';
import {
  betterThan,
  CLOSED,
  copyRegion,
  createRelaxation,
  FREE,
  leastCost,
  OPEN,
  type Region,
  type SscflpModel,
  wholeRegion,
} from './sscflp-relaxation.ts';
import { createAssignment, type Found, repair, shake } from './sscflp-search.ts';

/** Where the own search stands. */
export interface BranchState {
  readonly best: Found | null;
  /** No answer costs less, in units; -Infinity before the first bound, Infinity where there is no answer at all. */
  readonly bound: number;
  readonly isProved: boolean;
  /** Subgradient steps and shakes of the local search. */
  readonly iterations: number;
}

/** What a node is split on: a facility, or one customer's place. */
type Doubt =
  | { readonly kind: 'facility'; readonly facility: number }
  | { readonly kind: 'place'; readonly customer: number; readonly facility: number };

interface Node {
  readonly region: Region;
  readonly price: Float64Array;
  /** Least cost that an answer of the region can have. */
  readonly bound: number;
  /** Null: nothing is in doubt, the region holds one answer at most. */
  readonly doubt: Doubt | null;
}

const ROOT_STEPS = 2000;
const NODE_STEPS = 60;
const ROOT_SHAKES = 300;
/** Shakes of the local search after each node: many while the answer may be far from best, few while it waits for proof. */
const NODE_SHAKES = { far: 24, near: 4 };
const NEAR = 0.001;
const REPAIR_EVERY = 10;
/** Steps without a better bound after which the stride shrinks. */
const PATIENCE = 20;

/**
 * Branch and bound on the Lagrangian relaxation (Holmberg, Roennqvist and Yuan, EJOR 113, 1999), with a local search
 * woven in. The root is bounded by subgradient steps, every tenth relaxed answer being repaired into a real one; then
 * an iterated local search; then nodes, least bound first: each part is bounded from its parent's prices, narrowed by
 * reduced costs, and split on the facility most in doubt, later on a customer's place.
 *
 * `run` is a generator that yields after each iteration, so that the caller owns the clock; it ends when the best
 * answer is proved best, or that there is none.
 */
export function createBranch(model: SscflpModel, random: Random) {
  const { facilities, customers } = model;
  const relaxation = createRelaxation(model);
  const { relaxed } = relaxation;
  const assignment = createAssignment(model);
  const root = wholeRegion(model);
  const queue = leastFirst<Node>((node) => node.bound);
  let rootPrice: Float64Array | null = null;
  let best: Found | null = null;
  let current: Found | null = null;
  let bound = Number.NEGATIVE_INFINITY;
  let isProved = false;
  let iterations = 0;

  /** What an answer must cost at most to be news. */
  const limit = (): number => (best ? betterThan(model, best.cost) : Number.MAX_VALUE);
  const offer = (found: Found | null): void => {
    if (found && (!best || found.cost < best.cost)) best = found;
  };
  const raiseBound = (value: number): void => {
    bound = Math.max(bound, Math.min(value, best?.cost ?? Number.POSITIVE_INFINITY));
  };

  // Of the last climb: how often, recent steps counting more, each facility was open and each place taken there.
  const openShare = new Float64Array(facilities);
  const takenShare = new Float64Array(facilities * customers);
  const bestPrice = new Float64Array(customers);
  const price = new Float64Array(customers);
  const direction = new Float64Array(customers);

  const recordShares = (step: number): void => {
    const fade = Math.max(0.05, 1 / (step + 1));
    for (let j = 0; j < facilities; j += 1) {
      const open = relaxed.open[j]!;
      openShare[j] = openShare[j]! + fade * (open - openShare[j]!);
      for (let c = j * customers; c < (j + 1) * customers; c += 1) {
        takenShare[c] = takenShare[c]! + fade * (open * relaxed.taken[c]! - takenShare[c]!);
      }
    }
  };

  /** Turns `direction` to where the relaxed answer misses the customers; returns the square of its length. */
  const steer = (): number => {
    let square = 0;
    for (let i = 0; i < customers; i += 1) {
      let missing = 1;
      for (let j = 0; j < facilities; j += 1) {
        if (relaxed.open[j] === 1) missing -= relaxed.taken[j * customers + i]!;
      }
      direction[i] = missing + 0.6 * direction[i]!;
      square += direction[i]! ** 2;
    }
    return square;
  };

  /**
   * Subgradient steps over a region (deflected: Camerini, Fratta and Maffioli, Math. Program. Study 3, 1975). Returns
   * the best bound, its prices being in `bestPrice`; stops early where no better answer can be left.
   */
  function* climb(
    region: Region,
    from: Float64Array,
    { steps, stride, report }: { steps: number; stride: number; report?: (value: number) => void },
  ): Generator<void, number> {
    let factor = stride;
    let stalled = 0;
    let highest = Number.NEGATIVE_INFINITY;
    price.set(from);
    bestPrice.set(from);
    direction.fill(0);
    openShare.fill(0);
    takenShare.fill(0);
    for (let step = 0; step < steps; step += 1) {
      const value = relaxation.evaluate(region, price);
      iterations += 1;
      if (value === Number.POSITIVE_INFINITY) return value;
      stalled = value > highest + 1e-5 * Math.abs(value) ? 0 : stalled + 1;
      if (value > highest) {
        highest = value;
        bestPrice.set(relaxed.price);
        report?.(leastCost(model, highest));
      }
      if (leastCost(model, highest) > limit()) return highest;
      const square = steer();
      recordShares(step);
      if (step % REPAIR_EVERY === 0) offer(repair(assignment, model, relaxed, random));
      yield;
      if (square < 1e-9) break;
      if (stalled > PATIENCE) {
        factor *= 0.6;
        stalled = 0;
        price.set(bestPrice);
        direction.fill(0);
        if (factor < stride * 1e-3) break;
        continue;
      }
      // The bound can reach the best cost at most; without an answer, it is aimed some 5 % above.
      const target = best ? best.cost * 1.003 : highest + 0.05 * Math.abs(highest) + 1;
      const length = (factor * Math.max(0, target - value)) / square;
      for (let i = 0; i < customers; i += 1) price[i] = price[i]! + length * direction[i]!;
    }
    return highest;
  }

  const isPossible = (region: Region, i: number, j: number): boolean =>
    region.facility[j] !== CLOSED && region.barred[j * customers + i] === 0;

  /** What is most in doubt in a region after its climb: a facility as long as one is free, else a place. */
  const findDoubt = (region: Region): Doubt | null => {
    let doubt: Doubt | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < facilities; j += 1) {
      const distance = Math.abs(openShare[j]! - 0.5);
      if (region.facility[j] !== FREE || distance >= least) continue;
      least = distance;
      doubt = { kind: 'facility', facility: j };
    }
    if (doubt) return doubt;
    for (let i = 0; i < customers; i += 1) {
      let places = 0;
      for (let j = 0; j < facilities; j += 1) if (isPossible(region, i, j)) places += 1;
      if (places < 2) continue;
      for (let j = 0; j < facilities; j += 1) {
        if (!isPossible(region, i, j)) continue;
        // Of equal doubts the larger customer, whose place settles more.
        const distance =
          Math.abs(takenShare[j * customers + i]! - 0.5) - (1e-3 * model.demand[i]!) / model.capacity[j]!;
        if (distance >= least) continue;
        least = distance;
        doubt = { kind: 'place', customer: i, facility: j };
      }
    }
    return doubt;
  };

  /** The answer of a region that leaves each customer one place at most; null where it does not fit. */
  const onlyAnswer = (region: Region): Found | null => {
    assignment.clear();
    for (let i = 0; i < customers; i += 1) {
      for (let j = 0; j < facilities; j += 1) {
        if (!isPossible(region, i, j)) continue;
        assignment.put(i, j);
        break;
      }
    }
    return !assignment.assign.includes(-1) && assignment.isFeasible() ? assignment.found() : null;
  };

  const split = (region: Region, doubt: Doubt): [Region, Region] => {
    const [yes, no] = [copyRegion(region), copyRegion(region)];
    if (doubt.kind === 'facility') {
      yes.facility[doubt.facility] = OPEN;
      no.facility[doubt.facility] = CLOSED;
    } else {
      const { customer, facility } = doubt;
      for (let j = 0; j < facilities; j += 1) if (j !== facility) yes.barred[j * customers + customer] = 1;
      no.barred[facility * customers + customer] = 1;
    }
    return [yes, no];
  };

  /** Narrows a region at its best prices and queues what is left, if anything is. */
  const queueRest = (region: Region, at: Float64Array, least: number): void => {
    if (least > limit()) return;
    relaxation.evaluate(region, at);
    if (!relaxation.narrow(region, limit())) return;
    queue.push({ region, price: at.slice(), bound: least, doubt: findDoubt(region) });
  };

  /** Steps of the iterated local search from where it stands; back to the best now and then. */
  function* search(steps: number): Generator<void, void> {
    for (let n = 0; n < steps && best && bound < best.cost; n += 1) {
      if (current === null || random.below(200) === 0) current = best;
      const next = shake(assignment, model, root, current, random);
      iterations += 1;
      if (next && next.cost <= current.cost + 0.005 * random.next() * Math.abs(best.cost)) current = next;
      offer(next);
      yield;
    }
  }

  const isNear = (): boolean => best !== null && best.cost - bound <= NEAR * Math.abs(best.cost);

  /** Prices to start from: what each customer's second-best facility would cost. */
  const firstPrices = (): Float64Array =>
    Float64Array.from({ length: customers }, (_, i) => {
      let [least, second] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let j = 0; j < facilities; j += 1) {
        const value = model.cost[j * customers + i]!;
        if (value < least) [least, second] = [value, least];
        else if (value < second) second = value;
      }
      return second === Number.POSITIVE_INFINITY ? least : second;
    });

  function* run(): Generator<void, void> {
    assignment.clear();
    assignment.placeRest(() => true);
    if (assignment.descend(random)) offer(assignment.found());
    yield;
    const least = leastCost(
      model,
      yield* climb(root, firstPrices(), { steps: ROOT_STEPS, stride: 1, report: raiseBound }),
    );
    rootPrice = bestPrice.slice();
    yield* search(ROOT_SHAKES);
    queueRest(root, rootPrice, least);
    for (let node = queue.pop(); node && node.bound <= limit(); node = queue.pop()) {
      raiseBound(node.bound);
      if (node.doubt === null) {
        offer(onlyAnswer(node.region));
        continue;
      }
      for (const part of split(node.region, node.doubt)) {
        const value = yield* climb(part, node.price, { steps: NODE_STEPS, stride: 0.5 });
        queueRest(part, bestPrice, Math.max(node.bound, leastCost(model, value)));
      }
      yield* search(isNear() ? NODE_SHAKES.near : NODE_SHAKES.far);
    }
    isProved = true;
    bound = best?.cost ?? Number.POSITIVE_INFINITY;
  }

  /** A region that holds all answers of at most this cost, by the root's reduced costs; null before they are known. */
  const regionUpTo = (cost: number): Region | null => {
    if (rootPrice === null) return null;
    const region = wholeRegion(model);
    relaxation.evaluate(region, rootPrice);
    relaxation.narrow(region, cost);
    return region;
  };

  const state = (): BranchState => ({ best, bound, isProved, iterations });
  return { run, state, offer, regionUpTo };
}
