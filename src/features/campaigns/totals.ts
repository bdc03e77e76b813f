import { dateOf } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Reader, Writer } from '../../platform/db/actor.ts';
import type { Terms } from './kind.ts';
import { getKind } from './kinds.ts';
import {
  CHANGED_GROUPS,
  changedGroups,
  type Demand,
  exactTotals,
  fingerprints,
  splitIntoBands,
} from './rules/totals.ts';
import {
  findTotals,
  findTotalsBasis,
  getTerms,
  listNeeds,
  listParties,
  upsertTotals,
  upsertTotalsBasis,
} from './store.ts';
import type { Campaign } from './types.ts';

/** What each group asks of each topic, as the secretariat or the program sees it. */
export async function listDemands(
  reader: Reader,
  cluster: Id,
  campaign: Campaign,
  now: Temporal.Instant,
): Promise<{ demands: Demand[]; terms: Terms; topics: string[] }> {
  const kind = getKind(campaign.kind);
  const terms = await getTerms(reader, cluster, campaign.id, campaign.termsVersion);
  const parties = await listParties(reader, cluster, dateOf(now).toString());
  const groupOf = new Map(parties.map((p) => [p.id, p.group]));
  const needs = await listNeeds(reader, cluster, campaign.id, { limit: 100_000 });
  const demands = needs.map((need) => ({
    group: groupOf.get(need.company) ?? need.company,
    ...kind.measure(need.body),
  }));
  return { demands, terms, topics: kind.topics(terms).map((t) => t.id) };
}

/**
 * Refreshes the bands of an open campaign: at most once a day, and only when three or more groups changed
 * since the last ones, so that no write of one company shows. True when they moved.
 */
export async function writeBands(
  writer: Writer,
  cluster: Id,
  campaign: Campaign,
  now: Temporal.Instant,
): Promise<boolean> {
  const last = await findTotals(writer, cluster, campaign.id, 'bands');
  if (last && now.epochMilliseconds - last.asOf.getTime() < 24 * 3600 * 1000) return false;
  const { demands, topics } = await listDemands(writer, cluster, campaign, now);
  const after = fingerprints(demands);
  const before = (await findTotalsBasis(writer, cluster, campaign.id)) ?? {};
  if (changedGroups(before, after) < CHANGED_GROUPS) return false;
  await upsertTotals(
    writer,
    cluster,
    campaign.id,
    'bands',
    splitIntoBands(demands, topics),
    new Date(now.epochMilliseconds),
  );
  await upsertTotalsBasis(writer, cluster, campaign.id, after);
  return true;
}

/**
 * Writes the exact totals at the freeze. After a reopening they move only if three or more groups changed:
 * two exact totals one need apart would be that need.
 */
export async function writeExactTotals(
  writer: Writer,
  cluster: Id,
  campaign: Campaign,
  now: Temporal.Instant,
): Promise<void> {
  const { demands, topics } = await listDemands(writer, cluster, campaign, now);
  const after = fingerprints(demands);
  if (await findTotals(writer, cluster, campaign.id, 'exact')) {
    const before = (await findTotalsBasis(writer, cluster, campaign.id)) ?? {};
    if (changedGroups(before, after) < CHANGED_GROUPS) return;
  }
  await upsertTotals(
    writer,
    cluster,
    campaign.id,
    'exact',
    exactTotals(demands, topics),
    new Date(now.epochMilliseconds),
  );
  await upsertTotalsBasis(writer, cluster, campaign.id, after);
}
