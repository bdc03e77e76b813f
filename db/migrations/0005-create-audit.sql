-- One line an action, written by the action itself. `audience` is who may read it, by the same rules as the data it speaks of.
create table audit (
  cluster_id uuid not null,
  audit_id bigint generated always as identity,
  at timestamptz not null default now(),
  person_id uuid,
  role text not null,
  company_id uuid,
  action text not null,
  audience text not null,
  subject_id uuid,
  details jsonb not null default '{}',
  constraint audit_pk primary key (cluster_id, audit_id),
  constraint audit_cluster foreign key (cluster_id) references cluster (cluster_id),
  constraint audit_audience check (audience in ('staff', 'company', 'members'))
);
create index audit_by_subject on audit (cluster_id, subject_id, audit_id);
call app.protect('audit');
create policy audit_read on audit for select
  using (app.is_staff() or (audience = 'company' and app.is_own(company_id)) or (audience = 'members' and app.is_signed_in()));
create policy audit_append on audit for insert with check (app.role() <> 'nobody');
grant select, insert on audit to grappe_app;

-- Mail waits here, written in the transaction that causes it; a job sends it once.
create table mail (
  cluster_id uuid not null,
  mail_id uuid not null,
  person_id uuid,
  to_address text not null,
  lang text not null,
  template text not null,
  data jsonb not null,
  state text not null default 'waiting',
  created_at timestamptz not null default now(),
  claimed_at timestamptz,
  sent_at timestamptz,
  failure text,
  constraint mail_pk primary key (cluster_id, mail_id),
  constraint mail_cluster foreign key (cluster_id) references cluster (cluster_id),
  constraint mail_state check (state in ('waiting', 'claimed', 'sent', 'failed'))
);
create index mail_by_time on mail (cluster_id, created_at, mail_id);
call app.protect('mail');
-- In the demo, where no mail leaves, a visitor reads the sign-in links of its fictive people.
create policy mail_read on mail for select using (app.is_staff() or person_id = app.person() or (app.role() = 'stranger' and template = 'sign-in'
    and exists (select 1 from cluster c where c.cluster_id = mail.cluster_id and c.is_demo)));
create policy mail_write on mail for insert with check (app.role() <> 'nobody');
create policy mail_progress on mail for update using (app.role() = 'system') with check (app.role() = 'system');
grant select, insert, update on mail to grappe_app;
