import { daysBetween, parseDate } from '../../../kernel/dates.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import type { Refusal } from '../../../platform/action.ts';
import type { CampaignKind, Terms } from '../kind.ts';
import type { CampaignState } from '../types.ts';
import { callMayChange } from './life.ts';

/** Dates of a campaign must follow one another; once members were told of them, a change has its reason. */
export function decideDates(
  state: CampaignState,
  dates: {
    readonly answersBy: string;
    readonly planOn: string | null;
    readonly acceptBy: string | null;
    readonly startsOn: string | null;
    readonly reason: string;
  },
  today: Temporal.PlainDate,
): Result<true, Refusal> {
  if (!callMayChange(state)) return err({ code: 'call-closed', params: { state } });
  if (state !== 'draft' && dates.reason === '') return err({ code: 'reason-required' });
  const day = parseDate(dates.answersBy)!;
  if (state !== 'frozen' && Temporal.PlainDate.compare(day, today) < 0)
    return err({ code: 'deadline-in-the-past' });
  const given = [dates.answersBy, dates.planOn, dates.acceptBy, dates.startsOn].filter((d) => d !== null);
  return given.every((d, i) => i === 0 || given[i - 1]! <= d)
    ? ok(true)
    : err({ code: 'dates-out-of-order' });
}

/** Days ahead that a cloned call's first date should lie. */
const AHEAD = 42;

/** Moves all dates of a call by the same whole number of weeks, so that the first lies six weeks ahead and weekdays stay. */
export function shiftDates(terms: Terms, kind: CampaignKind, today: Temporal.PlainDate): Terms {
  const fields = kind.lists.flatMap((list) =>
    list.fields
      .filter((f) => f.type === 'dates' || f.type === 'date')
      .map((f) => ({ list: list.name, field: f.name })),
  );
  const datesOf = (value: unknown): string[] =>
    Array.isArray(value) ? value.map(String) : value ? [String(value)] : [];
  const all = fields.flatMap(({ list, field }) =>
    (terms.lists[list] ?? []).flatMap((r) => datesOf(r[field])),
  );
  const first = all.sort()[0];
  if (first === undefined) return terms;
  const behind = daysBetween(parseDate(first)!, today.add({ days: AHEAD }));
  if (behind <= 0) return terms;
  const weeks = Math.ceil(behind / 7);
  const move = (d: string): string => parseDate(d)!.add({ weeks }).toString();
  return {
    ...terms,
    lists: Object.fromEntries(
      Object.entries(terms.lists).map(([name, records]) => [
        name,
        records.map((record) => ({
          ...record,
          ...Object.fromEntries(
            fields
              .filter((f) => f.list === name && record[f.field])
              .map((f) => [
                f.field,
                Array.isArray(record[f.field])
                  ? datesOf(record[f.field]).map(move)
                  : move(String(record[f.field])),
              ]),
          ),
        })),
      ]),
    ),
  };
}
