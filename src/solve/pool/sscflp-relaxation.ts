import { costScale, type SscflpInstance } from './sscflp.ts';

/** The instance as its solvers see it: whole numbers where the file allows, facility by facility. */
export interface SscflpModel {
  readonly facilities: number;
  readonly customers: number;
  /** Units of cost here in one of the file's money. */
  readonly scale: number;
  /** All costs are whole numbers of units, so two answers of unlike cost differ by at least 1. */
  readonly isExact: boolean;
  readonly fixed: Float64Array;
  /** Cost of customer i at facility j: entry j x customers + i. */
  readonly cost: Float64Array;
  /** Whole numbers where the file's demands have at most three decimals. */
  readonly capacity: Float64Array;
  readonly demand: Float64Array;
  /** Demands and capacities for knapsack tables, both rounded down: what fits a facility, fits here. */
  readonly weight: Int32Array;
  readonly room: Int32Array;
  /** Prices are multiples of this power of two, so that every sum of prices and whole costs is exact. */
  readonly grain: number;
}

/** Entries of all knapsack tables together; beyond, they are made coarser, not longer. The bound stays a bound. */
const TABLE_ENTRIES = 4e7;

const sum = (values: Float64Array | Int32Array): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

export function sscflpModel(instance: SscflpInstance): SscflpModel {
  const { facilities, customers } = instance;
  const exactScale = costScale(instance);
  const inUnits = (value: number): number => (exactScale > 0 ? Math.round(value * exactScale) : value);
  const cost = new Float64Array(facilities * customers);
  let dearest = 0;
  for (let i = 0; i < customers; i += 1) {
    let most = 0;
    for (let j = 0; j < facilities; j += 1) {
      const value = inUnits(instance.cost[i * facilities + j]!);
      cost[j * customers + i] = value;
      most = Math.max(most, value);
    }
    dearest += most;
  }
  const fixed = instance.fixedCost.map(inUnits);

  const scale = [1, 10, 100, 1000].find((candidate) =>
    instance.demand.every((d) => Math.abs(d * candidate - Math.round(d * candidate)) < 1e-9),
  );
  const demand = scale === undefined ? instance.demand : instance.demand.map((d) => Math.round(d * scale));
  // 0.3 x 10 may come out a hair below 3: the hair is given back before rounding down. Values that no decimals hold
  // (sevenths) keep it: 60/7 + 62/7 + 41/7 adds up to a hair above 163/7, and fills that facility all the same.
  const capacity = instance.capacity.map((c) =>
    scale === undefined ? c * (1 + 1e-12) + 1e-9 : Math.floor(c * scale + 1e-9),
  );
  const total = sum(demand);
  const usable = capacity.map((c) => Math.min(c, total));
  const longest = Math.min(4000, Math.max(50, TABLE_ENTRIES / (facilities * customers)));
  const needsCoarse = scale === undefined || usable.some((c) => c > longest);
  const coarseness = needsCoarse ? longest / Math.max(1e-300, ...usable) : 1;
  // sum of floor(d g) <= sum of d g <= c g, and whole: so <= floor(c g). The hair covers the rounding of c g.
  const room = Int32Array.from(usable, (c) => Math.floor(c * coarseness * (1 + 1e-12)));
  // What fits no facility may be far heavier than any of them: one more than the largest says as much, in 32 bits.
  const tooMuch = room.reduce((most, r) => Math.max(most, r), 0) + 1;
  const weight = Int32Array.from(demand, (d) => Math.min(tooMuch, Math.floor(d * coarseness)));

  // 53 bits in a double, three of them left for prices that run above every cost.
  const bits = Math.ceil(Math.log2(Math.max(1, sum(fixed) + dearest)));
  return {
    facilities,
    customers,
    scale: exactScale || 1,
    isExact: exactScale > 0,
    fixed,
    cost,
    capacity,
    demand,
    weight,
    room,
    grain: 2 ** Math.max(-14, bits - 50),
  };
}

/** A proved bound as the least cost that an answer can have: whole where costs are, else less by its rounding. */
export const leastCost = (model: SscflpModel, bound: number): number =>
  model.isExact ? Math.ceil(bound) : bound - 1e-9 * Math.abs(bound);

/** A cost that an answer must stay below or at to be better than one of cost `best`. */
export const betterThan = (model: SscflpModel, best: number): number =>
  model.isExact ? best - 1 : best - 1e-7 * Math.abs(best);

export const FREE = 0;
export const OPEN = 1;
export const CLOSED = 2;

/** A part of all answers: some facilities settled, some customers barred from some facilities. */
export interface Region {
  /** FREE, OPEN or CLOSED. */
  readonly facility: Uint8Array;
  /** 1 where customer i may not be at facility j: entry j x customers + i. */
  readonly barred: Uint8Array;
}

export const wholeRegion = (model: SscflpModel): Region => {
  const barred = new Uint8Array(model.facilities * model.customers);
  for (let j = 0; j < model.facilities; j += 1) {
    for (let i = 0; i < model.customers; i += 1) {
      if (model.demand[i]! > model.capacity[j]!) barred[j * model.customers + i] = 1;
    }
  }
  return { facility: new Uint8Array(model.facilities), barred };
};

export const copyRegion = ({ facility, barred }: Region): Region => ({
  facility: facility.slice(),
  barred: barred.slice(),
});

/** The answer of the relaxed problem at some prices: facilities with a set of customers each, not a partition. */
export interface Relaxed {
  /** The bound at these prices; Infinity where the region is proved empty. */
  bound: number;
  /** Prices of the customers. */
  readonly price: Float64Array;
  /** 1 where facility j is open. */
  readonly open: Uint8Array;
  /** 1 where j, were it open, would take customer i: entry j x customers + i. */
  readonly taken: Uint8Array;
  /** What opening j adds: its fixed cost less the most that its customers' prices leave over. */
  readonly reduced: Float64Array;
}

/**
 * The Lagrangian relaxation of "each customer once" (Barcelo and Casanovas, EJOR 15, 1984; Holmberg, Roennqvist
 * and Yuan, EJOR 113, 1999), strengthened by "the open facilities hold everybody":
 *
 *   L(p) = sum_i p_i + min { sum_j y_j (fixed_j - knapsack_j(p)) : sum_j room_j y_j >= sum_i weight_i }
 *
 * with knapsack_j(p) the most of sum (p_i - cost_ij) over customers that fit j together. Both minima are found by
 * dynamic programming over whole rooms, so L is no estimate: with whole costs and prices on the grain every sum is
 * exact in a double.
 */
export function createRelaxation(model: SscflpModel) {
  const { facilities, customers, weight, room, cost, fixed, grain } = model;
  const longest = Math.max(...room);
  // Rooms in the largest whole step that they all share; the need is rounded up to whole steps.
  const step = room.reduce(greatestCommonDivisor, 0) || 1;
  const span = Int32Array.from(room, (r) => r / step);
  const widest = Math.max(...span);
  const wanted = Math.ceil(sum(weight) / step);
  const table = new Float64Array(longest + 1);
  const left = new Float64Array(longest + 1);
  const isTaken = new Uint8Array(customers * (longest + 1));
  const items = new Int32Array(customers);
  const coverRows = () => Array.from({ length: facilities + 1 }, () => new Float64Array(wanted + widest + 1));
  const prefix = coverRows();
  const suffix = coverRows();

  const relaxed: Relaxed = {
    bound: Number.NEGATIVE_INFINITY,
    price: new Float64Array(customers),
    open: new Uint8Array(facilities),
    taken: new Uint8Array(facilities * customers),
    reduced: new Float64Array(facilities),
  };

  /** The customers of j with something left over at these prices, in `items`; returns how many. */
  const listItems = (j: number, region: Region, price: Float64Array, without: number): number => {
    const from = j * customers;
    let count = 0;
    for (let i = 0; i < customers; i += 1) {
      if (region.barred[from + i] === 0 && price[i]! > cost[from + i]! && i !== without) items[count++] = i;
    }
    return count;
  };

  /** Fills `table[w]` with the most of the first `count` items in room w; a row of `isTaken` an item. */
  const fillTable = (j: number, price: Float64Array, count: number): void => {
    const from = j * customers;
    const most = room[j]!;
    table.fill(0, 0, most + 1);
    let reach = 0;
    for (let k = 0; k < count; k += 1) {
      const i = items[k]!;
      const size = weight[i]!;
      const left = price[i]! - cost[from + i]!;
      const row = k * (longest + 1);
      // Above the sum of sizes so far the table is flat: those entries are filled once, below.
      reach = Math.min(most, reach + size);
      isTaken.fill(0, row, row + Math.min(size, most + 1));
      for (let w = reach; w >= size; w -= 1) {
        const value = table[w - size]! + left;
        if (value > table[w]!) {
          table[w] = value;
          isTaken[row + w] = 1;
        } else {
          isTaken[row + w] = 0;
        }
      }
      if (reach < most) {
        table.fill(table[reach]!, reach + 1, most + 1);
        isTaken.fill(isTaken[row + reach]!, row + reach + 1, row + most + 1);
      }
    }
  };

  /** Solves the knapsack of j into `relaxed.taken`; returns the most that is left over. */
  const solveKnapsack = (j: number, region: Region): number => {
    const { price, taken } = relaxed;
    const from = j * customers;
    taken.fill(0, from, from + customers);
    const count = listItems(j, region, price, -1);
    let size = 0;
    let left = 0;
    for (let k = 0; k < count; k += 1) {
      const i = items[k]!;
      size += weight[i]!;
      left += price[i]! - cost[from + i]!;
    }
    if (size <= room[j]!) {
      for (let k = 0; k < count; k += 1) taken[from + items[k]!] = 1;
      return left;
    }
    fillTable(j, price, count);
    let w = room[j]!;
    for (let k = count - 1; k >= 0; k -= 1) {
      const i = items[k]!;
      if (isTaken[k * (longest + 1) + w] === 0) continue;
      taken[from + i] = 1;
      w -= weight[i]!;
    }
    return table[room[j]!]!;
  };

  /** Facilities that are open whatever the need: they must be, or pay for themselves. The others may cover it. */
  const isBase = (j: number, region: Region): boolean =>
    region.facility[j] === OPEN || (region.facility[j] === FREE && relaxed.reduced[j]! < 0);

  /** Sum of reduced costs and room still needed once the base is open. */
  const openBase = (region: Region): { total: number; need: number } => {
    let total = 0;
    let need = wanted;
    for (let j = 0; j < facilities; j += 1) {
      if (!isBase(j, region)) continue;
      total += relaxed.reduced[j]!;
      need -= span[j]!;
    }
    return { total, need };
  };

  /** `into[w]`, w = 0 .. most: least cost of covering w, from `from` with one more facility at a price. */
  const addCover = (
    from: Float64Array,
    into: Float64Array,
    most: number,
    width: number,
    price: number,
  ): void => {
    for (let w = 0; w <= most; w += 1) into[w] = Math.min(from[w]!, from[Math.max(0, w - width)]! + price);
  };

  /**
   * Opens the facilities that pay for themselves or must be open, then the cheapest others until everybody has
   * room. Returns their reduced cost; Infinity where none suffice.
   */
  const chooseFacilities = (region: Region): number => {
    const { open, reduced } = relaxed;
    const { total, need } = openBase(region);
    for (let j = 0; j < facilities; j += 1) open[j] = isBase(j, region) ? 1 : 0;
    if (need <= 0) return total;
    const rows = prefix;
    rows[0]!.fill(Number.POSITIVE_INFINITY, 1, need + 1);
    rows[0]![0] = 0;
    for (let j = 0; j < facilities; j += 1) {
      const isCandidate = region.facility[j] === FREE && reduced[j]! >= 0;
      addCover(rows[j]!, rows[j + 1]!, need, isCandidate ? span[j]! : 0, isCandidate ? reduced[j]! : 0);
    }
    if (rows[facilities]![need]! === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    let w = need;
    for (let j = facilities - 1; j >= 0 && w > 0; j -= 1) {
      if (rows[j + 1]![w]! === rows[j]![w]!) continue;
      open[j] = 1;
      w = Math.max(0, w - span[j]!);
    }
    return total + rows[facilities]![need]!;
  };

  /**
   * What {@link chooseFacilities} would return with facility j open, and with j closed, for each j that is not
   * closed, all else free: from covers by the facilities before and after each.
   */
  const settleEach = (region: Region): { ifOpen: Float64Array; ifClosed: Float64Array } => {
    const { reduced } = relaxed;
    const { total, need } = openBase(region);
    const ifOpen = new Float64Array(facilities);
    const ifClosed = new Float64Array(facilities);
    const most = Math.max(0, need + widest);
    prefix[0]!.fill(Number.POSITIVE_INFINITY, 1, most + 1);
    prefix[0]![0] = 0;
    suffix[facilities]!.fill(Number.POSITIVE_INFINITY, 1, most + 1);
    suffix[facilities]![0] = 0;
    const isCandidate = (j: number): boolean => region.facility[j] === FREE && reduced[j]! >= 0;
    for (let j = 0; j < facilities; j += 1) {
      addCover(
        prefix[j]!,
        prefix[j + 1]!,
        most,
        isCandidate(j) ? span[j]! : 0,
        isCandidate(j) ? reduced[j]! : 0,
      );
    }
    for (let j = facilities - 1; j >= 0; j -= 1) {
      addCover(
        suffix[j + 1]!,
        suffix[j]!,
        most,
        isCandidate(j) ? span[j]! : 0,
        isCandidate(j) ? reduced[j]! : 0,
      );
    }
    /** Least cost of covering w without j. */
    const coverWithout = (j: number, w: number): number => {
      if (w <= 0) return 0;
      let least = Number.POSITIVE_INFINITY;
      for (let before = 0; before <= w; before += 1) {
        least = Math.min(least, prefix[j]![before]! + suffix[j + 1]![w - before]!);
      }
      return least;
    };
    for (let j = 0; j < facilities; j += 1) {
      if (region.facility[j] === CLOSED) continue;
      if (isCandidate(j)) {
        ifOpen[j] = total + reduced[j]! + coverWithout(j, need - span[j]!);
        ifClosed[j] = total + coverWithout(j, need);
      } else {
        ifOpen[j] = total + (need <= 0 ? 0 : prefix[facilities]![need]!);
        const rest = need + span[j]!;
        ifClosed[j] = total - reduced[j]! + (rest <= 0 ? 0 : prefix[facilities]![rest]!);
      }
    }
    return { ifOpen, ifClosed };
  };

  /** L at the given prices over a region, into `relaxed`. */
  const evaluate = (region: Region, price: Float64Array): number => {
    for (let i = 0; i < customers; i += 1) relaxed.price[i] = Math.round(price[i]! / grain) * grain;
    for (let j = 0; j < facilities; j += 1) {
      if (region.facility[j] === CLOSED) continue;
      relaxed.reduced[j] = fixed[j]! - solveKnapsack(j, region);
    }
    relaxed.bound = sum(relaxed.price) + chooseFacilities(region);
    return relaxed.bound;
  };

  /**
   * Narrows a region by the last {@link evaluate}: what would lift the bound above `limit` is ruled out, so no
   * answer of cost `limit` or less is lost. Returns false where none can be left.
   */
  const narrow = (region: Region, limit: number): boolean => {
    const { reduced, price } = relaxed;
    const base = sum(price);
    const { ifOpen, ifClosed } = settleEach(region);
    for (let j = 0; j < facilities; j += 1) {
      if (region.facility[j] !== FREE) continue;
      if (base + ifOpen[j]! > limit && base + ifClosed[j]! > limit) return false;
      if (base + ifOpen[j]! > limit) region.facility[j] = CLOSED;
      else if (base + ifClosed[j]! > limit) region.facility[j] = OPEN;
    }
    for (let j = 0; j < facilities; j += 1) {
      if (region.facility[j] === CLOSED) continue;
      const from = j * customers;
      // With j open and all else best: what may still be lost inside j before the limit is passed.
      const spare = limit - (base + ifOpen[j]!);
      const kept = fixed[j]! - reduced[j]!;
      const count = listItems(j, region, price, -1);
      fillTable(j, price, count);
      left.set(table);
      const isSmall = count * count * room[j]! < 4e6;
      for (let i = 0; i < customers; i += 1) {
        if (region.barred[from + i] === 1 || relaxed.taken[from + i] === 1) continue;
        const rest = room[j]! - weight[i]!;
        const gain = price[i]! - cost[from + i]!;
        // Forced in: its own gain and the best of the others in the room it leaves. Where it is an item itself, the
        // table may count it twice: a hopeful first look, then the table without it.
        if (rest < 0 || kept - gain - left[rest]! > spare) region.barred[from + i] = 1;
        else if (gain > 0 && isSmall) {
          fillTable(j, price, listItems(j, region, price, i));
          if (kept - gain - table[rest]! > spare) region.barred[from + i] = 1;
        }
      }
    }
    return true;
  };

  return { relaxed, evaluate, narrow };
}

export type Relaxation = ReturnType<typeof createRelaxation>;
