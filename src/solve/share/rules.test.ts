import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openLinear } from '../highs/linear.ts';
import type { SharingRule } from '../pool/problem.ts';
import { seededRandom } from '../random.ts';
import { decideCore } from './core.ts';
import { equalProfit, hasNoEqualProfit } from './equal-profit.ts';
import { airportGame, bankruptcyGame, gameOf, randomGame } from './examples.ts';
import {
  aloneCosts,
  type CostGame,
  grandCoalition,
  groupSums,
  hasRationalDivision,
  isRational,
  membersOf,
  toleranceOf,
  totalCost,
} from './game.ts';
import { nucleolus } from './nucleolus.ts';
import { proportional } from './proportional.ts';
import { divide, refuseRule, SHARING_RULES } from './rules.ts';
import { shapley } from './shapley.ts';

const closeTo = (shares: ArrayLike<number>, expected: readonly number[]): void => {
  expect(shares.length).toBe(expected.length);
  for (const [i, value] of expected.entries())
    expect(Math.abs(shares[i]! - value), `share ${i}: ${shares[i]} for ${value}`).toBeLessThanOrEqual(
      1e-9 * Math.max(1, Math.abs(value)),
    );
};

/** Games with many ties: small whole costs. */
const tiedGame = (minSize = 2, maxSize = 5): fc.Arbitrary<CostGame> =>
  fc
    .integer({ min: minSize, max: maxSize })
    .chain((size) =>
      fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2 ** size - 1, maxLength: 2 ** size - 1 }),
    )
    .map((costs) => ({ size: Math.log2(costs.length + 1), cost: Float64Array.from([0, ...costs]) }));

/** Games where pooling pays: random, then closed under c(S + T) <= c(S) + c(T). */
const subadditiveGame = fc
  .record({ size: fc.integer({ min: 2, max: 6 }), seed: fc.integer({ min: 1, max: 1e9 }) })
  .map(({ size, seed }) => {
    const { cost } = randomGame(size, seededRandom(seed));
    for (let mask = 1; mask < cost.length; mask += 1)
      for (let part = (mask - 1) & mask; part > 0; part = (part - 1) & mask)
        cost[mask] = Math.min(cost[mask]!, cost[part]! + cost[mask & ~part]!);
    return { size, cost };
  });

describe('known values', () => {
  it('Shapley of airports', () => {
    closeTo(shapley(airportGame([8, 11, 13, 18])), [2, 3, 4, 9]);
    closeTo(shapley(airportGame([40, 50, 60, 70, 80, 90])), [
      40 / 6,
      52 / 6,
      67 / 6,
      87 / 6,
      117 / 6,
      177 / 6,
    ]);
    closeTo(shapley(airportGame([1500, 2200, 3000])), [500, 850, 1650]);
  });

  it('nucleolus of an airport', async () => {
    closeTo((await nucleolus(airportGame([8, 11, 13, 18]))).shares, [3.25, 3.25, 3.25, 8.25]);
  });

  it.each([
    [100, [100 / 3, 100 / 3, 100 / 3]],
    [200, [50, 75, 75]],
    [300, [50, 100, 150]],
  ])('nucleolus of the Talmud: estate %i', async (estate, gains) => {
    const { shares } = await nucleolus(bankruptcyGame(estate, [100, 200, 300]));
    closeTo(
      shares,
      gains.map((g) => -g),
    );
  });

  it('Shapley at 20 players agrees with the closed form of the airport game', () => {
    const needs = Array.from({ length: 20 }, (_, i) => 7 * (i + 1));
    // Each step of 7 is shared equally by those whose plane needs it.
    let paid = 0;
    const expected = needs.map((_, i) => {
      paid += 7 / (20 - i);
      return paid;
    });
    closeTo(shapley(airportGame(needs)), expected);
  });

  it('nucleolus: the prenucleolus where no division is rational', async () => {
    // c(N) = 30 against 3 x 5 alone; symmetric: 10 each, above 5.
    const game = gameOf(3, (s) => [0, 5, 12, 30][s.length]!);
    const { shares } = await nucleolus(game);
    closeTo(shares, [10, 10, 10]);
    expect(isRational(game, shares)).toBe(false);
  });

  it('nucleolus and prenucleolus differ where a stand-alone cost binds', async () => {
    // Two players share 10 with a third that brings much but can be had for 1 alone: without its limit it would pay
    // more. Kohlberg's criterion below checks the value; here only that the limit holds.
    const game: CostGame = { size: 3, cost: Float64Array.from([0, 10, 10, 10, 1, 20, 20, 15]) };
    const { shares } = await nucleolus(game);
    expect(isRational(game, shares)).toBe(true);
    closeTo([shares[2]!], [1]);
  });

  it('proportional: caps, and spreads again by weight', () => {
    // 60 by weights 1:1:1 is 20 each; b may pay 10 at most; 10 more on a and c: 25 each; a capped at 22; c has 28.
    const game: CostGame = { size: 3, cost: Float64Array.from([0, 22, 10, 30, 40, 60, 45, 60]) };
    closeTo(proportional(game, [1, 1, 1]), [22, 10, 28]);
    closeTo(proportional(game), [(60 * 22) / 72, (60 * 10) / 72, (60 * 40) / 72]);
    closeTo(proportional(game, [0, 0, 0]), [22, 10, 28]);
    closeTo(proportional(game, [1, 0, 0]), [22, 10, 28]);
  });

  it('proportional: uncapped where no division is rational', () => {
    const game: CostGame = { size: 2, cost: Float64Array.from([0, 1, 3, 8]) };
    closeTo(proportional(game), [2, 6]);
  });

  it('proportional: gains are shared like costs, and mixed signs are no proportion', () => {
    const gains: CostGame = { size: 2, cost: Float64Array.from([0, -1, -3, -8]) };
    expect(refuseRule('proportional', gains, null)).toBeNull();
    closeTo(proportional(gains), [-2, -6]);
    const mixed: CostGame = { size: 2, cost: Float64Array.from([0, -1, 3, 1]) };
    expect(refuseRule('proportional', mixed, null)).toMatch(/above and below 0/);
    expect(refuseRule('proportional', mixed, Float64Array.from([1, 1]))).toBeNull();
  });

  it('equal profit: equal relative savings where the least core allows', async () => {
    // Concave and symmetric but for the scale: the least core leaves room, so that both save the same share.
    const game: CostGame = { size: 2, cost: Float64Array.from([0, 30, 60, 60]) };
    // The least core of two players is one point: both save 15.
    closeTo((await equalProfit(game)).shares, [15, 45]);
  });

  it('equal profit: players that cost nothing alone pay nothing', async () => {
    const game: CostGame = { size: 3, cost: Float64Array.from([0, 0, 40, 40, 60, 60, 70, 70]) };
    const { shares } = await equalProfit(game);
    expect(shares[0]).toBe(0);
    closeTo([shares[1]! + shares[2]!], [70]);
  });

  it('equal profit: no answer where everybody alone costs nothing, and all do not', () => {
    const game: CostGame = { size: 2, cost: Float64Array.from([0, 0, 0, 5]) };
    expect(hasNoEqualProfit(game)).toBe(true);
    expect(refuseRule('equal-profit', game, null)).toMatch(/relative saving/);
    const free: CostGame = { size: 2, cost: new Float64Array(4) };
    expect(refuseRule('equal-profit', free, null)).toBeNull();
  });

  it('one player pays its own cost under every rule', async () => {
    const game: CostGame = { size: 1, cost: Float64Array.from([0, 7]) };
    for (const rule of SHARING_RULES) closeTo((await divide(rule, game)).shares, [7]);
  });
});

describe('properties of every rule', () => {
  const rule = fc.constantFrom<SharingRule>(...SHARING_RULES);
  const sum = (x: ArrayLike<number>): number => Array.from(x).reduce((a, b) => a + b, 0);

  it('shares sum to c(N)', () =>
    fc.assert(
      fc.asyncProperty(rule, tiedGame(), async (name, game) => {
        fc.pre(refuseRule(name, game, null) === null);
        const { shares, complete } = await divide(name, game);
        expect(complete).toBe(true);
        expect(Math.abs(sum(shares) - totalCost(game))).toBeLessThan(1e-9 * Math.max(1, totalCost(game)));
      }),
      { numRuns: 300 },
    ));

  it('the names of the players play no part', () =>
    fc.assert(
      fc.asyncProperty(rule, tiedGame(2, 4), fc.infiniteStream(fc.nat()), async (name, game, keys) => {
        fc.pre(refuseRule(name, game, null) === null);
        const order = Array.from({ length: game.size }, (_, i) => ({ i, key: keys.next().value! }))
          .sort((a, b) => a.key - b.key)
          .map((p) => p.i);
        const renamed = gameOf(game.size, (s) => game.cost[s.reduce((m, i) => m | (1 << order[i]!), 0)]!);
        const [before, after] = [await divide(name, game), await divide(name, renamed)];
        closeTo(
          after.shares,
          order.map((i) => before.shares[i]!),
        );
      }),
      { numRuns: 200 },
    ));

  it('nobody above its stand-alone cost, where that is possible (all but Shapley)', () =>
    fc.assert(
      fc.asyncProperty(rule, tiedGame(), async (name, game) => {
        fc.pre(name !== 'shapley' && refuseRule(name, game, null) === null && hasRationalDivision(game));
        // Equal profit fixes players at 0 first, which may leave no rational division.
        fc.pre(name !== 'equal-profit' || aloneCosts(game).every((c) => c !== 0));
        expect(isRational(game, (await divide(name, game)).shares)).toBe(true);
      }),
      { numRuns: 200 },
    ));

  it('Shapley is rational where pooling pays, and charges a dummy what it always adds', () =>
    fc.assert(
      fc.property(subadditiveGame, (game) => {
        expect(isRational(game, shapley(game))).toBe(true);
        const half = 2 ** (game.size - 1);
        const dummy = {
          size: game.size,
          cost: game.cost.map((_, mask) => game.cost[mask & (half - 1)]! + (mask >= half ? 0.25 : 0)),
        };
        closeTo([shapley(dummy)[game.size - 1]!], [0.25]);
      }),
    ));

  it('the core verdict agrees with a plain enumeration', () =>
    fc.assert(
      fc.asyncProperty(rule, tiedGame(2, 4), async (name, game) => {
        fc.pre(refuseRule(name, game, null) === null);
        const { shares } = await divide(name, game);
        const groups = Array.from({ length: grandCoalition(game) - 1 }, (_, k) => membersOf(k + 1)).map(
          (s) => ({
            s,
            gain: s.reduce((t, i) => t + shares[i]!, 0) - game.cost[s.reduce((m, i) => m + 2 ** i, 0)]!,
          }),
        );
        const tolerance = toleranceOf(game);
        const most = Math.max(0, ...groups.map((g) => g.gain));
        const verdict = decideCore(game, shares);
        expect(verdict.core).toBe(most <= tolerance);
        if (verdict.core) return;
        const [first] = groups
          .filter((g) => g.gain > tolerance && g.gain >= most - tolerance)
          .sort(
            (a, b) =>
              a.s.length - b.s.length || a.s.join().localeCompare(b.s.join(), 'en', { numeric: true }),
          );
        expect(verdict.blocking).toEqual(first!.s);
      }),
      { numRuns: 200 },
    ));

  it('in a game with a core, nucleolus and equal profit lie in it', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 }),
        async (needs) => {
          const game = airportGame(needs);
          expect(decideCore(game, (await nucleolus(game)).shares).core).toBe(true);
          expect(decideCore(game, (await equalProfit(game)).shares).core).toBe(true);
          expect(decideCore(game, shapley(game)).core).toBe(true);
        },
      ),
      { numRuns: 60 },
    ));
});

/**
 * Kohlberg's criterion (1971), by linear programs over all groups: x is the nucleolus exactly when, for every level,
 * no direction y with y(N) = 0 lowers the excess of a group at or above the level without raising another's (nor that
 * of a player who already pays its stand-alone cost).
 */
async function breaksKohlberg(game: CostGame, x: Float64Array): Promise<boolean> {
  const n = game.size;
  const all = grandCoalition(game);
  const scale = Math.max(1, ...game.cost.map(Math.abs));
  const tolerance = 1e-8 * scale;
  const sums = groupSums(x);
  const excess = (mask: number): number => sums[mask]! - game.cost[mask]!;
  const masks = Array.from({ length: all - 1 }, (_, k) => k + 1);
  const rowOf = (mask: number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => ((mask & (1 << i)) === 0 ? 0 : 1));
  const levels = [...new Set(masks.map((m) => Math.round(excess(m) / tolerance) * tolerance))];
  const bound = hasRationalDivision(game)
    ? [...Array(n).keys()].filter((i) => x[i]! > game.cost[1 << i]! - tolerance)
    : [];
  for (const level of levels) {
    const above = masks.filter((m) => excess(m) >= level - tolerance);
    const cost = new Float64Array(n);
    for (const m of above) for (const i of membersOf(m)) cost[i]! += 1;
    const program = await openLinear(cost, new Float64Array(n).fill(-1), new Float64Array(n).fill(1));
    const free = Number.NEGATIVE_INFINITY;
    program.addRows([
      { values: rowOf(all), lower: 0, upper: 0 },
      ...above.map((m) => ({ values: rowOf(m), lower: free, upper: 0 })),
      ...bound.map((i) => ({ values: rowOf(1 << i), lower: free, upper: 0 })),
    ]);
    const best = program.solve();
    program.close();
    expect(best.status).toBe('optimal');
    if (best.cost < -1e-6) return true;
  }
  return false;
}

describe('the nucleolus keeps the criterion of Kohlberg', () => {
  it('on games full of ties', () =>
    fc.assert(
      fc.asyncProperty(tiedGame(2, 5), async (game) => {
        expect(await breaksKohlberg(game, (await nucleolus(game)).shares)).toBe(false);
      }),
      { numRuns: 150 },
    ));

  it('on random games', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const game = randomGame(3 + (seed % 5), seededRandom(seed));
      expect(await breaksKohlberg(game, (await nucleolus(game)).shares)).toBe(false);
    }
  });

  it('and the criterion does tell: a division moved a little breaks it', async () => {
    const game = randomGame(5, seededRandom(3));
    const { shares } = await nucleolus(game);
    shares[0]! += 1e-3;
    shares[1]! -= 1e-3;
    expect(await breaksKohlberg(game, shares)).toBe(true);
  });
});

/**
 * Equal profit by another road: all rows at once, and each pair of savings tested by two more programs for being as
 * large as the level in every optimal division.
 */
async function equalProfitByTests(game: CostGame): Promise<number[]> {
  const n = game.size;
  const alone = aloneCosts(game);
  const paying = [...alone.keys()].filter((i) => alone[i] !== 0);
  const free = Number.NEGATIVE_INFINITY;
  const unit = (i: number): number[] => Array.from({ length: n }, (_, k) => (k === i ? 1 : 0));
  const group = (mask: number): number[] => unit(-1).map((_, k) => (mask >> k) & 1);
  interface Limit {
    readonly values: readonly number[];
    readonly lower: number;
    readonly upper: number;
  }
  const rows: Limit[] = [{ values: group(2 ** n - 1), lower: totalCost(game), upper: totalCost(game) }];
  for (const [i, c] of alone.entries()) if (c === 0) rows.push({ values: unit(i), lower: 0, upper: 0 });
  if (paying.reduce((s, i) => s + alone[i]!, 0) >= totalCost(game))
    for (const i of paying) rows.push({ values: unit(i), lower: free, upper: alone[i]! });
  /** Minimises cost . (x, t) over the rows, each with its t coefficient in the last place. */
  const least = async (cost: readonly number[], limits: readonly Limit[]): Promise<number> => {
    const objective = Array.from({ length: n + 1 }, (_, k) => cost[k] ?? 0);
    const program = await openLinear(objective, Array(n + 1).fill(-1e4), Array(n + 1).fill(1e4));
    program.addRows(
      limits.map((l) => ({ ...l, values: Array.from({ length: n + 1 }, (_, k) => l.values[k] ?? 0) })),
    );
    const answer = program.solve();
    program.close();
    expect(answer.status).toBe('optimal');
    return answer.cost;
  };
  const level = unit(-1).concat(1);
  const masks = Array.from({ length: 2 ** n - 2 }, (_, k) => k + 1);
  const epsilon = await least(level, [
    ...rows,
    ...masks.map((m) => ({ values: group(m).concat(-1), lower: free, upper: game.cost[m]! })),
  ]);
  for (const m of masks) rows.push({ values: group(m), lower: free, upper: game.cost[m]! + epsilon + 1e-9 });
  const pairs = paying.flatMap((i) => paying.filter((j) => j > i).map((j) => ({ i, j })));
  const difference = (p: { i: number; j: number }, sign: number): number[] =>
    unit(-1).map((_, k) => (k === p.i ? sign / alone[p.i]! : k === p.j ? -sign / alone[p.j]! : 0));
  let open = pairs;
  while (open.length > 0) {
    const t = await least(level, [
      ...rows,
      ...open.flatMap((p) =>
        [1, -1].map((s) => ({ values: difference(p, s).concat(-1), lower: free, upper: 0 })),
      ),
    ]);
    const face: Limit[] = [
      ...rows,
      ...open.map((p) => ({ values: difference(p, 1), lower: -t - 1e-9, upper: t + 1e-9 })),
    ];
    const rest: typeof open = [];
    for (const p of open) {
      const low = await least(difference(p, 1), face);
      const high = -(await least(difference(p, -1), face));
      if (low > t - 1e-6 || high < -t + 1e-6)
        rows.push({
          values: difference(p, 1),
          lower: (low + high) / 2 - 1e-9,
          upper: (low + high) / 2 + 1e-9,
        });
      else rest.push(p);
    }
    expect(rest.length).toBeLessThan(open.length);
    open = rest;
  }
  const shares: number[] = [];
  for (let i = 0; i < n; i += 1) shares.push(await least(unit(i), rows));
  return shares;
}

it('equal profit agrees with testing each pair by its own programs', () =>
  fc.assert(
    fc.asyncProperty(tiedGame(3, 4), async (game) => {
      fc.pre(!hasNoEqualProfit(game));
      const { shares } = await equalProfit(game);
      const other = await equalProfitByTests(game);
      for (const [i, v] of other.entries()) expect(Math.abs(shares[i]! - v)).toBeLessThan(1e-4);
    }),
    { numRuns: 80 },
  ));

it('a sequence stopped at once still divides the whole', async () => {
  const game = randomGame(6, seededRandom(1));
  const stopped = await nucleolus(game, () => true);
  expect(stopped.complete).toBe(false);
  closeTo([stopped.shares.reduce((a, b) => a + b, 0)], [totalCost(game)]);
});
