import { type Violation, violation } from '../checked.ts';
import { type Recount, type Statement, suits } from './check-allocation.ts';
import type { Allocation, Unserved, UnservedReason } from './problem.ts';

const REASONS: readonly UnservedReason[] = [
  'below-minimum',
  'no-date',
  'no-site',
  'full',
  'too-dear',
  'condition',
  'not-worth-it',
];

/** Reasons of the closed list that the statement and the plan do not contradict. */
export function checkReasons(statement: Statement, allocation: Allocation, plain: Recount): Violation[] {
  return allocation.unserved.flatMap((row, k) => {
    const where = `unserved[${k}].reason`;
    if (!REASONS.includes(row.reason))
      return [
        violation('unknown-reason', where, `${JSON.stringify(row.reason)} is not a reason of the format.`),
      ];
    const against = contradiction(statement, row, plain);
    return against === null
      ? []
      : [violation('reason', where, `Need ${row.need}: "${row.reason}", but ${against}.`)];
  });
}

/** Why the reason cannot be true; null where it can. */
function contradiction(statement: Statement, row: Unserved, plain: Recount): string | null {
  const { problem } = statement;
  const need = statement.needs.get(row.need)!;
  const offers = problem.offers.filter((o) => o.course === need.course);
  const possible = offers.filter((offer) => offer.dates.some((date) => suits(need, offer, date)));
  const perSession = problem.rules.minCompaniesPerSession ?? 1;
  const served = plain.servedByNeed.get(need.id) ?? 0;
  switch (row.reason) {
    case 'no-date':
      if (possible.length > 0) return `offer ${possible[0]!.id} has a date that suits`;
      return offers.length > 0 && need.dates === undefined && offers.some((o) => o.dates.length > 0)
        ? 'it accepts any date'
        : null;
    case 'no-site':
      if (possible.length > 0) return `offer ${possible[0]!.id} is at a site that suits`;
      return offers.length > 0 && need.sites === undefined ? 'it accepts any site' : null;
    case 'full':
      return possible.length === 0 ? 'no offer suits it at all' : null;
    case 'below-minimum':
      if (possible.length === 0) return 'no offer suits it at all';
      return perSession <= 1 && possible.every((o) => o.minSeats <= 1)
        ? 'no session that suits has a minimum'
        : null;
    case 'too-dear':
      if (need.maxPricePerSeat === undefined) return 'it has no ceiling';
      return served > 0 ? `${served} of its seats are served, so it did not leave` : null;
    case 'condition':
      return (need.minCompanies ?? 0) <= 1 && perSession <= 1 ? 'no count of companies is asked for' : null;
    case 'not-worth-it':
      return null;
  }
}
