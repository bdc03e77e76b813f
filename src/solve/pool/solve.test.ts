import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolProblems } from '../../../tests/oracle/pool-arbitrary.ts';
import { bruteForcePlan } from '../../../tests/oracle/pool-brute-force.ts';
import { checkAllocation } from './check-allocation.ts';
import { allocationOf, splitComponents } from './model.ts';
import type { PoolProblem } from './problem.ts';
import { solveComponents } from './solve.ts';

const solve = async (problem: PoolProblem, iterations: number, seed = 1, left = new Set<number>()) => {
  const { parts } = await solveComponents(problem, splitComponents(problem), {
    budget: { iterations },
    seed,
    left,
  });
  return {
    cost: parts.reduce((sum, p) => sum + p.cost, 0),
    bound: parts.reduce((sum, p) => sum + p.bound, 0),
    allocation: allocationOf(problem, parts),
  };
};

describe('solveComponents', () => {
  it('finds the least cost, proves it, and seats nobody against a condition', {
    timeout: 600_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(poolProblems(), async (problem) => {
        const { cost } = bruteForcePlan(problem);
        const solved = await solve(problem, 100);
        expect(checkAllocation(problem, solved.allocation)).toEqual([]);
        expect(solved.bound).toBeLessThanOrEqual(cost);
        expect(solved.cost).toBe(cost);
        expect(solved.bound).toBe(cost);
      }),
      { numRuns: Number(process.env.RUNS ?? 60) },
    );
  });
});
