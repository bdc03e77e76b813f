import { openLinearWith } from '../highs/linear.ts';
import { loadHighs } from '../highs/load.ts';
import { Span, solveSystem } from './span.ts';

/** A linear row over the divisions: its excess at x is `values . x - limit`. */
export interface Row {
  /** Names the row; one row a key. */
  readonly key: string;
  readonly values: Float64Array;
  readonly limit: number;
}

/**
 * Rows too many to list: asked for those whose excess at `x` is above `level` and which are not constant on the
 * divisions left (`span`), the largest first, at most some dozens; empty when there is none.
 */
export type RowSource = (x: Float64Array, level: number, span: Span) => readonly Row[];

/** Asked between two linear programs; true ends the work with what is known. */
export type ShouldStop = () => boolean | Promise<boolean>;

/** Thrown where a sequence of programs was ended early; `x` is the best division so far. */
export class Stopped extends Error {
  readonly x: Float64Array;
  constructor(x: Float64Array) {
    super('stopped before the sequence of linear programs was complete');
    this.x = x;
  }
}

/** A row known to be tight: values . x - levels[level] = limit, without the level when it is null. */
interface Tight {
  readonly values: Float64Array;
  readonly limit: number;
  readonly level: number | null;
}

/** A family of rows that may not exceed a level: a fixed 0 (null), or one found by an earlier step. */
interface Hard {
  readonly source: RowSource;
  readonly level: number | null;
  readonly pool: Map<string, Row>;
}

/** Excesses that differ by less are equal. Costs are scaled to 1, programs are solved to 1e-10. */
const TIGHT = 2e-10;
/** A dual (they add up to 1 over the rows of a level) above this is positive. */
const POSITIVE = 1e-7;
/** Two levels that differ by less are one. */
const SAME_LEVEL = 1e-9;

/**
 * Finds, step by step, the divisions that minimise the largest excess of a family of rows, then the next largest,
 * and so on (lexicographic minimax): the nucleolus, the least core, and differences of relative saving are of this
 * kind.
 *
 * Each step is one linear program, min t with excess <= t on every row that is not yet constant, its rows generated
 * as they are violated. A row whose dual is positive is tight in *every* optimal division (complementary slackness),
 * so that it may be fixed; a row that happens to be tight in the one found may not, and is not. The positive duals of
 * a level add up to 1 over rows outside the span of the fixed ones, so that each step adds one dimension at least,
 * degenerate or not. Should a row be tight in every optimal division while this dual is 0, the next step finds the
 * same level again and fixes it then.
 *
 * All rows fixed so form a linear system that determines divisions and levels; it is solved in doubles after each
 * step, so that the answer does not carry the tolerance of the linear programs.
 *
 * Costs must be scaled so that divisions lie in [-box, box].
 */
export class Lexicographic {
  readonly size: number;
  readonly span: Span;
  /** The current division. */
  x: Float64Array;
  /** Linear programs solved. */
  programs = 0;
  private readonly box: number;
  private readonly shouldStop: ShouldStop;
  private readonly tight: Tight[] = [];
  private readonly hard: Hard[] = [];
  private levels: number[] = [];
  private lastSource: RowSource | null = null;
  private readonly pools = new Map<RowSource, Map<string, Row>>();

  constructor(start: ArrayLike<number>, box: number, shouldStop: ShouldStop) {
    this.size = start.length;
    this.span = new Span(this.size);
    this.x = Float64Array.from(start);
    this.box = box;
    this.shouldStop = shouldStop;
  }

  /** Keeps only divisions with excess 0 of the row. */
  fix(row: Row): void {
    this.span.add(row.values);
    this.tight.push({ values: row.values, limit: row.limit, level: null });
    this.polish();
  }

  /** Keeps only divisions with excess at most 0, or at most the level of an earlier step. */
  limit(source: RowSource, level: number | null = null): void {
    this.hard.push({ source, level, pool: this.poolOf(source) });
  }

  private poolOf(source: RowSource): Map<string, Row> {
    const pool = this.pools.get(source) ?? new Map<string, Row>();
    this.pools.set(source, pool);
    return pool;
  }

  private valueOf(level: number | null): number {
    return level === null ? 0 : this.levels[level]!;
  }

  /**
   * One step: minimises the largest excess over the rows of `source` that are not constant yet, fixes the rows that
   * every optimal division has at that level, and returns the level's number for {@link limit}; null when all of
   * them are constant. `seeds` are rows to begin with. The level is never below `floor`: with the largest excess of
   * the constant rows there, it is the largest of all rows.
   */
  async minimiseLargest(
    source: RowSource,
    seeds: readonly Row[] = [],
    floor = Number.NEGATIVE_INFINITY,
  ): Promise<number | null> {
    const pool = this.poolOf(source);
    for (const row of seeds) pool.set(row.key, row);
    const highs = await loadHighs();
    const { size, box } = this;
    const columns = size + 1;
    const column = (at: (i: number) => number, level: number): Float64Array =>
      Float64Array.from({ length: columns }, (_, i) => (i < size ? at(i) : level));
    const program = openLinearWith(
      highs,
      column(() => 0, 1),
      column(() => -box, Math.max(floor, -box * (size + 2))),
      column(() => box, Number.POSITIVE_INFINITY),
    );
    try {
      for (const row of this.tight) {
        const limit = row.limit + this.valueOf(row.level);
        program.addRows([{ values: column((i) => row.values[i]!, 0), lower: limit, upper: limit }]);
      }
      const first = program.rowCount;
      const added: { row: Row; hard: Hard | null }[] = [];
      const inProgram = new Set<string>();
      const add = (row: Row, hard: Hard | null): boolean => {
        const key = `${hard ? this.hard.indexOf(hard) : 'level'} ${row.key}`;
        if (inProgram.has(key) || this.span.has(row.values)) return false;
        inProgram.add(key);
        const upper = row.limit + (hard ? this.valueOf(hard.level) : 0);
        const values = column((i) => row.values[i]!, hard ? 0 : -1);
        program.addRows([{ values, lower: Number.NEGATIVE_INFINITY, upper }]);
        added.push({ row, hard });
        return true;
      };
      for (const hard of this.hard) for (const row of hard.pool.values()) add(row, hard);
      let isEmpty = true;
      for (const row of pool.values()) isEmpty = !add(row, null) && isEmpty;
      if (isEmpty) {
        const some = source(this.x, Number.NEGATIVE_INFINITY, this.span);
        if (some.length === 0) return null;
        for (const row of some) {
          pool.set(row.key, row);
          add(row, null);
        }
      }

      for (;;) {
        if (await this.shouldStop()) throw new Stopped(this.x);
        const answer = program.solve();
        this.programs += 1;
        if (answer.status !== 'optimal')
          throw new Error(`a linear program of the sequence ended ${answer.status}`);
        const x = answer.x.subarray(0, size);
        const level = answer.x[size]!;
        let grew = false;
        for (const hard of this.hard)
          for (const row of hard.source(x, this.valueOf(hard.level) + TIGHT, this.span)) {
            hard.pool.set(row.key, row);
            grew = add(row, hard) || grew;
          }
        for (const row of source(x, level + TIGHT, this.span)) {
          pool.set(row.key, row);
          grew = add(row, null) || grew;
        }
        if (grew) continue;
        this.x = Float64Array.from(x);
        const number = this.levelNumber(level, source);
        if (level - floor < SAME_LEVEL)
          this.tight.push({ values: new Float64Array(size), limit: -floor, level: number });
        for (const [k, { row, hard }] of added.entries())
          if (-answer.rowDual[first + k]! > POSITIVE) {
            this.span.add(row.values);
            this.tight.push({ values: row.values, limit: row.limit, level: hard ? hard.level : number });
          }
        this.polish();
        return number;
      }
    } finally {
      program.close();
    }
  }

  /** A new level, or the last one when it is of the same family and has the same value. */
  private levelNumber(value: number, source: RowSource): number {
    const last = this.levels.length - 1;
    if (this.lastSource === source && Math.abs(this.levels[last]! - value) < SAME_LEVEL) return last;
    this.lastSource = source;
    this.levels.push(value);
    return last + 1;
  }

  /** Moves division and levels onto the rows known to be tight, by the least elimination that makes them agree. */
  private polish(): void {
    const { size } = this;
    const unknowns = size + this.levels.length;
    const rows = this.tight.map((t) => {
      const row = new Float64Array(unknowns);
      row.set(t.values);
      if (t.level !== null) row[size + t.level] = -1;
      return row;
    });
    const at = [...this.x, ...this.levels];
    const gaps = rows.map((row, r) => {
      let excess = -this.tight[r]!.limit;
      for (let c = 0; c < unknowns; c += 1) excess += row[c]! * at[c]!;
      return -excess;
    });
    const { solution, residual } = solveSystem(rows, gaps, unknowns);
    if (residual > 1e-7) throw new Error(`the rows found tight disagree by ${residual}`);
    this.x = this.x.map((v, i) => v + solution[i]!);
    this.levels = this.levels.map((v, k) => v + solution[size + k]!);
  }
}
