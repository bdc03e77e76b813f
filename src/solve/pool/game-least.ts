import { loadHighs } from '../highs/load.ts';
import { solveMixedWith } from '../highs/mixed.ts';
import type { ComponentGame, GameSeats } from './game.ts';
import { seatsCost } from './game.ts';
import { writeGroupProgramme } from './game-programme.ts';

/** What is known of the least cost of a group: `lower` = `cost` once it is proved. Whole cents. */
export interface Least {
  /** Cost of the best seats found. */
  readonly cost: number;
  /** No seats of the group cost less. */
  readonly lower: number;
}

/** Least costs known of groups, by their seats; kept across the settlements of one problem. */
export type LeastMemory = Map<string, Least>;

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

export function createLeastCosts(game: ComponentGame, memory: LeastMemory = new Map()): LeastCosts {
  const names = companyKeys(game);

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
    const lower =
      result.status === 'optimal'
        ? cost
        : Math.min(cost, Math.ceil((result.bound ?? crudeBound(game, members)) - 1e-6));
    return { least: { cost, lower }, seats };
  }

  return {
    game,
    async of(members, seconds, penalties = true) {
      if (members.length === 0) return { cost: 0, lower: 0 };
      const key = members.map((c) => names[c]!).join('|') + (penalties ? '' : ' without penalties');
      const known = memory.get(key);
      if (known !== undefined && (known.lower === known.cost || seconds <= 0)) return known;
      const solved = await solve(members, seconds, penalties);
      if (solved === null) return null;
      memory.set(key, solved.least);
      return solved.least;
    },
    async seats(members, seconds) {
      const solved = members.length === 0 ? null : await solve(members, seconds, true);
      return solved?.seats ?? outsideOnly(game, members);
    },
  };
}

/** Each company's needs and seats as text: a group with equal texts has an equal least cost. */
function companyKeys(game: ComponentGame): string[] {
  const keys = game.companies.map(() => '');
  for (let i = 0; i < game.model.needCount; i += 1)
    keys[game.needCompany[i]!]! += `${game.model.needIndex[i]}:${game.model.needSeats[i]},`;
  return keys;
}

/** All seats of a group outside sessions. */
export function outsideOnly(game: ComponentGame, members: readonly number[]): GameSeats {
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
