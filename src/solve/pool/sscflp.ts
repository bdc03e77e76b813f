import type { TextError } from '../../kernel/json.ts';
import { err, ok, type Result } from '../../kernel/result.ts';

/**
 * Single-source capacitated facility location (SSCFLP): open some facilities, let one open facility serve each
 * customer whole, keep capacities; the cost is that of the open facilities and of the assignments. The nearest
 * published problem to needs that stay together in priced sessions of limited size.
 */
export interface SscflpInstance {
  readonly facilities: number;
  readonly customers: number;
  /** Length facilities, in the unit of demands. */
  readonly capacity: Float64Array;
  /** Length facilities. */
  readonly fixedCost: Float64Array;
  /** Length customers. */
  readonly demand: Float64Array;
  /** Cost of the whole customer i at facility j: entry i x facilities + j. */
  readonly cost: Float64Array;
}

/** An answer as written to the output file. */
export interface SscflpAnswer {
  /** Open facilities from 0, ascending; one that serves nobody is never opened here, but costs where listed. */
  readonly open: readonly number[];
  /** The facility of each customer, from 0. */
  readonly assign: readonly number[];
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

interface Token {
  readonly text: string;
  readonly line: number;
}

const wrong = (line: number, message: string): Result<never, TextError> => err({ line, message });

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/**
 * Reads the text format: `J I` (facilities, customers), J capacities, J fixed costs, I demands, then I rows of J
 * assignment costs. Numbers are separated by any white space; none may be negative. Reports the first line that
 * is wrong.
 */
export function parseSscflp(text: string): Result<SscflpInstance, TextError> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const filled = lines.flatMap((content, index) => {
    const words = content.trim().split(/\s+/).filter(Boolean);
    return words.length === 0 ? [] : [{ line: index + 1, words }];
  });
  const first = filled[0];
  if (!first) return wrong(1, 'the file is empty');
  for (const { line, words } of filled) {
    const bad = words.find((word) => !NUMBER.test(word) || !Number.isFinite(Number(word)));
    if (bad !== undefined) return wrong(line, `${JSON.stringify(bad.slice(0, 40))} is not a number`);
    const negative = words.find((word) => Number(word) < 0);
    if (negative !== undefined) return wrong(line, `${negative} is negative`);
  }
  const [facilities = 0, customers = Number.NaN] = filled
    .slice(0, 2)
    .flatMap(({ words }) => words.map(Number));
  for (const [count, noun] of [
    [facilities, 'facilities'],
    [customers, 'customers'],
  ] as const) {
    if (!Number.isSafeInteger(count) || count < 1) {
      const found = Number.isNaN(count) ? 'is missing' : `must be a whole number from 1, not ${count}`;
      return wrong(first.line, `the number of ${noun} ${found}`);
    }
  }

  const tokens: Token[] = filled.flatMap(({ line, words }) => words.map((word) => ({ text: word, line })));
  const expected = 2 + 2 * facilities + customers + customers * facilities;
  if (tokens.length !== expected) {
    return wrongCount({ filled, tokens, expected, facilities, customers, lastLine: filled.at(-1)!.line });
  }
  const values = Float64Array.from(tokens, (token) => Number(token.text));
  const take = (from: number, count: number): Float64Array => values.slice(from, from + count);
  const instance: SscflpInstance = {
    facilities,
    customers,
    capacity: take(2, facilities),
    fixedCost: take(2 + facilities, facilities),
    demand: take(2 + 2 * facilities, customers),
    cost: take(2 + 2 * facilities + customers, customers * facilities),
  };
  return ok(instance);
}

/** Says where numbers are missing or too many: by the line where the file keeps a line a row, else at its end. */
function wrongCount(file: {
  filled: readonly { line: number; words: readonly string[] }[];
  tokens: readonly Token[];
  expected: number;
  facilities: number;
  customers: number;
  lastLine: number;
}): Result<never, TextError> {
  const { filled, tokens, expected, facilities, customers, lastLine } = file;
  if (filled.length === customers + 4) {
    const rows = [
      { count: 2, noun: 'number' },
      { count: facilities, noun: 'capacity' },
      { count: facilities, noun: 'fixed cost' },
      { count: customers, noun: 'demand' },
    ];
    const odd = filled.findIndex(({ words }, row) => words.length !== (rows[row]?.count ?? facilities));
    const { line, words } = filled[odd]!;
    const { count, noun } = rows[odd] ?? { count: facilities, noun: 'assignment cost' };
    const asked = noun === 'capacity' && count !== 1 ? `${count} capacities` : plural(count, noun);
    return wrong(line, `${asked} expected, ${words.length} found`);
  }
  if (tokens.length < expected) {
    return wrong(lastLine, `the file ends after ${tokens.length} of ${plural(expected, 'number')}`);
  }
  return wrong(tokens[expected]!.line, `more than the ${plural(expected, 'number')} expected`);
}

/** What an answer costs: open facilities and assignments. Assumes that the answer is well formed. */
export const costOf = (instance: SscflpInstance, { open, assign }: SscflpAnswer): number =>
  open.reduce((sum, facility) => sum + instance.fixedCost[facility]!, 0) +
  assign.reduce((sum, facility, i) => sum + instance.cost[i * instance.facilities + facility]!, 0);

/** The answer in which each customer is at the given facility and just those facilities are open. */
export const answerOf = (assign: ArrayLike<number>): SscflpAnswer => ({
  open: [...new Set(Array.from(assign))].sort((a, b) => a - b),
  assign: Array.from(assign),
});

/**
 * The least of 1, 10, 100, 1000 by which all costs become whole numbers, so that two answers of unlike cost differ by
 * at least 1 then; 0 where none does it.
 */
export function costScale(instance: SscflpInstance): number {
  const isWhole = (scale: number) => (value: number) => {
    const scaled = value * scale;
    return Math.abs(scaled - Math.round(scaled)) < 1e-9 * Math.max(1, scaled);
  };
  const wholeBy = (scale: number): boolean =>
    instance.fixedCost.every(isWhole(scale)) && instance.cost.every(isWhole(scale));
  return [1, 10, 100, 1000].find(wholeBy) ?? 0;
}
