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
   * Places the customers that have no facility, those first that lose most by missing their best (Martello and Toth's
   * regret). A facility that is empty costs its fixed cost, spread over what it can hold.
   */
  const placeRest = (usable: (j: number) => boolean): void => {
    const waiting = Array.from({ length: customers }, (_, i) => i).filter((i) => assign[i] === -1);
    const priceOf = (i: number, j: number): number => {
      const opening = served[j] === 0 ? (fixed[j]! * demand[i]!) / Math.max(demand[i]!, capacity[j]!) : 0;
      return costAt(i, j) + opening;
    };
    while (waiting.length > 0) {
      let chosen = 0;
      let chosenAt = -1;
      let mostRegret = Number.NEGATIVE_INFINITY;
      for (const [k, i] of waiting.entries()) {
        let least = Number.POSITIVE_INFINITY;
        let second = Number.POSITIVE_INFINITY;
        let at = -1;
        for (let j = 0; j < facilities; j += 1) {
          if (!usable(j)) continue;
          const price = priceOf(i, j) + overloadPrice * 100 * overload(j, demand[i]!);
          if (price < least) {
            second = least;
            least = price;
            at = j;
          } else if (price < second) second = price;
        }
        // Where only one facility is left, the largest goes first.
        const regret = (second === Number.POSITIVE_INFINITY ? 0 : second - least) + demand[i]! * 1e-6;
        if (regret > mostRegret) {
          mostRegret = regret;
          chosen = k;
          chosenAt = at;
        }
      }
      if (chosenAt === -1) return;
      put(waiting[chosen]!, chosenAt);
      waiting[chosen] = waiting.at(-1)!;
      waiting.pop();
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

  const swapChange = (i: number, k: number): number => {
    const a = assign[i]!;
    const b = assign[k]!;
    const grows = demand[k]! - demand[i]!;
    return (
      costAt(i, b) +
      costAt(k, a) -
      costAt(i, a) -
      costAt(k, b) +
      overloadPrice * (overload(a, grows) - overload(a, 0) + overload(b, -grows) - overload(b, 0))
    );
  };

  /** Shifts and swaps while they help, first improvement, from a random customer on. */
  const settle = (random: Random): void => {
    const tiny = -1e-9 * Math.max(1, initialOverloadPrice);
    let quiet = 0;
    let i = random.below(customers);
    while (quiet < customers) {
      let helped = false;
      let least = tiny;
      let to = -1;
      for (let j = 0; j < facilities; j += 1) {
        if (j === assign[i] || allowed[j] === 0) continue;
        const change = shiftChange(i, j);
        if (change < least) {
          least = change;
          to = j;
        }
      }
      let partner = -1;
      for (let k = 0; k < customers; k += 1) {
        if (assign[k] === assign[i]) continue;
        const change = swapChange(i, k);
        if (change < least) {
          least = change;
          partner = k;
        }
      }
      if (partner >= 0) {
        const a = assign[i]!;
        const b = assign[partner]!;
        lift(i);
        lift(partner);
        put(i, b);
        put(partner, a);
        helped = true;
      } else if (to >= 0) {
        lift(i);
        put(i, to);
        helped = true;
      }
      quiet = helped ? 0 : quiet + 1;
      i = (i + 1) % customers;
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

/**
 * One step of the iterated local search: shakes an answer (closes a facility, opens one, exchanges two, or lifts some
 * customers), places who is left by regret and descends. Null where the capacities could not be kept.
 */
export function shake(
  assignment: Assignment,
  model: SscflpModel,
  region: Region,
  from: Found,
  random: Random,
): Found | null {
  const { facilities, customers } = model;
  assignment.adopt(from.assign);
  const { served, allowed, assign } = assignment;
  for (let j = 0; j < facilities; j += 1) allowed[j] = region.facility[j] === CLOSED ? 0 : 1;
  const pick = (wanted: (j: number) => boolean): number => {
    const some = Array.from({ length: facilities }, (_, j) => j).filter((j) => allowed[j] === 1 && wanted(j));
    return some.length === 0 ? -1 : some[random.below(some.length)]!;
  };
  const empty = (j: number): void => {
    for (let i = 0; i < customers; i += 1) if (assign[i] === j) assignment.lift(i);
  };
  const kind = random.below(4);
  const closing = kind === 0 || kind === 2 ? pick((j) => served[j]! > 0) : -1;
  const opening = kind === 1 || kind === 2 ? pick((j) => served[j] === 0) : -1;
  const wasOpen = Uint8Array.from(served, (count) => (count > 0 ? 1 : 0));
  if (closing >= 0) empty(closing);
  if (opening >= 0) {
    // Those who would rather be there come first, while there is room.
    const gain = (i: number): number =>
      model.cost[assign[i]! * customers + i]! - model.cost[opening * customers + i]!;
    const eager = Array.from({ length: customers }, (_, i) => i)
      .filter((i) => assign[i]! >= 0 && gain(i) > 0)
      .sort((a, b) => gain(b) - gain(a));
    for (const i of eager) {
      if (assignment.load[opening]! + model.demand[i]! > model.capacity[opening]!) continue;
      assignment.lift(i);
      assignment.put(i, opening);
    }
  }
  if (kind === 3) {
    const count = 2 + random.below(Math.max(1, Math.min(customers - 1, 12)));
    for (let n = 0; n < count; n += 1) assignment.lift(random.below(customers));
  }
  assignment.placeRest((j) => j !== closing && (wasOpen[j] === 1 || j === opening));
  if (assign.includes(-1)) assignment.placeRest((j) => j !== closing && allowed[j] === 1);
  if (assign.includes(-1)) assignment.placeRest(() => true);
  return assignment.descend(random) ? assignment.found() : null;
}
