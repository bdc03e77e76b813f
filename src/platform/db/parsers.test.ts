import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyDatabase, type TestDatabase } from '../../../tests/database.ts';
import { types } from './parsers.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await emptyDatabase();
  client = new pg.Client({ ...database.admin, types });
  await client.connect();
  await client.query(`set time zone 'America/New_York'`);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const read = async (expression: string, values: unknown[] = []): Promise<unknown> =>
  (await client.query<{ x: unknown }>(`select ${expression} as x`, values)).rows[0]!.x;

test.each([
  ['9007199254740991::int8', 9007199254740991],
  ['(select count(*) from pg_roles where false)', 0],
  ['(select sum(x) from unnest(array[1, 2]) x)', 3],
  [`'2027-02-28'::date`, '2027-02-28'],
  [`'09:30'::time`, '09:30:00'],
  [`'2027-03-28 02:30'::timestamp`, '2027-03-28 02:30:00'],
  [`'1 day 2 hours'::interval`, '1 day 02:00:00'],
  ['12.50::numeric', '12.50'],
  [`array['2027-02-28', null]::date[]`, ['2027-02-28', null]],
  ['array[1, null]::int8[]', [1, null]],
  ['array[1.50]::numeric[]', ['1.50']],
  [`array['a,b', '"c"']::text[]`, ['a,b', '"c"']],
  [`array['grappe']::name[]`, ['grappe']],
  [`'{"a": [1]}'::jsonb`, { a: [1] }],
  ['1.5::float8', 1.5],
  ['true', true],
  ['null::date', null],
])('%s', async (expression, value) => {
  expect(await read(expression)).toEqual(value);
});

test('an instant is a Date whatever the zone of the session', async () => {
  expect(await read(`'2027-03-28T00:30:00Z'::timestamptz`)).toEqual(new Date('2027-03-28T00:30:00Z'));
});

test('bytes are a Buffer', async () => {
  expect(await read(`'\\x00ff'::bytea`)).toEqual(Buffer.from([0, 255]));
});

test('a whole number beyond 2^53 is an error, not another number, and the connection goes on', async () => {
  await expect(read('9007199254740993::int8')).rejects.toThrow(RangeError);
  expect(await read('1::int8')).toBe(1);
});

test('a civil date goes in and out unchanged as text', async () => {
  expect(await read('$1::date', [String(Temporal.PlainDate.from('2027-01-01'))])).toBe('2027-01-01');
});
