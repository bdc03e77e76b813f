/** Every kind of field: what it takes, what it refuses, and with which code. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  checkbox,
  choice,
  date,
  email,
  type FormErrorCode,
  fieldErrors,
  id,
  maybeDate,
  maybeId,
  maybeMoney,
  maybeWholeNumber,
  money,
  several,
  text,
  wholeNumber,
} from './form.ts';
import { errorSentence } from './form-errors.ts';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const HUGE = 'x'.repeat(100_000);

/** The value that a field reads, or the code of its refusal. */
function read(field: z.ZodType, raw: unknown): unknown {
  const result = z.object({ f: field }).safeParse({ f: raw });
  if (result.success) return (result.data as { f: unknown }).f;
  return fieldErrors(result.error).f;
}
const no = (code: FormErrorCode, params?: Record<string, number>) => (params ? { code, params } : { code });

const TABLE: readonly [string, z.ZodType, readonly (readonly [raw: unknown, read: unknown])[]][] = [
  [
    'text',
    text({ max: 5 }),
    [
      ['abc', 'abc'],
      ['  abc\n', 'abc'],
      [12, '12'],
      [true, 'true'],
      ['e\u0301', 'é'],
      ['a\tb', 'a\tb'],
      ['<b>', '<b>'],
      ['', no('required')],
      ['   ', no('required')],
      [null, no('required')],
      [undefined, no('required')],
      ['abcdef', no('too-long', { max: 5 })],
      [HUGE, no('too-long', { max: 5 })],
      ['a\u0000', no('bad-characters')],
      ['a\u001b[0m', no('bad-characters')],
      ['a\u007f', no('bad-characters')],
      ['a\ud800', no('bad-characters')],
      [{}, no('invalid')],
      [['a'], no('invalid')],
    ],
  ],
  [
    'text that may be empty',
    text({ required: false }),
    [
      ['', ''],
      [undefined, ''],
      ['a', 'a'],
    ],
  ],
  [
    'whole number',
    wholeNumber(-2, 1200),
    [
      ['3', 3],
      [3, 3],
      ['1 200', 1200],
      ['1\u202f200', 1200],
      ['-2', -2],
      ['007', 7],
      ['', no('required')],
      ['-3', no('too-small', { min: -2 })],
      ['1201', no('too-large', { max: 1200 })],
      ['999999999999999', no('too-large', { max: 1200 })],
      ['9999999999999999', no('not-a-number')],
      ['1e3', no('not-a-number')],
      ['1.0', no('not-a-number')],
      [1.5, no('not-a-number')],
      ['+1', no('not-a-number')],
      ['0x10', no('not-a-number')],
      ['douze', no('not-a-number')],
      [Number.NaN, no('invalid')],
      ['--1', no('not-a-number')],
      [true, no('not-a-number')],
    ],
  ],
  [
    'whole number or nothing',
    maybeWholeNumber(1, 9),
    [
      ['', null],
      [null, null],
      [' ', null],
      ['9', 9],
      ['10', no('too-large', { max: 9 })],
      ['x', no('not-a-number')],
    ],
  ],
  [
    'money',
    money(),
    [
      ['1 250,50', 125050],
      [1250.5, 125050],
      ['1 250 €', 125000],
      [0, 0],
      ['', no('required')],
      ['-1', no('not-money')],
      [-1, no('not-money')],
      ['1,234', no('not-money')],
      ['1e3', no('not-money')],
      [1e21, no('not-money')],
      ['10000000000,01', no('not-money')],
      ['abc', no('not-money')],
    ],
  ],
  [
    'money or nothing',
    maybeMoney(),
    [
      ['', null],
      [undefined, null],
      ['2,5', 250],
      ['x', no('not-money')],
    ],
  ],
  [
    'date',
    date(),
    [
      ['2027-03-08', '2027-03-08'],
      ['08/03/2027', '2027-03-08'],
      ['8/3/2027', '2027-03-08'],
      [' 2027-03-08 ', '2027-03-08'],
      ['', no('required')],
      ['2027-02-31', no('not-a-date')],
      ['31/02/2027', no('not-a-date')],
      ['03/13/2027', no('not-a-date')],
      ['0000-01-01', no('not-a-date')],
      ['2027-03-08T10:00', no('not-a-date')],
      ['20270308', no('not-a-date')],
      ['demain', no('not-a-date')],
      [20270308, no('not-a-date')],
    ],
  ],
  [
    'date or nothing',
    maybeDate(),
    [
      ['', null],
      [null, null],
      ['1/1/2027', '2027-01-01'],
      ['x', no('not-a-date')],
    ],
  ],
  [
    'choice',
    choice(['a', 'b']),
    [
      ['a', 'a'],
      ['b', 'b'],
      ['', no('not-a-choice')],
      ['c', no('not-a-choice')],
      ['A', no('not-a-choice')],
      ['constructor', no('not-a-choice')],
    ],
  ],
  [
    'box',
    checkbox(),
    [
      ['on', true],
      ['1', true],
      [true, true],
      ['', false],
      [undefined, false],
      ['0', false],
      ['false', false],
      [false, false],
      [{}, no('invalid')],
    ],
  ],
  [
    'id',
    id(),
    [
      [ID, ID],
      [ID.toUpperCase(), no('not-an-id')],
      ['', no('not-an-id')],
      [`${ID}'`, no('not-an-id')],
      ['1', no('not-an-id')],
      [{}, no('invalid')],
    ],
  ],
  [
    'id or nothing',
    maybeId(),
    [
      ['', null],
      [null, null],
      [ID, ID],
      ['x', no('not-an-id')],
    ],
  ],
  [
    'e-mail',
    email(),
    [
      ['a@b.fr', 'a@b.fr'],
      [' Jean.Dupont+x@Sous.Exemple.COM ', 'jean.dupont+x@sous.exemple.com'],
      ['é@exemple.fr', 'é@exemple.fr'],
      ['', no('required')],
      ['a', no('not-an-email')],
      ['a@b', no('not-an-email')],
      ['@b.fr', no('not-an-email')],
      ['a@b@c.fr', no('not-an-email')],
      ['a b@c.fr', no('not-an-email')],
      ['Jean <a@b.fr>', no('not-an-email')],
      ['a@b.fr, c@d.fr', no('not-an-email')],
      ['a@b.fr\r\nBcc: c@d.fr', no('not-an-email')],
      ['a\u0000@b.fr', no('not-an-email')],
      [`${'a'.repeat(250)}@b.fr`, no('not-an-email')],
    ],
  ],
  [
    'several',
    several(text({ max: 3 }), 2),
    [
      ['a', ['a']],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
      [['', 'a', ''], ['a']],
      [undefined, []],
      [null, []],
      ['', []],
      [['a', 'b', 'c'], no('too-many', { max: 2 })],
      [['a', 'long'], no('too-long', { max: 3 })],
      [{ a: 1 }, no('invalid')],
    ],
  ],
];

describe.each(TABLE)('%s', (_name, field, rows) => {
  it('reads or refuses', () => {
    for (const [raw, expected] of rows)
      expect(read(field, raw), JSON.stringify(raw)?.slice(0, 80)).toEqual(expected);
  });
  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' })), (raw) => void read(field, raw)),
      { numRuns: 300 },
    );
  });
});

it('dates: every day is read in either writing, and what is read is a day', () => {
  const day = fc
    .integer({ min: 0, max: 80_000 })
    .map((days) => Temporal.PlainDate.from('1950-01-01').add({ days }));
  fc.assert(
    fc.property(day, (d) => {
      const french = `${d.day}/${String(d.month).padStart(2, '0')}/${d.year}`;
      expect([read(date(), d.toString()), read(date(), french)]).toEqual([d.toString(), d.toString()]);
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^\d{1,4}[/-]\d{1,2}[/-]\d{1,4}$/), (typed) => {
      const got = read(date(), typed);
      if (typeof got === 'string')
        expect(Temporal.PlainDate.from(got, { overflow: 'reject' }).toString()).toBe(got);
      else expect(got).toEqual(no('not-a-date'));
    }),
  );
});

it('money: what the API sends as a number of euros is the same amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000_00 }), (cents) => {
      expect(read(money(), cents / 100)).toBe(cents);
    }),
  );
});

it('nested fields are named with dots, repeated ones by their field, the first error of a field wins', () => {
  const form = z.object({ a: z.object({ b: text() }), c: z.array(text()), d: text({ max: 1 }) });
  const result = form.safeParse({ a: { b: '' }, c: ['', '\u0000'], d: 'xx' });
  expect(result.success).toBe(false);
  if (!result.success)
    expect(fieldErrors(result.error)).toEqual({
      'a.b': no('required'),
      c: no('required'),
      d: no('too-long', { max: 1 }),
    });
  const root = z.object({}).safeParse(null);
  if (!root.success) expect(fieldErrors(root.error)).toEqual({ form: no('invalid') });
});

it('every refusal is a sentence in both languages, with its numbers', () => {
  const codes: FormErrorCode[] = [
    'required',
    'too-long',
    'not-a-number',
    'too-small',
    'too-large',
    'not-money',
    'not-a-date',
    'not-an-email',
    'not-a-choice',
    'not-an-id',
    'bad-characters',
    'too-many',
    'invalid',
  ];
  for (const code of codes)
    for (const lang of ['fr', 'en'] as const) {
      const sentence = errorSentence({ code, params: { min: 4321, max: 4321 } }, lang);
      expect(sentence).toMatch(/^[A-ZÀÉ].*\.$/);
      if (/^too-/.test(code)) expect(sentence).toMatch(/4.321/);
    }
});
