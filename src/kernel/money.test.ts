import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eurosOf, formatCentsForInput, formatMoney, parseMoney, roundToSum, split } from './money.ts';

const weights = fc.array(fc.oneof(fc.nat(10_000), fc.double({ min: 0, max: 1e6, noNaN: true })), {
  minLength: 1,
  maxLength: 60,
});

describe('split', () => {
  it('gives the units left to the largest fractions, ties in input order', () => {
    expect(split(100, [1, 1, 1])).toEqual([34, 33, 33]);
    // 10 x 1/6 = 1.67, 10 x 2/6 = 3.33, 10 x 3/6 = 5: floors 1 + 3 + 5, the unit left to the first.
    expect(split(10, [1, 2, 3])).toEqual([2, 3, 5]);
    expect(split(7, [0, 0])).toEqual([4, 3]);
    expect(split(5, [0, 1])).toEqual([0, 5]);
    expect(split(0, [])).toEqual([]);
    expect(split(-100, [1, 1, 1])).toEqual([-33, -33, -34]);
  });

  it('sums to its whole, each part within a cent of its exact share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), weights, (total, w) => {
        const parts = split(total, w);
        expect(parts.every(Number.isSafeInteger)).toBe(true);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        const sum = w.reduce((a, b) => a + b, 0);
        parts.forEach((part, i) => {
          const exact = sum === 0 ? total / w.length : (total * w[i]!) / sum;
          expect(Math.abs(part - exact)).toBeLessThan(1 + 1e-6);
        });
      }),
    );
  });

  it('gives more to whoever weighs more', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(fc.nat(1000), { minLength: 2, maxLength: 20 }), (total, w) => {
        const parts = split(total, w);
        for (const [i, a] of w.entries())
          for (const [j, b] of w.entries()) if (a > b) expect(parts[i]).toBeGreaterThanOrEqual(parts[j]!);
      }),
    );
  });

  it.each([
    [0.5, [1]],
    [Number.NaN, [1]],
    [1, []],
    [1, [-1, 2]],
    [1, [Number.POSITIVE_INFINITY]],
    [1, [Number.NaN]],
  ])('refuses %d among %j', (total, w) => {
    expect(() => split(total, w)).toThrow(RangeError);
  });
});

describe('roundToSum', () => {
  it('keeps whole numbers as they are, and refuses what does not sum', () => {
    expect(roundToSum([1, 2, 3], 6)).toEqual([1, 2, 3]);
    expect(roundToSum([0.5, 0.5, 1], 2)).toEqual([1, 0, 1]);
    expect(() => roundToSum([1, 2], 9)).toThrow(RangeError);
    expect(() => roundToSum([3], 1)).toThrow(RangeError);
  });
});

describe('amounts', () => {
  it.each([
    ['3 120,50', 312050],
    ['3120.5', 312050],
    ['3\u202f120,50\u00a0€', 312050],
    ['€12', 1200],
    ['0', 0],
    ['0,05', 5],
    ['007', 700],
    ['10000000000', null],
    ['9999999999,99', 999_999_999_999],
    ['', null],
    ['-1', null],
    ['1,234', null],
    ['1,2,3', null],
    ['3,120.50', null],
    ['1e3', null],
    ['12,', null],
    [',5', null],
    ['douze', null],
    ['٣', null],
    ['NaN', null],
  ])('reads %j as %j', (text, cents) => {
    expect(parseMoney(text)).toBe(cents);
  });

  it('reads back whatever it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (cents) => {
        expect(parseMoney(formatMoney(cents, 'fr'))).toBe(cents);
        expect(parseMoney(formatMoney(cents, 'fr', { whole: true }))).toBe(cents);
        expect(parseMoney(formatCentsForInput(cents))).toBe(cents);
      }),
    );
  });

  it('never reads anything but a whole number of cents, from 0 to a hundred million euros a hundred times over', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d ,.€-]{0,14}$/)), (text) => {
        const cents = parseMoney(text);
        if (cents !== null) expect(Number.isSafeInteger(cents) && cents >= 0 && cents <= 1e12).toBe(true);
      }),
    );
  });

  it('is written as each language does', () => {
    expect(formatMoney(312050, 'fr')).toBe('3\u202f120,50\u00a0€');
    expect(formatMoney(312050, 'en')).toBe('€3,120.50');
    expect(formatMoney(312000, 'fr', { whole: true })).toBe('3\u202f120\u00a0€');
    expect(formatMoney(312050, 'fr', { whole: true })).toBe('3\u202f120,50\u00a0€');
    expect(formatMoney(-5, 'en')).toBe('-€0.05');
  });

  it('is put into fields and sheets without its sign', () => {
    expect([312050, 1200, 5, -50, -1200, 0].map(formatCentsForInput)).toEqual([
      '3120,50',
      '12',
      '0,05',
      '-0,50',
      '-12',
      '0',
    ]);
    expect([312050, null].map(eurosOf)).toEqual([3120.5, null]);
  });
});
