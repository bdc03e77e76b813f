import { expect, test } from 'vitest';
import { checkAllocation, recount, statementOf } from '../../src/solve/pool/check-allocation.ts';
import { allocationOf, splitComponents } from '../../src/solve/pool/model.ts';
import type { PoolProblem } from '../../src/solve/pool/problem.ts';
import { solveComponents } from '../../src/solve/pool/solve.ts';
import { demoCampaigns } from './campaigns.ts';

/** The best plan of a demo campaign (ceilings aside), with what it saves against the catalogue. */
async function best(problem: PoolProblem) {
  const { parts } = await solveComponents(problem, splitComponents(problem), {
    budget: { iterations: 20_000 },
    seed: 1,
  });
  const allocation = allocationOf(problem, parts);
  const price = new Map(problem.catalogue.map((c) => [c.course, c.perSeat]));
  const unserved = new Map(allocation.unserved.map((u) => [u.need, u.seats]));
  const priced: PoolProblem = { ...problem, needs: problem.needs.filter((n) => price.has(n.course)) };
  const isPriced = new Set(priced.needs.map((n) => n.id));
  const alone = priced.needs.reduce(
    (sum, n) => sum + (n.seats - (unserved.get(n.id) ?? 0)) * price.get(n.course)!,
    0,
  );
  const { sessions, individual, travel } = recount(statementOf(problem), {
    sessions: allocation.sessions.filter((s) => s.seats.some((x) => isPriced.has(x.need))),
    individual: allocation.individual,
    unserved: [],
  });
  return { parts, allocation, saving: 1 - (sessions + individual + travel) / alone };
}

const [open, frozen, planned, offered] = demoCampaigns(Temporal.PlainDate.from('2026-11-24'));

test.each([open!, frozen!, planned!, offered!])(
  '$slug has a plan proved best, that saves 20 to 45 % of the catalogue, with sessions shared by several groups',
  async ({ problem }) => {
    const { parts, allocation, saving } = await best(problem);
    for (const part of parts) expect(part.bound).toBe(part.cost);
    expect(checkAllocation(problem, allocation)).toEqual([]);
    expect(saving).toBeGreaterThan(0.2);
    expect(saving).toBeLessThan(0.45);
    for (const { seats } of allocation.sessions) expect(seats.length).toBeGreaterThanOrEqual(3);
  },
);

test('plans have something to explain: seats bought alone, seats not served, free seats', async () => {
  const outcomes = await Promise.all([frozen!, planned!, offered!].map(({ problem }) => best(problem)));
  for (const { allocation } of outcomes) expect(allocation.individual.length).toBeGreaterThan(0);
  const unserved = outcomes.map(({ allocation }) => allocation.unserved.map((u) => u.need));
  expect(unserved[0]!.length).toBeGreaterThanOrEqual(3);
  expect(unserved[2]).toEqual(['mirandel-cmm']);
});
