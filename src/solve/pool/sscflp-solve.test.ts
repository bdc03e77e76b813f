import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadHighs } from '../highs/load.ts';
import { solveMixedWith } from '../highs/mixed.ts';
import { seededRandom } from '../random.ts';
import { checkSscflp } from './check-sscflp.ts';
import { costOf, type SscflpInstance } from './sscflp.ts';
import { createBranch } from './sscflp-branch.ts';
import { buildProgramme } from './sscflp-mixed.ts';
import { leastFirst } from './sscflp-queue.ts';
import { createRelaxation, leastCost, sscflpModel, wholeRegion } from './sscflp-relaxation.ts';
import { type SscflpOutcome, solveSscflp } from './sscflp-solve.ts';

const float = (values: readonly number[]) => Float64Array.from(values);

/** Small instances, some without an answer; costs and demands in steps of 1 / `per`. */
const instances = (per: number, most = { facilities: 4, customers: 6 }): fc.Arbitrary<SscflpInstance> =>
  fc
    .tuple(fc.integer({ min: 1, max: most.facilities }), fc.integer({ min: 1, max: most.customers }))
    .chain(([facilities, customers]) => {
      const some = (length: number, min: number, max: number) =>
        fc
          .array(fc.integer({ min: min * per, max: max * per }), { minLength: length, maxLength: length })
          .map((values) => float(values.map((value) => value / per)));
      return fc.record({
        facilities: fc.constant(facilities),
        customers: fc.constant(customers),
        capacity: some(facilities, 0, 25),
        fixedCost: some(facilities, 0, 60),
        demand: some(customers, 0, 9),
        cost: some(facilities * customers, 0, 30),
      });
    });

/** The least cost over all assignments that keep the capacities; null where none does. */
function enumerate(instance: SscflpInstance): number | null {
  const { facilities, customers, capacity, demand } = instance;
  let least: number | null = null;
  for (let code = 0; code < facilities ** customers; code += 1) {
    const assign = Array.from(
      { length: customers },
      (_, i) => Math.floor(code / facilities ** i) % facilities,
    );
    const load = new Float64Array(facilities);
    for (const [i, j] of assign.entries()) load[j]! += demand[i]!;
    if (load.some((l, j) => l > capacity[j]! + 1e-9)) continue;
    const cost = costOf(instance, { open: [...new Set(assign)], assign });
    least = least === null ? cost : Math.min(least, cost);
  }
  return least;
}

const violationsOf = (instance: SscflpInstance, { answer }: SscflpOutcome) => {
  const rows = Array.from({ length: instance.customers }, (_, i) => [
    ...instance.cost.slice(i * instance.facilities, (i + 1) * instance.facilities),
  ]);
  const read = {
    capacities: [...instance.capacity],
    fixedCosts: [...instance.fixedCost],
    demands: [...instance.demand],
    assignmentCosts: rows,
  };
  return answer === null ? [] : checkSscflp(read, answer);
};

/** Runs the own search to its end. */
function prove(instance: SscflpInstance, seed = 1) {
  const branch = createBranch(sscflpModel(instance), seededRandom(seed));
  for (const _ of branch.run());
  return branch.state();
}

/** An instance in the manner of the published ones. */
function plausible(facilities: number, customers: number, slack: number, seed: number): SscflpInstance {
  const random = seededRandom(seed);
  const between = (low: number, high: number): number => low + random.below(high - low + 1);
  const demand = float(Array.from({ length: customers }, () => between(10, 50)));
  const mean = (slack * demand.reduce((a, b) => a + b, 0)) / facilities;
  return {
    facilities,
    customers,
    demand,
    capacity: float(Array.from({ length: facilities }, () => Math.round(mean * (0.7 + 0.6 * random.next())))),
    fixedCost: float(Array.from({ length: facilities }, () => between(300, 700))),
    cost: float(Array.from({ length: facilities * customers }, () => between(10, 400))),
  };
}

describe('the own search', () => {
  it.each([1, 10, 7])('proves what enumeration finds, in steps of 1/%i', (per) => {
    fc.assert(
      fc.property(instances(per), (instance) => {
        const least = enumerate(instance);
        const { best, bound, isProved } = prove(instance);
        expect(isProved).toBe(true);
        if (least === null) {
          expect(best).toBeNull();
          expect(bound).toBe(Number.POSITIVE_INFINITY);
        } else {
          expect(best!.cost / sscflpModel(instance).scale).toBeCloseTo(least, 6);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('fills a facility to its brim where the sum of the demands comes out a hair above it', () => {
    // 60/7 + 62/7 + 41/7 = 163/7, but not in doubles.
    const sevenths = (values: readonly number[]) => float(values.map((value) => value / 7));
    const instance: SscflpInstance = {
      facilities: 3,
      customers: 5,
      capacity: sevenths([163, 61, 42]),
      fixedCost: sevenths([2, 7, 0]),
      demand: sevenths([0, 42, 60, 62, 41]),
      cost: sevenths([0, 0, 0, 0, 5, 0, 0, 5, 0, 0, 0, 0, 13, 12, 2]),
    };
    const { best, isProved } = prove(instance);
    expect(isProved).toBe(true);
    expect(best!.cost / sscflpModel(instance).scale).toBeCloseTo(enumerate(instance)!, 6);
    expect(enumerate(instance)).toBeCloseTo(15 / 7, 6);
  });

  it('says that there is no answer where a demand dwarfs every capacity', () => {
    const dwarfed: SscflpInstance = {
      facilities: 2,
      customers: 2,
      capacity: float([0, 1 / 7]),
      fixedCost: float([0, 0]),
      demand: float([0, 1e9 / 7]),
      cost: float([0, 0, 0, 0]),
    };
    expect(prove(dwarfed)).toMatchObject({ best: null, bound: Number.POSITIVE_INFINITY, isProved: true });
  });

  it('never claims a bound above the optimum on the way', () => {
    fc.assert(
      fc.property(instances(1, { facilities: 4, customers: 5 }), (instance) => {
        const least = enumerate(instance) ?? Number.POSITIVE_INFINITY;
        const branch = createBranch(sscflpModel(instance), seededRandom(3));
        for (const _ of branch.run()) expect(branch.state().bound).toBeLessThanOrEqual(least);
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of facilities and customers', () => {
    const instance = plausible(6, 18, 1.6, 5);
    const { facilities, customers } = instance;
    const shuffled = (count: number, seed: number): number[] => {
      const random = seededRandom(seed);
      const order = Array.from({ length: count }, (_, k) => ({ k, at: random.next() }));
      return order.sort((a, b) => a.at - b.at).map(({ k }) => k);
    };
    const [js, is] = [shuffled(facilities, 1), shuffled(customers, 2)];
    const relabelled: SscflpInstance = {
      facilities,
      customers,
      capacity: float(js.map((j) => instance.capacity[j]!)),
      fixedCost: float(js.map((j) => instance.fixedCost[j]!)),
      demand: float(is.map((i) => instance.demand[i]!)),
      cost: float(is.flatMap((i) => js.map((j) => instance.cost[i * facilities + j]!))),
    };
    expect(prove(relabelled).best!.cost).toBe(prove(instance).best!.cost);
  });

  it('agrees with HiGHS on a larger instance', async () => {
    const model = sscflpModel(plausible(8, 24, 1.8, 11));
    const programme = buildProgramme(model, wholeRegion(model));
    const found = solveMixedWith(await loadHighs(), programme.mixed, {
      seconds: 60,
      seed: 1,
      absoluteGap: 0.999,
    });
    expect(found.status).toBe('optimal');
    expect(prove(plausible(8, 24, 1.8, 11)).best!.cost).toBe(found.cost);
  });
});

describe('the relaxation', () => {
  it('does the sums of the worked example', () => {
    const model = sscflpModel({
      facilities: 2,
      customers: 3,
      capacity: float([10, 12]),
      fixedCost: float([100, 90]),
      demand: float([4, 5, 6]),
      cost: float([1, 2, 3, 4, 5, 6]),
    });
    const { evaluate, relaxed } = createRelaxation(model);
    // 12 in prices; the first facility keeps 1 + 1 of 100, the second nothing of 90; both open, 22 for 15.
    expect(evaluate(wholeRegion(model), float([2, 4, 6]))).toBe(200);
    expect([...relaxed.reduced]).toEqual([98, 90]);
    expect([...relaxed.open]).toEqual([1, 1]);
  });

  it('bounds the optimum from below at any prices', () => {
    fc.assert(
      fc.property(
        instances(1),
        fc.array(fc.double({ min: -20, max: 80, noNaN: true }), { minLength: 6, maxLength: 6 }),
        (instance, prices) => {
          const model = sscflpModel(instance);
          const relaxation = createRelaxation(model);
          const value = relaxation.evaluate(wholeRegion(model), float(prices.slice(0, instance.customers)));
          expect(leastCost(model, value)).toBeLessThanOrEqual(
            enumerate(instance) ?? Number.POSITIVE_INFINITY,
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('narrows without losing an answer of the limit or less', async () => {
    const highs = await loadHighs();
    fc.assert(
      fc.property(
        instances(1),
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 6, maxLength: 6 }),
        (instance, prices) => {
          const least = enumerate(instance);
          fc.pre(least !== null);
          const model = sscflpModel(instance);
          const relaxation = createRelaxation(model);
          const region = wholeRegion(model);
          relaxation.evaluate(region, float(prices.slice(0, instance.customers)));
          expect(relaxation.narrow(region, least!)).toBe(true);
          const left = solveMixedWith(highs, buildProgramme(model, region).mixed, { seconds: 30, seed: 1 });
          expect(left.cost).toBeCloseTo(least!, 6);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('solveSscflp', () => {
  const budget = { iterations: 400 };

  it('gives the same answer for the same seed and iterations', async () => {
    const instance = plausible(12, 40, 1.4, 2);
    const one = await solveSscflp(instance, { budget, seed: 9 });
    const two = await solveSscflp(instance, { budget, seed: 9 });
    expect({ ...one, secondsToBest: 0 }).toEqual({ ...two, secondsToBest: 0 });
    expect(violationsOf(instance, one)).toEqual([]);
    expect(one.bound!).toBeLessThanOrEqual(one.cost!);
    expect(one.cost).toBe(costOf(instance, one.answer!));
  });

  it('is accepted by the checker, bound and all, on decimal instances', async () => {
    await fc.assert(
      fc.asyncProperty(instances(10), async (instance) => {
        const least = enumerate(instance);
        const outcome = await solveSscflp(instance, { budget: { iterations: 20_000 }, seed: 1 });
        expect(violationsOf(instance, outcome)).toEqual([]);
        expect(outcome.isProved).toBe(true);
        if (least === null) expect(outcome).toMatchObject({ answer: null, cost: null, bound: null });
        else {
          expect(outcome.cost!).toBeCloseTo(least, 9);
          expect(outcome.bound!).toBeLessThanOrEqual(outcome.cost!);
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each([1, 2])('hands what is left to HiGHS, with %i threads, and keeps a true bound', async (threads) => {
    const instance = plausible(20, 60, 1.2, 1);
    const outcome = await solveSscflp(instance, { budget: { seconds: 4.5 }, seed: 1, threads });
    expect(outcome.highsColumns).not.toBeNull();
    expect(violationsOf(instance, outcome)).toEqual([]);
    expect(outcome.bound!).toBeLessThanOrEqual(outcome.cost!);
  });

  it('stops when asked, with the best found and a true bound', async () => {
    const instance = plausible(25, 120, 1.2, 6);
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    const outcome = await solveSscflp(instance, {
      budget: { seconds: 3600, cancel },
      seed: 1,
      onProgress: ({ cost, bound }) => {
        if (cost !== null && bound !== null) Atomics.store(cancel, 0, 1);
      },
    });
    expect(outcome.isProved).toBe(false);
    expect(violationsOf(instance, outcome)).toEqual([]);
    expect(outcome.bound!).toBeLessThanOrEqual(outcome.cost!);
  });

  it('says that there is no answer where customers do not fit', async () => {
    const instance: SscflpInstance = {
      facilities: 2,
      customers: 3,
      capacity: float([10, 10]),
      fixedCost: float([1, 1]),
      demand: float([6, 6, 6]),
      cost: float([1, 1, 1, 1, 1, 1]),
    };
    const outcome = await solveSscflp(instance, { budget: { seconds: 20 }, seed: 1 });
    expect(outcome).toMatchObject({ answer: null, cost: null, bound: null, isProved: true });
  });
});

it('a queue gives the least first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (values) => {
      const queue = leastFirst<number>((value) => value);
      for (const value of values) queue.push(value);
      expect(queue.leastKey()).toBe(Math.min(Number.POSITIVE_INFINITY, ...values));
      expect(values.map(() => queue.pop())).toEqual([...values].sort((a, b) => a - b));
      expect(queue.pop()).toBeUndefined();
    }),
  );
});
