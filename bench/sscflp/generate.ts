import { seededRandom } from '../../src/solve/random.ts';

export interface SscflpShape {
  readonly facilities: number;
  readonly customers: number;
  /** Sum of capacities over sum of demands. */
  readonly slack: number;
}

/**
 * The text of an instance in the manner of Holmberg, Roennqvist and Yuan: demands 10 to 50, facilities and customers
 * on a square of side 100, assignment cost 4 x distance, fixed costs 300 to 700, capacities about their mean. The same
 * shape and seed give the same text, always.
 */
export function generateSscflp({ facilities, customers, slack }: SscflpShape, seed: number): string {
  const random = seededRandom(seed);
  const between = (low: number, high: number): number => low + random.below(high - low + 1);
  const points = (count: number) =>
    Array.from({ length: count }, () => ({ x: 100 * random.next(), y: 100 * random.next() }));
  const demands = Array.from({ length: customers }, () => between(10, 50));
  const mean = (slack * demands.reduce((sum, d) => sum + d, 0)) / facilities;
  // At least 50, so that each customer fits each facility.
  const capacities = Array.from({ length: facilities }, () =>
    Math.max(50, Math.round(mean * (0.7 + 0.6 * random.next()))),
  );
  const fixed = Array.from({ length: facilities }, () => between(300, 700));
  const [sites, homes] = [points(facilities), points(customers)];
  const rows = homes.map((home) =>
    sites.map((site) => Math.round(4 * Math.hypot(home.x - site.x, home.y - site.y))),
  );
  return `${[[facilities, customers], capacities, fixed, demands, ...rows].map((row) => row.join(' ')).join('\n')}\n`;
}
