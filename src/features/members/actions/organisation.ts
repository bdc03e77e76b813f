import type { z } from 'zod';
import { dateOf } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import { ok } from '../../../kernel/result.ts';
import { type ActionContext, action, refuse } from '../../../platform/action.ts';
import { staffOnly } from '../../../platform/permit.ts';
import { createForm, headcountForm, siteForm, updateForm } from '../forms.ts';
import { headcountBand, headsOf } from '../rules/bands.ts';
import { decideOrganisation, decideSiret } from '../rules/organisation.ts';
import { derivedText, foldText } from '../rules/search.ts';
import {
  findOrganisation,
  findOrganisationParts,
  insertGroup,
  insertOrganisation,
  insertOrUpdateHeadcount,
  insertOrUpdateSite,
  listGroups,
  lockOrganisation,
  updateDepartments,
  updateOrganisation,
  updateOtherSites,
} from '../store/organisation.ts';
import type { Organisation } from '../types.ts';

const constraints = {
  organisation_siren_unique: 'siren-taken',
  site_siret_unique: 'siret-taken',
  organisation_department_department: 'no-such-department',
};

/** The group of a name, made when the cluster does not know it; null for no name. */
async function groupOf({ writer, actor, newId }: ActionContext, name: string): Promise<Id | null> {
  if (name === '') return null;
  const wanted = foldText(name);
  const known = (await listGroups(writer, actor.cluster)).find((group) => foldText(group.name) === wanted);
  if (known) return known.id;
  const group_id = newId();
  await insertGroup(writer, { cluster_id: actor.cluster, group_id, name });
  return group_id;
}

/** Adds an organisation with its head office. */
export const createOrganisation = action({
  name: 'members.organisation.create',
  summary: 'Add a member, partner or provider with its head office',
  form: createForm,
  permit: staffOnly,
  constraints,
  async run(context, input) {
    const { writer, actor, newId } = context;
    const sirets = input.siret === null ? [] : [input.siret];
    const wrongSiret = decideSiret(input.siret, input.siren);
    if (!wrongSiret.ok) return wrongSiret;
    const decided = decideOrganisation({ ...input, sirets });
    if (!decided.ok) return decided;
    const id = newId();
    await insertOrganisation(writer, {
      cluster_id: actor.cluster,
      organisation_id: id,
      kind: input.kind,
      name: input.name,
      former_names: input.formerNames,
      siren: input.siren,
      group_id: await groupOf(context, input.group),
      activity: input.activity,
      naf_rev2: input.nafRev2,
      naf_2025: input.naf2025,
      headcount_band: 'NN',
      town: input.town,
      joined_on: input.joinedOn,
      left_on: input.leftOn,
      ...derivedText(input),
    });
    await insertOrUpdateSite(writer, {
      cluster_id: actor.cluster,
      site_id: newId(),
      organisation_id: id,
      name: input.town,
      siret: input.siret,
      town: input.town,
      postcode: input.postcode,
      commune_code: '',
      is_head_office: true,
    });
    await updateDepartments(writer, actor.cluster, id, input.departments);
    return ok({
      value: { id, name: input.name },
      audit: {
        audience: 'members',
        subject: id,
        company: id,
        details: { name: input.name, kind: input.kind },
      },
    });
  },
});

/** What differs, by the names of the form. */
function changedFields(
  before: Organisation,
  after: z.output<typeof updateForm>,
  group: string | null,
): string[] {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const pairs: readonly [string, unknown, unknown][] = [
    ['kind', before.kind, after.kind],
    ['name', before.name, after.name],
    ['formerNames', before.formerNames, after.formerNames],
    ['siren', before.siren, after.siren],
    ['group', before.group?.id ?? null, group],
    ['activity', before.activity, after.activity],
    ['nafRev2', before.nafRev2, after.nafRev2],
    ['naf2025', before.naf2025, after.naf2025],
    ['joinedOn', before.joinedOn, after.joinedOn],
    ['leftOn', before.leftOn, after.leftOn],
  ];
  return pairs.filter(([, a, b]) => !same(a, b)).map(([name]) => name);
}

/** Changes an organisation, over the version that was read. */
export const updateOrganisationAction = action({
  name: 'members.organisation.update',
  summary: 'Change what is known of an organisation',
  form: updateForm,
  permit: staffOnly,
  constraints,
  async run(context, input) {
    const { writer, actor } = context;
    const locked = await lockOrganisation(writer, actor.cluster, input.organisation);
    if (!locked) return refuse('no-such-organisation');
    if (locked.row_version !== input.version) return refuse('edited-meanwhile');
    const before = (await findOrganisation(writer, actor.cluster, input.organisation))!;
    const parts = await findOrganisationParts(writer, actor.cluster, input.organisation);
    const sirets = parts.sites.flatMap((site) => (site.siret === null ? [] : [site.siret]));
    const decided = decideOrganisation({ ...input, sirets });
    if (!decided.ok) return decided;
    const group = await groupOf(context, input.group);
    await updateOrganisation(writer, actor.cluster, input.organisation, input.version, {
      kind: input.kind,
      name: input.name,
      former_names: input.formerNames,
      siren: input.siren,
      group_id: group,
      activity: input.activity,
      naf_rev2: input.nafRev2,
      naf_2025: input.naf2025,
      joined_on: input.joinedOn,
      left_on: input.leftOn,
      ...derivedText({ ...input, town: before.town }),
    });
    await updateDepartments(writer, actor.cluster, input.organisation, input.departments);
    const fields = changedFields(before, input, group);
    const departments = parts.departments.map((d) => d.id).sort();
    if (departments.join() !== [...new Set(input.departments)].sort().join()) fields.push('departments');
    return ok({
      value: { id: input.organisation, name: input.name },
      audit: {
        audience: 'members',
        subject: input.organisation,
        company: input.organisation,
        details: {
          name: input.name,
          fields: fields.join(','),
          ...(before.name === input.name ? {} : { formerly: before.name }),
        },
      },
    });
  },
});

/** Adds or changes a site. The first site is the head office, and the head office's town is the organisation's. */
export const saveSite = action({
  name: 'members.site.save',
  summary: 'Add or change a site of an organisation',
  form: siteForm,
  permit: staffOnly,
  constraints,
  async run({ writer, actor, newId }, input) {
    const locked = await lockOrganisation(writer, actor.cluster, input.organisation);
    if (!locked) return refuse('no-such-organisation');
    if (locked.row_version !== input.version) return refuse('edited-meanwhile');
    const decided = decideSiret(input.siret, locked.siren);
    if (!decided.ok) return decided;
    const before = (await findOrganisation(writer, actor.cluster, input.organisation))!;
    const { sites } = await findOrganisationParts(writer, actor.cluster, input.organisation);
    const known = sites.find((site) => site.id === input.site);
    if (input.site !== null && !known) return refuse('no-such-site');
    const siteId = known?.id ?? newId();
    // An organisation with sites has one head office: it moves by naming another, never by taking the mark off.
    const isHeadOffice =
      input.isHeadOffice || known?.isHeadOffice === true || !sites.some((site) => site.isHeadOffice);
    if (isHeadOffice) await updateOtherSites(writer, actor.cluster, input.organisation, siteId);
    await insertOrUpdateSite(writer, {
      cluster_id: actor.cluster,
      site_id: siteId,
      organisation_id: input.organisation,
      name: input.name,
      siret: input.siret,
      town: input.town,
      postcode: input.postcode,
      commune_code: input.communeCode,
      is_head_office: isHeadOffice,
    });
    const moved = isHeadOffice ? { town: input.town, ...derivedText({ ...before, town: input.town }) } : {};
    await updateOrganisation(writer, actor.cluster, input.organisation, input.version, moved);
    return ok({
      value: { id: input.organisation, name: input.name },
      audit: {
        audience: 'members',
        subject: input.organisation,
        company: input.organisation,
        details: { site: input.name, town: input.town, added: known === undefined },
      },
    });
  },
});

/** Records how many people work on a site in a year; the organisation's band follows. */
export const recordHeadcount = action({
  name: 'members.headcount.record',
  summary: 'Record the headcount of a site for a year',
  form: headcountForm,
  permit: staffOnly,
  async run({ writer, actor, now }, input) {
    const locked = await lockOrganisation(writer, actor.cluster, input.organisation);
    if (!locked) return refuse('no-such-organisation');
    if (locked.row_version !== input.version) return refuse('edited-meanwhile');
    const year = dateOf(now).year;
    if (input.year > year) return refuse('year-to-come', { max: year });
    if (input.isPublic && input.source === '') return refuse('public-without-source');
    const { sites, headcounts } = await findOrganisationParts(writer, actor.cluster, input.organisation);
    const site = sites.find(({ id }) => id === input.site);
    if (!site) return refuse('no-such-site');
    await insertOrUpdateHeadcount(writer, {
      cluster_id: actor.cluster,
      site_id: input.site,
      organisation_id: input.organisation,
      year: input.year,
      heads: input.heads,
      is_public: input.isPublic,
      source: input.source,
    });
    const others = headcounts.filter((h) => !(h.siteId === input.site && h.year === input.year));
    const band = headcountBand(
      headsOf([...others, { siteId: input.site, year: input.year, heads: input.heads }]),
    );
    await updateOrganisation(writer, actor.cluster, input.organisation, input.version, {
      headcount_band: band,
    });
    return ok({
      value: { id: input.organisation, name: locked.name },
      audit: {
        // An exact headcount is read by the staff and the company only.
        audience: 'company',
        subject: input.organisation,
        company: input.organisation,
        details: { site: site.name, year: input.year, heads: input.heads },
      },
    });
  },
});
