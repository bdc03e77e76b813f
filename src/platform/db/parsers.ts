import pg from 'pg';
import { parse } from 'postgres-array';

type Parse = (text: string) => unknown;

const asText: Parse = (text) => text;

/** int8, and with it count() and sum(): a number, or a RangeError where it would lose its last digits. */
const asInteger: Parse = (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a JavaScript number`);
  return value;
};

const INT8 = 20;
const DATE = 1082;
const TIME = 1083;
const TIMESTAMP = 1114;
const INTERVAL = 1186;
const NUMERIC = 1700;
const NAME = 19;

/** Array type -> the type of its items (pg_type.typarray). */
const ARRAYS: ReadonlyMap<number, number> = new Map([
  [1016, INT8],
  [1182, DATE],
  [1183, TIME],
  [1115, TIMESTAMP],
  [1187, INTERVAL],
  [1231, NUMERIC],
  [1003, NAME],
]);

const PARSERS = new Map<number, Parse>([
  [INT8, asInteger],
  // Civil values stay text: a JS Date would read them in the machine's own zone.
  [DATE, asText],
  [TIME, asText],
  [TIMESTAMP, asText],
  [INTERVAL, asText],
  [NUMERIC, asText],
]);
for (const [array, item] of ARRAYS) PARSERS.set(array, (text) => parse(text, PARSERS.get(item) ?? asText));

/**
 * How columns are read, for every pg client of the program (`new pg.Pool({ types })`). int8 gives a number,
 * date, time, timestamp, interval and numeric give PostgreSQL's own text (ISO dates), timestamptz a Date, bytea a
 * Buffer, json and jsonb their value; arrays give arrays of the same. NULL gives null.
 */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && PARSERS.get(oid)) ||
    pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};
