import { isWorkingDay, parseDate } from '../../kernel/dates.ts';
import { type Violation, violation } from '../checked.ts';
import type { Allocation, Company, Need, Offer, PoolProblem, Session } from './problem.ts';

/**
 * Looks up what a problem says, by id. Everything is a plain map: the checker is meant to be read beside the statement
 * of the problem.
 */
export interface Statement {
  readonly problem: PoolProblem;
  readonly companies: ReadonlyMap<string, Company>;
  readonly needs: ReadonlyMap<string, Need>;
  readonly offers: ReadonlyMap<string, Offer>;
  /** Cents a seat elsewhere, by course. */
  readonly catalogue: ReadonlyMap<string, number>;
}

export const statementOf = (problem: PoolProblem): Statement => ({
  problem,
  companies: new Map(problem.companies.map((c) => [c.id, c])),
  needs: new Map(problem.needs.map((n) => [n.id, n])),
  offers: new Map(problem.offers.map((o) => [o.id, o])),
  catalogue: new Map(problem.catalogue.map((c) => [c.course, c.perSeat])),
});

/** What an allocation costs and who has how many seats, recounted. Cents. */
export interface Recount {
  /** Fixed and per-seat price of each session, in the plan's order. */
  readonly sessionCosts: readonly number[];
  /** Subsidy of each session, in the plan's order. */
  readonly subsidies: readonly number[];
  readonly sessions: number;
  readonly individual: number;
  readonly travel: number;
  readonly penalties: number;
  readonly subsidy: number;
  /** sessions + individual + travel + penalties. */
  readonly cost: number;
  /** sessions + individual - subsidy. */
  readonly billed: number;
  /** Served seats (sessions and individual) by need id. */
  readonly servedByNeed: ReadonlyMap<string, number>;
  /** Served seats by company id; every company has an entry. */
  readonly servedByCompany: ReadonlyMap<string, number>;
  /** Travel by company id; every company has an entry. */
  readonly travelByCompany: ReadonlyMap<string, number>;
}

/**
 * Checks who sits where: offers, dates, sites, sizes, needs kept together, seats accounted for, trainers, rooms and
 * people, and the conditions on counts. No money beyond the price of individual seats, no ceilings.
 */
export function checkAllocation(problem: PoolProblem, allocation: Allocation): Violation[] {
  const statement = statementOf(problem);
  const references = checkReferences(statement, allocation);
  if (references.length > 0) return references;
  return [
    ...checkSessions(statement, allocation),
    ...checkIndividual(statement, allocation),
    ...checkSeats(statement, allocation),
    ...checkTogether(statement, allocation),
    ...checkOverlaps(statement, allocation),
    ...checkCounts(statement, allocation),
  ];
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 1;

/** Ids that the problem knows, whole numbers of seats, nothing listed twice: what every later check takes for granted. */
function checkReferences({ needs, offers }: Statement, allocation: Allocation): Violation[] {
  const found: Violation[] = [];
  const row = (where: string, need: string, seats: number): void => {
    if (!needs.has(need))
      found.push(violation('unknown-need', where, `The problem has no need ${JSON.stringify(need)}.`));
    if (!isCount(seats))
      found.push(
        violation('bad-seats', where, `${seats} seats of ${need}: not a whole number of at least 1.`, {
          seats,
        }),
      );
  };
  const opened = new Set<string>();
  for (const [k, session] of allocation.sessions.entries()) {
    const where = `sessions[${k}]`;
    if (!offers.has(session.offer))
      found.push(
        violation('unknown-offer', where, `The problem has no offer ${JSON.stringify(session.offer)}.`),
      );
    if (parseDate(session.date) === null)
      found.push(violation('bad-date', where, `${JSON.stringify(session.date)} is not a day that exists.`));
    const key = JSON.stringify([session.offer, session.date]);
    if (opened.has(key))
      found.push(
        violation(
          'session-twice',
          where,
          `Offer ${session.offer} opens twice on ${session.date}: one session a date.`,
        ),
      );
    opened.add(key);
    const seated = new Set<string>();
    for (const [i, { need, seats }] of session.seats.entries()) {
      row(`${where}.seats[${i}]`, need, seats);
      if (seated.has(need))
        found.push(
          violation('need-twice', `${where}.seats[${i}]`, `Need ${need} is listed twice in one session.`),
        );
      seated.add(need);
    }
  }
  const bought = new Set<string>();
  for (const [k, { need, seats }] of allocation.individual.entries()) {
    row(`individual[${k}]`, need, seats);
    if (bought.has(need))
      found.push(violation('need-twice', `individual[${k}]`, `Need ${need} is listed twice in individual.`));
    bought.add(need);
  }
  const refused = new Set<string>();
  for (const [k, { need, seats, reason }] of allocation.unserved.entries()) {
    row(`unserved[${k}]`, need, seats);
    const key = JSON.stringify([need, reason]);
    if (refused.has(key))
      found.push(
        violation('need-twice', `unserved[${k}]`, `Need ${need} is listed twice in unserved for one reason.`),
      );
    refused.add(key);
  }
  return found;
}

function checkSessions(statement: Statement, allocation: Allocation): Violation[] {
  const found: Violation[] = [];
  for (const [k, session] of allocation.sessions.entries()) {
    const where = `sessions[${k}]`;
    const offer = statement.offers.get(session.offer)!;
    const filled = seatsIn(session);
    if (!offer.dates.includes(session.date))
      found.push(violation('date-not-offered', where, `Offer ${offer.id} has no date ${session.date}.`));
    if (filled < offer.minSeats)
      found.push(
        violation(
          'below-min-seats',
          where,
          `${offer.id} on ${session.date} has ${filled} seats taken, fewer than its minimum of ${offer.minSeats}.`,
          { seats: filled, minSeats: offer.minSeats },
        ),
      );
    if (filled > offer.maxSeats)
      found.push(
        violation(
          'over-max-seats',
          where,
          `${offer.id} on ${session.date} has ${filled} seats taken, more than its maximum of ${offer.maxSeats}.`,
          { seats: filled, maxSeats: offer.maxSeats },
        ),
      );
    for (const [i, seat] of session.seats.entries()) {
      const need = statement.needs.get(seat.need)!;
      const at = `${where}.seats[${i}]`;
      if (need.course !== offer.course)
        found.push(
          violation(
            'wrong-course',
            at,
            `Need ${need.id} is for ${need.course}, offer ${offer.id} for ${offer.course}.`,
          ),
        );
      if (need.dates !== undefined && !need.dates.includes(session.date))
        found.push(violation('date-does-not-suit', at, `${session.date} does not suit need ${need.id}.`));
      if (need.sites !== undefined && !need.sites.includes(offer.site))
        found.push(violation('site-does-not-suit', at, `Need ${need.id} would not go to ${offer.site}.`));
    }
  }
  return found;
}

function checkIndividual(statement: Statement, allocation: Allocation): Violation[] {
  const found: Violation[] = [];
  for (const [k, row] of allocation.individual.entries()) {
    const { course } = statement.needs.get(row.need)!;
    const price = statement.catalogue.get(course);
    if (price === undefined)
      found.push(
        violation(
          'no-catalogue',
          `individual[${k}]`,
          `Course ${course} has no catalogue price: no individual seat.`,
        ),
      );
    else if (row.cost !== row.seats * price)
      found.push(
        violation(
          'individual-cost',
          `individual[${k}].cost`,
          `${row.seats} individual seats of ${row.need} cost ${row.seats * price}, not ${row.cost}.`,
          { said: row.cost, recounted: row.seats * price },
        ),
      );
  }
  return found;
}

/** Served + individual + unserved = needed, for each need. */
function checkSeats({ problem }: Statement, allocation: Allocation): Violation[] {
  const accounted = new Map<string, number>();
  for (const { need, seats } of [
    ...allocation.sessions.flatMap((s) => s.seats),
    ...allocation.individual,
    ...allocation.unserved,
  ])
    accounted.set(need, (accounted.get(need) ?? 0) + seats);
  return problem.needs.flatMap((need, k) => {
    const seats = accounted.get(need.id) ?? 0;
    if (seats === need.seats) return [];
    return [
      violation(
        'seats-do-not-add-up',
        `needs[${k}]`,
        `Need ${need.id} asks for ${need.seats} seats; sessions, individual and unserved account for ${seats}.`,
        { needed: need.seats, accounted: seats },
      ),
    ];
  });
}

function checkTogether({ problem }: Statement, allocation: Allocation): Violation[] {
  return problem.needs.flatMap((need, k) => {
    if (need.together !== true) return [];
    const parts = [
      ...allocation.sessions.map((s) => seatsOf(s, need.id)),
      sum(allocation.individual.filter((r) => r.need === need.id).map((r) => r.seats)),
      sum(allocation.unserved.filter((r) => r.need === need.id).map((r) => r.seats)),
    ].filter((seats) => seats > 0);
    if (parts.length <= 1) return [];
    return [
      violation(
        'not-together',
        `needs[${k}]`,
        `Need ${need.id} wants all its seats in one session, or all individual, or none; they are in ${parts.length} parts.`,
        { parts: parts.length },
      ),
    ];
  });
}

/** One trainer, one room, one person: one session at a time. */
function checkOverlaps(statement: Statement, allocation: Allocation): Violation[] {
  const found: Violation[] = [];
  const { sessions } = allocation;
  for (const [k, a] of sessions.entries()) {
    for (const b of sessions.slice(k + 1)) {
      const [offerA, offerB] = [statement.offers.get(a.offer)!, statement.offers.get(b.offer)!];
      if (!overlap(a.date, offerA.days, b.date, offerB.days)) continue;
      const both = `${a.offer} on ${a.date} and ${b.offer} on ${b.date} overlap`;
      const where = `sessions[${k}]`;
      if (offerA.trainer !== undefined && offerA.trainer === offerB.trainer)
        found.push(violation('trainer-busy', where, `${both} and share trainer ${offerA.trainer}.`));
      if (offerA.room !== undefined && offerA.room === offerB.room)
        found.push(violation('room-busy', where, `${both} and share room ${offerA.room}.`));
      const there = peopleIn(statement, b);
      for (const person of peopleIn(statement, a))
        if (there.has(person))
          found.push(violation('person-busy', where, `${both} and ${person} is in both.`));
    }
  }
  return found;
}

/** minCompanies of needs and minCompaniesPerSession: both count groups. */
function checkCounts(statement: Statement, allocation: Allocation): Violation[] {
  const found: Violation[] = [];
  const { problem } = statement;
  const perSession = problem.rules.minCompaniesPerSession ?? 1;
  for (const [k, session] of allocation.sessions.entries()) {
    const groups = new Set(session.seats.map((s) => groupOf(statement, s.need))).size;
    if (groups < perSession)
      found.push(
        violation(
          'too-few-companies-in-session',
          `sessions[${k}]`,
          `${session.offer} on ${session.date} serves ${groups} groups, fewer than ${perSession}.`,
          { groups, minCompaniesPerSession: perSession },
        ),
      );
  }
  const groupsOn = new Map<string, Set<string>>();
  const served = new Set<string>();
  for (const { need } of [...allocation.sessions.flatMap((s) => s.seats), ...allocation.individual]) {
    const { course } = statement.needs.get(need)!;
    served.add(need);
    groupsOn.set(course, (groupsOn.get(course) ?? new Set()).add(groupOf(statement, need)));
  }
  for (const [k, need] of problem.needs.entries()) {
    if (!served.has(need.id) || need.minCompanies === undefined) continue;
    const groups = groupsOn.get(need.course)!.size;
    if (groups < need.minCompanies)
      found.push(
        violation(
          'too-few-companies',
          `needs[${k}]`,
          `Need ${need.id} wants ${need.minCompanies} companies on ${need.course}; ${groups} have a seat.`,
          { groups, minCompanies: need.minCompanies },
        ),
      );
  }
  return found;
}

/** Recounts the money of an allocation whose references hold (see {@link checkAllocation}). */
export function recount(statement: Statement, allocation: Allocation): Recount {
  const { problem } = statement;
  const servedByNeed = new Map<string, number>();
  const servedByCompany = new Map(problem.companies.map((c) => [c.id, 0]));
  const travelByCompany = new Map(problem.companies.map((c) => [c.id, 0]));
  const add = (map: Map<string, number>, key: string, amount: number): void => {
    map.set(key, (map.get(key) ?? 0) + amount);
  };
  for (const { need, seats } of [...allocation.sessions.flatMap((s) => s.seats), ...allocation.individual]) {
    add(servedByNeed, need, seats);
    add(servedByCompany, statement.needs.get(need)!.company, seats);
  }
  const sessionCosts: number[] = [];
  const subsidies: number[] = [];
  for (const session of allocation.sessions) {
    const offer = statement.offers.get(session.offer)!;
    const cost = offer.fixed + offer.perSeat * seatsIn(session);
    const companies = new Set(session.seats.map((s) => statement.needs.get(s.need)!.company));
    sessionCosts.push(cost);
    // Two companies of one group are two companies here: only the counts of conditions speak of groups.
    subsidies.push(
      companies.size >= 2 ? Math.min(cost, (problem.rules.subsidyPerSeat ?? 0) * seatsIn(session)) : 0,
    );
    for (const { need, seats } of session.seats)
      add(
        travelByCompany,
        statement.needs.get(need)!.company,
        seats * (travelPerSeat(statement, need, offer.site) ?? 0),
      );
  }
  const sessions = sum(sessionCosts);
  const individual = sum(
    allocation.individual.map(
      (r) => r.seats * (statement.catalogue.get(statement.needs.get(r.need)!.course) ?? 0),
    ),
  );
  const travel = sum([...travelByCompany.values()]);
  const penalties = sum(
    allocation.unserved.map((r) => r.seats * statement.needs.get(r.need)!.unservedPenalty),
  );
  const subsidy = sum(subsidies);
  return {
    sessionCosts,
    subsidies,
    sessions,
    individual,
    travel,
    penalties,
    subsidy,
    cost: sessions + individual + travel + penalties,
    billed: sessions + individual - subsidy,
    servedByNeed,
    servedByCompany,
    travelByCompany,
  };
}

/** Travel of one seat of `need` to `site`, that way only; null where the problem has no such pair. */
export function travelPerSeat(statement: Statement, need: string, site: string): number | null {
  const { from, company } = statement.needs.get(need)!;
  const start = from ?? statement.companies.get(company)!.site;
  if (start === site) return 0;
  return statement.problem.travel.find((t) => t.from === start && t.to === site)?.costPerSeat ?? null;
}

/** True where the seats of `need` may be in a session of `offer` on `date`. */
export const suits = (need: Need, offer: Offer, date: string): boolean =>
  need.course === offer.course &&
  (need.dates === undefined || need.dates.includes(date)) &&
  (need.sites === undefined || need.sites.includes(offer.site));

/** True where two sessions have a busy day in common. */
export function overlap(dateA: string, daysA: number, dateB: string, daysB: number): boolean {
  const [a, b] = [busyFrom(dateA, daysA), busyFrom(dateB, daysB)];
  return Temporal.PlainDate.compare(a.first, b.last) <= 0 && Temporal.PlainDate.compare(b.first, a.last) <= 0;
}

/** First and last of the `days` working days from `date` on; a first day at a weekend is busy from the Monday. */
function busyFrom(date: string, days: number): { first: Temporal.PlainDate; last: Temporal.PlainDate } {
  let first = Temporal.PlainDate.from(date);
  while (!isWorkingDay(first)) first = first.add({ days: 1 });
  // Five working days later is the same weekday of the next week.
  let last = first.add({ weeks: Math.floor((days - 1) / 5) });
  for (let left = (days - 1) % 5; left > 0; ) {
    last = last.add({ days: 1 });
    if (isWorkingDay(last)) left -= 1;
  }
  return { first, last };
}

export function groupOf(statement: Statement, need: string): string {
  const company = statement.companies.get(statement.needs.get(need)!.company)!;
  return company.group ?? company.id;
}

const peopleIn = (statement: Statement, session: Session): Set<string> =>
  new Set(session.seats.flatMap((s) => statement.needs.get(s.need)!.people ?? []));

export const seatsIn = (session: Session): number => sum(session.seats.map((s) => s.seats));

const seatsOf = (session: Session, need: string): number =>
  sum(session.seats.filter((s) => s.need === need).map((s) => s.seats));

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
