import { expect, test } from 'vitest';
import { distanceKm, PLACES, type PlaceSlug, travelCost } from './places.ts';

const slugs = Object.keys(PLACES) as PlaceSlug[];

test('every place is a commune of Haute-Marne, coded as such and within its bounds', () => {
  for (const { communeCode, postcode, latitude, longitude } of Object.values(PLACES)) {
    expect(communeCode).toMatch(/^52\d{3}$/);
    expect(postcode).toMatch(/^52\d{3}$/);
    expect(latitude).toBeGreaterThan(47.5);
    expect(latitude).toBeLessThan(48.7);
    expect(longitude).toBeGreaterThan(4.6);
    expect(longitude).toBeLessThan(5.9);
  }
  expect(new Set(Object.values(PLACES).map((p) => p.communeCode)).size).toBe(slugs.length);
});

test('travel is worked out as its docstring does: Nogent to Langres is 18.92 km, 15.00 EUR', () => {
  expect(distanceKm('nogent', 'langres')).toBeCloseTo(18.92, 2);
  expect(travelCost('nogent', 'langres')).toBe(1500);
});

test('travel costs the same both ways, nothing on the spot, and whole half-euros', () => {
  for (const a of slugs)
    for (const b of slugs) {
      expect(travelCost(a, b)).toBe(travelCost(b, a));
      expect(travelCost(a, b) % 50).toBe(0);
    }
  for (const a of slugs) expect(travelCost(a, a)).toBe(0);
});
