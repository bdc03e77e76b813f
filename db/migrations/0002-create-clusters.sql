create table cluster (
  cluster_id uuid not null,
  slug text not null,
  name text not null,
  hosts text[] not null default '{}',
  is_default boolean not null default false,
  is_demo boolean not null default false,
  identity jsonb not null,
  seeded_at timestamptz not null default now(),
  constraint cluster_pk primary key (cluster_id),
  constraint cluster_slug_unique unique (slug)
);
alter table cluster enable row level security;
alter table cluster force row level security;
-- The program finds the cluster of a request by its host before anybody is known.
create policy cluster_read on cluster for select using (cluster_id = app.cluster() or (app.role() = 'system' and app.cluster() is null));
create policy cluster_found on cluster for insert with check (app.role() = 'system');
create policy cluster_edit on cluster for update using (cluster_id = app.cluster() and app.is_staff());
grant select, insert, update on cluster to grappe_app;

-- A published figure or record: never without its date, its definition and its source.
create table public_fact (
  cluster_id uuid not null,
  fact_key text not null,
  kind text not null,
  position integer not null default 0,
  body jsonb not null,
  as_of date not null,
  constraint public_fact_pk primary key (cluster_id, fact_key),
  constraint public_fact_cluster foreign key (cluster_id) references cluster (cluster_id),
  constraint public_fact_kind check (kind in ('figure', 'record', 'edition', 'action'))
);
call app.protect('public_fact');
create policy public_fact_read on public_fact for select using (true);
create policy public_fact_write on public_fact for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update, delete on public_fact to grappe_app;
