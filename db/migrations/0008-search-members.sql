-- What the members list reads: sorts as people expect, in both directions, page after page by key, and searches
-- without accents. The program folds the text (lower case, no accents), so bytes order it and no locale is needed.
alter table organisation add column sort_town text not null default '';
alter table organisation alter column sort_name type text collate "C";
alter table organisation alter column sort_town type text collate "C";
alter table organisation alter column headcount_band type text collate "C";
alter table organisation alter column search_text type text collate "C";

-- Equal towns and equal bands go on by name; the id ends every tie.
drop index organisation_by_town;
drop index organisation_by_band;
create index organisation_by_town on organisation (cluster_id, kind, sort_town, sort_name, organisation_id);
create index organisation_by_band on organisation (cluster_id, kind, headcount_band, sort_name, organisation_id);

-- A substring is looked for in the rows of the cluster, 1.5 ms for 5,000 companies. A trigram index would lie
-- idle: under row-level security an operator that is not leakproof, as LIKE, may not run before the policies.
-- What costs is the policy itself, asked for every row; as a sub-select it is asked once a statement.
alter policy organisation_read on organisation using ((select app.is_signed_in()));
alter policy organisation_write on organisation using ((select app.is_staff())) with check ((select app.is_staff()));
alter policy organisation_department_read on organisation_department using ((select app.is_signed_in()));
alter policy organisation_department_write on organisation_department
  using ((select app.is_staff())) with check ((select app.is_staff()));
alter policy site_read on site using ((select app.is_signed_in()));
alter policy site_write on site using ((select app.is_staff())) with check ((select app.is_staff()));
alter policy headcount_read on headcount
  using ((select app.is_staff()) or app.is_own(organisation_id) or (is_public and (select app.is_signed_in())));
alter policy headcount_write on headcount using ((select app.is_staff())) with check ((select app.is_staff()));
alter policy role_held_read on role_held
  using ((select app.is_staff()) or person_id = (select app.person()) or app.is_own(organisation_id));
alter policy role_held_write on role_held using ((select app.is_staff())) with check ((select app.is_staff()));
alter policy person_write on person using ((select app.is_staff())) with check ((select app.is_staff()));

-- Drafts of files hold people's addresses: they are looked for by age to be deleted.
create index import_draft_by_time on import_draft (cluster_id, purpose, created_at);
