import { aloneCosts, type CostGame, totalCost } from './game.ts';
import { type GroupFamily, tableFamily } from './groups.ts';
import type { Row, RowSource, ShouldStop } from './lexicographic.ts';
import { type Division, runSequence } from './nucleolus.ts';

/** True where the rule has no answer: everybody alone costs nothing, and all together do not. */
export const hasNoEqualProfit = (game: CostGame): boolean =>
  aloneCosts(game).every((c) => c === 0) && totalCost(game) !== 0;

/**
 * The equal profit method (M. Frisk, M. Goethe-Lundgren, K. Joernsten, M. Roennqvist, EJOR 205, 2010), made
 * unique: players with c({i}) = 0 pay 0; among the divisions left that keep everybody at most at its stand-alone
 * cost (among all, where there is none), those with the smallest largest excess x(S) - c(S) (the least core); among
 * them the pairwise differences of relative saving |x(i)/c({i}) - x(j)/c({j})|, sorted from the largest, are
 * lexicographically least.
 *
 * Not for games of which {@link hasNoEqualProfit}.
 */
export const equalProfit = (game: CostGame, shouldStop: ShouldStop = () => false): Promise<Division> =>
  equalProfitAmong(tableFamily(game), shouldStop);

/** {@link equalProfit} over the groups of a family, which may not be all. */
export function equalProfitAmong(family: GroupFamily, shouldStop: ShouldStop): Promise<Division> {
  const { alone, size } = family;
  const players = Array.from({ length: size }, (_, i) => i);
  const free = players.filter((i) => alone[i] === 0);
  return runSequence(family, free, shouldStop, async (program) => {
    // Groups of players fixed at 0 have an excess too, which no division lowers.
    const floor = family.largestConstant(program.x, program.span);
    const level = await program.minimiseLargest(family.source, family.seeds, floor);
    if (level !== null) program.limit(family.source, level);
    const pairs = pairSource(
      alone,
      players.filter((i) => alone[i] !== 0),
    );
    while (program.span.rank < size) {
      if ((await program.minimiseLargest(pairs)) === null) return;
    }
  });
}

/** The rows x(i)/c({i}) - x(j)/c({j}) of all ordered pairs: the difference of two relative savings. */
function pairSource(alone: ArrayLike<number>, paying: readonly number[]): RowSource {
  const rows: Row[] = paying.flatMap((i) =>
    paying
      .filter((j) => j !== i)
      .map((j) => {
        const values = new Float64Array(alone.length);
        values[i] = 1 / alone[i]!;
        values[j] = -1 / alone[j]!;
        return { key: `${i}>${j}`, values, limit: 0 };
      }),
  );
  const excess = (row: Row, x: Float64Array): number =>
    row.values.reduce((sum, v, i) => sum + v * x[i]!, -row.limit);
  return (x, level, span) =>
    rows
      .map((row) => ({ row, excess: excess(row, x) }))
      .filter((r) => r.excess > level && !span.has(r.row.values))
      .sort((a, b) => b.excess - a.excess)
      .slice(0, 2 * alone.length)
      .map((r) => r.row);
}
