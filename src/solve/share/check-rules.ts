import {
  maximise,
  type Oracle,
  type Point,
  type Row,
  Span,
  solve,
  toNumber,
  wholeNumbers,
} from './check-exact.ts';

/**
 * Sharing rules written as slowly and as plainly as their definitions, for checkers alone. A game is its table of
 * costs by bitmask: bit i of the mask is player i, in input order.
 */
export interface TableGame {
  readonly players: number;
  /** Cost of each coalition, `2 ** players` entries; the empty one costs 0. */
  readonly cost: Float64Array;
}

export const grandCoalition = (game: TableGame): number => 2 ** game.players - 1;

export const single = (i: number): number => 2 ** i;

export const members = (mask: number, players: number): number[] =>
  Array.from({ length: players }, (_, i) => i).filter((i) => (mask & single(i)) !== 0);

/** What the members of `mask` pay together. */
export const paidBy = (shares: readonly number[], mask: number): number =>
  members(mask, shares.length).reduce((total, i) => total + shares[i]!, 0);

/** What each coalition pays above its own cost, by bitmask. */
export function excesses(game: TableGame, shares: readonly number[]): Float64Array {
  const excess = new Float64Array(game.cost.length);
  for (let mask = 1; mask < excess.length; mask += 1) {
    const low = Math.log2(mask & -mask);
    const rest = mask & (mask - 1);
    // Paid by the coalition: that of the coalition without its first member, and the first member's.
    excess[mask] = (rest === 0 ? 0 : excess[rest]! + game.cost[rest]!) + shares[low]! - game.cost[mask]!;
  }
  return excess;
}

/** Own costs that miss the total by no more than this, relative to it, reach it. */
const REACHED = 1e-9;

/** True where the players could all pay at most their own cost. */
export const hasRationalDivision = (game: TableGame): boolean => {
  const alone = Array.from({ length: game.players }, (_, i) => game.cost[single(i)]!);
  const total = game.cost[grandCoalition(game)]!;
  return alone.reduce((a, b) => a + b, 0) >= total - REACHED * Math.abs(total);
};

/** Shapley value: sum over S without i of |S|! (n - |S| - 1)! / n! x (c(S + i) - c(S)). */
export function shapley(game: TableGame): number[] {
  const { players: n, cost } = game;
  const factorial = Array.from({ length: n + 1 }, () => 1);
  for (let k = 1; k <= n; k += 1) factorial[k] = factorial[k - 1]! * k;
  const shares = Array.from({ length: n }, () => 0);
  for (let mask = 0; mask < cost.length; mask += 1) {
    const size = members(mask, n).length;
    if (size === n) continue;
    const weight = (factorial[size]! * factorial[n - size - 1]!) / factorial[n]!;
    for (let i = 0; i < n; i += 1)
      if ((mask & single(i)) === 0) shares[i]! += weight * (cost[mask | single(i)]! - cost[mask]!);
  }
  return shares;
}

/**
 * In proportion to weights, at most each one's own cost: what is above it is spread again by weight over those not yet
 * at theirs. Not capped where the own costs do not reach the total. All weights 0: equal.
 */
export function proportional(game: TableGame, weights: readonly number[]): number[] {
  const capped = hasRationalDivision(game);
  const shares = weights.map(() => 0);
  let open = weights.map((_, i) => i);
  let left = game.cost[grandCoalition(game)]!;
  for (;;) {
    const sum = open.reduce((total, i) => total + weights[i]!, 0);
    for (const i of open) shares[i] = sum === 0 ? left / open.length : (left * weights[i]!) / sum;
    const above = capped ? open.filter((i) => shares[i]! > game.cost[single(i)]!) : [];
    if (above.length === 0) return shares;
    for (const i of above) {
      shares[i] = game.cost[single(i)]!;
      left -= shares[i]!;
    }
    open = open.filter((i) => !above.includes(i));
    if (open.length === 0) return shares;
  }
}

/**
 * Nucleolus, or prenucleolus where no division leaves everybody at or below the own cost: the largest excess is made
 * least, the coalitions whose excess can go no lower are fixed, and so on with the others (Maschler, Peleg, Shapley,
 * Mathematics of Operations Research 4(4), 1979). In exact arithmetic.
 */
export function nucleolus(game: TableGame): number[] {
  const exact = exactly(game);
  const fixed: Equality[] = [exact.total];
  const span = new Span([exact.total.coefficients]);
  while (span.rank < game.players) {
    const free = coalitions(exact).filter((mask) => !span.holds(indicator(mask, game.players)));
    const { level, tight } = leastLargestExcess(exact, fixed, free);
    for (const mask of tight) {
      const coefficients = indicator(mask, game.players);
      // x(S) = c(S) + level, times the denominator of the level.
      if (span.add(coefficients))
        fixed.push({
          coefficients: coefficients.map((c) => c * level.denominator),
          value: exact.cost[mask]! * level.denominator + level.numerator,
        });
    }
  }
  return sharesOn(exact, fixed);
}

/**
 * Equal profit: players whose own cost is 0 pay 0; among the rational divisions left (all, if none) those whose largest
 * excess is least; among them the differences of relative saving 1 - x(i) / c(i), from the largest, are made least one
 * after the other. Null where every own cost is 0 and the total is not. In exact arithmetic.
 */
export function equalProfit(game: TableGame): number[] | null {
  const exact = exactly(game);
  const players = Array.from({ length: game.players }, (_, i) => i);
  const own = (i: number): bigint => exact.cost[single(i)]!;
  const active = players.filter((i) => own(i) !== 0n);
  if (active.length === 0) return exact.total.value === 0n ? players.map(() => 0) : null;
  const fixed: Equality[] = [
    exact.total,
    ...players
      .filter((i) => own(i) === 0n)
      .map((i) => ({ coefficients: indicator(single(i), game.players), value: 0n })),
  ];
  const span = new Span(fixed.map((e) => e.coefficients));
  // Every coalition counts, also one whose share is settled already, as that of a single player who pays 0.
  const all = coalitions(exact);
  const stable = all.length === 0 ? null : leastLargestExcess(exact, fixed, all).level;
  const pairs = active.flatMap((i, k) => active.slice(k + 1).map((j) => differenceOf(exact, i, j)));
  while (span.rank < game.players) {
    const free = pairs.filter((pair) => !span.holds(pair.coefficients));
    for (const equality of leastWidest(exact, fixed, stable, all, free))
      if (span.add(equality.coefficients)) fixed.push(equality);
  }
  return sharesOn(exact, fixed);
}

/** `coefficients . x = value`. */
interface Equality {
  readonly coefficients: readonly bigint[];
  readonly value: bigint;
}

interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A game whose costs are whole numbers times `2 ** exponent`. */
interface ExactGame {
  readonly players: number;
  readonly cost: readonly bigint[];
  readonly exponent: number;
  /** The shares sum to the cost of all. */
  readonly total: Equality;
  /** No share above the own cost; none where no division allows it. */
  readonly caps: readonly Row[];
  /** Above all shares, excesses and differences that can matter, in size. */
  readonly bound: bigint;
}

function exactly(game: TableGame): ExactGame {
  const n = game.players;
  const { whole, exponent } = wholeNumbers([...game.cost]);
  const total = whole[grandCoalition(game)]!;
  const own = Array.from({ length: n }, (_, i) => whole[single(i)]!);
  const short = total - own.reduce((a, b) => a + b, 0n);
  // Own costs that reach the total to within rounding leave a little room, the same for each.
  const room = short > 0n ? short : 0n;
  const size = BigInt(n);
  const sizes = whole.reduce((sum, c) => sum + (c < 0n ? -c : c), 1n);
  return {
    players: n,
    cost: whole,
    exponent,
    total: { coefficients: own.map(() => 1n), value: total },
    caps: hasRationalDivision(game)
      ? own.map((c, i) => ({
          coefficients: indicator(single(i), n).map((x) => x * size),
          limit: c * size + room,
        }))
      : [],
    bound: 64n * size * sizes,
  };
}

/** Every coalition but none and all. */
const coalitions = (game: ExactGame): number[] =>
  Array.from({ length: game.cost.length - 2 }, (_, k) => k + 1);

const indicator = (mask: number, players: number): bigint[] =>
  Array.from({ length: players }, (_, i) => ((mask & single(i)) === 0 ? 0n : 1n));

/** Both sides of each equality, and the caps, with a coefficient of 0 for one more unknown: the level or the width. */
const divisions = (game: ExactGame, fixed: readonly Equality[]): Row[] => [
  ...fixed.flatMap(({ coefficients, value }) => [
    { coefficients: [...coefficients, 0n], limit: value },
    { coefficients: [...coefficients.map((c) => -c), 0n], limit: -value },
  ]),
  ...game.caps.map(({ coefficients, limit }) => ({ coefficients: [...coefficients, 0n], limit })),
];

/** Least t with x(S) <= c(S) + t for each coalition of `among`, and those that pay t above their cost at any optimum. */
function leastLargestExcess(
  game: ExactGame,
  fixed: readonly Equality[],
  among: readonly number[],
): { level: Rational; tight: readonly number[] } {
  const n = game.players;
  const rowOf = new Map<number, Row>();
  const row = (mask: number): Row => {
    const known = rowOf.get(mask) ?? { coefficients: [...indicator(mask, n), -1n], limit: game.cost[mask]! };
    rowOf.set(mask, known);
    return known;
  };
  const oracle = coalitionOracle(
    game,
    among,
    row,
    (point, paid, mask) => paid - point.numerators[n]! - game.cost[mask]! * point.denominator,
  );
  const { point, tight } = maximise(
    [...game.total.coefficients.map(() => 0n), -1n],
    divisions(game, fixed),
    oracle,
    game.bound,
  );
  return {
    level: { numerator: point.numerators[n]!, denominator: point.denominator },
    tight: [...rowOf].filter(([, r]) => tight.includes(r)).map(([mask]) => mask),
  };
}

/** Looks at every coalition of `among`; `by` tells how far a point breaks its row, times the denominator. */
function coalitionOracle(
  game: ExactGame,
  among: readonly number[],
  row: (mask: number) => Row,
  by: (point: Point, paid: bigint, mask: number) => bigint,
): Oracle {
  return (point, first) => {
    const paid: bigint[] = [0n];
    for (let mask = 1; mask < game.cost.length; mask += 1)
      paid.push(paid[mask & (mask - 1)]! + point.numerators[Math.log2(mask & -mask)]!);
    let worst: { mask: number; by: bigint } | null = null;
    for (const mask of among) {
      const over = by(point, paid[mask]!, mask);
      if (over > 0n && (worst === null || over > worst.by)) worst = { mask, by: over };
      if (worst !== null && first) break;
    }
    return worst === null ? null : { row: row(worst.mask), by: worst.by };
  };
}

/** The difference of the relative savings of two players, times `scale`: |c(i) c(j)| (x(j) / c(j) - x(i) / c(i)). */
interface Difference {
  readonly coefficients: readonly bigint[];
  readonly scale: bigint;
}

function differenceOf(game: ExactGame, i: number, j: number): Difference {
  const [ci, cj] = [game.cost[single(i)]!, game.cost[single(j)]!];
  const scale = ci * cj < 0n ? -ci * cj : ci * cj;
  const coefficients = game.total.coefficients.map((_, k) =>
    k === i ? -scale / ci : k === j ? scale / cj : 0n,
  );
  return { coefficients, scale };
}

/** Makes the widest of `pairs` least; returns those that are as wide at any optimum, with their signed difference. */
function leastWidest(
  game: ExactGame,
  fixed: readonly Equality[],
  stable: Rational | null,
  among: readonly number[],
  pairs: readonly Difference[],
): Equality[] {
  const n = game.players;
  // |difference| <= width x scale.
  const sides = pairs.flatMap((pair) =>
    [1n, -1n].map((sign) => ({
      pair,
      sign,
      row: { coefficients: [...pair.coefficients.map((c) => c * sign), -pair.scale], limit: 0n },
    })),
  );
  const excessOf: Oracle =
    stable === null
      ? () => null
      : coalitionOracle(
          game,
          among,
          (mask) => ({
            coefficients: [...indicator(mask, n).map((c) => c * stable.denominator), 0n],
            limit: game.cost[mask]! * stable.denominator + stable.numerator,
          }),
          (point, paid, mask) =>
            (paid - game.cost[mask]! * point.denominator) * stable.denominator -
            stable.numerator * point.denominator,
        );
  const { point, tight } = maximise(
    [...game.total.coefficients.map(() => 0n), -1n],
    [...divisions(game, fixed), ...sides.map((s) => s.row)],
    excessOf,
    game.bound,
  );
  const width = point.numerators[n]!;
  return sides
    .filter(({ row }) => tight.includes(row))
    .map(({ pair, sign }) => ({
      coefficients: pair.coefficients.map((c) => c * point.denominator),
      value: sign * width * pair.scale,
    }));
}

/** The one division on all of the equalities, as numbers. */
function sharesOn(game: ExactGame, fixed: readonly Equality[]): number[] {
  const span = new Span([]);
  const rows = fixed.filter((e) => span.add(e.coefficients));
  const { solutions, denominator } = solve(
    rows.map((e) => e.coefficients),
    [rows.map((e) => e.value)],
  );
  return solutions[0]!.map((x) => toNumber(x, denominator, game.exponent));
}
