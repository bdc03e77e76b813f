import type { Random } from '../random.ts';
import type { CostGame } from './game.ts';
import { groupSums, membersOf } from './game.ts';

/** A game from the cost of each group, given its players. */
export function gameOf(size: number, cost: (members: readonly number[]) => number): CostGame {
  const table = new Float64Array(2 ** size);
  for (let mask = 1; mask < table.length; mask += 1) table[mask] = cost(membersOf(mask));
  return { size, cost: table };
}

/** The airport game: a runway for a group costs what its largest plane needs (Littlechild and Owen, 1973). */
export const airportGame = (needs: readonly number[]): CostGame =>
  gameOf(needs.length, (members) => Math.max(...members.map((i) => needs[i]!)));

/**
 * The bankruptcy game of the Talmud (O'Neill 1982; Aumann and Maschler 1985) as a cost game: the claims add up to
 * more than the estate, and a group can count on what the others leave of it. Its value v(S) is a gain, so that the
 * cost is -v(S), and shares are minus what each claimant gets.
 */
export function bankruptcyGame(estate: number, claims: readonly number[]): CostGame {
  const sums = groupSums(claims);
  const all = sums.length - 1;
  return {
    size: claims.length,
    cost: sums.map((_, mask) => -Math.max(0, estate - sums[all & ~mask]!)),
  };
}

/** A random game, subadditive or concave by no rule: c(S) uniform in [0.5, 1] x |S|^0.7. */
export function randomGame(size: number, random: Random): CostGame {
  return gameOf(size, (members) => members.length ** 0.7 * (0.5 + 0.5 * random.next()));
}
