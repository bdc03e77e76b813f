import {
  aloneCosts,
  type CostGame,
  grandCoalition,
  hasRationalDivision,
  toleranceOf,
  totalCost,
} from './game.ts';
import { aloneSource, firstGroups, groupRow, groupSource } from './groups.ts';
import { Lexicographic, type ShouldStop, Stopped } from './lexicographic.ts';

/** A division and how it was reached. */
export interface Division {
  readonly shares: Float64Array;
  /** False when it was stopped before the end: the shares sum to c(N), but are not yet the rule's. */
  readonly complete: boolean;
  /** Linear programs solved. */
  readonly programs: number;
}

/** A game with all costs divided by the largest, so that one tolerance fits all. */
export function scaleGame(game: CostGame): { readonly scaled: CostGame; readonly scale: number } {
  let largest = 0;
  for (const c of game.cost) largest = Math.max(largest, Math.abs(c));
  const scale = largest === 0 ? 1 : largest;
  return { scaled: { size: game.size, cost: game.cost.map((c) => c / scale) }, scale };
}

/**
 * With costs at most 1 in size, the equal division has no excess above 2, so that a least-core division has
 * x(i) <= c({i}) + 2 and x(i) = c(N) - x(N - i) >= -4: all programs fit in this box.
 */
export const BOX = 5;

/** c(N) divided equally: where every sequence starts. */
export const equalDivision = (game: CostGame): Float64Array =>
  new Float64Array(game.size).fill(totalCost(game) / game.size);

/**
 * The one division that leaves nobody above its stand-alone cost where those add up to c(N) itself (within the
 * tolerance); null where there is another or none.
 */
export function onlyRationalDivision(game: CostGame): Division | null {
  const alone = aloneCosts(game);
  const rest = totalCost(game) - alone.reduce((a, b) => a + b, 0);
  if (Math.abs(rest) > toleranceOf(game)) return null;
  return { shares: alone.map((c) => c + rest / game.size), complete: true, programs: 0 };
}

/** Runs a sequence of programs on the scaled game; stopped early, it gives what was reached. */
export async function runSequence(
  game: CostGame,
  shouldStop: ShouldStop,
  steps: (program: Lexicographic, scaled: CostGame) => Promise<void>,
): Promise<Division> {
  const { scaled, scale } = scaleGame(game);
  const program = new Lexicographic(equalDivision(scaled), BOX, shouldStop);
  program.fix(groupRow(scaled, grandCoalition(scaled)));
  let complete = true;
  try {
    await steps(program, scaled);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    complete = false;
  }
  return { shares: program.x.map((v) => v * scale + 0), complete, programs: program.programs };
}

/**
 * The nucleolus: among the divisions of c(N) that leave nobody above its stand-alone cost, the one whose excesses
 * x(S) - c(S), sorted from the largest, are lexicographically least (D. Schmeidler, SIAM J. Appl. Math. 17, 1969;
 * the sequence of linear programs is Kopelowitz's and Maschler, Peleg and Shapley's). Where no such division exists,
 * the prenucleolus: the same among all divisions. It is one point, in the core whenever the core is not empty.
 */
export async function nucleolus(game: CostGame, shouldStop: ShouldStop = () => false): Promise<Division> {
  const only = onlyRationalDivision(game);
  if (only) return only;
  return runSequence(game, shouldStop, async (program, scaled) => {
    if (hasRationalDivision(game)) program.limit(aloneSource(scaled));
    const groups = groupSource(scaled);
    let seeds = firstGroups(scaled);
    while (program.span.rank < scaled.size) {
      if ((await program.minimiseLargest(groups, seeds)) === null) return;
      seeds = [];
    }
  });
}
