import { describe, expect, it } from 'vitest';
import { generatePool } from '../../../bench/pool/generate.ts';
import { checkAllocation } from './check-allocation.ts';
import { brokenCeilings, type Incumbent } from './plan.ts';
import type { PoolProblem } from './problem.ts';
import { runPool } from './run.ts';

const shape = { needs: 60, sessions: 15, reach: 0.5, minSeats: 4, fill: 0.8 };
const ceilings = (problem: PoolProblem): PoolProblem => ({
  ...problem,
  catalogue: [{ course: 'course', perSeat: 45_000 }],
  needs: problem.needs.map((n, i) => (i % 5 === 0 ? { ...n, maxPricePerSeat: 18_000 } : n)),
});

describe('runPool', () => {
  it('gives in a worker what iterations give anywhere, with progress on the way', async () => {
    const problem = generatePool(shape, 1);
    const incumbents: Incumbent[] = [];
    const run = () => runPool(problem, { iterations: 200, onIncumbent: (i) => incumbents.push(i) }).result;
    const [first, second] = [await run(), await run()];
    expect(second.plan).toEqual(first.plan);
    expect(incumbents.length).toBeGreaterThan(0);
    for (const { allocation, cost, bound } of incumbents) {
      expect(checkAllocation(problem, allocation)).toEqual([]);
      expect(bound).toBeLessThanOrEqual(cost);
    }
  });

  it('answers a cancel with a plan that keeps every condition', async () => {
    const problem = ceilings(generatePool({ ...shape, needs: 300, sessions: 60 }, 2));
    const seen = Promise.withResolvers<void>();
    const run = runPool(problem, { seconds: 600, onIncumbent: () => seen.resolve() });
    await seen.promise;
    run.cancel();
    const { plan } = await run.result;
    expect(checkAllocation(problem, plan)).toEqual([]);
    expect(brokenCeilings(problem, plan, plan.shares)).toEqual([]);
    expect(plan.bound).toBeLessThanOrEqual(plan.cost);
    expect(plan.shares.reduce((sum, s) => sum + s.pays, 0)).toBe(plan.billed);
  });

  it('starts from a former plan and is never worse than it', async () => {
    const problem = generatePool(shape, 3);
    const former = await runPool(problem, { iterations: 400 }).result;
    const again = await runPool(problem, { iterations: 1, start: former.plan }).result;
    expect(again.plan.cost).toBeLessThanOrEqual(former.plan.cost);
  });
});
