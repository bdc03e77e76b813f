import { dateOf } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { type ActionContext, action, type Refusal, refuse, refuseFields } from '../../../platform/action.ts';
import { isStaff } from '../../../platform/db/actor.ts';
import { fieldErrors } from '../../../platform/form.ts';
import type { MailRequest } from '../../../platform/mail.ts';
import { anyOf, delegateOnly, staffOnly } from '../../../platform/permit.ts';
import { findUnknownChoice, formOf, UNKNOWN_CHOICE } from '../fields.ts';
import { answerNoneForm, changeNeedForm, needForm, remindForm, withdrawNeedForm } from '../forms.ts';
import type { Terms } from '../kind.ts';
import { getKind } from '../kinds.ts';
import { paths } from '../paths.ts';
import { decideNeedTime } from '../rules/needs.ts';
import {
  findNeed,
  getTerms,
  insertNeed,
  listAnswers,
  listDelegates,
  listNeeds,
  listParties,
  listVersions,
  lockAnswer,
  lockCampaign,
  updateNeed,
  upsertAnswer,
} from '../store.ts';
import type { Campaign, NeedChannel } from '../types.ts';

/** Most needs of one company in one campaign. */
const MOST_NEEDS = 200;

const ownOrStaff = anyOf(delegateOnly, staffOnly);

/** The company a need is for: a delegate's own, or the one that the secretariat names. */
const companyOf = ({ actor }: ActionContext, named: Id | null): Id | null =>
  isStaff(actor) ? named : actor.company;

async function openForNeeds(
  { writer, actor, now }: ActionContext,
  id: Id,
): Promise<Result<{ campaign: Campaign; terms: Terms }, Refusal>> {
  const campaign = await lockCampaign(writer, actor.cluster, id, 'shared');
  if (!campaign) return refuse('no-such-campaign');
  const [version] = await listVersions(writer, actor.cluster, id);
  const decided = decideNeedTime(
    { state: campaign.state, answersBy: version?.answersBy ?? null },
    isStaff(actor) ? 'staff' : 'delegate',
    new Date(now.epochMilliseconds),
  );
  if (!decided.ok) return decided;
  return ok({ campaign, terms: await getTerms(writer, actor.cluster, id, campaign.termsVersion) });
}

/** What was typed, as the kind's need, or the fields at fault. */
export function parseNeed(
  campaign: { readonly kind: string },
  terms: Terms,
  input: Readonly<Record<string, unknown>>,
): Result<Record<string, unknown>, Refusal> {
  const kind = getKind(campaign.kind);
  const parsed = formOf(kind.needFields).safeParse(input);
  if (!parsed.success) return refuseFields(fieldErrors(parsed.error));
  const unknown = findUnknownChoice(kind.needFields, terms, parsed.data);
  if (unknown !== null) return refuseFields({ [unknown]: UNKNOWN_CHOICE });
  const refusal = kind.decideNeed(terms, parsed.data);
  return refusal ? { ok: false, error: refusal } : ok(parsed.data);
}

/** Writes one need of a company, refusing a twin and too many. The company's answer is locked. */
export async function addNeed(
  context: ActionContext,
  campaign: Campaign,
  company: Id,
  body: Record<string, unknown>,
  channel: NeedChannel,
): Promise<Result<Id, Refusal>> {
  const { writer, actor, now, newId } = context;
  await lockAnswer(writer, actor.cluster, campaign.id, company);
  const present = await listNeeds(writer, actor.cluster, campaign.id, { company, limit: MOST_NEEDS });
  if (present.some((need) => sameBody(need.body, body))) return refuse('same-need-exists');
  if (present.length >= MOST_NEEDS) return refuse('too-many-needs');
  const need = newId();
  await insertNeed(writer, actor.cluster, {
    id: need,
    campaign: campaign.id,
    company,
    body,
    channel,
    by: actor.person,
    at: new Date(now.epochMilliseconds),
  });
  await upsertAnswer(writer, actor.cluster, campaign.id, company, { answered_none_at: null });
  return ok(need);
}

const sameBody = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean => {
  const text = (body: Readonly<Record<string, unknown>>): string =>
    JSON.stringify(Object.entries(body).sort(([x], [y]) => (x < y ? -1 : 1)));
  return text(a) === text(b);
};

export const submitNeed = action({
  name: 'campaigns.need.submit',
  summary: 'Enter a need of a company',
  form: needForm,
  permit: ownOrStaff,
  constraints: { need_company: 'no-such-company' },
  async run(context, input) {
    const company = companyOf(context, input.company);
    if (company === null) return refuseFields({ company: { code: 'required' } });
    const open = await openForNeeds(context, input.campaign);
    if (!open.ok) return open;
    const { campaign, terms } = open.value;
    if (isStaff(context.actor) && !(await isParty(context, company))) return refuse('no-such-company');
    const body = parseNeed(campaign, terms, input);
    if (!body.ok) return body;
    const added = await addNeed(
      context,
      campaign,
      company,
      body.value,
      isStaff(context.actor) ? 'phone' : 'online',
    );
    if (!added.ok) return added;
    return ok({
      value: { need: added.value, campaign: campaign.id, company },
      audit: { audience: 'company', subject: campaign.id, company, details: { title: campaign.title } },
    });
  },
});

const isParty = async ({ writer, actor, now }: ActionContext, company: Id): Promise<boolean> =>
  (await listParties(writer, actor.cluster, dateOf(now).toString())).some((p) => p.id === company);

/** Changes a need that nobody changed since it was on the screen. */
export const changeNeed = action({
  name: 'campaigns.need.change',
  summary: 'Change a need',
  form: changeNeedForm,
  permit: ownOrStaff,
  async run(context, input) {
    const { writer, actor, now } = context;
    const need = await findNeed(writer, actor.cluster, input.need);
    if (!need) return refuse('no-such-need');
    const open = await openForNeeds(context, need.campaign);
    if (!open.ok) return open;
    const body = parseNeed(open.value.campaign, open.value.terms, input);
    if (!body.ok) return body;
    await lockAnswer(writer, actor.cluster, need.campaign, need.company);
    const others = await listNeeds(writer, actor.cluster, need.campaign, {
      company: need.company,
      limit: MOST_NEEDS,
    });
    if (others.some((other) => other.id !== need.id && sameBody(other.body, body.value)))
      return refuse('same-need-exists');
    const changed = await updateNeed(writer, actor.cluster, need.id, input.rowVersion, {
      body: body.value,
      at: new Date(now.epochMilliseconds),
      by: actor.person,
    });
    if (!changed) return refuse('changed-meanwhile');
    return ok({
      value: { campaign: need.campaign, company: need.company },
      audit: {
        audience: 'company',
        subject: need.campaign,
        company: need.company,
        details: { title: open.value.campaign.title },
      },
    });
  },
});

export const withdrawNeed = action({
  name: 'campaigns.need.withdraw',
  summary: 'Withdraw a need',
  form: withdrawNeedForm,
  permit: ownOrStaff,
  async run(context, input) {
    const { writer, actor, now } = context;
    const need = await findNeed(writer, actor.cluster, input.need);
    if (!need) return refuse('no-such-need');
    const open = await openForNeeds(context, need.campaign);
    if (!open.ok) return open;
    const at = new Date(now.epochMilliseconds);
    const gone = await updateNeed(writer, actor.cluster, need.id, input.rowVersion, {
      withdrawnAt: at,
      at,
      by: actor.person,
    });
    if (!gone) return refuse('changed-meanwhile');
    return ok({
      value: { campaign: need.campaign },
      audit: {
        audience: 'company',
        subject: need.campaign,
        company: need.company,
        details: { title: open.value.campaign.title },
      },
    });
  },
});

/** "Nothing for us this time" is an answer too: nobody reminds a company that gave it. */
export const answerNone = action({
  name: 'campaigns.answer.none',
  summary: 'Answer that the company needs nothing this time',
  form: answerNoneForm,
  permit: ownOrStaff,
  constraints: { campaign_answer_company: 'no-such-company' },
  async run(context, input) {
    const { writer, actor, now } = context;
    const company = companyOf(context, input.company);
    if (company === null) return refuseFields({ company: { code: 'required' } });
    const open = await openForNeeds(context, input.campaign);
    if (!open.ok) return open;
    await lockAnswer(writer, actor.cluster, input.campaign, company);
    const needs = await listNeeds(writer, actor.cluster, input.campaign, { company, limit: 1 });
    if (needs.length > 0) return refuse('has-needs');
    await upsertAnswer(writer, actor.cluster, input.campaign, company, {
      answered_none_at: new Date(now.epochMilliseconds),
    });
    return ok({
      value: { campaign: input.campaign },
      audit: {
        audience: 'company',
        subject: input.campaign,
        company,
        details: { title: open.value.campaign.title },
      },
    });
  },
});

/** A reminder to the delegates of every company that has not answered; once a day at most for each. */
export const remindSilent = action({
  name: 'campaigns.silent.remind',
  summary: 'Remind the companies that have not answered',
  form: remindForm,
  permit: staffOnly,
  async run({ writer, actor, now }, { campaign: id }) {
    const campaign = await lockCampaign(writer, actor.cluster, id, 'exclusive');
    if (!campaign) return refuse('no-such-campaign');
    if (campaign.state !== 'open') return refuse('campaign-not-taking-needs', { state: campaign.state });
    const today = dateOf(now).toString();
    const [parties, needs, answers, delegates, [version]] = [
      await listParties(writer, actor.cluster, today),
      await listNeeds(writer, actor.cluster, id, { limit: 100_000 }),
      await listAnswers(writer, actor.cluster, id),
      await listDelegates(writer, actor.cluster, today),
      await listVersions(writer, actor.cluster, id),
    ];
    const answered = new Set([
      ...needs.map((n) => n.company),
      ...answers.filter((a) => a.answered_none_at !== null).map((a) => a.company_id),
    ]);
    const at = new Date(now.epochMilliseconds);
    const remindedToday = new Set(
      answers
        .filter((a) => a.reminded_at !== null && at.getTime() - a.reminded_at.getTime() < 20 * 3600 * 1000)
        .map((a) => a.company_id),
    );
    const members = new Set(parties.map((p) => p.id));
    const toWrite = delegates.filter(
      (d) =>
        d.organisation_id &&
        members.has(d.organisation_id) &&
        !answered.has(d.organisation_id) &&
        !remindedToday.has(d.organisation_id),
    );
    const companies = [...new Set(toWrite.map((d) => d.organisation_id!))];
    if (companies.length === 0) return refuse('nobody-to-remind');
    for (const company of companies)
      await upsertAnswer(writer, actor.cluster, id, company, { reminded_at: at });
    const mails: MailRequest[] = toWrite.map((d) => ({
      person: d.person_id,
      to: d.email,
      lang: d.lang,
      template: 'campaign-reminder',
      data: {
        title: campaign.title,
        link: paths.campaign(id),
        deadline: version?.answersBy?.toISOString() ?? '',
      },
    }));
    return ok({
      value: { campaign: id, companies: companies.length },
      audit: {
        audience: 'staff',
        subject: id,
        details: { title: campaign.title, companies: companies.length },
      },
      mails,
    });
  },
});
