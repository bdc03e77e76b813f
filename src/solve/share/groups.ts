import { type CostGame, grandCoalition, groupSums, membersOf } from './game.ts';
import type { Row, RowSource } from './lexicographic.ts';
import type { Span } from './span.ts';

/** Most rows given back at once. */
const ROWS_AT_ONCE = 24;

/** The row x(S) - c(S) of a group. */
export function groupRow(game: CostGame, mask: number): Row {
  const values = new Float64Array(game.size);
  for (const i of membersOf(mask)) values[i] = 1;
  return { key: String(mask), values, limit: game.cost[mask]! };
}

/**
 * The excess rows x(S) - c(S) of all groups but the whole, found by enumeration: one addition and one comparison a
 * group. Groups that are constant on the divisions left are known by a table, made again when the span has grown.
 */
export function groupSource(game: CostGame): RowSource {
  const all = grandCoalition(game);
  const sums = new Float64Array(game.cost.length);
  const constant = new Uint8Array(game.cost.length);
  let rank = -1;
  return (x, level, span) => {
    if (span.rank !== rank) {
      markConstant(span, constant);
      rank = span.rank;
    }
    groupSums(x, sums);
    // The largest excesses, ascending, by insertion: the list is short.
    const found: { mask: number; excess: number }[] = [];
    let least = level;
    for (let mask = 1; mask < all; mask += 1) {
      const excess = sums[mask]! - game.cost[mask]!;
      if (excess <= least || constant[mask] === 1) continue;
      let at = found.length;
      while (at > 0 && found[at - 1]!.excess > excess) at -= 1;
      found.splice(at, 0, { mask, excess });
      if (found.length > ROWS_AT_ONCE) found.shift();
      if (found.length === ROWS_AT_ONCE) least = found[0]!.excess;
    }
    return found.reverse().map(({ mask }) => groupRow(game, mask));
  };
}

/** The largest excess, at `x`, of the groups that are constant on the divisions left; -Infinity when none is. */
export function largestConstantExcess(game: CostGame, x: Float64Array, span: Span): number {
  const constant = new Uint8Array(game.cost.length);
  markConstant(span, constant);
  const sums = groupSums(x);
  let largest = Number.NEGATIVE_INFINITY;
  for (let mask = 1; mask < grandCoalition(game); mask += 1)
    if (constant[mask] === 1) largest = Math.max(largest, sums[mask]! - game.cost[mask]!);
  return largest;
}

/** Marks the groups whose row lies in the span: those orthogonal to each of its null vectors. */
function markConstant(span: Span, constant: Uint8Array): void {
  constant.fill(1);
  const dots = new Float64Array(constant.length);
  for (const vector of span.nullVectors()) {
    groupSums(vector, dots);
    for (let mask = 0; mask < dots.length; mask += 1) if (Math.abs(dots[mask]!) > 1e-9) constant[mask] = 0;
  }
}

/** Rows to begin with: each player alone, and all without each. */
export function firstGroups(game: CostGame): Row[] {
  const all = grandCoalition(game);
  const masks = new Set<number>();
  for (let i = 0; i < game.size; i += 1) masks.add(1 << i).add(all & ~(1 << i));
  masks.delete(all);
  masks.delete(0);
  return [...masks].map((mask) => groupRow(game, mask));
}

/** The rows x(i) - c({i}) alone. */
export const aloneSource =
  (game: CostGame): RowSource =>
  (x, level, span) =>
    Array.from({ length: game.size }, (_, i) => groupRow(game, 1 << i)).filter(
      (row, i) => x[i]! - row.limit > level && !span.has(row.values),
    );
