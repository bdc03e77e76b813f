import { type Highs, loadHighs } from '../highs/load.ts';

/** `coefficients` of columns, by column index. */
export type Terms = readonly (readonly [column: number, coefficient: number])[];

export type LinearOutcome =
  | { readonly status: 'optimal'; readonly objective: number; readonly values: Float64Array }
  /** Time ran out: `bound` is a true lower bound, `values` the best found if any. */
  | { readonly status: 'limit'; readonly bound: number; readonly values: Float64Array | null }
  | { readonly status: 'infeasible' };

/** Something was not proved: time ran out, or the engine failed. Neither a breach nor a proof. */
export class Unproved extends Error {}

/** Tightest tolerances that HiGHS takes without complaint: the checkers compare at 1e-7 and coarser. */
const TOLERANCE = 1e-9;

/**
 * A linear or mixed-integer model to minimise, written row by row. Meant for checkers: plain, without warm starts or
 * hints.
 */
export class LinearModel {
  private readonly costs: number[] = [];
  private readonly lower: number[] = [];
  private readonly upper: number[] = [];
  private readonly whole: boolean[] = [];
  private readonly rowLower: number[] = [];
  private readonly rowUpper: number[] = [];
  private readonly starts: number[] = [0];
  private readonly indices: number[] = [];
  private readonly coefficients: number[] = [];

  /** Adds a column and returns its index. */
  column(cost: number, lower: number, upper: number, integer = false): number {
    this.costs.push(cost);
    this.lower.push(lower);
    this.upper.push(upper);
    this.whole.push(integer);
    return this.costs.length - 1;
  }

  /** Adds `lower <= sum of terms <= upper`. A column may come more than once. */
  row(lower: number, upper: number, terms: Terms): void {
    const sums = new Map<number, number>();
    for (const [column, coefficient] of terms) sums.set(column, (sums.get(column) ?? 0) + coefficient);
    for (const [column, coefficient] of sums) {
      if (coefficient === 0) continue;
      this.indices.push(column);
      this.coefficients.push(coefficient);
    }
    this.starts.push(this.indices.length);
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
  }

  /** Replaces the objective. */
  objective(terms: Terms): void {
    this.costs.fill(0);
    for (const [column, coefficient] of terms) this.costs[column]! += coefficient;
  }

  /**
   * Minimises. Integer models stop once the objective is proved within `gap` (absolute). `seconds` limits integer
   * models only. Throws {@link Unproved} when HiGHS fails; an unbounded model is a bug of the caller.
   */
  async minimise(options: { readonly seconds?: number; readonly gap?: number } = {}): Promise<LinearOutcome> {
    const highs = await loadHighs();
    try {
      return this.solve(highs, options.seconds ?? Number.POSITIVE_INFINITY, options.gap ?? 0);
    } catch (error) {
      if (error instanceof Unproved || error instanceof highs.errors.HighsValidationError) throw error;
      throw new Unproved('HiGHS failed', { cause: error }); // out of memory, as a rule
    }
  }

  private solve(highs: Highs, seconds: number, gap: number): LinearOutcome {
    const { modelStatus, variableType } = highs.constants;
    if (this.costs.length === 0) {
      // HiGHS calls such a model empty whatever its rows ask.
      const holds = this.rowLower.every((low, k) => low <= 0 && this.rowUpper[k]! >= 0);
      return holds
        ? { status: 'optimal', objective: 0, values: new Float64Array() }
        : { status: 'infeasible' };
    }
    const integer = this.whole.includes(true);
    using model = highs.createModel({
      numCols: this.costs.length,
      numRows: this.rowLower.length,
      colCost: this.costs,
      colLower: this.lower,
      colUpper: this.upper,
      rowLower: this.rowLower,
      rowUpper: this.rowUpper,
      matrix: {
        format: 'csr',
        numRows: this.rowLower.length,
        numCols: this.costs.length,
        starts: this.starts,
        indices: this.indices,
        values: this.coefficients,
      },
      ...(integer
        ? { integrality: this.whole.map((w) => (w ? variableType.integer : variableType.continuous)) }
        : {}),
    });
    model.options.set({
      output_flag: false,
      primal_feasibility_tolerance: TOLERANCE,
      dual_feasibility_tolerance: TOLERANCE,
      mip_feasibility_tolerance: TOLERANCE,
      mip_rel_gap: 0,
      mip_abs_gap: gap,
      ...(Number.isFinite(seconds) ? { time_limit: Math.max(0.01, seconds) } : {}),
    });
    model.run();
    const status = model.getModelStatus();
    switch (status) {
      case modelStatus.optimal:
        return {
          status: 'optimal',
          objective: model.getObjectiveValue(),
          values: model.getSolution().colValue,
        };
      case modelStatus.infeasible:
      case modelStatus.unboundedOrInfeasible: // no model of a checker is unbounded
        return { status: 'infeasible' };
      case modelStatus.timeLimit: {
        const bound = Number(model.info.get('mip_dual_bound'));
        const feasible =
          Number(model.info.get('primal_solution_status')) === highs.constants.solutionStatus.feasible;
        return { status: 'limit', bound, values: feasible ? model.getSolution().colValue : null };
      }
      default:
        throw new Unproved(`HiGHS ended with model status ${status}`);
    }
  }
}
