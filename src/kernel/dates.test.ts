import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOf, daysBetween, endOfDay, instantOf, isWorkingDay, parseDate } from './dates.ts';

const date = fc
  .integer({ min: 0, max: 100_000 })
  .map((days) => Temporal.PlainDate.from('1900-01-01').add({ days }));

describe('parseDate', () => {
  it.each(['2027-03-08', '2028-02-29', '0001-01-01', '9999-12-31'])('reads %s', (text) => {
    expect(parseDate(text)?.toString()).toBe(text);
  });

  it.each([
    '2027-02-31',
    '2027-02-29',
    '2027-13-01',
    '2027-00-10',
    '2027-01-00',
    '0000-01-01',
    '27-01-01',
    '2027-1-1',
    '2027-03-08T10:00',
    '20270308',
    '+002027-03-08',
    '-000001-01-01',
    ' 2027-03-08',
    '2027-03-08\n',
    '08/03/2027',
    '２０２７-03-08',
    '',
  ])('does not read %j', (text) => {
    expect(parseDate(text)).toBeNull();
  });

  it('reads every day it writes', () => {
    fc.assert(fc.property(date, (d) => parseDate(d.toString())?.equals(d) === true));
  });

  it('takes a day of a month for what the calendar says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2199 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (y, m, d) => {
          const text = `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
          // A JS Date rolls an impossible day over into the next month.
          expect(parseDate(text) !== null).toBe(new Date(Date.UTC(y, m - 1, d)).getUTCMonth() === m - 1);
        },
      ),
    );
  });
});

describe('days and instants', () => {
  it('a deadline includes its day, summer and winter', () => {
    expect(endOfDay(Temporal.PlainDate.from('2027-01-08')).toString()).toBe('2027-01-08T22:59:59Z');
    expect(endOfDay(Temporal.PlainDate.from('2027-07-08')).toString()).toBe('2027-07-08T21:59:59Z');
    // The clocks change on 28 March 2027: a day of 23 hours.
    expect(endOfDay(Temporal.PlainDate.from('2027-03-28')).toString()).toBe('2027-03-28T21:59:59Z');
  });

  it('the last second of a day is still of it, the next is not', () => {
    fc.assert(
      fc.property(date, (d) => {
        const end = endOfDay(d);
        expect(dateOf(end).equals(d)).toBe(true);
        expect(dateOf(end.add({ seconds: 1 })).equals(d.add({ days: 1 }))).toBe(true);
      }),
    );
  });

  it('counts whole days, both ways', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -4000, max: 4000 }), (d, n) => {
        expect(daysBetween(d, d.add({ days: n }))).toBe(n);
      }),
    );
  });

  it('works from Monday to Friday', () => {
    const week = Array.from({ length: 7 }, (_, i) => Temporal.PlainDate.from('2027-03-08').add({ days: i }));
    expect(week.map(isWorkingDay)).toEqual([true, true, true, true, true, false, false]);
  });

  it('takes a JS date to the millisecond', () => {
    expect(instantOf(new Date('2027-03-08T10:00:00.123Z')).toString()).toBe('2027-03-08T10:00:00.123Z');
  });
});
