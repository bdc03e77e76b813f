import type { Id } from '../../kernel/ids.ts';
import type { Result } from '../../kernel/result.ts';
import type { Refusal } from '../../platform/action.ts';
import type { InBothLanguages, Sentences } from '../../platform/feature.ts';
import type { Lang } from '../../platform/i18n/index.ts';
import type { Need, Party, PlanProgress, ShareLine } from './types.ts';

/**
 * A kind of campaign: data (fields), words and a model. Screens, secrecy, life cycle, jobs, imports and
 * audit are the same for all kinds; training is the first.
 */
export interface CampaignKind {
  /** Stored with the campaign: `training`. */
  readonly name: string;
  readonly words: InBothLanguages<KindWords>;
  /** The lists that a call is made of (courses, offers): each record has an `id` and these fields. */
  readonly lists: readonly TermsList[];
  /** Single settings of the call (sharing rule, subsidy). */
  readonly settings: readonly Field[];
  /** What a company says it needs. */
  readonly needFields: readonly Field[];
  /** The subjects that needs are about, for totals: a course. */
  topics(terms: Terms): readonly { readonly id: string; readonly label: string }[];
  /** What a need asks of its topic, for protected totals. */
  measure(body: Readonly<Record<string, unknown>>): { readonly topic: string; readonly quantity: number };
  /** What is missing or wrong before the campaign may open or be planned. */
  decideReady(terms: Terms): Refusal | null;
  /** What a need adds up wrong with, beyond its fields (an unknown date). Names the field. */
  decideNeed(terms: Terms, body: Readonly<Record<string, unknown>>): Refusal | null;
  readonly model: Model;
  /** Why a company's share is what it is, in a sentence from its own lines and the call alone. */
  readonly because: InBothLanguages<(terms: Terms, lines: readonly ShareLine[]) => string>;
  /** Sentences for the refusals and failures of this kind. */
  readonly refusals: InBothLanguages<Sentences>;
}

export interface KindWords {
  readonly name: string;
  readonly plural: string;
  /** What is counted: "places". */
  readonly unit: (n: number) => string;
  readonly topic: string;
  /** One sentence under the title of a new campaign. */
  readonly purpose: string;
}

/** The document of a call: lists of records and settings, each checked field by field. */
export interface Terms {
  readonly lists: Readonly<Record<string, readonly TermsRecord[]>>;
  readonly settings: Readonly<Record<string, unknown>>;
}
export type TermsRecord = Readonly<Record<string, unknown>> & { readonly id: string };

export interface TermsList {
  readonly name: string;
  readonly words: InBothLanguages<{
    readonly one: string;
    readonly many: string;
    readonly add: string;
    readonly empty: string;
  }>;
  readonly fields: readonly Field[];
  /** How a record is named in lists. */
  readonly label: (record: TermsRecord, terms: Terms) => string;
}

/** One thing to fill in: drawn, parsed, imported and exported from this description. */
export interface Field {
  readonly name: string;
  readonly type: 'text' | 'lines' | 'number' | 'money' | 'date' | 'dates' | 'choice' | 'choices' | 'tick';
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Value of a fresh form. */
  readonly initial?: string;
  readonly options?: (
    terms: Terms,
    lang: Lang,
  ) => readonly { readonly value: string; readonly label: string }[];
  readonly words: InBothLanguages<{ readonly label: string; readonly hint?: string }>;
}

/** From needs to a plan and back: the kind's way to `solve`. */
export interface Model {
  /** The problem of these needs under these terms, or why there is none. Pure. */
  build(terms: Terms, needs: readonly Need[], parties: readonly Party[]): Result<object, Refusal>;
  /** Solves in a thread of its own. The answer has been verified by the independent checker or is refused. */
  run(problem: object, options: RunOptions): PlanRun;
  /** What a plan says, for its pages. Pure. */
  picture(problem: object, solution: object): PlanPicture;
}

export interface RunOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly onProgress: (progress: PlanProgress) => void;
}

export interface PlanRun {
  readonly result: Promise<Checked>;
  /** Asks for the best answer so far; it comes within a second or so, checked like any other. */
  cancel(): void;
}

declare const checked: unique symbol;

/** An answer that the independent checker found without fault: only this can be stored. */
export interface Checked {
  readonly [checked]: true;
  readonly solution: object;
  readonly cost: number;
  readonly bound: number | null;
}

/** A plan as people look at it: money in integer cents, dates ISO, companies by id. */
export interface PlanPicture {
  readonly cost: number;
  readonly bound: number | null;
  readonly billed: number;
  /** Sum of what the served companies would pay alone; null when one of them has no such price. */
  readonly alone: number | null;
  readonly rule: string;
  readonly scarce: boolean;
  readonly core: 'in' | 'out' | 'undecided';
  readonly blocking: readonly Id[] | null;
  readonly gain: number;
  readonly sessions: readonly PictureSession[];
  readonly individual: readonly {
    readonly company: Id;
    readonly topic: string;
    readonly quantity: number;
    readonly cost: number;
  }[];
  readonly unserved: readonly {
    readonly company: Id;
    readonly topic: string;
    readonly quantity: number;
    readonly reason: string;
  }[];
  readonly shares: readonly PictureShare[];
}

export interface PictureSession {
  /** The record of the call that is held. */
  readonly offer: string;
  readonly topic: string;
  readonly provider: string;
  readonly site: string;
  readonly date: string;
  readonly days: number;
  readonly minSeats: number;
  readonly maxSeats: number;
  readonly cost: number;
  readonly seats: readonly { readonly company: Id; readonly quantity: number }[];
}

export interface PictureShare {
  readonly company: Id;
  readonly pays: number;
  readonly travel: number;
  readonly alone: number | null;
  readonly saves: number | null;
  readonly capped: boolean;
  readonly exact: boolean;
  readonly error: number;
}

/** Marks an answer as verified. Only a model calls it, after its independent checker found no fault. */
export const markChecked = (solution: object, cost: number, bound: number | null): Checked =>
  ({ solution, cost, bound }) as Checked;

/** An answer the checker refused, or none: the plan fails with this code, which its page puts in words. */
export class PlanFailure extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
