import { aloneCosts, type CostGame, hasRationalDivision, totalCost } from './game.ts';

/**
 * Shares in proportion to `weights` (default: the stand-alone costs), none above its stand-alone cost: who is above
 * is capped, and what was cut is spread again by weight over those not yet capped, until none is above. Weights that
 * are all 0 (among those not yet capped) count as equal. Where the stand-alone costs add up to less than c(N) no
 * such division exists, and the shares stay uncapped.
 *
 * Weights must be finite and of one sign (costs below 0 are gains, and shared alike). At most n rounds: each caps one player at least.
 */
export function proportional(game: CostGame, weights: ArrayLike<number> = aloneCosts(game)): Float64Array {
  const alone = aloneCosts(game);
  const everyone = Array.from(alone.keys());
  const shares = new Float64Array(game.size);
  const spread = (total: number, among: readonly number[]): void => {
    const sum = among.reduce((s, i) => s + weights[i]!, 0);
    for (const i of among) shares[i]! += sum === 0 ? total / among.length : (total * weights[i]!) / sum;
  };
  spread(totalCost(game), everyone);
  if (!hasRationalDivision(game)) return shares;
  let free: readonly number[] = everyone;
  for (;;) {
    const over = free.filter((i) => shares[i]! > alone[i]!);
    const rest = free.filter((i) => shares[i]! <= alone[i]!);
    // With all capped, what is left is rounding of doubles: it stays where it is.
    if (over.length === 0 || rest.length === 0) return shares;
    let cut = 0;
    for (const i of over) {
      cut += shares[i]! - alone[i]!;
      shares[i] = alone[i]!;
    }
    free = rest;
    spread(cut, free);
  }
}
