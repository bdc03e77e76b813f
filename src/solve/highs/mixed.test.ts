import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { loadHighs } from './load.ts';
import {
  fits,
  type MixedModel,
  type MixedProgress,
  openMixed,
  safeBound,
  solveMixed,
  solveMixedHere,
  solveMixedWith,
} from './mixed.ts';

/** Rows as dense arrays `[coefficients, lower, upper]`, all columns binary unless said. */
function modelOf(
  costs: number[],
  rows: [number[], number, number][],
  integrality = new Uint8Array(costs.length).fill(1),
): MixedModel {
  const entries = rows.map(([row]) =>
    row.flatMap((value, column) => (value === 0 ? [] : [{ column, value }])),
  );
  const starts = [0];
  for (const row of entries) starts.push(starts.at(-1)! + row.length);
  return {
    numCols: costs.length,
    numRows: rows.length,
    colCost: Float64Array.from(costs),
    colLower: new Float64Array(costs.length),
    colUpper: new Float64Array(costs.length).fill(1),
    rowLower: Float64Array.from(rows, (row) => row[1]),
    rowUpper: Float64Array.from(rows, (row) => row[2]),
    starts: Int32Array.from(starts),
    indices: Int32Array.from(entries.flat(), (entry) => entry.column),
    values: Float64Array.from(entries.flat(), (entry) => entry.value),
    integrality,
  };
}

/** Least cost over all 2^n binary answers, or null where none fits. */
function enumerate(model: MixedModel): number | null {
  let least: number | null = null;
  for (let mask = 0; mask < 1 << model.numCols; mask += 1) {
    const columns = Float64Array.from({ length: model.numCols }, (_, column) => (mask >> column) & 1);
    if (!fits(model, columns)) continue;
    const cost = columns.reduce((sum, value, column) => sum + value * model.colCost[column]!, 0);
    least = least === null ? cost : Math.min(least, cost);
  }
  return least;
}

/** A generalised assignment that HiGHS does not finish in seconds: `jobs` on `agents`, tight capacities. */
function hardModel(agents: number, jobs: number): MixedModel {
  const load = (agent: number, job: number): number =>
    5 + ((agent * agent * 37 + job * job * 11 + agent * job * 7) % 21);
  const cost = (agent: number, job: number): number =>
    111 - load(agent, job) + ((agent * 31 + job * 17) % 21) - 10;
  const at = (agent: number, job: number): number => agent * jobs + job;
  const row = (pick: (agent: number, job: number) => number): number[] => {
    const dense = new Array<number>(agents * jobs).fill(0);
    for (let a = 0; a < agents; a += 1) for (let j = 0; j < jobs; j += 1) dense[at(a, j)] = pick(a, j);
    return dense;
  };
  const costs = row(cost);
  const each = Array.from({ length: jobs }, (_, j): [number[], number, number] => [
    row((_a, job) => (job === j ? 1 : 0)),
    1,
    1,
  ]);
  const capacity = Array.from({ length: agents }, (_, a): [number[], number, number] => {
    const total = Array.from({ length: jobs }, (_, j) => load(a, j)).reduce((x, y) => x + y, 0);
    return [
      row((agent, j) => (agent === a ? load(a, j) : 0)),
      Number.NEGATIVE_INFINITY,
      Math.floor((0.8 * total) / agents),
    ];
  });
  return modelOf(costs, [...each, ...capacity]);
}

const options = { seconds: 30, seed: 1 };
const engine = openMixed();
afterAll(() => engine.close());

describe('solveMixedWith', () => {
  it('agrees with enumeration on random binary models', async () => {
    const highs = await loadHighs();
    const coefficient = fc.integer({ min: -9, max: 9 });
    const model = fc.integer({ min: 1, max: 8 }).chain((n) =>
      fc
        .tuple(
          fc.array(coefficient, { minLength: n, maxLength: n }),
          fc.array(fc.tuple(fc.array(coefficient, { minLength: n, maxLength: n }), coefficient, fc.nat(9)), {
            maxLength: 4,
          }),
        )
        .map(([costs, rows]) =>
          modelOf(
            costs,
            rows.map(([row, lower, width]) => [row, lower, lower + width]),
          ),
        ),
    );
    fc.assert(
      fc.property(model, (m) => {
        const least = enumerate(m);
        const found = solveMixedWith(highs, m, options);
        expect(found.status).toBe(least === null ? 'infeasible' : 'optimal');
        expect(found.cost).toBe(least);
        if (least === null) return;
        expect(fits(m, found.solution!)).toBe(true);
        expect(found.bound!).toBeLessThanOrEqual(least);
        expect(Math.ceil(found.bound!) === least).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('starts from a given answer and never ends above it', async () => {
    const model = hardModel(5, 30);
    const first = await solveMixedHere(model, { ...options, nodes: 300 });
    expect(first.solution).not.toBeNull();
    const seen: MixedProgress[] = [];
    const second = await solveMixedHere(model, {
      ...options,
      nodes: 1,
      start: first.solution!,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen[0]!.cost).toBe(first.cost);
    expect(second.cost!).toBeLessThanOrEqual(first.cost!);
    expect(second.bound!).toBeLessThanOrEqual(second.cost!);
  });

  it('takes a start that does not fit as a hint only', async () => {
    const model = modelOf([1, 1], [[[1, 1], 1, 2]]);
    const found = await solveMixedHere(model, { ...options, start: new Float64Array(2) });
    expect(found).toMatchObject({ status: 'optimal', cost: 1 });
  });

  it('solves continuous models and models without rows', async () => {
    const linear = modelOf([-1, -2], [[[1, 1], 0, 1.5]], new Uint8Array(2));
    const found = await solveMixedHere(linear, options);
    expect(found.status).toBe('optimal');
    expect(found.cost).toBeCloseTo(-2.5, 9);
    expect(await solveMixedHere(modelOf([-3, 4], []), options)).toMatchObject({
      status: 'optimal',
      cost: -3,
    });
  });

  it('gives the same answer for the same seed and nodes', async () => {
    const model = hardModel(5, 25);
    const [one, two] = [
      await solveMixedHere(model, { seconds: Number.POSITIVE_INFINITY, seed: 7, nodes: 5 }),
      await solveMixedHere(model, { seconds: Number.POSITIVE_INFINITY, seed: 7, nodes: 5 }),
    ];
    expect(one).toEqual(two);
  });

  it('answers at once when no time is left or the flag is up', async () => {
    const model = modelOf([1], [[[1], 1, 1]]);
    const start = Float64Array.of(1);
    expect(await solveMixedHere(model, { seconds: 0, seed: 1 })).toMatchObject({
      status: 'unknown',
      cost: null,
    });
    expect(
      await solveMixedHere(model, { seconds: 9, seed: 1, start, cancel: Int32Array.of(1) }),
    ).toMatchObject({
      status: 'feasible',
      cost: 1,
      bound: null,
    });
  });
});

describe('a worker engine', () => {
  it('solves many models, one after the other', async () => {
    for (const least of [1, 2, 3]) {
      const found = await engine.solve(modelOf([1, 1, 1], [[[1, 1, 1], least, 3]]), options);
      expect(found).toMatchObject({ status: 'optimal', cost: least });
    }
  });

  it('refuses two models at once, and says what HiGHS says of a broken one', async () => {
    const model = modelOf([1], [[[1], 1, 1]]);
    const running = engine.solve(model, options);
    await expect(engine.solve(model, options)).rejects.toThrow('one model at a time');
    await running;
    const broken = { ...model, indices: Int32Array.of(5) };
    await expect(engine.solve(broken, options)).rejects.toThrow();
    expect(await engine.solve(model, options)).toMatchObject({ status: 'optimal' });
  });

  it('stops when the flag goes up and keeps the best answer and a true bound', async () => {
    const model = hardModel(20, 200);
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    const found = await engine.solve(model, {
      seconds: 1000,
      seed: 1,
      cancel,
      onProgress: ({ cost, bound }) => {
        if (cost !== null && bound !== null) Atomics.store(cancel, 0, 1);
      },
    });
    expect(found.status).toBe('feasible');
    expect(fits(model, found.solution!)).toBe(true);
    expect(found.bound!).toBeLessThanOrEqual(found.cost!);
    expect(await engine.solve(modelOf([1], [[[1], 1, 1]]), options)).toMatchObject({ cost: 1 });
  });

  it('settles a running solve when it is closed', async () => {
    const own = openMixed();
    const model = hardModel(20, 200);
    const running = own.solve(model, { seconds: 1000, seed: 1 });
    await own.close();
    expect((await running).status).toBe('unknown');
  });

  it('solveMixed ends its worker by itself', async () => {
    expect(await solveMixed(modelOf([2, 1], [[[1, 1], 1, 1]]), options)).toMatchObject({
      status: 'optimal',
      cost: 1,
    });
  });
});

it('a safe bound lies below the dual bound by the tolerances', () => {
  // 2 binaries: 2 x 1e-7, and 1e-9 x 100.
  expect(safeBound(modelOf([1, 1], []), 100)).toBeCloseTo(100 - 2e-7 - 1e-7, 12);
});
