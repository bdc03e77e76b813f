import type { Seats } from './seats.ts';

/** Cycles that may be applied in one call: a stop for numbers of no practical size. */
const MOST_CYCLES = 20_000;

/**
 * Cheapest seats for the sessions that are open: while moving one seat along a cycle of sessions (or a path between
 * sessions with spare seats and spare room, or the outside) lowers the cost, it is moved: negative cycles of the
 * transportation problem (Klein, Management Science 14, 1967), found by Bellman and Ford on a graph with a node a
 * session. Optimal for the open set where all needs may be split and none has conditions or people; an improvement
 * elsewhere: kept-together needs of two seats or more stay where they are.
 */
export function exchangeSeats(seats: Seats): void {
  const graph = createGraph(seats);
  for (let cycles = 0; cycles < MOST_CYCLES; ) {
    const found = graph.negativeCycles();
    if (found.length === 0) return;
    const applied = found.filter((cycle) => graph.apply(cycle)).length;
    if (applied === 0) return;
    cycles += applied;
  }
}

/** Arcs of a cycle, each as from x size + to. */
type Cycle = readonly number[];

function createGraph(seats: Seats) {
  const { model } = seats;
  const open = [...seats.open].sort((a, b) => a - b);
  const outside = open.length; // not in a session
  const hub = open.length + 1; // one seat less somewhere, one more elsewhere
  const size = open.length + 2;
  const at = new Int32Array(model.sessionCount).fill(-1);
  for (const [k, j] of open.entries()) at[j] = k;
  const length = new Float64Array(size * size);
  const give = new Int32Array(size * size); // edge that loses a seat, or -1 - need: outside
  const gain = new Int32Array(size * size); // edge that wins it, or -1: outside

  const offer = (from: number, to: number, cost: number, out: number, into: number): void => {
    const k = from * size + to;
    if (cost >= length[k]!) return;
    length[k] = cost;
    give[k] = out;
    gain[k] = into;
  };
  const isFixed = (i: number): boolean => model.together[i] === 1 && model.needSeats[i]! > 1;

  /** The cheapest seat that node `from` can give to each other node. */
  function weigh(from: number): void {
    length.fill(Number.POSITIVE_INFINITY, from * size, (from + 1) * size);
    if (from === outside) for (let i = 0; i < model.needCount; i += 1) weighOutside(i);
    else if (from !== hub) {
      for (const o of seats.occupants[open[from]!]!) weighSeat(from, o);
    }
  }

  function weighOutside(i: number): void {
    if (isFixed(i) || (seats.bought[i] === 0 && seats.unserved(i) === 0)) return;
    const here = seats.bought[i]! > 0 ? model.price[i]! : model.penalty[i]!;
    for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1) {
      const to = at[model.edgeSession[e]!]!;
      if (to >= 0 && seats.seated[e]! < model.edgeMax[e]!)
        offer(outside, to, model.edgeCost[e]! - here, -1 - i, e);
    }
  }

  function weighSeat(from: number, o: number): void {
    const i = model.edgeNeed[o]!;
    if (isFixed(i)) return;
    const cost = model.edgeCost[o]!;
    offer(from, outside, seats.outside(i) - cost, o, -1);
    for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1) {
      const to = at[model.edgeSession[e]!]!;
      if (to >= 0 && to !== from && seats.seated[e]! < model.edgeMax[e]!)
        offer(from, to, model.edgeCost[e]! - cost, o, e);
    }
  }

  /** Who may give or take a seat without another in exchange. */
  function weighHub(): void {
    length.fill(Number.POSITIVE_INFINITY, hub * size, (hub + 1) * size);
    for (const [k, j] of open.entries()) {
      length[k * size + hub] = seats.room(j) > 0 ? 0 : Number.POSITIVE_INFINITY;
      if (seats.load[j]! > model.minSeats[j]!) length[hub * size + k] = 0;
    }
    length[outside * size + hub] = 0;
    length[hub * size + outside] = 0;
  }

  const stale = new Set(Array.from({ length: size }, (_, k) => k));
  stale.delete(hub);

  return {
    negativeCycles(): Cycle[] {
      for (const k of stale) weigh(k);
      stale.clear();
      weighHub();
      return negativeCycles(length, size);
    },
    /** Moves a seat along each arc; false, and nothing moved, where that breaks something or does not pay. */
    apply(cycle: Cycle): boolean {
      const arcs = cycle.filter((k) => Math.floor(k / size) !== hub && k % size !== hub);
      const mark = seats.mark();
      const before = seats.cost;
      const isMoved =
        arcs.every((k) => takeSeat(give[k]!)) && arcs.every((k) => giveSeat(give[k]!, gain[k]!));
      const touched = seats.touched(mark);
      const pays = isMoved && seats.faults === 0 && seats.cost < before;
      if (!pays) seats.rollback(mark);
      for (const i of touched) markStale(i);
      for (const k of arcs) stale.add(Math.floor(k / size)).add(k % size);
      return pays;
    },
  };

  function takeSeat(out: number): boolean {
    if (out >= 0) {
      if (seats.seated[out] === 0) return false;
      seats.seat(out, -1);
      return true;
    }
    const i = -1 - out;
    if (seats.bought[i]! > 0) seats.buy(i, -1);
    return seats.unserved(i) > 0;
  }

  function giveSeat(out: number, into: number): boolean {
    const i = out >= 0 ? model.edgeNeed[out]! : -1 - out;
    if (into < 0) {
      if (model.price[i]! < model.penalty[i]!) seats.buy(i, 1);
      return true;
    }
    const hasRoom = seats.seated[into]! < model.edgeMax[into]! && seats.room(model.edgeSession[into]!) > 0;
    if (!hasRoom || seats.unserved(i) === 0 || !seats.mayUse(into)) return false;
    seats.seat(into, 1);
    return true;
  }

  /** The arcs of every node that holds seats of need i were weighed with other seats of it in mind. */
  function markStale(i: number): void {
    stale.add(outside);
    for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1) {
      const k = at[model.edgeSession[e]!]!;
      if (k >= 0 && seats.seated[e]! > 0) stale.add(k);
    }
  }
}

/** Cycles of negative length without a node in common; none where there is none. Dense Bellman-Ford from all nodes. */
function negativeCycles(length: Float64Array, size: number): Cycle[] {
  const distance = new Float64Array(size);
  const parent = new Int32Array(size).fill(-1);
  for (let round = 0; round < size; round += 1) {
    let changed = false;
    for (let u = 0; u < size; u += 1) {
      const du = distance[u]!;
      const row = u * size;
      for (let v = 0; v < size; v += 1) {
        const d = du + length[row + v]!;
        if (d < distance[v]! - 1e-6) {
          distance[v] = d;
          parent[v] = u;
          changed = true;
        }
      }
    }
    if (!changed) return [];
    const cycles = cyclesOf(parent, size);
    if (cycles.length > 0) return cycles;
  }
  return [];
}

/** All cycles of the graph of parents, in which each node has one at most. */
function cyclesOf(parent: Int32Array, size: number): Cycle[] {
  const seen = new Int32Array(size).fill(-1);
  const cycles: Cycle[] = [];
  for (let start = 0; start < size; start += 1) {
    let v = start;
    while (v >= 0 && seen[v] === -1) {
      seen[v] = start;
      v = parent[v]!;
    }
    if (v < 0 || seen[v] !== start) continue;
    const arcs: number[] = [];
    let u = v;
    do {
      arcs.push(parent[u]! * size + u);
      u = parent[u]!;
    } while (u !== v);
    cycles.push(arcs);
  }
  return cycles;
}
