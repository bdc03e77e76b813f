import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changedGroups,
  type Demand,
  exactTotals,
  fingerprints,
  isConditionMet,
  isProtected,
  mayShowSum,
  splitIntoBands,
} from './totals.ts';

const demands = fc.array(
  fc.record({
    group: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    topic: fc.constantFrom('welding', 'metrology'),
    quantity: fc.integer({ min: 1, max: 200 }),
  }),
  { maxLength: 20 },
);

const partsOf = (all: readonly Demand[], topic: string): Map<string, number> => {
  const parts = new Map<string, number>();
  for (const d of all) if (d.topic === topic) parts.set(d.group, (parts.get(d.group) ?? 0) + d.quantity);
  return parts;
};

describe('protected totals', () => {
  it('holds the two worked examples: 40 of 50 is shown, 60 of 70 is not', () => {
    // 40 / (40 + 5 + 5) = 80 %; 60 / (60 + 5 + 5) = 85.7 %.
    expect(isProtected([40, 5, 5, 5])).toBe(true);
    expect(isProtected([60, 5, 5, 5])).toBe(false);
    expect(isProtected([5, 5, 5])).toBe(false);
  });

  it('shows nothing that one reader, own need set aside, could pin on fewer than three others or on a dominant one', () => {
    fc.assert(
      fc.property(demands, (all) => {
        for (const total of exactTotals(all, ['welding', 'metrology'])) {
          if (total.quantity === null) continue;
          const parts = partsOf(all, total.topic);
          for (const reader of [...parts.keys(), 'outsider']) {
            const others = [...parts].filter(([group]) => group !== reader).map(([, n]) => n);
            const rest = others.reduce((a, b) => a + b, 0);
            expect(others.length).toBeGreaterThanOrEqual(3);
            // An outsider's rest is the whole, in which the largest part weighs less than seen from inside.
            for (const n of others) expect(n).toBeLessThanOrEqual(0.85 * rest + 1e-9);
          }
        }
      }),
    );
  });

  it('keeps two readers who compare notes from working out a third', () => {
    fc.assert(
      fc.property(demands, (all) => {
        for (const total of exactTotals(all, ['welding', 'metrology'])) {
          if (total.quantity === null) continue;
          // Two insiders know their parts and the total: at least two unknown parts are left.
          expect(partsOf(all, total.topic).size - 2).toBeGreaterThanOrEqual(2);
        }
      }),
    );
  });

  it('gives bands that contain the truth and say no more than their edges', () => {
    fc.assert(
      fc.property(demands, (all) => {
        for (const band of splitIntoBands(all, ['welding', 'metrology'])) {
          if (band.quantityFrom === null) continue;
          const parts = partsOf(all, band.topic);
          const quantity = [...parts.values()].reduce((a, b) => a + b, 0);
          expect(band.quantityFrom % 10).toBe(0);
          expect(band.quantityFrom).toBeLessThanOrEqual(quantity);
          expect(band.quantityTo!).toBe(band.quantityFrom + 10);
          expect(band.quantityTo!).toBeGreaterThan(quantity - 1);
          expect(band.groupsAtLeast!).toBeLessThanOrEqual(parts.size);
          expect(isConditionMet([band], band.topic, band.groupsAtLeast!)).toBe(true);
          expect(isConditionMet([band], band.topic, band.groupsAtLeast! + 1)).toBe(false);
        }
      }),
    );
  });

  it('counts the groups that ask something else', () => {
    const before = fingerprints([
      { group: 'a', topic: 't', quantity: 1 },
      { group: 'b', topic: 't', quantity: 2 },
    ]);
    const after = fingerprints([
      { group: 'b', topic: 't', quantity: 3 },
      { group: 'c', topic: 't', quantity: 1 },
    ]);
    expect(changedGroups(before, after)).toBe(3);
    expect(changedGroups(after, after)).toBe(0);
  });

  it('shows a sum over topics only when each topic could be shown by itself', () => {
    const safe = ['a', 'b', 'c', 'd'].map((group) => ({ group, topic: 'welding', quantity: 3 }));
    const hidden: Demand = { group: 'a', topic: 'metrology', quantity: 2 };
    expect(mayShowSum(safe, [100, 100, 100, 100])).toBe(true);
    expect(mayShowSum([...safe, hidden], [100, 100, 100, 100])).toBe(false);
    expect(mayShowSum(safe, [100, 100, 100, 5000])).toBe(false);
  });
});
