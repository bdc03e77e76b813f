import type { Id } from '../../kernel/ids.ts';
import type { CampaignState } from '../../platform/db/tables.ts';

export type { CampaignState } from '../../platform/db/tables.ts';

export interface Campaign {
  readonly id: Id;
  readonly kind: string;
  readonly title: string;
  readonly state: CampaignState;
  readonly resumesAs: CampaignState | null;
  readonly termsVersion: number;
  readonly chosenPlan: Id | null;
  readonly clonedFrom: Id | null;
  readonly rowVersion: number;
  readonly createdAt: Date;
}

/** The dates of a campaign as promised at one time. Later versions supersede it; none edits it. */
export interface CampaignVersion {
  readonly version: number;
  readonly opensOn: string | null;
  /** Needs are taken until this instant, included. */
  readonly answersBy: Date | null;
  readonly planOn: string | null;
  readonly acceptBy: Date | null;
  readonly startsOn: string | null;
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedOn: string;
}

export interface Transition {
  readonly from: string;
  readonly to: CampaignState;
  readonly at: Date;
  readonly reason: string;
}

export type NeedChannel = 'online' | 'phone' | 'import';

/** A company's private need; `body` is checked by the kind. */
export interface Need {
  readonly id: Id;
  readonly company: Id;
  readonly body: Record<string, unknown>;
  readonly channel: NeedChannel;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly rowVersion: number;
}

/** A company that may take part, as the campaign's work needs it. */
export interface Party {
  readonly id: Id;
  readonly name: string;
  /** Same owner, counted once: the group, or the company itself. */
  readonly group: Id;
  /** Slug of the town of its head office, where its people start from. */
  readonly town: string;
}

export interface Plan {
  readonly id: Id;
  readonly campaign: Id;
  readonly label: string;
  readonly termsVersion: number;
  readonly state: PlanState;
  readonly seed: number;
  readonly seconds: number;
  readonly cost: number | null;
  readonly bound: number | null;
  readonly checked: boolean;
  readonly progress: PlanProgress | null;
  readonly attempts: number;
  readonly failure: string | null;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export type PlanState = 'queued' | 'running' | 'stopping' | 'done' | 'failed' | 'cancelled';

/** What those who wait see: money in cents. The history draws the two curves. */
export interface PlanProgress {
  readonly phase: 'solving' | 'sharing' | 'checking';
  readonly seconds: number;
  readonly cost: number | null;
  readonly bound: number | null;
  /** The two curves so far, at most some sixty points. */
  readonly history?: readonly {
    readonly seconds: number;
    readonly cost: number | null;
    readonly bound: number | null;
  }[];
}

/** Protected totals of one topic while needs are taken: lower limits and bands, never exact. */
export interface Bands {
  readonly topic: string;
  /** Null: too few groups, or one that outweighs the others: nothing can be said. */
  readonly groupsAtLeast: number | null;
  readonly quantityFrom: number | null;
  readonly quantityTo: number | null;
}

/** Exact totals of one topic after the freeze; nulls where they would tell on somebody. */
export interface ExactTotal {
  readonly topic: string;
  readonly groups: number | null;
  readonly quantity: number | null;
}

/** What a plan may say to everybody: money only where no company could be worked out from it. */
export interface PlanTotals {
  readonly protected: boolean;
  readonly cost: number | null;
  readonly bound: number | null;
  readonly billed: number | null;
  readonly alone: number | null;
  readonly companies: number | null;
  readonly core: 'in' | 'out' | 'undecided';
  readonly rule: string;
}

/** A line of the file as it would be written, or why not. */
export interface ImportLine {
  readonly line: number;
  readonly company: Id | null;
  readonly companyName: string;
  readonly body: Record<string, unknown> | null;
  /** A refusal code, or the name of the field at fault. */
  readonly problem: string | null;
}

/** What of a sheet is kept between reading it and confirming it. */
export interface NeedsDraft {
  readonly fileName: string;
  readonly campaign: Id;
  readonly termsVersion: number;
  readonly lines: readonly ImportLine[];
  readonly missing: readonly string[];
}

/** What the company gets: its seats in a session, or bought one by one. */
export interface ShareLine {
  readonly topic: string;
  readonly quantity: number;
  /** Null: individual seats at the catalogue price. */
  readonly session: {
    readonly offer: string;
    /** Other companies sit in it too. */
    readonly isShared: boolean;
    readonly provider: string;
    readonly site: string;
    readonly date: string;
    readonly days: number;
  } | null;
  /** Of individual seats, cents. */
  readonly cost: number | null;
}
