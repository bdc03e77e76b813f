import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolProblems } from '../../../tests/oracle/pool-arbitrary.ts';
import { readPool } from './read.ts';

const FILE = `{
  "companies": [{ "id": "a", "group": "g1", "site": "langres" }, { "id": "b" }],
  "needs": [
    { "id": "n1", "company": "a", "course": "iso", "seats": 3,
      "dates": ["2027-03-08"],
      "sites": ["nogent"],
      "together": true, "maxPricePerSeat": 45000, "minCompanies": 2, "people": ["p1"],
      "unservedPenalty": 90000 }
  ],
  "offers": [
    { "id": "o1", "course": "iso", "fixed": 180000, "perSeat": 2500, "minSeats": 2, "maxSeats": 12,
      "dates": ["2027-03-08", "2027-03-09"], "days": 1,
      "site": "nogent", "trainer": "t1", "room": "r1" }
  ],
  "catalogue": [{ "course": "iso", "perSeat": 62000 }],
  "travel": [
    { "from": "langres", "to": "nogent", "costPerSeat": 1200 }
  ],
  "rules": { "sharing": "shapley", "minCompaniesPerSession": 1, "subsidyPerSeat": 0 }
}`;

const change = (from: string, to: string): string => {
  if (!FILE.includes(from)) throw new Error(`the file has no ${from}`);
  return FILE.replace(from, to);
};

const refusal = (text: string | Uint8Array) => {
  const read = readPool(text);
  return read.ok ? null : read.error;
};

describe('readPool', () => {
  it('reads the format', () => {
    const read = readPool(FILE);
    expect(read).toMatchObject({
      ok: true,
      value: { needs: [{ id: 'n1', together: true }], rules: { sharing: 'shapley' } },
    });
  });

  it('gives back any problem that was written', () => {
    fc.assert(
      fc.property(poolProblems(), (problem) => {
        expect(readPool(JSON.stringify(problem, null, 1))).toEqual({ ok: true, value: problem });
      }),
    );
  });

  it('accepts keys that it does not know, and defaults', () => {
    expect(refusal(change('"rules": {', '"note": {"x": [1]}, "rules": { "colour": "blue",'))).toBeNull();
    expect(refusal(change(', "minCompaniesPerSession": 1, "subsidyPerSeat": 0', ''))).toBeNull();
    const days = readPool(change('"days": 1,', ''));
    expect(days.ok && days.value.offers[0]?.days).toBe(1);
  });

  it.each([
    ['unknown company', change('"company": "a"', '"company": "z"'), 4, 'is not one of companies'],
    ['a company twice', change('{ "id": "b" }', '{ "id": "a" }'), 2, 'given twice'],
    [
      'no dates',
      change('"dates": ["2027-03-08"],\n      "sites"', '"dates": [],\n      "sites"'),
      5,
      'empty',
    ],
    ['no sites', change('["nogent"]', '[]'), 6, 'empty'],
    ['31 February', change('"dates": ["2027-03-08"],', '"dates": ["2027-02-31"],'), 5, 'a day that exists'],
    ['no seats', change('"seats": 3', '"seats": 0'), 4, 'from 1'],
    ['half a seat', change('"seats": 3', '"seats": 1.5'), 4, 'whole number'],
    ['seats as text', change('"seats": 3', '"seats": "3"'), 4, 'found "3"'],
    ['negative cents', change('"fixed": 180000', '"fixed": -1'), 11, 'whole number of cents'],
    ['part of a cent', change('"perSeat": 62000', '"perSeat": 620.5'), 15, 'whole number of cents'],
    ['a minimum above the maximum', change('"minSeats": 2', '"minSeats": 13'), 11, 'above maxSeats'],
    [
      'a missing trip',
      change('"from": "langres", "to"', '"from": "paris", "to"'),
      4,
      'no pair from "langres" to "nogent"',
    ],
    ['no starting place', change('"site": "langres" }', '"x": 0 }'), 4, 'no "from"'],
    ['an unknown rule', change('"shapley"', '"fair"'), 19, 'must be one of'],
    ['no rules', change('"rules"', '"regles"'), 1, 'has no "rules"'],
    ['needs that are no list', change('"needs": [', '"needs": 3, "others": ['), 3, 'must be a list'],
    ['a null', change('"site": "nogent"', '"site": null'), 13, 'found null'],
    ['a missing penalty', change('"unservedPenalty"', '"penalty"'), 4, 'has no "unservedPenalty"'],
    ['a cut-off file', FILE.slice(0, FILE.indexOf('"days"')), 12, 'the end of the file'],
    [
      'huge amounts',
      change('"seats": 3', '"seats": 900000').replace('90000 }', '1000000000000 }'),
      4,
      'too large',
    ],
    ['a list', '[]', 1, 'must be an object'],
  ])('refuses %s on its line', (_, text, line, words) => {
    expect(refusal(text)).toEqual({ line, message: expect.stringContaining(words) });
  });

  it('does not ask for a trip that nobody could make', () => {
    expect(
      refusal(change('"sites": ["nogent"]', '"sites": ["dijon"]').replace('"langres", "to"', '"x", "to"')),
    ).toBeNull();
    expect(refusal(change('"seats": 3', '"seats": 13').replace('"langres", "to"', '"x", "to"'))).toBeNull();
  });

  it('refuses bytes that are not UTF-8', () => {
    const bytes = Buffer.from(change('"langres" }', '"langr\u00e8s" }'), 'latin1');
    expect(refusal(bytes)).toEqual({ line: 2, message: 'not UTF-8 text' });
  });
});
