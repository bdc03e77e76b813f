/** The picture of a solver at work, drawn the same by the server and by the island: pure geometry. */

/** One moment: cost of the best answer so far and proven bound, in the problem's unit; null while unknown. */
export interface SolverPoint {
  readonly seconds: number;
  readonly cost: number | null;
  readonly bound: number | null;
}

/** `stopping`: asked to stop and keep the best. `finished` and `failed` are the last of a feed. */
export type SolverState = 'waiting' | 'running' | 'stopping' | 'finished' | 'failed';

/**
 * The data of each `progress` event of a feed of server-sent events, as JSON. A feed may repeat itself and may begin
 * anywhere; it ends after `finished` or `failed`. `gap` is (cost - bound) / |bound|, null while unknown.
 */
export interface SolverProgress extends SolverPoint {
  readonly gap: number | null;
  readonly state: SolverState;
}

/** The field of the drawing, in its own units; it is stretched to the room there is. */
export const CHART = { width: 600, height: 160 } as const;

/** SVG path data: the falling cost, the rising bound and the ground between, where the optimum is. */
export interface SolverPaths {
  readonly cost: string;
  readonly bound: string;
  readonly between: string;
  /** Values at the top and the bottom edge; null while nothing is known. */
  readonly high: number | null;
  readonly low: number | null;
}

/**
 * Lays the points out as steps: a value holds until the next. First costs and first bounds are often far off, so the
 * field shows at most 4 times the present distance beyond each line; what lies further is drawn on the edge.
 */
export function solverPaths(points: readonly SolverPoint[], seconds: number): SolverPaths {
  const costs = points.flatMap((p) => (p.cost === null ? [] : [p.cost]));
  const bounds = points.flatMap((p) => (p.bound === null ? [] : [p.bound]));
  const all = [...costs, ...bounds];
  if (all.length === 0) return { cost: '', bound: '', between: '', high: null, low: null };

  const cost = costs.at(-1) ?? Math.max(...all);
  const bound = bounds.at(-1) ?? Math.min(...all);
  const distance = Math.max(cost - bound, 0) || Math.abs(cost) * 0.005 || 1;
  const high = Math.min(Math.max(...all), cost + 4 * distance) + distance * 0.25;
  const low = Math.max(Math.min(...all), bound - 4 * distance) - distance * 0.25;
  // A little room at the right, so that what happens now is seen to happen.
  const span = Math.max(seconds, points.at(-1)?.seconds ?? 0, 1) * 1.04;
  const x = (s: number): string => ((s / span) * CHART.width).toFixed(1);
  const y = (v: number): string =>
    (((high - Math.min(high, Math.max(low, v))) / (high - low)) * CHART.height).toFixed(1);

  const steps = (key: 'cost' | 'bound'): string[] => {
    const parts: string[] = [];
    for (const point of points) {
      const value = point[key];
      if (value === null) continue;
      parts.push(
        `${parts.length === 0 ? 'M' : 'H'}${x(point.seconds)}${parts.length === 0 ? ' ' : 'V'}${y(value)}`,
      );
    }
    if (parts.length > 0) parts.push(`H${x(span)}`);
    return parts;
  };
  const costPath = steps('cost').join('');
  const boundPath = steps('bound').join('');
  return { cost: costPath, bound: boundPath, between: between(points, span, x, y), high, low };
}

/** A closed outline: along the cost to the right, back along the bound; begins where both are known. */
function between(
  points: readonly SolverPoint[],
  span: number,
  x: (s: number) => string,
  y: (v: number) => string,
): string {
  const both = points.flatMap((p) =>
    p.cost !== null && p.bound !== null ? [{ s: p.seconds, cost: p.cost, bound: p.bound }] : [],
  );
  const first = both[0];
  if (first === undefined) return '';
  const there = both.map((p) => `H${x(p.s)}V${y(p.cost)}`).join('');
  // Backwards a step is drawn the other way round: first along, then up or down to the value that held before.
  const back = both
    .map((p) => `V${y(p.bound)}H${x(p.s)}`)
    .reverse()
    .join('');
  return `M${x(first.s)} ${y(first.cost)}${there}H${x(span)}${back}Z`;
}

/** Adds a moment to a history, keeping only those where something changed; at most `most` of them. */
export function addPoint(
  points: readonly SolverPoint[],
  next: SolverPoint,
  most = 400,
): readonly SolverPoint[] {
  const last = points.at(-1);
  if (last && last.cost === next.cost && last.bound === next.bound) return points;
  if (last && next.seconds < last.seconds) return points;
  const all = [...points, next];
  return all.length <= most ? all : all.filter((_, i) => i % 2 === 0 || i === all.length - 1);
}

/** How much of the mark is full, 0-6: the share of the time allowed; full when the work is over. */
export const dotsOf = (state: SolverState, seconds: number, budgetSeconds: number): number =>
  state === 'finished'
    ? 6
    : state === 'waiting'
      ? 0
      : Math.min(5, Math.floor((6 * seconds) / Math.max(budgetSeconds, 1)));

/** A value at the edge of the field, rounded to what an eye reads: whole euros of cents, or whole numbers. */
export const roundEdge = (value: number, unit: 'cents' | 'number'): number =>
  unit === 'cents' ? Math.round(value / 100) * 100 : Math.round(value);
