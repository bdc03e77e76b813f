import { type Violation, violation } from '../checked.ts';
import {
  equalProfit,
  excesses,
  grandCoalition,
  members,
  nucleolus,
  proportional,
  shapley,
  single,
  type TableGame,
} from './check-rules.ts';

export type ShareRule = 'shapley' | 'nucleolus' | 'proportional' | 'equal-profit';

/** A cost game with names: `cost` by bitmask, bit i for player i, `weights` null for the own costs. */
export interface NamedGame {
  readonly players: readonly string[];
  readonly cost: Float64Array;
  readonly weights: readonly number[] | null;
}

/** What a file of shares says. */
export interface SharesOutput {
  readonly shares: Readonly<Record<string, number>>;
  readonly rational: boolean;
  readonly core: boolean;
  readonly blocking: readonly string[] | null;
}

/** Flags compare with this times |c(N)|. */
const TOLERANCE = 1e-9;
/** Floating-point sums of a thousand terms, relative to the largest cost: nothing nearer than that is judged. */
const NOISE = 1e-12;
/** Shares of a rule, relative to the largest cost. */
const SHARE = 1e-8;

/**
 * Checks shares against their game: they sum to c(N), the flags and the blocking group are right, and with `rule` they
 * are that rule's, recomputed plainly and, for nucleolus and equal profit, in exact arithmetic: comfortable to some
 * 12 players.
 */
export function checkShares(game: NamedGame, rule: ShareRule | null, output: SharesOutput): Violation[] {
  const names = checkNames(game, output);
  if (names.length > 0) return names;
  const table: TableGame = { players: game.players.length, cost: game.cost };
  const shares = game.players.map((name) => output.shares[name]!);
  return [
    ...checkSum(table, shares),
    ...checkRational(game, table, shares, output),
    ...checkCore(game, table, shares, output),
    ...(rule === null ? [] : checkRule(game, table, rule, shares)),
  ];
}

function checkNames(game: NamedGame, output: SharesOutput): Violation[] {
  const found: Violation[] = [];
  for (const name of game.players) {
    const share = output.shares[name];
    if (share === undefined)
      found.push(violation('player-missing', `shares.${name}`, `Player ${name} has no share.`));
    else if (!Number.isFinite(share))
      found.push(violation('not-a-number', `shares.${name}`, `The share of ${name} is not a finite number.`));
  }
  for (const name of Object.keys(output.shares))
    if (!game.players.includes(name))
      found.push(
        violation('unknown-player', `shares.${name}`, `The game has no player ${JSON.stringify(name)}.`),
      );
  for (const name of output.blocking ?? [])
    if (!game.players.includes(name))
      found.push(violation('unknown-player', 'blocking', `The game has no player ${JSON.stringify(name)}.`));
  return found;
}

const largestCost = (table: TableGame): number =>
  table.cost.reduce((most, c) => Math.max(most, Math.abs(c)), 0);

const toleranceOf = (table: TableGame): number => TOLERANCE * Math.abs(table.cost[grandCoalition(table)]!);

function checkSum(table: TableGame, shares: readonly number[]): Violation[] {
  const total = table.cost[grandCoalition(table)]!;
  const paid = shares.reduce((a, b) => a + b, 0);
  if (Math.abs(paid - total) <= toleranceOf(table) + NOISE * largestCost(table)) return [];
  return [
    violation('shares-do-not-add-up', 'shares', `The shares sum to ${paid}, the cost of all is ${total}.`, {
      paid,
      total,
    }),
  ];
}

/** A flag for `value <= tolerance`; either is right where rounding decides. */
const flagIsWrong = (flag: boolean, value: number, tolerance: number, noise: number): boolean =>
  Math.abs(value - tolerance) > noise && flag !== value <= tolerance;

function checkRational(
  game: NamedGame,
  table: TableGame,
  shares: readonly number[],
  output: SharesOutput,
): Violation[] {
  const above = shares.map((x, i) => x - table.cost[single(i)]!);
  const worst = Math.max(...above);
  if (!flagIsWrong(output.rational, worst, toleranceOf(table), NOISE * largestCost(table))) return [];
  const who = game.players[above.indexOf(worst)]!;
  return [
    violation(
      'rational',
      'rational',
      output.rational
        ? `"rational" is true, but ${who} pays ${worst} above its own cost.`
        : `"rational" is false, but nobody pays above the own cost.`,
      { above: worst },
    ),
  ];
}

function checkCore(
  game: NamedGame,
  table: TableGame,
  shares: readonly number[],
  output: SharesOutput,
): Violation[] {
  const tolerance = toleranceOf(table);
  const noise = NOISE * largestCost(table);
  const excess = excesses(table, shares);
  let largest = Number.NEGATIVE_INFINITY;
  for (let mask = 1; mask < grandCoalition(table); mask += 1) largest = Math.max(largest, excess[mask]!);
  if (flagIsWrong(output.core, largest, tolerance, noise))
    return [
      violation(
        'core',
        'core',
        output.core
          ? `"core" is true, but some group pays ${largest} above its own cost.`
          : `"core" is false, but no group pays above its own cost.`,
        { gain: largest },
      ),
    ];
  if (output.core)
    return output.blocking === null
      ? []
      : [violation('blocking-not-null', 'blocking', 'In the core no group blocks: "blocking" is null.')];
  if (output.blocking === null)
    return [violation('no-blocking', 'blocking', '"core" is false without a blocking group.')];
  const said = output.blocking.reduce((mask, name) => mask | single(game.players.indexOf(name)), 0);
  if (
    members(said, table.players).length !== output.blocking.length ||
    said === grandCoalition(table) ||
    said === 0
  )
    return [
      violation(
        'blocking',
        'blocking',
        'The blocking group is a group of some players but not all, each once.',
      ),
    ];
  const group = members(said, table.players).map((i) => game.players[i]!);
  if (group.some((name, k) => name !== output.blocking![k]))
    return [
      violation('blocking-order', 'blocking', 'The blocking group is not in the order of the players.'),
    ];
  // Gains closer than the tolerance are equal; either side of the tolerance itself is accepted.
  const accepted = [0.5, 1, 2].map((times) => firstWithin(table, excess, largest, times * tolerance + noise));
  if (accepted.includes(said)) return [];
  const expected = members(accepted[1]!, table.players).map((i) => game.players[i]!);
  return [
    violation(
      'blocking',
      'blocking',
      `${group.join(', ')} gain ${excess[said]}; the blocking group is ${expected.join(', ')}, which gains ${excess[accepted[1]!]}.`,
      { said: excess[said]!, largest },
    ),
  ];
}

/** Of the groups whose gain is within `tolerance` of the largest: fewest players, then first in input order. */
function firstWithin(table: TableGame, excess: Float64Array, largest: number, tolerance: number): number {
  let best = 0;
  const better = (a: number, b: number): boolean => {
    const [ofA, ofB] = [members(a, table.players), members(b, table.players)];
    if (ofA.length !== ofB.length) return ofA.length < ofB.length;
    const k = ofA.findIndex((i, at) => i !== ofB[at]);
    return ofA[k]! < ofB[k]!;
  };
  for (let mask = 1; mask < grandCoalition(table); mask += 1)
    if (excess[mask]! >= largest - tolerance && (best === 0 || better(mask, best))) best = mask;
  return best;
}

function checkRule(
  game: NamedGame,
  table: TableGame,
  rule: ShareRule,
  shares: readonly number[],
): Violation[] {
  const own = game.players.map((_, i) => table.cost[single(i)]!);
  const expected = expectedShares(table, rule, game.weights ?? own);
  if (expected === null)
    return [
      violation(
        'no-shares',
        'shares',
        'Every own cost is 0 and the total is not: equal profit has no answer.',
      ),
    ];
  const tolerance = SHARE * largestCost(table);
  return game.players.flatMap((name, i) =>
    Math.abs(shares[i]! - expected[i]!) <= tolerance
      ? []
      : [
          violation(
            'share',
            `shares.${name}`,
            `By the ${rule} rule ${name} pays ${expected[i]}, not ${shares[i]}.`,
            {
              said: shares[i]!,
              recounted: expected[i]!,
            },
          ),
        ],
  );
}

function expectedShares(
  table: TableGame,
  rule: ShareRule,
  weights: readonly number[],
): readonly number[] | null {
  switch (rule) {
    case 'shapley':
      return shapley(table);
    case 'proportional':
      return proportional(table, weights);
    case 'nucleolus':
      return nucleolus(table);
    case 'equal-profit':
      return equalProfit(table);
  }
}
