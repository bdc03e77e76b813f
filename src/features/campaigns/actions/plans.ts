import { dateOf } from '../../../kernel/dates.ts';
import { ok } from '../../../kernel/result.ts';
import { action, refuse } from '../../../platform/action.ts';
import { staffOnly } from '../../../platform/permit.ts';
import { planForm, stopPlanForm } from '../forms.ts';
import { getKind } from '../kinds.ts';
import {
  findPlan,
  getTerms,
  insertPlan,
  listNeeds,
  listParties,
  listPlans,
  listTermsLabels,
  lockCampaign,
  updatePlan,
} from '../store.ts';

/** Most plans under way in one campaign. */
const MOST_AT_ONCE = 2;

/** Asks for a plan of the frozen needs, under the call's terms or those of a what-if. */
export const requestPlan = action({
  name: 'campaigns.plan.request',
  summary: 'Ask for a plan',
  form: planForm,
  permit: staffOnly,
  async run({ writer, actor, now, newId }, input) {
    const campaign = await lockCampaign(writer, actor.cluster, input.campaign, 'exclusive');
    if (!campaign) return refuse('no-such-campaign');
    if (campaign.state !== 'frozen' && campaign.state !== 'planned')
      return refuse('not-frozen', { state: campaign.state });
    const plans = await listPlans(writer, actor.cluster, campaign.id);
    const underWay = plans.filter(
      (p) => p.state === 'queued' || p.state === 'running' || p.state === 'stopping',
    );
    if (underWay.length >= MOST_AT_ONCE) return refuse('plans-under-way');
    const labels = await listTermsLabels(writer, actor.cluster, campaign.id);
    const label = labels.get(input.terms);
    if (label === undefined) return refuse('no-such-terms');
    const kind = getKind(campaign.kind);
    const terms = await getTerms(writer, actor.cluster, campaign.id, input.terms);
    const notReady = kind.decideReady(terms);
    if (notReady) return { ok: false, error: notReady };
    const needs = await listNeeds(writer, actor.cluster, campaign.id, { limit: 100_000 });
    if (needs.length === 0) return refuse('no-needs');
    const parties = await listParties(writer, actor.cluster, dateOf(now).toString());
    const problem = kind.model.build(terms, needs, parties);
    if (!problem.ok) return problem;
    const plan = newId();
    await insertPlan(writer, actor.cluster, {
      id: plan,
      campaign: campaign.id,
      label: input.label || label || '',
      termsVersion: input.terms,
      seed: input.seed,
      seconds: input.seconds,
      problem: problem.value,
      by: actor.person,
      at: new Date(now.epochMilliseconds),
    });
    return ok({
      value: { plan },
      audit: {
        audience: 'staff',
        subject: campaign.id,
        details: { title: campaign.title, label: input.label },
      },
      jobs: [{ name: 'plan', data: { cluster: actor.cluster, plan } }],
    });
  },
});

/** Stops the search: the best answer so far is checked and kept. */
export const stopPlan = action({
  name: 'campaigns.plan.stop',
  summary: 'Stop a plan under way and keep its best answer',
  form: stopPlanForm,
  permit: staffOnly,
  async run({ writer, actor, now }, input) {
    const plan = await findPlan(writer, actor.cluster, input.plan);
    if (!plan) return refuse('no-such-plan');
    if (plan.state === 'queued')
      await updatePlan(writer, actor.cluster, plan.id, {
        state: 'cancelled',
        finished_at: new Date(now.epochMilliseconds),
      });
    else if (plan.state === 'running')
      await updatePlan(writer, actor.cluster, plan.id, { state: 'stopping' });
    else return refuse('plan-not-running');
    return ok({
      value: { plan: plan.id },
      audit: { audience: 'staff', subject: plan.campaign, details: { label: plan.label } },
    });
  },
});
