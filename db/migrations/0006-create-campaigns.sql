-- One life for everything done together. What differs between kinds (terms, needs, problems, plans) is a
-- document that the kind's own schema checks; who may see it does not differ, so it is closed here.
create table campaign (
  cluster_id uuid not null,
  campaign_id uuid not null,
  kind text not null,
  title text not null,
  state text not null default 'draft',
  -- The state that a postponed campaign returns to.
  resumes_as text,
  terms_version integer not null default 1,
  chosen_plan_id uuid,
  cloned_from uuid,
  row_version integer not null default 1,
  created_at timestamptz not null default now(),
  constraint campaign_pk primary key (cluster_id, campaign_id),
  constraint campaign_cluster foreign key (cluster_id) references cluster (cluster_id),
  constraint campaign_state check (state in
    ('draft', 'open', 'frozen', 'planned', 'offered', 'confirmed', 'running', 'settled', 'postponed', 'cancelled')),
  constraint campaign_title_given check (length(trim(title)) between 1 and 200)
);
create index campaign_by_time on campaign (cluster_id, created_at, campaign_id);
call app.protect('campaign');
create policy campaign_read on campaign for select using (app.is_staff() or (app.is_signed_in() and state <> 'draft'));
create policy campaign_write on campaign for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update on campaign to grappe_app;

-- Dates as promised. A change adds a version; none is edited.
create table campaign_version (
  cluster_id uuid not null,
  campaign_id uuid not null,
  version integer not null,
  opens_on date,
  answers_by timestamptz,
  plan_on date,
  accept_by timestamptz,
  starts_on date,
  reason text not null default '',
  decided_by text not null default '',
  decided_on date not null,
  created_at timestamptz not null default now(),
  constraint campaign_version_pk primary key (cluster_id, campaign_id, version),
  constraint campaign_version_campaign foreign key (cluster_id, campaign_id) references campaign (cluster_id, campaign_id)
);
call app.protect('campaign_version');
create policy campaign_version_read on campaign_version for select using (app.is_staff() or (app.is_signed_in() and exists
  (select 1 from campaign c where c.cluster_id = campaign_version.cluster_id and c.campaign_id = campaign_version.campaign_id)));
create policy campaign_version_add on campaign_version for insert with check (app.is_staff());
grant select, insert on campaign_version to grappe_app;

-- What is on offer: courses, offers, rules. Each edit is a version; a plan names the one it used. `label` marks a what-if.
create table campaign_terms (
  cluster_id uuid not null,
  campaign_id uuid not null,
  version integer not null,
  label text,
  terms jsonb not null,
  created_at timestamptz not null default now(),
  constraint campaign_terms_pk primary key (cluster_id, campaign_id, version),
  constraint campaign_terms_campaign foreign key (cluster_id, campaign_id) references campaign (cluster_id, campaign_id)
);
call app.protect('campaign_terms');
create policy campaign_terms_read on campaign_terms for select using (app.is_staff() or (app.is_signed_in() and label is null and exists
  (select 1 from campaign c where c.cluster_id = campaign_terms.cluster_id and c.campaign_id = campaign_terms.campaign_id)));
create policy campaign_terms_add on campaign_terms for insert with check (app.is_staff());
grant select, insert on campaign_terms to grappe_app;

-- How a campaign came to its present state.
create table campaign_transition (
  cluster_id uuid not null,
  campaign_id uuid not null,
  step integer not null,
  from_state text not null,
  to_state text not null,
  at timestamptz not null default now(),
  person_id uuid,
  reason text not null default '',
  constraint campaign_transition_pk primary key (cluster_id, campaign_id, step),
  constraint campaign_transition_campaign foreign key (cluster_id, campaign_id) references campaign (cluster_id, campaign_id)
);
call app.protect('campaign_transition');
create policy campaign_transition_read on campaign_transition for select using (app.is_staff() or (app.is_signed_in() and exists
  (select 1 from campaign c where c.cluster_id = campaign_transition.cluster_id and c.campaign_id = campaign_transition.campaign_id)));
create policy campaign_transition_add on campaign_transition for insert with check (app.is_staff());
grant select, insert on campaign_transition to grappe_app;

-- A company's private need. Only the secretariat and the company itself ever read it.
create table need (
  cluster_id uuid not null,
  need_id uuid not null,
  campaign_id uuid not null,
  company_id uuid not null,
  body jsonb not null,
  channel text not null default 'online',
  entered_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  row_version integer not null default 1,
  constraint need_pk primary key (cluster_id, need_id),
  constraint need_campaign foreign key (cluster_id, campaign_id) references campaign (cluster_id, campaign_id),
  constraint need_company foreign key (cluster_id, company_id) references organisation (cluster_id, organisation_id),
  constraint need_channel check (channel in ('online', 'phone', 'import'))
);
create index need_by_campaign on need (cluster_id, campaign_id, company_id, need_id);
call app.protect('need');
create policy need_read on need for select using (app.is_staff() or app.is_own(company_id));
create policy need_add on need for insert with check (app.is_staff() or app.is_own(company_id));
create policy need_change on need for update using (app.is_staff() or app.is_own(company_id)) with check (app.is_staff() or app.is_own(company_id));
grant select, insert, update on need to grappe_app;

-- "Nothing for us this time": an answer too. And when a silent company was reminded.
create table campaign_answer (
  cluster_id uuid not null,
  campaign_id uuid not null,
  company_id uuid not null,
  answered_none_at timestamptz,
  reminded_at timestamptz,
  reminders integer not null default 0,
  constraint campaign_answer_pk primary key (cluster_id, campaign_id, company_id),
  constraint campaign_answer_campaign foreign key (cluster_id, campaign_id) references campaign (cluster_id, campaign_id),
  constraint campaign_answer_company foreign key (cluster_id, company_id) references organisation (cluster_id, organisation_id)
);
call app.protect('campaign_answer');
create policy campaign_answer_read on campaign_answer for select using (app.is_staff() or app.is_own(company_id));
create policy campaign_answer_add on campaign_answer for insert with check (app.is_staff() or app.is_own(company_id));
create policy campaign_answer_change on campaign_answer for update using (app.is_staff() or app.is_own(company_id)) with check (app.is_staff() or app.is_own(company_id));
grant select, insert, update on campaign_answer to grappe_app;

-- Protected totals: the only thing about the others' needs that a rival can read. Written by the secretariat's jobs.
create table campaign_totals (
  cluster_id uuid not null,
  campaign_id uuid not null,
  stage text not null,
  as_of timestamptz not null,
  body jsonb not null,
  constraint campaign_totals_pk primary key (cluster_id, campaign_id, stage),
  constraint campaign_totals_campaign foreign key (cluster_id, campaign_id) references campaign (cluster_id, campaign_id),
  constraint campaign_totals_stage check (stage in ('bands', 'exact', 'plan'))
);
call app.protect('campaign_totals');
create policy campaign_totals_read on campaign_totals for select using (app.is_signed_in());
create policy campaign_totals_write on campaign_totals for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update, delete on campaign_totals to grappe_app;

-- What the last totals were computed from, a fingerprint a group: a refresh needs three changed groups.
create table campaign_totals_basis (
  cluster_id uuid not null,
  campaign_id uuid not null,
  fingerprints jsonb not null,
  constraint campaign_totals_basis_pk primary key (cluster_id, campaign_id),
  constraint campaign_totals_basis_campaign foreign key (cluster_id, campaign_id) references campaign (cluster_id, campaign_id)
);
call app.protect('campaign_totals_basis');
create policy campaign_totals_basis_staff on campaign_totals_basis for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update on campaign_totals_basis to grappe_app;

-- A plan: asked for, run, checked, kept whole with the problem it answers. The secretariat only.
create table plan (
  cluster_id uuid not null,
  plan_id uuid not null,
  campaign_id uuid not null,
  label text not null default '',
  terms_version integer not null,
  state text not null default 'queued',
  seed integer not null default 1,
  seconds integer not null default 10,
  problem jsonb,
  solution jsonb,
  cost bigint,
  bound bigint,
  checked boolean not null default false,
  progress jsonb,
  attempts integer not null default 0,
  failure text,
  requested_by uuid,
  requested_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  constraint plan_pk primary key (cluster_id, plan_id),
  constraint plan_campaign foreign key (cluster_id, campaign_id) references campaign (cluster_id, campaign_id),
  constraint plan_terms foreign key (cluster_id, campaign_id, terms_version) references campaign_terms (cluster_id, campaign_id, version),
  constraint plan_state check (state in ('queued', 'running', 'stopping', 'done', 'failed', 'cancelled')),
  constraint plan_done_is_checked check (state <> 'done' or (checked and solution is not null))
);
create index plan_by_campaign on plan (cluster_id, campaign_id, requested_at);
call app.protect('plan');
create policy plan_staff on plan for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update on plan to grappe_app;

-- One company's part of a plan. Its delegate reads it once the plan was offered.
create table plan_share (
  cluster_id uuid not null,
  plan_id uuid not null,
  campaign_id uuid not null,
  company_id uuid not null,
  body jsonb not null,
  published_at timestamptz,
  constraint plan_share_pk primary key (cluster_id, plan_id, company_id),
  constraint plan_share_plan foreign key (cluster_id, plan_id) references plan (cluster_id, plan_id),
  constraint plan_share_company foreign key (cluster_id, company_id) references organisation (cluster_id, organisation_id)
);
create index plan_share_by_company on plan_share (cluster_id, company_id, campaign_id);
call app.protect('plan_share');
create policy plan_share_read on plan_share for select
  using (app.is_staff() or (published_at is not null and app.is_own(company_id)));
create policy plan_share_write on plan_share for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update on plan_share to grappe_app;
