import { expect, it } from 'vitest';
import { openLinear } from './linear.ts';

const free = Number.NEGATIVE_INFINITY;

it('solves, grows and tells which rows bind', async () => {
  // min -x - y, x + 2y <= 4, 3x + y <= 6, x and y from 0: the corner x = 1.6, y = 1.2.
  const program = await openLinear([-1, -1], [0, 0], [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  program.addRows([
    { values: [1, 2], lower: free, upper: 4 },
    { values: [3, 1], lower: free, upper: 6 },
  ]);
  const first = program.solve();
  expect(first.status).toBe('optimal');
  expect(first.x[0]).toBeCloseTo(1.6, 12);
  expect(first.x[1]).toBeCloseTo(1.2, 12);
  expect(first.cost).toBeCloseTo(-2.8, 12);
  // Duals solve u + 3v = -1, 2u + v = -1.
  expect(first.rowDual[0]).toBeCloseTo(-0.4, 12);
  expect(first.rowDual[1]).toBeCloseTo(-0.2, 12);
  program.addRows([{ values: [1, 0], lower: free, upper: 1 }]);
  expect(program.rowCount).toBe(3);
  expect(program.solve().cost).toBeCloseTo(-2.5, 12);
  program.close();
});

it('tells infeasible and unbounded programs', async () => {
  const infeasible = await openLinear([1], [0], [1]);
  infeasible.addRows([{ values: [1], lower: 2, upper: 3 }]);
  expect(infeasible.solve().status).toBe('infeasible');
  infeasible.close();
  const unbounded = await openLinear([-1], [0], [Number.POSITIVE_INFINITY]);
  unbounded.addRows([{ values: [1], lower: 0, upper: Number.POSITIVE_INFINITY }]);
  expect(unbounded.solve().status).toBe('unbounded');
  unbounded.close();
});
