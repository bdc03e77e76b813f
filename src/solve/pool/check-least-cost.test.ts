import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolProblems } from '../../../tests/oracle/pool-arbitrary.ts';
import { bruteForceCoalition, bruteForcePlan } from '../../../tests/oracle/pool-brute-force.ts';
import { recount, statementOf } from './check-allocation.ts';
import { componentsOf } from './check-game.ts';
import { bestCoalition, leastCost, leastPlanCost } from './check-least-cost.ts';

describe("the checker's least costs", () => {
  it('equal exhaustive search, for plans and for what each company could do alone', async () => {
    await fc.assert(
      fc.asyncProperty(poolProblems(), fc.nat({ max: 4 }), async (problem, out) => {
        const statement = statementOf(problem);
        const left = new Set(problem.needs.filter((_, k) => k === out).map((n) => n.id));
        expect(await leastPlanCost(statement, left, 60)).toBe(bruteForcePlan(problem, left).cost);
        const { allocation } = bruteForcePlan(problem);
        const { servedByNeed } = recount(statement, allocation);
        for (const company of [null, ...problem.companies.map((c) => c.id)]) {
          const seats = new Map(
            [...servedByNeed].filter(
              ([id]) => company === null || statement.needs.get(id)!.company === company,
            ),
          );
          if (seats.size === 0) continue;
          const { cost, usesPenalty } = bruteForceCoalition(problem, seats);
          expect(await leastCost(statement, seats, true, 60)).toBe(cost);
          expect((await leastCost(statement, seats, false, 60)) !== cost).toBe(usesPenalty);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('find the group that gains most, as trying each one does', async () => {
    await fc.assert(
      fc.asyncProperty(
        poolProblems({ companies: 4, courses: 1, conditions: false }),
        fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 4, maxLength: 4 }),
        async (problem, charged) => {
          const statement = statementOf(problem);
          const { allocation } = bruteForcePlan(problem);
          const [game] = componentsOf(statement, allocation, recount(statement, allocation));
          if (game === undefined || game.players.length < 2) return;
          let most = Number.NEGATIVE_INFINITY;
          for (let mask = 1; mask < 2 ** game.players.length - 1; mask += 1) {
            const paid = game.players.reduce(
              (sum, _, i) => ((mask & (1 << i)) === 0 ? sum : sum + charged[i]!),
              0,
            );
            most = Math.max(most, paid - (await game.value(BigInt(mask))));
          }
          const credit = new Map(game.players.map((id, i) => [id, charged[i]!]));
          const best = await bestCoalition(statement, game.seatsOf(game.all), credit, [], 60);
          expect(best).toMatchObject({ gain: most, atMost: most });
        },
      ),
      { numRuns: 60 },
    );
  });
});
