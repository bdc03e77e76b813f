import { randomUUID } from 'node:crypto';
import { dateOf } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Writer } from '../../platform/db/actor.ts';
import type { Terms } from './kind.ts';
import { getKind } from './kinds.ts';
import { planTotals } from './plan.ts';
import {
  findCampaign,
  findPlan,
  findPlanDocuments,
  getTerms,
  insertCampaign,
  insertNeed,
  insertPlan,
  insertVersion,
  listNeeds,
  listParties,
  updateCampaign,
  updateCampaignState,
  updateSharesPublished,
  upsertAnswer,
  upsertTotals,
} from './store.ts';
import { writeBands, writeExactTotals } from './totals.ts';
import type { CampaignState, CampaignVersion, NeedChannel } from './types.ts';

export { emptyTerms } from './actions/call.ts';

/** A campaign as a story: for the demonstration and for tests. */
export interface CampaignFixture {
  readonly kind: string;
  readonly title: string;
  readonly terms: Terms;
  readonly createdAt: Date;
  /** Oldest first. */
  readonly versions: readonly CampaignVersion[];
  readonly needs: readonly { company: Id; body: Record<string, unknown>; channel: NeedChannel; at: Date }[];
  readonly answeredNone: readonly { company: Id; at: Date }[];
  /** The states it went through, in order, after the draft. */
  readonly steps: readonly { readonly to: CampaignState; readonly at: Date }[];
  readonly now: Temporal.Instant;
}

/** Writes a campaign up to its freeze: what comes after needs a plan. */
export async function insertCampaignFixture(writer: Writer, cluster: Id, f: CampaignFixture): Promise<Id> {
  const id = randomUUID();
  await insertCampaign(writer, cluster, {
    id,
    kind: f.kind,
    title: f.title,
    clonedFrom: null,
    terms: f.terms,
    createdAt: f.createdAt,
  });
  for (const version of f.versions) await insertVersion(writer, cluster, id, version);
  for (const need of f.needs)
    await insertNeed(writer, cluster, {
      id: randomUUID(),
      campaign: id,
      company: need.company,
      body: need.body,
      channel: need.channel,
      by: null,
      at: need.at,
    });
  for (const answer of f.answeredNone)
    await upsertAnswer(writer, cluster, id, answer.company, { answered_none_at: answer.at });
  for (const step of f.steps.filter((s) => s.to === 'open' || s.to === 'frozen')) {
    const campaign = (await findCampaign(writer, cluster, id))!;
    await updateCampaignState(writer, cluster, campaign, step.to, null, '', step.at);
    if (step.to === 'frozen') await writeExactTotals(writer, cluster, campaign, f.now);
  }
  const campaign = (await findCampaign(writer, cluster, id))!;
  if (campaign.state === 'open') await writeBands(writer, cluster, campaign, f.now);
  return id;
}

/** Asks for the plan of a frozen campaign; its job is sent by the caller. */
export async function insertPlanFixture(
  writer: Writer,
  cluster: Id,
  campaignId: Id,
  options: { label: string; seconds: number; now: Temporal.Instant },
): Promise<Id> {
  const campaign = (await findCampaign(writer, cluster, campaignId))!;
  const terms = await getTerms(writer, cluster, campaignId, campaign.termsVersion);
  const needs = await listNeeds(writer, cluster, campaignId, { limit: 100_000 });
  const parties = await listParties(writer, cluster, dateOf(options.now).toString());
  const problem = getKind(campaign.kind).model.build(terms, needs, parties);
  if (!problem.ok) throw new Error(`insertPlanFixture: ${problem.error.code}`);
  const plan = randomUUID();
  await insertPlan(writer, cluster, {
    id: plan,
    campaign: campaignId,
    label: options.label,
    termsVersion: campaign.termsVersion,
    seed: 1,
    seconds: options.seconds,
    problem: problem.value,
    by: null,
    at: new Date(options.now.epochMilliseconds),
  });
  return plan;
}

/** Takes a campaign whose plan is done through its later states. False while the plan is not done. */
export async function finishCampaignFixture(
  writer: Writer,
  cluster: Id,
  campaignId: Id,
  planId: Id,
  steps: readonly { readonly to: CampaignState; readonly at: Date }[],
  now: Temporal.Instant,
): Promise<boolean> {
  const plan = await findPlan(writer, cluster, planId);
  const documents = plan?.state === 'done' ? await findPlanDocuments(writer, cluster, planId) : null;
  if (!documents) return false;
  for (const step of steps) {
    const campaign = (await findCampaign(writer, cluster, campaignId))!;
    if (step.to === 'planned') await updateCampaign(writer, cluster, campaignId, { chosen_plan_id: planId });
    if (step.to === 'offered') {
      const picture = getKind(campaign.kind).model.picture(documents.problem, documents.solution);
      const parties = await listParties(writer, cluster, dateOf(now).toString());
      await updateSharesPublished(writer, cluster, planId, step.at);
      await upsertTotals(writer, cluster, campaignId, 'plan', planTotals(picture, parties), step.at);
    }
    await updateCampaignState(writer, cluster, campaign, step.to, null, '', step.at);
  }
  return true;
}
