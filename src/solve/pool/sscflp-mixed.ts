import type { MixedModel } from '../highs/mixed.ts';
import { CLOSED, OPEN, type Region, type SscflpModel } from './sscflp-relaxation.ts';

/** A region as a mixed-integer programme, and the way back. */
export interface SscflpProgramme {
  readonly mixed: MixedModel;
  /** The columns of an answer; one outside the region does not fit the programme. */
  columnsOf(assign: ArrayLike<number>): Float64Array;
  /** The facility of each customer in a solution. */
  assignmentOf(solution: Float64Array): Int32Array;
}

/** Columns that {@link buildProgramme} would make. */
export function countColumns({ facilities, customers }: SscflpModel, region: Region): number {
  let count = 0;
  for (let j = 0; j < facilities; j += 1) {
    if (region.facility[j] === CLOSED) continue;
    count += 1;
    for (let i = 0; i < customers; i += 1) if (region.barred[j * customers + i] === 0) count += 1;
  }
  return count;
}

/**
 * What a region leaves: y_j for facilities that are not closed, x_ij for pairs that are not barred.
 *
 *   min sum_j fixed_j y_j + sum_ij cost_ij x_ij
 *   sum_j x_ij = 1;  sum_i demand_i x_ij <= capacity_j y_j;  x_ij <= y_j;  sum_j capacity_j y_j >= sum_i demand_i
 *
 * x_ij <= y_j is left out where j is open for good, where it says nothing.
 */
export function buildProgramme(model: SscflpModel, region: Region): SscflpProgramme {
  const { facilities, customers, fixed, cost, capacity, demand } = model;
  const usable = Array.from({ length: facilities }, (_, j) => j).filter((j) => region.facility[j] !== CLOSED);
  const columnOfFacility = new Int32Array(facilities).fill(-1);
  for (const [column, j] of usable.entries()) columnOfFacility[j] = column;
  const pairs = usable.flatMap((j) =>
    Array.from({ length: customers }, (_, i) => ({ i, j, at: j * customers + i })).filter(
      ({ at }) => region.barred[at] === 0,
    ),
  );
  const columnOfPair = new Int32Array(facilities * customers).fill(-1);
  for (const [k, { at }] of pairs.entries()) columnOfPair[at] = usable.length + k;
  const numCols = usable.length + pairs.length;

  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  const addRow = (lower: number, upper: number, entries: readonly (readonly [number, number])[]): void => {
    for (const [column, value] of entries) {
      indices.push(column);
      values.push(value);
    }
    starts.push(indices.length);
    rowLower.push(lower);
    rowUpper.push(upper);
  };
  const pairsOf = (wanted: (pair: { i: number; j: number }) => boolean) => pairs.filter(wanted);
  const least = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < customers; i += 1) {
    addRow(
      1,
      1,
      pairsOf((pair) => pair.i === i).map(({ at }) => [columnOfPair[at]!, 1]),
    );
  }
  for (const j of usable) {
    const own = pairsOf((pair) => pair.j === j);
    addRow(least, 0, [
      [columnOfFacility[j]!, -capacity[j]!],
      ...own.filter(({ i }) => demand[i]! > 0).map(({ i, at }) => [columnOfPair[at]!, demand[i]!] as const),
    ]);
    if (region.facility[j] === OPEN) continue;
    for (const { at } of own)
      addRow(least, 0, [
        [columnOfPair[at]!, 1],
        [columnOfFacility[j]!, -1],
      ]);
  }
  const total = demand.reduce((sum, d) => sum + d, 0);
  if (total > 0) {
    addRow(
      total,
      Number.POSITIVE_INFINITY,
      usable.filter((j) => capacity[j]! > 0).map((j) => [columnOfFacility[j]!, capacity[j]!]),
    );
  }

  const mixed: MixedModel = {
    numCols,
    numRows: rowLower.length,
    colCost: Float64Array.from([...usable.map((j) => fixed[j]!), ...pairs.map(({ at }) => cost[at]!)]),
    colLower: Float64Array.from({ length: numCols }, (_, column) =>
      column < usable.length && region.facility[usable[column]!] === OPEN ? 1 : 0,
    ),
    colUpper: new Float64Array(numCols).fill(1),
    rowLower: Float64Array.from(rowLower),
    rowUpper: Float64Array.from(rowUpper),
    starts: Int32Array.from(starts),
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
    integrality: new Uint8Array(numCols).fill(1),
  };
  return {
    mixed,
    columnsOf: (assign) => {
      const columns = new Float64Array(numCols);
      for (let column = 0; column < usable.length; column += 1) columns[column] = mixed.colLower[column]!;
      for (let i = 0; i < customers; i += 1) {
        const j = assign[i]!;
        const pair = columnOfPair[j * customers + i]!;
        if (pair === -1) continue;
        columns[pair] = 1;
        columns[columnOfFacility[j]!] = 1;
      }
      return columns;
    },
    assignmentOf: (solution) => {
      const assign = new Int32Array(customers).fill(-1);
      for (const { i, j, at } of pairs) if (solution[columnOfPair[at]!]! > 0.5) assign[i] = j;
      return assign;
    },
  };
}
