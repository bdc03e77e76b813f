import { loadHighs } from '../highs/load.ts';
import { solveMixedWith } from '../highs/mixed.ts';
import type { ComponentGame, GameSeats } from './game.ts';
import { seatsCost } from './game.ts';
import { type BranchResult, type BranchSeats, branchLeastCost, type Forbidden } from './game-branch.ts';
import { personConflicts, writeGroupProgramme } from './game-programme.ts';
import type { PoolProblem } from './problem.ts';

/** What is known of the least cost of a group: `lower` = `cost` once it is proved. Whole cents. */
export interface Least {
  /** Cost of the best seats found. */
  readonly cost: number;
  /** No seats of the group cost less. */
  readonly lower: number;
}

/** Least costs known of groups, by their seats; kept across the settlements of one problem. */
export type LeastMemory = Map<string, Least>;

const memories = new WeakMap<PoolProblem, LeastMemory>();

/** The memory of a problem: its plans differ by a few seats, and most groups of one are groups of the next. */
export function memoryOf(problem: PoolProblem): LeastMemory {
  const memory = memories.get(problem) ?? new Map();
  memories.set(problem, memory);
  return memory;
}

/** The least costs of the groups of one game. */
export interface LeastCosts {
  readonly game: ComponentGame;
  /**
   * v(S) for the members (numbers in the game, ascending): a proved least cost, or the best known once `seconds` are
   * gone. Without `penalties`, no seat may be counted at one, and null means that the group cannot do so.
   */
  of(members: readonly number[], seconds: number, penalties?: boolean): Promise<Least | null>;
  /** Seats that cost v(S). */
  seats(members: readonly number[], seconds: number): Promise<GameSeats>;
}

/** Costs are whole cents: an answer within less than one of its bound is the least. */
const BELOW_A_CENT = 0.99;
/** Nodes of the search for one course, and of the search over courses, before the engine is asked instead. */
const COURSE_NODES = 4000;
const TIE_NODES = 200;

/**
 * Least costs by {@link branchLeastCost}, course by course: what ties courses of a component together (a trainer, a
 * room, a person) seldom bites. Where it does, one of the two clashing sessions or seats is forbidden in turn, and the
 * case with the lowest sum is looked at first; the first without a clash is the least. HiGHS takes what is too large.
 */
export function createLeastCosts(game: ComponentGame, memory: LeastMemory = new Map()): LeastCosts {
  const names = companyKeys(game);
  const clashes = tiesOf(game);
  const courses = new Map<string, BranchResult>();

  function courseCost(needs: readonly number[], forbidden: Forbidden, penalties: boolean): BranchResult {
    const key = [needs.join(), [...forbidden.sessions].join(), [...forbidden.edges].join(), penalties].join(
      ';',
    );
    const known = courses.get(key);
    if (known !== undefined) return known;
    const options = { penalties, nodes: COURSE_NODES, personConflicts: clashes.people };
    const result = branchLeastCost(game, needs, forbidden, options);
    courses.set(key, result);
    return result;
  }

  /** By search; null where the group cannot be served, 'unfinished' where that is too much. */
  function search(members: readonly number[], penalties: boolean): Solved | null | 'unfinished' {
    const isMember = new Set(members);
    const needs = [...game.needCompany.keys()].filter((i) => isMember.has(game.needCompany[i]!));
    const byCourse = [...Map.groupBy(needs, (i) => game.model.needCourse[i]!).values()];
    const open: TieNode[] = [];
    const add = (sessions: readonly number[], edges: readonly number[]): boolean => {
      const forbidden = { sessions: new Set(sessions), edges: new Set(edges) };
      const parts: BranchSeats[] = [];
      for (const own of byCourse) {
        const part = courseCost(own, within(game, own, forbidden), penalties);
        if (part === 'unfinished') return false;
        if (part === 'infeasible') return true;
        parts.push(part);
      }
      open.push({ sessions, edges, parts, cost: parts.reduce((sum, p) => sum + p.cost, 0) });
      return true;
    };
    if (!add([], [])) return 'unfinished';
    for (let nodes = 0; nodes < TIE_NODES; nodes += 1) {
      if (open.length === 0) return null;
      const at = open.reduce((least, node, k) => (node.cost < open[least]!.cost ? k : least), 0);
      const [node] = open.splice(at, 1);
      const clash = firstClash(game, clashes, node!.parts);
      if (clash === null) return { cost: node!.cost, seats: joinSeats(game, node!.parts) };
      for (const one of clash.pair) {
        const isAdded =
          clash.kind === 'sessions'
            ? add([...node!.sessions, one], node!.edges)
            : add(node!.sessions, [...node!.edges, one]);
        if (!isAdded) return 'unfinished';
      }
    }
    return 'unfinished';
  }

  /** By HiGHS, in this thread. */
  async function solve(
    members: readonly number[],
    seconds: number,
    penalties: boolean,
  ): Promise<{ least: Least; seats: GameSeats } | null> {
    const highs = await loadHighs();
    const programme = writeGroupProgramme(game, members, penalties);
    const result = solveMixedWith(highs, programme.mixed, {
      seconds,
      seed: 1,
      gap: 0,
      absoluteGap: BELOW_A_CENT,
    });
    if (result.status === 'infeasible') return null;
    const seats = result.solution === null ? outsideOnly(game, members) : programme.decode(result.solution);
    const cost = seatsCost(game, seats);
    const bound = Math.max(crudeBound(game, members), Math.ceil((result.bound ?? 0) - 1e-6));
    return { least: { cost, lower: result.status === 'optimal' ? cost : Math.min(cost, bound) }, seats };
  }

  return {
    game,
    async of(members, seconds, penalties = true) {
      if (members.length === 0) return { cost: 0, lower: 0 };
      const key = members.map((c) => names[c]!).join('|') + (penalties ? '' : ' without penalties');
      const known = memory.get(key);
      if (known !== undefined && (known.lower === known.cost || seconds <= 0)) return known;
      const found = search(members, penalties);
      if (found === null) return null;
      const least =
        found === 'unfinished'
          ? (await solve(members, seconds, penalties))?.least
          : { cost: found.cost, lower: found.cost };
      if (least === undefined) return null;
      memory.set(key, least);
      return least;
    },
    async seats(members, seconds) {
      if (members.length === 0) return outsideOnly(game, members);
      const found = search(members, true);
      if (found !== null && found !== 'unfinished') return found.seats;
      return (await solve(members, seconds, true))?.seats ?? outsideOnly(game, members);
    },
  };
}

interface Solved {
  readonly cost: number;
  readonly seats: GameSeats;
}

/** A case of the search over courses: what is forbidden, and each course's best without it. */
interface TieNode {
  readonly sessions: readonly number[];
  readonly edges: readonly number[];
  readonly parts: readonly BranchSeats[];
  readonly cost: number;
}

/** What no plan may have both of: pairs of sessions, and pairs of edges. */
interface Ties {
  readonly sessions: readonly (readonly [number, number])[];
  readonly people: readonly (readonly [number, number])[];
}

function tiesOf(game: ComponentGame): Ties {
  const sessions: [number, number][] = [];
  for (const [j, others] of game.model.conflicts.entries())
    for (const other of others) if (other > j) sessions.push([j, other]);
  return { sessions, people: personConflicts(game) };
}

/** The part of what is forbidden that concerns some needs, so that equal questions have equal keys. */
function within(game: ComponentGame, needs: readonly number[], forbidden: Forbidden): Forbidden {
  if (forbidden.sessions.size === 0 && forbidden.edges.size === 0) return forbidden;
  const edges = new Set<number>();
  const sessions = new Set<number>();
  for (const i of needs)
    for (let e = game.model.edgeStart[i]!; e < game.model.edgeStart[i + 1]!; e += 1) {
      if (forbidden.edges.has(e)) edges.add(e);
      if (forbidden.sessions.has(game.model.edgeSession[e]!)) sessions.add(game.model.edgeSession[e]!);
    }
  const ascending = (set: Set<number>): Set<number> => new Set([...set].sort((a, b) => a - b));
  return { sessions: ascending(sessions), edges: ascending(edges) };
}

/** A pair that the courses' seats have both of; null where they fit together. */
function firstClash(
  game: ComponentGame,
  ties: Ties,
  parts: readonly BranchSeats[],
): { readonly kind: 'sessions' | 'edges'; readonly pair: readonly [number, number] } | null {
  if (parts.length < 2) return null;
  const edges = new Set(parts.flatMap((p) => [...p.seated.keys()]));
  const sessions = new Set([...edges].map((e) => game.model.edgeSession[e]!));
  const both = (set: ReadonlySet<number>, [a, b]: readonly [number, number]): boolean =>
    set.has(a) && set.has(b);
  const sessionPair = ties.sessions.find((pair) => both(sessions, pair));
  if (sessionPair !== undefined) return { kind: 'sessions', pair: sessionPair };
  const edgePair = ties.people.find((pair) => both(edges, pair));
  return edgePair === undefined ? null : { kind: 'edges', pair: edgePair };
}

function joinSeats(game: ComponentGame, parts: readonly BranchSeats[]): GameSeats {
  const seats = {
    seated: new Int32Array(game.model.edgeCount),
    outside: new Int32Array(game.model.needCount),
  };
  for (const part of parts) {
    for (const [e, count] of part.seated) seats.seated[e] = count;
    for (const [i, count] of part.outside) seats.outside[i] = count;
  }
  return seats;
}

/** Each company's needs and seats as text: a group with equal texts has an equal least cost. */
function companyKeys(game: ComponentGame): string[] {
  const keys = game.companies.map(() => '');
  for (let i = 0; i < game.model.needCount; i += 1)
    keys[game.needCompany[i]!]! += `${game.model.needIndex[i]}:${game.model.needSeats[i]},`;
  return keys;
}

/** All seats of a group outside sessions. */
function outsideOnly(game: ComponentGame, members: readonly number[]): GameSeats {
  const isMember = new Set(members);
  return {
    seated: new Int32Array(game.model.edgeCount),
    outside: game.model.needSeats.map((s, i) => (isMember.has(game.needCompany[i]!) ? s : 0)),
  };
}

/**
 * A lower bound on what any group pays for the seats of `members` in it, without any program: each seat at its
 * cheapest, a session's fixed price spread over all its seats and its subsidy taken in full.
 */
export function crudeBound(game: ComponentGame, members: readonly number[]): number {
  const { model } = game;
  const isMember = new Set(members);
  let bound = 0;
  for (let i = 0; i < model.needCount; i += 1) {
    if (!isMember.has(game.needCompany[i]!)) continue;
    let cheapest = game.outsideCost[i]!;
    for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1) {
      const j = model.edgeSession[e]!;
      const price = game.perSeat[j]!;
      const net = Math.max(0, price + model.fixed[j]! / model.maxSeats[j]! - game.subsidyPerSeat);
      cheapest = Math.min(cheapest, model.edgeCost[e]! - price + net);
    }
    bound += cheapest * model.needSeats[i]!;
  }
  return Math.floor(bound);
}
