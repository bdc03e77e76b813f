/** Days on which the demo can hold something: Monday to Friday, French public holidays left out. */
import { isWorkingDay } from '../../src/kernel/dates.ts';

/** Easter Sunday of a year of the Gregorian calendar (Meeus, Jones and Butcher's algorithm). */
export function easter(year: number): Temporal.PlainDate {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return Temporal.PlainDate.from({ year, month, day });
}

const FIXED_HOLIDAYS = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];

/** True for the eleven public holidays of metropolitan France. */
export function isHoliday(date: Temporal.PlainDate): boolean {
  if (FIXED_HOLIDAYS.includes(date.toString().slice(5))) return true;
  const sunday = easter(date.year);
  // Easter Monday, Ascension Thursday, Whit Monday.
  return [1, 39, 50].some((days) => sunday.add({ days }).equals(date));
}

const isFree = (date: Temporal.PlainDate): boolean => isWorkingDay(date) && !isHoliday(date);

/** Weeks in which the workshops of the basin are closed: 24 December to 2 January and 1 to 21 August. */
export function isClosure(date: Temporal.PlainDate): boolean {
  const day = date.toString().slice(5);
  return day >= '12-24' || day <= '01-02' || (day >= '08-01' && day <= '08-21');
}

/** The first day at or after `date` on which people work. */
export function workingDayFrom(date: Temporal.PlainDate): Temporal.PlainDate {
  let day = date;
  while (!isFree(day)) day = day.add({ days: 1 });
  return day;
}

/** The last day at or before `date` on which people work. */
export function workingDayUntil(date: Temporal.PlainDate): Temporal.PlainDate {
  let day = date;
  while (!isFree(day)) day = day.subtract({ days: 1 });
  return day;
}

/**
 * The first day at or after `date` from which `days` (1 to 5) working days follow each other within one week,
 * none of them a holiday or in a closure, and that is not in `taken`.
 */
export function startFrom(
  date: Temporal.PlainDate,
  days: number,
  taken: ReadonlySet<string> = new Set(),
): Temporal.PlainDate {
  if (!Number.isInteger(days) || days < 1 || days > 5)
    throw new RangeError(`startFrom: ${days} is not in 1-5`);
  let start = date;
  const fits = () =>
    start.dayOfWeek + days <= 6 &&
    !taken.has(start.toString()) &&
    Array.from({ length: days }, (_, i) => start.add({ days: i })).every(
      (day) => isFree(day) && !isClosure(day),
    );
  while (!fits()) start = start.add({ days: 1 });
  return start;
}

/** The day `weekday` (1 Monday to 5 Friday) of the week that comes `weeks` weeks after the week of `today`. */
export const dayOfWeek = (today: Temporal.PlainDate, weeks: number, weekday: number): Temporal.PlainDate =>
  today.subtract({ days: today.dayOfWeek - 1 }).add({ days: 7 * weeks + weekday - 1 });
