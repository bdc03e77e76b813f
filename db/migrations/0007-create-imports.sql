-- A file on its way in: kept from its upload to its one confirmed write, so that nothing typed or mapped is lost.
create table import_draft (
  cluster_id uuid not null,
  import_id uuid not null,
  purpose text not null,
  subject_id uuid,
  file_name text not null,
  columns jsonb not null,
  lines jsonb not null,
  mapping jsonb not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  constraint import_draft_pk primary key (cluster_id, import_id),
  constraint import_draft_cluster foreign key (cluster_id) references cluster (cluster_id)
);
call app.protect('import_draft');
create policy import_draft_staff on import_draft for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update, delete on import_draft to grappe_app;
