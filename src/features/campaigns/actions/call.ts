import { randomUUID } from 'node:crypto';
import { dateOf, endOfDay, parseDate } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import {
  type ActionContext,
  action,
  type Done,
  type Refusal,
  refuse,
  refuseFields,
} from '../../../platform/action.ts';
import { fieldErrors } from '../../../platform/form.ts';
import { staffOnly } from '../../../platform/permit.ts';
import { findUnknownChoice, formOf, initialValues, UNKNOWN_CHOICE } from '../fields.ts';
import {
  cloneForm,
  createForm,
  datesForm,
  recordForm,
  removeRecordForm,
  scenarioForm,
  settingsForm,
  titleForm,
} from '../forms.ts';
import type { CampaignKind, Field, Terms } from '../kind.ts';
import { findKind, getKind } from '../kinds.ts';
import { decideDates, shiftDates } from '../rules/dates.ts';
import { callMayChange } from '../rules/life.ts';
import {
  findCampaign,
  findScenarioVersion,
  getNextTermsVersion,
  getTerms,
  insertCampaign,
  insertTerms,
  insertVersion,
  listVersions,
  lockCampaign,
  updateCampaign,
} from '../store.ts';
import type { Campaign } from '../types.ts';

const missing = () => refuse('no-such-campaign');

/** A fresh call: empty lists and the kind's initial settings. */
export const emptyTerms = (kind: CampaignKind): Terms => ({
  lists: Object.fromEntries(kind.lists.map((list) => [list.name, []])),
  settings: formOf(kind.settings).parse(initialValues(kind.settings)),
});

export const createCampaign = action({
  name: 'campaigns.campaign.create',
  summary: 'Start a campaign as a draft',
  form: createForm,
  permit: staffOnly,
  async run({ writer, actor, now, newId }, { kind: kindName, title }) {
    const kind = findKind(kindName);
    if (!kind) return refuseFields({ kind: UNKNOWN_CHOICE });
    const campaign = newId();
    await insertCampaign(writer, actor.cluster, {
      id: campaign,
      kind: kind.name,
      title,
      clonedFrom: null,
      terms: emptyTerms(kind),
      createdAt: new Date(now.epochMilliseconds),
    });
    return ok({ value: { campaign }, audit: { audience: 'staff', subject: campaign, details: { title } } });
  },
});

/** A new draft with the courses, offers and settings of a former campaign; dates gone by move on by whole weeks. */
export const cloneCampaign = action({
  name: 'campaigns.campaign.clone',
  summary: 'Start a draft from a former campaign',
  form: cloneForm,
  permit: staffOnly,
  async run({ writer, actor, now, newId }, { campaign: source }) {
    const former = await findCampaign(writer, actor.cluster, source);
    if (!former) return missing();
    const kind = getKind(former.kind);
    const terms = await getTerms(writer, actor.cluster, source, former.termsVersion);
    const campaign = newId();
    await insertCampaign(writer, actor.cluster, {
      id: campaign,
      kind: former.kind,
      title: former.title,
      clonedFrom: source,
      terms: shiftDates(terms, kind, dateOf(now)),
      createdAt: new Date(now.epochMilliseconds),
    });
    return ok({
      value: { campaign },
      audit: { audience: 'staff', subject: campaign, details: { title: former.title } },
    });
  },
});

export const renameCampaign = action({
  name: 'campaigns.campaign.rename',
  summary: 'Change the title of a campaign',
  form: titleForm,
  permit: staffOnly,
  async run({ writer, actor }, { campaign: id, title }) {
    const campaign = await lockCampaign(writer, actor.cluster, id, 'exclusive');
    if (!campaign) return missing();
    if (!callMayChange(campaign.state)) return refuse('call-closed', { state: campaign.state });
    await updateCampaign(writer, actor.cluster, id, { title });
    return ok({ value: { campaign: id }, audit: { audience: 'staff', subject: id, details: { title } } });
  },
});

/** Sets the dates: a version more. Once the campaign is open, a change needs its reason. */
export const setDates = action({
  name: 'campaigns.dates.set',
  summary: 'Set or change the dates of a campaign',
  form: datesForm,
  permit: staffOnly,
  async run({ writer, actor, now }, input) {
    const campaign = await lockCampaign(writer, actor.cluster, input.campaign, 'exclusive');
    if (!campaign) return missing();
    const [current] = await listVersions(writer, actor.cluster, campaign.id);
    if ((current?.version ?? 0) !== input.version) return refuse('changed-meanwhile');
    const decided = decideDates(campaign.state, input, dateOf(now));
    if (!decided.ok) return decided;
    await insertVersion(writer, actor.cluster, campaign.id, {
      version: input.version + 1,
      opensOn: null,
      answersBy: deadline(input.answersBy),
      planOn: input.planOn,
      acceptBy: input.acceptBy === null ? null : deadline(input.acceptBy),
      startsOn: input.startsOn,
      reason: input.reason,
      decidedBy: input.decidedBy,
      decidedOn: dateOf(now).toString(),
    });
    return ok({
      value: { campaign: campaign.id },
      audit: {
        audience: campaign.state === 'draft' ? 'staff' : 'members',
        subject: campaign.id,
        details: { title: campaign.title, answersBy: input.answersBy, reason: input.reason },
      },
    });
  },
});

const deadline = (day: string): Date => new Date(endOfDay(parseDate(day)!).epochMilliseconds);

/** Adds or changes a record of the call (a course, an offer), or of a what-if. */
export const saveRecord = action({
  name: 'campaigns.record.save',
  summary: 'Add or change a course, an offer or another record of the call',
  form: recordForm,
  permit: staffOnly,
  run: (context, input) =>
    editTerms(context, input, (terms, kind) => {
      const list = kind.lists.find((l) => l.name === input.list);
      if (!list) return err({ code: 'no-such-record' });
      const records = terms.lists[list.name] ?? [];
      const known = input.record === '' ? undefined : records.find((r) => r.id === input.record);
      if (input.record !== '' && !known) return err({ code: 'no-such-record' });
      const parsed = parseFields(list.fields, terms, input);
      if (!parsed.ok) return parsed;
      const record = { ...parsed.value, id: known?.id ?? randomUUID() };
      if (!known && records.length >= 500) return err({ code: 'too-many-records' });
      return ok({
        terms: {
          ...terms,
          lists: {
            ...terms.lists,
            [list.name]: known ? records.map((r) => (r === known ? record : r)) : [...records, record],
          },
        },
        what: list.label(record, terms),
      });
    }),
});

export const removeRecord = action({
  name: 'campaigns.record.remove',
  summary: 'Remove a record of the call',
  form: removeRecordForm,
  permit: staffOnly,
  run: (context, input) =>
    editTerms(context, input, (terms, kind) => {
      const list = kind.lists.find((l) => l.name === input.list);
      const record = list && terms.lists[list.name]?.find((r) => r.id === input.record);
      if (!list || !record) return err({ code: 'no-such-record' });
      const used = kind.lists.find((other) =>
        (terms.lists[other.name] ?? []).some((r) => r !== record && Object.values(r).includes(record.id)),
      );
      if (used) return err({ code: 'record-in-use', params: { what: list.label(record, terms) } });
      return ok({
        terms: {
          ...terms,
          lists: { ...terms.lists, [list.name]: terms.lists[list.name]!.filter((r) => r !== record) },
        },
        what: list.label(record, terms),
      });
    }),
});

export const saveSettings = action({
  name: 'campaigns.settings.save',
  summary: 'Change the settings of the call: sharing rule, subsidy',
  form: settingsForm,
  permit: staffOnly,
  run: (context, input) =>
    editTerms(context, input, (terms, kind) => {
      const parsed = parseFields(kind.settings, terms, input);
      return parsed.ok ? ok({ terms: { ...terms, settings: parsed.value }, what: '' }) : parsed;
    }),
});

/** Starts a what-if: a named copy of the call, to change and plan without touching the call. */
export const startScenario = action({
  name: 'campaigns.scenario.start',
  summary: 'Start a what-if from the call',
  form: scenarioForm,
  permit: staffOnly,
  run: async (context, input) => {
    const taken = await findScenarioVersion(
      context.writer,
      context.actor.cluster,
      input.campaign,
      input.scenario,
    );
    if (taken !== null) return refuse('scenario-name-taken');
    return editTerms(context, { ...input, fresh: true }, (terms) => ok({ terms, what: input.scenario }));
  },
});

const parseFields = (
  fields: readonly Field[],
  terms: Terms,
  input: Readonly<Record<string, unknown>>,
): Result<Record<string, unknown>, Refusal> => {
  const parsed = formOf(fields).safeParse(input);
  if (!parsed.success) return refuseFields(fieldErrors(parsed.error));
  const unknown = findUnknownChoice(fields, terms, parsed.data);
  return unknown === null ? ok(parsed.data) : refuseFields({ [unknown]: UNKNOWN_CHOICE });
};

/**
 * One way to change terms: a new version each time, from the version that was on the screen. The call
 * itself may change until the plan is chosen; a what-if at any time.
 */
async function editTerms(
  { writer, actor }: ActionContext,
  input: { campaign: Id; base: number; scenario: string; fresh?: boolean },
  edit: (terms: Terms, kind: CampaignKind) => Result<{ terms: Terms; what: string }, Refusal>,
): Promise<Result<Done<{ campaign: Id; scenario: string }>, Refusal>> {
  const campaign = await lockCampaign(writer, actor.cluster, input.campaign, 'exclusive');
  if (!campaign) return missing();
  const isScenario = input.scenario !== '';
  if (!isScenario && !callMayChange(campaign.state)) return refuse('call-closed', { state: campaign.state });
  const head = await headVersion(
    writer,
    actor.cluster,
    campaign,
    isScenario && !input.fresh ? input.scenario : '',
  );
  if (head === null) return refuse('no-such-scenario');
  if (head !== input.base) return refuse('changed-meanwhile');
  const kind = getKind(campaign.kind);
  const edited = edit(await getTerms(writer, actor.cluster, campaign.id, head), kind);
  if (!edited.ok) return edited;
  const version = await getNextTermsVersion(writer, actor.cluster, campaign.id);
  await insertTerms(
    writer,
    actor.cluster,
    campaign.id,
    version,
    edited.value.terms,
    isScenario ? input.scenario : null,
  );
  if (!isScenario) await updateCampaign(writer, actor.cluster, campaign.id, { terms_version: version });
  return ok({
    value: { campaign: campaign.id, scenario: input.scenario },
    audit: {
      audience: isScenario || campaign.state === 'draft' ? 'staff' : 'members',
      subject: campaign.id,
      details: { title: campaign.title, what: edited.value.what, scenario: input.scenario },
    },
  });
}

const headVersion = (
  writer: ActionContext['writer'],
  cluster: Id,
  campaign: Campaign,
  scenario: string,
): Promise<number | null> =>
  scenario === ''
    ? Promise.resolve(campaign.termsVersion)
    : findScenarioVersion(writer, cluster, campaign.id, scenario);
