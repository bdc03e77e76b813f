import { dateOf } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import {
  type ActionContext,
  type AuditLine,
  action,
  type Done,
  type Refusal,
  refuse,
} from '../../../platform/action.ts';
import type { MailRequest } from '../../../platform/mail.ts';
import { staffOnly } from '../../../platform/permit.ts';
import { choosePlanForm, stateForm } from '../forms.ts';
import { getKind } from '../kinds.ts';
import { paths } from '../paths.ts';
import { planTotals } from '../plan.ts';
import { decideTransition } from '../rules/life.ts';
import {
  findPlan,
  findPlanDocuments,
  getNextTermsVersion,
  getTerms,
  insertTerms,
  listDelegates,
  listParties,
  listVersions,
  lockCampaign,
  updateCampaign,
  updateCampaignState,
  updateSharesPublished,
  upsertTotals,
} from '../store.ts';
import { writeExactTotals } from '../totals.ts';
import type { Campaign, CampaignState } from '../types.ts';

type Moved = Result<Done<{ campaign: Id }>, Refusal>;

/** One way to change a state: locked, decided by the rules, kept as a step, told in the audit. */
async function move(
  context: ActionContext,
  input: { campaign: Id; reason?: string },
  to: (campaign: Campaign) => CampaignState,
  work: (
    campaign: Campaign,
  ) => Promise<Result<{ mails?: MailRequest[]; details?: AuditLine['details'] }, Refusal>>,
): Promise<Moved> {
  const { writer, actor, now } = context;
  const campaign = await lockCampaign(writer, actor.cluster, input.campaign, 'exclusive');
  if (!campaign) return refuse('no-such-campaign');
  const reason = input.reason ?? '';
  const decided = decideTransition(campaign.state, to(campaign), reason, campaign.resumesAs);
  if (!decided.ok) return decided;
  const done = await work(campaign);
  if (!done.ok) return done;
  await updateCampaignState(
    writer,
    actor.cluster,
    campaign,
    decided.value,
    actor.person,
    reason,
    new Date(now.epochMilliseconds),
  );
  return ok({
    value: { campaign: campaign.id },
    audit: {
      audience: campaign.state === 'draft' && decided.value === 'cancelled' ? 'staff' : 'members',
      subject: campaign.id,
      details: { title: campaign.title, reason, ...done.value.details },
    },
    mails: done.value.mails ?? [],
  });
}

const nothing = async () => ok({});

/** A mail to every delegate; it names the campaign and carries no figure. */
async function tellDelegates(
  { writer, actor, now }: ActionContext,
  campaign: Campaign,
  template: string,
): Promise<MailRequest[]> {
  const [version] = await listVersions(writer, actor.cluster, campaign.id);
  const delegates = await listDelegates(writer, actor.cluster, dateOf(now).toString());
  const told = new Map(delegates.map((d) => [d.person_id, d]));
  return [...told.values()].map((d) => ({
    person: d.person_id,
    to: d.email,
    lang: d.lang,
    template,
    data: {
      title: campaign.title,
      link: paths.campaign(campaign.id),
      deadline:
        (template === 'campaign-offered' ? version?.acceptBy : version?.answersBy)?.toISOString() ?? '',
    },
  }));
}

export const openCampaign = action({
  name: 'campaigns.campaign.open',
  summary: 'Open a campaign: delegates are asked for their needs',
  form: stateForm,
  permit: staffOnly,
  run: (context, input) =>
    move(
      context,
      { campaign: input.campaign },
      () => 'open',
      async (campaign) => {
        const { writer, actor, now } = context;
        const [version] = await listVersions(writer, actor.cluster, campaign.id);
        if (!version?.answersBy) return refuse('no-deadline');
        if (version.answersBy.getTime() < now.epochMilliseconds) return refuse('deadline-in-the-past');
        const terms = await getTerms(writer, actor.cluster, campaign.id, campaign.termsVersion);
        const refusal = getKind(campaign.kind).decideReady(terms);
        if (refusal) return { ok: false, error: refusal };
        return ok({ mails: await tellDelegates(context, campaign, 'campaign-opened') });
      },
    ),
});

export const freezeCampaign = action({
  name: 'campaigns.campaign.freeze',
  summary: 'Freeze a campaign: needs no longer change',
  form: stateForm,
  permit: staffOnly,
  run: (context, input) =>
    move(
      context,
      { campaign: input.campaign },
      () => 'frozen',
      async (campaign) => {
        await writeExactTotals(context.writer, context.actor.cluster, campaign, context.now);
        return ok({});
      },
    ),
});

export const reopenCampaign = action({
  name: 'campaigns.campaign.reopen',
  summary: 'Take needs again after a freeze',
  form: stateForm,
  permit: staffOnly,
  run: (context, input) =>
    move(
      context,
      input,
      () => 'open',
      async (campaign) => {
        const [version] = await listVersions(context.writer, context.actor.cluster, campaign.id);
        return version?.answersBy && version.answersBy.getTime() < context.now.epochMilliseconds
          ? refuse('deadline-in-the-past')
          : ok({});
      },
    ),
});

/** Chooses the plan that will be offered. A plan made on a what-if makes its terms those of the call. */
export const choosePlan = action({
  name: 'campaigns.plan.choose',
  summary: 'Choose the plan to offer',
  form: choosePlanForm,
  permit: staffOnly,
  run: (context, input) =>
    move(
      context,
      { campaign: input.campaign },
      () => 'planned',
      async (campaign) => {
        const { writer, actor } = context;
        const plan = await findPlan(writer, actor.cluster, input.plan);
        if (!plan || plan.campaign !== campaign.id) return refuse('no-such-plan');
        if (plan.state !== 'done') return refuse('plan-not-done');
        let termsVersion = campaign.termsVersion;
        if (plan.termsVersion !== termsVersion) {
          termsVersion = await getNextTermsVersion(writer, actor.cluster, campaign.id);
          const terms = await getTerms(writer, actor.cluster, campaign.id, plan.termsVersion);
          await insertTerms(writer, actor.cluster, campaign.id, termsVersion, terms, null);
        }
        await updateCampaign(writer, actor.cluster, campaign.id, {
          chosen_plan_id: plan.id,
          terms_version: termsVersion,
        });
        return ok({});
      },
    ),
});

/** Goes back to choosing: with a reason, before anything was offered. */
export const unchoosePlan = action({
  name: 'campaigns.plan.unchoose',
  summary: 'Go back to choosing a plan',
  form: stateForm,
  permit: staffOnly,
  run: (context, input) =>
    move(
      context,
      input,
      () => 'frozen',
      async (campaign) => {
        await updateCampaign(context.writer, context.actor.cluster, campaign.id, { chosen_plan_id: null });
        return ok({});
      },
    ),
});

/** Offers the chosen plan: each delegate may read the own share, everybody what is safe for all. */
export const offerPlan = action({
  name: 'campaigns.plan.offer',
  summary: 'Offer the chosen plan to the delegates',
  form: stateForm,
  permit: staffOnly,
  run: (context, input) =>
    move(
      context,
      { campaign: input.campaign },
      () => 'offered',
      async (campaign) => {
        const { writer, actor, now } = context;
        if (campaign.chosenPlan === null) return refuse('no-such-plan');
        const documents = await findPlanDocuments(writer, actor.cluster, campaign.chosenPlan);
        if (!documents) return refuse('plan-not-done');
        const parties = await listParties(writer, actor.cluster, dateOf(now).toString());
        const picture = getKind(campaign.kind).model.picture(documents.problem, documents.solution);
        const at = new Date(now.epochMilliseconds);
        await updateSharesPublished(writer, actor.cluster, campaign.chosenPlan, at);
        await upsertTotals(writer, actor.cluster, campaign.id, 'plan', planTotals(picture, parties), at);
        return ok({ mails: await tellDelegates(context, campaign, 'campaign-offered') });
      },
    ),
});

export const postponeCampaign = action({
  name: 'campaigns.campaign.postpone',
  summary: 'Postpone a campaign, with the reason',
  form: stateForm,
  permit: staffOnly,
  run: (context, input) => move(context, input, () => 'postponed', nothing),
});

export const resumeCampaign = action({
  name: 'campaigns.campaign.resume',
  summary: 'Resume a postponed campaign where it was',
  form: stateForm,
  permit: staffOnly,
  run: (context, input) => move(context, input, (campaign) => campaign.resumesAs ?? campaign.state, nothing),
});

export const cancelCampaign = action({
  name: 'campaigns.campaign.cancel',
  summary: 'Cancel a campaign, with the reason',
  form: stateForm,
  permit: staffOnly,
  run: (context, input) => move(context, input, () => 'cancelled', nothing),
});
