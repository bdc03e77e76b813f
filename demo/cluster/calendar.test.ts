import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dayOfWeek,
  easter,
  isClosure,
  isHoliday,
  startFrom,
  workingDayFrom,
  workingDayUntil,
} from './calendar.ts';

const date = (text: string) => Temporal.PlainDate.from(text);
const anyDay = fc.integer({ min: 0, max: 8000 }).map((days) => date('2024-01-01').add({ days }));

test('Easter falls on the Sundays that almanacs give', () => {
  for (const day of ['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2038-04-25'])
    expect(easter(date(day).year).toString()).toBe(day);
});

test('public holidays of 2027', () => {
  const holidays = Array.from({ length: 365 }, (_, i) => date('2027-01-01').add({ days: i })).filter(
    isHoliday,
  );
  expect(holidays.map(String)).toEqual([
    '2027-01-01',
    '2027-03-29',
    '2027-05-01',
    '2027-05-06',
    '2027-05-08',
    '2027-05-17',
    '2027-07-14',
    '2027-08-15',
    '2027-11-01',
    '2027-11-11',
    '2027-12-25',
  ]);
});

test('a course starts so that it ends in the week, clear of holidays and closures, as early as it can', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 5 }), (day, days) => {
      const start = startFrom(day, days);
      const held = Array.from({ length: days }, (_, i) => start.add({ days: i }));
      expect(held.every((d) => d.dayOfWeek <= 5 && !isHoliday(d) && !isClosure(d))).toBe(true);
      expect(Temporal.PlainDate.compare(start, day)).toBeGreaterThanOrEqual(0);
      const next = startFrom(day, days, new Set([start.toString()]));
      expect(Temporal.PlainDate.compare(next, start)).toBe(1);
    }),
  );
  expect(() => startFrom(date('2027-03-08'), 6)).toThrow(RangeError);
});

test('working days around a long week-end', () => {
  expect(workingDayFrom(date('2027-05-15')).toString()).toBe('2027-05-18');
  expect(workingDayUntil(date('2027-05-17')).toString()).toBe('2027-05-14');
});

test('a weekday so many weeks from now, before and after', () => {
  expect(dayOfWeek(date('2026-11-25'), 0, 1).toString()).toBe('2026-11-23');
  expect(dayOfWeek(date('2026-11-25'), 2, 5).toString()).toBe('2026-12-11');
  expect(dayOfWeek(date('2026-11-25'), -1, 2).toString()).toBe('2026-11-17');
});
