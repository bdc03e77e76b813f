import { describe, expect, it } from 'vitest';
import { parseDate } from '../../../kernel/dates.ts';
import { emptyTerms } from '../fixtures.ts';
import { training } from '../training/index.ts';
import { decideDates, shiftDates } from './dates.ts';

const today = parseDate('2027-03-10')!;
const dates = {
  answersBy: '2027-03-20',
  planOn: '2027-03-25',
  acceptBy: null,
  startsOn: '2027-05-01',
  reason: '',
};

describe('dates of a campaign', () => {
  it('follow one another, empty ones left out', () => {
    expect(decideDates('draft', dates, today).ok).toBe(true);
    expect(decideDates('draft', { ...dates, startsOn: '2027-03-24' }, today)).toMatchObject({
      error: { code: 'dates-out-of-order' },
    });
  });
  it('are not in the past, and need a reason once members were told', () => {
    expect(decideDates('draft', { ...dates, answersBy: '2027-03-09', planOn: null }, today)).toMatchObject({
      error: { code: 'deadline-in-the-past' },
    });
    expect(decideDates('open', dates, today)).toMatchObject({ error: { code: 'reason-required' } });
    expect(decideDates('planned', { ...dates, reason: 'x' }, today)).toMatchObject({
      error: { code: 'call-closed' },
    });
  });
});

describe('a cloned call', () => {
  const terms = {
    ...emptyTerms(training),
    lists: {
      courses: [{ id: 'c', title: 'ISO 13485' }],
      offers: [{ id: 'o', course: 'c', dates: ['2026-02-09', '2026-02-12'] }],
      trips: [],
    },
  };
  it('moves its dates by the same whole weeks: weekdays stay, the first lies six weeks ahead', () => {
    const moved = shiftDates(terms, training, today).lists.offers![0]!.dates as string[];
    const [first, second] = moved.map((d) => parseDate(d)!);
    expect(first!.dayOfWeek).toBe(1);
    expect(second!.dayOfWeek).toBe(4);
    expect(first!.until(second!).days).toBe(3);
    const ahead = today.until(first!, { largestUnit: 'day' }).days;
    expect(ahead).toBeGreaterThanOrEqual(42);
    expect(ahead).toBeLessThan(49);
  });
  it('leaves dates that lie far enough ahead', () => {
    expect(shiftDates(terms, training, parseDate('2025-01-01')!)).toEqual(terms);
  });
});
