/** What a running solver tells those who wait. `cost` and `bound` are null while none is known. */
export interface Progress {
  /** Seconds since the solver started. */
  readonly seconds: number;
  /** Cost of the best checked-feasible answer so far, in the problem's own unit. */
  readonly cost: number | null;
  /** A proved lower bound on every answer's cost. */
  readonly bound: number | null;
  readonly iterations: number;
}

/** Receives progress; called at most some ten times a second. */
export type OnProgress = (progress: Progress) => void;

/** (cost - bound) / |bound|; null where the bound is null or 0 (contracts, section 2). */
export const gapOf = (cost: number | null, bound: number | null): number | null =>
  cost === null || bound === null || bound === 0 ? null : (cost - bound) / Math.abs(bound);
