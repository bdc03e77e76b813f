import type { CostGame } from './game.ts';

/**
 * The Shapley value: player i pays the mean, over all orders of arrival, of what its arrival adds to the cost,
 *
 *     x(i) = sum over S without i of |S|! (n - |S| - 1)! / n! x (c(S + i) - c(S)).
 *
 * Exact: n 2^(n-1) differences, added up by the size of S first so that each weight is used once. 20 players: some
 * 10 million additions.
 *
 * L. S. Shapley, "A value for n-person games", Contributions to the Theory of Games II (1953).
 */
export function shapley(game: CostGame): Float64Array {
  const { size, cost } = game;
  const weights = arrivalWeights(size);
  const sizes = groupSizes(size);
  const shares = new Float64Array(size);
  const bySize = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    const bit = 1 << i;
    bySize.fill(0);
    for (let high = 0; high < cost.length; high += bit * 2)
      for (let mask = high; mask < high + bit; mask += 1)
        bySize[sizes[mask]!]! += cost[mask + bit]! - cost[mask]!;
    for (let s = 0; s < size; s += 1) shares[i]! += weights[s]! * bySize[s]!;
  }
  return shares;
}

/** s! (n - s - 1)! / n! for s = 0 .. n - 1, that is 1 / (n x binomial(n - 1, s)). */
function arrivalWeights(size: number): Float64Array {
  const weights = new Float64Array(size);
  let binomial = 1;
  for (let s = 0; s < size; s += 1) {
    weights[s] = 1 / (size * binomial);
    binomial = (binomial * (size - 1 - s)) / (s + 1);
  }
  return weights;
}

/** Number of players of each group, by mask. */
function groupSizes(size: number): Uint8Array {
  const sizes = new Uint8Array(2 ** size);
  for (let mask = 1; mask < sizes.length; mask += 1) sizes[mask] = sizes[mask >> 1]! + (mask & 1);
  return sizes;
}
