import type { SharingRule } from '../pool/problem.ts';
import { decideCore } from './core.ts';
import { equalProfit, hasNoEqualProfit } from './equal-profit.ts';
import { aloneCosts, type CostGame, isRational } from './game.ts';
import type { ShouldStop } from './lexicographic.ts';
import { type Division, nucleolus } from './nucleolus.ts';
import { proportional } from './proportional.ts';
import { shapley } from './shapley.ts';

export const SHARING_RULES: readonly SharingRule[] = ['shapley', 'nucleolus', 'proportional', 'equal-profit'];

/** Why a rule has no answer for a game, as a sentence; null when it has one. */
export function refuseRule(rule: SharingRule, game: CostGame, weights: Float64Array | null): string | null {
  if (rule === 'equal-profit' && hasNoEqualProfit(game))
    return 'no relative saving can be equal: every player alone costs 0, and all together do not';
  if (rule === 'proportional' && weights === null) {
    const alone = aloneCosts(game);
    if (alone.some((c) => c < 0) && alone.some((c) => c > 0))
      return 'no proportion to stand-alone costs above and below 0: give "weights"';
  }
  return null;
}

/** Divides c(N) by a rule. `weights` are for `proportional`; null: the stand-alone costs. */
export async function divide(
  rule: SharingRule,
  game: CostGame,
  weights: Float64Array | null = null,
  shouldStop: ShouldStop = () => false,
): Promise<Division> {
  switch (rule) {
    case 'shapley':
      return { shares: shapley(game), complete: true, programs: 0 };
    case 'proportional':
      return { shares: proportional(game, weights ?? aloneCosts(game)), complete: true, programs: 0 };
    case 'nucleolus':
      return nucleolus(game, shouldStop);
    case 'equal-profit':
      return equalProfit(game, shouldStop);
  }
}

/** The output file of a division: shares by name, and its verdicts. */
export interface ShareFile {
  readonly shares: Readonly<Record<string, number>>;
  readonly rational: boolean;
  readonly core: boolean;
  readonly blocking: readonly string[] | null;
}

/** Shares with their names and verdicts, as the format has them. */
export function describeDivision(
  players: readonly string[],
  game: CostGame,
  shares: Float64Array,
): ShareFile {
  const { core, blocking } = decideCore(game, shares);
  return {
    shares: Object.fromEntries(players.map((name, i) => [name, shares[i]! === 0 ? 0 : shares[i]!])),
    rational: isRational(game, shares),
    core,
    blocking: blocking === null ? null : blocking.map((i) => players[i]!),
  };
}
