import { LinearModel, type Terms } from './check-linear.ts';

/**
 * Sharing rules written as slowly and as plainly as their definitions, for checkers alone. A game is its table of
 * costs by bitmask: bit i of the mask is player i, in input order.
 */
export interface TableGame {
  readonly players: number;
  /** Cost of each coalition, `2 ** players` entries; the empty one costs 0. */
  readonly cost: Float64Array;
}

/** Solvers of linear programmes work on games whose largest cost is this at most. */
const LARGEST_COST = 1e4;

/** Two excesses of a scaled game closer than this are one level: HiGHS keeps rows to 1e-9. */
const LEVEL = 1e-6;

export const grandCoalition = (game: TableGame): number => 2 ** game.players - 1;

export const single = (i: number): number => 2 ** i;

export const members = (mask: number, players: number): number[] =>
  Array.from({ length: players }, (_, i) => i).filter((i) => (mask & single(i)) !== 0);

/** What the members of `mask` pay together. */
export const paidBy = (shares: readonly number[], mask: number): number =>
  members(mask, shares.length).reduce((total, i) => total + shares[i]!, 0);

/** What each coalition pays above its own cost, by bitmask. */
export function excesses(game: TableGame, shares: readonly number[]): Float64Array {
  const excess = new Float64Array(game.cost.length);
  for (let mask = 1; mask < excess.length; mask += 1) {
    const low = Math.log2(mask & -mask);
    const rest = mask & (mask - 1);
    // Paid by the coalition: that of the coalition without its first member, and the first member's.
    excess[mask] = (rest === 0 ? 0 : excess[rest]! + game.cost[rest]!) + shares[low]! - game.cost[mask]!;
  }
  return excess;
}

/** True where the players could all pay at most their own cost. */
export const hasRationalDivision = (game: TableGame): boolean => {
  const alone = Array.from({ length: game.players }, (_, i) => game.cost[single(i)]!);
  const total = game.cost[grandCoalition(game)]!;
  return alone.reduce((a, b) => a + b, 0) >= total - 1e-12 * Math.abs(total);
};

/** Shapley value: sum over S without i of |S|! (n - |S| - 1)! / n! x (c(S + i) - c(S)). */
export function shapley(game: TableGame): number[] {
  const { players: n, cost } = game;
  const factorial = Array.from({ length: n + 1 }, () => 1);
  for (let k = 1; k <= n; k += 1) factorial[k] = factorial[k - 1]! * k;
  const shares = Array.from({ length: n }, () => 0);
  for (let mask = 0; mask < cost.length; mask += 1) {
    const size = members(mask, n).length;
    if (size === n) continue;
    const weight = (factorial[size]! * factorial[n - size - 1]!) / factorial[n]!;
    for (let i = 0; i < n; i += 1)
      if ((mask & single(i)) === 0) shares[i]! += weight * (cost[mask | single(i)]! - cost[mask]!);
  }
  return shares;
}

/**
 * In proportion to weights, at most each one's own cost: what is above it is spread again by weight over those not yet
 * at theirs. Not capped where the own costs do not reach the total. All weights 0: equal.
 */
export function proportional(game: TableGame, weights: readonly number[]): number[] {
  const capped = hasRationalDivision(game);
  const shares = weights.map(() => 0);
  let open = weights.map((_, i) => i);
  let left = game.cost[grandCoalition(game)]!;
  for (;;) {
    const sum = open.reduce((total, i) => total + weights[i]!, 0);
    for (const i of open) shares[i] = sum === 0 ? left / open.length : (left * weights[i]!) / sum;
    const above = capped ? open.filter((i) => shares[i]! > game.cost[single(i)]!) : [];
    if (above.length === 0) return shares;
    for (const i of above) {
      shares[i] = game.cost[single(i)]!;
      left -= shares[i]!;
    }
    open = open.filter((i) => !above.includes(i));
    if (open.length === 0) return shares;
  }
}

/**
 * Nucleolus, or prenucleolus where no division leaves everybody at or below the own cost: the largest excess is made
 * least, the coalitions whose excess can go no lower are fixed, and so on with the others (Maschler, Peleg, Shapley,
 * Mathematics of Operations Research 4(4), 1979).
 */
export async function nucleolus(game: TableGame): Promise<number[]> {
  const { scaled, factor } = scale(game);
  const base = divisionsOf(scaled, hasRationalDivision(game));
  const fixed: Equality[] = [...base.equalities];
  for (;;) {
    const basis = new Span(fixed);
    if (basis.rank === game.players) break;
    const free = coalitions(scaled).filter((mask) => !basis.holds(indicator(mask, game.players)));
    const divisions = { ...base, equalities: fixed };
    const { level, shares } = await leastLargestExcess(scaled, divisions, free);
    const stuck = await stuckCoalitions(scaled, divisions, free, level, shares);
    if (stuck.length === 0) throw new Error('nucleolus: no coalition holds the level');
    for (const mask of stuck) {
      const coefficients = indicator(mask, game.players);
      if (!basis.holds(coefficients)) fixed.push({ coefficients, value: scaled.cost[mask]! + level });
      basis.add(coefficients);
    }
  }
  return solveEqualities(game.players, fixed).map((x) => x * factor);
}

/** Excesses this close, relative to the largest cost, are tried as one level: merging levels refuses no nucleolus. */
const SAME_LEVEL = 1e-7 * LARGEST_COST;

/**
 * Kohlberg's criterion (SIAM J. Applied Mathematics 20(1), 1971): at each level, no direction that sums to zero lets
 * every coalition at or above it pay no more and one of them less. True for the nucleolus alone (the prenucleolus
 * where no rational division exists).
 */
export async function satisfiesKohlberg(game: TableGame, shares: readonly number[]): Promise<boolean> {
  const { scaled, factor } = scale(game);
  const x = shares.map((share) => share / factor);
  const excess = excesses(scaled, x);
  const rational = hasRationalDivision(game);
  if (rational && x.some((share, i) => share > scaled.cost[single(i)]! + SAME_LEVEL)) return false;
  const order = coalitions(scaled).sort((a, b) => excess[b]! - excess[a]!);
  const atOwnCost = rational
    ? x.flatMap((share, i) => (share > scaled.cost[single(i)]! - SAME_LEVEL ? [i] : []))
    : [];
  const span = new Span([{ coefficients: x.map(() => 1), value: 0 }]);
  const independent: number[] = [];
  for (let k = 0; k < order.length && span.rank < game.players; ) {
    let grown = false;
    const first = k;
    for (
      ;
      k < order.length && (k === first || excess[order[k]!]! > excess[order[k - 1]!]! - SAME_LEVEL);
      k += 1
    ) {
      const vector = indicator(order[k]!, game.players);
      if (span.holds(vector)) continue;
      grown = true;
      span.add(vector);
      independent.push(order[k]!);
    }
    // A coalition in the span of the others moves with them; without a new one the level holds like the former.
    if (grown && (await canImprove(game.players, independent, order.slice(0, k), atOwnCost))) return false;
  }
  return true;
}

/** True where some direction lets a coalition pay less, with none of `all` and of `atOwnCost` paying more. */
async function canImprove(
  players: number,
  independent: readonly number[],
  all: readonly number[],
  atOwnCost: readonly number[],
): Promise<boolean> {
  const model = new LinearModel();
  const y = Array.from({ length: players }, (_, i) => model.column(0, -1, atOwnCost.includes(i) ? 0 : 1));
  model.row(
    0,
    0,
    y.map((column) => [column, 1] as const),
  );
  for (const mask of all)
    model.row(
      Number.NEGATIVE_INFINITY,
      0,
      members(mask, players).map((i) => [y[i]!, 1] as const),
    );
  // Coalitions that all stay put keep their span still, so the independent ones are enough in the objective.
  model.objective(independent.flatMap((mask) => members(mask, players).map((i) => [y[i]!, 1] as const)));
  const outcome = await model.minimise();
  if (outcome.status !== 'optimal') throw new Error('canImprove: staying put is a direction');
  // Directions are at most 1 in size, and their vertices are simple fractions.
  return outcome.objective < -1e-6;
}

/**
 * Equal profit: players whose own cost is 0 pay 0; among the rational divisions left (all, if none) those whose largest
 * excess is least; among them the differences of relative saving 1 - x(i) / c(i), from the largest, are made least one
 * after the other. Null where every own cost is 0 and the total is not.
 */
export async function equalProfit(game: TableGame): Promise<number[] | null> {
  const { scaled, factor } = scale(game);
  const own = (i: number): number => scaled.cost[single(i)]!;
  const players = Array.from({ length: game.players }, (_, i) => i);
  const active = players.filter((i) => own(i) !== 0);
  if (active.length === 0) return game.cost[grandCoalition(game)] === 0 ? players.map(() => 0) : null;
  const base = divisionsOf(scaled, hasRationalDivision(game));
  const equalities: Equality[] = [
    ...base.equalities,
    ...players
      .filter((i) => own(i) === 0)
      .map((i) => ({ coefficients: players.map((j) => (j === i ? 1 : 0)), value: 0 })),
  ];
  const rational = { ...base, equalities };
  const all = coalitions(scaled);
  const { level } = await leastLargestExcess(scaled, rational, all);
  const stable = { level, coalitions: all };
  let pairs = active.flatMap((i, k) => active.slice(k + 1).map((j) => [i, j] as const));
  const difference = ([i, j]: readonly [number, number]): number[] =>
    players.map((k) => (k === i ? -1 / own(i) : 0) + (k === j ? 1 / own(j) : 0));
  while (pairs.length > 0) {
    // A pair whose difference is settled by the equalities so far has nothing left to be made least.
    const span = new Span(equalities);
    pairs = pairs.filter((pair) => !span.holds(difference(pair)));
    if (pairs.length === 0) break;
    const divisions = { ...rational, equalities };
    const widest = await leastWidest(scaled, divisions, stable, pairs.map(difference));
    const stuck = await stuckPairs(scaled, divisions, stable, pairs.map(difference), widest);
    if (stuck.length === 0) throw new Error('equalProfit: no pair holds the difference');
    for (const equality of stuck) {
      if (!span.holds(equality.coefficients)) equalities.push(equality);
      span.add(equality.coefficients);
    }
  }
  if (new Span(equalities).rank < game.players) throw new Error('equalProfit: not settled');
  return solveEqualities(game.players, equalities).map((x) => x * factor);
}

/** Linear equality on the shares. */
interface Equality {
  readonly coefficients: readonly number[];
  readonly value: number;
}

/** Divisions of the total: equalities, and at most the own cost each where `rational`. */
interface Divisions {
  readonly equalities: readonly Equality[];
  readonly caps: readonly number[] | null;
}

interface Stable {
  readonly level: number;
  readonly coalitions: readonly number[];
}

function scale(game: TableGame): { scaled: TableGame; factor: number } {
  const largest = game.cost.reduce((most, c) => Math.max(most, Math.abs(c)), 0);
  const factor = largest === 0 ? 1 : largest / LARGEST_COST;
  return { scaled: { ...game, cost: game.cost.map((c) => c / factor) }, factor };
}

const divisionsOf = (game: TableGame, rational: boolean): Divisions => ({
  equalities: [
    { coefficients: Array.from({ length: game.players }, () => 1), value: game.cost[grandCoalition(game)]! },
  ],
  caps: rational ? Array.from({ length: game.players }, (_, i) => game.cost[single(i)]!) : null,
});

/** Every coalition but none and all. */
const coalitions = (game: TableGame): number[] =>
  Array.from({ length: game.cost.length - 2 }, (_, k) => k + 1);

const indicator = (mask: number, players: number): number[] =>
  Array.from({ length: players }, (_, i) => ((mask & single(i)) === 0 ? 0 : 1));

const termsOf = (coefficients: readonly number[], columns: readonly number[]): Terms =>
  coefficients.map((c, i) => [columns[i]!, c] as const);

/** A model whose first columns are the shares, within `divisions`. */
function shareModel(game: TableGame, divisions: Divisions): { model: LinearModel; x: number[] } {
  const model = new LinearModel();
  const x = Array.from({ length: game.players }, (_, i) =>
    model.column(0, Number.NEGATIVE_INFINITY, divisions.caps?.[i] ?? Number.POSITIVE_INFINITY),
  );
  for (const { coefficients, value } of divisions.equalities)
    model.row(value, value, termsOf(coefficients, x));
  return { model, x };
}

/**
 * Minimises over shares, with only those coalitions in the model that some former answer let pay too much: the others
 * are found by looking at every one (Dantzig, Fulkerson, Johnson's way with rows too many to write).
 */
async function minimiseWithin(
  game: TableGame,
  among: readonly number[],
  build: (rows: readonly number[]) => {
    model: LinearModel;
    x: readonly number[];
    level: (values: Float64Array) => number;
  },
): Promise<{ objective: number; shares: number[]; values: Float64Array }> {
  const rows = new Set(
    among.filter((mask) => [1, game.players - 1].includes(members(mask, game.players).length)),
  );
  for (;;) {
    const { model, x, level } = build([...rows]);
    const outcome = await model.minimise();
    if (outcome.status !== 'optimal') throw new Error(`a model of the checker is ${outcome.status}`);
    const shares = x.map((column) => outcome.values[column]!);
    const excess = excesses(game, shares);
    const limit = level(outcome.values) + 1e-8;
    const broken = among.filter((mask) => !rows.has(mask) && excess[mask]! > limit);
    if (broken.length === 0) return { objective: outcome.objective, shares, values: outcome.values };
    for (const mask of broken.sort((a, b) => excess[b]! - excess[a]!).slice(0, 30)) rows.add(mask);
  }
}

async function leastLargestExcess(
  game: TableGame,
  divisions: Divisions,
  among: readonly number[],
): Promise<{ level: number; shares: number[] }> {
  if (among.length === 0) return { level: 0, shares: [] };
  const { objective, shares } = await minimiseWithin(game, among, (rows) => {
    const { model, x } = shareModel(game, divisions);
    const level = model.column(1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    for (const mask of rows)
      model.row(Number.NEGATIVE_INFINITY, game.cost[mask]!, [
        ...members(mask, game.players).map((i) => [x[i]!, 1] as const),
        [level, -1],
      ]);
    return { model, x, level: (values) => values[level]! };
  });
  return { level: objective, shares };
}

/** Minimises a linear form of the shares, every coalition of `stable` paying at most its level above its own cost. */
function leastForm(
  game: TableGame,
  divisions: Divisions,
  stable: Stable,
  extend: (model: LinearModel, x: readonly number[]) => void,
): Promise<{ objective: number; shares: number[]; values: Float64Array }> {
  return minimiseWithin(game, stable.coalitions, (rows) => {
    const { model, x } = shareModel(game, divisions);
    for (const mask of rows)
      model.row(
        Number.NEGATIVE_INFINITY,
        game.cost[mask]! + stable.level + 1e-9,
        members(mask, game.players).map((i) => [x[i]!, 1] as const),
      );
    extend(model, x);
    return { model, x, level: () => stable.level };
  });
}

/** The coalitions of `free` that pay `level` above their cost in every division where none of them pays more. */
async function stuckCoalitions(
  game: TableGame,
  divisions: Divisions,
  free: readonly number[],
  level: number,
  shares: readonly number[],
): Promise<number[]> {
  const excess = excesses(game, shares);
  let candidates = free.filter((mask) => excess[mask]! > level - LEVEL);
  const stuck: number[] = [];
  while (candidates.length > 0) {
    const mask = candidates[0]!;
    const form = indicator(mask, game.players);
    const least = await leastForm(game, divisions, { level, coalitions: free }, (model, x) =>
      model.objective(termsOf(form, x)),
    );
    if (least.objective > game.cost[mask]! + level - LEVEL) stuck.push(mask);
    const there = excesses(game, least.shares);
    candidates = candidates.filter((m) => m !== mask && there[m]! > level - LEVEL);
  }
  return stuck;
}

/** Relative savings are of the order of 1, so their differences are compared finer than excesses. */
const DIFFERENCE = 1e-9;

async function leastWidest(
  game: TableGame,
  divisions: Divisions,
  stable: Stable,
  forms: readonly number[][],
): Promise<number> {
  const { objective } = await leastForm(game, divisions, stable, (model, x) => {
    const widest = model.column(LARGEST_COST, 0, Number.POSITIVE_INFINITY);
    for (const form of forms) addWidth(model, x, form, widest);
  });
  return objective / LARGEST_COST;
}

/** |form| <= width, written times the largest cost so that the coefficients are of the order of 1. */
function addWidth(model: LinearModel, x: readonly number[], form: readonly number[], width: number): void {
  const scaledForm = form.map((c) => c * LARGEST_COST);
  model.row(Number.NEGATIVE_INFINITY, 0, [...termsOf(scaledForm, x), [width, -LARGEST_COST]]);
  model.row(Number.NEGATIVE_INFINITY, 0, [
    ...termsOf(
      scaledForm.map((c) => -c),
      x,
    ),
    [width, -LARGEST_COST],
  ]);
}

/** The differences that are `widest` in size in every division where none is wider, as equalities. */
async function stuckPairs(
  game: TableGame,
  divisions: Divisions,
  stable: Stable,
  forms: readonly number[][],
  widest: number,
): Promise<Equality[]> {
  const stuck: Equality[] = [];
  const size = (form: readonly number[], shares: readonly number[]): number =>
    form.reduce((total, c, i) => total + c * shares[i]!, 0);
  let candidates = [...forms];
  while (candidates.length > 0) {
    const form = candidates[0]!;
    const least = await leastForm(game, divisions, stable, (model, x) => {
      const limit = model.column(0, widest + DIFFERENCE / 10, widest + DIFFERENCE / 10);
      for (const other of forms) addWidth(model, x, other, limit);
      const width = model.column(LARGEST_COST, 0, Number.POSITIVE_INFINITY);
      addWidth(model, x, form, width);
    });
    // The relative saving is 1 - x / c: the form leaves out the two 1s, which cancel.
    if (least.objective / LARGEST_COST >= widest - DIFFERENCE * 10)
      stuck.push({ coefficients: form, value: Math.sign(size(form, least.shares)) * widest });
    candidates = candidates.filter(
      (other) => other !== form && Math.abs(size(other, least.shares)) >= widest - DIFFERENCE * 10,
    );
  }
  return stuck;
}

/** Linear span of some vectors, by Gaussian elimination with the largest pivot. */
class Span {
  private readonly rows: { readonly pivot: number; readonly vector: number[] }[] = [];

  constructor(equalities: readonly Equality[]) {
    for (const { coefficients } of equalities) this.add(coefficients);
  }

  get rank(): number {
    return this.rows.length;
  }

  holds(vector: readonly number[]): boolean {
    return largestOf(this.reduce(vector)) < 1e-9;
  }

  add(vector: readonly number[]): void {
    const rest = this.reduce(vector);
    const largest = largestOf(rest);
    if (largest < 1e-9) return;
    const pivot = rest.findIndex((c) => Math.abs(c) === largest);
    this.rows.push({ pivot, vector: rest.map((c) => c / rest[pivot]!) });
  }

  private reduce(vector: readonly number[]): number[] {
    const size = largestOf(vector);
    let rest = size === 0 ? [...vector] : vector.map((c) => c / size);
    for (const { pivot, vector: row } of this.rows) {
      const times = rest[pivot]!;
      if (times !== 0) rest = rest.map((c, i) => (i === pivot ? 0 : c - times * row[i]!));
    }
    return rest;
  }
}

const largestOf = (vector: readonly number[]): number =>
  vector.reduce((most, c) => Math.max(most, Math.abs(c)), 0);

/** The one point on all of the equalities (some may repeat others), by elimination with the largest pivot. */
function solveEqualities(players: number, equalities: readonly Equality[]): number[] {
  const rows = equalities.map(({ coefficients, value }) => {
    const size = largestOf(coefficients);
    return [...coefficients.map((c) => c / size), value / size];
  });
  const pivots: number[][] = [];
  for (let column = 0; column < players; column += 1) {
    rows.sort((a, b) => Math.abs(b[column]!) - Math.abs(a[column]!));
    const pivot = rows.shift()!;
    for (const row of [...rows, ...pivots]) {
      const times = row[column]! / pivot[column]!;
      for (let k = 0; k <= players; k += 1) row[k]! -= times * pivot[k]!;
    }
    pivots.push(pivot);
  }
  return pivots.map((row, column) => row[players]! / row[column]!);
}
