import type { ComponentGame } from './game.ts';
import { placeSeats, type Transport, type TransportFlow, type TransportLimits } from './game-flow.ts';

/** What the search may not use. */
export interface Forbidden {
  readonly sessions: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
}

/** Seats by edge of the game's model (only those with seats), and outside by need. */
export interface BranchSeats {
  readonly cost: number;
  readonly seated: ReadonlyMap<number, number>;
  readonly outside: ReadonlyMap<number, number>;
}

/** 'infeasible': some seat has no place; 'unfinished': the nodes did not suffice. */
export type BranchResult = BranchSeats | 'infeasible' | 'unfinished';

/** What is decided of a session; 0: nothing yet. */
const OPEN = 1;
const CLOSED = 2;

/** A node of the search tree: what is decided, and what is not. */
interface Node {
  readonly status: Uint8Array;
  /** 1: the session takes no subsidy, whoever comes. */
  readonly unshared: Uint8Array;
  readonly edgeMax: Int32Array;
  /** Seats decided, by edge; those of a need outside sessions. */
  readonly fixed: Int32Array;
  readonly fixedOutside: Int32Array;
  /** 0: the need may have no seat outside. */
  readonly mayBeOutside: Uint8Array;
}

/** A lower bound may lie this far above the true one by rounding of doubles. */
const NOISE = 1e-3;

/**
 * Least cost of the seats of some needs, by branch and bound over which sessions open. A node's bound is a least-cost
 * placement of seats in which a session not decided yet charges each seat its part of the fixed price were it full:
 * f / min(max seats, seats that could come). It is exact for open sessions, and whole. What the placement breaks is
 * branched on, the node of least bound first: two sessions of one trainer (close one or the other), a session below its minimum or charged too little
 * (open or close), a need kept together but split (all there, or none there), a person in two sessions at once (one or
 * the other), a subsidy with one company only (do without, or bring another in).
 *
 * `personConflicts` and conflicts of sessions are those inside `needs`; ties with others are for the caller.
 */
export function branchLeastCost(
  game: ComponentGame,
  needs: readonly number[],
  forbidden: Forbidden,
  options: {
    readonly penalties: boolean;
    readonly nodes: number;
    readonly personConflicts: readonly (readonly [number, number])[];
  },
): BranchResult {
  const instance = createInstance(game, needs, forbidden, options.penalties);
  const conflicts = options.personConflicts.flatMap(([e, f]): [number, number][] => {
    const [a, b] = [instance.localEdge.get(e), instance.localEdge.get(f)];
    return a === undefined || b === undefined ? [] : [[a, b]];
  });
  let best: Placed | null = null;
  const open = new BoundQueue();
  const look = (node: Node): void => {
    const placed = placeAt(instance, node, conflicts);
    if (placed === null) return;
    if (placed.cost !== null && (best?.cost == null || placed.cost < best.cost)) best = placed;
    open.push(placed);
  };
  look(instance.root);
  for (let nodes = 0; ; nodes += 1) {
    const placed = open.pop();
    // Everything left costs as much as the best at least.
    if (placed === null || isAtLeast(placed.bound, best)) break;
    if (nodes >= options.nodes) return 'unfinished';
    const children = branch(instance, placed, conflicts);
    if (children === null) throw new Error(`nothing is broken at a bound of ${placed.bound}`);
    for (const child of children) look(child);
  }
  if (best === null) return 'infeasible';
  const { flow, node, cost }: Placed = best;
  const seated = new Map<number, number>();
  for (const [e, id] of instance.edges.entries()) {
    const count = flow.onEdge[e]! + node.fixed[e]!;
    if (count > 0) seated.set(id, count);
  }
  const outside = new Map<number, number>();
  for (const [n, id] of needs.entries()) {
    const count = flow.outside[n]! + node.fixedOutside[n]!;
    if (count > 0) outside.set(id, count);
  }
  return { cost: cost!, seated, outside };
}

/** A node with its placement of seats. */
interface Placed {
  readonly node: Node;
  readonly limits: Limits;
  readonly flow: TransportFlow;
  /** Seats in each session. */
  readonly seats: Int32Array;
  readonly bound: number;
  /** What the placement really costs; null where it breaks something. */
  readonly cost: number | null;
}

/** True where a bound says that nothing below the best is left: costs are whole. */
const isAtLeast = (bound: number, best: Placed | null): boolean =>
  best !== null && best.cost !== null && Math.ceil(bound - NOISE) >= best.cost;

/** Places the seats of a node; null where that cannot be done. */
function placeAt(
  instance: Instance,
  node: Node,
  personConflicts: readonly (readonly [number, number])[],
): Placed | null {
  const limits = limitsOf(instance, node);
  const flow = limits === null ? null : placeSeats(instance.net, limits);
  if (limits === null || flow === null) return null;
  const seats = seatsOf(instance, node, flow);
  const bound = boundOf(instance, node, limits, flow, seats);
  if (bound === null) return null;
  const cost = costIfFeasible(instance, node, flow, seats, personConflicts);
  return { node, limits, flow, seats, bound, cost };
}

/** Nodes by bound, the least first: a binary heap. */
class BoundQueue {
  private readonly heap: Placed[] = [];

  push(placed: Placed): void {
    const { heap } = this;
    let at = heap.length;
    heap.push(placed);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (heap[up]!.bound <= placed.bound) break;
      heap[at] = heap[up]!;
      at = up;
    }
    heap[at] = placed;
  }

  pop(): Placed | null {
    const { heap } = this;
    const least = heap[0];
    const last = heap.pop();
    if (least === undefined || last === undefined) return null;
    if (heap.length === 0) return least;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= heap.length) break;
      if (down + 1 < heap.length && heap[down + 1]!.bound < heap[down]!.bound) down += 1;
      if (heap[down]!.bound >= last.bound) break;
      heap[at] = heap[down]!;
      at = down;
    }
    heap[at] = last;
    return least;
  }
}

/** The seats to place with places numbered from 0. */
interface Instance {
  readonly game: ComponentGame;
  readonly net: Transport;
  readonly root: Node;
  /** Edge and session of the model for each here. */
  readonly edges: readonly number[];
  readonly sessions: readonly number[];
  readonly localEdge: ReadonlyMap<number, number>;
  readonly supply: Int32Array;
  readonly outsideCost: Float64Array;
  readonly together: Uint8Array;
  readonly company: Int32Array;
  readonly fixedPrice: Float64Array;
  readonly seatPrice: Float64Array;
  readonly least: Int32Array;
  readonly most: Int32Array;
  /** Sessions that exclude each other. */
  readonly conflicts: readonly (readonly number[])[];
  /** Edges of each session, those that save most against a seat outside first. */
  readonly bestEdges: readonly (readonly number[])[];
  /** More than any path of seats can cost. */
  readonly big: number;
}

function createInstance(
  game: ComponentGame,
  needs: readonly number[],
  forbidden: Forbidden,
  penalties: boolean,
): Instance {
  const { model } = game;
  const edges: number[] = [];
  const sessionPlace = new Map<number, number>();
  const edgeNeed: number[] = [];
  for (const [n, id] of needs.entries())
    for (let e = model.edgeStart[id]!; e < model.edgeStart[id + 1]!; e += 1) {
      const j = model.edgeSession[e]!;
      if (forbidden.sessions.has(j) || forbidden.edges.has(e)) continue;
      if (!sessionPlace.has(j)) sessionPlace.set(j, sessionPlace.size);
      edges.push(e);
      edgeNeed.push(n);
    }
  const sessions = [...sessionPlace.keys()];
  const edgeSession = Int32Array.from(edges, (e) => sessionPlace.get(model.edgeSession[e]!)!);
  const listBy = (count: number, keys: ArrayLike<number>): Int32Array[] => {
    const lists = Array.from({ length: count }, (): number[] => []);
    for (let e = 0; e < keys.length; e += 1) lists[keys[e]!]!.push(e);
    return lists.map((l) => Int32Array.from(l));
  };
  const isUsable = needs.map((id) => penalties || game.isPenalty[id] === 0);
  const outsideCost = Float64Array.from(needs, (id, n) =>
    isUsable[n] ? game.outsideCost[id]! : Number.POSITIVE_INFINITY,
  );
  const edgeCost = Float64Array.from(edges, (e) => model.edgeCost[e]!);
  const fixedPrice = Float64Array.from(sessions, (j) => model.fixed[j]!);
  const seatPrice = Float64Array.from(sessions, (j) => game.perSeat[j]!);
  const edgesOfSession = listBy(sessions.length, edgeSession);
  const savingOf = (e: number): number => outsideCost[edgeNeed[e]!]! - edgeCost[e]!;
  let dearest = 1;
  for (const c of edgeCost) dearest = Math.max(dearest, c);
  for (const c of fixedPrice) dearest = Math.max(dearest, c);
  for (const c of outsideCost) if (Number.isFinite(c)) dearest = Math.max(dearest, c);
  return {
    game,
    net: {
      needCount: needs.length,
      sessionCount: sessions.length,
      edgeNeed: Int32Array.from(edgeNeed),
      edgeSession,
      edgeCost,
      edgesOfNeed: listBy(needs.length, edgeNeed),
      edgesOfSession,
    },
    root: {
      status: new Uint8Array(sessions.length),
      unshared: new Uint8Array(sessions.length),
      edgeMax: Int32Array.from(edges, (e) => model.edgeMax[e]!),
      fixed: new Int32Array(edges.length),
      fixedOutside: new Int32Array(needs.length),
      mayBeOutside: new Uint8Array(needs.length).fill(1),
    },
    edges,
    sessions,
    localEdge: new Map(edges.map((e, k) => [e, k])),
    supply: Int32Array.from(needs, (id) => model.needSeats[id]!),
    outsideCost,
    together: Uint8Array.from(needs, (id) => model.together[id]!),
    company: Int32Array.from(needs, (id) => game.needCompany[id]!),
    fixedPrice,
    seatPrice,
    least: Int32Array.from(sessions, (j) => model.minSeats[j]!),
    most: Int32Array.from(sessions, (j) => model.maxSeats[j]!),
    conflicts: sessions.map((j) =>
      [...model.conflicts[j]!].flatMap((k) => (sessionPlace.has(k) ? [sessionPlace.get(k)!] : [])),
    ),
    bestEdges: edgesOfSession.map((list) =>
      [...list].sort((a, b) => {
        const [first, second] = [savingOf(a), savingOf(b)];
        return first === second ? a - b : second - first;
      }),
    ),
    big: 4 * dearest * (needs.length + sessions.length + 2),
  };
}

/** What a session of k seats costs beyond the price of its seats, subsidy taken or not. */
function extraCost(instance: Instance, j: number, k: number, isShared: boolean): number {
  const fixed = instance.fixedPrice[j]!;
  if (!isShared) return fixed;
  return fixed - Math.min(instance.game.subsidyPerSeat * k, fixed + instance.seatPrice[j]! * k);
}

const mayShare = (instance: Instance, node: Node, j: number): boolean =>
  instance.game.subsidyPerSeat > 0 && node.unshared[j] === 0;

/** Limits of a placement, and what a session not decided yet charges a seat. */
type Limits = TransportLimits & { readonly slope: Float64Array };

/** The placement of a node: limits and prices; null where some session or need cannot be satisfied. */
function limitsOf(instance: Instance, node: Node): Limits | null {
  const { net, big } = instance;
  const supply = instance.supply.slice();
  const taken = new Int32Array(net.sessionCount);
  for (let n = 0; n < net.needCount; n += 1) supply[n]! -= node.fixedOutside[n]!;
  for (let e = 0; e < net.edgeNeed.length; e += 1) {
    supply[net.edgeNeed[e]!]! -= node.fixed[e]!;
    taken[net.edgeSession[e]!]! += node.fixed[e]!;
  }
  if (supply.some((seats) => seats < 0)) return null;
  const edgeMax = new Int32Array(net.edgeNeed.length);
  const sessionMax = new Int32Array(net.sessionCount);
  const slope = new Float64Array(net.sessionCount);
  for (let j = 0; j < net.sessionCount; j += 1) {
    if (node.status[j] === CLOSED) continue;
    let could = taken[j]!;
    for (const e of net.edgesOfSession[j]!)
      could += Math.min(supply[net.edgeNeed[e]!]!, node.edgeMax[e]! - node.fixed[e]!);
    if (could < instance.least[j]!) {
      if (node.status[j] === OPEN) return null;
      continue;
    }
    const most = Math.min(instance.most[j]!, could);
    if (taken[j]! > most) return null;
    if (node.status[j] !== OPEN && !canPay(instance, node, j, supply, most)) continue;
    sessionMax[j] = most;
    slope[j] = extraCost(instance, j, most, mayShare(instance, node, j)) / most;
    for (const e of net.edgesOfSession[j]!)
      edgeMax[e] = Math.min(supply[net.edgeNeed[e]!]!, node.edgeMax[e]! - node.fixed[e]!);
  }
  const outsideCost = instance.outsideCost.map((c, n) =>
    node.mayBeOutside[n] === 1 ? c : Number.POSITIVE_INFINITY,
  );
  const isPriced = (j: number): boolean => mayShare(instance, node, j);
  const open = (j: number, k: number): number =>
    isPriced(j) ? extraCost(instance, j, k + 1, true) - extraCost(instance, j, k, true) : 0;
  return {
    supply,
    edgeMax,
    outsideCost,
    taken,
    sessionMax,
    slope,
    price(j, k) {
      if (node.status[j] !== OPEN) return slope[j]!;
      return k < instance.least[j]! ? open(j, k) - big : open(j, k);
    },
    priceRun(j, k) {
      if (node.status[j] !== OPEN) return sessionMax[j]! - k;
      if (isPriced(j)) return 1;
      return (k < instance.least[j]! ? Math.min(instance.least[j]!, sessionMax[j]!) : sessionMax[j]!) - k;
    },
  };
}

/**
 * True where session j could save more than it costs beyond its seats: its seats less dear than outside, the best
 * first, against its fixed price less subsidy. One that cannot is not worth opening: its seats outside cost no more.
 */
function canPay(instance: Instance, node: Node, j: number, supply: Int32Array, most: number): boolean {
  const isShared = mayShare(instance, node, j);
  let seats = 0;
  let saved = 0;
  for (const e of instance.bestEdges[j]!) {
    const n = instance.net.edgeNeed[e]!;
    const saving =
      node.mayBeOutside[n] === 1
        ? instance.outsideCost[n]! - instance.net.edgeCost[e]!
        : Number.POSITIVE_INFINITY;
    const count = Math.min(supply[n]!, node.edgeMax[e]!, most - seats);
    for (let k = 1; k <= count; k += 1) {
      saved += saving;
      seats += 1;
      if (saved > extraCost(instance, j, seats, isShared)) return true;
    }
  }
  return false;
}

/** Seats in each session, decided and placed. */
function seatsOf(instance: Instance, node: Node, flow: TransportFlow): Int32Array {
  const seats = new Int32Array(instance.net.sessionCount);
  for (let e = 0; e < flow.onEdge.length; e += 1)
    seats[instance.net.edgeSession[e]!]! += flow.onEdge[e]! + node.fixed[e]!;
  return seats;
}

/** Cost of the seats alone: their price and travel, and those outside. */
function seatCost(instance: Instance, node: Node, flow: TransportFlow): number {
  let cost = 0;
  for (let e = 0; e < flow.onEdge.length; e += 1) {
    const count = flow.onEdge[e]! + node.fixed[e]!;
    if (count > 0) cost += count * instance.net.edgeCost[e]!;
  }
  for (let n = 0; n < flow.outside.length; n += 1) {
    const count = flow.outside[n]! + node.fixedOutside[n]!;
    if (count > 0) cost += count * instance.outsideCost[n]!;
  }
  return cost;
}

/** The placement's cost at the node's prices; null where an open session stays below its minimum. */
function boundOf(
  instance: Instance,
  node: Node,
  limits: Limits,
  flow: TransportFlow,
  seats: Int32Array,
): number | null {
  let bound = seatCost(instance, node, flow);
  for (let j = 0; j < seats.length; j += 1) {
    if (node.status[j] === OPEN) {
      if (seats[j]! < instance.least[j]!) return null;
      bound += extraCost(instance, j, seats[j]!, mayShare(instance, node, j));
    } else bound += limits.slope[j]! * seats[j]!;
  }
  return bound;
}

/** True where seats of two companies or more are in session j. */
function isShared(instance: Instance, node: Node, flow: TransportFlow, j: number): boolean {
  let first = -1;
  for (const e of instance.net.edgesOfSession[j]!) {
    if (flow.onEdge[e]! + node.fixed[e]! === 0) continue;
    const company = instance.company[instance.net.edgeNeed[e]!]!;
    if (first === -1) first = company;
    else if (first !== company) return true;
  }
  return false;
}

/** Places (edges, or -1 for outside) that hold seats of need n. */
function placesOf(
  instance: Instance,
  node: Node,
  flow: TransportFlow,
  n: number,
): { edge: number; seats: number }[] {
  const places: { edge: number; seats: number }[] = [];
  for (const e of instance.net.edgesOfNeed[n]!) {
    const seats = flow.onEdge[e]! + node.fixed[e]!;
    if (seats > 0) places.push({ edge: e, seats });
  }
  const outside = flow.outside[n]! + node.fixedOutside[n]!;
  if (outside > 0) places.push({ edge: -1, seats: outside });
  return places;
}

/** The true cost of a placement; null where it breaks something. */
function costIfFeasible(
  instance: Instance,
  node: Node,
  flow: TransportFlow,
  seats: Int32Array,
  personConflicts: readonly (readonly [number, number])[],
): number | null {
  let cost = seatCost(instance, node, flow);
  for (let j = 0; j < seats.length; j += 1) {
    const k = seats[j]!;
    if (k === 0) continue;
    if (k < instance.least[j]! || instance.conflicts[j]!.some((other) => seats[other]! > 0)) return null;
    cost += extraCost(instance, j, k, isShared(instance, node, flow, j));
  }
  for (let n = 0; n < instance.together.length; n += 1)
    if (instance.together[n] === 1 && placesOf(instance, node, flow, n).length > 1) return null;
  const holds = (e: number): boolean => flow.onEdge[e]! + node.fixed[e]! > 0;
  return personConflicts.some(([e, f]) => holds(e) && holds(f)) ? null : cost;
}

const copy = (node: Node): Node => ({
  status: node.status.slice(),
  unshared: node.unshared.slice(),
  edgeMax: node.edgeMax.slice(),
  fixed: node.fixed.slice(),
  fixedOutside: node.fixedOutside.slice(),
  mayBeOutside: node.mayBeOutside.slice(),
});

/** The node with session j open and all that it excludes closed; null where one of those is open. */
function opened(instance: Instance, node: Node, j: number): Node | null {
  const next = copy(node);
  next.status[j] = OPEN;
  for (const other of instance.conflicts[j]!) {
    if (next.status[other] === OPEN) return null;
    next.status[other] = CLOSED;
  }
  return next;
}

function closed(node: Node, j: number): Node {
  const next = copy(node);
  next.status[j] = CLOSED;
  return next;
}

/** The node without more seats on edge e than are decided there. */
function without(node: Node, e: number): Node {
  const next = copy(node);
  next.edgeMax[e] = node.fixed[e]!;
  return next;
}

/** The node with `seats` of edge e decided (its session open); null where that cannot be. */
function decided(instance: Instance, node: Node, e: number, seats: number): Node | null {
  if (seats > node.edgeMax[e]!) return null;
  const next = opened(instance, node, instance.net.edgeSession[e]!);
  if (next !== null) next.fixed[e] = Math.max(next.fixed[e]!, seats);
  return next;
}

/** What a placement breaks, split into cases that leave nothing out; null where nothing is broken. */
function branch(
  instance: Instance,
  placed: Placed,
  personConflicts: readonly (readonly [number, number])[],
): Node[] | null {
  const { node, limits, flow, seats } = placed;
  const cases = (...nodes: (Node | null)[]): Node[] => nodes.filter((n) => n !== null);
  const { net } = instance;
  for (let j = 0; j < seats.length; j += 1) {
    if (seats[j] === 0) continue;
    const other = instance.conflicts[j]!.find((k) => k > j && seats[k]! > 0);
    if (other !== undefined) return cases(closed(node, j), opened(instance, node, j));
  }
  // The session that is charged least of its true cost.
  let worst = -1;
  let most = NOISE;
  for (let j = 0; j < seats.length; j += 1) {
    if (node.status[j] === OPEN || seats[j] === 0) continue;
    const truth = extraCost(instance, j, seats[j]!, isShared(instance, node, flow, j));
    const missing = Math.max(truth - limits.slope[j]! * seats[j]!, instance.least[j]! - seats[j]!);
    if (missing > most) {
      most = missing;
      worst = j;
    }
  }
  if (worst !== -1) return cases(closed(node, worst), opened(instance, node, worst));

  for (let n = 0; n < net.needCount; n += 1) {
    if (instance.together[n] === 0) continue;
    const places = placesOf(instance, node, flow, n);
    if (places.length < 2) continue;
    const { edge } = places.reduce((a, b) => (b.seats > a.seats ? b : a));
    const all = instance.supply[n]!;
    if (edge === -1) {
      const inside = copy(node);
      inside.mayBeOutside[n] = 0;
      const outside = copy(node);
      outside.fixedOutside[n] = all;
      return cases(inside, outside);
    }
    return cases(without(node, edge), decided(instance, node, edge, all));
  }
  for (const [e, f] of personConflicts)
    if (flow.onEdge[e]! + node.fixed[e]! > 0 && flow.onEdge[f]! + node.fixed[f]! > 0)
      return cases(
        node.fixed[f] === 0 ? without(node, f) : null,
        node.fixed[e] === 0 ? without(node, e) : null,
      );

  for (let j = 0; j < seats.length; j += 1) {
    if (seats[j] === 0 || !mayShare(instance, node, j) || isShared(instance, node, flow, j)) continue;
    if (node.status[j] !== OPEN) return cases(closed(node, j), opened(instance, node, j));
    const holder = net.edgesOfSession[j]!.find((e) => flow.onEdge[e]! + node.fixed[e]! > 0)!;
    const company = instance.company[net.edgeNeed[holder]!]!;
    const alone = copy(node);
    alone.unshared[j] = 1;
    const nodes: (Node | null)[] = [alone];
    let rest = node;
    for (const e of net.edgesOfSession[j]!) {
      const n = net.edgeNeed[e]!;
      if (instance.company[n] === company || rest.edgeMax[e] === 0) continue;
      nodes.push(decided(instance, rest, e, instance.together[n] === 1 ? instance.supply[n]! : 1));
      rest = without(rest, e);
    }
    return cases(...nodes);
  }
  return null;
}
