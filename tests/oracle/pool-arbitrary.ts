import fc from 'fast-check';
import type { PoolProblem, SharingRule } from '../../src/solve/pool/problem.ts';

/** How large and how rich the problems are; the defaults stay within what the brute force can enumerate. */
export interface PoolShape {
  /** Most companies; default 4. */
  readonly companies?: number;
  /** Most needs; default 5. */
  readonly needs?: number;
  /** Most seats a need; default 3. */
  readonly seats?: number;
  /** Most offers; default 3, of at most two dates each. */
  readonly offers?: number;
  /** Most courses, 1 to 3; default 2. */
  readonly courses?: number;
  /** Ceilings, minCompanies and minCompaniesPerSession; default true. */
  readonly conditions?: boolean;
  /** The sharing rule; default any. */
  readonly sharing?: SharingRule;
  /** Every course has a catalogue price; default false: one in seven has none. */
  readonly catalogue?: boolean;
}

const COURSES = ['iso-13485', 'welding', 'metrology'] as const;
const SITES = ['langres', 'nogent', 'chaumont'] as const;
/** Friday to Tuesday, so that sessions of several days cross a weekend. */
const DATES = ['2027-03-05', '2027-03-08', '2027-03-09'] as const;

const cents = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.integer({ min: Math.ceil(min / 100), max: Math.floor(max / 100) }).map((e) => e * 100),
    },
    { weight: 1, arbitrary: fc.integer({ min, max }) },
  );

const sometimes = <T>(arbitrary: fc.Arbitrary<T>, one: number): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: one });

const someOf = <T>(values: readonly T[], max: number): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...values], { minLength: 1, maxLength: max });

/** Removes keys that are undefined, as the format has them absent. */
const compact = <T extends object>(row: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(row).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/**
 * Small valid problems with everything the format has: groups, sites, one-way travel prices, people, trainers, rooms,
 * sessions of several days, needs kept together, conditions, subsidies, courses without a catalogue price.
 */
export function poolProblems(shape: PoolShape = {}): fc.Arbitrary<PoolProblem> {
  const conditions = shape.conditions ?? true;
  const courses = COURSES.slice(0, shape.courses ?? 2);
  const course = fc.oneof(
    { weight: 2, arbitrary: fc.constant(courses[0]!) },
    { weight: 1, arbitrary: fc.constantFrom(...courses) },
  );
  const companyCount = shape.companies ?? 4;
  const company = fc.record({
    group: sometimes(fc.constantFrom('owner-1', 'owner-2'), 3),
    site: fc.constantFrom(...SITES),
  });
  const need = fc.record({
    company: fc.nat({ max: companyCount - 1 }),
    course,
    seats: fc.integer({ min: 1, max: shape.seats ?? 3 }),
    dates: sometimes(someOf(DATES, 3), 2),
    sites: sometimes(someOf(SITES, 2), 4),
    from: sometimes(fc.constantFrom(...SITES), 3),
    together: sometimes(fc.boolean(), 2),
    maxPricePerSeat: conditions ? sometimes(cents(5_000, 70_000), 3) : fc.constant(undefined),
    minCompanies: conditions ? sometimes(fc.integer({ min: 0, max: 3 }), 8) : fc.constant(undefined),
    people: sometimes(someOf(['ada', 'blaise', 'chloe'], 2), 4),
    unservedPenalty: fc.oneof(
      { weight: 8, arbitrary: cents(60_000, 120_000) },
      { weight: 1, arbitrary: cents(0, 50_000) },
    ),
  });
  const offer = fc
    .record({
      course,
      fixed: cents(0, 90_000),
      perSeat: cents(0, 9_000),
      minSeats: fc.integer({ min: 1, max: 4 }),
      extra: fc.integer({ min: 0, max: 5 }),
      dates: someOf(DATES, 2),
      days: fc.integer({ min: 1, max: 2 }),
      site: fc.constantFrom(...SITES),
      trainer: sometimes(fc.constantFrom('t1', 't2'), 2),
      room: sometimes(fc.constantFrom('r1', 'r2'), 2),
    })
    .map(({ extra, ...o }) => ({ ...o, maxSeats: o.minSeats + extra }));
  return fc
    .record({
      companies: fc.array(company, { minLength: companyCount, maxLength: companyCount }),
      needs: fc.array(need, { minLength: 2, maxLength: shape.needs ?? 5 }),
      offers: fc.array(offer, { minLength: 1, maxLength: shape.offers ?? 3 }),
      prices: fc.array(
        shape.catalogue === true ? cents(20_000, 70_000) : sometimes(cents(20_000, 70_000), 6),
        {
          minLength: 3,
          maxLength: 3,
        },
      ),
      travel: fc.array(cents(0, 6_000), { minLength: 6, maxLength: 6 }),
      sharing:
        shape.sharing === undefined
          ? fc.constantFrom<SharingRule>('shapley', 'nucleolus', 'proportional', 'equal-profit')
          : fc.constant(shape.sharing),
      minCompaniesPerSession: conditions
        ? sometimes(fc.integer({ min: 1, max: 3 }), 2)
        : fc.constant(undefined),
      subsidyPerSeat: sometimes(cents(0, 12_000), 1),
    })
    .map(
      (raw): PoolProblem => ({
        companies: raw.companies.map((c, i) => compact({ id: `c${i + 1}`, ...c })),
        needs: raw.needs.map((n, i) => compact({ id: `n${i + 1}`, ...n, company: `c${n.company + 1}` })),
        offers: raw.offers.map((o, i) => compact({ id: `o${i + 1}`, ...o })),
        catalogue: courses.flatMap((name, i) => {
          const perSeat = raw.prices[i];
          return perSeat === undefined ? [] : [{ course: name, perSeat }];
        }),
        travel: SITES.flatMap((from) => SITES.filter((to) => to !== from).map((to) => ({ from, to }))).map(
          (pair, i) => ({ ...pair, costPerSeat: raw.travel[i]! }),
        ),
        rules: compact({
          sharing: raw.sharing,
          minCompaniesPerSession: raw.minCompaniesPerSession,
          subsidyPerSeat: raw.subsidyPerSeat,
        }),
      }),
    );
}
