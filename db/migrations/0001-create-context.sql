-- Who is asking, as the transaction says it (platform/db/actor.ts sets these), and the one way a table is closed.
-- A custom setting reads '' after the transaction that set it locally, hence nullif.
create schema app;
grant usage on schema app to grappe_app;

create function app.cluster() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('grappe.cluster', true), '')::uuid $$;
create function app.company() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('grappe.company', true), '')::uuid $$;
create function app.person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('grappe.person', true), '')::uuid $$;
create function app.role() returns text language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('grappe.role', true), ''), 'nobody') $$;

-- The secretariat's staff, and the program's own jobs acting for the cluster.
create function app.is_staff() returns boolean language sql stable parallel safe
  as $$ select app.role() in ('secretary', 'system') $$;
-- Anybody with a mandate or a company in this cluster.
create function app.is_signed_in() returns boolean language sql stable parallel safe
  as $$ select app.role() in ('secretary', 'system', 'treasurer', 'president', 'board', 'delegate') $$;
-- A delegate reads and writes for its own company; officers act for the cluster, so they have a rival's view.
create function app.is_own(company uuid) returns boolean language sql stable parallel safe
  as $$ select app.role() = 'delegate' and company = app.company() $$;

-- Closes a table: forced row-level security, and no row of another cluster whatever the other policies say.
create procedure app.protect(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy same_cluster on %s as restrictive using (cluster_id = app.cluster()) with check (cluster_id = app.cluster())', target);
end $$;
