import { describe, expect, it } from 'vitest';
import { solveMixedHere } from '../highs/mixed.ts';
import { seededRandom } from '../random.ts';
import { membersOf } from '../share/game.ts';
import { checkAllocation, recount, statementOf } from './check-allocation.ts';
import { allocationOfSeats, type ComponentGame, ownCost, seatsCost, splitGames } from './game.ts';
import { randomPool } from './game-examples.ts';
import { createLeastCosts, crudeBound } from './game-least.ts';
import { writeGroupProgramme } from './game-programme.ts';
import { allocationOf, splitComponents } from './model.ts';
import type { Allocation, PoolProblem } from './problem.ts';
import { solveComponents } from './solve.ts';

async function planOf(problem: PoolProblem): Promise<Allocation> {
  const { parts } = await solveComponents(problem, splitComponents(problem), {
    budget: { iterations: 300 },
    seed: 1,
  });
  return allocationOf(problem, parts);
}

/** v(S) by HiGHS on the whole component at once. */
async function byProgramme(
  game: ComponentGame,
  members: readonly number[],
  penalties: boolean,
): Promise<number | null> {
  const programme = writeGroupProgramme(game, members, penalties);
  const result = await solveMixedHere(programme.mixed, { seconds: 60, seed: 1, absoluteGap: 0.5 });
  if (result.status === 'infeasible') return null;
  expect(result.status).toBe('optimal');
  return seatsCost(game, programme.decode(result.solution!));
}

/** The seats of a group as a problem of its own, for the checker. */
function ownProblem(problem: PoolProblem, allocation: Allocation): PoolProblem {
  const seats = new Map<string, number>();
  for (const { need, seats: count } of [
    ...allocation.sessions.flatMap((s) => s.seats),
    ...allocation.individual,
    ...allocation.unserved,
  ])
    seats.set(need, (seats.get(need) ?? 0) + count);
  return {
    ...problem,
    needs: problem.needs.filter((n) => seats.has(n.id)).map((n) => ({ ...n, seats: seats.get(n.id)! })),
  };
}

describe('least costs of groups', () => {
  const size = { companies: 5, courses: 2, needsPerCompany: 2, offersPerCourse: 2, datesPerOffer: 3 };
  it.each(Array.from({ length: 8 }, (_, k) => k + 1))(
    'agree with one programme: random problem %i',
    async (seed) => {
      const problem = randomPool(size, 'shapley', seededRandom(seed));
      const random = seededRandom(seed);
      for (const game of splitGames(problem, await planOf(problem))) {
        const costs = createLeastCosts(game);
        for (let mask = 1; mask < 2 ** game.companies.length; mask += 1) {
          if (random.next() < 0.75) continue;
          const members = membersOf(mask);
          for (const penalties of [true, false]) {
            const least = await costs.of(members, 60, penalties);
            expect(least?.cost ?? null).toBe(await byProgramme(game, members, penalties));
            expect(least?.lower).toBe(least?.cost);
          }
          const seats = await costs.seats(members, 60);
          const { cost } = (await costs.of(members, 60))!;
          expect(seatsCost(game, seats)).toBe(cost);
          expect(crudeBound(game, members)).toBeLessThanOrEqual(cost);
          // The independent checker accepts the seats, and counts the same.
          const allocation = allocationOfSeats(problem, [{ game, seats }]);
          const own = ownProblem(problem, allocation);
          expect(checkAllocation(own, allocation)).toEqual([]);
          const counted = recount(statementOf(own), allocation);
          expect(counted.cost - counted.subsidy).toBe(cost);
        }
      }
    },
  );

  it('never above the plan itself for all together', async () => {
    for (let seed = 20; seed < 30; seed += 1) {
      const problem = randomPool(size, 'shapley', seededRandom(seed));
      for (const game of splitGames(problem, await planOf(problem))) {
        const all = game.companies.map((_, i) => i);
        expect((await createLeastCosts(game).of(all, 60))!.cost).toBeLessThanOrEqual(ownCost(game));
      }
    }
  });
});
