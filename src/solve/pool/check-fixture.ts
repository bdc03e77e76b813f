import type { PoolPlan, PoolProblem } from './problem.ts';

/**
 * A small campaign worked by hand, for the tests of the checker. One welding session that three companies fill,
 * one seat bought, one seat refused; a metrology course apart; people, trainers, rooms, travel and subsidy.
 *
 * Welding, 4 seats of o1 at nogent: 100 000 + 4 x 5 000 = 120 000, subsidy 4 x 2 000 = 8 000. Travel of b: 1 seat from
 * langres, 3 000. Metrology, one seat of c bought at 50 000.
 * Cost 120 000 + 50 000 + 3 000 + one seat of d unserved at 20 000 = 193 000; billed 120 000 + 50 000 - 8 000 = 162 000.
 *
 * The game of welding among a (2 seats), b (1), c (1), catalogue 60 000 a seat: alone a 110 000 (own session of two:
 * 100 000 + 2 x 5 000, cheaper than 120 000), b 60 000, c 60 000; ab: session of 3, 115 000 - 6 000 + 3 000 = 112 000;
 * ac: 109 000; bc: session of 2, 110 000 - 4 000 + 3 000 = 109 000; abc: 112 000 + 3 000 = 115 000.
 * Shapley, in the orders abc acb bac bca cab cba:
 *   a: 110 000, 110 000, 52 000, 6 000, 49 000, 6 000 -> 333 000 / 6 = 55 500
 *   b:   2 000,   6 000, 60 000, 60 000, 6 000, 49 000 -> 183 000 / 6 = 30 500
 *   c:   3 000,  -1 000,  3 000, 49 000, 60 000, 60 000 -> 174 000 / 6 = 29 000
 * b travels for 3 000 and pays 27 500. With metrology c pays 29 000 + 50 000.
 */
export const problem: PoolProblem = {
  companies: [
    { id: 'a', group: 'g1', site: 'nogent' },
    { id: 'b', site: 'langres' },
    { id: 'c', site: 'nogent' },
    { id: 'd', site: 'nogent' },
  ],
  needs: [
    {
      id: 'n1',
      company: 'a',
      course: 'welding',
      seats: 2,
      together: true,
      dates: ['2027-03-05', '2027-03-08'],
      people: ['ada'],
      maxPricePerSeat: 40_000,
      unservedPenalty: 90_000,
    },
    {
      id: 'n2',
      company: 'b',
      course: 'welding',
      seats: 1,
      sites: ['nogent'],
      minCompanies: 3,
      unservedPenalty: 90_000,
    },
    { id: 'n3', company: 'c', course: 'welding', seats: 1, unservedPenalty: 90_000 },
    { id: 'n4', company: 'c', course: 'metrology', seats: 1, unservedPenalty: 90_000 },
    { id: 'n5', company: 'd', course: 'metrology', seats: 1, unservedPenalty: 20_000 },
  ],
  offers: [
    {
      id: 'o1',
      course: 'welding',
      fixed: 100_000,
      perSeat: 5_000,
      minSeats: 2,
      maxSeats: 4,
      dates: ['2027-03-05', '2027-03-08'],
      days: 2,
      site: 'nogent',
      trainer: 't1',
      room: 'r1',
    },
    {
      id: 'o2',
      course: 'welding',
      fixed: 400_000,
      perSeat: 0,
      minSeats: 1,
      maxSeats: 8,
      dates: ['2027-03-09'],
      days: 1,
      site: 'langres',
    },
  ],
  catalogue: [
    { course: 'welding', perSeat: 60_000 },
    { course: 'metrology', perSeat: 50_000 },
  ],
  travel: [
    { from: 'langres', to: 'nogent', costPerSeat: 3_000 },
    { from: 'nogent', to: 'langres', costPerSeat: 4_000 },
  ],
  rules: { sharing: 'shapley', minCompaniesPerSession: 2, subsidyPerSeat: 2_000 },
};

/** The plan of the arithmetic above. Nobody gains by leaving: the pairs are charged 86 000, 84 500 and 59 500. */
export const plan: PoolPlan = {
  sessions: [
    {
      offer: 'o1',
      date: '2027-03-05',
      seats: [
        { need: 'n1', seats: 2 },
        { need: 'n2', seats: 1 },
        { need: 'n3', seats: 1 },
      ],
    },
  ],
  individual: [{ need: 'n4', seats: 1, cost: 50_000 }],
  unserved: [{ need: 'n5', seats: 1, reason: 'not-worth-it' }],
  cost: 193_000,
  bound: 193_000,
  billed: 162_000,
  shares: [
    {
      company: 'a',
      pays: 55_500,
      travel: 0,
      alone: 110_000,
      saves: 54_500,
      capped: false,
      exact: true,
      error: 0,
    },
    {
      company: 'b',
      pays: 27_500,
      travel: 3_000,
      alone: 60_000,
      saves: 29_500,
      capped: false,
      exact: true,
      error: 0,
    },
    {
      company: 'c',
      pays: 79_000,
      travel: 0,
      alone: 110_000,
      saves: 31_000,
      capped: false,
      exact: true,
      error: 0,
    },
    { company: 'd', pays: 0, travel: 0, alone: 0, saves: 0, capped: false, exact: true, error: 0 },
  ],
  scarce: false,
  core: 'in',
  blocking: null,
  gain: 0,
};
