import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolProblems } from '../../../tests/oracle/pool-arbitrary.ts';
import { bruteForcePlan } from '../../../tests/oracle/pool-brute-force.ts';
import type { Budget } from '../stop.ts';
import { checkPool } from './check.ts';
import { checkAllocation } from './check-allocation.ts';
import { allocationOf, splitComponents } from './model.ts';
import { brokenCeilings, planPool } from './plan.ts';
import type { PoolProblem } from './problem.ts';
import { settlePlan } from './settle.ts';
import { solveComponents } from './solve.ts';

const RUNS = Number(process.env.RUNS ?? 25);
const plan = (problem: PoolProblem, iterations = 60, seed = 1) =>
  planPool(problem, { budget: { iterations }, seed, settle: settlePlan });

describe('planPool', () => {
  it('is least cost without the needs that left, and the checker agrees with all of it', async () => {
    await fc.assert(
      fc.asyncProperty(poolProblems(), async (problem) => {
        const { plan: made, left } = await plan(problem);
        expect(await checkPool(problem, made)).toEqual([]);
        expect(made.cost).toBe(bruteForcePlan(problem, new Set(left)).cost);
        expect(made.bound).toBe(made.cost);
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps every ceiling, and no need that left can come back alone', async () => {
    let leavers = 0;
    await fc.assert(
      fc.asyncProperty(poolProblems({ sharing: 'proportional' }), async (problem) => {
        const { plan: made, left } = await plan(problem);
        expect(brokenCeilings(problem, made, made.shares)).toEqual([]);
        leavers += left.length;
        const gone = left.map((id) => problem.needs.findIndex((n) => n.id === id));
        for (const back of gone) {
          const others = new Set(gone.filter((i) => i !== back));
          const { parts } = await solveComponents(problem, splitComponents(problem), {
            budget: { iterations: 60 },
            seed: 1,
            left: others,
          });
          const allocation = allocationOf(problem, parts);
          const { shares } = await settlePlan(problem, allocation, { budget: {}, seed: 1, stability: false });
          expect(brokenCeilings(problem, allocation, shares)).not.toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
    expect(leavers).toBeGreaterThan(0);
  });

  it('breaks no condition however little time it has, and never costs more than the catalogue', async () => {
    const little = fc.constantFrom<Budget>(
      { seconds: 0.001 },
      { seconds: 0.15 },
      { cancel: Int32Array.of(1) },
      { iterations: 1 },
    );
    await fc.assert(
      fc.asyncProperty(
        poolProblems({ catalogue: true, companies: 6, needs: 12, offers: 5 }),
        little,
        async (problem, budget) => {
          const { plan: made } = await planPool(problem, {
            budget: { ...budget, startedAt: performance.now() },
            seed: 1,
            settle: settlePlan,
          });
          expect(checkAllocation(problem, made)).toEqual([]);
          expect(brokenCeilings(problem, made, made.shares)).toEqual([]);
          expect(made.bound).toBeLessThanOrEqual(made.cost);
          expect(made.shares.reduce((sum, s) => sum + s.pays, 0)).toBe(made.billed);
          const prices = new Map(problem.catalogue.map((c) => [c.course, c.perSeat]));
          const needs = new Map(problem.needs.map((n) => [n.id, n]));
          const penalties = made.unserved.reduce(
            (sum, u) => sum + u.seats * needs.get(u.need)!.unservedPenalty,
            0,
          );
          const served = [...made.sessions.flatMap((s) => s.seats), ...made.individual];
          const elsewhere = served.reduce(
            (sum, s) => sum + s.seats * prices.get(needs.get(s.need)!.course)!,
            0,
          );
          expect(made.cost - penalties).toBeLessThanOrEqual(elsewhere);
        },
      ),
      { numRuns: 2 * RUNS },
    );
  });

  it('depends on the seed and the iterations alone', async () => {
    await fc.assert(
      fc.asyncProperty(poolProblems(), fc.integer({ min: 1, max: 50 }), async (problem, iterations) => {
        expect(await plan(problem, iterations, 7)).toEqual(await plan(problem, iterations, 7));
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });

  it('costs the same whatever things are called and in whatever order they come', async () => {
    await fc.assert(
      fc.asyncProperty(poolProblems({ conditions: false }), async (problem) => {
        const renamed: PoolProblem = {
          ...problem,
          companies: [...problem.companies].reverse().map((c) => ({ ...c, id: `x${c.id}` })),
          needs: [...problem.needs]
            .reverse()
            .map((n) => ({ ...n, id: `y${n.id}`, company: `x${n.company}` })),
          offers: [...problem.offers].reverse().map((o) => ({ ...o, id: `z${o.id}` })),
        };
        expect((await plan(renamed)).plan.cost).toBe((await plan(problem)).plan.cost);
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });

  it('tells why seats are not served', async () => {
    const offer = {
      id: 'o1',
      course: 'iso',
      fixed: 1000,
      perSeat: 0,
      minSeats: 3,
      maxSeats: 3,
      dates: ['2027-03-08'],
      days: 1,
      site: 'nogent',
    };
    const need = { company: 'a', seats: 1, unservedPenalty: 90_000, from: 'nogent' };
    const problem: PoolProblem = {
      companies: [{ id: 'a' }, { id: 'b' }],
      offers: [
        offer,
        { ...offer, id: 'o2', course: 'weld', minSeats: 4, maxSeats: 9 },
        { ...offer, id: 'o3', course: 'laser', fixed: 500_000, minSeats: 1 },
        { ...offer, id: 'o4', course: 'lean', minSeats: 1 },
      ],
      needs: [
        { ...need, id: 'sits', course: 'iso', seats: 3 },
        { ...need, id: 'full', course: 'iso', unservedPenalty: 10 },
        { ...need, id: 'date', course: 'iso', dates: ['2027-03-09'] },
        { ...need, id: 'site', course: 'iso', sites: ['dijon'] },
        { ...need, id: 'large', course: 'iso', seats: 4, together: true },
        { ...need, id: 'few', course: 'weld' },
        { ...need, id: 'worth', course: 'laser' },
        { ...need, id: 'wants', course: 'lean', minCompanies: 2 },
        { ...need, id: 'dear', course: 'lean', company: 'b', maxPricePerSeat: 400 },
      ],
      catalogue: [],
      travel: [],
      rules: { sharing: 'proportional' },
    };
    const { plan: made, left } = await plan(problem);
    expect(Object.fromEntries(made.unserved.map((u) => [u.need, u.reason]))).toEqual({
      full: 'full',
      date: 'no-date',
      site: 'no-site',
      large: 'full',
      few: 'below-minimum',
      worth: 'not-worth-it',
      wants: 'condition',
      dear: 'too-dear',
    });
    expect(left).toEqual(['dear']);
    expect(await checkPool(problem, made)).toEqual([]);
  });
});
