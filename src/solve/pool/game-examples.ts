import type { Random } from '../random.ts';
import type { Need, Offer, PoolProblem, SharingRule } from './problem.ts';

export interface ExampleSize {
  readonly companies: number;
  readonly courses: number;
  readonly needsPerCompany: number;
  readonly offersPerCourse: number;
  readonly datesPerOffer: number;
}

const DAYS = ['2027-03-05', '2027-03-08', '2027-03-09', '2027-03-10', '2027-03-11'];
const SITES = ['langres', 'nogent', 'chaumont'];

/**
 * A random problem with all that may tie or limit a group's own plan: minimums, dates, sites, needs kept together,
 * people, trainers and rooms over courses, a course without a catalogue price, subsidy. For tests and benches.
 */
export function randomPool(size: ExampleSize, rule: SharingRule, random: Random): PoolProblem {
  const chance = (p: number): boolean => random.next() < p;
  const some = <T>(list: readonly T[]): T[] => {
    const kept = list.filter(() => chance(0.6));
    return kept.length > 0 ? kept : [list[random.below(list.length)]!];
  };
  const companies = Array.from({ length: size.companies }, (_, i) => ({
    id: `c${i + 1}`,
    site: SITES[random.below(SITES.length)]!,
    ...(chance(0.2) && { group: 'owner' }),
  }));
  const courses = Array.from({ length: size.courses }, (_, i) => `course-${i + 1}`);
  const priceless = chance(0.3) ? courses.at(-1) : undefined;
  const needs = companies.flatMap((company, i): Need[] =>
    Array.from({ length: size.needsPerCompany }, (_, k) => ({
      id: `n${i + 1}-${k + 1}`,
      company: company.id,
      course: courses[random.below(courses.length)]!,
      seats: 1 + random.below(4),
      unservedPenalty: 70_000 + 1000 * random.below(60),
      ...(chance(0.4) && { dates: some(DAYS) }),
      ...(chance(0.25) && { sites: some(SITES) }),
      ...(chance(0.2) && { from: SITES[random.below(SITES.length)]! }),
      ...(chance(0.3) && { together: true }),
      ...(chance(0.3) && { people: [`p${1 + random.below(size.companies)}`] }),
    })),
  );
  const offers = courses.flatMap((course, k): Offer[] =>
    Array.from({ length: size.offersPerCourse }, (_, i) => {
      const minSeats = 1 + random.below(5);
      return {
        id: `o${k + 1}-${i + 1}`,
        course,
        fixed: 60_000 + 5000 * random.below(30),
        perSeat: 500 * random.below(12),
        minSeats,
        maxSeats: minSeats + 2 + random.below(6),
        dates: some(DAYS).slice(0, size.datesPerOffer),
        days: 1 + random.below(2),
        site: SITES[random.below(SITES.length)]!,
        ...(chance(0.4) && { trainer: `t${1 + random.below(size.courses)}` }),
        ...(chance(0.2) && { room: 'r1' }),
      };
    }),
  );
  return {
    companies,
    needs,
    offers,
    catalogue: courses
      .filter((course) => course !== priceless)
      .map((course) => ({ course, perSeat: 50_000 + 1000 * random.below(30) })),
    travel: SITES.flatMap((from) =>
      SITES.filter((to) => to !== from).map((to) => ({ from, to, costPerSeat: 300 * random.below(8) })),
    ),
    rules: { sharing: rule, ...(chance(0.4) && { subsidyPerSeat: 1000 * random.below(12) }) },
  };
}
