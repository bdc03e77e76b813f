import { workingDay } from './calendar.ts';
import type { Allocation, Need, Offer, PoolProblem } from './problem.ts';

/**
 * One component of a pooled-session problem, compiled to arrays: the courses in it share a trainer, a room or a
 * person, directly or through others, and nothing else of the problem touches them.
 *
 * Sessions are candidates: an (offer, date) that could open. An edge is a (need, session) that suits by course, date,
 * site and size. Money in cents.
 */
export interface PoolModel {
  readonly needCount: number;
  /** Of each need: its place in `problem.needs`. */
  readonly needIndex: Int32Array;
  readonly needSeats: Int32Array;
  /** Cents per seat not served. */
  readonly penalty: Float64Array;
  /** Cents per seat at the catalogue; Infinity where the course has no such price. */
  readonly price: Float64Array;
  /** 1: all seats in one session, or all individual, or none. */
  readonly together: Uint8Array;
  /** Group (of companies with one owner) of each need, from 0. */
  readonly needGroup: Int32Array;
  readonly groupCount: number;
  readonly needCourse: Int32Array;
  readonly courseCount: number;
  /** Groups that the need wants on its course, itself included; 1: none to wait for. */
  readonly wanted: Int32Array;
  /** People of each need, from 0; empty for most. */
  readonly people: readonly (readonly number[])[];
  readonly personCount: number;

  readonly sessionCount: number;
  readonly sessionOffer: Int32Array;
  readonly sessionDate: readonly string[];
  readonly sessionCourse: Int32Array;
  readonly fixed: Float64Array;
  readonly minSeats: Int32Array;
  readonly maxSeats: Int32Array;
  /** Working days that the session is busy, both included. */
  readonly firstDay: Int32Array;
  readonly lastDay: Int32Array;
  /** Sessions that cannot open beside this one: a trainer or a room in common on some day. */
  readonly conflicts: readonly Int32Array[];
  /** Sets of sessions of which one at most can open; every conflict lies in one of them. */
  readonly cliques: readonly Int32Array[];
  /** Groups that each open session needs; at least 1. */
  readonly minGroups: number;

  readonly edgeCount: number;
  /** Edges of need i: edgeStart[i] to edgeStart[i + 1] - 1. */
  readonly edgeStart: Int32Array;
  readonly edgeNeed: Int32Array;
  readonly edgeSession: Int32Array;
  /** Cents per seat: price of a seat in the session plus travel. */
  readonly edgeCost: Float64Array;
  /** Most seats of the need in the session. */
  readonly edgeMax: Int32Array;
  /** Edges of each session. */
  readonly sessionEdges: readonly Int32Array[];
}

/** Seats of a component: by edge, and bought one by one at the catalogue price by need. The rest is unserved. */
export interface Seating {
  readonly seated: Int32Array;
  readonly bought: Int32Array;
}

/** Courses, needs and offers that must be decided together, as places in the problem's lists. */
export interface Component {
  readonly courses: readonly string[];
  readonly needs: readonly number[];
  readonly offers: readonly number[];
}

/**
 * Splits a problem into components: courses whose offers share a trainer or room id, or whose needs share a person,
 * are in one. In the order of their first need (then offer) in the file.
 */
export function splitComponents(problem: PoolProblem): Component[] {
  const parent = new Map<string, string>();
  const root = (key: string): string => {
    let top = key;
    while (parent.get(top) !== undefined && parent.get(top) !== top) top = parent.get(top)!;
    for (let at = key; at !== top; ) {
      const next = parent.get(at)!;
      parent.set(at, top);
      at = next;
    }
    parent.set(top, top);
    return top;
  };
  const join = (course: string, kind: string, id: string): void => {
    parent.set(root(`course ${course}`), root(`${kind} ${id}`));
  };
  for (const need of problem.needs) {
    root(`course ${need.course}`);
    for (const person of need.people ?? []) join(need.course, 'person', person);
  }
  for (const offer of problem.offers) {
    root(`course ${offer.course}`);
    if (offer.trainer !== undefined) join(offer.course, 'trainer', offer.trainer);
    if (offer.room !== undefined) join(offer.course, 'room', offer.room);
  }
  const parts = new Map<string, { courses: Set<string>; needs: number[]; offers: number[] }>();
  const partOf = (course: string) => {
    const key = root(`course ${course}`);
    const part = parts.get(key) ?? { courses: new Set(), needs: [], offers: [] };
    parts.set(key, part);
    part.courses.add(course);
    return part;
  };
  for (const [i, need] of problem.needs.entries()) partOf(need.course).needs.push(i);
  for (const [j, offer] of problem.offers.entries()) partOf(offer.course).offers.push(j);
  return [...parts.values()].map((p) => ({ ...p, courses: [...p.courses] }));
}

/** Numbers texts from 0 in the order they come. */
function numbering(): { (text: string): number; count(): number } {
  const known = new Map<string, number>();
  const number = (text: string): number => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    known.set(text, known.size);
    return known.size - 1;
  };
  return Object.assign(number, { count: () => known.size });
}

interface Candidate {
  readonly offer: number;
  readonly date: string;
  readonly edges: { need: number; cost: number; max: number }[];
}

/**
 * Compiles a component. Needs in `left` (places in `problem.needs`) are not in the model: they count as unserved.
 * Candidate sessions that can never gather their least seats or groups are dropped.
 */
export function compileModel(
  problem: PoolProblem,
  component: Component,
  left: ReadonlySet<number> = new Set(),
): PoolModel {
  const companies = new Map(problem.companies.map((c) => [c.id, c]));
  const prices = new Map(problem.catalogue.map((c) => [c.course, c.perSeat]));
  const travel = new Map(problem.travel.map((t) => [JSON.stringify([t.from, t.to]), t.costPerSeat]));
  const group = numbering();
  const course = numbering();
  const person = numbering();
  const minGroups = Math.max(1, problem.rules.minCompaniesPerSession ?? 1);

  const needIndex = component.needs.filter((i) => !left.has(i));
  const needs = needIndex.map((i) => problem.needs[i]!);
  const needGroup = needs.map((n) => group(companies.get(n.company)!.group ?? n.company));
  const needCourse = needs.map((n) => course(n.course));
  const needsOf = Map.groupBy(needs.keys(), (i) => needs[i]!.course);

  const candidates = component.offers
    .flatMap((j) => candidatesOf(j, problem.offers[j]!, needsOf.get(problem.offers[j]!.course) ?? []))
    .filter((c) => canOpen(c));

  function candidatesOf(offerIndex: number, offer: Offer, rows: readonly number[]): Candidate[] {
    const seatsOf = (need: Need): number => {
      if (need.sites !== undefined && !need.sites.includes(offer.site)) return 0;
      if (need.together === true) return need.seats <= offer.maxSeats ? need.seats : 0;
      return Math.min(need.seats, offer.maxSeats);
    };
    const travelOf = (need: Need): number => {
      const from = need.from ?? companies.get(need.company)!.site;
      if (from === offer.site) return 0;
      return from === undefined ? 0 : (travel.get(JSON.stringify([from, offer.site])) ?? 0);
    };
    const suited = rows
      .map((i) => ({ need: i, cost: offer.perSeat + travelOf(needs[i]!), max: seatsOf(needs[i]!) }))
      .filter((e) => e.max > 0);
    const days = suited.map((e) => ({
      edge: e,
      dates: needs[e.need]!.dates && new Set(needs[e.need]!.dates),
    }));
    return [...new Set(offer.dates)].map((date) => ({
      offer: offerIndex,
      date,
      edges: days.filter((d) => d.dates === undefined || d.dates.has(date)).map((d) => d.edge),
    }));
  }

  function canOpen(candidate: Candidate): boolean {
    const offer = problem.offers[candidate.offer]!;
    const seats = candidate.edges.reduce((sum, e) => sum + e.max, 0);
    const groups = new Set(candidate.edges.map((e) => needGroup[e.need]!)).size;
    return seats >= Math.max(1, offer.minSeats) && groups >= minGroups && offer.maxSeats >= minGroups;
  }

  const offers = candidates.map((c) => problem.offers[c.offer]!);
  const firstDay = Int32Array.from(candidates, (c) => workingDay(c.date));
  const lastDay = Int32Array.from(candidates, (_, j) => firstDay[j]! + offers[j]!.days - 1);
  const cliques = cliquesOf(offers, firstDay, lastDay);

  const perNeed: { session: number; cost: number; max: number }[][] = needs.map(() => []);
  for (const [j, c] of candidates.entries())
    for (const e of c.edges) perNeed[e.need]!.push({ session: j, cost: e.cost, max: e.max });
  const edgeStart = new Int32Array(needs.length + 1);
  for (const [i, list] of perNeed.entries()) edgeStart[i + 1] = edgeStart[i]! + list.length;
  const edges = perNeed.flatMap((list, i) => list.map((e) => ({ ...e, need: i })));
  const sessionEdges: number[][] = candidates.map(() => []);
  for (const [e, edge] of edges.entries()) sessionEdges[edge.session]!.push(e);

  return {
    needCount: needs.length,
    needIndex: Int32Array.from(needIndex),
    needSeats: Int32Array.from(needs, (n) => n.seats),
    penalty: Float64Array.from(needs, (n) => n.unservedPenalty),
    price: Float64Array.from(needs, (n) => prices.get(n.course) ?? Number.POSITIVE_INFINITY),
    together: Uint8Array.from(needs, (n) => (n.together === true ? 1 : 0)),
    needGroup: Int32Array.from(needGroup),
    groupCount: group.count(),
    needCourse: Int32Array.from(needCourse),
    courseCount: course.count(),
    wanted: Int32Array.from(needs, (n) => Math.max(1, n.minCompanies ?? 1)),
    people: needs.map((n) => [...new Set(n.people ?? [])].map((p) => person(p))),
    personCount: person.count(),
    sessionCount: candidates.length,
    sessionOffer: Int32Array.from(candidates, (c) => c.offer),
    sessionDate: candidates.map((c) => c.date),
    sessionCourse: Int32Array.from(offers, (o) => course(o.course)),
    fixed: Float64Array.from(offers, (o) => o.fixed),
    minSeats: Int32Array.from(offers, (o) => Math.max(1, o.minSeats)),
    maxSeats: Int32Array.from(offers, (o) => o.maxSeats),
    firstDay,
    lastDay,
    conflicts: conflictsOf(cliques, candidates.length),
    cliques,
    minGroups,
    edgeCount: edges.length,
    edgeStart,
    edgeNeed: Int32Array.from(edges, (e) => e.need),
    edgeSession: Int32Array.from(edges, (e) => e.session),
    edgeCost: Float64Array.from(edges, (e) => e.cost),
    edgeMax: Int32Array.from(edges, (e) => e.max),
    sessionEdges: sessionEdges.map((list) => Int32Array.from(list)),
  };
}

/**
 * The sessions of one trainer (or room) are intervals of days. All that are busy on the first day of one of them
 * exclude each other, and every pair that overlaps does so on such a day (Helly property of intervals).
 */
function cliquesOf(offers: readonly Offer[], first: Int32Array, last: Int32Array): Int32Array[] {
  const users = new Map<string, number[]>();
  for (const [j, offer] of offers.entries())
    for (const key of [
      offer.trainer === undefined ? undefined : `trainer ${offer.trainer}`,
      offer.room === undefined ? undefined : `room ${offer.room}`,
    ])
      if (key !== undefined) users.set(key, [...(users.get(key) ?? []), j]);
  const cliques = new Map<string, Int32Array>();
  for (const sessions of users.values())
    for (const day of new Set(sessions.map((j) => first[j]!))) {
      const busy = sessions.filter((j) => first[j]! <= day && day <= last[j]!);
      if (busy.length > 1) cliques.set(busy.join(), Int32Array.from(busy));
    }
  return [...cliques.values()];
}

function conflictsOf(cliques: readonly Int32Array[], count: number): Int32Array[] {
  const others = Array.from({ length: count }, () => new Set<number>());
  for (const clique of cliques)
    for (const a of clique) for (const b of clique) if (a !== b) others[a]!.add(b);
  return others.map((set) => Int32Array.from(set));
}

/** True where two sessions have a busy day in common. */
export const overlap = (model: PoolModel, a: number, b: number): boolean =>
  model.firstDay[a]! <= model.lastDay[b]! && model.firstDay[b]! <= model.lastDay[a]!;

/** Cents: sessions + individual + travel + penalties of the needs in the model. */
export function seatingCost(model: PoolModel, seating: Seating): number {
  const served = new Int32Array(model.needCount);
  const open = new Uint8Array(model.sessionCount);
  let cost = 0;
  for (let e = 0; e < model.edgeCount; e += 1) {
    const seats = seating.seated[e]!;
    if (seats === 0) continue;
    cost += seats * model.edgeCost[e]!;
    served[model.edgeNeed[e]!]! += seats;
    open[model.edgeSession[e]!] = 1;
  }
  for (let j = 0; j < model.sessionCount; j += 1) if (open[j] === 1) cost += model.fixed[j]!;
  for (let i = 0; i < model.needCount; i += 1) {
    const bought = seating.bought[i]!;
    if (bought > 0) cost += bought * model.price[i]!;
    cost += (model.needSeats[i]! - served[i]! - bought) * model.penalty[i]!;
  }
  return cost;
}

/** The seats of several components as one allocation; unserved needs still without their reason. */
export function allocationOf(
  problem: PoolProblem,
  parts: readonly { readonly model: PoolModel; readonly seating: Seating }[],
): Allocation {
  const served = new Int32Array(problem.needs.length);
  const bought = new Int32Array(problem.needs.length);
  const sessions: { offer: number; date: string; seats: { need: number; seats: number }[] }[] = [];
  for (const { model, seating } of parts) {
    for (let j = 0; j < model.sessionCount; j += 1) {
      const seats = [...model.sessionEdges[j]!]
        .filter((e) => seating.seated[e]! > 0)
        .map((e) => ({ need: model.needIndex[model.edgeNeed[e]!]!, seats: seating.seated[e]! }));
      if (seats.length === 0) continue;
      for (const s of seats) served[s.need]! += s.seats;
      sessions.push({ offer: model.sessionOffer[j]!, date: model.sessionDate[j]!, seats });
    }
    for (let i = 0; i < model.needCount; i += 1) bought[model.needIndex[i]!] = seating.bought[i]!;
  }
  sessions.sort((a, b) => a.offer - b.offer || (a.date < b.date ? -1 : 1));
  const prices = new Map(problem.catalogue.map((c) => [c.course, c.perSeat]));
  const rows = problem.needs.map((need, i) => ({
    need,
    bought: bought[i]!,
    served: served[i]! + bought[i]!,
  }));
  return {
    sessions: sessions.map((s) => ({
      offer: problem.offers[s.offer]!.id,
      date: s.date,
      seats: s.seats
        .sort((a, b) => a.need - b.need)
        .map((x) => ({ need: problem.needs[x.need]!.id, seats: x.seats })),
    })),
    individual: rows
      .filter((r) => r.bought > 0)
      .map((r) => ({ need: r.need.id, seats: r.bought, cost: r.bought * prices.get(r.need.course)! })),
    unserved: rows
      .filter((r) => r.served < r.need.seats)
      .map((r) => ({ need: r.need.id, seats: r.need.seats - r.served, reason: 'not-worth-it' as const })),
  };
}

/** The seats of an allocation in a component's model; rows that the model does not know are passed over. */
export function seatingOf(problem: PoolProblem, model: PoolModel, allocation: Allocation): Seating {
  const needs = new Map(Array.from(model.needIndex, (index, i) => [problem.needs[index]!.id, i]));
  const sessions = new Map(
    model.sessionDate.map((date, j) => [`${date} ${problem.offers[model.sessionOffer[j]!]!.id}`, j]),
  );
  const seated = new Int32Array(model.edgeCount);
  const bought = new Int32Array(model.needCount);
  for (const session of allocation.sessions) {
    const j = sessions.get(`${session.date} ${session.offer}`);
    for (const row of session.seats) {
      const i = needs.get(row.need);
      if (i === undefined || j === undefined) continue;
      for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1)
        if (model.edgeSession[e] === j) seated[e] = Math.min(row.seats, model.edgeMax[e]!);
    }
  }
  for (const row of allocation.individual) {
    const i = needs.get(row.need);
    if (i !== undefined && Number.isFinite(model.price[i]!)) bought[i] = row.seats;
  }
  return { seated, bought };
}
