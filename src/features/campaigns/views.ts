import { z } from 'zod';
import { dateOf } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { view } from '../../platform/action.ts';
import { type ClusterActor, isStaff, type Reader } from '../../platform/db/actor.ts';
import { id } from '../../platform/form.ts';
import { anyOf, delegateOnly, signedIn, staffOnly } from '../../platform/permit.ts';
import {
  campaignPageParams,
  campaignParams,
  compareParams,
  listParams,
  needParams,
  planParams,
  termsParams,
} from './forms.ts';
import type { CampaignKind, PlanPicture, Terms } from './kind.ts';
import { getKind } from './kinds.ts';
import type { ShareBody } from './plan.ts';
import { isConditionMet } from './rules/totals.ts';
import {
  findCampaign,
  findImportDraft,
  findNeed,
  findPlan,
  findPlanDocuments,
  findScenarioVersion,
  findTotals,
  getTerms,
  listAnswers,
  listCampaigns,
  listDelegates,
  listNeeds,
  listParties,
  listPlans,
  listScenarios,
  listShares,
  listTransitions,
  listVersions,
} from './store.ts';
import type {
  Bands,
  Campaign,
  CampaignVersion,
  ExactTotal,
  Need,
  NeedsDraft,
  Party,
  Plan,
  PlanTotals,
  Transition,
} from './types.ts';

const PAGE = 30;
/** Needs on one page of the secretariat's list. */
const NEEDS_SHOWN = 100;

export interface CampaignLine {
  readonly campaign: Campaign;
  readonly version: CampaignVersion | null;
}

/** Campaigns, the newest first. Drafts show to the secretariat only (row-level security). */
export const campaignList = view({
  name: 'campaigns.list',
  summary: 'Campaigns, the newest first',
  params: listParams,
  permit: signedIn,
  async load(reader, actor, { before }): Promise<{ lines: CampaignLine[]; older: string | null }> {
    const [at, id] = (before ?? '').split('~');
    const after =
      at && id && !Number.isNaN(Date.parse(at)) && /^[0-9a-f-]{36}$/.test(id)
        ? { at: new Date(at), id }
        : undefined;
    const campaigns = await listCampaigns(reader, actor.cluster, {
      limit: PAGE + 1,
      ...(after ? { before: after } : {}),
    });
    const lines: CampaignLine[] = [];
    for (const campaign of campaigns.slice(0, PAGE))
      lines.push({ campaign, version: (await listVersions(reader, actor.cluster, campaign.id))[0] ?? null });
    const last = lines.at(-1)?.campaign;
    return {
      lines,
      older: campaigns.length > PAGE && last ? `${last.createdAt.toISOString()}~${last.id}` : null,
    };
  },
});

/** What only the secretariat reads of a campaign. */
export interface StaffPart {
  readonly needs: readonly Need[];
  /** One page of them, and where the next one begins. */
  readonly shown: readonly Need[];
  readonly next: Id | null;
  readonly parties: readonly Party[];
  readonly answered: readonly Party[];
  readonly answeredNone: readonly Party[];
  readonly silent: readonly Party[];
  /** Companies awaited that have nobody to write to. */
  readonly withoutDelegate: readonly Party[];
  readonly reminded: ReadonlyMap<Id, Date>;
  readonly plans: readonly Plan[];
  readonly scenarios: readonly { readonly label: string; readonly version: number }[];
}

/** What a delegate reads of the own company in a campaign. */
export interface OwnPart {
  readonly company: Id;
  readonly needs: readonly Need[];
  readonly answeredNone: boolean;
  /** For each own need with a condition on companies: "met" or "not yet", from the published bands. */
  readonly met: ReadonlyMap<Id, boolean>;
  readonly share: ShareBody | null;
}

export interface CampaignModel {
  readonly campaign: Campaign;
  readonly kind: CampaignKind;
  readonly versions: readonly CampaignVersion[];
  readonly transitions: readonly Transition[];
  readonly terms: Terms;
  readonly membersAsked: number;
  readonly bands: { readonly asOf: Date; readonly body: readonly Bands[] } | null;
  readonly exact: { readonly asOf: Date; readonly body: readonly ExactTotal[] } | null;
  readonly planTotals: PlanTotals | null;
  readonly staff: StaffPart | null;
  readonly own: OwnPart | null;
}

async function loadStaffPart(
  reader: Reader,
  actor: ClusterActor,
  campaign: Campaign,
  parties: readonly Party[],
  day: string,
  after: Id | null,
): Promise<StaffPart> {
  const needs = await listNeeds(reader, actor.cluster, campaign.id, { limit: 100_000 });
  const answers = await listAnswers(reader, actor.cluster, campaign.id);
  const withDelegate = new Set(
    (await listDelegates(reader, actor.cluster, day)).map((d) => d.organisation_id),
  );
  const needing = new Set(needs.map((n) => n.company));
  const none = new Set(answers.filter((a) => a.answered_none_at !== null).map((a) => a.company_id));
  const begin = after === null ? 0 : needs.findIndex((n) => n.id === after) + 1;
  const shown = needs.slice(begin, begin + NEEDS_SHOWN);
  return {
    needs,
    shown,
    next: begin + NEEDS_SHOWN < needs.length ? (shown.at(-1)?.id ?? null) : null,
    parties,
    answered: parties.filter((p) => needing.has(p.id)),
    answeredNone: parties.filter((p) => !needing.has(p.id) && none.has(p.id)),
    silent: parties.filter((p) => !needing.has(p.id) && !none.has(p.id) && withDelegate.has(p.id)),
    withoutDelegate: parties.filter((p) => !needing.has(p.id) && !none.has(p.id) && !withDelegate.has(p.id)),
    reminded: new Map(answers.flatMap((a) => (a.reminded_at ? [[a.company_id, a.reminded_at]] : []))),
    plans: await listPlans(reader, actor.cluster, campaign.id),
    scenarios: (await listScenarios(reader, actor.cluster, campaign.id)).map((s) => ({
      label: s.label!,
      version: s.version,
    })),
  };
}

async function loadOwnPart(
  reader: Reader,
  actor: ClusterActor,
  campaign: Campaign,
  bands: readonly Bands[],
): Promise<OwnPart> {
  const company = actor.company!;
  const kind = getKind(campaign.kind);
  const needs = await listNeeds(reader, actor.cluster, campaign.id, { company, limit: 500 });
  const answers = await listAnswers(reader, actor.cluster, campaign.id);
  const share =
    campaign.chosenPlan === null
      ? undefined
      : (await listShares(reader, actor.cluster, campaign.chosenPlan)).find(
          (s) => s.company_id === company && s.published_at !== null,
        );
  return {
    company,
    needs,
    answeredNone: answers.some((a) => a.company_id === company && a.answered_none_at !== null),
    met: new Map(
      needs
        .filter((n) => typeof n.body.minCompanies === 'number')
        .map((n) => [n.id, isConditionMet(bands, kind.measure(n.body).topic, Number(n.body.minCompanies))]),
    ),
    share: share ? (share.body as ShareBody) : null,
  };
}

/** One campaign, as far as the reader may see it. */
export const campaignPage = view({
  name: 'campaigns.campaign',
  summary: 'One campaign: dates, call, protected totals, and the own needs and share',
  params: campaignPageParams,
  permit: signedIn,
  async load(reader, actor, { campaign: id, after }, now): Promise<CampaignModel | null> {
    const campaign = await findCampaign(reader, actor.cluster, id);
    if (!campaign) return null;
    const day = dateOf(now).toString();
    const parties = await listParties(reader, actor.cluster, day);
    const bands = await findTotals<Bands[]>(reader, actor.cluster, id, 'bands');
    const exact = await findTotals<ExactTotal[]>(reader, actor.cluster, id, 'exact');
    return {
      campaign,
      kind: getKind(campaign.kind),
      versions: await listVersions(reader, actor.cluster, id),
      transitions: await listTransitions(reader, actor.cluster, id),
      terms: await getTerms(reader, actor.cluster, id, campaign.termsVersion),
      membersAsked: parties.length,
      bands,
      exact,
      planTotals: (await findTotals<PlanTotals>(reader, actor.cluster, id, 'plan'))?.body ?? null,
      staff: isStaff(actor) ? await loadStaffPart(reader, actor, campaign, parties, day, after) : null,
      own:
        actor.role === 'delegate' && actor.company !== null
          ? await loadOwnPart(reader, actor, campaign, bands?.body ?? [])
          : null,
    };
  },
});

export interface CallModel {
  readonly campaign: Campaign;
  readonly kind: CampaignKind;
  readonly terms: Terms;
  readonly version: number;
  readonly scenario: string;
}

/** The call of a campaign, or of one of its what-ifs, for the secretariat to edit. */
export const callPage = view({
  name: 'campaigns.call',
  summary: 'Courses, offers and settings of a campaign or of a what-if',
  params: termsParams,
  permit: staffOnly,
  async load(reader, actor, { campaign: id, scenario }): Promise<CallModel | null> {
    const campaign = await findCampaign(reader, actor.cluster, id);
    if (!campaign) return null;
    const version =
      scenario === ''
        ? campaign.termsVersion
        : await findScenarioVersion(reader, actor.cluster, id, scenario);
    if (version === null) return null;
    return {
      campaign,
      kind: getKind(campaign.kind),
      terms: await getTerms(reader, actor.cluster, id, version),
      version,
      scenario,
    };
  },
});

export interface NeedModel {
  readonly campaign: Campaign;
  readonly kind: CampaignKind;
  readonly terms: Terms;
  readonly answersBy: Date | null;
  readonly parties: readonly Party[];
  readonly need: Need | null;
}

const ownOrStaff = anyOf(delegateOnly, staffOnly);

/** What the form of a new need is filled from. */
export const newNeedPage = view({
  name: 'campaigns.need-form',
  summary: 'What a new need can ask for',
  params: campaignParams,
  permit: ownOrStaff,
  load: (reader, actor, { campaign }, now) => loadNeedModel(reader, actor, campaign, null, now),
});

/** One need, for its company or the secretariat. */
export const needPage = view({
  name: 'campaigns.need',
  summary: 'One need, for its company or the secretariat',
  params: needParams,
  permit: ownOrStaff,
  async load(reader, actor, { need: id }, now): Promise<NeedModel | null> {
    const need = await findNeed(reader, actor.cluster, id);
    if (!need || (!isStaff(actor) && need.company !== actor.company)) return null;
    return loadNeedModel(reader, actor, need.campaign, need, now);
  },
});

async function loadNeedModel(
  reader: Reader,
  actor: ClusterActor,
  id: Id,
  need: Need | null,
  now: Temporal.Instant,
): Promise<NeedModel | null> {
  const campaign = await findCampaign(reader, actor.cluster, id);
  if (!campaign) return null;
  const [version] = await listVersions(reader, actor.cluster, id);
  return {
    campaign,
    kind: getKind(campaign.kind),
    terms: await getTerms(reader, actor.cluster, id, campaign.termsVersion),
    answersBy: version?.answersBy ?? null,
    parties: isStaff(actor) ? await listParties(reader, actor.cluster, dateOf(now).toString()) : [],
    need,
  };
}

export interface PlanModel {
  readonly campaign: Campaign;
  readonly kind: CampaignKind;
  readonly plan: Plan;
  readonly terms: Terms;
  readonly parties: readonly Party[];
  readonly picture: PlanPicture | null;
}

async function loadPlan(
  reader: Reader,
  actor: ClusterActor,
  id: Id,
  now: Temporal.Instant,
): Promise<PlanModel | null> {
  const plan = await findPlan(reader, actor.cluster, id);
  const campaign = plan && (await findCampaign(reader, actor.cluster, plan.campaign));
  if (!plan || !campaign) return null;
  const kind = getKind(campaign.kind);
  const documents = plan.state === 'done' ? await findPlanDocuments(reader, actor.cluster, id) : null;
  return {
    campaign,
    kind,
    plan,
    terms: await getTerms(reader, actor.cluster, campaign.id, plan.termsVersion),
    parties: await listParties(reader, actor.cluster, dateOf(now).toString()),
    picture: documents && kind.model.picture(documents.problem, documents.solution),
  };
}

/** A plan, whole: for the secretariat only. */
export const planPage = view({
  name: 'campaigns.plan',
  summary: 'A plan with its sessions, shares and proof',
  params: planParams,
  permit: staffOnly,
  load: (reader, actor, { plan }, now) => loadPlan(reader, actor, plan, now),
});

/** How far a plan is. */
export const planProgress = view({
  name: 'campaigns.plan-progress',
  summary: 'How far a plan is',
  params: planParams,
  permit: staffOnly,
  load: (reader, actor, { plan }) => findPlan(reader, actor.cluster, plan),
});

/** Two plans of one campaign side by side. */
export const comparePage = view({
  name: 'campaigns.compare',
  summary: 'Two plans side by side',
  params: compareParams,
  permit: staffOnly,
  async load(reader, actor, { campaign, a, b }, now): Promise<{ a: PlanModel; b: PlanModel } | null> {
    const left = await loadPlan(reader, actor, a, now);
    const right = await loadPlan(reader, actor, b, now);
    return left && right && left.campaign.id === campaign && right.campaign.id === campaign
      ? { a: left, b: right }
      : null;
  },
});

export interface ShareModel {
  readonly campaign: Campaign;
  readonly kind: CampaignKind;
  readonly terms: Terms;
  readonly version: CampaignVersion | null;
  readonly company: Party;
  readonly share: ShareBody;
  readonly totals: PlanTotals | null;
}

/** The own share of a delegate's company, made to be shown to its boss. */
export const sharePage = view({
  name: 'campaigns.share',
  summary: 'The share of the own company',
  params: campaignParams,
  permit: delegateOnly,
  async load(reader, actor, { campaign: id }, now): Promise<ShareModel | null> {
    const campaign = await findCampaign(reader, actor.cluster, id);
    if (!campaign || campaign.chosenPlan === null) return null;
    const own = await loadOwnPart(reader, actor, campaign, []);
    const company = (await listParties(reader, actor.cluster, dateOf(now).toString())).find(
      (p) => p.id === actor.company,
    );
    if (!own.share || !company) return null;
    return {
      campaign,
      kind: getKind(campaign.kind),
      terms: await getTerms(reader, actor.cluster, id, campaign.termsVersion),
      version: (await listVersions(reader, actor.cluster, id))[0] ?? null,
      company,
      share: own.share,
      totals: (await findTotals<PlanTotals>(reader, actor.cluster, id, 'plan'))?.body ?? null,
    };
  },
});

/** A file of needs that was read and waits for its confirmation. */
export const importPage = view({
  name: 'campaigns.needs-file',
  summary: 'What a file of needs would add',
  params: z.object({ draft: id() }),
  permit: staffOnly,
  async load(
    reader,
    actor,
    { draft: draftId },
  ): Promise<{ campaign: Campaign; kind: CampaignKind; terms: Terms; draft: NeedsDraft } | null> {
    const draft = await findImportDraft(reader, actor.cluster, draftId);
    const campaign = draft && (await findCampaign(reader, actor.cluster, draft.campaign));
    return draft && campaign
      ? {
          campaign,
          kind: getKind(campaign.kind),
          terms: await getTerms(reader, actor.cluster, campaign.id, campaign.termsVersion),
          draft,
        }
      : null;
  },
});
