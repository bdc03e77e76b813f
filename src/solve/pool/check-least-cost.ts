import { LinearModel, type Terms, Unproved } from '../share/check-linear.ts';
import {
  checkAllocation,
  overlap,
  recount,
  type Statement,
  statementOf,
  suits,
  travelPerSeat,
} from './check-allocation.ts';
import type { Allocation, Need, Offer } from './problem.ts';

/** Seats by need id. */
export type Seats = ReadonlyMap<string, number>;

/** Costs are whole cents: an objective proved within half a cent is the optimum. */
const HALF_A_CENT = 0.5;

/** What is known of a least cost, cents: `atLeast <= least cost <= found`; proved where they are equal. */
export interface CostRange {
  readonly atLeast: number;
  /** Cost of a plan that was found; infinite where none was, or none exists. */
  readonly found: number;
}

/**
 * Least sessions + individual + travel - subsidy that serves exactly `seats`, with every offer and the catalogue open
 * and conditions aside; with `penalties`, a seat on a course without a catalogue price may be counted at its need's
 * penalty. Infinite where nothing serves them all.
 */
export async function leastCostRange(
  statement: Statement,
  seats: Seats,
  penalties: boolean,
  seconds: number,
): Promise<CostRange> {
  if (seats.size === 0) return { atLeast: 0, found: 0 };
  const model = gameModel(statement, seats, penalties);
  for (const { columns, seats: q } of model.rows) model.linear.row(q, q, columns);
  const outcome = await model.linear.minimise({ gap: HALF_A_CENT, seconds });
  if (outcome.status === 'infeasible')
    return { atLeast: Number.POSITIVE_INFINITY, found: Number.POSITIVE_INFINITY };
  const found = outcome.values === null ? Number.POSITIVE_INFINITY : costOf(model, outcome.values);
  if (outcome.status === 'optimal') return { atLeast: found, found };
  return { atLeast: Math.min(found, Math.max(0, Math.ceil(outcome.bound - 1e-6))), found };
}

/** {@link leastCostRange}, proved: throws {@link Unproved} otherwise. Null where nothing serves the seats. */
export async function leastCost(
  statement: Statement,
  seats: Seats,
  penalties: boolean,
  seconds: number,
): Promise<number | null> {
  const { atLeast, found } = await leastCostRange(statement, seats, penalties, seconds);
  if (atLeast < found) throw new Unproved(`not proved: between ${atLeast} and ${found}`);
  return found === Number.POSITIVE_INFINITY ? null : found;
}

export interface BestCoalition {
  readonly companies: readonly string[];
  /** Credit of the companies less their least cost, cents; the largest there is unless `proved` is false. */
  readonly gain: number;
  /** No group gains more than this. */
  readonly atMost: number;
}

/**
 * The group, neither empty nor all, whose `credit` (what its companies pay and travel for) exceeds its own least cost
 * most. `whole` adds cents to the cost of a group that holds all of `companies`: for components whose value is the
 * plan's own rather than the least. Null when time runs out before any group is found.
 */
export async function bestCoalition(
  statement: Statement,
  seats: Seats,
  credit: ReadonlyMap<string, number>,
  whole: readonly { readonly companies: readonly string[]; readonly cents: number }[],
  seconds: number,
): Promise<BestCoalition | null> {
  const model = gameModel(statement, seats, true);
  const { linear } = model;
  const chosen = new Map([...credit].map(([company, cents]) => [company, linear.column(-cents, 0, 1, true)]));
  for (const { need, columns, seats: q } of model.rows)
    linear.row(0, 0, [...columns, [chosen.get(need.company)!, -q]]);
  linear.row(
    1,
    credit.size - 1,
    [...chosen.values()].map((d) => [d, 1] as const),
  );
  for (const { companies, cents } of whole) {
    const all = linear.column(cents, 0, 1);
    // all >= (chosen of the companies) - (their number - 1): 1 once every one is chosen.
    const terms: Terms = companies.map((company) => [chosen.get(company)!, 1] as const);
    linear.row(Number.NEGATIVE_INFINITY, companies.length - 1, [...terms, [all, -1]]);
  }
  const outcome = await linear.minimise({ gap: HALF_A_CENT, seconds });
  if (outcome.status === 'infeasible')
    throw new Error('bestCoalition: some single company has no plan of its own');
  if (outcome.values === null) return null;
  const companies = [...chosen].filter(([, d]) => Math.round(outcome.values![d]!) === 1).map(([id]) => id);
  const surcharge = whole.filter((w) => w.companies.every((id) => companies.includes(id)));
  const gain =
    companies.reduce((cents, id) => cents + credit.get(id)!, 0) -
    costOf(model, outcome.values) -
    surcharge.reduce((cents, w) => cents + w.cents, 0);
  return {
    companies,
    gain,
    atMost: outcome.status === 'optimal' ? gain : Math.max(gain, Math.floor(-outcome.bound + 1e-6)),
  };
}

/**
 * Least cost (sessions + individual + travel + penalties, before subsidy) of all plans that respect the conditions on
 * counts, with the needs in `left` unserved; ceilings aside. Null when `seconds` do not suffice to prove it.
 */
export async function leastPlanCost(
  statement: Statement,
  left: ReadonlySet<string>,
  seconds: number,
): Promise<number | null> {
  const { problem } = statement;
  const needs = problem.needs.filter((n) => !left.has(n.id));
  const apart = problem.needs
    .filter((n) => left.has(n.id))
    .reduce((c, n) => c + n.seats * n.unservedPenalty, 0);
  if (needs.length === 0) return apart;
  const model = seatingModel(statement, new Map(needs.map((n) => [n.id, n.seats])), {
    apart: (need) => ({ individual: true, penalty: need.unservedPenalty }),
    subsidy: 0,
  });
  for (const { columns, seats } of model.rows) model.linear.row(seats, seats, columns);
  addCounts(statement, model);
  const outcome = await model.linear.minimise({ gap: HALF_A_CENT, seconds });
  if (outcome.status === 'infeasible') throw new Error('leastPlanCost: leaving everybody out is a plan');
  return outcome.status === 'optimal'
    ? apart + recount(statement, allocationOf(model, outcome.values)).cost
    : null;
}

interface Place {
  readonly offer: Offer;
  readonly date: string;
  readonly open: number;
}

/** A column that counts seats of a need, `unit` at a time: all of them where the need stays together. */
interface SeatColumn {
  readonly need: Need;
  readonly column: number;
  readonly unit: number;
  /** Where: a place, an individual seat, or nowhere at the penalty. */
  readonly at: Place | 'individual' | 'penalty';
}

interface SeatingModel {
  readonly statement: Statement;
  readonly linear: LinearModel;
  readonly places: readonly Place[];
  readonly columns: readonly SeatColumn[];
  readonly columnsAt: ReadonlyMap<SeatColumn['at'], readonly SeatColumn[]>;
  readonly rows: readonly { readonly need: Need; readonly seats: number; readonly columns: Terms }[];
}

interface SeatingOptions {
  /** What a seat outside sessions may be: bought where the course has a price, or counted at a penalty. */
  readonly apart: (need: Need) => { readonly individual: boolean; readonly penalty: number | null };
  /** Cents a seat in sessions of two companies or more. */
  readonly subsidy: number;
}

const gameModel = (statement: Statement, seats: Seats, penalties: boolean): SeatingModel =>
  seatingModel(statement, seats, {
    apart: (need) => ({
      individual: true,
      penalty: penalties && !statement.catalogue.has(need.course) ? need.unservedPenalty : null,
    }),
    subsidy: statement.problem.rules.subsidyPerSeat ?? 0,
  });

/** Sessions, seats in them and beside them, trainers, rooms, people, subsidy: all but how many seats must be served. */
function seatingModel(statement: Statement, seats: Seats, options: SeatingOptions): SeatingModel {
  const linear = new LinearModel();
  const needs = statement.problem.needs.filter((n) => (seats.get(n.id) ?? 0) > 0);
  const places: Place[] = statement.problem.offers.flatMap((offer) =>
    [...new Set(offer.dates)]
      .filter((date) => {
        const most = needs.filter((n) => suits(n, offer, date)).reduce((s, n) => s + seats.get(n.id)!, 0);
        return most > 0 && most >= offer.minSeats;
      })
      .map((date) => ({ offer, date, open: linear.column(offer.fixed, 0, 1, true) })),
  );
  const columns: SeatColumn[] = [];
  for (const need of needs) {
    const q = seats.get(need.id)!;
    const unit = need.together === true ? q : 1;
    const add = (cents: number, most: number, at: SeatColumn['at']): void => {
      if (most >= unit)
        columns.push({
          need,
          unit,
          at,
          column: linear.column(cents * unit, 0, Math.floor(most / unit), true),
        });
    };
    for (const place of places) {
      const travel = travelPerSeat(statement, need.id, place.offer.site);
      if (suits(need, place.offer, place.date) && travel !== null)
        add(place.offer.perSeat + travel, Math.min(q, place.offer.maxSeats), place);
    }
    const { individual, penalty } = options.apart(need);
    const price = statement.catalogue.get(need.course);
    if (individual && price !== undefined) add(price, q, 'individual');
    if (penalty !== null) add(penalty, q, 'penalty');
  }
  const ofNeed = Map.groupBy(columns, (c) => c.need);
  const model: SeatingModel = {
    statement,
    linear,
    places,
    columns,
    columnsAt: Map.groupBy(columns, (c) => c.at),
    rows: needs.map((need) => ({
      need,
      seats: seats.get(need.id)!,
      columns: (ofNeed.get(need) ?? []).map((c) => [c.column, c.unit] as const),
    })),
  };
  for (const place of places) {
    const inside = columnsAt(model, place);
    const filled: Terms = inside.map((c) => [c.column, c.unit] as const);
    linear.row(Number.NEGATIVE_INFINITY, 0, [...filled, [place.open, -place.offer.maxSeats]]);
    linear.row(0, Number.POSITIVE_INFINITY, [...filled, [place.open, -place.offer.minSeats]]);
    for (const c of inside)
      linear.row(Number.NEGATIVE_INFINITY, 0, [
        [c.column, c.unit],
        [place.open, -Math.min(place.offer.maxSeats, seats.get(c.need.id)!)],
      ]);
    if (options.subsidy > 0) addSubsidy(model, place, options.subsidy);
  }
  addOverlaps(model, seats);
  return model;
}

const columnsAt = (model: SeatingModel, at: SeatColumn['at']): readonly SeatColumn[] =>
  model.columnsAt.get(at) ?? [];

/** At most the rate a seat, at most the session's own cost, and only with two companies or more. */
function addSubsidy(model: SeatingModel, place: Place, rate: number): void {
  const { linear } = model;
  const inside = columnsAt(model, place);
  const companies = Map.groupBy(inside, (c) => c.need.company);
  if (companies.size < 2) return;
  const { fixed, perSeat, maxSeats } = place.offer;
  const most = Math.min(rate * maxSeats, fixed + perSeat * maxSeats);
  const subsidy = linear.column(-1, 0, most);
  const shared = linear.column(0, 0, 1, true);
  linear.row(Number.NEGATIVE_INFINITY, 0, [
    [subsidy, 1],
    ...inside.map((c) => [c.column, -rate * c.unit] as const),
  ]);
  linear.row(Number.NEGATIVE_INFINITY, 0, [
    [subsidy, 1],
    [place.open, -fixed],
    ...inside.map((c) => [c.column, -perSeat * c.unit] as const),
  ]);
  linear.row(Number.NEGATIVE_INFINITY, 0, [
    [subsidy, 1],
    [shared, -most],
  ]);
  const present = [...companies.values()].map((own) => {
    const there = linear.column(0, 0, 1);
    linear.row(Number.NEGATIVE_INFINITY, 0, [[there, 1], ...own.map((c) => [c.column, -c.unit] as const)]);
    return [there, 1] as const;
  });
  linear.row(0, Number.POSITIVE_INFINITY, [...present, [shared, -2]]);
}

function addOverlaps(model: SeatingModel, seats: Seats): void {
  const { linear, places } = model;
  const presence = new Map<SeatColumn, number>();
  /** 1 once the need has a seat in the place. */
  const there = (c: SeatColumn): number => {
    let column = presence.get(c);
    if (column === undefined) {
      column = linear.column(0, 0, 1, true);
      linear.row(Number.NEGATIVE_INFINITY, 0, [
        [c.column, c.unit],
        [column, -seats.get(c.need.id)!],
      ]);
      presence.set(c, column);
    }
    return column;
  };
  for (const [k, a] of places.entries())
    for (const b of places.slice(k + 1)) {
      if (!overlap(a.date, a.offer.days, b.date, b.offer.days)) continue;
      const trainer = a.offer.trainer !== undefined && a.offer.trainer === b.offer.trainer;
      const room = a.offer.room !== undefined && a.offer.room === b.offer.room;
      if (trainer || room)
        linear.row(Number.NEGATIVE_INFINITY, 1, [
          [a.open, 1],
          [b.open, 1],
        ]);
      for (const inA of columnsAt(model, a).filter((c) => c.need.people !== undefined))
        for (const inB of columnsAt(model, b))
          if (inA.need.people?.some((person) => inB.need.people?.includes(person)))
            linear.row(Number.NEGATIVE_INFINITY, 1, [
              [there(inA), 1],
              [there(inB), 1],
            ]);
    }
}

/** minCompaniesPerSession and minCompanies, in groups. */
function addCounts(statement: Statement, model: SeatingModel): void {
  const { linear, places, columns } = model;
  const group = (need: Need): string => {
    const company = statement.companies.get(need.company)!;
    return company.group ?? company.id;
  };
  /** One term a group, at most 1 and only with a seat among `served`. */
  const groupsAmong = (served: readonly SeatColumn[]): Terms =>
    [...Map.groupBy(served, (c) => group(c.need)).values()].map((own) => {
      const there = linear.column(0, 0, 1, true);
      linear.row(Number.NEGATIVE_INFINITY, 0, [[there, 1], ...own.map((c) => [c.column, -c.unit] as const)]);
      return [there, 1] as const;
    });
  const perSession = statement.problem.rules.minCompaniesPerSession ?? 1;
  for (const place of places)
    linear.row(0, Number.POSITIVE_INFINITY, [
      ...groupsAmong(columnsAt(model, place)),
      [place.open, -perSession],
    ]);
  const seated = columns.filter((c) => c.at !== 'penalty');
  const onCourse = new Map<string, Terms>();
  for (const { need, seats } of model.rows) {
    if (need.minCompanies === undefined) continue;
    const groups =
      onCourse.get(need.course) ?? groupsAmong(seated.filter((c) => c.need.course === need.course));
    onCourse.set(need.course, groups);
    const served = linear.column(0, 0, 1, true);
    const own = seated.filter((c) => c.need === need);
    linear.row(Number.NEGATIVE_INFINITY, 0, [
      ...own.map((c) => [c.column, c.unit] as const),
      [served, -seats],
    ]);
    linear.row(0, Number.POSITIVE_INFINITY, [...groups, [served, -need.minCompanies]]);
  }
}

/** Reads the seats off a solution. Sessions with no seat (possible where minSeats is 0) are left shut. */
function allocationOf(model: SeatingModel, values: Float64Array): Allocation {
  const seatsAt = (at: SeatColumn['at']): { need: string; seats: number }[] =>
    columnsAt(model, at)
      .map((c) => ({ need: c.need.id, seats: Math.round(values[c.column]!) * c.unit }))
      .filter((row) => row.seats > 0);
  return {
    sessions: model.places
      .map((place) => ({ offer: place.offer.id, date: place.date, seats: seatsAt(place) }))
      .filter((session) => session.seats.length > 0),
    individual: seatsAt('individual').map((row) => ({
      ...row,
      cost: row.seats * model.statement.catalogue.get(model.statement.needs.get(row.need)!.course)!,
    })),
    unserved: seatsAt('penalty').map((row) => ({ ...row, reason: 'not-worth-it' as const })),
  };
}

/**
 * Cost after subsidy, recounted from whole seats and not from the solver's objective; the seats themselves pass the
 * check of any allocation.
 */
function costOf(model: SeatingModel, values: Float64Array): number {
  const { problem } = model.statement;
  const allocation = allocationOf(model, values);
  const served = new Map<string, number>();
  for (const { need, seats } of [
    ...allocation.sessions.flatMap((s) => s.seats),
    ...allocation.individual,
    ...allocation.unserved,
  ])
    served.set(need, (served.get(need) ?? 0) + seats);
  const own = statementOf({
    ...problem,
    needs: problem.needs
      .filter((n) => served.has(n.id))
      .map(({ minCompanies: _, ...n }) => ({ ...n, seats: served.get(n.id)! })),
    rules: { ...problem.rules, minCompaniesPerSession: 0 },
  });
  const wrong = checkAllocation(own.problem, allocation);
  if (wrong.length > 0)
    throw new Error(`a least-cost plan of the checker fails its own check: ${wrong[0]!.sentence}`);
  const { cost, subsidy } = recount(own, allocation);
  return cost - subsidy;
}
