import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { busyDays } from '../../../tests/oracle/pool-brute-force.ts';
import { isDate, workingDay } from './calendar.ts';

const anyDay = fc
  .integer({ min: -400, max: 30_000 })
  .map((d) => new Date(d * 86_400_000).toISOString().slice(0, 10));

describe('working days', () => {
  it('numbers Friday and the Monday after it one apart, and a weekend like its Monday', () => {
    const friday = workingDay('2027-03-05');
    expect(
      ['2027-03-06', '2027-03-07', '2027-03-08', '2027-03-09'].map((d) => workingDay(d) - friday),
    ).toEqual([1, 1, 1, 2]);
  });

  it('makes two courses overlap exactly where they have a civil working day in common', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.nat(20),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 7 }),
        (day, later, m, n) => {
          const other = new Date(Date.parse(day) + later * 86_400_000).toISOString().slice(0, 10);
          const a = workingDay(day);
          const b = workingDay(other);
          const civil = busyDays(day, m).some((d) => busyDays(other, n).includes(d));
          expect(a <= b + n - 1 && b <= a + m - 1).toBe(civil);
        },
      ),
    );
  });

  it('knows which days exist', () => {
    expect(['2027-02-28', '2028-02-29'].every(isDate)).toBe(true);
    expect(
      ['2027-02-31', '2027-02-29', '2027-13-01', '2027-3-8', '2027-03-08T00', '27-03-08', ''].some(isDate),
    ).toBe(false);
  });
});
