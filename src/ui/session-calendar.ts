/** Lays sessions out in days and lanes: pure, so that it can be tested without a page. */

export interface CalendarSession {
  readonly id: string;
  readonly course: string;
  readonly site: string;
  /** First day, ISO. */
  readonly from: string;
  /** Consecutive working days, 1 or more. */
  readonly days: number;
  readonly seats: number;
  readonly maxSeats: number;
  readonly minSeats: number;
  /** Seats of the reader's company, counted in `seats`. */
  readonly yours?: number;
  readonly href?: string;
}

/** A place in a lane: a session over `span` columns, or `span` columns of nothing. */
export type LaneCell = { readonly span: number; readonly session: CalendarSession | null };

export interface CalendarLayout {
  /** ISO dates of the columns: every Monday to Friday of each week that holds a session, weekends where used. */
  readonly days: readonly string[];
  /** Lanes of each site, in order of the sites' names: sessions of one lane do not overlap. */
  readonly sites: readonly { readonly site: string; readonly lanes: readonly (readonly LaneCell[])[] }[];
}

const DAY_MS = 86_400_000;
const time = (iso: string): number => Date.parse(`${iso}T00:00:00Z`);
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
/** 0 for Monday to 6 for Sunday. */
const weekday = (ms: number): number => (new Date(ms).getUTCDay() + 6) % 7;

/** The days on which a session is held: `days` of them, Saturdays and Sundays skipped after the first. */
export function sessionDays(session: Pick<CalendarSession, 'from' | 'days'>): string[] {
  const days = [session.from];
  for (let ms = time(session.from); days.length < session.days; ) {
    ms += DAY_MS;
    if (weekday(ms) < 5) days.push(iso(ms));
  }
  return days;
}

/** Columns, then for each site as few lanes as a first-fit in order of dates needs. */
export function layOutCalendar(sessions: readonly CalendarSession[]): CalendarLayout {
  const held = new Set<string>();
  for (const session of sessions)
    for (const day of sessionDays(session)) {
      held.add(day);
      const monday = time(day) - weekday(time(day)) * DAY_MS;
      for (let d = 0; d < 5; d += 1) held.add(iso(monday + d * DAY_MS));
    }
  const days = [...held].sort();
  const column = new Map(days.map((day, i) => [day, i]));

  const names = [...new Set(sessions.map((s) => s.site))].sort((a, b) => a.localeCompare(b, 'fr'));
  const sites = names.map((site) => {
    const lanes: { next: number; cells: LaneCell[] }[] = [];
    const here = sessions
      .filter((s) => s.site === site)
      .sort((a, b) => a.from.localeCompare(b.from) || a.course.localeCompare(b.course, 'fr'));
    for (const session of here) {
      const first = column.get(session.from) ?? 0;
      const last = column.get(sessionDays(session).at(-1) ?? session.from) ?? first;
      let lane = lanes.find((l) => l.next <= first);
      if (lane === undefined) {
        lane = { next: 0, cells: [] };
        lanes.push(lane);
      }
      if (first > lane.next) lane.cells.push({ span: first - lane.next, session: null });
      lane.cells.push({ span: last - first + 1, session });
      lane.next = last + 1;
    }
    for (const lane of lanes)
      if (lane.next < days.length) lane.cells.push({ span: days.length - lane.next, session: null });
    return { site, lanes: lanes.map((l) => l.cells) };
  });
  return { days, sites };
}
