import type { Random } from '../random.ts';
import type { Region, SscflpModel } from './sscflp-relaxation.ts';
import { CLOSED } from './sscflp-relaxation.ts';

/** An assignment that keeps the capacities, and its cost in units of the model. */
export interface Found {
  readonly assign: Int32Array;
  readonly cost: number;
}

/**
 * Customers at facilities, with loads and costs kept up to date. Overload is allowed on the way and priced, so that
 * tight capacities can be crossed; `descend` raises that price until the answer fits.
 */
export function createAssignment(model: SscflpModel) {
  const { facilities, customers, demand, capacity, fixed, cost } = model;
  const assign = new Int32Array(customers).fill(-1);
  const load = new Float64Array(facilities);
  const served = new Int32Array(facilities);
  /** Facilities that a move may use; those outside are only left. */
  const allowed = new Uint8Array(facilities).fill(1);
  const initialOverloadPrice = averageCostOfLoad(model);
  let overloadPrice = initialOverloadPrice;

  const costAt = (i: number, j: number): number => cost[j * customers + i]!;
  const overload = (j: number, extra: number): number => Math.max(0, load[j]! + extra - capacity[j]!);

  const put = (i: number, j: number): void => {
    assign[i] = j;
    load[j] = load[j]! + demand[i]!;
    served[j] = served[j]! + 1;
  };
  const lift = (i: number): void => {
    const j = assign[i]!;
    if (j < 0) return;
    assign[i] = -1;
    served[j] = served[j]! - 1;
    // Fractions may leave a hair behind; an empty facility has no load.
    load[j] = served[j] === 0 ? 0 : load[j]! - demand[i]!;
  };
  const clear = (): void => {
    assign.fill(-1);
    load.fill(0);
    served.fill(0);
  };
  const adopt = (from: Int32Array): void => {
    clear();
    for (let i = 0; i < customers; i += 1) put(i, from[i]!);
  };
  const isFeasible = (): boolean => load.every((l, j) => l <= capacity[j]!);
  const total = (): number => {
    let result = 0;
    for (let j = 0; j < facilities; j += 1) if (served[j]! > 0) result += fixed[j]!;
    for (let i = 0; i < customers; i += 1) result += costAt(i, assign[i]!);
    return result;
  };

  /**
   * Places the customers that have no facility, those first that lose most by missing their best (regret: Martello and
   * Toth 1981). An empty facility counts its fixed cost in proportion to the room that the customer takes.
   */
  const placeRest = (usable: (j: number) => boolean): void => {
    const open = Array.from({ length: facilities }, (_, j) => j).filter(usable);
    const waiting = Array.from({ length: customers }, (_, i) => i).filter((i) => assign[i] === -1);
    if (open.length === 0) return;
    const priceOf = (i: number, j: number): number => {
      const opening =
        served[j] === 0 ? (fixed[j]! * demand[i]!) / Math.max(demand[i]!, capacity[j]!, 1e-9) : 0;
      return costAt(i, j) + opening + 100 * initialOverloadPrice * overload(j, demand[i]!);
    };
    const first = new Int32Array(customers);
    const second = new Int32Array(customers);
    const regret = new Float64Array(customers);
    const look = (i: number): void => {
      let [least, next] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      first[i] = second[i] = open[0]!;
      for (const j of open) {
        const price = priceOf(i, j);
        if (price < least) {
          next = least;
          second[i] = first[i]!;
          least = price;
          first[i] = j;
        } else if (price < next) {
          next = price;
          second[i] = j;
        }
      }
      // Equal regrets: the largest first, it is the hardest to place.
      regret[i] = (next === Number.POSITIVE_INFINITY ? 0 : next - least) + 1e-6 * demand[i]!;
    };
    for (const i of waiting) look(i);
    while (waiting.length > 0) {
      let chosen = 0;
      for (let k = 1; k < waiting.length; k += 1) {
        if (regret[waiting[k]!]! > regret[waiting[chosen]!]!) chosen = k;
      }
      const i = waiting[chosen]!;
      const j = first[i]!;
      waiting[chosen] = waiting.at(-1)!;
      waiting.pop();
      const wasEmpty = served[j] === 0;
      put(i, j);
      // A facility that opens gets cheaper for everybody; else only those who counted on j look again.
      for (const k of waiting) if (wasEmpty || first[k] === j || second[k] === j) look(k);
    }
  };

  /** What moving customer i to facility j changes: cost, fixed costs and priced overload. */
  const shiftChange = (i: number, j: number): number => {
    const from = assign[i]!;
    let change = costAt(i, j) - costAt(i, from);
    if (served[j] === 0) change += fixed[j]!;
    if (served[from] === 1) change -= fixed[from]!;
    const d = demand[i]!;
    return (
      change + overloadPrice * (overload(j, d) - overload(j, 0) + overload(from, -d) - overload(from, 0))
    );
  };

  /** `stamp[j]`: when facility j last changed; `looked[i]`: when customer i was last tried against all others. */
  const stamp = new Int32Array(facilities);
  const looked = new Int32Array(customers);

  /** Shifts and swaps while they help, the best of one customer at a time, from a random customer on. */
  const settle = (random: Random): void => {
    const tiny = -1e-9 * Math.max(1, initialOverloadPrice);
    stamp.fill(1);
    looked.fill(0);
    let now = 1;
    let quiet = 0;
    for (let i = random.below(customers); quiet < customers; i = (i + 1) % customers) {
      const a = assign[i]!;
      const since = stamp[a]! > looked[i]! ? -1 : looked[i]!;
      looked[i] = now;
      quiet += 1;
      let least = tiny;
      let to = -1;
      for (let j = 0; j < facilities; j += 1) {
        if (j === a || allowed[j] === 0 || stamp[j]! <= since) continue;
        const change = shiftChange(i, j);
        if (change < least) {
          least = change;
          to = j;
        }
      }
      let partner = -1;
      const ofI = demand[i]!;
      const spareA = capacity[a]! - load[a]!;
      const saved = costAt(i, a);
      for (let k = 0; k < customers; k += 1) {
        const b = assign[k]!;
        if (b === a || stamp[b]! <= since) continue;
        const moved = cost[b * customers + i]! - saved + cost[a * customers + k]! - cost[b * customers + k]!;
        const spareB = capacity[b]! - load[b]!;
        if (moved >= least && spareA >= 0 && spareB >= 0) continue;
        const grows = demand[k]! - ofI;
        const more =
          Math.max(0, grows - spareA) -
          Math.max(0, -spareA) +
          Math.max(0, -grows - spareB) -
          Math.max(0, -spareB);
        const change = moved + overloadPrice * more;
        if (change < least) {
          least = change;
          partner = k;
        }
      }
      if (partner === -1 && to === -1) continue;
      const b = partner >= 0 ? assign[partner]! : to;
      lift(i);
      if (partner >= 0) {
        lift(partner);
        put(partner, a);
      }
      put(i, b);
      now += 1;
      stamp[a] = now;
      stamp[b] = now;
      quiet = 0;
    }
  };

  /** Descends, raising the price of overload until everything fits; false where it does not after a few raises. */
  const descend = (random: Random): boolean => {
    overloadPrice = initialOverloadPrice;
    for (let raise = 0; raise < 7; raise += 1) {
      settle(random);
      if (isFeasible()) return true;
      overloadPrice *= 3;
    }
    overloadPrice = initialOverloadPrice;
    return false;
  };

  const found = (): Found => ({ assign: assign.slice(), cost: total() });

  return {
    assign,
    load,
    served,
    allowed,
    put,
    lift,
    clear,
    adopt,
    placeRest,
    descend,
    total,
    found,
    isFeasible,
  };
}

export type Assignment = ReturnType<typeof createAssignment>;

/** Cost of serving one unit of demand, on average: the scale at which overload is first priced. */
function averageCostOfLoad(model: SscflpModel): number {
  let cost = 0;
  let demand = 0;
  for (let i = 0; i < model.customers; i += 1) {
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < model.facilities; j += 1)
      least = Math.min(least, model.cost[j * model.customers + i]!);
    cost += least;
    demand += model.demand[i]!;
  }
  const perRoom = model.fixed.reduce(
    (least, f, j) => Math.min(least, f / Math.max(1e-9, model.capacity[j]!)),
    Number.POSITIVE_INFINITY,
  );
  return Math.max(1e-9, cost / Math.max(1e-9, demand) + perRoom);
}

/**
 * An answer from a relaxed one: its open facilities, each customer where it is taken (the cheapest of several), the
 * rest by regret, then descent. Null where the capacities could not be kept.
 */
export function repair(
  assignment: Assignment,
  model: SscflpModel,
  relaxed: { readonly open: Uint8Array; readonly taken: Uint8Array },
  random: Random,
): Found | null {
  const { facilities, customers, cost } = model;
  assignment.clear();
  for (let i = 0; i < customers; i += 1) {
    let at = -1;
    for (let j = 0; j < facilities; j += 1) {
      if (relaxed.open[j] === 0 || relaxed.taken[j * customers + i] === 0) continue;
      if (at === -1 || cost[j * customers + i]! < cost[at * customers + i]!) at = j;
    }
    if (at >= 0) assignment.put(i, at);
  }
  assignment.placeRest((j) => relaxed.open[j] === 1);
  if (assignment.assign.includes(-1)) assignment.placeRest(() => true);
  return assignment.descend(random) ? assignment.found() : null;
}

/** How many facilities a shake closes and opens; none: it lifts some customers instead. */
const SHAKES: readonly (readonly [closed: number, opened: number])[] = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
  [1, 1],
  [2, 1],
  [1, 2],
  [2, 2],
];

/**
 * One step of the iterated local search: shakes an answer (closes facilities, opens others, or lifts some customers),
 * places who is left by regret and descends. Null where the capacities could not be kept.
 */
export function shake(
  assignment: Assignment,
  model: SscflpModel,
  region: Region,
  from: Found,
  random: Random,
): Found | null {
  const { facilities, customers, cost, demand, capacity } = model;
  assignment.adopt(from.assign);
  const { served, load, allowed, assign } = assignment;
  for (let j = 0; j < facilities; j += 1) allowed[j] = region.facility[j] === CLOSED ? 0 : 1;
  /** 1: may take customers now. */
  const usable = Uint8Array.from(served, (count) => (count > 0 ? 1 : 0));
  const shut = new Uint8Array(facilities);
  const pick = (wanted: (j: number) => boolean): number => {
    let [chosen, seen] = [-1, 0];
    for (let j = 0; j < facilities; j += 1) {
      if (allowed[j] === 0 || !wanted(j)) continue;
      seen += 1;
      if (random.below(seen) === 0) chosen = j;
    }
    return chosen;
  };
  const [closing, opening] = SHAKES[random.below(SHAKES.length)]!;
  for (let n = 0; n < opening; n += 1) {
    const j = pick((candidate) => usable[candidate] === 0);
    if (j === -1) continue;
    usable[j] = 1;
    // Those who gain most by being there come first, while there is room.
    const gain = (i: number): number => cost[assign[i]! * customers + i]! - cost[j * customers + i]!;
    const eager: number[] = [];
    for (let i = 0; i < customers; i += 1) if (gain(i) > 0) eager.push(i);
    eager.sort((a, b) => gain(b) - gain(a));
    for (const i of eager) {
      if (load[j]! + demand[i]! > capacity[j]!) continue;
      assignment.lift(i);
      assignment.put(i, j);
    }
  }
  for (let n = 0; n < closing; n += 1) {
    const j = pick((candidate) => from.assign.includes(candidate) && shut[candidate] === 0);
    if (j === -1) continue;
    usable[j] = 0;
    shut[j] = 1;
    for (let i = 0; i < customers; i += 1) if (assign[i] === j) assignment.lift(i);
  }
  if (closing + opening === 0) {
    const count = 2 + random.below(Math.max(1, Math.min(customers - 1, 12)));
    for (let n = 0; n < count; n += 1) assignment.lift(random.below(customers));
  }
  assignment.placeRest((j) => usable[j] === 1);
  if (assign.includes(-1)) assignment.placeRest((j) => shut[j] === 0 && allowed[j] === 1);
  if (assign.includes(-1)) assignment.placeRest(() => true);
  return assignment.descend(random) ? assignment.found() : null;
}
