/** One breach of the statement of a problem, found by a checker. */
export interface Violation {
  /** Stable name of what is broken: `over-capacity`. */
  readonly code: string;
  /** Path in the answer: `sessions[0]`, `shares[2].pays`. */
  readonly where: string;
  /** One English sentence with the figures in it. */
  readonly sentence: string;
  /** The figures of the sentence: what the answer says and what was recounted. */
  readonly numbers: Readonly<Record<string, number>>;
}

declare const checked: unique symbol;

/**
 * An answer that its independent checker accepted. Only checkers make one, and only this type may be stored or shown
 * with its figures.
 */
export type Checked<T> = T & { readonly [checked]: true };

/** A violation, its numbers optional. */
export const violation = (
  code: string,
  where: string,
  sentence: string,
  numbers: Readonly<Record<string, number>> = {},
): Violation => ({ code, where, sentence, numbers });
