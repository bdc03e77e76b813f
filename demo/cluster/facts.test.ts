import { expect, test } from 'vitest';
import { COMPANIES, jobsOf } from './companies.ts';
import { ELECTION, FAIR_EDITIONS, PAST_ACTIONS, PUBLIC_FIGURES } from './facts.ts';

const figure = (key: string) => PUBLIC_FIGURES.find((f) => f.key === key)!;
const both = (text: { fr: string; en: string }) => text.fr !== '' && text.en !== '';

test('every published figure has a date, a definition and a source in both languages', () => {
  for (const { asOf, label, display, definition, source } of PUBLIC_FIGURES) {
    expect(() => Temporal.PlainDate.from(asOf.date)).not.toThrow();
    for (const text of [label, display, definition, source]) expect(both(text)).toBe(true);
  }
});

test('the demo’s companies agree with what was published', () => {
  const share = COMPANIES.filter((c) => c.department === 'prosthesis-valley').length / COMPANIES.length;
  expect(Math.abs(COMPANIES.length - figure('members').value)).toBeLessThanOrEqual(2);
  expect(COMPANIES.reduce((sum, c) => sum + jobsOf(c), 0)).toBeGreaterThan(figure('jobs').value);
  expect(Math.round(100 * share)).toBe(figure('prosthesis-valley-share').value);
  expect(figure('founded').value).toBe(2002);
});

test('the seventh edition was postponed twice: three versions, the later ones with their reason', () => {
  const { versions } = FAIR_EDITIONS.find((e) => e.number === 7)!;
  expect(versions.map((v) => v.from)).toEqual([null, '2021-06-11', '2022-06-17']);
  expect(versions.map((v) => v.reason === null)).toEqual([true, false, false]);
  // Trade day on a Friday, public day on the Saturday, as always.
  for (const { from, to } of versions.filter((v) => v.from !== null)) {
    expect(Temporal.PlainDate.from(from!).dayOfWeek).toBe(5);
    expect(Temporal.PlainDate.from(to!).dayOfWeek).toBe(6);
  }
});

test('the election is told as the article does: two people, two seats, dated and sourced', () => {
  expect(ELECTION.mandates.map((m) => m.holder)).toEqual(['Delphine Descorne-Jeanny', 'Yves Lombard']);
  expect(ELECTION.asOf).toEqual({ date: '2020-12-31', precision: 'year' });
  expect(both(ELECTION.source)).toBe(true);
});

test('past actions lie between 2017 and 2022, each with its source', () => {
  for (const { asOf, title, source } of PAST_ACTIONS) {
    const { year } = Temporal.PlainDate.from(asOf.date);
    expect(year >= 2017 && year <= 2022).toBe(true);
    expect(both(title) && both(source)).toBe(true);
  }
  expect(new Set(PAST_ACTIONS.map((a) => a.key)).size).toBe(PAST_ACTIONS.length);
});
