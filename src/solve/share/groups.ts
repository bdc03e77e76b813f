import { aloneCosts, type CostGame, grandCoalition, groupSums, membersOf, totalCost } from './game.ts';
import type { Row, RowSource } from './lexicographic.ts';
import type { Span } from './span.ts';

/**
 * A game as sequences of programs see it: costs divided by `scale`, the largest of them, so that one tolerance fits
 * all, and the excess rows x(S) - c(S) of groups other than the whole.
 */
export interface GroupFamily {
  readonly size: number;
  readonly scale: number;
  readonly total: number;
  readonly alone: Float64Array;
  readonly source: RowSource;
  /** Rows to begin with. */
  readonly seeds: readonly Row[];
  /** The largest excess, at `x`, of the groups that are constant on the divisions left; -Infinity when none is. */
  largestConstant(x: Float64Array, span: Span): number;
}

/** All groups of a game whose every cost is known. */
export function tableFamily(game: CostGame): GroupFamily {
  const scale = scaleOf(game.cost);
  const scaled = { size: game.size, cost: game.cost.map((c) => c / scale) };
  return {
    size: game.size,
    scale,
    total: totalCost(scaled),
    alone: aloneCosts(scaled),
    source: groupSource(scaled),
    seeds: firstGroups(scaled),
    largestConstant: (x, span) => largestConstantExcess(scaled, x, span),
  };
}

/** Some groups of a game too large for a table. */
export function listFamily(
  total: number,
  alone: readonly number[],
  groups: readonly { readonly members: readonly number[]; readonly cost: number }[],
): GroupFamily {
  const size = alone.length;
  const scale = scaleOf([total, ...alone, ...groups.map((g) => g.cost)]);
  const rows = groups.map(({ members, cost }): Row => {
    const values = new Float64Array(size);
    for (const i of members) values[i] = 1;
    return { key: members.join(), values, limit: cost / scale };
  });
  const excessOf = (row: Row, x: Float64Array): number =>
    row.values.reduce((sum, v, i) => sum + v * x[i]!, -row.limit);
  return {
    size,
    scale,
    total: total / scale,
    alone: Float64Array.from(alone, (c) => c / scale),
    source: (x, level, span) =>
      rows
        .map((row) => ({ row, excess: excessOf(row, x) }))
        .filter((r) => r.excess > level && !span.has(r.row.values))
        .sort((a, b) => b.excess - a.excess)
        .slice(0, ROWS_AT_ONCE)
        .map((r) => r.row),
    seeds: rows.filter((row) => {
      const count = row.values.reduce((a, b) => a + b, 0);
      return count === 1 || count === size - 1;
    }),
    largestConstant: (x, span) =>
      rows
        .filter((row) => span.has(row.values))
        .reduce((largest, row) => Math.max(largest, excessOf(row, x)), Number.NEGATIVE_INFINITY),
  };
}

function scaleOf(costs: Iterable<number>): number {
  let largest = 0;
  for (const c of costs) largest = Math.max(largest, Math.abs(c));
  return largest === 0 ? 1 : largest;
}

/** Most rows given back at once. */
const ROWS_AT_ONCE = 24;

/** The row x(S) - c(S) of a group. */
function groupRow(game: CostGame, mask: number): Row {
  const values = new Float64Array(game.size);
  for (const i of membersOf(mask)) values[i] = 1;
  return { key: String(mask), values, limit: game.cost[mask]! };
}

/**
 * The excess rows x(S) - c(S) of all groups but the whole, found by enumeration: one addition and one comparison a
 * group. Groups that are constant on the divisions left are known by a table, made again when the span has grown.
 */
function groupSource(game: CostGame): RowSource {
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
function largestConstantExcess(game: CostGame, x: Float64Array, span: Span): number {
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
function firstGroups(game: CostGame): Row[] {
  const all = grandCoalition(game);
  const masks = new Set<number>();
  for (let i = 0; i < game.size; i += 1) masks.add(1 << i).add(all & ~(1 << i));
  masks.delete(all);
  masks.delete(0);
  return [...masks].map((mask) => groupRow(game, mask));
}

/** The row x(S) of one player, or of all. */
export function playersRow(size: number, players: readonly number[], limit: number): Row {
  const values = new Float64Array(size);
  for (const i of players) values[i] = 1;
  return { key: `players ${players.join()}`, values, limit };
}

/** The rows x(i) - c({i}) alone. */
export function aloneSource({ size, alone }: GroupFamily): RowSource {
  const rows = Array.from(alone, (c, i) => playersRow(size, [i], c));
  return (x, level, span) => rows.filter((row, i) => x[i]! - row.limit > level && !span.has(row.values));
}
