import { err, ok } from '../../../kernel/result.ts';
import { slugOf } from '../../../kernel/text.ts';
import type { PoolPlan, PoolProblem, SharingRule, Travel } from '../../../solve/pool/problem.ts';
import { runPool } from '../../../solve/pool/run.ts';
import { verifyPool } from '../../../solve/pool/verify.ts';
import {
  type Model,
  markChecked,
  PlanFailure,
  type PlanPicture,
  type Terms,
  type TermsRecord,
} from '../kind.ts';
import type { Need, Party } from '../types.ts';

/** What a training plan is stored with: the problem as solved, and the names its pages show. */
interface TrainingProblem {
  readonly pool: PoolProblem;
  readonly providers: Readonly<Record<string, string>>;
  /** Names of sites by their key. */
  readonly sites: Readonly<Record<string, string>>;
}

const list = (terms: Terms, name: string): readonly TermsRecord[] => terms.lists[name] ?? [];
const maybe = <K extends string, V>(key: K, value: V | null | undefined | ''): { [P in K]?: V } =>
  (value === null || value === undefined || value === '' ? {} : { [key]: value }) as { [P in K]?: V };

/** Needs under a call's terms, as a pooled problem. Towns are compared without accents or capitals. */
function build(terms: Terms, needs: readonly Need[], parties: readonly Party[]): PoolProblem {
  const { settings } = terms;
  const withNeeds = new Set(needs.map((n) => n.company));
  const companies = parties.filter((p) => withNeeds.has(p.id));
  const offers = list(terms, 'offers').map((o) => ({
    id: o.id,
    course: String(o.course),
    fixed: Number(o.fixed),
    perSeat: Number(o.perSeat),
    minSeats: Number(o.minSeats),
    maxSeats: Number(o.maxSeats),
    dates: o.dates as string[],
    days: Number(o.days),
    site: slugOf(String(o.site)),
    ...maybe('trainer', slugOf(String(o.trainer ?? ''))),
    ...maybe('room', o.room ? slugOf(`${o.site} ${o.room}`) : ''),
  }));
  const listed = new Map(
    list(terms, 'trips').map((t) => [
      `${slugOf(String(t.from))} ${slugOf(String(t.to))}`,
      Number(t.costPerSeat),
    ]),
  );
  const towns = [...new Set(companies.map((c) => slugOf(c.town)))];
  const sites = [...new Set(offers.map((o) => o.site))];
  const travel: Travel[] = towns.flatMap((from) =>
    sites
      .filter((to) => to !== from)
      .map((to) => ({
        from,
        to,
        // A trip is the same both ways unless it is listed otherwise.
        costPerSeat:
          listed.get(`${from} ${to}`) ?? listed.get(`${to} ${from}`) ?? Number(settings.travelDefault),
      })),
  );
  const prices = new Map(list(terms, 'courses').map((c) => [c.id, c.cataloguePrice as number | null]));
  // A seat that goes unserved weighs a percentage of its price elsewhere: above it where the seat is needed,
  // below where it is only welcome, so that it is served when pooling makes it cheap.
  const worth = (need: Need): number => {
    const price = prices.get(String(need.body.course)) ?? Number(settings.seatWorth);
    const percent = Number(need.body.welcome === true ? settings.welcomePercent : settings.neededPercent);
    return Math.round((price * percent) / 100);
  };
  return {
    companies: companies.map((c) => ({ id: c.id, group: c.group, site: slugOf(c.town) })),
    needs: needs
      .filter((n) => companies.some((c) => c.id === n.company))
      .map((n) => {
        const dates = (n.body.dates ?? []) as string[];
        const where = (n.body.sites ?? []) as string[];
        const people = String(n.body.people ?? '')
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '');
        return {
          id: n.id,
          company: n.company,
          course: String(n.body.course),
          seats: Number(n.body.seats),
          ...(dates.length > 0 ? { dates } : {}),
          ...(where.length > 0 ? { sites: where.map(slugOf) } : {}),
          ...(n.body.together === true ? { together: true } : {}),
          ...maybe('maxPricePerSeat', n.body.maxPricePerSeat as number | null),
          ...maybe('minCompanies', n.body.minCompanies as number | null),
          // People are known inside their company only: the same initials elsewhere are somebody else.
          ...(people.length > 0 ? { people: people.map((p) => `${n.company}:${slugOf(p)}`) } : {}),
          unservedPenalty: worth(n),
        };
      }),
    offers,
    catalogue: list(terms, 'courses')
      .filter((c) => c.cataloguePrice !== null && c.cataloguePrice !== undefined)
      .map((c) => ({ course: c.id, perSeat: Number(c.cataloguePrice) })),
    travel,
    rules: {
      sharing: settings.sharing as SharingRule,
      minCompaniesPerSession: Number(settings.minCompaniesPerSession),
      subsidyPerSeat: Number(settings.subsidyPerSeat),
    },
  };
}

function picture(problem: TrainingProblem, plan: PoolPlan): PlanPicture {
  const { pool } = problem;
  const needs = new Map(pool.needs.map((n) => [n.id, n]));
  const offers = new Map(pool.offers.map((o) => [o.id, o]));
  const companyOf = (need: string): string => needs.get(need)!.company;
  const topicOf = (need: string): string => needs.get(need)!.course;
  const aloneKnown = plan.shares.every((s) => s.alone !== null);
  return {
    cost: plan.cost,
    bound: plan.bound,
    billed: plan.billed,
    alone: aloneKnown ? plan.shares.reduce((sum, s) => sum + (s.alone ?? 0), 0) : null,
    rule: pool.rules.sharing,
    scarce: plan.scarce,
    core: plan.core,
    blocking: plan.blocking,
    gain: plan.gain,
    sessions: plan.sessions
      .map((session) => {
        const offer = offers.get(session.offer)!;
        const byCompany = Map.groupBy(session.seats, (seat) => companyOf(seat.need));
        const quantity = (seats: readonly { seats: number }[]): number =>
          seats.reduce((sum, s) => sum + s.seats, 0);
        return {
          offer: offer.id,
          topic: offer.course,
          provider: problem.providers[offer.id] ?? '',
          site: problem.sites[offer.site] ?? offer.site,
          date: session.date,
          days: offer.days,
          minSeats: offer.minSeats,
          maxSeats: offer.maxSeats,
          cost: offer.fixed + offer.perSeat * quantity(session.seats),
          seats: [...byCompany].map(([company, seats]) => ({ company, quantity: quantity(seats) })),
        };
      })
      .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.topic < b.topic ? -1 : 1)),
    individual: plan.individual.map((i) => ({
      company: companyOf(i.need),
      topic: topicOf(i.need),
      quantity: i.seats,
      cost: i.cost,
    })),
    unserved: plan.unserved.map((u) => ({
      company: companyOf(u.need),
      topic: topicOf(u.need),
      quantity: u.seats,
      reason: u.reason,
    })),
    shares: plan.shares,
  };
}

/** How far the check goes before a plan is stored: all of its figures, groups of up to eight companies, a few seconds a proof. */
const CHECK_LIMITS = { players: 8, seconds: 3, pairs: 200 };

/** Pooled sessions: the problem of `solve/pool`, solved in a thread, verified by its independent checker. */
export const trainingModel: Model = {
  build(terms, needs, parties) {
    const pool = build(terms, needs, parties);
    if (pool.needs.length === 0) return err({ code: 'no-needs' });
    const problem: TrainingProblem = {
      pool,
      providers: Object.fromEntries(list(terms, 'offers').map((o) => [o.id, String(o.provider)])),
      sites: Object.fromEntries(list(terms, 'offers').map((o) => [slugOf(String(o.site)), String(o.site)])),
    };
    return ok(problem);
  },
  run(problem, { seconds, seed, onProgress }) {
    const { pool } = problem as TrainingProblem;
    const startedAt = performance.now();
    const run = runPool(pool, {
      seconds,
      seed,
      onProgress: (p) => onProgress({ phase: 'solving', seconds: p.seconds, cost: p.cost, bound: p.bound }),
    });
    return {
      cancel: run.cancel,
      result: run.result.then(async ({ plan }) => {
        onProgress({
          phase: 'checking',
          seconds: (performance.now() - startedAt) / 1000,
          cost: plan.cost,
          bound: plan.bound,
        });
        const [fault] = await verifyPool(pool, plan, CHECK_LIMITS);
        if (fault !== undefined) throw new PlanFailure('plan-not-verified', fault);
        return markChecked(plan, plan.cost, plan.bound);
      }),
    };
  },
  picture: (problem, solution) => picture(problem as TrainingProblem, solution as PoolPlan),
};
