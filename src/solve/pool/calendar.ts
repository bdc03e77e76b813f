/**
 * Working days as whole numbers: Monday to Friday count one after the other, Saturday and Sunday do not count, and
 * holidays are not looked up. Friday 2027-03-05 is one below Monday 2027-03-08.
 */

const DAY_MS = 86_400_000;

/** True for `YYYY-MM-DD` naming a day that exists: 2027-02-31 does not. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Number of the first working day on or after `date`: a Saturday or Sunday has that of the Monday that follows, so
 * that a course announced from a Saturday is busy on the working days counted from there.
 */
export function workingDay(date: string): number {
  const day = Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
  const sinceMonday = day + 3; // 1970-01-01 was a Thursday
  const week = Math.floor(sinceMonday / 7);
  return week * 5 + Math.min(sinceMonday - week * 7, 5);
}
