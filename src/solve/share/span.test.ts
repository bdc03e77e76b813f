import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Span, solveSystem } from './span.ts';

const row = (size: number) => fc.array(fc.integer({ min: -3, max: 3 }), { minLength: size, maxLength: size });
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, v, i) => sum + v * b[i]!, 0);

it('knows combinations of its rows, and the directions they leave', () =>
  fc.assert(
    fc.property(
      fc.array(row(5), { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 6, maxLength: 6 }),
      (rows, factors) => {
        const span = new Span(5);
        let rank = 0;
        for (const r of rows) if (span.add(r)) rank += 1;
        expect(span.rank).toBe(rank);
        const combination = [0, 1, 2, 3, 4].map((i) =>
          rows.reduce((sum, r, k) => sum + factors[k]! * r[i]!, 0),
        );
        expect(span.has(combination)).toBe(true);
        const directions = span.nullVectors();
        expect(directions).toHaveLength(5 - rank);
        for (const direction of directions) {
          expect(span.has(direction)).toBe(false);
          for (const r of rows) expect(Math.abs(dot(r, direction))).toBeLessThan(1e-9);
        }
      },
    ),
  ));

it('solves a system that agrees with itself, more rows than needed', () =>
  fc.assert(
    fc.property(fc.array(row(4), { minLength: 1, maxLength: 7 }), row(4), (rows, x) => {
      const limits = rows.map((r) => dot(r, x));
      const { solution, residual } = solveSystem(rows, limits, 4);
      expect(residual).toBeLessThan(1e-9);
      for (const [k, r] of rows.entries()) expect(Math.abs(dot(r, solution) - limits[k]!)).toBeLessThan(1e-9);
    }),
  ));

it('tells by how much a system disagrees', () => {
  expect(
    solveSystem(
      [
        [1, 0],
        [2, 0],
      ],
      [1, 5],
      2,
    ).residual,
  ).toBeGreaterThan(1);
});
