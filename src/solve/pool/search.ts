import type { Random } from '../random.ts';
import { exchangeSeats } from './exchange.ts';
import type { PoolModel, Seating } from './model.ts';
import { Seats } from './seats.ts';

export interface Search {
  readonly best: Seating;
  /** Cents; of a state without faults, always. */
  readonly bestCost: number;
  readonly iterations: number;
  /**
   * `count` moves at a share `progress` (0 to 1) of a cooling: the temperature falls from hot to cold with it. `heat`
   * multiplies the hot end; default 1.
   */
  run(count: number, progress: number, heat?: number): void;
  /** Takes over an answer found elsewhere where it is better. */
  offer(seating: Seating): void;
  /** Exchanges seats along cheapest cycles until no cycle pays, on the best answer. */
  polish(): void;
}

/** Temperatures as parts of the mean cost of opening a session. */
const HOT = 0.06;
const COLD = 0.002;

/**
 * Greedy start, then simulated annealing over sets of open sessions: each move opens, closes or exchanges one to three
 * sessions (or moves some needs), places the displaced seats where they are cheapest, ejecting others where that pays,
 * and is kept or undone as a whole. Seats and groups that a session lacks weigh on the objective, so that the search
 * may pass through states that are no answers; those that cost less than the best answer are repaired on the side.
 */
export function createSearch(
  model: PoolModel,
  random: Random,
  start: { readonly model: PoolModel; readonly seating: Seating } | null = null,
): Search {
  const seats = new Seats(model);
  const opening = meanOpening(model);
  const weight = 0.3 * opening + 1;
  let best = seats.snapshot();
  let bestCost = seats.cost;
  let iterations = 0;

  const objective = (): number => seats.cost + weight * seats.faults;

  function keepBest(): void {
    if (seats.faults > 0 || seats.cost >= bestCost) return;
    bestCost = seats.cost;
    best = seats.snapshot();
  }

  /** Puts up to `count` unserved seats of need i where they are cheapest; those without a place stay unserved. */
  function place(i: number, count: number, mayEject: boolean): void {
    const whole = model.together[i] === 1;
    let left = count;
    while (left > 0) {
      const least = whole ? model.needSeats[i]! : 1;
      if (left < least) return;
      let cheapest = Math.min(model.penalty[i]!, model.price[i]!);
      let target = model.price[i]! < model.penalty[i]! ? -2 : -1;
      let eject = -1;
      for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1) {
        const cost = model.edgeCost[e]!;
        const j = model.edgeSession[e]!;
        if (cost >= cheapest || seats.load[j] === 0 || seats.seated[e]! + least > model.edgeMax[e]!) continue;
        if (!seats.mayUse(e)) continue;
        if (seats.room(j) >= least) {
          cheapest = cost;
          target = e;
        } else if (mayEject && !whole && (eject < 0 || cost < model.edgeCost[eject]!)) eject = e;
      }
      if (eject >= 0 && model.edgeCost[eject]! < cheapest && ejectFor(eject, cheapest)) {
        left -= 1;
        continue;
      }
      if (target === -1) return;
      if (target === -2) {
        seats.buy(i, left);
        return;
      }
      const some = Math.min(
        left,
        seats.room(model.edgeSession[target]!),
        model.edgeMax[target]! - seats.seated[target]!,
      );
      seats.seat(target, whole ? least : some);
      left -= whole ? least : some;
    }
  }

  /** Cheapest place of a seat of need i outside session j: what it costs and the edge (-1: outside sessions). */
  function elsewhere(i: number, j: number): { cost: number; edge: number } {
    let cost = seats.outside(i);
    let edge = -1;
    for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1) {
      const k = model.edgeSession[e]!;
      if (k === j || model.edgeCost[e]! >= cost || seats.load[k] === 0) continue;
      if (seats.room(k) < 1 || seats.seated[e]! >= model.edgeMax[e]! || !seats.mayUse(e)) continue;
      cost = model.edgeCost[e]!;
      edge = e;
    }
    return { cost, edge };
  }

  /** Seats one on the edge in place of the occupant that loses least, where both together gain. */
  function ejectFor(e: number, otherwise: number): boolean {
    const j = model.edgeSession[e]!;
    const gain = otherwise - model.edgeCost[e]!;
    let loss = gain;
    let out = -1;
    let to = -1;
    for (const o of seats.occupants[j]!) {
      const i = model.edgeNeed[o]!;
      if (model.together[i] === 1 && model.needSeats[i]! > 1) continue;
      if (i === model.edgeNeed[e]) continue;
      const next = elsewhere(i, j);
      if (next.cost - model.edgeCost[o]! < loss) {
        loss = next.cost - model.edgeCost[o]!;
        out = o;
        to = next.edge;
      }
    }
    if (out < 0) return false;
    const i = model.edgeNeed[out]!;
    seats.seat(out, -1);
    if (to >= 0) seats.seat(to, 1);
    else if (model.price[i]! < model.penalty[i]!) seats.buy(i, 1);
    seats.seat(e, 1);
    return true;
  }

  const pullEdge: number[] = [];
  const pullGain = new Float64Array(model.edgeCount);
  const pullFrom = new Int32Array(model.edgeCount);

  /** Seats that would come to session j, dearest place first; returns the number of edges in `pullEdge`. */
  function collect(j: number): void {
    pullEdge.length = 0;
    for (const e of model.sessionEdges[j]!) {
      const i = model.edgeNeed[e]!;
      if (seats.seated[e]! >= model.edgeMax[e]!) continue;
      let dearest = Number.NEGATIVE_INFINITY;
      let from = -3;
      if (seats.unserved(i) > 0) {
        dearest = model.penalty[i]!;
        from = -1;
      }
      if (seats.bought[i]! > 0 && model.price[i]! > dearest) {
        dearest = model.price[i]!;
        from = -2;
      }
      if (from === -3 || dearest < model.edgeCost[e]!)
        for (let o = model.edgeStart[i]!; o < model.edgeStart[i + 1]!; o += 1) {
          if (o === e || seats.seated[o] === 0) continue;
          const k = model.edgeSession[o]!;
          const spare = seats.load[k]! > model.minSeats[k]!;
          const cost = model.edgeCost[o]! - (spare ? 0 : weight);
          if (cost > dearest) {
            dearest = cost;
            from = o;
          }
        }
      if (from === -3) continue;
      pullEdge.push(e);
      pullGain[e] = dearest - model.edgeCost[e]!;
      pullFrom[e] = from;
    }
    pullEdge.sort((a, b) => pullGain[b]! - pullGain[a]! || a - b);
  }

  /** Moves seats of the edge's need from where they are to the edge; how many came. */
  function bring(e: number, from: number, room: number): number {
    const i = model.edgeNeed[e]!;
    if (model.together[i] === 1) {
      const size = model.needSeats[i]!;
      if (size > room) return 0;
      seats.drop(i);
      if (!seats.mayUse(e)) return 0;
      seats.seat(e, size);
      return size;
    }
    const there = from === -1 ? seats.unserved(i) : from === -2 ? seats.bought[i]! : seats.seated[from]!;
    let some = Math.min(there, room, model.edgeMax[e]! - seats.seated[e]!);
    if (from >= 0) {
      const k = model.edgeSession[from]!;
      const spare = seats.load[k]! - model.minSeats[k]!;
      if (spare > 0) some = Math.min(some, spare);
    }
    if (some <= 0) return 0;
    if (from === -2) seats.buy(i, -some);
    else if (from >= 0) seats.seat(from, -some);
    if (!seats.mayUse(e)) {
      if (from === -2) seats.buy(i, some);
      else if (from >= 0) seats.seat(from, some);
      return 0;
    }
    seats.seat(e, some);
    return some;
  }

  /** Opens (or fills) session j with the seats that gain most, and as many more as it needs. */
  function fill(j: number): void {
    collect(j);
    for (const e of pullEdge) {
      const room = seats.room(j);
      if (room <= 0) return;
      const lacking = model.minSeats[j]! - seats.load[j]!;
      const gains = pullGain[e]! > 0;
      if (!gains && lacking <= 0 && !seats.isShort(j)) return;
      bring(e, pullFrom[e]!, gains ? room : Math.max(1, Math.min(room, lacking)));
    }
  }

  /** What opening j would add to the objective, a quick estimate. */
  function openingCost(j: number): number {
    collect(j);
    let load = 0;
    let cost = model.fixed[j]!;
    for (const e of pullEdge) {
      const i = model.edgeNeed[e]!;
      if (load >= model.maxSeats[j]! || (pullGain[e]! <= 0 && load >= model.minSeats[j]!)) break;
      const from = pullFrom[e]!;
      const there = from === -1 ? seats.unserved(i) : from === -2 ? seats.bought[i]! : seats.seated[from]!;
      const some = Math.min(there, model.maxSeats[j]! - load, model.edgeMax[e]!);
      if (model.together[i] === 1 && some < model.needSeats[i]!) continue;
      cost -= some * pullGain[e]!;
      load += some;
    }
    return cost + weight * Math.max(0, model.minSeats[j]! - load);
  }

  type Displaced = { edge: number; seats: number }[];

  /** Opens j, closing what blocks it; adds the displaced seats to `out`. */
  function openSession(j: number, out: Displaced): void {
    if (seats.blocked[j]! > 0)
      for (const k of model.conflicts[j]!) if (seats.load[k]! > 0) out.push(...seats.close(k));
    fill(j);
  }

  function placeDisplaced(out: Displaced): void {
    for (let k = out.length - 1; k > 0; k -= 1) {
      const r = random.below(k + 1);
      [out[k], out[r]] = [out[r]!, out[k]!];
    }
    for (const { edge, seats: count } of out) {
      const i = model.edgeNeed[edge]!;
      const left = Math.min(count, seats.unserved(i));
      if (left > 0) place(i, left, true);
    }
  }

  /** Moves the seats of need i to cheaper places that have room. */
  function improve(i: number): void {
    const whole = model.together[i] === 1;
    const least = whole ? model.needSeats[i]! : 1;
    for (let o = model.edgeStart[i]!; o < model.edgeStart[i + 1]!; o += 1) {
      if (seats.seated[o] === 0) continue;
      const from = model.edgeSession[o]!;
      const spare = seats.load[from]! - model.minSeats[from]!;
      const some = whole ? least : Math.min(seats.seated[o]!, Math.max(1, spare));
      const mark = seats.mark();
      const before = objective();
      seats.seat(o, -some);
      place(i, some, false);
      if (objective() >= before) seats.rollback(mark);
    }
    const waiting = seats.unserved(i);
    if (waiting > 0) {
      const mark = seats.mark();
      const before = objective();
      place(i, waiting, true);
      if (objective() > before) seats.rollback(mark);
    }
    if (seats.bought[i]! > 0) {
      const mark = seats.mark();
      const before = objective();
      const count = seats.bought[i]!;
      seats.buy(i, -count);
      place(i, count, true);
      if (objective() >= before) seats.rollback(mark);
    }
  }

  const randomOpen = (): number =>
    seats.open.length === 0 ? -1 : seats.open[random.below(seats.open.length)]!;

  /** A closed session that some of the displaced seats could take; any, where there are none. */
  function randomClosed(out: Displaced): number {
    for (let tries = 0; tries < 8; tries += 1) {
      let j = random.below(model.sessionCount);
      if (out.length > 0) {
        const i = model.edgeNeed[out[random.below(out.length)]!.edge]!;
        const degree = model.edgeStart[i + 1]! - model.edgeStart[i]!;
        j = model.edgeSession[model.edgeStart[i]! + random.below(degree)]!;
      }
      if (seats.load[j] === 0) return j;
    }
    return -1;
  }

  function move(): void {
    const draw = random.next();
    const closes = draw < 0.2 ? 0 : draw < 0.75 ? 1 : draw < 0.95 ? 2 : 3;
    const opens = draw < 0.2 ? 1 : draw < 0.35 ? 0 : draw < 0.7 ? 1 : draw < 0.75 ? 2 : draw < 0.88 ? 1 : 2;
    const out: Displaced = [];
    let seed = -1;
    for (let c = 0; c < closes; c += 1) {
      const j = c === 0 ? randomOpen() : neighbourOpen(seed);
      if (j < 0) break;
      seed = j;
      out.push(...seats.close(j));
    }
    for (let o = 0; o < opens; o += 1) {
      const j = randomClosed(out);
      if (j >= 0) openSession(j, out);
    }
    placeDisplaced(out);
  }

  /** An open session that shares a need with j. */
  function neighbourOpen(j: number): number {
    const edges = model.sessionEdges[j]!;
    for (let tries = 0; tries < 8; tries += 1) {
      const i = model.edgeNeed[edges[random.below(edges.length)]!]!;
      const e = model.edgeStart[i]! + random.below(model.edgeStart[i + 1]! - model.edgeStart[i]!);
      if (seats.load[model.edgeSession[e]!]! > 0) return model.edgeSession[e]!;
    }
    return randomOpen();
  }

  /** Takes some needs out and puts them back, cheapest place first. */
  function shake(): void {
    const first = random.below(model.needCount);
    const count = 1 + random.below(Math.min(12, model.needCount));
    const needs: number[] = [];
    for (let k = 0; k < count; k += 1) needs.push(k === 0 ? first : random.below(model.needCount));
    for (const i of needs) seats.drop(i);
    for (const i of needs) place(i, seats.unserved(i), true);
  }

  /** Serves every need of one course, whatever it costs, so that those that wait for others have them. */
  function gather(): void {
    const course = model.needCourse[random.below(model.needCount)]!;
    for (let i = 0; i < model.needCount; i += 1) {
      if (model.needCourse[i] !== course || seats.unserved(i) === 0) continue;
      place(i, seats.unserved(i), false);
      if (seats.served[i] === 0 && model.price[i]! < Number.POSITIVE_INFINITY)
        seats.buy(i, model.together[i] === 1 ? model.needSeats[i]! : 1);
    }
  }

  /** Makes an answer of the state: needs that wait in vain leave, sessions that lack seats close. */
  function repair(): void {
    for (let round = 0; seats.faults > 0; round += 1) {
      const mayPlace = round < 6;
      for (const j of [...seats.open]) {
        if (!seats.isShort(j)) continue;
        if (mayPlace) fill(j);
        if (!seats.isShort(j)) continue;
        const out = seats.close(j);
        if (mayPlace) placeDisplaced(out);
      }
      if (!seats.hasWaiting()) continue;
      // Those that want most leave first: the others may then have enough.
      let most = 0;
      for (let i = 0; i < model.needCount; i += 1)
        if (seats.isWaiting(i)) most = Math.max(most, model.wanted[i]!);
      for (let i = 0; i < model.needCount; i += 1)
        if (seats.isWaiting(i) && model.wanted[i] === most) seats.drop(i);
    }
  }

  /** Repairs on the side, keeps what that gives where it is the best so far, and comes back. */
  function repairAside(): void {
    const mark = seats.mark();
    repair();
    keepBest();
    seats.rollback(mark);
  }

  function greedy(): void {
    for (let i = 0; i < model.needCount; i += 1)
      if (model.price[i]! < model.penalty[i]!) seats.buy(i, model.needSeats[i]!);
    const estimates = Float64Array.from({ length: model.sessionCount }, (_, j) => openingCost(j));
    for (;;) {
      // Lazy greedy: what opening costs only grows while others open, so a stale estimate is a lower one.
      let j = -1;
      for (let k = 0; k < model.sessionCount; k += 1)
        if (seats.load[k] === 0 && seats.blocked[k] === 0 && estimates[k]! < (j < 0 ? 0 : estimates[j]!))
          j = k;
      if (j < 0) break;
      const stale = estimates[j]!;
      estimates[j] = openingCost(j);
      if (estimates[j]! > stale + 1) continue;
      const mark = seats.mark();
      const before = objective();
      fill(j);
      if (objective() >= before || seats.load[j] === 0) {
        seats.rollback(mark);
        estimates[j] = Number.POSITIVE_INFINITY;
      }
    }
    seats.commit();
    repairAside();
    keepBest();
    const mark = seats.mark();
    for (let c = 0; c < model.courseCount; c += 1) gather();
    repairAside();
    seats.rollback(mark);
    seats.commit();
  }

  /** Goes on from a seating that may break conditions, once repaired. */
  function adopt(seating: Seating): void {
    const mark = seats.mark();
    seats.replace(seating);
    keepBest();
    for (const i of seats.touched(mark)) improve(i);
    repair();
    keepBest();
    if (seats.cost > bestCost) seats.rollback(mark);
    seats.commit();
  }

  function iterate(temperature: number): void {
    iterations += 1;
    const before = objective();
    const draw = random.next();
    if (draw < 0.7) move();
    else if (draw < 0.99 || model.minGroups === 1) shake();
    else gather();
    for (const i of seats.touched(0)) improve(i);
    const change = objective() - before;
    if (change > 0 && change > -temperature * Math.log(1 - random.next())) {
      seats.rollback(0);
      return;
    }
    if (seats.faults === 0) keepBest();
    else if (seats.cost < bestCost) repairAside();
    seats.commit();
  }

  greedy();
  if (start !== null) adopt(transferred(start.model, start.seating, model));
  return {
    get best() {
      return best;
    },
    get bestCost() {
      return bestCost;
    },
    get iterations() {
      return iterations;
    },
    run(count, progress, heat = 1) {
      if (model.needCount === 0 || model.sessionCount === 0) {
        iterations += count;
        return;
      }
      const hot = HOT * heat;
      const temperature = opening * hot * (COLD / hot) ** progress;
      for (let k = 0; k < count; k += 1) iterate(temperature);
    },
    offer(seating) {
      const mark = new Seats(model);
      mark.replace(seating);
      if (mark.faults > 0 || mark.cost >= bestCost) return;
      best = { seated: seating.seated.slice(), bought: seating.bought.slice() };
      bestCost = mark.cost;
      seats.replace(best);
      seats.commit();
    },
    polish() {
      const aside = new Seats(model);
      aside.replace(best);
      aside.commit();
      exchangeSeats(aside);
      if (aside.faults > 0 || aside.cost >= bestCost) return;
      best = aside.snapshot();
      bestCost = aside.cost;
      seats.replace(best);
      seats.commit();
    },
  };
}

/** The seats of one model's answer that another model of the same component still has. */
function transferred(from: PoolModel, seating: Seating, to: PoolModel): Seating {
  const sessionKey = (model: PoolModel, j: number): string =>
    `${model.sessionOffer[j]} ${model.sessionDate[j]}`;
  const needs = new Map(Array.from(to.needIndex, (index, i) => [index, i]));
  const sessions = new Map(to.sessionDate.map((_, j) => [sessionKey(to, j), j]));
  const seated = new Int32Array(to.edgeCount);
  const bought = new Int32Array(to.needCount);
  for (let e = 0; e < from.edgeCount; e += 1) {
    if (seating.seated[e] === 0) continue;
    const i = needs.get(from.needIndex[from.edgeNeed[e]!]!);
    const j = sessions.get(sessionKey(from, from.edgeSession[e]!));
    if (i === undefined || j === undefined) continue;
    for (let f = to.edgeStart[i]!; f < to.edgeStart[i + 1]!; f += 1)
      if (to.edgeSession[f] === j) seated[f] = seating.seated[e]!;
  }
  for (let i = 0; i < from.needCount; i += 1) {
    const there = needs.get(from.needIndex[i]!);
    if (there !== undefined) bought[there] = seating.bought[i]!;
  }
  return { seated, bought };
}

function meanOpening(model: PoolModel): number {
  if (model.sessionCount === 0) return 1;
  let sum = 0;
  for (let j = 0; j < model.sessionCount; j += 1) {
    let seat = 0;
    for (const e of model.sessionEdges[j]!) seat += model.edgeCost[e]!;
    sum += model.fixed[j]! + (seat / model.sessionEdges[j]!.length) * model.minSeats[j]!;
  }
  return sum / model.sessionCount + 1;
}
