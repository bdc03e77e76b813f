/**
 * A cost game (N, c) with transferable cost: what each group of players would pay acting alone.
 * Groups are bit masks: player i is in the group S when S has the bit 1 << i.
 */
export interface CostGame {
  /** Number of players, 1 to {@link MAX_PLAYERS}. */
  readonly size: number;
  /** Cost of each group by mask, length 2^size; `cost[0]` is 0. */
  readonly cost: Float64Array;
}

/** The table of a game of 20 players has a million entries; one of 21 is not a file that people write. */
export const MAX_PLAYERS = 20;

/** The group of all players. */
export const grandCoalition = (game: CostGame): number => 2 ** game.size - 1;

/** Cost of all players together, c(N). */
export const totalCost = (game: CostGame): number => game.cost[grandCoalition(game)]!;

/** Stand-alone costs c({i}), in the order of the players. */
export const aloneCosts = (game: CostGame): Float64Array =>
  Float64Array.from({ length: game.size }, (_, i) => game.cost[1 << i]!);

/** Players of a group, ascending. */
export const membersOf = (mask: number): number[] => {
  const members: number[] = [];
  for (let rest = mask; rest !== 0; rest &= rest - 1) members.push(31 - Math.clz32(rest & -rest));
  return members;
};

/**
 * x(S) for every group S, by mask, written to `out` (length 2^n) or a new array. One addition a group: S adds its
 * last player to S without it, so that players are added in their order.
 */
export function groupSums(x: ArrayLike<number>, out = new Float64Array(2 ** x.length)): Float64Array {
  out[0] = 0;
  for (let i = 0; i < x.length; i += 1) {
    const bit = 2 ** i;
    const value = x[i]!;
    for (let mask = 0; mask < bit; mask += 1) out[bit + mask] = out[mask]! + value;
  }
  return out;
}

/**
 * Differences up to this are taken as equal: 1e-9 x |c(N)|, and never less than what additions of doubles of the
 * game's size may lose (1e-13 of its largest cost), which matters where c(N) is 0.
 */
export function toleranceOf(game: CostGame): number {
  let largest = 0;
  for (const c of game.cost) largest = Math.max(largest, Math.abs(c));
  return Math.max(1e-9 * Math.abs(totalCost(game)), 1e-13 * largest);
}

/** True where some division of c(N) leaves nobody above its stand-alone cost: the c({i}) add up to c(N) or more. */
export const hasRationalDivision = (game: CostGame): boolean =>
  aloneCosts(game).reduce((a, b) => a + b, 0) >= totalCost(game) - toleranceOf(game);

/** True where no share is above its player's stand-alone cost. */
export function isRational(game: CostGame, shares: ArrayLike<number>): boolean {
  const tolerance = toleranceOf(game);
  return aloneCosts(game).every((c, i) => shares[i]! <= c + tolerance);
}
