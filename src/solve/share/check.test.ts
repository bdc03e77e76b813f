import { describe, expect, it } from 'vitest';
import { checkShares, type NamedGame, type SharesOutput } from './check.ts';

/** Players a, b, c; coalitions a, b, ab, c, ac, bc, abc. */
const gameOf = (...costs: readonly number[]): NamedGame => ({
  players: ['a', 'b', 'c'],
  cost: Float64Array.from([0, ...costs]),
  weights: null,
});

/** Each alone 40, 50, 60; pairs 50, 60, 60; all 60. */
const game = gameOf(40, 50, 50, 60, 60, 60, 60);

/** Shapley, orders abc acb bac bca cab cba: a 40 40 0 0 0 0; b 10 0 50 50 0 0; c 10 20 10 10 60 60. */
const fine: SharesOutput = {
  shares: { a: 80 / 6, b: 110 / 6, c: 170 / 6 },
  rational: true,
  core: true,
  blocking: null,
};

const codes = (output: SharesOutput, rule: Parameters<typeof checkShares>[1] = null, of = game): string[] =>
  checkShares(of, rule, output).map((v) => v.code);

describe('the checker of shares', () => {
  it('accepts the Shapley value counted by hand', () => {
    expect(codes(fine, 'shapley')).toEqual([]);
  });

  it('finds what is wrong with them', () => {
    expect(codes({ ...fine, shares: { ...fine.shares, a: 14 } })).toEqual(['shares-do-not-add-up']);
    expect(codes({ ...fine, shares: { a: 30, b: 30 } })).toEqual(['player-missing']);
    expect(codes({ ...fine, shares: { ...fine.shares, z: 0 } })).toEqual(['unknown-player']);
    expect(codes({ ...fine, shares: { ...fine.shares, a: Number.NaN } })).toEqual(['not-a-number']);
    expect(codes({ ...fine, rational: false })).toEqual(['rational']);
    expect(codes({ ...fine, core: false, blocking: ['a'] })).toEqual(['core']);
    expect(codes({ ...fine, blocking: ['a'] })).toEqual(['blocking-not-null']);
    expect(codes(fine, 'nucleolus')).toContain('share');
    expect(codes(fine, 'proportional')).toContain('share');
    expect(codes(fine, 'equal-profit')).toContain('share');
    expect(
      codes({ ...fine, shares: { a: 80 / 6 + 1e-5, b: 110 / 6 - 1e-5, c: 170 / 6 } }, 'shapley'),
    ).toContain('share');
  });

  it('wants the group that gains most, then the smaller, then the first', () => {
    // 45 of 60 on a: a gains 5; ab 53 - 50 = 3; ac 52 - 60. The largest is a alone.
    const off: SharesOutput = {
      shares: { a: 45, b: 8, c: 7 },
      rational: false,
      core: false,
      blocking: ['a'],
    };
    expect(codes(off)).toEqual([]);
    expect(codes({ ...off, blocking: ['a', 'b'] })).toEqual(['blocking']);
    expect(codes({ ...off, blocking: null })).toEqual(['no-blocking']);
    expect(codes({ ...off, blocking: ['a', 'b', 'c'] })).toEqual(['blocking']);
    expect(codes({ ...off, blocking: [] })).toEqual(['blocking']);
    expect(codes({ ...off, blocking: ['z'] })).toEqual(['unknown-player']);
    expect(codes({ ...off, rational: true })).toEqual(['rational']);
    expect(codes({ ...off, core: true, blocking: null })).toEqual(['core']);
    // Two pairs and one single gain 10 each; of the pairs [a, b] comes first, but the single is smaller.
    const tie = gameOf(90, 90, 50, 20, 50, 90, 90);
    const thirds: SharesOutput = {
      shares: { a: 30, b: 30, c: 30 },
      rational: false,
      core: false,
      blocking: ['c'],
    };
    expect(codes(thirds, null, tie)).toEqual([]);
    expect(codes({ ...thirds, blocking: ['a', 'b'] }, null, tie)).toEqual(['blocking']);
    const pairs = gameOf(90, 90, 50, 90, 50, 50, 90);
    const first: SharesOutput = { ...thirds, rational: true, blocking: ['a', 'b'] };
    expect(codes(first, null, pairs)).toEqual([]);
    expect(codes({ ...first, blocking: ['a', 'c'] }, null, pairs)).toEqual(['blocking']);
    expect(codes({ ...first, blocking: ['b', 'a'] }, null, pairs)).toEqual(['blocking-order']);
  });

  it('uses the weights of the file', () => {
    const weighted = { ...game, weights: [1, 2, 3] };
    const output: SharesOutput = { ...fine, shares: { a: 10, b: 20, c: 30 } };
    expect(codes(output, 'proportional', weighted)).toEqual([]);
    // Without weights the own costs: 60 x 40, 50, 60 / 150.
    expect(codes(output, 'proportional')).toContain('share');
    expect(codes({ ...fine, shares: { a: 16, b: 20, c: 24 } }, 'proportional')).toEqual([]);
  });

  it('says that equal profit has no answer where nobody has a cost of their own', () => {
    const nothing = gameOf(0, 0, 0, 0, 0, 0, 6);
    const output: SharesOutput = {
      shares: { a: 2, b: 2, c: 2 },
      rational: false,
      core: false,
      blocking: ['a', 'b'],
    };
    expect(codes(output, 'equal-profit', nothing)).toEqual(['no-shares']);
  });

  it('takes a single player', () => {
    const alone: NamedGame = { players: ['a'], cost: Float64Array.from([0, 7]), weights: null };
    const output: SharesOutput = { shares: { a: 7 }, rational: true, core: true, blocking: null };
    for (const rule of ['shapley', 'nucleolus', 'proportional', 'equal-profit'] as const)
      expect(codes(output, rule, alone)).toEqual([]);
  });
});
