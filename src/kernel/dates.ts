/** Civil dates and instants. The cluster lives in one time zone; deadlines are instants shown in it. */

export const ZONE = 'Europe/Paris';

/** Reads an ISO date (2027-03-08). Null for anything else, 31 February and the year 0 included. */
export function parseDate(text: string): Temporal.PlainDate | null {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** The civil date of an instant in the cluster's zone. */
export const dateOf = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO(ZONE).toPlainDate();

/** The end of a civil day (23:59:59 in the cluster's zone) as an instant: a deadline "by the 8th" includes the 8th. */
export const endOfDay = (date: Temporal.PlainDate): Temporal.Instant =>
  date.add({ days: 1 }).toZonedDateTime(ZONE).toInstant().subtract({ seconds: 1 });

/** A database timestamp (JS Date) as an instant. */
export const instantOf = (at: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at.getTime());

/** Monday to Friday; holidays are not looked up. */
export const isWorkingDay = (date: Temporal.PlainDate): boolean => date.dayOfWeek <= 5;

/** Whole days from `from` to `to`, negative when `to` is past. */
export const daysBetween = (from: Temporal.PlainDate, to: Temporal.PlainDate): number =>
  from.until(to, { largestUnit: 'day' }).days;
