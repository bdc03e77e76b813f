import { dateOf } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import { type ClusterActor, isStaff, type Reader } from '../../../platform/db/actor.ts';
import { headsOf } from '../rules/bands.ts';
import { listDrafts } from '../store/imports.ts';
import {
  countHeads,
  countMembersOn,
  countWithoutDelegate,
  findOrganisation,
  findOrganisationParts,
} from '../store/organisation.ts';
import type { Band } from '../types.ts';

/** What the secretariat has to do here: companies that nobody speaks for, files not yet confirmed. */
export async function loadWaiting(
  reader: Reader,
  actor: ClusterActor,
  now: Temporal.Instant,
): Promise<{ withoutDelegate: number; imports: readonly Id[] }> {
  if (actor.role !== 'secretary') return { withoutDelegate: 0, imports: [] };
  const withoutDelegate = await countWithoutDelegate(reader, actor.cluster, dateOf(now).toString());
  const drafts = await listDrafts(reader, actor.cluster);
  return { withoutDelegate, imports: drafts.map((draft) => draft.id) };
}

/** The figures of a role: what it may see of how many there are. */
export type HomeNumbers =
  | { readonly of: 'company'; readonly heads: number | null; readonly band: Band }
  /** `heads`: the sum of exact headcounts, for staff only. */
  | { readonly of: 'cluster'; readonly members: number; readonly heads: number | null };

/** The own headcount for a delegate, members and jobs for the others; null for strangers. */
export async function loadNumbers(
  reader: Reader,
  actor: ClusterActor,
  now: Temporal.Instant,
): Promise<HomeNumbers | null> {
  if (actor.role === 'stranger') return null;
  if (actor.role === 'delegate' && actor.company !== null) {
    const own = await findOrganisation(reader, actor.cluster, actor.company);
    if (!own) return null;
    const { headcounts } = await findOrganisationParts(reader, actor.cluster, actor.company);
    return { of: 'company', heads: headsOf(headcounts), band: own.band };
  }
  const day = dateOf(now).toString();
  return {
    of: 'cluster',
    members: await countMembersOn(reader, actor.cluster, day),
    // Under row-level security the sum would be another one for anybody but staff.
    heads: isStaff(actor) ? await countHeads(reader, actor.cluster, day) : null,
  };
}
