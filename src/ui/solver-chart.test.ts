import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addPoint, CHART, dotsOf, roundEdge, type SolverPoint, solverPaths } from './solver-chart.ts';

const numbers = (d: string): number[] => [...d.matchAll(/-?\d+(?:\.\d+)?/g)].map((m) => Number(m[0]));

test('nothing known draws nothing', () => {
  expect(solverPaths([{ seconds: 0, cost: null, bound: null }], 0)).toEqual({
    cost: '',
    bound: '',
    between: '',
    high: null,
    low: null,
  });
});

test('a value holds until the next: the cost goes right, then down', () => {
  const paths = solverPaths(
    [
      { seconds: 0, cost: 110, bound: 90 },
      { seconds: 5, cost: 100, bound: 90 },
    ],
    10,
  );
  // 10 s and 4 % of room: second 5 stands at 600 x 5 / 10.4 = 288.5.
  expect(paths.cost).toMatch(/^M0\.0 [\d.]+H288\.5V[\d.]+H600\.0$/);
  const [, first = 0, , second = 0] = numbers(paths.cost);
  expect(second).toBeGreaterThan(first);
  expect(paths.between.endsWith('Z')).toBe(true);
});

test('whatever the history, the drawing stays inside its field and the cost above the bound', () => {
  const history = fc
    .array(fc.record({ step: fc.nat(9), down: fc.nat(50), up: fc.nat(50) }), { minLength: 1, maxLength: 30 })
    .map((moves) => {
      let [seconds, cost, bound] = [0, 1e6, -1e6];
      return moves.map(({ step, down, up }): SolverPoint => {
        seconds += step;
        const middle = (cost + bound) / 2;
        cost -= ((cost - middle) * down) / 50;
        bound += ((middle - bound) * up) / 50;
        return { seconds, cost, bound };
      });
    });
  fc.assert(
    fc.property(history, (points) => {
      const paths = solverPaths(points, points.at(-1)?.seconds ?? 0);
      for (const d of [paths.cost, paths.bound, paths.between])
        for (const n of numbers(d)) {
          expect(n).toBeGreaterThanOrEqual(0);
          expect(n).toBeLessThanOrEqual(CHART.width);
        }
      const lastY = (d: string): number => Number(/(?: |V)([\d.]+)H[\d.]+$/.exec(d)?.[1]);
      expect(lastY(paths.cost)).toBeLessThanOrEqual(lastY(paths.bound));
    }),
  );
});

test('a history keeps what changed, in order, and thins itself', () => {
  const first: SolverPoint = { seconds: 1, cost: 10, bound: 5 };
  expect(addPoint([first], { seconds: 2, cost: 10, bound: 5 })).toEqual([first]);
  expect(addPoint([first], { seconds: 0.5, cost: 9, bound: 5 })).toEqual([first]);
  let points: readonly SolverPoint[] = [];
  for (let i = 0; i < 1000; i += 1) points = addPoint(points, { seconds: i, cost: 2000 - i, bound: 0 }, 100);
  expect(points.length).toBeLessThanOrEqual(100);
  expect(points.at(-1)?.seconds).toBe(999);
});

test('the mark fills with the time allowed and is full only at the end', () => {
  expect(dotsOf('waiting', 0, 60)).toBe(0);
  expect(dotsOf('running', 31, 60)).toBe(3);
  expect(dotsOf('running', 600, 60)).toBe(5);
  expect(dotsOf('finished', 1, 60)).toBe(6);
  expect(roundEdge(131_812.5, 'cents')).toBe(131_800);
});
