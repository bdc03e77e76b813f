import type { PoolModel } from './model.ts';

/** Prices of the seats of each need and of each clique of sessions: what the Lagrangian bound stands on. */
export interface Duals {
  /** Cents that a seat of need i may cost before it is better unserved or bought; any sign, at most that cost. */
  readonly need: Float64Array;
  /** Cents that a session pays for the trainer or room of each of its cliques; >= 0. */
  readonly clique: Float64Array;
}

export interface LagrangeState {
  /** Best bound so far on the cost of the component, a whole number of cents. */
  readonly bound: number;
  readonly duals: Duals;
  /** Of each session, at the best prices: cents that opening it adds to the bound (negative: it opens). */
  readonly reduced: Float64Array;
  /** Of each session: how often it was open in the relaxed answers, recent ones counting more; 0 to 1. */
  readonly open: Float64Array;
}

export interface Lagrange {
  readonly state: LagrangeState;
  /** Some steps of the volume algorithm towards `target`, the cost of the best answer known. */
  run(steps: number, target: number): void;
  readonly steps: number;
  /** True once more steps would hardly raise the bound. */
  readonly isSettled: boolean;
}

/** Step sizes below this part of the distance to the target no longer move the bound. */
const SMALLEST_SCALE = 1e-5;
const MAX_STEPS = 4_000;

/**
 * Lagrangian bound of a component (Geoffrion 1974), raised by the volume algorithm (Barahona and Anbil, Math. Program.
 * 87, 2000). Each need's seats are priced, `sum of its seats = seats` being dropped, and so are the cliques:
 *
 *   L(p, q) = sum_i p_i seats_i - sum_k q_k + sum_j min(0, fixed_j + sum of q over the cliques of j + knapsack_j(p))
 *
 * where knapsack_j is the least sum of (cost - p) over seats between minSeats and maxSeats, kept-together needs whole.
 * p_i never passes what the seat costs unserved or bought, so those two add nothing. Count conditions and people are
 * left out: the problem is relaxed, L is a bound for it with or without them. Without kept-together needs the best L
 * equals the bound of the linear programme with x <= min(seats, maxSeats) y.
 *
 * Prices are multiples of a power of two small enough that every sum is exact in a double, so that L is no estimate:
 * its ceiling is a bound on whole cents.
 */
export function createLagrange(model: PoolModel): Lagrange {
  const { needCount, sessionCount, edgeCount } = model;
  const cap = Float64Array.from(model.penalty, (r, i) => Math.min(r, model.price[i]!));
  const grain = grainOf(model);
  const cliquesOf: number[][] = Array.from({ length: sessionCount }, () => []);
  for (const [k, clique] of model.cliques.entries()) for (const j of clique) cliquesOf[j]!.push(k);
  const knapsacks = Array.from({ length: sessionCount }, (_, j) => createKnapsack(model, j));

  const best: { need: Float64Array; clique: Float64Array } = {
    need: Float64Array.from(startPrices(model, cap), (p) => onGrain(p, grain)),
    clique: new Float64Array(model.cliques.length),
  };
  const trial = { need: best.need.slice(), clique: best.clique.slice() };
  const slope = { need: new Float64Array(needCount), clique: new Float64Array(model.cliques.length) };
  const direction = { need: new Float64Array(needCount), clique: new Float64Array(model.cliques.length) };
  const reducedCost = new Float64Array(edgeCount);
  const reduced = new Float64Array(sessionCount);
  const bestReduced = new Float64Array(sessionCount);
  const open = new Float64Array(sessionCount);

  /** L at the trial prices, exactly; fills `slope` with the broken part of each priced condition. */
  function evaluate(): number {
    let value = 0;
    for (let i = 0; i < needCount; i += 1) {
      const price = trial.need[i]!;
      value += price * model.needSeats[i]!;
      slope.need[i] = model.needSeats[i]!;
      for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1)
        reducedCost[e] = model.edgeCost[e]! - price;
    }
    for (let k = 0; k < model.cliques.length; k += 1) {
      value -= trial.clique[k]!;
      slope.clique[k] = -1;
    }
    for (let j = 0; j < sessionCount; j += 1) {
      let v = model.fixed[j]! + knapsacks[j]!.solve(reducedCost);
      for (const k of cliquesOf[j]!) v += trial.clique[k]!;
      reduced[j] = v;
      if (v >= 0) continue;
      value += v;
      knapsacks[j]!.take(slope.need);
      for (const k of cliquesOf[j]!) slope.clique[k]! += 1;
    }
    // A seat that is worth no more than its price stays unserved or bought: the condition is met by it.
    for (let i = 0; i < needCount; i += 1)
      if (trial.need[i]! >= cap[i]! && slope.need[i]! > 0) slope.need[i] = 0;
    for (let k = 0; k < model.cliques.length; k += 1)
      if (trial.clique[k]! <= 0 && slope.clique[k]! < 0) slope.clique[k] = 0;
    return value;
  }

  let exact = evaluate();
  let bound = Math.ceil(exact);
  let steps = 0;
  let scale = 0.1;
  let failures = 0;
  let sinceGain = 0;
  let largestWeight = 0.1;
  bestReduced.set(reduced);
  direction.need.set(slope.need);
  direction.clique.set(slope.clique);

  function step(target: number): void {
    steps += 1;
    const distance = Math.max(Math.min(target - exact, 0.02 * Math.abs(exact)), 1e-4 * Math.abs(exact), 1);
    let norm = 0;
    for (const d of direction.need) norm += d * d;
    for (const d of direction.clique) norm += d * d;
    if (norm < 1e-12) {
      direction.need.set(slope.need);
      direction.clique.set(slope.clique);
      return;
    }
    const length = (scale * distance) / norm;
    for (let i = 0; i < needCount; i += 1)
      trial.need[i] = Math.min(cap[i]!, onGrain(best.need[i]! + length * direction.need[i]!, grain));
    for (let k = 0; k < model.cliques.length; k += 1)
      trial.clique[k] = Math.max(0, onGrain(best.clique[k]! + length * direction.clique[k]!, grain));
    const value = evaluate();
    for (let j = 0; j < sessionCount; j += 1) open[j]! += 0.05 * ((reduced[j]! < 0 ? 1 : 0) - open[j]!);

    let along = 0; // slope . direction
    let square = 0; // slope . slope
    for (let i = 0; i < needCount; i += 1) {
      along += slope.need[i]! * direction.need[i]!;
      square += slope.need[i]! * slope.need[i]!;
    }
    for (let k = 0; k < model.cliques.length; k += 1) {
      along += slope.clique[k]! * direction.clique[k]!;
      square += slope.clique[k]! * slope.clique[k]!;
    }
    // The weight that makes the mixed direction shortest, within (largest / 10, largest).
    const shortest = (norm - along) / Math.max(1e-12, norm + square - 2 * along);
    const weight = Math.min(largestWeight, Math.max(largestWeight / 10, shortest));
    for (let i = 0; i < needCount; i += 1)
      direction.need[i] = weight * slope.need[i]! + (1 - weight) * direction.need[i]!;
    for (let k = 0; k < model.cliques.length; k += 1)
      direction.clique[k] = weight * slope.clique[k]! + (1 - weight) * direction.clique[k]!;

    if (value > exact) {
      sinceGain = value - exact > 1e-5 * Math.abs(exact) ? 0 : sinceGain + 1;
      exact = value;
      bound = Math.max(bound, Math.ceil(exact));
      best.need.set(trial.need);
      best.clique.set(trial.clique);
      bestReduced.set(reduced);
      failures = 0;
      if (along > 0) scale = Math.min(2, scale * 1.1);
    } else {
      failures += 1;
      sinceGain += 1;
      if (failures >= 20) {
        scale = Math.max(SMALLEST_SCALE, scale * 0.66);
        failures = 0;
      }
    }
    if (sinceGain >= 100) {
      largestWeight = Math.max(1e-3, largestWeight / 2);
      sinceGain = 0;
    }
  }

  return {
    get state() {
      return { bound, duals: best, reduced: bestReduced, open };
    },
    get steps() {
      return steps;
    },
    get isSettled() {
      return steps >= MAX_STEPS || scale <= SMALLEST_SCALE;
    },
    run(count, target) {
      for (let s = 0; s < count; s += 1) step(target);
    },
  };
}

/** A seat is worth at most its cap; start at the mean price of a seat in the cheapest session it could take. */
function startPrices(model: PoolModel, cap: Float64Array): Float64Array {
  return Float64Array.from(cap, (most, i) => {
    let least = most;
    for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1) {
      const j = model.edgeSession[e]!;
      least = Math.min(least, model.edgeCost[e]! + model.fixed[j]! / model.maxSeats[j]!);
    }
    return least;
  });
}

/** The finest power of two (at most 1, at least 2^-10) whose multiples add up exactly over the whole component. */
function grainOf(model: PoolModel): number {
  let total = 1;
  for (let j = 0; j < model.sessionCount; j += 1) {
    let dearest = 0;
    for (const e of model.sessionEdges[j]!) dearest = Math.max(dearest, model.edgeCost[e]!);
    total += model.fixed[j]! + dearest * model.maxSeats[j]!;
  }
  for (let i = 0; i < model.needCount; i += 1) total += model.needSeats[i]! * model.penalty[i]!;
  let grain = 2 ** -10;
  while (grain < 1 && total * 16 > 2 ** 53 * grain) grain *= 2;
  return grain;
}

const onGrain = (value: number, grain: number): number => Math.round(value / grain) * grain;

interface Knapsack {
  /** Least sum of reduced costs over minSeats to maxSeats seats of the session. */
  solve(reducedCost: Float64Array): number;
  /** Takes the seats of the last answer off `left`, by need. */
  take(left: Float64Array): void;
}

/**
 * Seats that may be split: cheapest first. Kept-together needs of two seats or more are whole: dynamic programming on
 * the load, O(edges x maxSeats), where the table stays small; else they are split too, which is still a bound.
 */
function createKnapsack(model: PoolModel, j: number): Knapsack {
  const edges = model.sessionEdges[j]!;
  const capacity = Math.min(
    model.maxSeats[j]!,
    edges.reduce((sum, e) => sum + model.edgeMax[e]!, 0),
  );
  const whole = edges.filter((e) => model.together[model.edgeNeed[e]!] === 1 && model.edgeMax[e]! > 1);
  if (whole.length === 0 || whole.length * capacity > 200_000)
    return splitKnapsack(model, edges, j, capacity);
  const loose = edges.filter((e) => model.together[model.edgeNeed[e]!] === 0 || model.edgeMax[e]! === 1);
  return wholeKnapsack(model, whole, loose, j, capacity);
}

/** The cheapest edges that together hold `capacity` seats, kept in order while edges stream by. */
class Cheapest {
  readonly edges: Int32Array;
  readonly costs: Float64Array;
  count = 0;
  private readonly model: PoolModel;
  private readonly capacity: number;

  constructor(model: PoolModel, size: number, capacity: number) {
    this.model = model;
    this.capacity = capacity;
    this.edges = new Int32Array(size + 1);
    this.costs = new Float64Array(size + 1);
  }

  fill(edges: Int32Array, reducedCost: Float64Array): void {
    const { edgeMax } = this.model;
    let count = 0;
    let seats = 0;
    for (let k = 0; k < edges.length; k += 1) {
      const e = edges[k]!;
      const cost = reducedCost[e]!;
      if (seats >= this.capacity && cost >= this.costs[count - 1]!) continue;
      let at = count;
      for (; at > 0 && this.costs[at - 1]! > cost; at -= 1) {
        this.costs[at] = this.costs[at - 1]!;
        this.edges[at] = this.edges[at - 1]!;
      }
      this.costs[at] = cost;
      this.edges[at] = e;
      count += 1;
      seats += edgeMax[e]!;
      while (seats - edgeMax[this.edges[count - 1]!]! >= this.capacity) {
        count -= 1;
        seats -= edgeMax[this.edges[count]!]!;
      }
    }
    this.count = count;
  }
}

function splitKnapsack(model: PoolModel, edges: Int32Array, j: number, capacity: number): Knapsack {
  const least = Math.min(model.minSeats[j]!, capacity);
  const cheapest = new Cheapest(model, edges.length, capacity);
  const taken = new Int32Array(edges.length + 1);
  let used = 0;
  return {
    solve(reducedCost) {
      cheapest.fill(edges, reducedCost);
      let load = 0;
      let value = 0;
      used = 0;
      for (let k = 0; k < cheapest.count && load < capacity; k += 1) {
        const cost = cheapest.costs[k]!;
        if (cost >= 0 && load >= least) break;
        const room = cost < 0 ? capacity - load : least - load;
        const seats = Math.min(room, model.edgeMax[cheapest.edges[k]!]!);
        value += seats * cost;
        load += seats;
        taken[k] = seats;
        used = k + 1;
      }
      return value;
    },
    take(left) {
      for (let k = 0; k < used; k += 1) left[model.edgeNeed[cheapest.edges[k]!]!]! -= taken[k]!;
    },
  };
}

function wholeKnapsack(
  model: PoolModel,
  whole: Int32Array,
  loose: Int32Array,
  j: number,
  capacity: number,
): Knapsack {
  const least = Math.min(model.minSeats[j]!, capacity);
  const cheapest = new Cheapest(model, loose.length, capacity);
  const width = capacity + 1;
  const table = new Float64Array(width); // least cost of exactly that many seats of kept-together needs
  const chosen = new Uint8Array(whole.length * width);
  const prefix = new Float64Array(width); // least cost of exactly that many loose seats
  let bestWhole = 0;
  let bestLoose = 0;
  return {
    solve(reducedCost) {
      table.fill(Number.POSITIVE_INFINITY);
      table[0] = 0;
      for (let k = 0; k < whole.length; k += 1) {
        const e = whole[k]!;
        const seats = model.edgeMax[e]!;
        const cost = reducedCost[e]! * seats;
        const row = k * width;
        for (let load = capacity; load >= 0; load -= 1) {
          const value = load >= seats ? table[load - seats]! + cost : Number.POSITIVE_INFINITY;
          if (value < table[load]!) {
            table[load] = value;
            chosen[row + load] = 1;
          } else chosen[row + load] = 0;
        }
      }
      cheapest.fill(loose, reducedCost);
      let seats = 0;
      prefix.fill(Number.POSITIVE_INFINITY);
      prefix[0] = 0;
      for (let k = 0; k < cheapest.count; k += 1)
        for (let s = model.edgeMax[cheapest.edges[k]!]!; s > 0 && seats < capacity; s -= 1) {
          prefix[seats + 1] = prefix[seats]! + cheapest.costs[k]!;
          seats += 1;
        }
      let value = Number.POSITIVE_INFINITY;
      for (let w = 0; w <= capacity; w += 1) {
        if (table[w] === Number.POSITIVE_INFINITY) continue;
        for (let l = Math.max(0, least - w); l <= Math.min(seats, capacity - w); l += 1) {
          const sum = table[w]! + prefix[l]!;
          if (sum < value) {
            value = sum;
            bestWhole = w;
            bestLoose = l;
          }
        }
      }
      return value;
    },
    take(left) {
      let load = bestWhole;
      for (let k = whole.length - 1; k >= 0; k -= 1)
        if (chosen[k * width + load] === 1) {
          const e = whole[k]!;
          left[model.edgeNeed[e]!]! -= model.edgeMax[e]!;
          load -= model.edgeMax[e]!;
        }
      let seats = bestLoose;
      for (let k = 0; seats > 0; k += 1) {
        const e = cheapest.edges[k]!;
        const some = Math.min(seats, model.edgeMax[e]!);
        left[model.edgeNeed[e]!]! -= some;
        seats -= some;
      }
    },
  };
}
