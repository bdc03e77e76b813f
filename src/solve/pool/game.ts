import { type Component, compileModel, type PoolModel, splitComponents } from './model.ts';
import type { Allocation, Company, PoolProblem } from './problem.ts';

/**
 * The game that the served companies of one component play: what would each group of them pay for the very seats that
 * the plan serves, with every offer and the catalogue open to it? Companies, needs, sessions and edges are numbered
 * from 0 inside the component.
 */
export interface ComponentGame {
  /** Places in `problem.companies`, ascending. */
  readonly companies: readonly number[];
  /** The component with needs cut to the seats that the plan serves, conditions aside. */
  readonly model: PoolModel;
  /** Company of each need of the model. */
  readonly needCompany: Int32Array;
  /** Price of a seat outside sessions, by need: the catalogue's, else the need's penalty. */
  readonly outsideCost: Float64Array;
  /** 1 where that price is a penalty. */
  readonly isPenalty: Uint8Array;
  /** Cents a seat in sessions of two companies or more. */
  readonly subsidyPerSeat: number;
  /** Price of a seat in each session, without travel. */
  readonly perSeat: Float64Array;
  /** The plan's own sessions + individual - subsidy here. */
  readonly billed: number;
  /** The plan's own travel here, by company. */
  readonly travel: readonly number[];
  /** The seats of the plan here. */
  readonly own: GameSeats;
}

/** Where seats are: by edge of the model, and outside sessions (catalogue or penalty) by need. */
export interface GameSeats {
  readonly seated: Int32Array;
  readonly outside: Int32Array;
}

/** What the plan costs all companies of the component together: v(N). */
export const ownCost = (game: ComponentGame): number =>
  game.billed + game.travel.reduce((sum, t) => sum + t, 0);

/** Seats served by an allocation, by place of the need in the problem. */
function servedSeats(problem: PoolProblem, allocation: Allocation): Int32Array {
  const placeOf = new Map(problem.needs.map((n, i) => [n.id, i]));
  const served = new Int32Array(problem.needs.length);
  for (const { need, seats } of [...allocation.sessions.flatMap((s) => s.seats), ...allocation.individual])
    served[placeOf.get(need)!]! += seats;
  return served;
}

/**
 * The games of an allocation, one for each component with a seat served, in the order of the components. The
 * allocation must fit the problem (dates, sites, sizes): what the planner and the checker make sure of.
 */
export function splitGames(problem: PoolProblem, allocation: Allocation): ComponentGame[] {
  const served = servedSeats(problem, allocation);
  const seatsOnly: PoolProblem = {
    ...problem,
    needs: problem.needs.map(({ minCompanies: _, maxPricePerSeat: __, ...need }, i) => ({
      ...need,
      seats: served[i]!,
    })),
    rules: { ...problem.rules, minCompaniesPerSession: 1 },
  };
  const unserved = new Set(problem.needs.keys().filter((i) => served[i] === 0));
  return splitComponents(problem)
    .map((component) => ({ ...component, needs: component.needs.filter((i) => served[i]! > 0) }))
    .filter((component) => component.needs.length > 0)
    .map((component) => gameOf(seatsOnly, component, unserved, allocation));
}

function gameOf(
  problem: PoolProblem,
  component: Component,
  unserved: ReadonlySet<number>,
  allocation: Allocation,
): ComponentGame {
  const model = compileModel(problem, component, unserved);
  const companyPlace = new Map(problem.companies.map((c: Company, i) => [c.id, i]));
  const needs = Array.from(model.needIndex, (i) => problem.needs[i]!);
  const companies = [...new Set(needs.map((n) => companyPlace.get(n.company)!))].sort((a, b) => a - b);
  const isPenalty = Uint8Array.from(model.price, (p) => (Number.isFinite(p) ? 0 : 1));
  const game = {
    companies,
    model,
    needCompany: Int32Array.from(needs, (n) => companies.indexOf(companyPlace.get(n.company)!)),
    outsideCost: model.price.map((p, i) => (isPenalty[i] === 1 ? model.penalty[i]! : p)),
    isPenalty,
    subsidyPerSeat: problem.rules.subsidyPerSeat ?? 0,
    perSeat: Float64Array.from(model.sessionOffer, (j) => problem.offers[j]!.perSeat),
  };
  const own = ownSeats(problem, model, allocation);
  const travel = companies.map(() => 0);
  for (let e = 0; e < model.edgeCount; e += 1)
    travel[game.needCompany[model.edgeNeed[e]!]!]! +=
      own.seated[e]! * (model.edgeCost[e]! - game.perSeat[model.edgeSession[e]!]!);
  const total = seatsCost({ ...game, billed: 0, travel, own }, own);
  return { ...game, billed: total - travel.reduce((a, b) => a + b, 0), travel, own };
}

/** The part of an allocation that lies in a model. */
function ownSeats(problem: PoolProblem, model: PoolModel, allocation: Allocation): GameSeats {
  const needPlace = new Map(Array.from(model.needIndex, (i, n) => [problem.needs[i]!.id, n]));
  const edgePlace = new Map<string, number>();
  const keyOf = (offer: string, date: string, need: number): string => JSON.stringify([offer, date, need]);
  for (let e = 0; e < model.edgeCount; e += 1) {
    const j = model.edgeSession[e]!;
    const offer = problem.offers[model.sessionOffer[j]!]!.id;
    edgePlace.set(keyOf(offer, model.sessionDate[j]!, model.edgeNeed[e]!), e);
  }
  const seats = { seated: new Int32Array(model.edgeCount), outside: new Int32Array(model.needCount) };
  for (const session of allocation.sessions)
    for (const row of session.seats) {
      const need = needPlace.get(row.need);
      if (need === undefined) continue;
      const edge = edgePlace.get(keyOf(session.offer, session.date, need));
      if (edge === undefined)
        throw new Error(`need ${row.need} cannot sit in ${session.offer} on ${session.date}`);
      seats.seated[edge]! += row.seats;
    }
  for (const row of allocation.individual) {
    const need = needPlace.get(row.need);
    if (need !== undefined) seats.outside[need]! += row.seats;
  }
  return seats;
}

/** Sessions + seats outside + travel - subsidy of some seats, whole cents. */
export function seatsCost(game: ComponentGame, { seated, outside }: GameSeats): number {
  const { model } = game;
  let cost = 0;
  for (let i = 0; i < model.needCount; i += 1)
    if (outside[i]! > 0) cost += outside[i]! * game.outsideCost[i]!;
  for (let j = 0; j < model.sessionCount; j += 1) {
    let seats = 0;
    let first = -1;
    let isShared = false;
    for (const e of model.sessionEdges[j]!) {
      if (seated[e] === 0) continue;
      seats += seated[e]!;
      cost += seated[e]! * model.edgeCost[e]!;
      const company = game.needCompany[model.edgeNeed[e]!]!;
      if (first === -1) first = company;
      else if (company !== first) isShared = true;
    }
    if (seats === 0) continue;
    cost += model.fixed[j]!;
    if (isShared) cost -= Math.min(game.subsidyPerSeat * seats, model.fixed[j]! + game.perSeat[j]! * seats);
  }
  return cost;
}

/**
 * The seats of a group as an allocation: seats at a penalty are listed as unserved. `needs` of the problem that do not
 * belong to the group, and what the plan left unserved, are not in it.
 */
export function allocationOfSeats(
  problem: PoolProblem,
  parts: readonly { readonly game: ComponentGame; readonly seats: GameSeats }[],
): Allocation {
  const sessions: { offer: string; date: string; seats: { need: string; seats: number }[] }[] = [];
  const individual: { need: string; seats: number; cost: number }[] = [];
  const unserved: { need: string; seats: number; reason: 'not-worth-it' }[] = [];
  for (const { game, seats } of parts) {
    const { model } = game;
    const idOf = (need: number): string => problem.needs[model.needIndex[need]!]!.id;
    for (let j = 0; j < model.sessionCount; j += 1) {
      const rows = [...model.sessionEdges[j]!]
        .filter((e) => seats.seated[e]! > 0)
        .map((e) => ({ need: idOf(model.edgeNeed[e]!), seats: seats.seated[e]! }));
      const offer = problem.offers[model.sessionOffer[j]!]!.id;
      if (rows.length > 0) sessions.push({ offer, date: model.sessionDate[j]!, seats: rows });
    }
    for (let i = 0; i < model.needCount; i += 1) {
      const count = seats.outside[i]!;
      if (count === 0) continue;
      if (game.isPenalty[i] === 1) unserved.push({ need: idOf(i), seats: count, reason: 'not-worth-it' });
      else individual.push({ need: idOf(i), seats: count, cost: count * game.outsideCost[i]! });
    }
  }
  return { sessions, individual, unserved };
}
