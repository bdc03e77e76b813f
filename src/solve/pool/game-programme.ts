import type { MixedModel } from '../highs/mixed.ts';
import type { ComponentGame, GameSeats } from './game.ts';
import { overlap } from './model.ts';

const NONE = Number.POSITIVE_INFINITY;

type Entries = readonly (readonly [number, number])[];

/** Collects columns and rows of a mixed-integer programme. */
class Builder {
  private readonly cost: number[] = [];
  private readonly lower: number[] = [];
  private readonly upper: number[] = [];
  private readonly whole: number[] = [];
  private readonly rows: { lower: number; upper: number; entries: Entries }[] = [];

  column(cost: number, upper: number, isWhole: boolean): number {
    this.cost.push(cost);
    this.lower.push(0);
    this.upper.push(upper);
    this.whole.push(isWhole ? 1 : 0);
    return this.cost.length - 1;
  }

  row(lower: number, upper: number, entries: Entries): void {
    if (entries.length > 0) this.rows.push({ lower, upper, entries });
  }

  model(): MixedModel {
    const starts = new Int32Array(this.rows.length + 1);
    for (const [r, row] of this.rows.entries()) starts[r + 1] = starts[r]! + row.entries.length;
    return {
      numCols: this.cost.length,
      numRows: this.rows.length,
      colCost: Float64Array.from(this.cost),
      colLower: Float64Array.from(this.lower),
      colUpper: Float64Array.from(this.upper),
      rowLower: Float64Array.from(this.rows, (r) => r.lower),
      rowUpper: Float64Array.from(this.rows, (r) => r.upper),
      starts,
      indices: Int32Array.from(this.rows.flatMap((r) => r.entries.map((e) => e[0]))),
      values: Float64Array.from(this.rows.flatMap((r) => r.entries.map((e) => e[1]))),
      integrality: Uint8Array.from(this.whole),
    };
  }
}

/** Columns of one component's seats. */
interface GameColumns {
  readonly seated: Int32Array;
  readonly outside: Int32Array;
  /** Seats counted by one unit of the columns of each need. */
  readonly unit: Int32Array;
}

/**
 * The seats of a component as columns and rows:
 *
 *   sum_e x_e + o_i = seats_i (x chosen)            a need's seats: in sessions, or outside at catalogue or penalty
 *   min_j y_j <= sum_e x_e <= max_j y_j              a session's limits
 *   x_e <= max_e y_j                                 tight link
 *   sum_clique y_j <= 1                              one trainer, one room: one session at a time
 *   x_e <= max_e p_e, p_e + p_f <= 1                 one person, one of two overlapping sessions
 *   s_j <= rate sum x, s_j <= fixed y + price sum x, s_j <= most m_j, 2 m_j <= companies in j     subsidy
 *
 * `amountOf(i)` gives the right side of need i: a number of seats, or a column that is 1 where its company is chosen.
 */
function addGame(
  builder: Builder,
  game: ComponentGame,
  takesPart: (company: number) => boolean,
  options: { readonly penalties: boolean; readonly chosen?: (company: number) => number },
): GameColumns {
  const { model } = game;
  const seated = new Int32Array(model.edgeCount).fill(-1);
  const outside = new Int32Array(model.needCount).fill(-1);
  const unit = Int32Array.from(model.needSeats, (s, i) => (model.together[i] === 1 ? s : 1));
  const open = new Int32Array(model.sessionCount).fill(-1);
  const isIn = (e: number): boolean => takesPart(game.needCompany[model.edgeNeed[e]!]!);

  for (let j = 0; j < model.sessionCount; j += 1) {
    const edges = [...model.sessionEdges[j]!].filter(isIn);
    if (edges.reduce((sum, e) => sum + model.edgeMax[e]!, 0) < model.minSeats[j]!) continue;
    open[j] = builder.column(model.fixed[j]!, 1, true);
    for (const e of edges) {
      const u = unit[model.edgeNeed[e]!]!;
      seated[e] = builder.column(model.edgeCost[e]! * u, model.edgeMax[e]! / u, true);
    }
  }
  for (let i = 0; i < model.needCount; i += 1) {
    if (!takesPart(game.needCompany[i]!)) continue;
    const u = unit[i]!;
    const seats = model.needSeats[i]!;
    if (options.penalties || game.isPenalty[i] === 0)
      outside[i] = builder.column(game.outsideCost[i]! * u, seats / u, true);
    const places: [number, number][] = [];
    for (let e = model.edgeStart[i]!; e < model.edgeStart[i + 1]!; e += 1)
      if (seated[e]! >= 0) places.push([seated[e]!, u]);
    if (outside[i]! >= 0) places.push([outside[i]!, u]);
    if (options.chosen) builder.row(0, 0, [...places, [options.chosen(game.needCompany[i]!), -seats]]);
    // A need without any place makes the programme infeasible, which an empty row would not say.
    else if (places.length === 0) builder.row(seats, seats, [[builder.column(0, 0, false), 1]]);
    else builder.row(seats, seats, places);
  }
  for (let j = 0; j < model.sessionCount; j += 1) {
    if (open[j]! < 0) continue;
    const edges = [...model.sessionEdges[j]!].filter((e) => seated[e]! >= 0);
    const seats = edges.map((e): [number, number] => [seated[e]!, unit[model.edgeNeed[e]!]!]);
    builder.row(0, NONE, [...seats, [open[j]!, -model.minSeats[j]!]]);
    builder.row(-NONE, 0, [...seats, [open[j]!, -model.maxSeats[j]!]]);
    for (const e of edges)
      builder.row(-NONE, 0, [
        [seated[e]!, unit[model.edgeNeed[e]!]!],
        [open[j]!, -model.edgeMax[e]!],
      ]);
    if (game.subsidyPerSeat > 0) addSubsidy(builder, game, j, open[j]!, edges, seated, unit);
  }
  for (const clique of model.cliques) {
    const sessions = [...clique].filter((j) => open[j]! >= 0);
    if (sessions.length > 1)
      builder.row(
        -NONE,
        1,
        sessions.map((j) => [open[j]!, 1] as const),
      );
  }
  addPeople(builder, game, seated, unit);
  return { seated, outside, unit };
}

function addSubsidy(
  builder: Builder,
  game: ComponentGame,
  session: number,
  open: number,
  edges: readonly number[],
  seated: Int32Array,
  unit: Int32Array,
): void {
  const { model } = game;
  const companies = Map.groupBy(edges, (e) => game.needCompany[model.edgeNeed[e]!]!);
  if (companies.size < 2) return;
  const counted = (factor: number): [number, number][] =>
    edges.map((e) => [seated[e]!, -factor * unit[model.edgeNeed[e]!]!]);
  const fixed = model.fixed[session]!;
  const price = game.perSeat[session]!;
  const most = Math.min(
    game.subsidyPerSeat * model.maxSeats[session]!,
    fixed + price * model.maxSeats[session]!,
  );
  const subsidy = builder.column(-1, most, false);
  const isShared = builder.column(0, 1, true);
  builder.row(-NONE, 0, [[subsidy, 1], ...counted(game.subsidyPerSeat)]);
  builder.row(-NONE, 0, [[subsidy, 1], [open, -fixed], ...(price > 0 ? counted(price) : [])]);
  builder.row(-NONE, 0, [
    [subsidy, 1],
    [isShared, -most],
  ]);
  const present = [...companies.values()].map((own) => {
    const there = builder.column(0, 1, false);
    builder.row(-NONE, 0, [[there, 1], ...own.map((e) => [seated[e]!, -unit[model.edgeNeed[e]!]!] as const)]);
    return [there, 1] as const;
  });
  builder.row(0, NONE, [...present, [isShared, -2]]);
}

/** Pairs of edges that one person cannot both have: overlapping sessions, needs with that person in common. */
export function personConflicts(game: ComponentGame): readonly (readonly [number, number])[] {
  const { model } = game;
  const pairs: [number, number][] = [];
  const withPeople = Array.from({ length: model.edgeCount }, (_, e) => e).filter(
    (e) => model.people[model.edgeNeed[e]!]!.length > 0,
  );
  for (const [k, e] of withPeople.entries())
    for (const f of withPeople.slice(k + 1)) {
      if (model.edgeSession[e] === model.edgeSession[f]) continue;
      if (!overlap(model, model.edgeSession[e]!, model.edgeSession[f]!)) continue;
      const people = model.people[model.edgeNeed[f]!]!;
      if (model.people[model.edgeNeed[e]!]!.some((p) => people.includes(p))) pairs.push([e, f]);
    }
  return pairs;
}

function addPeople(builder: Builder, game: ComponentGame, seated: Int32Array, unit: Int32Array): void {
  const { model } = game;
  const presence = new Map<number, number>();
  const presenceOf = (e: number): number => {
    let column = presence.get(e);
    if (column === undefined) {
      column = builder.column(0, 1, true);
      presence.set(e, column);
      builder.row(-NONE, 0, [
        [seated[e]!, unit[model.edgeNeed[e]!]!],
        [column, -model.edgeMax[e]!],
      ]);
    }
    return column;
  };
  for (const [e, f] of personConflicts(game))
    if (seated[e]! >= 0 && seated[f]! >= 0)
      builder.row(-NONE, 1, [
        [presenceOf(e), 1],
        [presenceOf(f), 1],
      ]);
}

const seatsOf = (game: ComponentGame, columns: GameColumns, values: Float64Array): GameSeats => ({
  seated: Int32Array.from(columns.seated, (c, e) =>
    c < 0 ? 0 : Math.round(values[c]!) * columns.unit[game.model.edgeNeed[e]!]!,
  ),
  outside: Int32Array.from(columns.outside, (c, i) =>
    c < 0 ? 0 : Math.round(values[c]!) * columns.unit[i]!,
  ),
});

/** Least cost of one group: minimise, and read the seats off the columns. */
export interface GroupProgramme {
  readonly mixed: MixedModel;
  decode(values: Float64Array): GameSeats;
}

/** The programme of a group (members by number). Without `penalties`, seats at a penalty are not allowed. */
export function writeGroupProgramme(
  game: ComponentGame,
  members: readonly number[],
  penalties: boolean,
): GroupProgramme {
  const builder = new Builder();
  const isMember = new Set(members);
  const columns = addGame(builder, game, (c) => isMember.has(c), { penalties });
  return { mixed: builder.model(), decode: (values) => seatsOf(game, columns, values) };
}

/** The worst group of all: minimise its cost less what it pays. */
export interface BlockingProgramme {
  readonly mixed: MixedModel;
  /** Places of the group's companies in `problem.companies`, and its seats in each game. */
  decode(values: Float64Array): { readonly companies: number[]; readonly seats: readonly GameSeats[] };
}

/**
 * Looks for the group, neither empty nor all, that pays most above its own least cost: minimises
 * v(S) - paid(S) over S and its seats at once. `paid` has each served company (place in `problem.companies`) with its
 * pays + travel. A group that holds all companies of a game of several bears there what the plan itself costs:
 * `ownCosts` of the games, with the least that they could cost all together as `leastCosts` (at most that).
 */
export function writeBlockingProgramme(
  games: readonly ComponentGame[],
  paid: ReadonlyMap<number, number>,
  wholes: readonly { readonly game: ComponentGame; readonly surcharge: number }[],
): BlockingProgramme {
  const builder = new Builder();
  const chosen = new Map([...paid].map(([company, cents]) => [company, builder.column(-cents, 1, true)]));
  const parts = games.map((game) =>
    addGame(builder, game, () => true, {
      penalties: true,
      chosen: (company) => chosen.get(game.companies[company]!)!,
    }),
  );
  builder.row(
    1,
    paid.size - 1,
    [...chosen.values()].map((c) => [c, 1] as const),
  );
  for (const { game, surcharge } of wholes) {
    const all = builder.column(surcharge, 1, false);
    const members = game.companies.map((c) => [chosen.get(c)!, 1] as const);
    builder.row(-NONE, members.length - 1, [...members, [all, -1]]);
  }
  return {
    mixed: builder.model(),
    decode: (values) => ({
      companies: [...chosen].filter(([, c]) => Math.round(values[c]!) === 1).map(([company]) => company),
      seats: games.map((game, k) => seatsOf(game, parts[k]!, values)),
    }),
  };
}
