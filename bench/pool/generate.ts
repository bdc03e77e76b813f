import type { Need, Offer, PoolProblem } from '../../src/solve/pool/problem.ts';
import { seededRandom } from '../../src/solve/random.ts';

/**
 * Pools for measuring: one course, `needs` needs of 1 to 4 seats from as many companies on a square of 100 x 100 km,
 * `sessions` possible sessions of 6 to 16 seats at 12 sites, minimum 6, each need open to `reach` of the sessions (one
 * date each, drawn). `fill` is seats asked over seats possible in all sessions together: 0.7 is loose, 1.2 tight.
 * Fixed cost 900 to 2,400 EUR, 15 to 40 EUR a seat, travel 0.50 EUR a kilometre, no catalogue price, 900 EUR for a
 * seat not served, so that serving is always worth its price.
 */
export interface PoolShape {
  readonly needs: number;
  readonly sessions: number;
  readonly reach: number;
  readonly fill: number;
  readonly minSeats: number;
}

export const STANDARD: Omit<PoolShape, 'fill'> = { needs: 1000, sessions: 150, reach: 0.35, minSeats: 6 };

/** The same shape and seed give the same pool, always. */
export function generatePool(shape: PoolShape, seed: number): PoolProblem {
  const random = seededRandom(seed);
  const between = (low: number, high: number): number => low + random.below(high - low + 1);
  const point = () => ({ x: 100 * random.next(), y: 100 * random.next() });
  const sites = Array.from({ length: 12 }, (_, k) => ({ id: `site-${k}`, ...point() }));
  const seats = Array.from({ length: shape.needs }, () => between(1, 4));
  const asked = seats.reduce((sum, s) => sum + s, 0);
  // Capacities around their mean, at least the minimum, adding up to asked / fill.
  const total = Math.max(shape.sessions * shape.minSeats, Math.round(asked / shape.fill));
  const weights = Array.from({ length: shape.sessions }, () => 0.6 + 0.8 * random.next());
  const weight = weights.reduce((a, b) => a + b, 0);
  const capacity = weights.map((w) => Math.max(shape.minSeats, Math.round((w / weight) * total)));
  const start = Date.UTC(2027, 0, 4);
  const offers: Offer[] = capacity.map((maxSeats, j) => ({
    id: `o${j}`,
    course: 'course',
    fixed: 100 * between(900, 2400),
    perSeat: 100 * between(15, 40),
    minSeats: shape.minSeats,
    maxSeats,
    dates: [new Date(start + j * 86_400_000).toISOString().slice(0, 10)],
    days: 1,
    site: sites[random.below(sites.length)]!.id,
  }));
  const companies = seats.map((_, i) => ({ id: `c${i}`, site: `home-${i}` }));
  const homes = seats.map(() => point());
  const needs: Need[] = seats.map((count, i) => {
    const dates = offers.filter(() => random.next() < shape.reach).map((o) => o.dates[0]!);
    return {
      id: `n${i}`,
      company: `c${i}`,
      course: 'course',
      seats: count,
      dates: dates.length > 0 ? dates : [offers[random.below(offers.length)]!.dates[0]!],
      unservedPenalty: 90_000,
    };
  });
  const travel = homes.flatMap((home, i) =>
    sites.map((site) => ({
      from: `home-${i}`,
      to: site.id,
      costPerSeat: Math.round(50 * Math.hypot(home.x - site.x, home.y - site.y)),
    })),
  );
  return { companies, needs, offers, catalogue: [], travel, rules: { sharing: 'proportional' } };
}
