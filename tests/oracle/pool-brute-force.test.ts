import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PoolProblem } from '../../src/solve/pool/problem.ts';
import { readPool } from '../../src/solve/pool/read.ts';
import { poolProblems } from './pool-arbitrary.ts';
import { bruteForceCoalition, bruteForcePlan, busyDays } from './pool-brute-force.ts';

const offer = {
  id: 'o1',
  course: 'iso',
  fixed: 1000,
  perSeat: 10,
  minSeats: 3,
  maxSeats: 4,
  dates: ['2027-03-08'],
  days: 1,
  site: 'nogent',
};
const problem: PoolProblem = {
  companies: [
    { id: 'a', site: 'nogent' },
    { id: 'b', site: 'langres' },
  ],
  needs: [
    { id: 'n1', company: 'a', course: 'iso', seats: 2, unservedPenalty: 900 },
    { id: 'n2', company: 'b', course: 'iso', seats: 3, unservedPenalty: 900 },
  ],
  offers: [offer],
  catalogue: [{ course: 'iso', perSeat: 500 }],
  travel: [{ from: 'langres', to: 'nogent', costPerSeat: 50 }],
  rules: { sharing: 'shapley', subsidyPerSeat: 100 },
};

describe('the exhaustive search', () => {
  it('finds the optimum that hand arithmetic gives', () => {
    // Four seats in the session: 1000 + 40, travel 2 x 50, one seat of b bought: 500. Total 1640; all alone: 2500.
    expect(bruteForcePlan(problem).cost).toBe(1640);
    // With n2 left out the session cannot fill its three seats: 2 x 500 bought, 3 x 900 of penalty.
    expect(bruteForcePlan(problem, new Set(['n2'])).cost).toBe(1000 + 2700);
  });

  it('costs a coalition after subsidy, at the penalty where no price exists', () => {
    const all = new Map([
      ['n1', 2],
      ['n2', 3],
    ]);
    // 1640 less 4 subsidised seats; b alone: its own session 1000 + 30 + 150, no subsidy for one company.
    expect(bruteForceCoalition(problem, all)).toEqual({ cost: 1240, usesPenalty: false });
    expect(bruteForceCoalition(problem, new Map([['n2', 3]]))).toEqual({ cost: 1180, usesPenalty: false });
    const free: PoolProblem = { ...problem, catalogue: [] };
    expect(bruteForceCoalition(free, new Map([['n1', 2]]))).toEqual({ cost: 1800, usesPenalty: true });
  });

  it('counts working days only', () => {
    expect(busyDays('2027-03-05', 2)).toEqual(['2027-03-05', '2027-03-08']);
    expect(busyDays('2027-03-06', 1)).toEqual(['2027-03-08']);
  });

  it('never costs more than leaving everybody out, on problems that the reader accepts', () => {
    fc.assert(
      fc.property(poolProblems(), (p) => {
        expect(readPool(JSON.stringify(p)).ok).toBe(true);
        const { cost, allocation } = bruteForcePlan(p);
        expect(cost).toBeLessThanOrEqual(p.needs.reduce((sum, n) => sum + n.seats * n.unservedPenalty, 0));
        for (const need of p.needs) {
          const seats = [
            ...allocation.sessions.flatMap((s) => s.seats),
            ...allocation.individual,
            ...allocation.unserved,
          ]
            .filter((row) => row.need === need.id)
            .reduce((sum, row) => sum + row.seats, 0);
          expect(seats).toBe(need.seats);
        }
      }),
      { numRuns: 60 },
    );
  });
});
