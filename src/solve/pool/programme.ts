import type { MixedModel } from '../highs/mixed.ts';
import { overlap, type PoolModel, type Seating, seatingCost } from './model.ts';

/** What may change in a restricted programme; absent: everything may. */
export interface Freedom {
  /** 1: the session may be opened or closed; 0: it stays as the seating has it. */
  readonly sessions?: Uint8Array;
  /** 1: the edge may hold seats; 0: it holds none. */
  readonly edges?: Uint8Array;
}

export interface Programme {
  readonly mixed: MixedModel;
  /** Cents that the programme's cost leaves out: the penalties of all seats. */
  readonly constant: number;
  encode(seating: Seating): Float64Array;
  decode(columns: Float64Array): Seating;
}

interface Row {
  readonly lower: number;
  readonly upper: number;
  readonly columns: number[];
  readonly values: number[];
}

/**
 * A component as a mixed-integer programme, in the terms of facility location with lower bounds:
 *
 *   min sum_j fixed_j y_j + sum_e (cost_e - penalty) x_e + sum_i (price - penalty) w_i  (+ all penalties)
 *   sum_e x_e + w_i <= seats_i                          a need's seats; what is left is unserved
 *   minSeats_j y_j <= sum_e x_e <= maxSeats_j y_j        a session's limits
 *   x_e <= max_e y_j                                    tight link
 *   sum_clique y_j <= 1                                 one trainer, one room: one session at a time
 *   v_gj <= sum_e x_e, v_gj <= 1, sum_g v_gj >= m y_j    groups in a session (only where m > 1)
 *   h_g  <= sum x + w, h_g <= 1, sum_g h_g >= l t_l      groups on a course, one t per level l that a need wants;
 *   sum_e x_e + w_i <= seats_i t_l                       a need that wants l groups is served only with t_l
 *   x_e <= max_e q_pj, sum q_pj <= 1 over overlapping j  a person is in one session at a time
 *
 * A kept-together need counts in units of all its seats. v and h need not be declared whole: with x whole, 1 is
 * always allowed where a seat is taken.
 */
export function writeProgramme(
  model: PoolModel,
  freedom: { readonly around: Seating; readonly free: Freedom } | null = null,
): Programme {
  const { needCount, sessionCount, edgeCount } = model;
  const rows: Row[] = [];
  const cost: number[] = [];
  const lower: number[] = [];
  const upper: number[] = [];
  const whole: number[] = [];
  const column = (c: number, from: number, to: number, isWhole: boolean): number => {
    cost.push(c);
    lower.push(from);
    upper.push(to);
    whole.push(isWhole ? 1 : 0);
    return cost.length - 1;
  };
  const row = (from: number, to: number, entries: readonly (readonly [number, number])[]): void => {
    rows.push({
      lower: from,
      upper: to,
      columns: entries.map((e) => e[0]),
      values: entries.map((e) => e[1]),
    });
  };
  const none = Number.POSITIVE_INFINITY;

  const openNow = new Uint8Array(sessionCount);
  if (freedom !== null)
    for (let e = 0; e < edgeCount; e += 1)
      if (freedom.around.seated[e]! > 0) openNow[model.edgeSession[e]!] = 1;
  const isFree = (j: number): boolean =>
    freedom?.free.sessions === undefined || freedom.free.sessions[j] === 1;
  const mayOpen = (j: number): boolean => isFree(j) || openNow[j] === 1;
  const mayHold = (e: number): boolean =>
    mayOpen(model.edgeSession[e]!) && (freedom?.free.edges === undefined || freedom.free.edges[e] === 1);

  const y = new Int32Array(sessionCount).fill(-1);
  for (let j = 0; j < sessionCount; j += 1)
    if (mayOpen(j)) y[j] = column(model.fixed[j]!, isFree(j) ? 0 : 1, 1, true);
  const unit = Int32Array.from(model.needSeats, (s, i) => (model.together[i] === 1 ? s : 1));
  const x = new Int32Array(edgeCount).fill(-1);
  for (let e = 0; e < edgeCount; e += 1) {
    if (!mayHold(e)) continue;
    const i = model.edgeNeed[e]!;
    const seat = model.edgeCost[e]! - model.penalty[i]!;
    x[e] = column(seat * unit[i]!, 0, model.edgeMax[e]! / unit[i]!, true);
  }
  const counted = new Uint8Array(model.courseCount); // 1: some need waits for others on this course
  for (let i = 0; i < needCount; i += 1) if (model.wanted[i]! > 1) counted[model.needCourse[i]!] = 1;
  const w = new Int32Array(needCount).fill(-1);
  for (let i = 0; i < needCount; i += 1) {
    const price = model.price[i]!;
    if (price === none || (price >= model.penalty[i]! && counted[model.needCourse[i]!] === 0)) continue;
    w[i] = column((price - model.penalty[i]!) * unit[i]!, 0, model.needSeats[i]! / unit[i]!, true);
  }

  /** The columns of a need's seats, with seats per unit. */
  const placesOf = (i: number): [number, number][] => {
    const places: [number, number][] = [];
    for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1)
      if (x[e]! >= 0) places.push([x[e]!, unit[i]!]);
    if (w[i]! >= 0) places.push([w[i]!, unit[i]!]);
    return places;
  };

  // Groups on a course: h by (course, group), t by (course, level).
  const needsOf = Array.from({ length: model.courseCount }, (): number[] => []);
  for (let i = 0; i < needCount; i += 1) needsOf[model.needCourse[i]!]!.push(i);
  const present: { column: number; needs: number[] }[] = [];
  const reached: { column: number; course: number; level: number }[] = [];
  const gate = new Int32Array(needCount).fill(-1);
  for (let c = 0; c < model.courseCount; c += 1) {
    if (counted[c] === 0) continue;
    const groups = [...Map.groupBy(needsOf[c]!, (i) => model.needGroup[i]!).values()].map((needs) => ({
      column: column(0, 0, 1, false),
      needs,
    }));
    for (const g of groups) row(0, none, [...g.needs.flatMap(placesOf), [g.column, -1]]);
    present.push(...groups);
    for (const level of new Set(needsOf[c]!.map((i) => model.wanted[i]!).filter((l) => l > 1))) {
      const t = column(0, 0, 1, true);
      reached.push({ column: t, course: c, level });
      row(0, none, [...groups.map((g): [number, number] => [g.column, 1]), [t, -level]]);
      for (const i of needsOf[c]!) if (model.wanted[i] === level) gate[i] = t;
    }
  }

  for (let i = 0; i < needCount; i += 1) {
    const places = placesOf(i);
    if (places.length === 0) continue;
    if (gate[i]! >= 0) row(-none, 0, [...places, [gate[i]!, -model.needSeats[i]!]]);
    else row(-none, model.needSeats[i]!, places);
  }

  const inSession: { column: number; edges: number[] }[] = [];
  for (let j = 0; j < sessionCount; j += 1) {
    if (y[j]! < 0) continue;
    const edges = [...model.sessionEdges[j]!].filter((e) => x[e]! >= 0);
    const seats = edges.map((e): [number, number] => [x[e]!, unit[model.edgeNeed[e]!]!]);
    row(0, none, [...seats, [y[j]!, -model.minSeats[j]!]]);
    row(-none, 0, [...seats, [y[j]!, -model.maxSeats[j]!]]);
    for (const e of edges)
      if (model.edgeMax[e]! < model.maxSeats[j]! || model.together[model.edgeNeed[e]!] === 1)
        row(-none, 0, [
          [x[e]!, 1],
          [y[j]!, -model.edgeMax[e]! / unit[model.edgeNeed[e]!]!],
        ]);
    if (model.minGroups > 1) {
      const groups = Map.groupBy(edges, (e) => model.needGroup[model.edgeNeed[e]!]!);
      const columns = [...groups.values()].map((list) => {
        const v = column(0, 0, 1, false);
        row(0, none, [...list.map((e): [number, number] => [x[e]!, unit[model.edgeNeed[e]!]!]), [v, -1]]);
        inSession.push({ column: v, edges: list });
        return v;
      });
      row(0, none, [...columns.map((v): [number, number] => [v, 1]), [y[j]!, -model.minGroups]]);
    }
  }
  for (const clique of model.cliques) {
    const some = [...clique].filter((j) => y[j]! >= 0);
    if (some.length > 1)
      row(
        -none,
        1,
        some.map((j) => [y[j]!, 1]),
      );
  }

  const attends: { column: number; edges: number[] }[] = [];
  for (const needs of personNeeds(model)) {
    const bySession = new Map<number, number[]>();
    for (const i of needs)
      for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1)
        if (x[e]! >= 0)
          bySession.set(model.edgeSession[e]!, [...(bySession.get(model.edgeSession[e]!) ?? []), e]);
    const sessions = [...bySession.keys()];
    const cliques = new Set(
      sessions
        .map((j) =>
          sessions.filter(
            (k) => model.firstDay[k]! <= model.firstDay[j]! && model.firstDay[j]! <= model.lastDay[k]!,
          ),
        )
        .filter((busy) => busy.length > 1)
        .map((busy) => busy.sort((a, b) => a - b).join()),
    );
    const q = new Map<number, number>();
    for (const clique of cliques) {
      const columns = clique
        .split(',')
        .map(Number)
        .map((j): [number, number] => {
          const known = q.get(j);
          if (known !== undefined) return [known, 1];
          const c = column(0, 0, 1, true);
          q.set(j, c);
          attends.push({ column: c, edges: bySession.get(j)! });
          for (const e of bySession.get(j)!)
            row(-none, 0, [
              [x[e]!, 1],
              [c, -model.edgeMax[e]! / unit[model.edgeNeed[e]!]!],
            ]);
          return [c, 1];
        });
      row(-none, 1, columns);
    }
  }

  const constant = model.penalty.reduce((sum, r, i) => sum + r * model.needSeats[i]!, 0);
  return {
    mixed: packed(rows, cost, lower, upper, whole),
    constant,
    encode(seating) {
      const out = new Float64Array(cost.length);
      const seatsIn = (e: number): number => seating.seated[e]!;
      for (let e = 0; e < edgeCount; e += 1)
        if (x[e]! >= 0 && seatsIn(e) > 0) {
          out[x[e]!] = seatsIn(e) / unit[model.edgeNeed[e]!]!;
          out[y[model.edgeSession[e]!]!] = 1;
        }
      const total = Int32Array.from(seating.bought);
      for (let e = 0; e < edgeCount; e += 1) total[model.edgeNeed[e]!]! += seatsIn(e);
      for (let i = 0; i < needCount; i += 1) if (w[i]! >= 0) out[w[i]!] = seating.bought[i]! / unit[i]!;
      for (const g of present) out[g.column] = g.needs.some((i) => total[i]! > 0) ? 1 : 0;
      for (const { column: t, course, level } of reached)
        out[t] =
          new Set(needsOf[course]!.filter((i) => total[i]! > 0).map((i) => model.needGroup[i]!)).size >= level
            ? 1
            : 0;
      for (const g of [...inSession, ...attends]) out[g.column] = g.edges.some((e) => seatsIn(e) > 0) ? 1 : 0;
      return out;
    },
    decode(columns) {
      const seated = new Int32Array(edgeCount);
      const bought = new Int32Array(needCount);
      for (let e = 0; e < edgeCount; e += 1)
        if (x[e]! >= 0) seated[e] = Math.round(columns[x[e]!]!) * unit[model.edgeNeed[e]!]!;
      for (let i = 0; i < needCount; i += 1)
        if (w[i]! >= 0) bought[i] = Math.round(columns[w[i]!]!) * unit[i]!;
      return { seated, bought };
    },
  };
}

/** The needs of each person that could be in two overlapping sessions; equal lists once. */
function personNeeds(model: PoolModel): number[][] {
  const lists: number[][] = Array.from({ length: model.personCount }, () => []);
  for (const [i, people] of model.people.entries()) for (const p of people) lists[p]!.push(i);
  return [...new Map(lists.map((list) => [list.join(), list])).values()];
}

function packed(
  rows: readonly Row[],
  cost: readonly number[],
  lower: readonly number[],
  upper: readonly number[],
  whole: readonly number[],
): MixedModel {
  const starts = new Int32Array(rows.length + 1);
  for (const [r, { columns }] of rows.entries()) starts[r + 1] = starts[r]! + columns.length;
  const indices = new Int32Array(starts[rows.length]!);
  const values = new Float64Array(starts[rows.length]!);
  for (const [r, { columns, values: entries }] of rows.entries()) {
    indices.set(columns, starts[r]!);
    values.set(entries, starts[r]!);
  }
  return {
    numCols: cost.length,
    numRows: rows.length,
    colCost: Float64Array.from(cost),
    colLower: Float64Array.from(lower),
    colUpper: Float64Array.from(upper),
    rowLower: Float64Array.from(rows, (r) => r.lower),
    rowUpper: Float64Array.from(rows, (r) => r.upper),
    starts,
    indices,
    values,
    integrality: Uint8Array.from(whole),
  };
}

/**
 * The broken conditions of a seating in its component, as sentences; empty: feasible. Also tells that the cost is what
 * the caller thinks. The independent checker judges whole plans; this guards what comes back from the engine.
 */
export function seatingFaults(model: PoolModel, seating: Seating): string[] {
  const faults: string[] = [];
  const served = Int32Array.from(seating.bought);
  const load = new Int32Array(model.sessionCount);
  const sessionGroups: Set<number>[] = Array.from({ length: model.sessionCount }, () => new Set());
  const courseGroups: Set<number>[] = Array.from({ length: model.courseCount }, () => new Set());
  const personSessions: Set<number>[] = Array.from({ length: model.personCount }, () => new Set());
  for (let e = 0; e < model.edgeCount; e += 1) {
    const seats = seating.seated[e]!;
    if (seats === 0) continue;
    const i = model.edgeNeed[e]!;
    const j = model.edgeSession[e]!;
    if (seats < 0 || seats > model.edgeMax[e]!) faults.push(`edge ${e} holds ${seats} seats`);
    if (model.together[i] === 1 && seats !== model.needSeats[i]) faults.push(`need ${i} is split`);
    served[i]! += seats;
    load[j]! += seats;
    sessionGroups[j]!.add(model.needGroup[i]!);
    for (const p of model.people[i]!) personSessions[p]!.add(j);
  }
  for (let i = 0; i < model.needCount; i += 1) {
    const bought = seating.bought[i]!;
    if (bought < 0 || (bought > 0 && model.price[i] === Number.POSITIVE_INFINITY))
      faults.push(`need ${i} buys ${bought} seats`);
    if (model.together[i] === 1 && bought > 0 && bought !== model.needSeats[i])
      faults.push(`need ${i} is split`);
    if (served[i]! > model.needSeats[i]!) faults.push(`need ${i} has ${served[i]} seats`);
    if (served[i]! > 0) courseGroups[model.needCourse[i]!]!.add(model.needGroup[i]!);
  }
  for (let i = 0; i < model.needCount; i += 1)
    if (served[i]! > 0 && courseGroups[model.needCourse[i]!]!.size < model.wanted[i]!)
      faults.push(`need ${i} wants ${model.wanted[i]} groups`);
  for (let j = 0; j < model.sessionCount; j += 1) {
    if (load[j] === 0) continue;
    if (load[j]! < model.minSeats[j]! || load[j]! > model.maxSeats[j]!)
      faults.push(`session ${j} has ${load[j]} seats`);
    if (sessionGroups[j]!.size < model.minGroups) faults.push(`session ${j} has too few groups`);
    for (const k of model.conflicts[j]!)
      if (k > j && load[k]! > 0) faults.push(`sessions ${j} and ${k} conflict`);
  }
  for (const sessions of personSessions)
    for (const a of sessions)
      for (const b of sessions)
        if (a < b && overlap(model, a, b)) faults.push(`a person is in sessions ${a} and ${b} at once`);
  if (faults.length === 0 && !Number.isSafeInteger(seatingCost(model, seating)))
    faults.push('the cost is not whole');
  return faults;
}
