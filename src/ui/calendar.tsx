/** The session calendar: days across, sites down, a dot a seat. */
import { formatDate, type Lang } from '../platform/i18n/index.ts';
import { EmptyState } from './notice.tsx';
import { type CalendarSession, layOutCalendar } from './session-calendar.ts';
import { uiTexts } from './texts.ts';

export interface SessionCalendarProps {
  readonly lang: Lang;
  readonly sessions: readonly CalendarSession[];
  /** The caption; default "Calendrier des séances". */
  readonly caption?: string;
}

export function SessionCalendar({ lang, sessions, caption }: SessionCalendarProps) {
  const t = uiTexts(lang).calendar;
  if (sessions.length === 0) return <EmptyState>{t.empty}</EmptyState>;
  const { days, sites } = layOutCalendar(sessions);
  const isMonday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 1;
  const withYours = sessions.some((s) => (s.yours ?? 0) > 0);
  return (
    <div class="piece calendar">
      <section class="scroll" tabindex={0} aria-label={uiTexts(lang).table.scroll(caption ?? t.label)}>
        <table>
          <caption class={caption === undefined ? 'sr' : undefined}>{caption ?? t.label}</caption>
          <thead>
            <tr>
              <th scope="col">{t.site}</th>
              {days.map((day) => (
                <th scope="col" class={isMonday(day) ? 'week' : undefined}>
                  <time datetime={day}>{formatDate(day, lang, 'day')}</time>
                </th>
              ))}
            </tr>
          </thead>
          {sites.map(({ site, lanes }) => (
            <tbody>
              {lanes.map((cells, lane) => (
                <tr>
                  {lane === 0 && (
                    <th scope="rowgroup" rowspan={lanes.length}>
                      {site}
                    </th>
                  )}
                  {spread(cells).map(({ span, session }) =>
                    session === null ? (
                      <td class="idle" />
                    ) : (
                      <td colspan={span > 1 ? span : undefined}>
                        <SessionBox lang={lang} session={session} />
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </section>
      <ul class="legend">
        <li>
          <SeatDots seats={1} max={1} min={0} yours={0} /> {t.legendTaken}
        </li>
        {withYours && (
          <li>
            <SeatDots seats={1} max={1} min={0} yours={1} /> {t.legendYours}
          </li>
        )}
        <li>
          <SeatDots seats={0} max={1} min={0} yours={0} /> {t.legendFree}
        </li>
        <li>
          <svg width="4" height="14" aria-hidden="true">
            <line class="seat-min" x1="2" x2="2" y1="0" y2="14" />
          </svg>{' '}
          {t.legendMinimum}
        </li>
      </ul>
    </div>
  );
}

/** Empty stretches as single cells, so that every day keeps its ruled column. */
const spread = (cells: readonly { span: number; session: CalendarSession | null }[]) =>
  cells.flatMap((cell) =>
    cell.session === null ? Array.from({ length: cell.span }, () => ({ span: 1, session: null })) : [cell],
  );

function SessionBox({ lang, session }: { lang: Lang; session: CalendarSession }) {
  const t = uiTexts(lang).calendar;
  const { seats, maxSeats, minSeats, yours = 0 } = session;
  const free = maxSeats - seats;
  const words = [
    t.taken(seats, maxSeats),
    ...(yours > 0 ? [t.yours(yours)] : []),
    ...(seats < minSeats ? [t.below(minSeats)] : [t.minimum(minSeats)]),
  ].join(', ');
  return (
    <div class={seats < minSeats ? 'session session-below' : 'session'}>
      <p class="session-when">{formatDate(session.from, lang, 'day')}</p>
      <p class="session-name">
        {session.href === undefined ? session.course : <a href={session.href}>{session.course}</a>}
      </p>
      <SeatDots seats={seats} max={maxSeats} min={minSeats} yours={yours} label={words} />
      <p class="session-words">
        {seats < minSeats ? t.below(minSeats) : free === 0 ? t.full : t.free(free)}
        {session.days > 1 && `, ${t.days(session.days)}`}
      </p>
    </div>
  );
}

/** Dots of 8 px, 11 px apart, ten a row: the reader's, then the others', then the free; a line after the minimum. */
export function SeatDots({
  seats,
  max,
  min,
  yours,
  label,
}: {
  readonly seats: number;
  readonly max: number;
  readonly min: number;
  readonly yours: number;
  readonly label?: string;
}) {
  const perRow = 10;
  const rows = Math.ceil(max / perRow);
  const place = (i: number): { x: number; y: number } => ({
    x: 6 + 11 * (i % perRow),
    y: 7 + 14 * Math.floor(i / perRow),
  });
  const line = min > 0 && min <= max ? place(min - 1) : null;
  return (
    <svg
      class="seats"
      width={3 + 11 * Math.min(max, perRow)}
      height={14 * rows}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined ? 'true' : undefined}
    >
      {Array.from({ length: max }, (_, i) => {
        const { x, y } = place(i);
        return i < yours ? (
          <path class="seat-yours" d={`M${x} ${y - 5}l5 5-5 5-5-5z`} />
        ) : (
          <circle class={i < seats ? 'seat-taken' : 'seat-free'} cx={x} cy={y} r={i < seats ? 4 : 3.5} />
        );
      })}
      {line && <line class="seat-min" x1={line.x + 5.5} x2={line.x + 5.5} y1={line.y - 7} y2={line.y + 7} />}
    </svg>
  );
}
