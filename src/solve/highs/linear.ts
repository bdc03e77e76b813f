import { type Highs, loadHighs } from './load.ts';

/** A row `lower <= values . x <= upper`; `values` has one entry a column, zeros included. */
export interface LinearRow {
  readonly values: ArrayLike<number>;
  readonly lower: number;
  readonly upper: number;
}

export interface LinearAnswer {
  readonly status: 'optimal' | 'infeasible' | 'unbounded' | 'unknown';
  readonly cost: number;
  /** Length: columns. */
  readonly x: Float64Array;
  /** Length: rows, in the order they were added. In a minimisation <= 0 where the upper limit binds, >= 0 where the lower does. */
  readonly rowDual: Float64Array;
}

/** A linear program that grows row by row, solved again from its last basis. */
export interface LinearProgram {
  readonly rowCount: number;
  addRows(rows: readonly LinearRow[]): void;
  /** Minimises `cost . x`. A solve blocks this thread. */
  solve(): LinearAnswer;
  close(): void;
}

/** HiGHS's least tolerance; its default, 1e-7, is too coarse to tell which rows are tight. */
const LINEAR_TOLERANCE = 1e-10;

/**
 * Opens a small dense linear program in this thread: minimise cost . x with lower <= x <= upper (-Infinity and
 * Infinity allowed). Tolerances are 1e-10, so scale rows and columns near 1. Close it: its memory is not collected.
 */
export async function openLinear(
  cost: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
): Promise<LinearProgram> {
  return openLinearWith(await loadHighs(), cost, lower, upper);
}

/** {@link openLinear} for an engine already loaded. */
export function openLinearWith(
  highs: Highs,
  cost: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
): LinearProgram {
  const columns = cost.length;
  const native = highs.createModel({
    numCols: columns,
    numRows: 0,
    colCost: Float64Array.from(cost),
    colLower: Float64Array.from(lower),
    colUpper: Float64Array.from(upper),
    rowLower: new Float64Array(0),
    rowUpper: new Float64Array(0),
    matrix: {
      format: 'csr',
      numRows: 0,
      numCols: columns,
      starts: new Int32Array(1),
      indices: new Int32Array(0),
      values: new Float64Array(0),
    },
  });
  native.options.set({
    output_flag: false,
    presolve: 'off',
    solver: 'simplex',
    primal_feasibility_tolerance: LINEAR_TOLERANCE,
    dual_feasibility_tolerance: LINEAR_TOLERANCE,
    small_matrix_value: 1e-12,
  });
  const { modelStatus } = highs.constants;
  let rowCount = 0;

  return {
    get rowCount() {
      return rowCount;
    },
    addRows(rows) {
      for (const row of rows) {
        const indices: number[] = [];
        const values: number[] = [];
        for (let column = 0; column < columns; column += 1) {
          if (row.values[column] === 0) continue;
          indices.push(column);
          values.push(row.values[column]!);
        }
        native.addRow(row.lower, row.upper, {
          indices: Int32Array.from(indices),
          values: Float64Array.from(values),
        });
        rowCount += 1;
      }
    },
    solve() {
      native.run();
      let status = native.getModelStatus();
      if (status !== modelStatus.optimal && status !== modelStatus.infeasible) {
        // A basis kept from smaller programs can leave the simplex stuck: once more from nothing.
        native.clearSolver();
        native.run();
        status = native.getModelStatus();
      }
      const solution = native.getSolution();
      return {
        status:
          status === modelStatus.optimal
            ? 'optimal'
            : status === modelStatus.infeasible
              ? 'infeasible'
              : status === modelStatus.unbounded || status === modelStatus.unboundedOrInfeasible
                ? 'unbounded'
                : 'unknown',
        cost: native.getObjectiveValue(),
        x: Float64Array.from(solution.colValue),
        rowDual: Float64Array.from(solution.rowDual),
      };
    },
    close() {
      native.dispose();
    },
  };
}
