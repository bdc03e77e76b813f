/**
 * Linear programmes in whole numbers of any size: no tolerance, no doubt about which row is tight. Slow, and meant for
 * checkers.
 */

/** `coefficients . x <= limit`. */
export interface Row {
  readonly coefficients: readonly bigint[];
  readonly limit: bigint;
}

/** A point with a common denominator, above 0. */
export interface Point {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

/** Rows too many to list: finds one that a point breaks, by most where `first` is false. Null: none is broken. */
export type Oracle = (point: Point, first: boolean) => { readonly row: Row; readonly by: bigint } | null;

export interface Optimum {
  readonly point: Point;
  /** Rows with a positive multiplier: they are tight at every optimum (complementary slackness). */
  readonly tight: readonly Row[];
}

/** Steps without progress after which the first broken row enters instead of the worst, so that no cycle is possible. */
const PATIENCE = 30;

/**
 * Maximises `objective . x` over free x within `rows` and those of `oracle`, by the dual simplex method: the meeting
 * point of as many rows as unknowns moves until no row is broken. It starts from the box -bound <= x <= bound, which
 * must hold every optimum. Throws where the rows exclude each other or the box is reached.
 */
export function maximise(
  objective: readonly bigint[],
  rows: readonly Row[],
  oracle: Oracle,
  bound: bigint,
): Optimum {
  const box = objective.map(
    (c, i): Row => ({
      coefficients: objective.map((_, k) => (k === i ? (c >= 0n ? 1n : -1n) : 0n)),
      limit: bound,
    }),
  );
  let basis: Row[] = box;
  let best: Point | null = null;
  for (let stalled = 0; ; ) {
    const point = meetingPoint(basis);
    const value = dot(objective, point.numerators);
    const progress =
      best === null || value * best.denominator !== dot(objective, best.numerators) * point.denominator;
    stalled = progress ? 0 : stalled + 1;
    if (stalled > 1000 * PATIENCE) throw new Error('maximise: no progress');
    best = point;
    const entering = brokenRow(rows, oracle, point, stalled > PATIENCE);
    const weights = multipliers(basis, entering === null ? [objective] : [objective, entering.coefficients]);
    if (entering === null) {
      const tight = basis.filter((_, k) => weights.of[0]![k]! > 0n);
      if (tight.some((row) => box.includes(row))) throw new Error('maximise: the optimum is at the box');
      return { point, tight };
    }
    const [y, w] = weights.of as [bigint[], bigint[]];
    // The entering row takes over the share y / w of the first row to reach 0.
    let leaving = -1;
    for (const k of basis.keys())
      if (w[k]! > 0n && (leaving < 0 || y[k]! * w[leaving]! < y[leaving]! * w[k]!)) leaving = k;
    if (leaving < 0) throw new Error('maximise: the rows exclude each other');
    basis = basis.map((row, k) => (k === leaving ? entering : row));
  }
}

function brokenRow(rows: readonly Row[], oracle: Oracle, point: Point, first: boolean): Row | null {
  let worst: { row: Row; by: bigint } | null = null;
  for (const row of rows) {
    const by = dot(row.coefficients, point.numerators) - row.limit * point.denominator;
    if (by > 0n && (worst === null || by > worst.by)) worst = { row, by };
    if (worst !== null && first) return worst.row;
  }
  const other = oracle(point, first);
  return other !== null && (worst === null || other.by > worst.by) ? other.row : (worst?.row ?? null);
}

const meetingPoint = (basis: readonly Row[]): Point => {
  const { solutions, denominator } = solve(
    basis.map((row) => row.coefficients),
    [basis.map((row) => row.limit)],
  );
  return { numerators: solutions[0]!, denominator };
};

/** How each target is a sum of the basis' rows, times one positive number. */
function multipliers(basis: readonly Row[], targets: readonly (readonly bigint[])[]): { of: bigint[][] } {
  const transposed = basis.map((_, i) => basis.map((row) => row.coefficients[i]!));
  return { of: solve(transposed, targets).solutions };
}

/**
 * Solves `matrix . x = b` for several right-hand sides by elimination without fractions (Bareiss, Mathematics of
 * Computation 22, 1968): every division is exact. The matrix must not be singular.
 */
export function solve(
  matrix: readonly (readonly bigint[])[],
  rightHandSides: readonly (readonly bigint[])[],
): { solutions: bigint[][]; denominator: bigint } {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...rightHandSides.map((b) => b[i]!)]);
  let previous = 1n;
  for (let k = 0; k < size; k += 1) {
    const swap = rows.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (swap < 0) throw new Error('solve: the rows depend on each other');
    [rows[k], rows[swap]] = [rows[swap]!, rows[k]!];
    const top = rows[k]!;
    const pivot = top[k]!;
    for (const [i, row] of rows.entries()) {
      if (i === k) continue;
      const times = row[k]!;
      for (const j of row.keys()) row[j] = (row[j]! * pivot - times * top[j]!) / previous;
    }
    previous = pivot;
  }
  const sign = previous < 0n ? -1n : 1n;
  return {
    solutions: rightHandSides.map((_, b) => rows.map((row) => row[size + b]! * sign)),
    denominator: previous * sign,
  };
}

/** Linear span of whole-number vectors. */
export class Span {
  private readonly rows: { readonly pivot: number; readonly vector: bigint[] }[] = [];

  constructor(vectors: Iterable<readonly bigint[]>) {
    for (const vector of vectors) this.add(vector);
  }

  get rank(): number {
    return this.rows.length;
  }

  holds(vector: readonly bigint[]): boolean {
    return this.reduce(vector).every((c) => c === 0n);
  }

  /** True where the vector was not in the span. */
  add(vector: readonly bigint[]): boolean {
    const rest = this.reduce(vector);
    const pivot = rest.findIndex((c) => c !== 0n);
    if (pivot >= 0) this.rows.push({ pivot, vector: rest });
    return pivot >= 0;
  }

  private reduce(vector: readonly bigint[]): bigint[] {
    let rest = [...vector];
    for (const { pivot, vector: row } of this.rows) {
      const times = rest[pivot]!;
      if (times !== 0n) rest = rest.map((c, i) => c * row[pivot]! - times * row[i]!);
    }
    return rest;
  }
}

export const dot = (a: readonly bigint[], b: readonly bigint[]): bigint =>
  a.reduce((total, c, i) => total + c * b[i]!, 0n);

/** Doubles as whole numbers times one power of two, without loss. Values must be finite. */
export function wholeNumbers(values: readonly number[]): { whole: bigint[]; exponent: number } {
  const parts = values.map(mantissa);
  const exponent = parts.reduce((least, p) => (p.whole === 0n ? least : Math.min(least, p.exponent)), 1024);
  return {
    whole: parts.map((p) => (p.whole === 0n ? 0n : p.whole << BigInt(p.exponent - exponent))),
    exponent: exponent === 1024 ? 0 : exponent,
  };
}

/** `value` as an odd whole number times a power of two. */
function mantissa(value: number): { whole: bigint; exponent: number } {
  if (value === 0) return { whole: 0n, exponent: 0 };
  let exponent = Math.floor(Math.log2(Math.abs(value))) - 53;
  // Split the scaling: 2 ** 1100 is no double.
  let whole = BigInt(Math.round(value * 2 ** Math.min(1000, -exponent) * 2 ** Math.max(0, -exponent - 1000)));
  while ((whole & 1n) === 0n) {
    whole >>= 1n;
    exponent += 1;
  }
  return { whole, exponent };
}

/** `numerator / denominator x 2 ** exponent` as the nearest double, to one unit in the last place. */
export function toNumber(numerator: bigint, denominator: bigint, exponent: number): number {
  if (numerator === 0n) return 0;
  const sign = numerator < 0n !== denominator < 0n ? -1 : 1;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const shift = 64 - (bits(n) - bits(d));
  const quotient = shift >= 0 ? (n << BigInt(shift)) / d : n / (d << BigInt(-shift));
  return sign * Number(quotient) * 2 ** (exponent - shift);
}

const bits = (n: bigint): number => n.toString(2).length;
