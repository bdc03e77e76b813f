/** What a family of benches gives to `run.ts`: one file `bench/<family>/family.ts` exporting `family`. */
export interface BenchFamily<Instance extends BenchInstance = BenchInstance> {
  /** As in `--family`. */
  readonly name: string;
  /** Heading of its section in the results. */
  readonly title: string;
  /** A few lines of Markdown under the heading: what is measured, on what, against what. */
  readonly about: string;
  /** Wall seconds and seeds of a full run where the command line names none. */
  readonly defaults: { readonly seconds: number; readonly seeds: readonly number[] };
  /** The instances of a full run, or the few tiny ones of a smoke run, which needs no outside folder. */
  instances(source: BenchSource): Promise<readonly Instance[]>;
  /** One run, by the command line, recounted by the checker. */
  run(instance: Instance, effort: BenchEffort): Promise<BenchRow>;
  /** Whether the rows keep what is promised; asked of full and of smoke runs. */
  judge(rows: readonly BenchRow[], isSmoke: boolean): readonly Verdict[];
}

export interface BenchInstance {
  readonly name: string;
}

export interface BenchSource {
  /** `--instances`: a folder of published instances; null where none is given. */
  readonly folder: string | null;
  readonly isSmoke: boolean;
  /** A folder for generated inputs, emptied before each run. */
  readonly scratch: string;
}

export interface BenchEffort {
  readonly seconds: number;
  readonly seed: number;
  readonly scratch: string;
}

export interface BenchRow {
  readonly instance: string;
  readonly seed: number;
  /** Recounted by the checker; null where no answer came. */
  readonly cost: number | null;
  /** Published optimum or best known; null where there is none. */
  readonly bestKnown: number | null;
  readonly bound: number | null;
  /** The gap that the family is judged by, 0.01 for 1 %: to `bestKnown`, or to `bound` where there is none. */
  readonly gap: number | null;
  /** Wall seconds from the start of the command to its end. */
  readonly seconds: number;
  /** Seconds until the answer was found; null where the command does not say. */
  readonly secondsToBest: number | null;
  /** The checker accepts the answer and counts the same cost. */
  readonly isChecked: boolean;
  /** A few words for the table: `proved`, or what went wrong. */
  readonly note: string;
}

export interface Verdict {
  /** The promise and what was measured, in one sentence. */
  readonly sentence: string;
  readonly isKept: boolean;
}

/** (cost - least) / |least|; null where either is unknown or `least` is 0. */
export const gapTo = (cost: number | null, least: number | null): number | null =>
  cost === null || least === null || least === 0 ? null : (cost - least) / Math.abs(least);

/** Mean and largest of the known gaps; both NaN where none is known. */
export function summarise(rows: readonly BenchRow[]): { mean: number; worst: number } {
  const gaps = rows.flatMap((row) => (row.gap === null ? [] : [row.gap]));
  if (gaps.length === 0) return { mean: Number.NaN, worst: Number.NaN };
  return { mean: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, worst: Math.max(...gaps) };
}

/** 0.01234 as `1.234 %`. */
export const percent = (share: number): string => `${(100 * share).toFixed(3)} %`;
