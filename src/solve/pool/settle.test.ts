import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { type CostGame, membersOf } from '../share/game.ts';
import { shapley } from '../share/shapley.ts';
import { auditPool } from './check.ts';
import { explainShares } from './explain.ts';
import { type ComponentGame, ownCost, seatsCost, splitGames } from './game.ts';
import { randomPool } from './game-examples.ts';
import { createLeastCosts } from './game-least.ts';
import { allocationOf, splitComponents } from './model.ts';
import { planPool } from './plan.ts';
import type { Allocation, PoolProblem, SharingRule } from './problem.ts';
import { raiseNegative, roundPays, settlePlan } from './settle.ts';
import { settleClock } from './settle-clock.ts';
import { capCosts, shareGame } from './settle-game.ts';
import { studentT } from './settle-sample.ts';
import { judgeStability } from './settle-stability.ts';
import { solveComponents } from './solve.ts';

const RULES: readonly SharingRule[] = ['shapley', 'nucleolus', 'proportional', 'equal-profit'];
const unhurried = { budget: {}, seed: 1 };

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** One session that pays from three seats on: 1,200 euros whoever comes, against 500 euros a seat elsewhere. */
const workshop = (rule: SharingRule = 'shapley'): PoolProblem => ({
  companies: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }].map((c) => ({ ...c, site: 'nogent' })),
  needs: [
    { id: 'na', company: 'a', course: 'welding', seats: 2, unservedPenalty: 90_000 },
    { id: 'nb', company: 'b', course: 'welding', seats: 2, unservedPenalty: 90_000 },
    { id: 'nc', company: 'c', course: 'welding', seats: 1, unservedPenalty: 90_000 },
  ],
  offers: [
    {
      id: 'o',
      course: 'welding',
      fixed: 120_000,
      perSeat: 0,
      minSeats: 3,
      maxSeats: 8,
      dates: ['2027-03-08'],
      days: 1,
      site: 'nogent',
    },
  ],
  catalogue: [{ course: 'welding', perSeat: 50_000 }],
  travel: [],
  rules: { sharing: rule },
});

const allInOne: Allocation = {
  sessions: [
    {
      offer: 'o',
      date: '2027-03-08',
      seats: [
        { need: 'na', seats: 2 },
        { need: 'nb', seats: 2 },
        { need: 'nc', seats: 1 },
      ],
    },
  ],
  individual: [],
  unserved: [],
};

describe('the worked example', () => {
  // Alone (the session needs three seats): a 1000, b 1000, c 500 euros. Any two or all: 1200.
  it('Shapley to the cent', async () => {
    // a: first 1000 (twice in six orders), after b 200, after c 700, last 0: 2900 / 6 = 483.33; b the same;
    // c: first 500 twice, after a or b 200: 1400 / 6 = 233.33. The cent left goes to the first.
    const { shares, billed, core, blocking, gain, scarce } = await settlePlan(
      workshop(),
      allInOne,
      unhurried,
    );
    expect(billed).toBe(120_000);
    expect(shares.map((s) => s.pays)).toEqual([48_334, 48_333, 23_333, 0]);
    expect(shares.map((s) => s.alone)).toEqual([100_000, 100_000, 50_000, 0]);
    expect(shares.map((s) => s.saves)).toEqual([51_666, 51_667, 26_667, 0]);
    expect(shares.every((s) => s.exact && s.error === 0 && !s.capped && s.travel === 0)).toBe(true);
    expect({ core, blocking, gain, scarce }).toEqual({ core: 'in', blocking: null, gain: 0, scarce: false });
  });

  it('the other rules', async () => {
    const pays = async (rule: SharingRule): Promise<number[]> =>
      (await settlePlan(workshop(rule), allInOne, unhurried)).shares.slice(0, 3).map((s) => s.pays);
    // In proportion to 1000 : 1000 : 500.
    expect(await pays('proportional')).toEqual([48_000, 48_000, 24_000]);
    // Excesses: alone x - 1000, x - 1000, y - 500; pairs -y, -x, -x. The largest is least at y = 250, x = 475, where
    // c alone and the pair of a and b have -250 both: one point, so that equal profit has no room left either.
    expect(await pays('nucleolus')).toEqual([47_500, 47_500, 25_000]);
    expect(await pays('equal-profit')).toEqual([47_500, 47_500, 25_000]);
  });

  it('explains a share', async () => {
    const [a, , c] = await explainShares(workshop(), allInOne, { budget: {} });
    expect(a!.together).toEqual([
      {
        course: 'welding',
        seats: 2,
        sessions: [
          {
            offer: 'o',
            date: '2027-03-08',
            site: 'nogent',
            seats: 2,
            travel: 0,
            allSeats: 5,
            companies: 3,
            minSeats: 3,
            isNeeded: false,
          },
        ],
        individual: { seats: 0, cost: 0 },
      },
    ]);
    expect(a!.contributions).toMatchObject([
      { companies: 3, everybody: 120_000, alone: 100_000, othersWithout: 120_000, adds: 0 },
    ]);
    expect(c!.contributions[0]!.aloneCourses).toEqual([
      {
        course: 'welding',
        sessions: [],
        catalogue: { seats: 1, cost: 50_000 },
        penalty: { seats: 0, cost: 0 },
      },
    ]);
  });
});

describe('particular plans', () => {
  it('nothing served: zeros', async () => {
    const nothing: Allocation = {
      sessions: [],
      individual: [],
      unserved: workshop().needs.map((n) => ({
        need: n.id,
        seats: n.seats,
        reason: 'not-worth-it' as const,
      })),
    };
    const settled = await settlePlan(workshop(), nothing, unhurried);
    expect(settled).toMatchObject({ billed: 0, core: 'in', gain: 0, scarce: false });
    expect(settled.shares.every((s) => s.pays === 0 && s.alone === 0 && s.saves === 0)).toBe(true);
  });

  it('one company in a component pays its own cost, which is what it would pay alone', async () => {
    const one: Allocation = {
      ...allInOne,
      sessions: [],
      individual: [{ need: 'na', seats: 2, cost: 100_000 }],
    };
    const { shares, core } = await settlePlan(workshop(), one, unhurried);
    expect(shares[0]).toMatchObject({ pays: 100_000, alone: 100_000, saves: 0, capped: false, exact: true });
    expect(core).toBe('in');
  });

  it('a travel dearer than acting alone is made up for: pays = alone - travel', async () => {
    // c comes from afar: its travel of 600 is above the 500 that it would pay alone.
    const base = workshop();
    const problem: PoolProblem = {
      ...base,
      companies: base.companies.map((k) => (k.id === 'c' ? { ...k, site: 'lyon' } : k)),
      travel: [{ from: 'lyon', to: 'nogent', costPerSeat: 60_000 }],
    };
    for (const sharing of RULES) {
      const { shares, billed } = await settlePlan({ ...problem, rules: { sharing } }, allInOne, unhurried);
      expect(sum(shares.map((s) => s.pays))).toBe(billed);
      expect(shares[2]).toMatchObject({ pays: -10_000, travel: 60_000, alone: 50_000, saves: 0 });
    }
  });

  it('a negative amount is raised to 0', async () => {
    // c travels for 400 and would pay 500 alone. Shapley: v(ac) = 1600 > 1500, so ac and bc stay apart.
    // c: first 500, after a or b 400 + 1000 - 1000 ... counted by the rule; its 233.33 + 400 / 3 are below 400.
    const base = workshop();
    const problem: PoolProblem = {
      ...base,
      companies: base.companies.map((k) => (k.id === 'c' ? { ...k, site: 'lyon' } : k)),
      travel: [{ from: 'lyon', to: 'nogent', costPerSeat: 49_000 }],
    };
    const { shares, billed } = await settlePlan(
      { ...problem, rules: { sharing: 'nucleolus' } },
      allInOne,
      unhurried,
    );
    expect(sum(shares.map((s) => s.pays))).toBe(billed);
    expect(shares.every((s) => s.pays >= 0 && s.saves! >= 0)).toBe(true);
  });

  it('without a catalogue price: no cost alone, and penalties stand in', async () => {
    const problem: PoolProblem = { ...workshop(), catalogue: [] };
    const { shares, core } = await settlePlan(problem, allInOne, unhurried);
    expect(shares.slice(0, 3).map((s) => [s.alone, s.saves])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
    expect(sum(shares.map((s) => s.pays))).toBe(120_000);
    expect(core).toBe('in');
  });

  it('scarce offers: each counts on the same trainer, and alone is the catalogue', async () => {
    // Two courses, one trainer for one day: alone each of a and b would take the session (30 instead of 100);
    // together one of them must buy at the catalogue. 30 + 30 < 130.
    const offer = (id: string, course: string) => ({
      id,
      course,
      fixed: 3000,
      perSeat: 0,
      minSeats: 1,
      maxSeats: 5,
      dates: ['2027-03-08'],
      days: 1,
      site: 'nogent',
      trainer: 't',
    });
    const problem: PoolProblem = {
      companies: [
        { id: 'a', site: 'nogent' },
        { id: 'b', site: 'nogent' },
      ],
      needs: [
        { id: 'na', company: 'a', course: 'x', seats: 1, unservedPenalty: 20_000 },
        { id: 'nb', company: 'b', course: 'y', seats: 1, unservedPenalty: 20_000 },
      ],
      offers: [offer('ox', 'x'), offer('oy', 'y')],
      catalogue: ['x', 'y'].map((course) => ({ course, perSeat: 10_000 })),
      travel: [],
      rules: { sharing: 'shapley' },
    };
    const plan: Allocation = {
      sessions: [{ offer: 'ox', date: '2027-03-08', seats: [{ need: 'na', seats: 1 }] }],
      individual: [{ need: 'nb', seats: 1, cost: 10_000 }],
      unserved: [],
    };
    const settled = await settlePlan(problem, plan, unhurried);
    expect(settled.scarce).toBe(true);
    expect(settled.shares.map((s) => [s.pays, s.alone, s.saves])).toEqual([
      [6500, 10_000, 3500],
      [6500, 10_000, 3500],
    ]);
    // Each would rather be alone with the trainer: 6500 against 3000.
    expect(settled).toMatchObject({ core: 'out', blocking: ['a'], gain: 3500 });
  });

  it('out of time: the sums hold, and what is not known is said', async () => {
    const size = { companies: 10, courses: 1, needsPerCompany: 3, offersPerCourse: 4, datesPerOffer: 4 };
    const problem = randomPool(size, 'nucleolus', seededRandom(1));
    const allocation = await bestAllocation(problem);
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    cancel[0] = 1;
    for (const budget of [{ seconds: 1e-9, startedAt: 0 }, { cancel }]) {
      const settled = await settlePlan({ ...problem }, allocation, { budget, seed: 1 });
      expect(sum(settled.shares.map((s) => s.pays))).toBe(settled.billed);
      expect(settled.shares.every((s) => s.saves === null || s.saves >= 0)).toBe(true);
      expect(settled.shares.filter((s) => s.pays > 0).every((s) => !s.exact && s.error > 0)).toBe(true);
      expect(settled.core).toBe('undecided');
      expect(settled.blocking).toBeNull();
      expect(settled.gain).toBeGreaterThan(0);
    }
  });
});

/** Least cost of a group by trying every way to place each need's seats. */
function byEnumeration(game: ComponentGame, members: readonly number[]): number {
  const { model } = game;
  const needs = [...model.needIndex.keys()].filter((i) => members.includes(game.needCompany[i]!));
  const seated = new Int32Array(model.edgeCount);
  const outside = new Int32Array(model.needCount);
  let best = Number.POSITIVE_INFINITY;
  const seatsIn = (j: number): number => sum([...model.sessionEdges[j]!].map((e) => seated[e]!));
  const isFeasible = (): boolean => {
    for (let j = 0; j < model.sessionCount; j += 1) {
      const seats = seatsIn(j);
      if (seats === 0) continue;
      if (seats < model.minSeats[j]! || seats > model.maxSeats[j]!) return false;
      if ([...model.conflicts[j]!].some((k) => seatsIn(k) > 0)) return false;
    }
    for (let e = 0; e < model.edgeCount; e += 1)
      for (let f = 0; f < e; f += 1) {
        if (seated[e] === 0 || seated[f] === 0) continue;
        const [j, k] = [model.edgeSession[e]!, model.edgeSession[f]!];
        if (j === k || model.firstDay[j]! > model.lastDay[k]! || model.firstDay[k]! > model.lastDay[j]!)
          continue;
        const people = model.people[model.edgeNeed[f]!]!;
        if (model.people[model.edgeNeed[e]!]!.some((p) => people.includes(p))) return false;
      }
    return true;
  };
  const place = (at: number): void => {
    if (at === needs.length) {
      if (isFeasible()) best = Math.min(best, seatsCost(game, { seated, outside }));
      return;
    }
    const i = needs[at]!;
    const places = [...Array(model.edgeStart[i + 1]! - model.edgeStart[i]!).keys()].map(
      (k) => model.edgeStart[i]! + k,
    );
    const spread = (k: number, left: number): void => {
      if (k === places.length) {
        if (model.together[i] === 1 && left > 0 && left < model.needSeats[i]!) return;
        outside[i] = left;
        place(at + 1);
        outside[i] = 0;
        return;
      }
      for (let seats = 0; seats <= Math.min(left, model.edgeMax[places[k]!]!); seats += 1) {
        if (model.together[i] === 1 && seats > 0 && seats < model.needSeats[i]!) continue;
        seated[places[k]!] = seats;
        spread(k + 1, left - seats);
        seated[places[k]!] = 0;
      }
    };
    spread(0, model.needSeats[i]!);
  };
  place(0);
  return best;
}

async function bestAllocation(problem: PoolProblem): Promise<Allocation> {
  const { parts } = await solveComponents(problem, splitComponents(problem), {
    budget: { iterations: 300 },
    seed: 1,
  });
  return allocationOf(problem, parts);
}

describe('on random problems', () => {
  it('least costs of groups agree with trying everything', async () => {
    const size = { companies: 4, courses: 1, needsPerCompany: 1, offersPerCourse: 2, datesPerOffer: 2 };
    for (let seed = 1; seed <= 25; seed += 1) {
      const problem = randomPool(size, 'shapley', seededRandom(seed));
      for (const game of splitGames(problem, await bestAllocation(problem)))
        for (let mask = 1; mask < 2 ** game.companies.length; mask += 1) {
          const members = membersOf(mask);
          expect((await createLeastCosts(game).of(members, 60))!.cost).toBe(byEnumeration(game, members));
        }
    }
  });

  it.each(RULES)('the independent checker accepts the plan, %s', async (rule) => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const random = seededRandom(100 * seed + RULES.indexOf(rule));
      const size = { companies: 2 + random.below(4), courses: 1 + random.below(2), needsPerCompany: 1 };
      const problem = randomPool({ ...size, offersPerCourse: 2, datesPerOffer: 2 }, rule, random);
      const { plan } = await planPool(problem, { budget: { iterations: 300 }, seed: 1, settle: settlePlan });
      const { violations } = await auditPool(problem, plan);
      expect(violations).toEqual([]);
    }
  });

  it('large components: sampled Shapley is within its error of the exact value, and the sums hold', async () => {
    const size = { companies: 11, courses: 1, needsPerCompany: 1, offersPerCourse: 1, datesPerOffer: 2 };
    const problem = randomPool(size, 'shapley', seededRandom(5));
    const allocation = await bestAllocation(problem);
    const [game] = splitGames(problem, allocation);
    expect(game!.companies.length).toBe(11);
    const costs = createLeastCosts(game!);
    const table: CostGame = { size: 11, cost: new Float64Array(2 ** 11) };
    for (let mask = 1; mask < 2 ** 11 - 1; mask += 1)
      table.cost[mask] = (await costs.of(membersOf(mask), 60))!.cost;
    table.cost[2 ** 11 - 1] = ownCost(game!);
    const exact = shapley(table);
    const options = { clock: settleClock({}), seed: 1, judged: true, report: () => {} };
    const sampled = await shareGame(costs, 'shapley', options);
    expect(sampled.exact).toBe(false);
    // 95 % of eleven: one outside by chance is no surprise, three are; and none far outside.
    const outside = [...exact].filter((x, i) => Math.abs(x - sampled.costs[i]!) > sampled.errors[i]!);
    expect(outside.length).toBeLessThanOrEqual(2);
    for (const [i, x] of exact.entries())
      expect(Math.abs(x - sampled.costs[i]!)).toBeLessThanOrEqual(3 * sampled.errors[i]! + 1);
    for (const sharing of RULES) {
      const settled = await settlePlan(
        { ...problem, rules: { ...problem.rules, sharing } },
        allocation,
        unhurried,
      );
      expect(sum(settled.shares.map((s) => s.pays))).toBe(settled.billed);
      for (const share of settled.shares) {
        if (share.saves !== null) expect(share.saves).toBeGreaterThanOrEqual(0);
        expect(share.exact).toBe(sharing === 'proportional' || share.alone === 0);
      }
    }
  });

  it('stability by one programme agrees with counting all groups', async () => {
    const size = { companies: 4, courses: 2, needsPerCompany: 1, offersPerCourse: 1, datesPerOffer: 2 };
    for (let seed = 1; seed <= 12; seed += 1) {
      const problem = randomPool(size, 'proportional', seededRandom(seed));
      const allocation = await bestAllocation(problem);
      const { shares } = await settlePlan(problem, allocation, unhurried);
      const costs = splitGames(problem, allocation).map((game) => createLeastCosts(game));
      const options = { clock: settleClock({}), seed: 1, judged: true, report: () => {} };
      const counted = await Promise.all(costs.map((c) => shareGame(c, 'proportional', options)));
      const uncounted = counted.map((part) => ({ ...part, table: null }));
      const judge = { clock: settleClock({}), judge: true, report: () => {} };
      const byTables = await judgeStability(problem, costs, counted, shares, judge);
      const byProgramme = await judgeStability(problem, costs, uncounted, shares, judge);
      expect(byProgramme.core).toBe(byTables.core);
      expect(byProgramme.gain).toBe(byTables.gain);
    }
  });
});

describe('the steps', () => {
  const cents = fc.integer({ min: 0, max: 5_000_000 });

  it('capping keeps the sum and nobody above its limit, where the limits suffice', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ cost: cents, alone: cents }), { minLength: 1, maxLength: 8 }),
        (rows) => {
          const costs = rows.map((r) => r.cost);
          const alone = rows.map((r) => r.alone);
          fc.pre(sum(alone) >= sum(costs));
          const capped = capCosts(costs, alone, alone);
          expect(sum(capped.costs)).toBeCloseTo(sum(costs), 4);
          for (const [i, c] of capped.costs.entries()) expect(c).toBeLessThanOrEqual(alone[i]! + 1e-4);
          expect(capped.capped).toEqual(costs.map((c, i) => c > alone[i]!));
        },
      ),
    ));

  it('capping by hand: what is cut goes by what is still saved', () => {
    // 30 are cut from the first; the others save 60 and 30: 20 and 10 more.
    expect(capCosts([130, 40, 20], [100, 100, 50], [100, 100, 50]).costs).toEqual([100, 60, 30]);
    // Without a limit of its own the second takes what the third cannot.
    expect(capCosts([130, 40, 20], [100, null, 25], [100, 40, 25]).costs).toEqual([100, 65, 25]);
  });

  it('raising negatives by hand', () => {
    expect(raiseNegative([-30, 100, 50], [0, 0, 0])).toEqual([0, 80, 40]);
    expect(raiseNegative([-30, 100, 50], [-15, 0, 0])).toEqual([-15, 90, 45]);
  });

  it('rounding: the sum to the cent, within a cent of each, never above a limit, ties in input order', () => {
    expect(roundPays([1 / 3, 1 / 3, 1 / 3], [9, 9, 9], 1)).toEqual([1, 0, 0]);
    expect(roundPays([100_000_000 + 1 / 3, 200 + 1 / 3, 1 / 3], [1e9, 1e9, 1e9], 100_000_201)).toEqual([
      100_000_001, 200, 0,
    ]);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (raw) => {
          const total = Math.ceil(sum(raw));
          const pays = raw.map((p, i) => (i === 0 ? p + total - sum(raw) : p));
          const most = pays.map((p) => Math.ceil(p));
          const rounded = roundPays(pays, most, total);
          expect(sum(rounded)).toBe(total);
          for (const [i, p] of rounded.entries()) {
            expect(Math.abs(p - pays[i]!)).toBeLessThan(1 + 1e-5);
            expect(p).toBeLessThanOrEqual(most[i]!);
          }
        },
      ),
    );
  });

  it.each([
    [3, 3.182],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
  ])('Student t with %i degrees of freedom', (degrees, quantile) => {
    expect(Math.abs(studentT(degrees) / quantile - 1)).toBeLessThan(0.01);
  });
});
