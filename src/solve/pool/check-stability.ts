import { type Violation, violation } from '../checked.ts';
import { Unproved } from '../share/check-linear.ts';
import { type Statement, sum } from './check-allocation.ts';
import { type ComponentGame, clustersOf } from './check-game.ts';
import { bestCoalition, type CostRange } from './check-least-cost.ts';
import type { Stability } from './problem.ts';

/** What the checker could not verify, in one sentence: no breach, and no proof either. */
export interface Note {
  readonly where: string;
  readonly sentence: string;
}

export interface StabilityLimits {
  /** Most companies of a cluster for which every group is tried one by one. */
  readonly players: number;
  /** Seconds for the search of the best group in a larger cluster. */
  readonly seconds: number;
}

/** What some group pays above its own least cost, and the most that any group does. */
interface Best {
  readonly companies: readonly string[];
  readonly gain: number;
  readonly atMost: number;
}

/**
 * Checks `core`, `blocking` and `gain` against the rounded `charges` (pays + travel by company). Groups are judged
 * within companies that components tie together; all of such a cluster is no group, as its value is what the plan
 * charges it (and sums over clusters gain nothing that one of them does not gain).
 */
export async function checkStability(
  statement: Statement,
  components: readonly ComponentGame[],
  charges: ReadonlyMap<string, number>,
  said: Stability,
  limits: StabilityLimits,
): Promise<{ violations: Violation[]; notes: Note[] }> {
  const violations: Violation[] = [];
  const notes: Note[] = [];
  const breach = (
    code: string,
    where: string,
    sentence: string,
    numbers: Record<string, number> = {},
  ): void => {
    violations.push(violation(code, where, sentence, numbers));
  };
  if (said.core !== 'out' && said.blocking !== null)
    breach('blocking-not-null', 'blocking', `"blocking" must be null where "core" is "${said.core}".`);
  if (said.core === 'in' && said.gain !== 0)
    breach('gain-not-zero', 'gain', `"gain" must be 0 where "core" is "in", not ${said.gain}.`, {
      gain: said.gain,
    });
  if (said.core === 'out') {
    const blocking = await checkBlocking(components, charges, said, limits);
    return { violations: [...violations, ...blocking.violations], notes: blocking.notes };
  }
  for (const cluster of clustersOf(components)) {
    const best = await bestGroup(statement, cluster, charges, limits).catch(nullWhenUnproved);
    const names = best?.companies.join(', ') ?? '';
    const allowed = said.core === 'in' ? 0 : said.gain;
    if (best !== null && best.gain > allowed)
      breach(
        said.core === 'in' ? 'not-in-core' : 'gain-too-low',
        said.core === 'in' ? 'core' : 'gain',
        said.core === 'in'
          ? `"core" is "in", but ${names} would save ${best.gain} cents by leaving together.`
          : `No group is said to gain more than ${said.gain} cents, but ${names} would gain ${best.gain}.`,
        { gain: best.gain, said: said.gain },
      );
    else if (best === null || best.atMost > allowed)
      notes.push({
        where: 'core',
        sentence: `"core": "${said.core}" is not verified: the checker's bound on what some group of ${clusterPlayers(cluster).length} companies gains is ${best === null ? 'not known' : `${best.atMost} cents`}.`,
      });
  }
  return { violations, notes };
}

const nullWhenUnproved = (error: unknown): null => {
  if (error instanceof Unproved) return null;
  throw error;
};

/** Companies of a cluster, each once. */
const clusterPlayers = (cluster: readonly ComponentGame[]): string[] => [
  ...new Set(cluster.flatMap((component) => component.players)),
];

const maskOf = (component: ComponentGame, companies: ReadonlySet<string>): bigint =>
  component.players.reduce((mask, id, i) => (companies.has(id) ? mask | (1n << BigInt(i)) : mask), 0n);

/** Least cost of a group over all components; the plan's own in those that it fills. */
async function gameValue(
  components: readonly ComponentGame[],
  companies: ReadonlySet<string>,
): Promise<number> {
  let total = 0;
  for (const component of components) {
    const mask = maskOf(component, companies);
    if (mask !== 0n) total += await component.value(mask);
  }
  return total;
}

/**
 * Least cost of a group over all components, each given `seconds`. In one that the group fills, its value is the
 * plan's own, or less where its own least plan is cheaper.
 */
async function rangeOf(
  components: readonly ComponentGame[],
  companies: ReadonlySet<string>,
  seconds: number,
): Promise<CostRange> {
  let [atLeast, found] = [0, 0];
  for (const component of components) {
    const mask = maskOf(component, companies);
    if (mask === 0n) continue;
    const range = await component.range(mask, seconds);
    atLeast += range.atLeast;
    found += mask === component.all ? Math.min(range.found, component.own) : range.found;
  }
  return { atLeast, found };
}

async function checkBlocking(
  components: readonly ComponentGame[],
  charges: ReadonlyMap<string, number>,
  said: Stability,
  limits: StabilityLimits,
): Promise<{ violations: Violation[]; notes: Note[] }> {
  const { blocking, gain } = said;
  const breach = (code: string, where: string, sentence: string, numbers: Record<string, number> = {}) => ({
    violations: [violation(code, where, sentence, numbers)],
    notes: [],
  });
  if (blocking === null || blocking.length === 0)
    return breach('no-blocking', 'blocking', '"core" is "out" without a blocking group.');
  const group = new Set(blocking);
  if (group.size < blocking.length)
    return breach('blocking-twice', 'blocking', 'The blocking group names a company twice.');
  const served = new Set(components.flatMap((c) => c.players));
  for (const id of blocking)
    if (!served.has(id))
      return breach('blocking-not-served', 'blocking', `The blocking group has ${id}, who is not served.`);
  if (group.size === served.size)
    return breach('blocking-is-all', 'blocking', 'The blocking group is all of the served companies.');
  const names = blocking.join(', ');
  const charged = sum(blocking.map((id) => charges.get(id)!));
  const { atLeast, found } = await rangeOf(components, group, limits.seconds);
  if (charged - atLeast < 1)
    return breach(
      'not-blocking',
      'blocking',
      `${names} are charged ${charged}; their own least cost is ${atLeast} at least: they gain nothing by leaving.`,
      { charged, least: atLeast },
    );
  if (!Number.isInteger(gain) || gain < 1 || gain > charged - atLeast)
    return breach(
      'gain',
      'gain',
      `${names} are charged ${charged} and could do alone for ${atLeast}: "gain" is ${charged - atLeast}, not ${gain}.`,
      { said: gain, recounted: charged - atLeast },
    );
  if (gain <= charged - found) return { violations: [], notes: [] };
  return {
    violations: [],
    notes: [
      {
        where: 'blocking',
        sentence: `The gain of ${gain} is not verified: a plan found for ${names} costs ${found}, of ${charged} charged.`,
      },
    ],
  };
}

/** The group of a cluster that gains most; null where none was found in time. */
async function bestGroup(
  statement: Statement,
  cluster: readonly ComponentGame[],
  charges: ReadonlyMap<string, number>,
  limits: StabilityLimits,
): Promise<Best | null> {
  const players = clusterPlayers(cluster);
  if (players.length === 1) return { companies: [], gain: 0, atMost: 0 };
  if (players.length <= limits.players) return bestOfAll(cluster, players, charges);
  const seats = new Map(cluster.flatMap((c) => [...c.seatsOf(c.all)]));
  const whole = [];
  for (const component of cluster) {
    if (component.players.length === players.length) continue; // all of the cluster is no group
    const { atLeast, found } = await component.range(component.all, limits.seconds);
    if (atLeast < found) return null;
    whole.push({ companies: component.players, cents: component.own - found });
  }
  const credit = new Map(players.map((id) => [id, charges.get(id)!]));
  return bestCoalition(statement, seats, credit, whole, limits.seconds);
}

async function bestOfAll(
  cluster: readonly ComponentGame[],
  players: readonly string[],
  charges: ReadonlyMap<string, number>,
): Promise<Best> {
  let best: Best = { companies: [], gain: Number.NEGATIVE_INFINITY, atMost: Number.NEGATIVE_INFINITY };
  for (let mask = 1; mask < 2 ** players.length - 1; mask += 1) {
    const companies = players.filter((_, i) => (mask & (1 << i)) !== 0);
    const gain =
      sum(companies.map((id) => charges.get(id)!)) - (await gameValue(cluster, new Set(companies)));
    if (gain > best.gain) best = { companies, gain, atMost: gain };
  }
  return best;
}
