/**
 * Pooled sessions: the problem and its answer, as in the file format (contracts, section 3).
 * Money in integer cents without VAT, dates as ISO text (2027-03-08), ids as text.
 */
export interface PoolProblem {
  readonly companies: readonly Company[];
  readonly needs: readonly Need[];
  readonly offers: readonly Offer[];
  readonly catalogue: readonly CataloguePrice[];
  readonly travel: readonly Travel[];
  readonly rules: PoolRules;
}

export interface Company {
  readonly id: string;
  /** Same owner, counted once; default: the id. */
  readonly group?: string;
  readonly site?: string;
}

export interface Need {
  readonly id: string;
  readonly company: string;
  readonly course: string;
  readonly seats: number;
  /** First days, any one suits; absent: any. */
  readonly dates?: readonly string[];
  /** Where they would go; absent: anywhere. */
  readonly sites?: readonly string[];
  /** Where they start from; default: the company's site. */
  readonly from?: string;
  /** All seats in one session, or all individual, or none; default false: may be split or served in part. */
  readonly together?: boolean;
  /** Most that its company's (pays + travel) / its company's served seats may be, cents. */
  readonly maxPricePerSeat?: number;
  /** Groups with a seat on this course, itself included, in sessions or individually. */
  readonly minCompanies?: number;
  /** All count as present in each session that serves the need. */
  readonly people?: readonly string[];
  /** Cents per seat not served. */
  readonly unservedPenalty: number;
}

export interface Offer {
  readonly id: string;
  readonly course: string;
  readonly fixed: number;
  readonly perSeat: number;
  readonly minSeats: number;
  readonly maxSeats: number;
  /** First days; one session a date at most. */
  readonly dates: readonly string[];
  /** Consecutive working days (Monday to Friday) that trainer, room and people are busy. */
  readonly days: number;
  readonly site: string;
  readonly trainer?: string;
  readonly room?: string;
}

/** The price of one seat bought alone elsewhere, always available. */
export interface CataloguePrice {
  readonly course: string;
  readonly perSeat: number;
}

/** Cents a seat from one site to another, that way only; same site: 0. */
export interface Travel {
  readonly from: string;
  readonly to: string;
  readonly costPerSeat: number;
}

export type SharingRule = 'shapley' | 'nucleolus' | 'proportional' | 'equal-profit';

export interface PoolRules {
  readonly sharing: SharingRule;
  /** Groups in each session; default 1. */
  readonly minCompaniesPerSession?: number;
  /** Cents a seat in sessions that serve two or more companies, at most the session's own cost; default 0. */
  readonly subsidyPerSeat?: number;
}

export type UnservedReason =
  | 'below-minimum'
  | 'no-date'
  | 'no-site'
  | 'full'
  | 'too-dear'
  | 'condition'
  | 'not-worth-it';

/** Who sits where: the part of an answer that the solver decides. */
export interface Allocation {
  readonly sessions: readonly Session[];
  readonly individual: readonly IndividualSeats[];
  readonly unserved: readonly Unserved[];
}

export interface Session {
  readonly offer: string;
  readonly date: string;
  readonly seats: readonly { readonly need: string; readonly seats: number }[];
}

export interface IndividualSeats {
  readonly need: string;
  readonly seats: number;
  readonly cost: number;
}

export interface Unserved {
  readonly need: string;
  readonly seats: number;
  readonly reason: UnservedReason;
}

export interface Share {
  readonly company: string;
  /** Of the bill, cents. */
  readonly pays: number;
  /** Borne by the company, not shared, cents. */
  readonly travel: number;
  /** Least cost of its own served seats alone; null when that uses a penalty (no catalogue price). */
  readonly alone: number | null;
  /** alone - pays - travel; null with `alone`. */
  readonly saves: number | null;
  /** The rule gave more than alone, and it was brought down. */
  readonly capped: boolean;
  /** False when sampled: more than ten companies in its component. */
  readonly exact: boolean;
  /** 95 % half-width in cents when sampled, else 0. */
  readonly error: number;
}

export interface Stability {
  readonly core: 'in' | 'out' | 'undecided';
  /** Companies that would gain by leaving together; null unless `core` is 'out'. */
  readonly blocking: readonly string[] | null;
  /** 'out': what the blocking group would save; 'undecided': an upper limit on any group's gain; 'in': 0. */
  readonly gain: number;
}

/** A whole answer, as written to the output file. */
export interface PoolPlan extends Allocation, Stability {
  /** Sessions + individual + travel + penalties, before subsidy. */
  readonly cost: number;
  /** Proved lower bound on `cost`, or null. */
  readonly bound: number | null;
  /** Sessions + individual - subsidy: the sum of `pays`. */
  readonly billed: number;
  readonly shares: readonly Share[];
  /** Some component's offers are too scarce for each company to do alone what each could. */
  readonly scarce: boolean;
}
