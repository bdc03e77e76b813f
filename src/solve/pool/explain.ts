import type { Budget } from '../stop.ts';
import { type ComponentGame, type GameSeats, ownCost, splitGames } from './game.ts';
import { createLeastCosts, memoryOf } from './game-least.ts';
import type { Allocation, PoolProblem } from './problem.ts';
import { settleClock } from './settle-clock.ts';

/** Seats of one company in a session. */
export interface SeatsInSession {
  readonly offer: string;
  readonly date: string;
  readonly site: string;
  readonly seats: number;
  /** Travel of these seats, cents. */
  readonly travel: number;
}

/** One company's seats of a course in the plan. */
export interface CourseTogether {
  readonly course: string;
  readonly seats: number;
  readonly sessions: readonly (SeatsInSession & {
    /** Seats and companies of the whole session, this company included. */
    readonly allSeats: number;
    readonly companies: number;
    readonly minSeats: number;
    /** Without this company's seats the session would be below its minimum. */
    readonly isNeeded: boolean;
  })[];
  /** Seats bought at the catalogue price, and their cost. */
  readonly individual: { readonly seats: number; readonly cost: number };
}

/** One company's seats of a course as it would serve them alone, at the least cost. */
export interface CourseAlone {
  readonly course: string;
  /** Sessions that it would pay for by itself; `cost` without travel. */
  readonly sessions: readonly (SeatsInSession & { readonly cost: number })[];
  readonly catalogue: { readonly seats: number; readonly cost: number };
  /** Seats of a course without a catalogue price that it could not serve alone, at their penalty. */
  readonly penalty: { readonly seats: number; readonly cost: number };
}

/** What a company brings to one component; cents, travel included. */
export interface Contribution {
  readonly courses: readonly string[];
  /** Companies served in the component, this one included. */
  readonly companies: number;
  /** What all pay together. */
  readonly everybody: number;
  /** The least that it would pay alone, and how. */
  readonly alone: number;
  readonly aloneCourses: readonly CourseAlone[];
  /** The least that the others would pay without it; null when time was short. */
  readonly othersWithout: number | null;
  /** What its coming adds to the cost of the others: everybody - othersWithout; less than `alone` is its use to them. */
  readonly adds: number | null;
}

/** The figures behind a company's share, for sentences such as "alone you would pay ...". */
export interface ShareReason {
  readonly company: string;
  readonly together: readonly CourseTogether[];
  readonly contributions: readonly Contribution[];
}

/**
 * Explains the shares of a plan: one reason a served company, in the order of the problem. Least costs already counted
 * by {@link settlePlan} for the same problem are not counted again.
 */
export async function explainShares(
  problem: PoolProblem,
  allocation: Allocation,
  options: { readonly budget: Budget },
): Promise<ShareReason[]> {
  const clock = settleClock(options.budget);
  const contributions = new Map<number, Contribution[]>();
  for (const game of splitGames(problem, allocation)) {
    const costs = createLeastCosts(game, memoryOf(problem));
    const everyone = game.companies.map((_, i) => i);
    const courses = [...new Set(Array.from(game.model.needIndex, (i) => problem.needs[i]!.course))];
    for (const i of everyone) {
      await clock.breathe();
      const isAlone = everyone.length === 1;
      const seats = isAlone ? game.own : await costs.seats([i], Math.max(1, clock.secondsLeft()));
      const others = isAlone
        ? { cost: 0, lower: 0 }
        : await costs.of(
            everyone.filter((k) => k !== i),
            clock.secondsLeft(),
          );
      const isProved = others !== null && others.lower === others.cost;
      const alone = isAlone ? ownCost(game) : (await costs.of([i], Math.max(1, clock.secondsLeft())))!.cost;
      const contribution: Contribution = {
        courses,
        companies: everyone.length,
        everybody: ownCost(game),
        alone,
        aloneCourses: coursesAlone(problem, game, i, seats),
        othersWithout: isProved ? others.cost : null,
        adds: isProved ? ownCost(game) - others.cost : null,
      };
      const company = game.companies[i]!;
      contributions.set(company, [...(contributions.get(company) ?? []), contribution]);
    }
  }
  return [...contributions.keys()]
    .sort((a, b) => a - b)
    .map((i) => ({
      company: problem.companies[i]!.id,
      together: coursesTogether(problem, allocation, problem.companies[i]!.id),
      contributions: contributions.get(i)!,
    }));
}

/** One company's seats in the plan, course by course. */
function coursesTogether(problem: PoolProblem, allocation: Allocation, company: string): CourseTogether[] {
  const needs = new Map(problem.needs.map((n) => [n.id, n]));
  const offers = new Map(problem.offers.map((o) => [o.id, o]));
  const isOwn = (row: { readonly need: string }): boolean => needs.get(row.need)!.company === company;
  const courses = [...new Set(problem.needs.filter((n) => n.company === company).map((n) => n.course))];
  return courses.flatMap((course): CourseTogether[] => {
    const sessions = allocation.sessions
      .filter((s) => offers.get(s.offer)!.course === course && s.seats.some(isOwn))
      .map((s) => {
        const offer = offers.get(s.offer)!;
        const own = s.seats.filter(isOwn);
        const seats = sum(own.map((r) => r.seats));
        const allSeats = sum(s.seats.map((r) => r.seats));
        return {
          offer: s.offer,
          date: s.date,
          site: offer.site,
          seats,
          travel: sum(own.map((r) => r.seats * travelOf(problem, r.need, offer.site))),
          allSeats,
          companies: new Set(s.seats.map((r) => needs.get(r.need)!.company)).size,
          minSeats: offer.minSeats,
          isNeeded: allSeats - seats < offer.minSeats,
        };
      });
    const bought = allocation.individual.filter((r) => isOwn(r) && needs.get(r.need)!.course === course);
    const individual = { seats: sum(bought.map((r) => r.seats)), cost: sum(bought.map((r) => r.cost)) };
    const seats = individual.seats + sum(sessions.map((s) => s.seats));
    return seats === 0 ? [] : [{ course, seats, sessions, individual }];
  });
}

/** Seats that a company would have alone, course by course. */
function coursesAlone(
  problem: PoolProblem,
  game: ComponentGame,
  company: number,
  { seated, outside }: GameSeats,
): CourseAlone[] {
  const { model } = game;
  const needs = [...model.needIndex.keys()].filter((i) => game.needCompany[i] === company);
  const courseOf = (i: number): string => problem.needs[model.needIndex[i]!]!.course;
  return [...Map.groupBy(needs, courseOf)].map(([course, own]) => {
    const bySession = new Map<number, { seats: number; travel: number }>();
    for (const i of own)
      for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1) {
        if (seated[e] === 0) continue;
        const j = model.edgeSession[e]!;
        const there = bySession.get(j) ?? { seats: 0, travel: 0 };
        bySession.set(j, {
          seats: there.seats + seated[e]!,
          travel: there.travel + seated[e]! * (model.edgeCost[e]! - game.perSeat[j]!),
        });
      }
    const elsewhere = (penalty: number): { seats: number; cost: number } => {
      const some = own.filter((i) => game.isPenalty[i] === penalty);
      return {
        seats: sum(some.map((i) => outside[i]!)),
        cost: sum(some.map((i) => outside[i]! * game.outsideCost[i]!)),
      };
    };
    return {
      course,
      sessions: [...bySession].map(([j, { seats, travel }]) => {
        const offer = problem.offers[model.sessionOffer[j]!]!;
        return {
          offer: offer.id,
          date: model.sessionDate[j]!,
          site: offer.site,
          seats,
          travel,
          cost: offer.fixed + offer.perSeat * seats,
        };
      }),
      catalogue: elsewhere(0),
      penalty: elsewhere(1),
    };
  });
}

/** Travel of a seat of a need to a site; 0 inside one site. */
function travelOf(problem: PoolProblem, id: string, site: string): number {
  const need = problem.needs.find((n) => n.id === id)!;
  const from = need.from ?? problem.companies.find((c) => c.id === need.company)!.site;
  if (from === site) return 0;
  return problem.travel.find((t) => t.from === from && t.to === site)?.costPerSeat ?? 0;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
