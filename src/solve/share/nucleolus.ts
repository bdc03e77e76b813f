import type { CostGame } from './game.ts';
import { aloneSource, type GroupFamily, playersRow, tableFamily } from './groups.ts';
import { Lexicographic, type ShouldStop, Stopped } from './lexicographic.ts';

/** A division and how it was reached. */
export interface Division {
  readonly shares: Float64Array;
  /** False when it was stopped before the end: the shares sum to c(N), but are not yet the rule's. */
  readonly complete: boolean;
  /** Linear programs solved. */
  readonly programs: number;
}

/**
 * With costs at most 1 in size, the equal division has no excess above 2, so that a least-core division has
 * x(i) <= c({i}) + 2 and x(i) = c(N) - x(N - i) >= -4: all programs fit in this box.
 */
const BOX = 5;

/** Costs that differ by less than this times c(N) are equal. */
const EQUAL = 1e-9;
/** What additions of doubles may lose, of the largest cost. */
const LOST = 1e-13;

/** What the players could pay at most, alone, above c(N): below 0 where no division is rational, 0 where one is. */
function roomBelowAlone({ alone, total }: GroupFamily): number {
  const room = alone.reduce((a, b) => a + b, 0) - total;
  return Math.abs(room) <= Math.max(EQUAL * Math.abs(total), LOST) ? 0 : room;
}

/** The one rational division where the stand-alone costs add up to c(N) itself. */
function onlyRationalDivision({ alone, total, scale }: GroupFamily): Division {
  const rest = total - alone.reduce((a, b) => a + b, 0);
  const paying = alone.filter((c) => c !== 0).length;
  const shares = alone.map((c) => (c === 0 ? 0 : (c + rest / paying) * scale));
  return { shares, complete: true, programs: 0 };
}

/**
 * Runs a sequence of programs among the rational divisions where there are any, else among all; stopped early, it
 * gives what was reached. `fixed` players pay 0.
 */
export async function runSequence(
  family: GroupFamily,
  fixed: readonly number[],
  shouldStop: ShouldStop,
  steps: (program: Lexicographic) => Promise<void>,
): Promise<Division> {
  const room = roomBelowAlone(family);
  if (room === 0) return onlyRationalDivision(family);
  const { size, total, scale } = family;
  const program = new Lexicographic(new Float64Array(size).fill(total / size), BOX, shouldStop);
  const everyone = Array.from({ length: size }, (_, i) => i);
  program.fix(playersRow(size, everyone, total));
  for (const i of fixed) program.fix(playersRow(size, [i], 0));
  if (room > 0) program.limit(aloneSource(family));
  let complete = true;
  try {
    await steps(program);
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
export const nucleolus = (game: CostGame, shouldStop: ShouldStop = () => false): Promise<Division> =>
  nucleolusAmong(tableFamily(game), shouldStop);

/** {@link nucleolus} over the groups of a family, which may not be all. */
export function nucleolusAmong(family: GroupFamily, shouldStop: ShouldStop): Promise<Division> {
  return runSequence(family, [], shouldStop, async (program) => {
    let { seeds } = family;
    while (program.span.rank < family.size) {
      if ((await program.minimiseLargest(family.source, seeds)) === null) return;
      seeds = [];
    }
  });
}
