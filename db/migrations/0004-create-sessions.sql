-- Only hashes of secrets are kept: a copy of these tables signs nobody in.
create table login_token (
  cluster_id uuid not null,
  token_hash text not null,
  person_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint login_token_pk primary key (cluster_id, token_hash),
  constraint login_token_person foreign key (cluster_id, person_id) references person (cluster_id, person_id) on delete cascade
);
create index login_token_by_expiry on login_token (cluster_id, expires_at);
call app.protect('login_token');
create policy login_token_system on login_token for all using (app.role() = 'system') with check (app.role() = 'system');
grant select, insert, update, delete on login_token to grappe_app;

create table session (
  cluster_id uuid not null,
  session_id uuid not null,
  token_hash text not null,
  person_id uuid not null,
  role_id uuid,
  method text not null,
  agent text not null default '',
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint session_pk primary key (cluster_id, session_id),
  constraint session_token_unique unique (cluster_id, token_hash),
  constraint session_person foreign key (cluster_id, person_id) references person (cluster_id, person_id) on delete cascade,
  constraint session_method check (method in ('link', 'demo', 'setup'))
);
create index session_by_person on session (cluster_id, person_id);
call app.protect('session');
create policy session_own on session for all
  using (app.role() = 'system' or person_id = app.person()) with check (app.role() = 'system' or person_id = app.person());
grant select, insert, update, delete on session to grappe_app;
