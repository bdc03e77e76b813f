import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinearModel } from './check-linear.ts';
import {
  equalProfit,
  excesses,
  nucleolus,
  paidBy,
  proportional,
  shapley,
  type TableGame,
} from './check-rules.ts';

const gameOf = (players: number, cost: (mask: number) => number): TableGame => ({
  players,
  cost: Float64Array.from({ length: 2 ** players }, (_, mask) => (mask === 0 ? 0 : cost(mask))),
});

/** Littlechild and Owen's airport: a coalition pays for the longest runway among its planes. */
const airport = (lengths: readonly number[]): TableGame =>
  gameOf(lengths.length, (mask) => Math.max(...lengths.filter((_, i) => (mask & (1 << i)) !== 0)));

/** The Talmud's estate: claims less what the others leave, written as costs. */
const talmud = (claims: readonly number[], estate: number): TableGame =>
  gameOf(claims.length, (mask) => {
    const others = claims.reduce((sum, c, i) => ((mask & (1 << i)) === 0 ? sum + c : sum), 0);
    return -Math.max(0, estate - others);
  });

const close = (actual: readonly number[] | null, expected: readonly number[]): void => {
  expect(actual).not.toBeNull();
  for (const [i, x] of expected.entries()) expect(actual![i]).toBeCloseTo(x, 8);
};

/** Whole costs, neither concave nor subadditive in general. */
const games = (most: number): fc.Arbitrary<TableGame> =>
  fc
    .integer({ min: 1, max: most })
    .chain((n) =>
      fc
        .array(fc.integer({ min: 1, max: 60 }), { minLength: 2 ** n, maxLength: 2 ** n })
        .map((costs) =>
          gameOf(n, (mask) => costs[mask]! + 20 * [...mask.toString(2)].filter((bit) => bit === '1').length),
        ),
    );

/**
 * Kohlberg's criterion (SIAM J. Applied Mathematics 20(1), 1971), by linear programmes in floating point: at each level
 * of excess, no direction that sums to zero lets every coalition at or above it pay no more and one of them less.
 */
async function satisfiesKohlberg(game: TableGame, shares: readonly number[]): Promise<boolean> {
  const { players, cost } = game;
  const own = shares.map((_, i) => cost[1 << i]!);
  const rational = own.reduce((a, b) => a + b, 0) >= cost.at(-1)! - 1e-9;
  if (rational && shares.some((x, i) => x > own[i]! + 1e-6)) return false;
  const excess = excesses(game, shares);
  const order = [...excess.keys()].slice(1, -1).sort((a, b) => excess[b]! - excess[a]!);
  for (const [k, mask] of order.entries()) {
    // Excesses this close are one level: a nucleolus passes with levels merged as well.
    if (k + 1 < order.length && excess[order[k + 1]!]! > excess[mask]! - 1e-6) continue;
    const above = order.slice(0, k + 1);
    const model = new LinearModel();
    const y = own.map((c, i) => model.column(0, -1, rational && shares[i]! > c - 1e-6 ? 0 : 1));
    const terms = (m: number) =>
      y.filter((_, i) => (m & (1 << i)) !== 0).map((column) => [column, 1] as const);
    model.row(0, 0, terms(2 ** players - 1));
    for (const m of above) model.row(Number.NEGATIVE_INFINITY, 0, terms(m));
    model.objective(above.flatMap(terms));
    const outcome = await model.minimise();
    if (outcome.status !== 'optimal') throw new Error('staying put is a direction');
    if (outcome.objective < -1e-6) return false;
  }
  return true;
}

describe('the slow sharing rules', () => {
  it('reproduce published values', async () => {
    close(shapley(airport([8, 11, 13, 18])), [2, 3, 4, 9]);
    close(nucleolus(airport([8, 11, 13, 18])), [3.25, 3.25, 3.25, 8.25]);
    close(
      shapley(airport([40, 50, 60, 70, 80, 90])),
      [40, 52, 67, 87, 117, 177].map((x) => x / 6),
    );
    close(shapley(airport([1500, 2200, 3000])), [500, 850, 1650]);
    close(nucleolus(talmud([100, 200, 300], 100)), [-100 / 3, -100 / 3, -100 / 3]);
    close(nucleolus(talmud([100, 200, 300], 200)), [-50, -75, -75]);
    close(nucleolus(talmud([100, 200, 300], 300)), [-50, -100, -150]);
  });

  it('split in proportion, nobody above the own cost', () => {
    // Weights 1:1:2 of 100: 25, 25, 50; the third stops at 40, its 10 goes half and half.
    const game = gameOf(3, (mask) => (mask === 7 ? 100 : mask === 4 ? 40 : 90));
    close(proportional(game, [1, 1, 2]), [30, 30, 40]);
    close(proportional(game, [0, 0, 0]), [100 / 3, 100 / 3, 100 / 3]);
    // The own costs reach 90 of 100 only: no cap.
    close(
      proportional(
        gameOf(3, (mask) => (mask === 7 ? 100 : 30)),
        [1, 1, 2],
      ),
      [25, 25, 50],
    );
  });

  it('equalise relative savings inside the least core', async () => {
    // Only the total binds: 60 against 40 + 50 + 60 = 150, everybody saves 60 %.
    const loose = gameOf(3, (mask) => {
      const own = [40, 50, 60].reduce((sum, c, i) => ((mask & (1 << i)) === 0 ? sum : sum + c), 0);
      return mask === 7 ? 60 : own;
    });
    // The least largest excess comes first: singles at -30 and pairs at -60 - the pair of a and b pays 40 + 50 - ...
    const shares = equalProfit(loose)!;
    expect(paidBy(shares, 7)).toBeCloseTo(60, 9);
    const worst = Math.max(...[1, 2, 3, 4, 5, 6].map((mask) => excesses(loose, shares)[mask]!));
    // x = c - 30 each: 10, 20, 30 gives singles -30; no division makes the largest excess less.
    expect(worst).toBeCloseTo(-30, 8);
    close(shares, [10, 20, 30]);
    close(equalProfit(gameOf(2, (mask) => [0, 0, 10, 8][mask]!)), [0, 8]);
    expect(equalProfit(gameOf(2, (mask) => (mask === 3 ? 8 : 0)))).toBeNull();
  });

  it('agree: the sequence of programmes passes the criterion, and a shifted share does not', async () => {
    await fc.assert(
      fc.asyncProperty(games(5), async (game) => {
        const shares = nucleolus(game);
        expect(paidBy(shares, 2 ** game.players - 1)).toBeCloseTo(game.cost.at(-1)!, 7);
        expect(await satisfiesKohlberg(game, shares)).toBe(true);
        if (game.players === 1) return;
        const shifted = shares.map((x, i) => x + (i === 0 ? 1 : i === 1 ? -1 : 0));
        expect(await satisfiesKohlberg(game, shifted)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('leave no pair further apart than any sampled rational division of the same largest excess', async () => {
    await fc.assert(
      fc.asyncProperty(
        games(4),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        async (game, push) => {
          const shares = equalProfit(game)!;
          const spread = (x: readonly number[]): number[] =>
            x
              .flatMap((a, i) =>
                x
                  .slice(i + 1)
                  .map((b, k) => Math.abs(a / game.cost[1 << i]! - b / game.cost[1 << (i + 1 + k)]!)),
              )
              .sort((a, b) => b - a);
          const mean = push.slice(0, game.players).reduce((a, b) => a + b, 0) / game.players;
          const other = shares.map((x, i) => x + push[i]! - mean);
          const largest = (x: readonly number[]): number =>
            Math.max(...[...excesses(game, x)].slice(1, -1), Number.NEGATIVE_INFINITY);
          if (largest(other) > largest(shares) + 1e-9) return;
          const rational = (x: readonly number[]): boolean =>
            x.every((a, i) => a <= game.cost[1 << i]! + 1e-9);
          if (rational(shares) && !rational(other)) return;
          expect(spread(shares)[0] ?? 0).toBeLessThanOrEqual((spread(other)[0] ?? 0) + 1e-7);
        },
      ),
      { numRuns: 60 },
    );
  });
});
