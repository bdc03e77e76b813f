import { decodeUtf8, type JsonNode, readJson, type TextError } from '../../kernel/json.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { isDate } from './calendar.ts';
import type {
  CataloguePrice,
  Company,
  Need,
  Offer,
  PoolProblem,
  PoolRules,
  SharingRule,
  Travel,
} from './problem.ts';

const SHARING: readonly SharingRule[] = ['shapley', 'nucleolus', 'proportional', 'equal-profit'];

/** Ten thousand million euros: beyond it an amount is a slip of the keyboard. */
const MAX_CENTS = 1e12;
const MAX_COUNT = 1_000_000;
/** All seats at their dearest and all sessions open must add up exactly in a double. */
const MAX_TOTAL = 2 ** 52;

/**
 * Reads a problem file (UTF-8 JSON, contracts section 3) and checks all that the format asks for. The error names the
 * line of the offending value.
 *
 * Keys that the format does not know are accepted and left alone, so that a file may carry notes. `minCompanies`,
 * `minCompaniesPerSession` and `subsidyPerSeat` may be absent, and so may `days` (one day), `catalogue` and `travel`
 * (empty). A need that could sit in an offer but has no starting place (neither `from` nor a site of its company)
 * lacks its travel price, and is refused like any other missing pair; it is accepted where it could sit in none.
 */
export function readPool(source: Uint8Array | string): Result<PoolProblem, TextError> {
  const text = typeof source === 'string' ? ok(source) : decodeUtf8(source);
  if (!text.ok) return text;
  const root = readJson(text.value);
  if (!root.ok) return root;
  try {
    return ok(problemOf(root.value));
  } catch (error) {
    if (error instanceof Refused) return err({ line: error.line, message: error.message });
    throw error;
  }
}

class Refused extends Error {
  readonly line: number;
  constructor(node: JsonNode, message: string) {
    super(message);
    this.line = node.line;
  }
}

function refuse(node: JsonNode, message: string): never {
  throw new Refused(node, message);
}

/** An object of the file and what to call it in a message: `needs[3]`. */
interface Fields {
  readonly name: string;
  readonly node: JsonNode;
  readonly entries: ReadonlyMap<string, JsonNode>;
}

const shown = (node: JsonNode): string => {
  switch (node.kind) {
    case 'object':
    case 'array':
      return `an ${node.kind}`;
    case 'null':
      return 'null';
    case 'string':
      return JSON.stringify(node.value.length > 40 ? `${node.value.slice(0, 40)}...` : node.value);
    default:
      return String(node.value);
  }
};

function fieldsOf(node: JsonNode, name: string): Fields {
  if (node.kind !== 'object') refuse(node, `${name} must be an object, found ${shown(node)}`);
  return { name, node, entries: node.entries };
}

function required(of: Fields, key: string): JsonNode {
  return of.entries.get(key) ?? refuse(of.node, `${of.name} has no "${key}"`);
}

function listOf(of: Fields, key: string, needed: boolean): readonly JsonNode[] {
  const node = needed ? required(of, key) : of.entries.get(key);
  if (node === undefined) return [];
  if (node.kind !== 'array') refuse(node, `${pathTo(of, key)} must be a list, found ${shown(node)}`);
  return node.items;
}

const pathTo = (of: Fields, key: string): string => (of.name === 'the file' ? key : `${of.name}.${key}`);

function textOf(node: JsonNode, path: string): string {
  if (node.kind !== 'string' || node.value.trim() === '')
    refuse(node, `${path} must be a text that is not empty, found ${shown(node)}`);
  return node.value;
}

const text = (of: Fields, key: string): string => textOf(required(of, key), pathTo(of, key));

function optionalText(of: Fields, key: string): string | undefined {
  const node = of.entries.get(key);
  return node === undefined ? undefined : textOf(node, pathTo(of, key));
}

function whole(of: Fields, key: string, min: number, max: number, absent?: number): number {
  const node = absent === undefined ? required(of, key) : of.entries.get(key);
  if (node === undefined) return absent!;
  const unit = max === MAX_CENTS ? 'a whole number of cents' : 'a whole number';
  if (node.kind !== 'number' || !Number.isInteger(node.value) || node.value < min || node.value > max)
    refuse(node, `${pathTo(of, key)} must be ${unit} from ${min} to ${max}, found ${shown(node)}`);
  return node.value === 0 ? 0 : node.value; // -0 is 0
}

function optionalWhole(of: Fields, key: string, min: number, max: number): number | undefined {
  return of.entries.has(key) ? whole(of, key, min, max) : undefined;
}

function optionalFlag(of: Fields, key: string): boolean | undefined {
  const node = of.entries.get(key);
  if (node === undefined) return undefined;
  if (node.kind !== 'boolean') refuse(node, `${pathTo(of, key)} must be true or false, found ${shown(node)}`);
  return node.value;
}

function optionalTexts(of: Fields, key: string, emptyIsError: boolean): string[] | undefined {
  const node = of.entries.get(key);
  if (node === undefined) return undefined;
  const path = pathTo(of, key);
  if (node.kind !== 'array') refuse(node, `${path} must be a list, found ${shown(node)}`);
  if (emptyIsError && node.items.length === 0)
    refuse(node, `${path} is empty: leave the key out where any one suits`);
  return node.items.map((item, k) => textOf(item, `${path}[${k}]`));
}

function optionalDates(of: Fields, key: string): string[] | undefined {
  const dates = optionalTexts(of, key, true);
  const node = of.entries.get(key);
  if (dates !== undefined && node?.kind === 'array')
    for (const [k, date] of dates.entries())
      if (!isDate(date))
        refuse(
          node.items[k]!,
          `${pathTo(of, key)}[${k}] must be a day that exists, as 2027-03-08, found ${JSON.stringify(date.slice(0, 40))}`,
        );
  return dates;
}

/** Leaves out the keys that are undefined: absent in the file, absent in the value. */
function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const out = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(out) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function problemOf(root: JsonNode): PoolProblem {
  const file = fieldsOf(root, 'the file');
  const rows = <T>(key: string, needed: boolean, read: (of: Fields) => T): Row<T>[] =>
    listOf(file, key, needed).map((node, k) => {
      const of = fieldsOf(node, `${key}[${k}]`);
      return { of, value: read(of) };
    });
  const companies = rows('companies', true, companyOf);
  distinct(companies, 'id', (c) => c.id);
  const needs = rows('needs', true, needOf);
  distinct(needs, 'id', (n) => n.id);
  const offers = rows('offers', true, offerOf);
  distinct(offers, 'id', (o) => o.id);
  const catalogue = rows('catalogue', false, catalogueOf);
  distinct(catalogue, 'course', (c) => c.course);
  const travel = rows('travel', false, travelOf);
  distinct(travel, 'from', (t) => JSON.stringify([t.from, t.to]));
  const rules = rulesOf(fieldsOf(required(file, 'rules'), 'rules'));

  const known = new Map(companies.map(({ value }) => [value.id, value]));
  for (const { of, value } of needs)
    if (!known.has(value.company))
      refuse(
        required(of, 'company'),
        `${of.name}.company ${JSON.stringify(value.company)} is not one of companies`,
      );
  const problem: PoolProblem = {
    companies: companies.map((r) => r.value),
    needs: needs.map((r) => r.value),
    offers: offers.map((r) => r.value),
    catalogue: catalogue.map((r) => r.value),
    travel: travel.map((r) => r.value),
    rules,
  };
  requireTravel(problem, needs, known);
  requireExactTotals(problem, needs, offers);
  return problem;
}

interface Row<T> {
  readonly of: Fields;
  readonly value: T;
}

function distinct<T>(rows: readonly Row<T>[], key: string, identity: (value: T) => string): void {
  const seen = new Set<string>();
  for (const { of, value } of rows) {
    const id = identity(value);
    if (seen.has(id))
      refuse(required(of, key), `${of.name}.${key}: ${shown(required(of, key))} is given twice`);
    seen.add(id);
  }
}

function companyOf(of: Fields): Company {
  return present({
    id: text(of, 'id'),
    group: optionalText(of, 'group'),
    site: optionalText(of, 'site'),
  });
}

function needOf(of: Fields): Need {
  return present({
    id: text(of, 'id'),
    company: text(of, 'company'),
    course: text(of, 'course'),
    seats: whole(of, 'seats', 1, MAX_COUNT),
    dates: optionalDates(of, 'dates'),
    sites: optionalTexts(of, 'sites', true),
    from: optionalText(of, 'from'),
    together: optionalFlag(of, 'together'),
    maxPricePerSeat: optionalWhole(of, 'maxPricePerSeat', 0, MAX_CENTS),
    minCompanies: optionalWhole(of, 'minCompanies', 0, MAX_COUNT),
    people: optionalTexts(of, 'people', false),
    unservedPenalty: whole(of, 'unservedPenalty', 0, MAX_CENTS),
  });
}

function offerOf(of: Fields): Offer {
  const minSeats = whole(of, 'minSeats', 0, MAX_COUNT);
  const maxSeats = whole(of, 'maxSeats', 1, MAX_COUNT);
  if (minSeats > maxSeats)
    refuse(required(of, 'minSeats'), `${of.name}.minSeats ${minSeats} is above maxSeats ${maxSeats}`);
  required(of, 'dates');
  return present({
    id: text(of, 'id'),
    course: text(of, 'course'),
    fixed: whole(of, 'fixed', 0, MAX_CENTS),
    perSeat: whole(of, 'perSeat', 0, MAX_CENTS),
    minSeats,
    maxSeats,
    dates: optionalDates(of, 'dates')!,
    days: whole(of, 'days', 1, MAX_COUNT, 1),
    site: text(of, 'site'),
    trainer: optionalText(of, 'trainer'),
    room: optionalText(of, 'room'),
  });
}

const catalogueOf = (of: Fields): CataloguePrice => ({
  course: text(of, 'course'),
  perSeat: whole(of, 'perSeat', 0, MAX_CENTS),
});

function travelOf(of: Fields): Travel {
  const row = {
    from: text(of, 'from'),
    to: text(of, 'to'),
    costPerSeat: whole(of, 'costPerSeat', 0, MAX_CENTS),
  };
  if (row.from === row.to && row.costPerSeat !== 0)
    refuse(required(of, 'costPerSeat'), `${of.name}.costPerSeat must be 0 inside one site`);
  return row;
}

function rulesOf(of: Fields): PoolRules {
  const sharing = text(of, 'sharing');
  const rule = SHARING.find((s) => s === sharing);
  if (rule === undefined)
    refuse(
      required(of, 'sharing'),
      `rules.sharing must be one of ${SHARING.join(', ')}, found ${JSON.stringify(sharing.slice(0, 40))}`,
    );
  return present({
    sharing: rule,
    minCompaniesPerSession: optionalWhole(of, 'minCompaniesPerSession', 0, MAX_COUNT),
    subsidyPerSeat: optionalWhole(of, 'subsidyPerSeat', 0, MAX_CENTS),
  });
}

/** True where `need` could sit in a session of `offer` by course, site, dates and, kept together, size. */
export function couldUse(need: Need, offer: Offer): boolean {
  return (
    need.course === offer.course &&
    (need.sites === undefined || need.sites.includes(offer.site)) &&
    (need.dates === undefined || offer.dates.some((date) => need.dates!.includes(date))) &&
    (need.together !== true || need.seats <= offer.maxSeats)
  );
}

function requireTravel(
  problem: PoolProblem,
  needs: readonly Row<Need>[],
  companies: ReadonlyMap<string, Company>,
): void {
  const pairs = new Set(problem.travel.map((t) => JSON.stringify([t.from, t.to])));
  const byCourse = Map.groupBy(problem.offers, (o) => o.course);
  for (const { of, value: need } of needs) {
    const from = need.from ?? companies.get(need.company)!.site;
    for (const offer of byCourse.get(need.course) ?? []) {
      if (from === offer.site || (from !== undefined && pairs.has(JSON.stringify([from, offer.site]))))
        continue;
      if (!couldUse(need, offer)) continue;
      const node = of.entries.get('from') ?? of.node;
      if (from === undefined)
        refuse(
          node,
          `${of.name} (${need.id}) could use offer ${offer.id} but has no "from", and its company has no "site"`,
        );
      refuse(
        node,
        `travel has no pair from ${JSON.stringify(from)} to ${JSON.stringify(offer.site)}, which ${of.name} (${need.id}) and offer ${offer.id} could use`,
      );
    }
  }
}

function requireExactTotals(
  problem: PoolProblem,
  needs: readonly Row<Need>[],
  offers: readonly Row<Offer>[],
): void {
  const prices = new Map(problem.catalogue.map((c) => [c.course, c.perSeat]));
  const dearestTravel = problem.travel.reduce((most, t) => Math.max(most, t.costPerSeat), 0);
  const dearestSeat = new Map<string, number>();
  let total = 0;
  for (const { of, value } of offers) {
    dearestSeat.set(value.course, Math.max(dearestSeat.get(value.course) ?? 0, value.perSeat));
    total += value.fixed * value.dates.length;
    if (total > MAX_TOTAL) refuse(of.node, `${of.name}: the amounts are too large to be added up exactly`);
  }
  for (const { of, value } of needs) {
    const session = (dearestSeat.get(value.course) ?? 0) + dearestTravel;
    total += value.seats * Math.max(value.unservedPenalty, prices.get(value.course) ?? 0, session);
    if (total > MAX_TOTAL) refuse(of.node, `${of.name}: the amounts are too large to be added up exactly`);
  }
}
