import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalendarSession, layOutCalendar, sessionDays } from './session-calendar.ts';

const session = (
  part: Partial<CalendarSession> & Pick<CalendarSession, 'id' | 'site' | 'from'>,
): CalendarSession => ({
  course: 'ISO 13485',
  days: 1,
  seats: 4,
  maxSeats: 12,
  minSeats: 4,
  ...part,
});

test('days of a session skip the weekend: Friday 12 March 2027, two days, ends on Monday 15', () => {
  expect(sessionDays({ from: '2027-03-12', days: 2 })).toEqual(['2027-03-12', '2027-03-15']);
  expect(sessionDays({ from: '2027-03-08', days: 1 })).toEqual(['2027-03-08']);
});

test('columns are the working days of the weeks in use, and the Saturday that is used', () => {
  const { days } = layOutCalendar([
    session({ id: 'a', site: 'Nogent', from: '2027-03-09' }),
    session({ id: 'b', site: 'Nogent', from: '2027-03-27' }),
  ]);
  expect(days).toEqual([
    ...['08', '09', '10', '11', '12', '22', '23', '24', '25', '26', '27'].map((d) => `2027-03-${d}`),
  ]);
});

test('two sessions of one day at one site take two lanes; at two sites, one each', () => {
  const { sites } = layOutCalendar([
    session({ id: 'a', site: 'Nogent', from: '2027-03-09' }),
    session({ id: 'b', site: 'Nogent', from: '2027-03-09' }),
    session({ id: 'c', site: 'Langres', from: '2027-03-09' }),
  ]);
  expect(sites.map((s) => [s.site, s.lanes.length])).toEqual([
    ['Langres', 1],
    ['Nogent', 2],
  ]);
});

test('whatever the sessions, each stands once under its own days and no lane overlaps', () => {
  const any = fc.record({
    site: fc.constantFrom('Nogent', 'Chaumont'),
    offset: fc.integer({ min: 0, max: 27 }),
    days: fc.integer({ min: 1, max: 7 }),
  });
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 20 }), (list) => {
      const sessions = list.map((s, i) =>
        session({
          id: String(i),
          site: s.site,
          days: s.days,
          from: new Date(Date.UTC(2027, 2, 1 + s.offset)).toISOString().slice(0, 10),
        }),
      );
      const { days, sites } = layOutCalendar(sessions);
      const seen: string[] = [];
      for (const { site, lanes } of sites)
        for (const cells of lanes) {
          let column = 0;
          for (const cell of cells) {
            if (cell.session) {
              const held = sessionDays(cell.session);
              expect(cell.session.site).toBe(site);
              expect(days[column]).toBe(held[0]);
              expect(days[column + cell.span - 1]).toBe(held.at(-1));
              seen.push(cell.session.id);
            }
            column += cell.span;
          }
          expect(column).toBe(days.length);
        }
      expect(seen.sort()).toEqual(sessions.map((s) => s.id).sort());
    }),
  );
});
