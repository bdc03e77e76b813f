/** Directions shorter than this, once scaled to 1, are taken as null. */
const NULL = 1e-9;

/**
 * The linear span of rows in R^n, kept in reduced echelon form. On the divisions that satisfy fixed rows, a row in
 * their span has one value only.
 */
export class Span {
  readonly size: number;
  private readonly rows: Float64Array[] = [];
  private readonly pivots: number[] = [];

  constructor(size: number) {
    this.size = size;
  }

  get rank(): number {
    return this.rows.length;
  }

  /** What is left of `row`, scaled to a largest entry of 1, once the span is taken out of it. */
  private reduce(row: ArrayLike<number>): Float64Array {
    const rest = Float64Array.from(row);
    const scale = largestOf(rest);
    if (scale > 0) for (let i = 0; i < this.size; i += 1) rest[i]! /= scale;
    for (const [k, basis] of this.rows.entries()) {
      const factor = rest[this.pivots[k]!]!;
      if (factor === 0) continue;
      for (let i = 0; i < this.size; i += 1) rest[i]! -= factor * basis[i]!;
      rest[this.pivots[k]!] = 0;
    }
    return rest;
  }

  has(row: ArrayLike<number>): boolean {
    return largestOf(this.reduce(row)) < NULL;
  }

  /** Adds a row; false when it was in the span already. */
  add(row: ArrayLike<number>): boolean {
    const rest = this.reduce(row);
    let pivot = 0;
    for (let i = 1; i < this.size; i += 1) if (Math.abs(rest[i]!) > Math.abs(rest[pivot]!)) pivot = i;
    const value = rest[pivot]!;
    if (Math.abs(value) < NULL) return false;
    for (let i = 0; i < this.size; i += 1) rest[i]! /= value;
    for (const basis of this.rows) {
      const factor = basis[pivot]!;
      if (factor === 0) continue;
      for (let i = 0; i < this.size; i += 1) basis[i]! -= factor * rest[i]!;
      basis[pivot] = 0;
    }
    this.rows.push(rest);
    this.pivots.push(pivot);
    return true;
  }

  /** A basis of the directions orthogonal to every row: n - rank vectors. */
  nullVectors(): Float64Array[] {
    const bound = new Set(this.pivots);
    const vectors: Float64Array[] = [];
    for (let free = 0; free < this.size; free += 1) {
      if (bound.has(free)) continue;
      const vector = new Float64Array(this.size);
      vector[free] = 1;
      for (const [k, basis] of this.rows.entries()) vector[this.pivots[k]!] = -basis[free]!;
      vectors.push(vector);
    }
    return vectors;
  }
}

function largestOf(row: Float64Array): number {
  let largest = 0;
  for (const value of row) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/**
 * Solves `rows . u = limits` by Gaussian elimination with complete pivoting, in doubles. Unknowns that the rows leave
 * free stay 0, and rows that are combinations of others are only read for `residual`: the largest |rows . u - limits|
 * among them, about 0 when the system agrees with itself.
 */
export function solveSystem(
  rows: readonly ArrayLike<number>[],
  limits: ArrayLike<number>,
  unknowns: number,
): { readonly solution: Float64Array; readonly residual: number } {
  const work = rows.map((row, r) => {
    const line = new Float64Array(unknowns + 1);
    for (let c = 0; c < unknowns; c += 1) line[c] = row[c] ?? 0;
    line[unknowns] = limits[r]!;
    return line;
  });
  const pivotColumns: number[] = [];
  const used = new Uint8Array(unknowns);
  for (let rank = 0; rank < work.length; rank += 1) {
    let bestRow = -1;
    let bestColumn = -1;
    let best = NULL;
    for (let r = rank; r < work.length; r += 1)
      for (let c = 0; c < unknowns; c += 1)
        if (used[c] === 0 && Math.abs(work[r]![c]!) > best) {
          best = Math.abs(work[r]![c]!);
          bestRow = r;
          bestColumn = c;
        }
    if (bestRow === -1) break;
    [work[rank], work[bestRow]] = [work[bestRow]!, work[rank]!];
    used[bestColumn] = 1;
    pivotColumns.push(bestColumn);
    const pivotRow = work[rank]!;
    for (const [r, row] of work.entries()) {
      if (r === rank) continue;
      const factor = row[bestColumn]! / pivotRow[bestColumn]!;
      if (factor === 0) continue;
      for (let c = 0; c <= unknowns; c += 1) row[c]! -= factor * pivotRow[c]!;
      row[bestColumn] = 0;
    }
  }
  const solution = new Float64Array(unknowns);
  for (const [k, column] of pivotColumns.entries())
    solution[column] = work[k]![unknowns]! / work[k]![column]!;
  let residual = 0;
  for (const row of work.slice(pivotColumns.length)) residual = Math.max(residual, Math.abs(row[unknowns]!));
  return { solution, residual };
}
