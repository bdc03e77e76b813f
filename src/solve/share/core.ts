import { type CostGame, grandCoalition, groupSums, membersOf, toleranceOf } from './game.ts';

/** Whether a division is in the core, and the group that would gain most by leaving. */
export interface CoreVerdict {
  /** x(S) <= c(S) for every group S, within the game's tolerance. */
  readonly core: boolean;
  /** Players of the blocking group, ascending; null in the core. */
  readonly blocking: readonly number[] | null;
  /** x(S) - c(S) of the blocking group; 0 in the core. */
  readonly gain: number;
}

/**
 * The core test over all groups but the whole (2^n - 2 of them). The blocking group has the largest gain
 * x(S) - c(S); among equal gains (within the tolerance) the fewest players; among those the first in input order,
 * player by player.
 */
export function decideCore(game: CostGame, shares: ArrayLike<number>): CoreVerdict {
  const all = grandCoalition(game);
  const tolerance = toleranceOf(game);
  const sums = groupSums(shares);
  let largest = 0;
  for (let mask = 1; mask < all; mask += 1) largest = Math.max(largest, sums[mask]! - game.cost[mask]!);
  if (largest <= tolerance) return { core: true, blocking: null, gain: 0 };
  let best = 0;
  for (let mask = 1; mask < all; mask += 1) {
    const gain = sums[mask]! - game.cost[mask]!;
    if (gain < largest - tolerance || gain <= tolerance) continue;
    if (best === 0 || comesBefore(mask, best)) best = mask;
  }
  return { core: false, blocking: membersOf(best), gain: sums[best]! - game.cost[best]! };
}

/** Fewer players first, then the group whose first differing player comes first. */
function comesBefore(a: number, b: number): boolean {
  const fewer = membersOf(a).length - membersOf(b).length;
  if (fewer !== 0) return fewer < 0;
  const lowest = (a ^ b) & -(a ^ b);
  return (a & lowest) !== 0;
}
