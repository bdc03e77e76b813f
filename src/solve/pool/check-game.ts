import { Unproved } from '../share/check-linear.ts';
import { type Recount, type Statement, statementOf, sum, travelPerSeat } from './check-allocation.ts';
import { type CostRange, leastCost, leastCostRange } from './check-least-cost.ts';
import type { Allocation } from './problem.ts';

/** What a company could do by itself in a component, cents. */
export interface Alone {
  /** Least cost of its served seats, at the penalty where nothing else serves them. */
  readonly least: number;
  /** Every least plan of its own counts a seat at the penalty. */
  readonly usesPenalty: boolean;
  /** All its served seats bought from the catalogue; null where some course has no price. */
  readonly catalogue: number | null;
}

/**
 * The cost game of one component: courses tied by trainers, rooms or people. Players are the companies served in it,
 * in input order; coalitions are bitmasks over them. Values are computed once, when asked for.
 */
export class ComponentGame {
  readonly players: readonly string[];
  /** Bill and travel of the plan here: the value of all players together. */
  readonly own: number;
  readonly billed: number;
  private readonly statement: Statement;
  private readonly seats: ReadonlyMap<string, number>;
  private readonly values = new Map<bigint, Promise<number>>();
  /** `performance.now()` from which on no more is computed: {@link Unproved}. */
  private readonly deadline: number;

  constructor(
    statement: Statement,
    allocation: Allocation,
    plan: Recount,
    courses: ReadonlySet<string>,
    deadline: number,
  ) {
    this.deadline = deadline;
    const { problem } = statement;
    this.statement = statementOf({
      ...problem,
      needs: problem.needs.filter((n) => courses.has(n.course)),
      offers: problem.offers.filter((o) => courses.has(o.course)),
    });
    this.seats = new Map(
      this.statement.problem.needs.flatMap((n) => {
        const seats = plan.servedByNeed.get(n.id) ?? 0;
        return seats > 0 ? [[n.id, seats] as const] : [];
      }),
    );
    const served = new Set([...this.seats.keys()].map((need) => statement.needs.get(need)!.company));
    this.players = problem.companies.map((c) => c.id).filter((id) => served.has(id));
    const here = allocation.sessions.map((s) => courses.has(statement.offers.get(s.offer)!.course));
    const individual = sum(allocation.individual.filter((r) => this.seats.has(r.need)).map((r) => r.cost));
    const travel = sum(
      allocation.sessions.flatMap((s, k) =>
        here[k] === true
          ? s.seats.map(
              (r) => r.seats * travelPerSeat(statement, r.need, statement.offers.get(s.offer)!.site)!,
            )
          : [],
      ),
    );
    this.billed =
      sum(plan.sessionCosts.filter((_, k) => here[k])) -
      sum(plan.subsidies.filter((_, k) => here[k])) +
      individual;
    this.own = this.billed + travel;
  }

  /** Everybody. Groups are bit masks of as many bits as there are players: a component may have a thousand. */
  get all(): bigint {
    return (1n << BigInt(this.players.length)) - 1n;
  }

  /** Value of a coalition: the plan's own for all players, else the least cost of its served seats. */
  value(mask: bigint | number): Promise<number> {
    const group = BigInt(mask);
    if (group === this.all) return Promise.resolve(this.own);
    let value = this.values.get(group);
    if (value === undefined) {
      value = this.least(mask, true).then((cost) => cost!); // never null: every seat has a price or a penalty
      this.values.set(group, value);
    }
    return value;
  }

  /** Least cost of a coalition's served seats, also for all players together. */
  async least(mask: bigint | number, penalties: boolean): Promise<number | null> {
    return leastCost(this.statement, this.seatsOf(mask), penalties, this.secondsLeft());
  }

  /** What `seconds` tell of a coalition's least cost, also of all players together. */
  range(mask: bigint, seconds: number): Promise<CostRange> {
    return leastCostRange(this.statement, this.seatsOf(mask), true, seconds);
  }

  private secondsLeft(): number {
    const left = (this.deadline - performance.now()) / 1000;
    if (left <= 0) throw new Unproved('the time of the check is over');
    return left;
  }

  /** Served seats here of the members of `mask`, by need. */
  seatsOf(mask: bigint | number): ReadonlyMap<string, number> {
    const group = BigInt(mask);
    const inside = new Set(this.players.filter((_, i) => (group & (1n << BigInt(i))) !== 0n));
    return new Map([...this.seats].filter(([need]) => inside.has(this.statement.needs.get(need)!.company)));
  }

  /** What player `i` could do alone. A single player's own cost is the plan's. */
  async alone(i: number): Promise<Alone> {
    const mask = 1n << BigInt(i);
    const prices = [...this.seatsOf(mask)].map(([need, seats]) => {
      const price = this.statement.catalogue.get(this.statement.needs.get(need)!.course);
      return price === undefined ? null : price * seats;
    });
    const catalogue = prices.includes(null) ? null : sum(prices.map((p) => p ?? 0));
    const least = await this.value(mask);
    if (this.players.length === 1) return { least, usesPenalty: false, catalogue };
    const paid = await this.least(mask, false);
    return { least, usesPenalty: paid === null || paid > least, catalogue };
  }

  /** All values, by bitmask: 2 to the number of players of them. */
  async table(): Promise<Float64Array> {
    const cost = new Float64Array(2 ** this.players.length);
    for (let mask = 1; mask < cost.length; mask += 1) cost[mask] = await this.value(mask);
    return cost;
  }
}

/**
 * The components in which somebody is served, in the order of their first course. `deadline` (`performance.now()`) ends
 * their computations.
 */
export function componentsOf(
  statement: Statement,
  allocation: Allocation,
  plan: Recount,
  deadline = Number.POSITIVE_INFINITY,
): ComponentGame[] {
  return courseComponents(statement)
    .map((courses) => new ComponentGame(statement, allocation, plan, courses, deadline))
    .filter((component) => component.players.length > 0);
}

/** Courses whose offers share a trainer or a room, or whose needs share a person, are together. */
export function courseComponents({ problem }: Statement): ReadonlySet<string>[] {
  const links: (readonly [course: string, shared: string])[] = [
    ...problem.offers.flatMap((o) => [
      ...(o.trainer === undefined ? [] : [[o.course, `trainer ${o.trainer}`] as const]),
      ...(o.room === undefined ? [] : [[o.course, `room ${o.room}`] as const]),
    ]),
    ...problem.needs.flatMap((n) =>
      (n.people ?? []).map((person) => [n.course, `person ${person}`] as const),
    ),
  ];
  const left = new Set([...problem.needs, ...problem.offers].map((row) => row.course));
  const components: Set<string>[] = [];
  for (const start of left) {
    const component = new Set([start]);
    for (let size = 0; size < component.size; ) {
      size = component.size;
      const shared = new Set(links.filter(([course]) => component.has(course)).map(([, what]) => what));
      for (const [course, what] of links) if (shared.has(what)) component.add(course);
    }
    for (const course of component) left.delete(course);
    components.push(component);
  }
  return components;
}

/** Components tied by a company that is served in both: within one, groups are judged over all of it. */
export function clustersOf(components: readonly ComponentGame[]): ComponentGame[][] {
  const clusters: ComponentGame[][] = [];
  for (const component of components) {
    const tied = clusters.filter((cluster) =>
      cluster.some((other) => other.players.some((id) => component.players.includes(id))),
    );
    for (const cluster of tied) clusters.splice(clusters.indexOf(cluster), 1);
    clusters.push([...tied.flat(), component]);
  }
  return clusters;
}
