import type { Allocation, Need, Offer, PoolProblem } from '../../src/solve/pool/problem.ts';

/**
 * Exhaustive search over every way of seating every need of a tiny problem: some five needs of three seats and six
 * possible sessions. Nothing clever, so that it can be believed; a branch is cut only where what it has already cost
 * can no longer be better.
 */

/** The cheapest feasible allocation, conditions on counts included, ceilings aside. */
export interface BruteForcePlan {
  readonly cost: number;
  readonly allocation: Allocation;
}

/** What a coalition's own least plan costs after subsidy, and whether every least plan counts a penalty. */
export interface BruteForceCoalition {
  readonly cost: number;
  readonly usesPenalty: boolean;
}

/** One possible session: an offer on one of its first days. */
export interface Place {
  readonly offer: Offer;
  readonly date: string;
  /** The civil days on which trainer, room and people are busy. */
  readonly busy: readonly string[];
}

/** Where the seats of one need go; `inPlace[k]` counts the seats in place k. */
interface Seating {
  readonly inPlace: readonly number[];
  readonly individual: number;
  readonly unserved: number;
}

/**
 * Least cost (sessions + individual + travel + penalties, before subsidy) over all allocations, with the needs in
 * `left` counted as unserved.
 */
export function bruteForcePlan(problem: PoolProblem, left: ReadonlySet<string> = new Set()): BruteForcePlan {
  const needs = problem.needs.map((need) => ({ need, most: left.has(need.id) ? 0 : need.seats }));
  let best: { cost: number; seatings: readonly Seating[] } | null = null;
  const places = placesOf(problem);
  search({
    problem,
    places,
    choices: needs.map(({ need, most }) =>
      seatingsOf(places, need, most, priceOf(problem, need) !== null).map((s) => ({
        ...s,
        unserved: s.unserved + need.seats - most,
      })),
    ),
    needs: problem.needs,
    conditions: true,
    subsidy: 0,
    penaltyFrom: 'unserved',
    limit: () => best?.cost ?? Number.POSITIVE_INFINITY,
    found: (cost, seatings) => {
      if (best === null || cost < best.cost) best = { cost, seatings: [...seatings] };
    },
  });
  const { cost, seatings } = best!;
  return { cost, allocation: allocationOf(problem, places, seatings) };
}

/**
 * Least sessions + individual + travel - subsidy that serves exactly `seats` (by need id, all above 0), conditions on
 * counts aside; on a course without a catalogue price a seat may be counted at its need's penalty.
 */
export function bruteForceCoalition(
  problem: PoolProblem,
  seats: ReadonlyMap<string, number>,
): BruteForceCoalition {
  const needs = problem.needs.filter((n) => (seats.get(n.id) ?? 0) > 0);
  const places = placesOf(problem);
  const least = (penalties: boolean): number => {
    let best = Number.POSITIVE_INFINITY;
    search({
      problem,
      places,
      choices: needs.map((need) => {
        const catalogue = priceOf(problem, need) !== null;
        const all = seatingsOf(places, need, seats.get(need.id)!, catalogue || penalties);
        return all.filter((s) => s.unserved === 0);
      }),
      needs,
      conditions: false,
      subsidy: problem.rules.subsidyPerSeat ?? 0,
      penaltyFrom: 'individual',
      limit: () => best,
      found: (cost) => {
        best = Math.min(best, cost);
      },
    });
    return best;
  };
  const cost = least(true);
  return { cost, usesPenalty: least(false) > cost };
}

/** Every session that could open: each offer on each of its dates. */
export function placesOf(problem: PoolProblem): Place[] {
  return problem.offers.flatMap((offer) =>
    [...new Set(offer.dates)].map((date) => ({ offer, date, busy: busyDays(date, offer.days) })),
  );
}

/** `days` working days (Monday to Friday) from `date`; a first day on a weekend moves to the Monday. */
export function busyDays(date: string, days: number): string[] {
  const busy: string[] = [];
  let day = Temporal.PlainDate.from(date);
  while (busy.length < days) {
    if (day.dayOfWeek <= 5) busy.push(day.toString());
    day = day.add({ days: 1 });
  }
  return busy;
}

const overlap = (a: Place, b: Place): boolean => a.busy.some((day) => b.busy.includes(day));

const priceOf = (problem: PoolProblem, need: Need): number | null =>
  problem.catalogue.find((c) => c.course === need.course)?.perSeat ?? null;

const groupOf = (problem: PoolProblem, need: Need): string => {
  const company = problem.companies.find((c) => c.id === need.company)!;
  return company.group ?? company.id;
};

/** Travel of one seat, cents. */
export function travelPerSeat(problem: PoolProblem, need: Need, site: string): number {
  const from = need.from ?? problem.companies.find((c) => c.id === need.company)!.site;
  if (from === site) return 0;
  return problem.travel.find((t) => t.from === from && t.to === site)!.costPerSeat;
}

/** Every way to seat at most `most` seats of one need, the rest of these `most` unserved. */
function seatingsOf(places: readonly Place[], need: Need, most: number, individually: boolean): Seating[] {
  const suits = places.map(
    (p) =>
      p.offer.course === need.course &&
      (need.dates === undefined || need.dates.includes(p.date)) &&
      (need.sites === undefined || need.sites.includes(p.offer.site)),
  );
  const out: Seating[] = [];
  const fill = (k: number, inPlace: number[], rest: number): void => {
    if (k === places.length) {
      for (let individual = individually ? rest : 0; individual >= 0; individual -= 1)
        out.push({ inPlace, individual, unserved: rest - individual });
      return;
    }
    const cap = suits[k] ? Math.min(rest, places[k]!.offer.maxSeats) : 0;
    for (let seats = cap; seats >= 0; seats -= 1) fill(k + 1, [...inPlace, seats], rest - seats);
  };
  fill(0, [], most);
  if (need.together !== true || most === 0) return out;
  return out.filter((s) => [...s.inPlace, s.individual, s.unserved].includes(most));
}

interface Search {
  readonly problem: PoolProblem;
  readonly places: readonly Place[];
  readonly needs: readonly Need[];
  readonly choices: readonly (readonly Seating[])[];
  readonly conditions: boolean;
  /** Cents a seat; 0: none. */
  readonly subsidy: number;
  /** Which seats cost their need's penalty where the course has no price. */
  readonly penaltyFrom: 'unserved' | 'individual';
  readonly limit: () => number;
  readonly found: (cost: number, seatings: readonly Seating[]) => void;
}

function search(s: Search): void {
  const { problem, places, needs } = s;
  const chosen: Seating[] = [];
  const filled = places.map(() => 0);
  /** What one seating adds beside its sessions: individual seats, travel, penalties. */
  const apart = (need: Need, seating: Seating): number => {
    const price = priceOf(problem, need) ?? need.unservedPenalty;
    const travel = seating.inPlace.reduce(
      (sum, seats, k) =>
        sum + (seats === 0 ? 0 : seats * travelPerSeat(problem, need, places[k]!.offer.site)),
      0,
    );
    return seating.individual * price + travel + seating.unserved * need.unservedPenalty;
  };
  const peopleClash = (): boolean =>
    places.some((a, ka) =>
      places.some(
        (b, kb) =>
          ka < kb &&
          overlap(a, b) &&
          peopleIn(needs, chosen, ka).some((person) => peopleIn(needs, chosen, kb).includes(person)),
      ),
    );
  const resourcesClash = (): boolean =>
    places.some((a, ka) =>
      places.some(
        (b, kb) =>
          ka < kb &&
          filled[ka]! > 0 &&
          filled[kb]! > 0 &&
          overlap(a, b) &&
          ((a.offer.trainer !== undefined && a.offer.trainer === b.offer.trainer) ||
            (a.offer.room !== undefined && a.offer.room === b.offer.room)),
      ),
    );
  const visit = (i: number, cost: number): void => {
    // A session costs nothing at least, even after subsidy: what is apart from sessions bounds the total.
    if (cost >= s.limit()) return;
    if (i < needs.length) {
      const need = needs[i]!;
      for (const seating of s.choices[i]!) {
        if (seating.inPlace.some((seats, k) => filled[k]! + seats > places[k]!.offer.maxSeats)) continue;
        chosen.push(seating);
        for (const [k, seats] of seating.inPlace.entries()) filled[k]! += seats;
        if (!resourcesClash() && !peopleClash()) visit(i + 1, cost + apart(need, seating));
        for (const [k, seats] of seating.inPlace.entries()) filled[k]! -= seats;
        chosen.pop();
      }
      return;
    }
    if (places.some((p, k) => filled[k]! > 0 && filled[k]! < p.offer.minSeats)) return;
    if (s.conditions && !conditionsHold(problem, needs, chosen, filled)) return;
    const sessions = places.reduce((sum, p, k) => {
      if (filled[k] === 0) return sum;
      const own = p.offer.fixed + p.offer.perSeat * filled[k]!;
      const companies = new Set(needs.filter((_, j) => chosen[j]!.inPlace[k]! > 0).map((n) => n.company));
      return sum + own - (companies.size >= 2 ? Math.min(own, s.subsidy * filled[k]!) : 0);
    }, 0);
    s.found(cost + sessions, chosen);
  };
  visit(0, 0);
}

const peopleIn = (needs: readonly Need[], chosen: readonly Seating[], place: number): string[] =>
  chosen.flatMap((seating, i) => (seating.inPlace[place]! > 0 ? (needs[i]!.people ?? []) : []));

function conditionsHold(
  problem: PoolProblem,
  needs: readonly Need[],
  chosen: readonly Seating[],
  filled: readonly number[],
): boolean {
  const groups = (of: (seating: Seating, need: Need) => boolean): number =>
    new Set(needs.filter((need, i) => of(chosen[i]!, need)).map((need) => groupOf(problem, need))).size;
  const served = (s: Seating): boolean => s.individual > 0 || s.inPlace.some((seats) => seats > 0);
  const perSession = problem.rules.minCompaniesPerSession ?? 1;
  return (
    filled.every((seats, k) => seats === 0 || groups((s) => s.inPlace[k]! > 0) >= perSession) &&
    needs.every(
      (need, i) =>
        !served(chosen[i]!) ||
        groups((s, other) => other.course === need.course && served(s)) >= (need.minCompanies ?? 0),
    )
  );
}

function allocationOf(
  problem: PoolProblem,
  places: readonly Place[],
  seatings: readonly Seating[],
): Allocation {
  const { needs } = problem;
  return {
    sessions: places
      .map((p, k) => ({
        offer: p.offer.id,
        date: p.date,
        seats: needs.flatMap((need, i) => {
          const seats = seatings[i]!.inPlace[k]!;
          return seats > 0 ? [{ need: need.id, seats }] : [];
        }),
      }))
      .filter((session) => session.seats.length > 0),
    individual: needs.flatMap((need, i) => {
      const seats = seatings[i]!.individual;
      return seats > 0 ? [{ need: need.id, seats, cost: seats * priceOf(problem, need)! }] : [];
    }),
    unserved: needs.flatMap((need, i) => {
      const seats = seatings[i]!.unserved;
      return seats > 0 ? [{ need: need.id, seats, reason: 'not-worth-it' as const }] : [];
    }),
  };
}
