import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chooseLang,
  dayOf,
  formatDate,
  formatDateRange,
  formatDateTime,
  formatDuration,
  formatNumber,
  formatPercent,
  formatTime,
  isSingular,
  joinList,
  parseDate,
  plural,
} from './index.ts';

const NARROW = '\u202f';

test('dates are written as each language writes them', () => {
  expect(formatDate('2027-03-12', 'fr')).toBe('12 mars 2027');
  expect(formatDate('2027-03-12', 'en')).toBe('12 March 2027');
  expect(formatDate('2027-03-01', 'fr')).toBe('1er mars 2027');
  expect(formatDate('2027-03-01', 'fr', 'weekday')).toBe('lundi 1er mars 2027');
  expect(formatDate('2027-03-11', 'fr')).toBe('11 mars 2027');
  expect(formatDate('2027-03-12', 'fr', 'short')).toBe('12/03/2027');
  expect(formatDate('2027-03-12', 'fr', 'day')).toBe('ven. 12 mars');
});

test('a range says once what both ends share', () => {
  expect(formatDateRange('2027-06-11', '2027-06-12', 'fr')).toMatch(/^11.12 juin 2027$/u);
  expect(formatDateRange('2027-06-11', '2027-06-11', 'en')).toBe('11 June 2027');
});

test('31 February is refused, not moved to March', () => {
  expect(() => formatDate('2027-02-31', 'fr')).toThrow(RangeError);
  expect(() => formatDate('12/03/2027', 'fr')).toThrow(RangeError);
});

test('instants are shown on the clocks of Paris, in winter and in summer', () => {
  expect(formatDateTime(new Date('2027-01-12T17:00:00Z'), 'fr')).toBe('12 janvier 2027 à 18\u00a0h');
  expect(formatDateTime(new Date('2027-07-12T17:05:00Z'), 'en')).toBe('12 July 2027 at 19:05');
  expect(formatTime(new Date('2027-07-12T22:30:00Z'), 'fr')).toBe('0\u00a0h\u00a030');
  expect(dayOf(new Date('2027-07-12T22:30:00Z'))).toBe('2027-07-13');
});

test('numbers carry narrow spaces and a comma in French', () => {
  expect(formatNumber(3120.5, 'fr')).toBe(`3${NARROW}120,5`);
  expect(formatNumber(3120.5, 'fr', 2, true)).toBe(`3${NARROW}120,50`);
  expect(formatNumber(3120.5, 'en')).toBe('3,120.5');
  expect(formatPercent(0.305, 'fr')).toBe('30,5\u00a0%');
  expect(formatPercent(0.305, 'en')).toBe('30.5%');
});

test('counts follow each language: French says zero in the singular', () => {
  expect(plural(0, 'fr', 'place', 'places')).toBe('0\u00a0place');
  expect(plural(0, 'en', 'seat', 'seats')).toBe('0\u00a0seats');
  expect(plural(1, 'en', 'seat', 'seats')).toBe('1\u00a0seat');
  expect(plural(1234, 'fr', 'place', 'places')).toBe(`1${NARROW}234\u00a0places`);
  fc.assert(
    fc.property(fc.nat(1e6), (n) => isSingular(n, 'fr') === n < 2 && isSingular(n, 'en') === (n === 1)),
  );
});

test('durations and lists', () => {
  expect([0, 59.9, 65, 3720].map(formatDuration)).toEqual([
    '0\u00a0s',
    '59\u00a0s',
    '1\u00a0min 05\u00a0s',
    '1\u00a0h 02\u00a0min',
  ]);
  expect(joinList(['Nogent', 'Chaumont', 'Langres'], 'fr')).toBe('Nogent, Chaumont et Langres');
  expect(joinList([], 'fr')).toBe('');
});

test('the language is the one chosen, else the best the browser asks for, else French', () => {
  expect(chooseLang('en', 'fr')).toBe('en');
  expect(chooseLang('xx', 'de,en;q=0.8,fr;q=0.3')).toBe('en');
  expect(chooseLang(undefined, 'en;q=0, fr-FR')).toBe('fr');
  expect(chooseLang(undefined, undefined)).toBe('fr');
});

test('a day is read as a picker sends it and as people type it; every other text is refused', () => {
  expect(parseDate('2027-12-31')).toBe('2027-12-31');
  expect(parseDate(' 31/12/2027 ')).toBe('2027-12-31');
  expect(parseDate('1.3.27')).toBe('2027-03-01');
  for (const wrong of ['', '31/02/2027', '2027-02-31', '12/31/2027', 'demain', '31/12/202', '2027-1-1'])
    expect(parseDate(wrong), wrong).toBeNull();
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
      (d) => {
        const iso = d.toISOString().slice(0, 10);
        return parseDate(formatDate(iso, 'fr', 'short')) === iso && parseDate(iso) === iso;
      },
    ),
  );
});
