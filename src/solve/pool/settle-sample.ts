import { seededRandom } from '../random.ts';
import { ownCost } from './game.ts';
import type { LeastCosts } from './game-least.ts';
import type { SharingRule } from './problem.ts';
import type { ShareOptions } from './settle-game.ts';

/** Shares of a component that is too large to count every group. */
export interface Sampled {
  readonly costs: readonly number[];
  readonly exact: boolean;
  /** 95 % half-width, cents. */
  readonly errors: readonly number[];
}

/** Pairs of orders drawn where no clock limits the run. */
const PAIRS_WITHOUT_CLOCK = 40;
const MAX_PAIRS = 4000;

/** Samples a rule; null when time is gone before anything can be said. */
export async function sampleGame(
  costs: LeastCosts,
  rule: SharingRule,
  least: readonly number[],
  options: ShareOptions,
): Promise<Sampled | null> {
  return rule === 'shapley' ? sampleShapley(costs, least, options) : null;
}

/**
 * The Shapley value by random orders of arrival, each taken with its reverse (antithetic: who comes early in one comes
 * late in the other, so that their errors cancel in part). Each order divides the whole cost, so that the mean does.
 */
async function sampleShapley(
  costs: LeastCosts,
  least: readonly number[],
  { clock, seed, report }: ShareOptions,
): Promise<Sampled | null> {
  const n = least.length;
  const total = ownCost(costs.game);
  const random = seededRandom(seed);
  const sum = new Float64Array(n);
  const squares = new Float64Array(n);
  let pairs = 0;
  const most = Number.isFinite(clock.secondsLeft()) ? MAX_PAIRS : PAIRS_WITHOUT_CLOCK;
  while (pairs < most && !clock.isOver()) {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i -= 1) {
      const k = random.below(i + 1);
      [order[i], order[k]] = [order[k]!, order[i]!];
    }
    const mean = new Float64Array(n);
    let isWhole = true;
    for (const arrival of [order, order.toReversed()]) {
      let before = 0;
      for (let k = 0; k < n && isWhole; k += 1) {
        await clock.breathe();
        const group = arrival.slice(0, k + 1).sort((a, b) => a - b);
        const known =
          k === n - 1 ? { cost: total, lower: total } : await costs.of(group, clock.secondsLeft());
        if (known === null || clock.isOver()) isWhole = false;
        else {
          mean[arrival[k]!]! += (known.cost - before) / 2;
          before = known.cost;
        }
      }
    }
    report();
    if (!isWhole) break;
    pairs += 1;
    for (let i = 0; i < n; i += 1) {
      sum[i]! += mean[i]!;
      squares[i]! += mean[i]! ** 2;
    }
  }
  if (pairs === 0) return null;
  const means = [...sum].map((s) => s / pairs);
  const errors = means.map((m, i) => {
    if (pairs === 1) return Math.max(Math.abs(m), least[i]!);
    const variance = Math.max(0, (squares[i]! - pairs * m * m) / (pairs - 1));
    return studentT(pairs - 1) * Math.sqrt(variance / pairs);
  });
  return { costs: means, exact: false, errors };
}

/** Two-sided 95 % quantile of Student's t, within 1 % from 2 degrees of freedom on (Cornish-Fisher expansion). */
export function studentT(degrees: number): number {
  if (degrees === 1) return 12.706;
  if (degrees === 2) return 4.303;
  const z = 1.959964;
  const d = degrees;
  return (
    z +
    (z ** 3 + z) / (4 * d) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * d * d) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * d ** 3)
  );
}
