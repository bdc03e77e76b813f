import type { Random } from '../random.ts';
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

interface Node {
  readonly region: Region;
  readonly price: Float64Array;
  readonly bound: number;
}

/** Where the own search stands. */
export interface BranchState {
  readonly best: Found | null;
  /** No answer costs less, in units; Infinity where there is none at all. */
  readonly bound: number;
  readonly isProved: boolean;
  readonly iterations: number;
}

/**
 * Branch and bound on the Lagrangian relaxation, with a local search woven in: each node is bounded by subgradient
 * steps from its parent's prices, narrowed by reduced costs, repaired into answers, and split on a facility, later on
 * a customer. Nodes are taken best bound first.
 *
 * The result is a generator: each `next()` does one iteration (a subgradient step or a shake of the local search), so
 * the caller owns the clock. It returns when optimality, or emptiness, is proved.
 */
export function createBranch(model: SscflpModel, random: Random) {
  const relaxation = createRelaxation(model);
  const { relaxed } = relaxation;
  const assignment = createAssignment(model);
  const { facilities, customers } = model;
  const root = wholeRegion(model);
  let best: Found | null = null;
  let bound = Number.NEGATIVE_INFINITY;
  let iterations = 0;
  let isProved = false;
  const queue: Node[] = [];

  const limit = (): number => (best ? betterThan(model, best.cost) : Number.MAX_VALUE);
  const offer = (found: Found | null): void => {
    if (found && (!best || found.cost < best.cost)) best = found;
  };

  /** How often each facility was open and each customer taken over the last steps of the node. */
  const openShare = new Float64Array(facilities);
  const takenShare = new Float64Array(facilities * customers);
  const direction = new Float64Array(customers);
  const price = new Float64Array(customers);
  const bestPrice = new Float64Array(customers);

  /** Subgradient steps at a region; leaves the best bound, its prices in `bestPrice` and the shares. */
  function* climb(region: Region, from: Float64Array, steps: number, scale: number): Generator<void, number> {
    let theta = scale;
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
      if (value > highest) {
        if (value > highest + 1e-5 * Math.abs(value)) stalled = 0;
        else stalled += 1;
        highest = value;
        bestPrice.set(relaxed.price);
      } else stalled += 1;
      if (leastCost(model, highest) > limit()) return highest;
      let norm = 0;
      for (let i = 0; i < customers; i += 1) {
        let missing = 1;
        for (let j = 0; j < facilities; j += 1)
          if (relaxed.open[j] === 1) missing -= relaxed.taken[j * customers + i]!;
        direction[i] = missing + 0.6 * direction[i]!;
        norm += direction[i]! * direction[i]!;
      }
      const fade = Math.max(0.05, 1 / (step + 1));
      for (let j = 0; j < facilities; j += 1) {
        openShare[j] = openShare[j]! + fade * (relaxed.open[j]! - openShare[j]!);
        for (let c = j * customers; c < (j + 1) * customers; c += 1) {
          takenShare[c] = takenShare[c]! + fade * (relaxed.open[j]! * relaxed.taken[c]! - takenShare[c]!);
        }
      }
      if (step % 10 === 0) offer(repair(assignment, model, relaxed, random));
      yield;
      if (norm < 1e-9) break;
      if (stalled > 20) {
        theta *= 0.6;
        stalled = 0;
        price.set(bestPrice);
        direction.fill(0);
        if (theta < scale * 1e-3) break;
        continue;
      }
      const target = best ? best.cost * 1.003 : highest + 0.05 * Math.abs(highest) + 1;
      const stride = (theta * Math.max(0, target - value)) / norm;
      for (let i = 0; i < customers; i += 1) price[i] = price[i]! + stride * direction[i]!;
    }
    return highest;
  }

  const push = (node: Node): void => {
    queue.push(node);
    let at = queue.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (queue[above]!.bound <= queue[at]!.bound) break;
      [queue[above], queue[at]] = [queue[at]!, queue[above]!];
      at = above;
    }
  };
  const pop = (): Node | undefined => {
    const top = queue[0];
    const last = queue.pop();
    if (!top || !last || queue.length === 0) return top;
    queue[0] = last;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= queue.length) break;
      const least = left + 1 < queue.length && queue[left + 1]!.bound < queue[left]!.bound ? left + 1 : left;
      if (queue[at]!.bound <= queue[least]!.bound) break;
      [queue[least], queue[at]] = [queue[at]!, queue[least]!];
      at = least;
    }
    return top;
  };

  /** The bound of everything that is left: the least of the open nodes and, once it is proved best, the answer. */
  const raiseBound = (openNode: number): void => {
    const least = Math.min(
      openNode,
      queue[0]?.bound ?? Number.POSITIVE_INFINITY,
      best?.cost ?? Number.POSITIVE_INFINITY,
    );
    bound = Math.max(bound, least);
  };

  /** The answer of a region that leaves each customer at most one place; null where it does not fit. */
  const onlyAnswer = (region: Region): Found | null => {
    assignment.clear();
    for (let i = 0; i < customers; i += 1) {
      for (let j = 0; j < facilities; j += 1) {
        if (region.facility[j] === CLOSED || region.barred[j * customers + i] === 1) continue;
        assignment.put(i, j);
        break;
      }
    }
    return !assignment.assign.includes(-1) && assignment.isFeasible() ? assignment.found() : null;
  };

  /** Splits a region: on the facility most in doubt, else on the customer most in doubt. */
  const split = (region: Region): Region[] => {
    let facility = -1;
    let doubt = 0.5 - 0.02;
    for (let j = 0; j < facilities; j += 1) {
      if (region.facility[j] !== FREE) continue;
      const distance = Math.abs(openShare[j]! - 0.5);
      if (facility === -1 || distance < doubt) {
        doubt = distance;
        facility = j;
      }
    }
    if (facility >= 0) {
      const [opened, closed] = [copyRegion(region), copyRegion(region)];
      opened.facility[facility] = OPEN;
      closed.facility[facility] = CLOSED;
      return [opened, closed];
    }
    let customer = -1;
    let at = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < customers; i += 1) {
      let places = 0;
      for (let j = 0; j < facilities; j += 1) {
        if (region.facility[j] !== CLOSED && region.barred[j * customers + i] === 0) places += 1;
      }
      if (places < 2) continue;
      for (let j = 0; j < facilities; j += 1) {
        if (region.facility[j] === CLOSED || region.barred[j * customers + i] === 1) continue;
        const distance =
          Math.abs(takenShare[j * customers + i]! - 0.5) -
          (1e-3 * model.demand[i]!) / Math.max(1, model.capacity[j]!);
        if (distance < least) {
          least = distance;
          customer = i;
          at = j;
        }
      }
    }
    if (customer === -1) {
      offer(onlyAnswer(region));
      return [];
    }
    const [there, elsewhere] = [copyRegion(region), copyRegion(region)];
    for (let j = 0; j < facilities; j += 1) if (j !== at) there.barred[j * customers + customer] = 1;
    elsewhere.barred[at * customers + customer] = 1;
    return [there, elsewhere];
  };

  function* run(): Generator<void, void> {
    const start = Float64Array.from({ length: customers }, (_, i) => {
      let least = Number.POSITIVE_INFINITY;
      let second = Number.POSITIVE_INFINITY;
      for (let j = 0; j < facilities; j += 1) {
        const value = model.cost[j * customers + i]!;
        if (value < least) [least, second] = [value, least];
        else if (value < second) second = value;
      }
      return second === Number.POSITIVE_INFINITY ? least : second;
    });
    assignment.clear();
    assignment.placeRest(() => true);
    if (assignment.descend(random)) offer(assignment.found());
    const rootBound = yield* climb(root, start, 2000, 1);
    raiseBound(leastCost(model, rootBound));
    if (leastCost(model, rootBound) <= limit()) {
      relaxation.evaluate(root, bestPrice);
      let current = best;
      for (let n = 0; current && n < 300; n += 1) {
        const next = shake(assignment, model, root, current, random);
        iterations += 1;
        if (next && next.cost <= current.cost * (1 + 0.01 * random.next())) current = next;
        offer(next);
        yield;
        if (best && bound >= best.cost) break;
      }
      relaxation.evaluate(root, bestPrice);
      if (relaxation.narrow(root, limit()))
        push({ region: root, price: bestPrice.slice(), bound: leastCost(model, rootBound) });
    }
    for (let node = pop(); node; node = pop()) {
      raiseBound(node.bound);
      if (node.bound > limit()) break;
      // The best answer may have improved since this node was made.
      for (const part of split(node.region)) {
        const value = leastCost(model, yield* climb(part, node.price, 60, 0.5));
        const lifted = Math.max(value, node.bound);
        if (lifted > limit()) continue;
        relaxation.evaluate(part, bestPrice);
        if (relaxation.narrow(part, limit())) push({ region: part, price: bestPrice.slice(), bound: lifted });
      }
    }
    isProved = true;
    bound = best ? (best as Found).cost : Number.POSITIVE_INFINITY;
  }

  const state = (): BranchState => ({ best, bound, isProved, iterations });
  return { run, state, root };
}
