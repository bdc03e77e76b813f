import { overlap, type PoolModel, type Seating } from './model.ts';

/**
 * Seats of a component that change one move at a time, with their cost kept up to date and every change undoable.
 *
 * Hard here: capacity, trainers and rooms, people, kept-together. Soft, counted in `faults`: seats and groups that open
 * sessions lack, and groups that served needs still wait for. An answer is a state without faults.
 */
export class Seats {
  readonly model: PoolModel;
  readonly seated: Int32Array;
  readonly bought: Int32Array;
  /** Seats of each need in sessions or bought. */
  readonly served: Int32Array;
  /** Seats in each session; 0: closed. */
  readonly load: Int32Array;
  /** Open sessions that keep this one from opening. */
  readonly blocked: Int32Array;
  /** Edges with seats, by session. */
  readonly occupants: number[][];
  readonly open: number[] = [];
  cost = 0;
  faults = 0;

  private readonly openAt: Int32Array;
  private readonly occupantAt: Int32Array;
  private readonly sessionGroups: Int32Array;
  private readonly sessionGroupSeats: Int32Array | null;
  private readonly counted: Uint8Array;
  private readonly courseGroups: Int32Array;
  private readonly courseGroupSeats: Int32Array;
  /** By course: served needs that want so many groups. */
  private readonly wanting: Int32Array[];
  private readonly waiting: Int32Array;
  private readonly personSessions: Map<number, number>[];
  private readonly journal: number[] = [];

  constructor(model: PoolModel) {
    this.model = model;
    this.seated = new Int32Array(model.edgeCount);
    this.bought = new Int32Array(model.needCount);
    this.served = new Int32Array(model.needCount);
    this.load = new Int32Array(model.sessionCount);
    this.blocked = new Int32Array(model.sessionCount);
    this.occupants = Array.from({ length: model.sessionCount }, () => []);
    this.openAt = new Int32Array(model.sessionCount);
    this.occupantAt = new Int32Array(model.edgeCount);
    this.sessionGroups = new Int32Array(model.sessionCount);
    this.sessionGroupSeats =
      model.minGroups > 1 ? new Int32Array(model.sessionCount * model.groupCount) : null;
    this.counted = new Uint8Array(model.courseCount);
    this.courseGroups = new Int32Array(model.courseCount);
    this.courseGroupSeats = new Int32Array(model.courseCount * model.groupCount);
    const most = new Int32Array(model.courseCount);
    for (let i = 0; i < model.needCount; i += 1) {
      const c = model.needCourse[i]!;
      most[c] = Math.max(most[c]!, Math.min(model.wanted[i]!, model.groupCount + 1));
      if (model.wanted[i]! > 1) this.counted[c] = 1;
      this.cost += model.penalty[i]! * model.needSeats[i]!;
    }
    this.wanting = Array.from(most, (m) => new Int32Array(m + 1));
    this.waiting = new Int32Array(model.courseCount);
    this.personSessions = Array.from({ length: model.personCount }, () => new Map<number, number>());
  }

  unserved(i: number): number {
    return this.model.needSeats[i]! - this.served[i]!;
  }

  /** Cents of a seat of need i that sits in no session: unserved, or bought where that is cheaper. */
  outside(i: number): number {
    return Math.min(this.model.penalty[i]!, this.model.price[i]!);
  }

  room(j: number): number {
    return this.model.maxSeats[j]! - this.load[j]!;
  }

  /** True where nothing hard keeps seats of the edge out of its session, capacity aside. */
  mayUse(e: number): boolean {
    const { model } = this;
    const j = model.edgeSession[e]!;
    if (this.load[j] === 0 && this.blocked[j]! > 0) return false;
    const people = model.people[model.edgeNeed[e]!]!;
    for (const p of people)
      for (const k of this.personSessions[p]!.keys()) if (k !== j && overlap(model, j, k)) return false;
    return true;
  }

  /** Adds `seats` (negative: takes away) to an edge. The caller has looked at the hard conditions. */
  seat(e: number, seats: number): void {
    this.journal.push(e, seats);
    this.applySeat(e, seats);
  }

  /** Adds `seats` (negative: takes away) to those that need i buys. */
  buy(i: number, seats: number): void {
    this.journal.push(-1 - i, seats);
    this.applyBuy(i, seats);
  }

  /** A point to come back to. */
  mark(): number {
    return this.journal.length;
  }

  /** Undoes all changes since the mark. */
  rollback(mark: number): void {
    while (this.journal.length > mark) {
      const seats = this.journal.pop()!;
      const place = this.journal.pop()!;
      if (place >= 0) this.applySeat(place, -seats);
      else this.applyBuy(-1 - place, -seats);
    }
  }

  /** Forgets how to undo. */
  commit(): void {
    this.journal.length = 0;
  }

  /** Needs changed since the mark, each once, in order. */
  touched(mark: number): number[] {
    const needs = new Set<number>();
    for (let k = mark; k < this.journal.length; k += 2) {
      const place = this.journal[k]!;
      needs.add(place >= 0 ? this.model.edgeNeed[place]! : -1 - place);
    }
    return [...needs];
  }

  /** Empties a session; its seats become unserved. The edges and seats that were in it. */
  close(j: number): { edge: number; seats: number }[] {
    const out = this.occupants[j]!.map((edge) => ({ edge, seats: this.seated[edge]! }));
    for (const { edge, seats } of out) this.seat(edge, -seats);
    return out;
  }

  /** Takes all seats away from need i. */
  drop(i: number): void {
    for (let e = this.model.edgeStart[i]!; e < this.model.edgeStart[i + 1]!; e += 1)
      if (this.seated[e]! > 0) this.seat(e, -this.seated[e]!);
    if (this.bought[i]! > 0) this.buy(i, -this.bought[i]!);
  }

  /** Replaces the whole state. */
  replace(seating: Seating): void {
    for (let i = 0; i < this.model.needCount; i += 1) this.drop(i);
    for (let e = 0; e < this.model.edgeCount; e += 1)
      if (seating.seated[e]! > 0) this.seat(e, seating.seated[e]!);
    for (let i = 0; i < this.model.needCount; i += 1)
      if (seating.bought[i]! > 0) this.buy(i, seating.bought[i]!);
  }

  snapshot(): Seating {
    return { seated: this.seated.slice(), bought: this.bought.slice() };
  }

  isShort(j: number): boolean {
    return this.shortOf(j) > 0;
  }

  /** True where need i would be served among too few groups. */
  isWaiting(i: number): boolean {
    return this.served[i]! > 0 && this.courseGroups[this.model.needCourse[i]!]! < this.model.wanted[i]!;
  }

  hasWaiting(): boolean {
    return this.waiting.some((w) => w > 0);
  }

  private shortOf(j: number): number {
    const load = this.load[j]!;
    if (load === 0) return 0;
    const seats = Math.max(0, this.model.minSeats[j]! - load);
    return this.sessionGroupSeats === null
      ? seats
      : seats + Math.max(0, this.model.minGroups - this.sessionGroups[j]!);
  }

  private applySeat(e: number, seats: number): void {
    const { model } = this;
    const i = model.edgeNeed[e]!;
    const j = model.edgeSession[e]!;
    this.faults -= this.shortOf(j);
    const before = this.seated[e]!;
    const after = before + seats;
    this.seated[e] = after;
    if (this.load[j] === 0) this.opened(j);
    this.load[j]! += seats;
    if (before === 0) this.arrived(e, i, j);
    else if (after === 0) this.departed(e, i, j);
    if (this.sessionGroupSeats !== null) {
      const at = j * model.groupCount + model.needGroup[i]!;
      const had = this.sessionGroupSeats[at]!;
      this.sessionGroupSeats[at] = had + seats;
      if (had === 0) this.sessionGroups[j]! += 1;
      else if (had + seats === 0) this.sessionGroups[j]! -= 1;
    }
    if (this.load[j] === 0) this.closed(j);
    this.faults += this.shortOf(j);
    this.cost += seats * (model.edgeCost[e]! - model.penalty[i]!);
    this.serve(i, seats);
  }

  private applyBuy(i: number, seats: number): void {
    this.bought[i]! += seats;
    this.cost += seats * (this.model.price[i]! - this.model.penalty[i]!);
    this.serve(i, seats);
  }

  private serve(i: number, seats: number): void {
    const { model } = this;
    const before = this.served[i]!;
    this.served[i] = before + seats;
    const c = model.needCourse[i]!;
    if (this.counted[c] === 0) return;
    const at = c * model.groupCount + model.needGroup[i]!;
    const had = this.courseGroupSeats[at]!;
    this.courseGroupSeats[at] = had + seats;
    const level = Math.min(model.wanted[i]!, model.groupCount + 1);
    let changed = true;
    if (before === 0) this.wanting[c]![level]! += 1;
    else if (before + seats === 0) this.wanting[c]![level]! -= 1;
    else changed = false;
    if (had === 0) this.courseGroups[c]! += 1;
    else if (had + seats === 0) this.courseGroups[c]! -= 1;
    else if (!changed) return;
    const wanting = this.wanting[c]!;
    const groups = this.courseGroups[c]!;
    let waiting = 0;
    for (let l = groups + 1; l < wanting.length; l += 1) waiting += wanting[l]! * (l - groups);
    this.faults += waiting - this.waiting[c]!;
    this.waiting[c] = waiting;
  }

  private opened(j: number): void {
    this.openAt[j] = this.open.length;
    this.open.push(j);
    this.cost += this.model.fixed[j]!;
    for (const k of this.model.conflicts[j]!) this.blocked[k]! += 1;
  }

  private closed(j: number): void {
    const last = this.open.pop()!;
    if (last !== j) {
      this.open[this.openAt[j]!] = last;
      this.openAt[last] = this.openAt[j]!;
    }
    this.cost -= this.model.fixed[j]!;
    for (const k of this.model.conflicts[j]!) this.blocked[k]! -= 1;
  }

  private arrived(e: number, i: number, j: number): void {
    this.occupantAt[e] = this.occupants[j]!.length;
    this.occupants[j]!.push(e);
    for (const p of this.model.people[i]!) {
      const sessions = this.personSessions[p]!;
      sessions.set(j, (sessions.get(j) ?? 0) + 1);
    }
  }

  private departed(e: number, i: number, j: number): void {
    const list = this.occupants[j]!;
    const last = list.pop()!;
    if (last !== e) {
      list[this.occupantAt[e]!] = last;
      this.occupantAt[last] = this.occupantAt[e]!;
    }
    for (const p of this.model.people[i]!) {
      const sessions = this.personSessions[p]!;
      const count = sessions.get(j)! - 1;
      if (count === 0) sessions.delete(j);
      else sessions.set(j, count);
    }
  }
}
