import { describe, expect, it } from 'vitest';
import { auditPool, certifyPool, checkAllocation, checkPool } from './check.ts';
import { plan, problem } from './check-fixture.ts';
import type { Need, Offer, PoolPlan, PoolProblem, PoolRules, Session, Share } from './problem.ts';

const codes = async (p: PoolProblem, answer: PoolPlan): Promise<string[]> =>
  (await checkPool(p, answer)).map((v) => v.code);

const share = (company: string, change: Partial<Share>, of: PoolPlan = plan): PoolPlan => ({
  ...of,
  shares: of.shares.map((s) => (s.company === company ? { ...s, ...change } : s)),
});

const session = (change: Partial<Session>): PoolPlan => ({
  ...plan,
  sessions: [{ ...plan.sessions[0]!, ...change }],
});

const need = (id: string, change: Partial<Need>): PoolProblem => ({
  ...problem,
  needs: problem.needs.map((n) => (n.id === id ? { ...n, ...change } : n)),
});

const offer = (id: string, change: Partial<Offer>): PoolProblem => ({
  ...problem,
  offers: problem.offers.map((o) => (o.id === id ? { ...o, ...change } : o)),
});

const rules = (change: Partial<PoolRules>): PoolProblem => ({
  ...problem,
  rules: { ...problem.rules, ...change },
});

/** Seats of the fixture's session, by need. */
const seats = (...rows: readonly (readonly [string, number])[]) =>
  rows.map(([id, count]) => ({ need: id, seats: count }));

/** A second session beside the fixture's, for overlaps: seats of c and d on a course of its own. */
function withSecondSession(change: Partial<Offer>, needChange: Partial<Need> = {}): [PoolProblem, PoolPlan] {
  const second: Offer = {
    ...problem.offers[0]!,
    id: 'o3',
    course: 'metrology',
    dates: ['2027-03-08'],
    days: 1,
    trainer: 't9',
    room: 'r9',
    ...change,
  };
  return [
    {
      ...problem,
      offers: [...problem.offers, second],
      needs: problem.needs.map((n) => (n.id === 'n4' ? { ...n, ...needChange } : n)),
    },
    {
      ...plan,
      sessions: [
        ...plan.sessions,
        { offer: 'o3', date: second.dates[0]!, seats: seats(['n4', 1], ['n5', 1]) },
      ],
      individual: [],
      unserved: [],
    },
  ];
}

describe('the checker of pooled plans', () => {
  it('accepts the worked example and counts its figures', async () => {
    const { violations, notes, recount } = await auditPool(problem, plan);
    expect(violations).toEqual([]);
    expect(notes).toEqual([]);
    expect(recount).toMatchObject({
      cost: 193_000,
      billed: 162_000,
      subsidy: 8_000,
      travel: 3_000,
      penalties: 20_000,
    });
    expect((await certifyPool(problem, plan)).ok).toBe(true);
  });

  const broken: readonly (readonly [code: string, problem: PoolProblem, plan: PoolPlan])[] = [
    ['unknown-offer', problem, session({ offer: 'o9' })],
    ['unknown-need', problem, session({ seats: seats(['n1', 2], ['n2', 1], ['n9', 1]) })],
    ['bad-seats', problem, session({ seats: seats(['n1', 2], ['n2', 1], ['n3', 0.5]) })],
    ['bad-seats', problem, { ...plan, individual: [{ need: 'n4', seats: -1, cost: 50_000 }] }],
    ['bad-seats', problem, { ...plan, unserved: [{ need: 'n5', seats: 0, reason: 'not-worth-it' }] }],
    ['bad-date', problem, session({ date: '2027-02-31' })],
    ['date-not-offered', problem, session({ date: '2027-03-09' })],
    ['date-does-not-suit', need('n1', { dates: ['2027-03-08'] }), plan],
    ['site-does-not-suit', need('n2', { sites: ['langres'] }), plan],
    ['wrong-course', need('n3', { course: 'metrology' }), plan],
    ['session-twice', problem, { ...plan, sessions: [...plan.sessions, ...plan.sessions] }],
    ['need-twice', problem, session({ seats: seats(['n1', 1], ['n1', 1], ['n2', 1], ['n3', 1]) })],
    ['need-twice', problem, { ...plan, individual: [...plan.individual, ...plan.individual] }],
    ['need-twice', problem, { ...plan, unserved: [...plan.unserved, ...plan.unserved] }],
    ['below-min-seats', offer('o1', { minSeats: 5, maxSeats: 6 }), plan],
    ['over-max-seats', offer('o1', { maxSeats: 3 }), plan],
    ['seats-do-not-add-up', problem, session({ seats: seats(['n1', 2], ['n2', 1]) })],
    ['seats-do-not-add-up', need('n5', { seats: 2 }), plan],
    [
      'not-together',
      problem,
      {
        ...session({ seats: seats(['n1', 1], ['n2', 1], ['n3', 1]) }),
        individual: [...plan.individual, { need: 'n1', seats: 1, cost: 60_000 }],
      },
    ],
    ['too-few-companies', need('n2', { minCompanies: 4 }), plan],
    [
      'too-few-companies',
      { ...problem, companies: problem.companies.map((c) => ({ ...c, group: 'one-owner' })) },
      plan,
    ],
    ['too-few-companies-in-session', rules({ minCompaniesPerSession: 4 }), plan],
    ['individual-cost', problem, { ...plan, individual: [{ need: 'n4', seats: 1, cost: 49_999 }] }],
    ['no-catalogue', { ...problem, catalogue: problem.catalogue.slice(0, 1) }, plan],
    ['no-travel-price', { ...problem, travel: problem.travel.slice(1) }, plan],
    ['trainer-busy', ...withSecondSession({ trainer: 't1' })],
    ['room-busy', ...withSecondSession({ room: 'r1' })],
    ['person-busy', ...withSecondSession({}, { people: ['ada'] })],
    ['cost', problem, { ...plan, cost: 192_999 }],
    ['cost', need('n5', { unservedPenalty: 20_001 }), plan],
    // The other way costs 4 000: a travel price counts in its own direction only.
    [
      'cost',
      {
        ...problem,
        travel: problem.travel.map((t) => (t.from === 'langres' ? { ...t, costPerSeat: 4_000 } : t)),
      },
      plan,
    ],
    ['bound', problem, { ...plan, bound: 193_001 }],
    ['billed', problem, { ...plan, billed: 170_000 }],
    ['pays-do-not-add-up', problem, share('a', { pays: 55_499, saves: 54_501 })],
    [
      'pays',
      problem,
      share('b', { pays: 27_499, saves: 29_501 }, share('a', { pays: 55_501, saves: 54_499 })),
    ],
    ['saves', problem, share('a', { saves: 54_499 })],
    ['more-than-alone', problem, share('c', { pays: 110_001, saves: -1 })],
    ['travel', problem, share('b', { travel: 4_000 })],
    ['alone', problem, share('a', { alone: 120_000, saves: 64_500 })],
    ['alone', problem, share('a', { alone: null, saves: null })],
    ['null', problem, share('a', { saves: null })],
    ['not-served', problem, share('d', { error: 1 })],
    ['not-served', problem, share('d', { capped: true })],
    ['not-served', problem, share('d', { alone: 50_000, saves: 50_000 })],
    ['pays-too-little', problem, share('b', { pays: -1, saves: 57_001 })],
    ['capped', problem, share('a', { capped: true })],
    ['exact', problem, share('a', { exact: false })],
    ['error', problem, share('a', { error: 3 })],
    ['bad-error', problem, share('a', { error: Number.NaN })],
    ['not-cents', problem, share('a', { pays: 55_500.5 })],
    ['company-missing', problem, { ...plan, shares: plan.shares.slice(1) }],
    ['company-twice', problem, { ...plan, shares: [...plan.shares, plan.shares[0]!] }],
    ['unknown-company', problem, { ...plan, shares: [...plan.shares, { ...plan.shares[3]!, company: 'z' }] }],
    ['over-ceiling', need('n1', { maxPricePerSeat: 27_749 }), plan],
    ['over-ceiling', need('n2', { maxPricePerSeat: 30_499 }), plan],
    ['scarce', problem, { ...plan, scarce: true }],
    ['blocking-not-null', problem, { ...plan, blocking: ['a'] }],
    ['gain-not-zero', problem, { ...plan, gain: 1 }],
    ['no-blocking', problem, { ...plan, core: 'out', gain: 5 }],
    ['not-blocking', problem, { ...plan, core: 'out', blocking: ['a', 'b'], gain: 5 }],
    ['blocking-is-all', problem, { ...plan, core: 'out', blocking: ['a', 'b', 'c'], gain: 5 }],
    ['blocking-not-served', problem, { ...plan, core: 'out', blocking: ['a', 'd'], gain: 5 }],
    ['blocking-twice', problem, { ...plan, core: 'out', blocking: ['a', 'a'], gain: 5 }],
    ['gain-too-low', problem, { ...plan, core: 'undecided', gain: -60_000 }],
    [
      // Welding at 30 000: the four seats would cost 120 000, the session and the travel to it cost 123 000.
      'above-catalogue',
      {
        ...problem,
        catalogue: problem.catalogue.map((c) => (c.course === 'welding' ? { ...c, perSeat: 30_000 } : c)),
      },
      plan,
    ],
    ['reason', problem, { ...plan, unserved: [{ need: 'n5', seats: 1, reason: 'too-dear' }] }],
    [
      'reason',
      { ...problem, rules: { ...problem.rules, minCompaniesPerSession: 1 } },
      { ...plan, unserved: [{ need: 'n5', seats: 1, reason: 'condition' }] },
    ],
    ['reason', problem, { ...plan, unserved: [{ need: 'n5', seats: 1, reason: 'full' }] }],
    ['reason', problem, { ...plan, unserved: [{ need: 'n5', seats: 1, reason: 'below-minimum' }] }],
  ];

  it.each(broken)('finds %s', async (code, p, answer) => {
    expect(await codes(p, answer)).toContain(code);
  });

  it('lets sessions share a trainer, a room and a person on days that do not overlap', async () => {
    // o1 is busy on Friday the 5th and Monday the 8th; o3 from Tuesday the 9th.
    const [p, answer] = withSecondSession(
      { trainer: 't1', room: 'r1', dates: ['2027-03-09'] },
      { people: ['ada'] },
    );
    expect(checkAllocation(p, answer)).toEqual([]);
    const [clash, same] = withSecondSession({ trainer: 't1', dates: ['2027-03-06'] });
    // A Saturday start is busy from the Monday, which o1 holds.
    expect(checkAllocation(clash, same).map((v) => v.code)).toEqual(['trainer-busy']);
  });

  it('holds the bound against the true optimum, not only against the plan', async () => {
    // n5 bought at 50 000 instead of 20 000 of penalty: a feasible plan of 223 000, whose bound may still be 193 000 at most.
    const dear: PoolPlan = {
      ...plan,
      individual: [...plan.individual, { need: 'n5', seats: 1, cost: 50_000 }],
      unserved: [],
      cost: 223_000,
      billed: 212_000,
    };
    const paid = share('d', { pays: 50_000, alone: 50_000, saves: 0 }, dear);
    expect(await codes(problem, { ...paid, bound: 193_000 })).toEqual([]);
    expect(await codes(problem, { ...paid, bound: 193_001 })).toEqual(['bound']);
  });

  it('accepts a blocking group only with a gain that its own plan reaches', async () => {
    // With the rule proportional to 110 000, 60 000, 60 000, a is charged 115 000 x 11 / 23 = 55 000.
    const p = rules({ sharing: 'proportional' });
    const said = share(
      'a',
      { pays: 55_000, saves: 55_000 },
      share('b', { pays: 27_000, saves: 30_000 }, share('c', { pays: 80_000, saves: 30_000 })),
    );
    expect(await codes(p, said)).toEqual([]);
    // b and c are charged 60 000 of welding; a session of their own costs 109 000.
    expect(await codes(p, { ...said, core: 'out', blocking: ['b', 'c'], gain: 1 })).toEqual(['not-blocking']);
  });

  it('takes a course without a price at the penalty, and then says nothing of acting alone', async () => {
    const p: PoolProblem = {
      companies: [
        { id: 'a', site: 'nogent' },
        { id: 'b', site: 'nogent' },
      ],
      needs: [
        { id: 'n1', company: 'a', course: 'laser', seats: 1, unservedPenalty: 70_000 },
        { id: 'n2', company: 'b', course: 'laser', seats: 1, unservedPenalty: 30_000 },
      ],
      offers: [
        {
          id: 'o1',
          course: 'laser',
          fixed: 50_000,
          perSeat: 0,
          minSeats: 1,
          maxSeats: 4,
          dates: ['2027-03-08'],
          days: 1,
          site: 'nogent',
        },
      ],
      catalogue: [],
      travel: [],
      rules: { sharing: 'shapley' },
    };
    // a alone opens the session: 50 000. b alone is counted at 30 000. Shapley: (50 000 + 20 000) / 2 and (30 000 + 0) / 2.
    const answer: PoolPlan = {
      sessions: [{ offer: 'o1', date: '2027-03-08', seats: seats(['n1', 1], ['n2', 1]) }],
      individual: [],
      unserved: [],
      cost: 50_000,
      bound: 50_000,
      billed: 50_000,
      shares: [
        {
          company: 'a',
          pays: 35_000,
          travel: 0,
          alone: 50_000,
          saves: 15_000,
          capped: false,
          exact: true,
          error: 0,
        },
        {
          company: 'b',
          pays: 15_000,
          travel: 0,
          alone: null,
          saves: null,
          capped: false,
          exact: true,
          error: 0,
        },
      ],
      scarce: false,
      core: 'in',
      blocking: null,
      gain: 0,
    };
    expect(await codes(p, answer)).toEqual([]);
    expect(await codes(p, share('b', { alone: 30_000, saves: 15_000 }, answer))).toEqual(['alone']);
    expect(await codes(p, share('b', { capped: true }, answer))).toEqual(['capped']);
  });

  it('knows scarce offers: each could have the one session alone, not all of them at once', async () => {
    const company = (id: string) => ({ id, site: 'nogent' });
    const one = (id: string, who: string): Need => ({
      id,
      company: who,
      course: 'x-ray',
      seats: 1,
      unservedPenalty: 99_000,
    });
    const p: PoolProblem = {
      companies: ['a', 'b'].map(company),
      needs: [one('n1', 'a'), one('n2', 'b')],
      offers: [
        {
          id: 'o1',
          course: 'x-ray',
          fixed: 10_000,
          perSeat: 0,
          minSeats: 1,
          maxSeats: 1,
          dates: ['2027-03-08'],
          days: 1,
          site: 'nogent',
        },
      ],
      catalogue: [{ course: 'x-ray', perSeat: 60_000 }],
      travel: [],
      rules: { sharing: 'shapley' },
    };
    // Alone 10 000 each, together 70 000: scarce. Shapley 35 000 each, below 60 000; each would rather leave with the session.
    const answer: PoolPlan = {
      sessions: [{ offer: 'o1', date: '2027-03-08', seats: seats(['n1', 1]) }],
      individual: [{ need: 'n2', seats: 1, cost: 60_000 }],
      unserved: [],
      cost: 70_000,
      bound: 70_000,
      billed: 70_000,
      shares: ['a', 'b'].map((id) => ({
        company: id,
        pays: 35_000,
        travel: 0,
        alone: 60_000,
        saves: 25_000,
        capped: false,
        exact: true,
        error: 0,
      })),
      scarce: true,
      core: 'out',
      blocking: ['b'],
      gain: 25_000,
    };
    expect(await codes(p, answer)).toEqual([]);
    expect(await codes(p, { ...answer, scarce: false })).toEqual(['scarce']);
    expect(await codes(p, { ...answer, gain: 25_001 })).toEqual(['gain']);
    expect(await codes(p, { ...answer, core: 'in', blocking: null, gain: 0 })).toEqual(['not-in-core']);
    expect(await codes(p, { ...answer, core: 'undecided', blocking: null, gain: 24_999 })).toEqual([
      'gain-too-low',
    ]);
    expect(await codes(p, { ...answer, core: 'undecided', blocking: null, gain: 25_000 })).toEqual([]);
  });
});
