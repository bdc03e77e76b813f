create table organisation_group (
  cluster_id uuid not null,
  group_id uuid not null,
  name text not null,
  constraint organisation_group_pk primary key (cluster_id, group_id),
  constraint organisation_group_cluster foreign key (cluster_id) references cluster (cluster_id)
);
call app.protect('organisation_group');
create policy organisation_group_read on organisation_group for select using (app.is_signed_in());
create policy organisation_group_write on organisation_group for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update, delete on organisation_group to grappe_app;

create table department (
  cluster_id uuid not null,
  department_id uuid not null,
  slug text not null,
  name text not null,
  aliases text[] not null default '{}',
  constraint department_pk primary key (cluster_id, department_id),
  constraint department_slug_unique unique (cluster_id, slug),
  constraint department_cluster foreign key (cluster_id) references cluster (cluster_id)
);
call app.protect('department');
create policy department_read on department for select using (true);
create policy department_write on department for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update, delete on department to grappe_app;

create table organisation (
  cluster_id uuid not null,
  organisation_id uuid not null,
  kind text not null default 'member',
  name text not null,
  former_names text[] not null default '{}',
  siren text,
  group_id uuid,
  activity text not null default '',
  naf_rev2 text,
  naf_2025 text,
  -- INSEE headcount band code: what everybody may see; exact heads are in headcount.
  headcount_band text not null default 'NN',
  town text not null default '',
  -- Lower case without accents: name, former names, town, activity, SIREN. Written by the program.
  search_text text not null default '',
  -- Sorts as people expect, computed with it.
  sort_name text not null default '',
  illustrative boolean not null default false,
  facts jsonb not null default '[]',
  joined_on date,
  left_on date,
  row_version integer not null default 1,
  constraint organisation_pk primary key (cluster_id, organisation_id),
  constraint organisation_siren_unique unique (cluster_id, siren),
  constraint organisation_group_known foreign key (cluster_id, group_id) references organisation_group (cluster_id, group_id),
  constraint organisation_cluster foreign key (cluster_id) references cluster (cluster_id),
  constraint organisation_kind check (kind in ('member', 'partner', 'provider')),
  constraint organisation_siren_form check (siren ~ '^[0-9]{9}$'),
  constraint organisation_name_given check (length(trim(name)) between 1 and 200)
);
create index organisation_by_name on organisation (cluster_id, kind, sort_name, organisation_id);
create index organisation_by_town on organisation (cluster_id, kind, town, organisation_id);
create index organisation_by_band on organisation (cluster_id, kind, headcount_band, organisation_id);
call app.protect('organisation');
create policy organisation_read on organisation for select using (app.is_signed_in());
create policy organisation_write on organisation for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update, delete on organisation to grappe_app;

create table organisation_department (
  cluster_id uuid not null,
  organisation_id uuid not null,
  department_id uuid not null,
  constraint organisation_department_pk primary key (cluster_id, organisation_id, department_id),
  constraint organisation_department_organisation foreign key (cluster_id, organisation_id)
    references organisation (cluster_id, organisation_id) on delete cascade,
  constraint organisation_department_department foreign key (cluster_id, department_id)
    references department (cluster_id, department_id)
);
create index organisation_department_by_department on organisation_department (cluster_id, department_id, organisation_id);
call app.protect('organisation_department');
create policy organisation_department_read on organisation_department for select using (app.is_signed_in());
create policy organisation_department_write on organisation_department for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update, delete on organisation_department to grappe_app;

create table site (
  cluster_id uuid not null,
  site_id uuid not null,
  organisation_id uuid not null,
  name text not null,
  siret text,
  town text not null,
  postcode text not null default '',
  commune_code text not null default '',
  latitude double precision,
  longitude double precision,
  is_head_office boolean not null default false,
  constraint site_pk primary key (cluster_id, site_id),
  constraint site_siret_unique unique (cluster_id, siret),
  constraint site_organisation foreign key (cluster_id, organisation_id)
    references organisation (cluster_id, organisation_id) on delete cascade,
  constraint site_siret_form check (siret ~ '^[0-9]{14}$')
);
create index site_by_organisation on site (cluster_id, organisation_id);
call app.protect('site');
create policy site_read on site for select using (app.is_signed_in());
create policy site_write on site for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update, delete on site to grappe_app;

-- Exact heads a site and year. Rivals see the band of the organisation, unless the figure was published.
create table headcount (
  cluster_id uuid not null,
  site_id uuid not null,
  year integer not null,
  heads integer not null,
  organisation_id uuid not null,
  is_public boolean not null default false,
  source text not null default '',
  constraint headcount_pk primary key (cluster_id, site_id, year),
  constraint headcount_site foreign key (cluster_id, site_id) references site (cluster_id, site_id) on delete cascade,
  constraint headcount_heads check (heads between 0 and 1000000),
  constraint headcount_year check (year between 1900 and 2200)
);
create index headcount_by_organisation on headcount (cluster_id, organisation_id, year);
call app.protect('headcount');
create policy headcount_read on headcount for select
  using (app.is_staff() or app.is_own(organisation_id) or (is_public and app.is_signed_in()));
create policy headcount_write on headcount for all using (app.is_staff()) with check (app.is_staff());
grant select, insert, update, delete on headcount to grappe_app;

create table person (
  cluster_id uuid not null,
  person_id uuid not null,
  name text not null,
  email text not null,
  lang text not null default 'fr',
  phone text not null default '',
  demo_account text,
  constraint person_pk primary key (cluster_id, person_id),
  constraint person_cluster foreign key (cluster_id) references cluster (cluster_id),
  constraint person_lang check (lang in ('fr', 'en')),
  constraint person_demo_account_unique unique (cluster_id, demo_account)
);
create unique index person_email_unique on person (cluster_id, lower(email));

-- Dated roles: a person may hold several, in several companies; a mandate outlives an employer.
create table role_held (
  cluster_id uuid not null,
  role_id uuid not null,
  person_id uuid not null,
  role text not null,
  organisation_id uuid,
  starts_on date not null,
  ends_on date,
  constraint role_held_pk primary key (cluster_id, role_id),
  constraint role_held_person foreign key (cluster_id, person_id) references person (cluster_id, person_id) on delete cascade,
  constraint role_held_organisation foreign key (cluster_id, organisation_id)
    references organisation (cluster_id, organisation_id) on delete cascade,
  constraint role_held_role check (role in ('secretary', 'treasurer', 'president', 'board', 'delegate', 'deputy')),
  constraint role_held_company check (role not in ('delegate', 'deputy') or organisation_id is not null)
);
create index role_held_by_person on role_held (cluster_id, person_id);
create index role_held_by_organisation on role_held (cluster_id, organisation_id, role);

call app.protect('person');
call app.protect('role_held');
-- Personal data: the secretariat, oneself, and the people of one's own company.
create policy role_held_read on role_held for select
  using (app.is_staff() or person_id = app.person() or app.is_own(organisation_id));
create policy role_held_write on role_held for all using (app.is_staff()) with check (app.is_staff());
create policy person_read on person for select
  using (app.is_staff() or person_id = app.person()
    or exists (select 1 from role_held r where r.cluster_id = person.cluster_id and r.person_id = person.person_id and app.is_own(r.organisation_id)));
create policy person_write on person for all using (app.is_staff()) with check (app.is_staff());
create policy person_own_language on person for update using (person_id = app.person()) with check (person_id = app.person());
grant select, insert, update, delete on person, role_held to grappe_app;
