import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditPool } from '../../src/solve/pool/check.ts';
import { recount, statementOf } from '../../src/solve/pool/check-allocation.ts';
import { planPool } from '../../src/solve/pool/plan.ts';
import type { Allocation, PoolProblem } from '../../src/solve/pool/problem.ts';
import { settlePlan } from '../../src/solve/pool/settle.ts';
import { poolProblems } from './pool-arbitrary.ts';
import { bruteForcePlan } from './pool-brute-force.ts';

/** Same needs and offers under other prices: its best allocation is a feasible and odd one of `problem`. */
const repriced = (problem: PoolProblem): PoolProblem => ({
  ...problem,
  needs: problem.needs.map((n, k) => ({
    ...n,
    unservedPenalty: [0, 200_000, 90_000, 300_000][(k * 7 + n.seats) % 4]!,
  })),
  offers: problem.offers.map((o, k) => ({
    ...o,
    fixed: Math.floor(o.fixed / ((k % 3) * 3 + 1)),
    perSeat: o.perSeat * ((k + 1) % 3),
  })),
});

/** True where sessions, individual seats and travel cost no more than the same seats from the catalogue. */
function withinCatalogue(problem: PoolProblem, allocation: Allocation): boolean {
  const statement = statementOf(problem);
  const { sessions, individual, travel, servedByNeed } = recount(statement, allocation);
  const prices = [...servedByNeed].map(
    ([id, seats]) =>
      seats * (statement.catalogue.get(statement.needs.get(id)!.course) ?? Number.POSITIVE_INFINITY),
  );
  return sessions + individual + travel <= prices.reduce((a, b) => a + b, 0);
}

describe('solver and settlement, judged by the checker', () => {
  it('plan small problems without a fault, at the optimum where no ceiling interferes', async () => {
    await fc.assert(
      fc.asyncProperty(poolProblems(), async (problem) => {
        const { plan, left } = await planPool(problem, {
          budget: { iterations: 200 },
          seed: 1,
          settle: settlePlan,
        });
        const { violations } = await auditPool(problem, plan);
        expect(violations).toEqual([]);
        const best = bruteForcePlan(problem, new Set(left)).cost;
        expect(plan.cost).toBeGreaterThanOrEqual(best);
        expect(plan.bound ?? 0).toBeLessThanOrEqual(best);
      }),
      { numRuns: 60 },
    );
  });

  it('settle any allocation, odd ones too, to the cent that the checker finds', async () => {
    await fc.assert(
      fc.asyncProperty(poolProblems({ conditions: false }), fc.boolean(), async (problem, odd) => {
        const { allocation } = bruteForcePlan(odd ? repriced(problem) : problem);
        if (!withinCatalogue(problem, allocation)) return;
        const settlement = await settlePlan(problem, allocation, { budget: { iterations: 1000 }, seed: 1 });
        const { cost } = recount(statementOf(problem), allocation);
        const { violations } = await auditPool(problem, { ...allocation, ...settlement, cost, bound: null });
        expect(violations).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
