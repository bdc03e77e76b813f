import { overlap, type PoolModel, type Seating } from './model.ts';
import type { PoolProblem, UnservedReason } from './problem.ts';

/**
 * Why seats of a need of the model are not served, told after the fact from the answer. The first that holds:
 *
 * - `condition`: with its own group counted, fewer groups than its `minCompanies` have a seat on its course;
 * - `not-worth-it`: the course has a catalogue price, so the seats could be bought: not serving them is cheaper;
 * - `no-date`: no offer of its course has a first day that suits (or the course has no offer);
 * - `no-site`: offers have such a day, but none at a site that suits;
 * - `full`: kept together, it is larger than each of those sessions;
 * - `full`: on all those days its people are already in another session;
 * - `not-worth-it`: an open session that suits has room for it: not serving it is cheaper;
 * - `full`: every open session that suits is full, or else the closed ones have no trainer or room free;
 * - `below-minimum`: the seats that nobody serves and that could sit in a closed session do not reach its least number
 *   (nor their groups the least number of groups);
 * - `not-worth-it`: a closed session could open for them, but costs more.
 *
 * Needs that left for their ceiling are `too-dear`, before all these; they are not in the model.
 */
export function explainUnserved(
  problem: PoolProblem,
  model: PoolModel,
  seating: Seating,
): (need: number) => UnservedReason {
  const load = new Int32Array(model.sessionCount);
  const served = Int32Array.from(seating.bought);
  const attending: Set<number>[] = Array.from({ length: model.personCount }, () => new Set());
  for (let e = 0; e < model.edgeCount; e += 1) {
    if (seating.seated[e] === 0) continue;
    load[model.edgeSession[e]!]! += seating.seated[e]!;
    served[model.edgeNeed[e]!]! += seating.seated[e]!;
    for (const p of model.people[model.edgeNeed[e]!]!) attending[p]!.add(model.edgeSession[e]!);
  }
  const groups: Set<number>[] = Array.from({ length: model.courseCount }, () => new Set());
  for (let i = 0; i < model.needCount; i += 1)
    if (served[i]! > 0) groups[model.needCourse[i]!]!.add(model.needGroup[i]!);

  const peopleBusy = (i: number, j: number): boolean =>
    model.people[i]!.some((p) => [...attending[p]!].some((k) => k !== j && overlap(model, j, k)));

  const couldFill = (j: number): boolean => {
    let seats = 0;
    const there = new Set<number>();
    for (const e of model.sessionEdges[j]!) {
      const i = model.edgeNeed[e]!;
      const left = model.needSeats[i]! - served[i]!;
      if (left === 0) continue;
      seats += Math.min(left, model.edgeMax[e]!);
      there.add(model.needGroup[i]!);
    }
    return seats >= model.minSeats[j]! && there.size >= model.minGroups;
  };

  return (i) => {
    const need = problem.needs[model.needIndex[i]!]!;
    const course = groups[model.needCourse[i]!]!;
    const own = course.has(model.needGroup[i]!) ? 0 : 1;
    if (course.size + own < model.wanted[i]!) return 'condition';
    if (Number.isFinite(model.price[i]!)) return 'not-worth-it';
    const offers = problem.offers.filter((o) => o.course === need.course);
    const onDate = offers.filter((o) =>
      o.dates.some((d) => need.dates === undefined || need.dates.includes(d)),
    );
    if (onDate.length === 0) return 'no-date';
    const onSite = onDate.filter((o) => need.sites === undefined || need.sites.includes(o.site));
    if (onSite.length === 0) return 'no-site';
    if (need.together === true && onSite.every((o) => o.maxSeats < need.seats)) return 'full';
    const edges = Array.from(
      { length: model.edgeStart[i + 1]! - model.edgeStart[i]! },
      (_, k) => model.edgeStart[i]! + k,
    );
    // Sessions that could never gather their minimum are not in the model at all.
    if (edges.length === 0) return 'below-minimum';
    const reachable = edges.map((e) => model.edgeSession[e]!).filter((j) => !peopleBusy(i, j));
    if (reachable.length === 0) return 'full';
    const least = model.together[i] === 1 ? model.needSeats[i]! : 1;
    const open = reachable.filter((j) => load[j]! > 0);
    if (open.some((j) => model.maxSeats[j]! - load[j]! >= least)) return 'not-worth-it';
    const free = reachable.filter(
      (j) => load[j] === 0 && ![...model.conflicts[j]!].some((k) => load[k]! > 0),
    );
    if (free.some(couldFill)) return 'not-worth-it';
    return open.length > 0 || free.length === 0 ? 'full' : 'below-minimum';
  };
}
