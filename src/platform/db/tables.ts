import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/**
 * The columns of db/migrations as TypeScript reads and writes them: dates as ISO text, instants as JS Date,
 * JSON read as values and written as text.
 */
export interface Tables {
  cluster: ClusterTable;
  public_fact: PublicFactTable;
  organisation_group: { cluster_id: string; group_id: string; name: string };
  department: {
    cluster_id: string;
    department_id: string;
    slug: string;
    name: string;
    aliases: Generated<string[]>;
  };
  organisation: OrganisationTable;
  organisation_department: { cluster_id: string; organisation_id: string; department_id: string };
  site: SiteTable;
  headcount: HeadcountTable;
  person: PersonTable;
  role_held: RoleHeldTable;
  login_token: LoginTokenTable;
  session: SessionTable;
  audit: AuditTable;
  mail: MailTable;
  campaign: CampaignTable;
  campaign_version: CampaignVersionTable;
  campaign_terms: CampaignTermsTable;
  campaign_transition: CampaignTransitionTable;
  need: NeedTable;
  campaign_answer: CampaignAnswerTable;
  campaign_totals: CampaignTotalsTable;
  campaign_totals_basis: { cluster_id: string; campaign_id: string; fingerprints: Json };
  plan: PlanTable;
  plan_share: PlanShareTable;
  import_draft: ImportDraftTable;
}

/** A document: read as a value of unknown shape (its owner parses it), written as JSON text. */
export type Json = JSONColumnType<object, string, string>;
type JsonOrNull = ColumnType<object | null, string | null, string | null>;
type Instant = ColumnType<Date, Date | undefined, Date>;
type InstantOrNull = ColumnType<Date | null, Date | null | undefined, Date | null>;

interface ClusterTable {
  cluster_id: string;
  slug: string;
  name: string;
  hosts: Generated<string[]>;
  is_default: Generated<boolean>;
  is_demo: Generated<boolean>;
  identity: Json;
  seeded_at: Instant;
}

interface PublicFactTable {
  cluster_id: string;
  fact_key: string;
  kind: 'figure' | 'record' | 'edition' | 'action';
  position: Generated<number>;
  body: Json;
  as_of: string;
}

export interface OrganisationTable {
  cluster_id: string;
  organisation_id: string;
  kind: Generated<'member' | 'partner' | 'provider'>;
  name: string;
  former_names: Generated<string[]>;
  siren: string | null;
  group_id: string | null;
  activity: Generated<string>;
  naf_rev2: string | null;
  naf_2025: string | null;
  headcount_band: Generated<string>;
  town: Generated<string>;
  search_text: Generated<string>;
  sort_name: Generated<string>;
  sort_town: Generated<string>;
  illustrative: Generated<boolean>;
  facts: ColumnType<object[], string | undefined, string>;
  joined_on: string | null;
  left_on: string | null;
  row_version: Generated<number>;
}

interface SiteTable {
  cluster_id: string;
  site_id: string;
  organisation_id: string;
  name: string;
  siret: string | null;
  town: string;
  postcode: Generated<string>;
  commune_code: Generated<string>;
  latitude: number | null;
  longitude: number | null;
  is_head_office: Generated<boolean>;
}

interface HeadcountTable {
  cluster_id: string;
  site_id: string;
  year: number;
  heads: number;
  organisation_id: string;
  is_public: Generated<boolean>;
  source: Generated<string>;
}

interface PersonTable {
  cluster_id: string;
  person_id: string;
  name: string;
  email: string;
  lang: Generated<'fr' | 'en'>;
  phone: Generated<string>;
  demo_account: string | null;
}

interface RoleHeldTable {
  cluster_id: string;
  role_id: string;
  person_id: string;
  role: 'secretary' | 'treasurer' | 'president' | 'board' | 'delegate' | 'deputy';
  organisation_id: string | null;
  starts_on: string;
  ends_on: string | null;
}

interface LoginTokenTable {
  cluster_id: string;
  token_hash: string;
  person_id: string;
  created_at: Instant;
  expires_at: Date;
  used_at: InstantOrNull;
}

interface SessionTable {
  cluster_id: string;
  session_id: string;
  token_hash: string;
  person_id: string;
  role_id: string | null;
  method: 'link' | 'demo' | 'setup';
  agent: Generated<string>;
  created_at: Instant;
  seen_at: Instant;
  expires_at: Date;
  revoked_at: InstantOrNull;
}

interface AuditTable {
  cluster_id: string;
  audit_id: ColumnType<number, never, never>;
  at: Instant;
  person_id: string | null;
  role: string;
  company_id: string | null;
  action: string;
  audience: 'staff' | 'company' | 'members';
  subject_id: string | null;
  details: Json;
}

interface MailTable {
  cluster_id: string;
  mail_id: string;
  person_id: string | null;
  to_address: string;
  lang: 'fr' | 'en';
  template: string;
  data: Json;
  state: Generated<'waiting' | 'claimed' | 'sent' | 'failed'>;
  created_at: Instant;
  claimed_at: InstantOrNull;
  sent_at: InstantOrNull;
  failure: string | null;
}

/** The states of a campaign's one life. */
export type CampaignState =
  | 'draft'
  | 'open'
  | 'frozen'
  | 'planned'
  | 'offered'
  | 'confirmed'
  | 'running'
  | 'settled'
  | 'postponed'
  | 'cancelled';

interface CampaignTable {
  cluster_id: string;
  campaign_id: string;
  kind: string;
  title: string;
  state: Generated<CampaignState>;
  resumes_as: CampaignState | null;
  terms_version: Generated<number>;
  chosen_plan_id: string | null;
  cloned_from: string | null;
  row_version: Generated<number>;
  created_at: Instant;
}

interface CampaignVersionTable {
  cluster_id: string;
  campaign_id: string;
  version: number;
  opens_on: string | null;
  answers_by: InstantOrNull;
  plan_on: string | null;
  accept_by: InstantOrNull;
  starts_on: string | null;
  reason: Generated<string>;
  decided_by: Generated<string>;
  decided_on: string;
  created_at: Instant;
}

interface CampaignTermsTable {
  cluster_id: string;
  campaign_id: string;
  version: number;
  label: string | null;
  terms: Json;
  created_at: Instant;
}

interface CampaignTransitionTable {
  cluster_id: string;
  campaign_id: string;
  step: number;
  from_state: string;
  to_state: string;
  at: Instant;
  person_id: string | null;
  reason: Generated<string>;
}

interface NeedTable {
  cluster_id: string;
  need_id: string;
  campaign_id: string;
  company_id: string;
  body: Json;
  channel: Generated<'online' | 'phone' | 'import'>;
  entered_by: string | null;
  created_at: Instant;
  updated_at: Instant;
  withdrawn_at: InstantOrNull;
  row_version: Generated<number>;
}

interface CampaignAnswerTable {
  cluster_id: string;
  campaign_id: string;
  company_id: string;
  answered_none_at: InstantOrNull;
  reminded_at: InstantOrNull;
  reminders: Generated<number>;
}

interface CampaignTotalsTable {
  cluster_id: string;
  campaign_id: string;
  stage: 'bands' | 'exact' | 'plan';
  as_of: Date;
  body: Json;
}

interface PlanTable {
  cluster_id: string;
  plan_id: string;
  campaign_id: string;
  label: Generated<string>;
  terms_version: number;
  state: Generated<'queued' | 'running' | 'stopping' | 'done' | 'failed' | 'cancelled'>;
  seed: Generated<number>;
  seconds: Generated<number>;
  problem: JsonOrNull;
  solution: JsonOrNull;
  cost: number | null;
  bound: number | null;
  checked: Generated<boolean>;
  progress: JsonOrNull;
  attempts: Generated<number>;
  failure: string | null;
  requested_by: string | null;
  requested_at: Instant;
  started_at: InstantOrNull;
  finished_at: InstantOrNull;
}

interface PlanShareTable {
  cluster_id: string;
  plan_id: string;
  campaign_id: string;
  company_id: string;
  body: Json;
  published_at: InstantOrNull;
}

interface ImportDraftTable {
  cluster_id: string;
  import_id: string;
  purpose: string;
  subject_id: string | null;
  file_name: string;
  columns: Json;
  lines: Json;
  mapping: Json;
  created_by: string | null;
  created_at: Instant;
  confirmed_at: InstantOrNull;
}
