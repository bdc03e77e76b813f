import type { Id } from '../../kernel/ids.ts';
import type { PictureShare, PlanPicture } from './kind.ts';
import { type Demand, mayShowSum } from './rules/totals.ts';
import type { Party, PlanTotals, ShareLine } from './types.ts';

/** One company's part of a plan: all that its delegate reads. Nothing in it comes from another company's need. */
export interface ShareBody {
  readonly share: PictureShare;
  readonly rule: string;
  readonly lines: readonly ShareLine[];
  readonly unserved: readonly {
    readonly topic: string;
    readonly quantity: number;
    readonly reason: string;
  }[];
  readonly core: 'in' | 'out' | 'undecided';
  /** Cents the company would gain by acting alone; never above 0 in a plan that holds "never more than alone". */
  readonly gainAlone: number | null;
}

/** Splits a plan into what each company may read. Companies without seat nor need in it have no part. */
export function splitByCompany(picture: PlanPicture): { company: Id; body: ShareBody }[] {
  const unserved = Map.groupBy(picture.unserved, (u) => u.company);
  return picture.shares
    .map((share): { company: Id; body: ShareBody } => {
      const lines: ShareLine[] = [
        ...picture.sessions.flatMap((session) =>
          session.seats
            .filter((seat) => seat.company === share.company)
            .map((seat) => ({
              topic: session.topic,
              quantity: seat.quantity,
              session: {
                offer: session.offer,
                isShared: session.seats.length > 1,
                provider: session.provider,
                site: session.site,
                date: session.date,
                days: session.days,
              },
              cost: null,
            })),
        ),
        ...picture.individual
          .filter((seats) => seats.company === share.company)
          .map((seats) => ({
            topic: seats.topic,
            quantity: seats.quantity,
            session: null,
            cost: seats.cost,
          })),
      ];
      return {
        company: share.company,
        body: {
          share,
          rule: picture.rule,
          lines,
          unserved: (unserved.get(share.company) ?? []).map(({ topic, quantity, reason }) => ({
            topic,
            quantity,
            reason,
          })),
          core: picture.core,
          gainAlone: share.alone === null ? null : share.pays + share.travel - share.alone,
        },
      };
    })
    .filter(({ body }) => body.lines.length > 0 || body.unserved.length > 0);
}

/** Seats of a plan, served or not, a group and topic each. */
export function demandsOf(picture: PlanPicture, groupOf: ReadonlyMap<Id, Id>): Demand[] {
  const group = (company: Id): Id => groupOf.get(company) ?? company;
  return [
    ...picture.sessions.flatMap((s) =>
      s.seats.map((seat) => ({ group: group(seat.company), topic: s.topic, quantity: seat.quantity })),
    ),
    ...picture.individual.map((i) => ({ group: group(i.company), topic: i.topic, quantity: i.quantity })),
    ...picture.unserved.map((u) => ({ group: group(u.company), topic: u.topic, quantity: u.quantity })),
  ];
}

/** What the unserved seats weigh in a plan's cost: cost less sessions, individual seats and travel, in cents. */
export const penaltiesOf = (picture: PlanPicture): number =>
  picture.cost -
  picture.sessions.reduce((sum, s) => sum + s.cost, 0) -
  picture.individual.reduce((sum, s) => sum + s.cost, 0) -
  picture.shares.reduce((sum, s) => sum + s.travel, 0);

/** What a plan says to everybody: sums only where no company can be worked out from them. */
export function planTotals(picture: PlanPicture, parties: readonly Party[]): PlanTotals {
  const groupOf = new Map(parties.map((p) => [p.id, p.group]));
  const byGroup = new Map<Id, number>();
  for (const share of picture.shares) {
    const group = groupOf.get(share.company) ?? share.company;
    byGroup.set(group, (byGroup.get(group) ?? 0) + share.pays);
  }
  const shown = mayShowSum(demandsOf(picture, groupOf), [...byGroup.values()]);
  return {
    protected: !shown,
    cost: shown ? picture.cost : null,
    bound: shown ? picture.bound : null,
    billed: shown ? picture.billed : null,
    // On the scale of the cost, unserved seats weigh the same alone and together.
    alone: shown && picture.alone !== null ? picture.alone + penaltiesOf(picture) : null,
    companies: shown ? picture.shares.filter((s) => s.pays + s.travel > 0).length : null,
    core: picture.core,
    rule: picture.rule,
  };
}
