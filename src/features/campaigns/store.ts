import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Reader, Writer } from '../../platform/db/actor.ts';
import type { Terms } from './kind.ts';
import type {
  Campaign,
  CampaignState,
  CampaignVersion,
  Need,
  NeedChannel,
  NeedsDraft,
  Party,
  Plan,
  PlanProgress,
  Transition,
} from './types.ts';

const CAMPAIGN = [
  'campaign_id',
  'kind',
  'title',
  'state',
  'resumes_as',
  'terms_version',
  'chosen_plan_id',
  'cloned_from',
  'row_version',
  'created_at',
] as const;

const campaignOf = (row: {
  campaign_id: string;
  kind: string;
  title: string;
  state: CampaignState;
  resumes_as: CampaignState | null;
  terms_version: number;
  chosen_plan_id: string | null;
  cloned_from: string | null;
  row_version: number;
  created_at: Date;
}): Campaign => ({
  id: row.campaign_id,
  kind: row.kind,
  title: row.title,
  state: row.state,
  resumesAs: row.resumes_as,
  termsVersion: row.terms_version,
  chosenPlan: row.chosen_plan_id,
  clonedFrom: row.cloned_from,
  rowVersion: row.row_version,
  createdAt: row.created_at,
});

/** Campaigns, the newest first; a page after `before` (created at, id). */
export async function listCampaigns(
  reader: Reader,
  cluster: Id,
  options: { limit: number; before?: { at: Date; id: Id } },
): Promise<Campaign[]> {
  let query = reader
    .selectFrom('campaign')
    .select(CAMPAIGN)
    .where('cluster_id', '=', cluster)
    .orderBy('created_at', 'desc')
    .orderBy('campaign_id', 'desc')
    .limit(options.limit);
  const { before } = options;
  if (before)
    query = query.where((eb) =>
      eb(eb.refTuple('created_at', 'campaign_id'), '<', eb.tuple(before.at, before.id)),
    );
  return (await query.execute()).map(campaignOf);
}

export async function findCampaign(reader: Reader, cluster: Id, id: Id): Promise<Campaign | null> {
  const row = await reader
    .selectFrom('campaign')
    .select(CAMPAIGN)
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', id)
    .executeTakeFirst();
  return row ? campaignOf(row) : null;
}

/**
 * Reads a campaign whose state holds still until the transaction ends. `shared` for those who only need it
 * still (a need being written), `exclusive` for those who change it: a freeze waits for the needs on their
 * way in, and none slips in after it. An advisory lock, since a row lock would need the right to update.
 */
export async function lockCampaign(
  writer: Writer,
  cluster: Id,
  id: Id,
  mode: 'shared' | 'exclusive',
): Promise<Campaign | null> {
  const key = `campaign ${cluster} ${id}`;
  await (mode === 'shared'
    ? sql`select pg_advisory_xact_lock_shared(hashtextextended(${key}, 0))`
    : sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`
  ).execute(writer);
  return findCampaign(writer, cluster, id);
}

/** Lets one transaction at a time write a company's answer to a campaign. */
export const lockAnswer = (writer: Writer, cluster: Id, campaign: Id, company: Id) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`answer ${cluster} ${campaign} ${company}`}, 0))`.execute(
    writer,
  );

export async function insertCampaign(
  writer: Writer,
  cluster: Id,
  campaign: { id: Id; kind: string; title: string; clonedFrom: Id | null; terms: Terms; createdAt: Date },
): Promise<void> {
  await writer
    .insertInto('campaign')
    .values({
      cluster_id: cluster,
      campaign_id: campaign.id,
      kind: campaign.kind,
      title: campaign.title,
      cloned_from: campaign.clonedFrom,
      created_at: campaign.createdAt,
    })
    .execute();
  await insertTerms(writer, cluster, campaign.id, 1, campaign.terms, null);
}

export const updateCampaign = (
  writer: Writer,
  cluster: Id,
  id: Id,
  set: { title?: string; terms_version?: number; chosen_plan_id?: Id | null },
) =>
  writer
    .updateTable('campaign')
    .set((eb) => ({ ...set, row_version: eb('row_version', '+', 1) }))
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', id)
    .execute();

/** Changes the state and keeps the step. The campaign is locked by the caller. */
export async function updateCampaignState(
  writer: Writer,
  cluster: Id,
  campaign: Campaign,
  to: CampaignState,
  by: Id | null,
  reason: string,
  at: Date,
): Promise<void> {
  await writer
    .updateTable('campaign')
    .set((eb) => ({
      state: to,
      resumes_as: to === 'postponed' ? campaign.state : null,
      row_version: eb('row_version', '+', 1),
    }))
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', campaign.id)
    .execute();
  const last = await writer
    .selectFrom('campaign_transition')
    .select((eb) => eb.fn.max('step').as('step'))
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', campaign.id)
    .executeTakeFirst();
  await writer
    .insertInto('campaign_transition')
    .values({
      cluster_id: cluster,
      campaign_id: campaign.id,
      step: (last?.step ?? 0) + 1,
      from_state: campaign.state,
      to_state: to,
      at,
      person_id: by,
      reason,
    })
    .execute();
}

export const listTransitions = async (reader: Reader, cluster: Id, campaign: Id): Promise<Transition[]> =>
  (
    await reader
      .selectFrom('campaign_transition')
      .select(['from_state', 'to_state', 'at', 'reason'])
      .where('cluster_id', '=', cluster)
      .where('campaign_id', '=', campaign)
      .orderBy('step')
      .execute()
  ).map((row) => ({
    from: row.from_state,
    to: row.to_state as CampaignState,
    at: row.at,
    reason: row.reason,
  }));

/** Versions of the dates, the newest first: the first is in force. */
export const listVersions = async (reader: Reader, cluster: Id, campaign: Id): Promise<CampaignVersion[]> =>
  (
    await reader
      .selectFrom('campaign_version')
      .selectAll()
      .where('cluster_id', '=', cluster)
      .where('campaign_id', '=', campaign)
      .orderBy('version', 'desc')
      .execute()
  ).map((row) => ({
    version: row.version,
    opensOn: row.opens_on,
    answersBy: row.answers_by,
    planOn: row.plan_on,
    acceptBy: row.accept_by,
    startsOn: row.starts_on,
    reason: row.reason,
    decidedBy: row.decided_by,
    decidedOn: row.decided_on,
  }));

export const insertVersion = (writer: Writer, cluster: Id, campaign: Id, version: CampaignVersion) =>
  writer
    .insertInto('campaign_version')
    .values({
      cluster_id: cluster,
      campaign_id: campaign,
      version: version.version,
      opens_on: version.opensOn,
      answers_by: version.answersBy,
      plan_on: version.planOn,
      accept_by: version.acceptBy,
      starts_on: version.startsOn,
      reason: version.reason,
      decided_by: version.decidedBy,
      decided_on: version.decidedOn,
    })
    .execute();

export async function getTerms(reader: Reader, cluster: Id, campaign: Id, version: number): Promise<Terms> {
  const row = await reader
    .selectFrom('campaign_terms')
    .select('terms')
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', campaign)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return row.terms as Terms;
}

/** The number of the next version of a campaign's terms. The campaign is locked by the caller. */
export async function getNextTermsVersion(reader: Reader, cluster: Id, campaign: Id): Promise<number> {
  const row = await reader
    .selectFrom('campaign_terms')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', campaign)
    .executeTakeFirst();
  return (row?.version ?? 0) + 1;
}

export const insertTerms = (
  writer: Writer,
  cluster: Id,
  campaign: Id,
  version: number,
  terms: Terms,
  label: string | null,
) =>
  writer
    .insertInto('campaign_terms')
    .values({ cluster_id: cluster, campaign_id: campaign, version, label, terms: JSON.stringify(terms) })
    .execute();

const needOf = (row: {
  need_id: string;
  company_id: string;
  body: object;
  channel: NeedChannel;
  created_at: Date;
  updated_at: Date;
  row_version: number;
}): Need => ({
  id: row.need_id,
  company: row.company_id,
  body: row.body as Record<string, unknown>,
  channel: row.channel,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  rowVersion: row.row_version,
});
const NEED = ['need_id', 'company_id', 'body', 'channel', 'created_at', 'updated_at', 'row_version'] as const;

/** The needs that the reader may see (row-level security decides), oldest first; of one company if given. */
export async function listNeeds(
  reader: Reader,
  cluster: Id,
  campaign: Id,
  options: { company?: Id; limit: number },
): Promise<Need[]> {
  let query = reader
    .selectFrom('need')
    .select(NEED)
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', campaign)
    .where('withdrawn_at', 'is', null)
    .orderBy('created_at')
    .orderBy('need_id')
    .limit(options.limit);
  if (options.company !== undefined) query = query.where('company_id', '=', options.company);
  return (await query.execute()).map(needOf);
}

export async function findNeed(
  reader: Reader,
  cluster: Id,
  need: Id,
): Promise<(Need & { campaign: Id }) | null> {
  const row = await reader
    .selectFrom('need')
    .select([...NEED, 'campaign_id'])
    .where('cluster_id', '=', cluster)
    .where('need_id', '=', need)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return row ? { ...needOf(row), campaign: row.campaign_id } : null;
}

export const insertNeed = (
  writer: Writer,
  cluster: Id,
  need: { id: Id; campaign: Id; company: Id; body: object; channel: NeedChannel; by: Id | null; at: Date },
) =>
  writer
    .insertInto('need')
    .values({
      cluster_id: cluster,
      need_id: need.id,
      campaign_id: need.campaign,
      company_id: need.company,
      body: JSON.stringify(need.body),
      channel: need.channel,
      entered_by: need.by,
      created_at: need.at,
      updated_at: need.at,
    })
    .execute();

/** Changes a need that is still at `rowVersion`; false when somebody else changed it first. */
export async function updateNeed(
  writer: Writer,
  cluster: Id,
  need: Id,
  rowVersion: number,
  set: { body?: object; withdrawnAt?: Date; at: Date; by: Id | null },
): Promise<boolean> {
  const result = await writer
    .updateTable('need')
    .set((eb) => ({
      ...(set.body === undefined ? {} : { body: JSON.stringify(set.body) }),
      ...(set.withdrawnAt === undefined ? {} : { withdrawn_at: set.withdrawnAt }),
      updated_at: set.at,
      entered_by: set.by,
      row_version: eb('row_version', '+', 1),
    }))
    .where('cluster_id', '=', cluster)
    .where('need_id', '=', need)
    .where('row_version', '=', rowVersion)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Member companies that may take part on a day, by name, with the group that secrecy counts. */
export async function listParties(reader: Reader, cluster: Id, day: string): Promise<Party[]> {
  const rows = await reader
    .selectFrom('organisation')
    .select(['organisation_id', 'name', 'group_id', 'town'])
    .where('cluster_id', '=', cluster)
    .where('kind', '=', 'member')
    .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>', day)]))
    .orderBy('sort_name')
    .orderBy('organisation_id')
    .limit(10_000)
    .execute();
  return rows.map((row) => ({
    id: row.organisation_id,
    name: row.name,
    group: row.group_id ?? row.organisation_id,
    town: row.town,
  }));
}

/** Companies with at least one delegate or deputy on a day: those whose answer is awaited, with whom to write to. */
export const listDelegates = (reader: Reader, cluster: Id, day: string) =>
  reader
    .selectFrom('role_held as r')
    .innerJoin('person as p', (join) =>
      join.onRef('p.cluster_id', '=', 'r.cluster_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .select(['r.organisation_id', 'p.person_id', 'p.name', 'p.email', 'p.lang'])
    .where('r.cluster_id', '=', cluster)
    .where('r.role', 'in', ['delegate', 'deputy'])
    .where('r.starts_on', '<=', day)
    .where((eb) => eb.or([eb('r.ends_on', 'is', null), eb('r.ends_on', '>=', day)]))
    .orderBy('r.role')
    .orderBy('p.name')
    .execute();

/** Answers other than needs ("nothing for us") and reminders, as the reader may see them. */
export const listAnswers = (reader: Reader, cluster: Id, campaign: Id) =>
  reader
    .selectFrom('campaign_answer')
    .select(['company_id', 'answered_none_at', 'reminded_at', 'reminders'])
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', campaign)
    .execute();

export const upsertAnswer = (
  writer: Writer,
  cluster: Id,
  campaign: Id,
  company: Id,
  set: { answered_none_at?: Date | null; reminded_at?: Date },
) =>
  writer
    .insertInto('campaign_answer')
    .values({
      cluster_id: cluster,
      campaign_id: campaign,
      company_id: company,
      answered_none_at: set.answered_none_at ?? null,
      reminded_at: set.reminded_at ?? null,
      reminders: set.reminded_at ? 1 : 0,
    })
    .onConflict((oc) =>
      oc.constraint('campaign_answer_pk').doUpdateSet((eb) => ({
        ...set,
        ...(set.reminded_at ? { reminders: eb('campaign_answer.reminders', '+', 1) } : {}),
      })),
    )
    .execute();

export async function findTotals<T extends object>(
  reader: Reader,
  cluster: Id,
  campaign: Id,
  stage: 'bands' | 'exact' | 'plan',
): Promise<{ asOf: Date; body: T } | null> {
  const row = await reader
    .selectFrom('campaign_totals')
    .select(['as_of', 'body'])
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', campaign)
    .where('stage', '=', stage)
    .executeTakeFirst();
  return row ? { asOf: row.as_of, body: row.body as T } : null;
}

export const upsertTotals = (
  writer: Writer,
  cluster: Id,
  campaign: Id,
  stage: 'bands' | 'exact' | 'plan',
  body: object,
  asOf: Date,
) =>
  writer
    .insertInto('campaign_totals')
    .values({ cluster_id: cluster, campaign_id: campaign, stage, as_of: asOf, body: JSON.stringify(body) })
    .onConflict((oc) =>
      oc.constraint('campaign_totals_pk').doUpdateSet({ as_of: asOf, body: JSON.stringify(body) }),
    )
    .execute();

export async function findTotalsBasis(
  reader: Reader,
  cluster: Id,
  campaign: Id,
): Promise<Record<string, string> | null> {
  const row = await reader
    .selectFrom('campaign_totals_basis')
    .select('fingerprints')
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', campaign)
    .executeTakeFirst();
  return row ? (row.fingerprints as Record<string, string>) : null;
}

export const upsertTotalsBasis = (writer: Writer, cluster: Id, campaign: Id, fingerprints: object) =>
  writer
    .insertInto('campaign_totals_basis')
    .values({ cluster_id: cluster, campaign_id: campaign, fingerprints: JSON.stringify(fingerprints) })
    .onConflict((oc) =>
      oc.constraint('campaign_totals_basis_pk').doUpdateSet({ fingerprints: JSON.stringify(fingerprints) }),
    )
    .execute();

const PLAN = [
  'plan_id',
  'campaign_id',
  'label',
  'terms_version',
  'state',
  'seed',
  'seconds',
  'cost',
  'bound',
  'checked',
  'progress',
  'attempts',
  'failure',
  'requested_at',
  'started_at',
  'finished_at',
] as const;

const planOf = (row: {
  plan_id: string;
  campaign_id: string;
  label: string;
  terms_version: number;
  state: Plan['state'];
  seed: number;
  seconds: number;
  cost: number | null;
  bound: number | null;
  checked: boolean;
  progress: object | null;
  attempts: number;
  failure: string | null;
  requested_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}): Plan => ({
  id: row.plan_id,
  campaign: row.campaign_id,
  label: row.label,
  termsVersion: row.terms_version,
  state: row.state,
  seed: row.seed,
  seconds: row.seconds,
  cost: row.cost,
  bound: row.bound,
  checked: row.checked,
  progress: row.progress as PlanProgress | null,
  attempts: row.attempts,
  failure: row.failure,
  requestedAt: row.requested_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});

/** Plans of a campaign, the latest asked for first (50 at most). */
export const listPlans = async (reader: Reader, cluster: Id, campaign: Id): Promise<Plan[]> =>
  (
    await reader
      .selectFrom('plan')
      .select(PLAN)
      .where('cluster_id', '=', cluster)
      .where('campaign_id', '=', campaign)
      .orderBy('requested_at', 'desc')
      .limit(50)
      .execute()
  ).map(planOf);

export async function findPlan(reader: Reader, cluster: Id, plan: Id): Promise<Plan | null> {
  const row = await reader
    .selectFrom('plan')
    .select(PLAN)
    .where('cluster_id', '=', cluster)
    .where('plan_id', '=', plan)
    .executeTakeFirst();
  return row ? planOf(row) : null;
}

/** The problem a plan answers and the answer; nulls until it is done. */
export async function findPlanDocuments(
  reader: Reader,
  cluster: Id,
  plan: Id,
): Promise<{ problem: object; solution: object } | null> {
  const row = await reader
    .selectFrom('plan')
    .select(['problem', 'solution'])
    .where('cluster_id', '=', cluster)
    .where('plan_id', '=', plan)
    .executeTakeFirst();
  return row?.problem && row.solution ? { problem: row.problem, solution: row.solution } : null;
}

export const insertPlan = (
  writer: Writer,
  cluster: Id,
  plan: {
    id: Id;
    campaign: Id;
    label: string;
    termsVersion: number;
    seed: number;
    seconds: number;
    problem: object;
    by: Id | null;
    at: Date;
  },
) =>
  writer
    .insertInto('plan')
    .values({
      cluster_id: cluster,
      plan_id: plan.id,
      campaign_id: plan.campaign,
      label: plan.label,
      terms_version: plan.termsVersion,
      seed: plan.seed,
      seconds: plan.seconds,
      problem: JSON.stringify(plan.problem),
      requested_by: plan.by,
      requested_at: plan.at,
    })
    .execute();

export const updatePlan = (
  writer: Writer,
  cluster: Id,
  plan: Id,
  set: {
    state?: Plan['state'];
    solution?: object;
    cost?: number;
    bound?: number | null;
    checked?: boolean;
    progress?: PlanProgress;
    failure?: string | null;
    started_at?: Date;
    finished_at?: Date;
    attempts?: number;
  },
) => {
  const { solution, progress, ...plain } = set;
  return writer
    .updateTable('plan')
    .set({
      ...plain,
      ...(solution === undefined ? {} : { solution: JSON.stringify(solution) }),
      ...(progress === undefined ? {} : { progress: JSON.stringify(progress) }),
    })
    .where('cluster_id', '=', cluster)
    .where('plan_id', '=', plan)
    .execute();
};

/** One company's part of a plan. */
export const insertShares = async (
  writer: Writer,
  cluster: Id,
  plan: Id,
  campaign: Id,
  shares: readonly { company: Id; body: object }[],
): Promise<void> => {
  if (shares.length === 0) return;
  await writer
    .insertInto('plan_share')
    .values(
      shares.map((share) => ({
        cluster_id: cluster,
        plan_id: plan,
        campaign_id: campaign,
        company_id: share.company,
        body: JSON.stringify(share.body),
      })),
    )
    .onConflict((oc) => oc.constraint('plan_share_pk').doNothing())
    .execute();
};

export const updateSharesPublished = (writer: Writer, cluster: Id, plan: Id, at: Date) =>
  writer
    .updateTable('plan_share')
    .set({ published_at: at })
    .where('cluster_id', '=', cluster)
    .where('plan_id', '=', plan)
    .execute();

/** The shares of a plan that the reader may see. */
export const listShares = (reader: Reader, cluster: Id, plan: Id) =>
  reader
    .selectFrom('plan_share')
    .select(['company_id', 'body', 'published_at'])
    .where('cluster_id', '=', cluster)
    .where('plan_id', '=', plan)
    .execute();

/** The latest version of a what-if's terms. */
export async function findScenarioVersion(
  reader: Reader,
  cluster: Id,
  campaign: Id,
  label: string,
): Promise<number | null> {
  const row = await reader
    .selectFrom('campaign_terms')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', campaign)
    .where('label', '=', label)
    .executeTakeFirst();
  return row?.version ?? null;
}

/** The what-ifs of a campaign, by their latest version. */
export const listScenarios = (reader: Reader, cluster: Id, campaign: Id) =>
  reader
    .selectFrom('campaign_terms')
    .select((eb) => ['label', eb.fn.max('version').as('version')])
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', campaign)
    .where('label', 'is not', null)
    .groupBy('label')
    .orderBy('version', 'desc')
    .limit(50)
    .execute();

/** The versions of a campaign's terms with their what-if's name; '' for the call's own. */
export async function listTermsLabels(
  reader: Reader,
  cluster: Id,
  campaign: Id,
): Promise<Map<number, string>> {
  const rows = await reader
    .selectFrom('campaign_terms')
    .select(['version', 'label'])
    .where('cluster_id', '=', cluster)
    .where('campaign_id', '=', campaign)
    .execute();
  return new Map(rows.map((row) => [row.version, row.label ?? '']));
}

/** Takes a plan to work on: running from now, unless it is finished or was tried too often. */
export async function updatePlanTaken(
  writer: Writer,
  cluster: Id,
  plan: Id,
  at: Date,
): Promise<{ campaign: Id; problem: object; seed: number; seconds: number; attempts: number } | null> {
  const row = await writer
    .updateTable('plan')
    .set((eb) => ({ state: 'running', attempts: eb('attempts', '+', 1), started_at: at }))
    .where('cluster_id', '=', cluster)
    .where('plan_id', '=', plan)
    .where('state', 'in', ['queued', 'running', 'stopping'])
    .returning(['campaign_id', 'problem', 'seed', 'seconds', 'attempts'])
    .executeTakeFirst();
  return row?.problem
    ? {
        campaign: row.campaign_id,
        problem: row.problem,
        seed: row.seed,
        seconds: row.seconds,
        attempts: row.attempts,
      }
    : null;
}

/** The clusters of this installation, as the program itself sees them. */
export const listClusters = async (reader: Reader): Promise<Id[]> =>
  (await reader.selectFrom('cluster').select('cluster_id').execute()).map((row) => row.cluster_id);

/** All open campaigns of a cluster. */
export const listOpenCampaigns = async (reader: Reader, cluster: Id): Promise<Campaign[]> =>
  (
    await reader
      .selectFrom('campaign')
      .select(CAMPAIGN)
      .where('cluster_id', '=', cluster)
      .where('state', '=', 'open')
      .limit(1000)
      .execute()
  ).map(campaignOf);

/** Member companies with what a file may name them by. */
export const listPartyIdentifiers = async (reader: Reader, cluster: Id, day: string) =>
  (
    await reader
      .selectFrom('organisation')
      .select(['organisation_id', 'name', 'siren'])
      .where('cluster_id', '=', cluster)
      .where('kind', '=', 'member')
      .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>', day)]))
      .orderBy('sort_name')
      .limit(10_000)
      .execute()
  ).map((row) => ({ id: row.organisation_id, name: row.name, siren: row.siren }));

const NEEDS_IMPORT = 'campaign-needs';

export const insertImportDraft = (writer: Writer, cluster: Id, id: Id, draft: NeedsDraft, by: Id | null) =>
  writer
    .insertInto('import_draft')
    .values({
      cluster_id: cluster,
      import_id: id,
      purpose: NEEDS_IMPORT,
      subject_id: draft.campaign,
      file_name: draft.fileName,
      columns: JSON.stringify(draft.missing),
      lines: JSON.stringify(draft.lines),
      mapping: JSON.stringify({ termsVersion: draft.termsVersion }),
      created_by: by,
    })
    .execute();

export async function findImportDraft(reader: Reader, cluster: Id, id: Id): Promise<NeedsDraft | null> {
  const row = await reader
    .selectFrom('import_draft')
    .select(['file_name', 'subject_id', 'columns', 'lines', 'mapping'])
    .where('cluster_id', '=', cluster)
    .where('import_id', '=', id)
    .where('purpose', '=', NEEDS_IMPORT)
    .executeTakeFirst();
  return row?.subject_id
    ? {
        fileName: row.file_name,
        campaign: row.subject_id,
        termsVersion: (row.mapping as { termsVersion: number }).termsVersion,
        missing: row.columns as string[],
        lines: row.lines as NeedsDraft['lines'],
      }
    : null;
}

export const deleteImportDraft = (writer: Writer, cluster: Id, id: Id) =>
  writer.deleteFrom('import_draft').where('cluster_id', '=', cluster).where('import_id', '=', id).execute();
