import type { Id } from '../../../kernel/ids.ts';
import type { Difference, ImportPlan, KnownCompany, KnownState, LineOutcome } from '../types.ts';
import { headcountBand, headsOf } from './bands.ts';
import { derivedText, foldText } from './search.ts';

type Written = Exclude<LineOutcome, { outcome: 'refused' }>;

/**
 * The rows that a confirmed difference writes. `site`: how the first site of a company is called; `source`: where a
 * headcount comes from; `today`: since when a delegate speaks for the company.
 */
export function planImport(
  difference: Difference,
  known: KnownState,
  words: { site: string; source: string; today: string },
  newId: () => Id,
): ImportPlan {
  const byId = new Map(known.companies.map((company) => [company.id, company]));
  const groups = new Map(known.groups.map((group) => [foldText(group.name), group.id]));
  const people = new Map([...known.people].map(([email, person]) => [email, person.id]));
  const plan: { -readonly [Key in keyof ImportPlan]: ImportPlan[Key][number][] } = {
    groups: [],
    newCompanies: [],
    changedCompanies: [],
    departments: [],
    sites: [],
    headcounts: [],
    people: [],
    roles: [],
  };

  const groupId = (name: string): Id => {
    const folded = foldText(name);
    const id = groups.get(folded) ?? newId();
    if (!groups.has(folded)) {
      groups.set(folded, id);
      plan.groups.push({ group_id: id, name });
    }
    return id;
  };

  const personId = ({ email, name, phone }: NonNullable<Written['values']['delegate']>): Id => {
    const id = people.get(email) ?? newId();
    if (!people.has(email)) {
      people.set(email, id);
      plan.people.push({ person_id: id, name: name ?? email, email, phone: phone ?? '' });
    }
    return id;
  };

  for (const line of difference.lines) {
    if (line.outcome === 'refused' || line.outcome === 'unchanged') continue;
    const company = line.companyId === null ? null : (byId.get(line.companyId) ?? null);
    const organisation_id = company?.id ?? newId();
    const { values } = line;
    const after = afterwards(line, company, groupId);
    const site = writtenSite(line, company, organisation_id, words.site, newId);
    const heads = values.heads;
    const band =
      heads === null || site === null ? null : bandAfter(company, site.site_id, values.headsYear, heads);
    if (company)
      plan.changedCompanies.push({
        organisation_id,
        version: company.version,
        ...after,
        headcount_band: band,
      });
    else plan.newCompanies.push({ organisation_id, kind: 'member', ...after, headcount_band: band ?? 'NN' });
    if (line.departments !== null)
      plan.departments.push({ organisation_id, department_ids: line.departments });
    if (site !== null) plan.sites.push(site);
    if (site !== null && heads !== null)
      plan.headcounts.push({
        site_id: site.site_id,
        organisation_id,
        year: values.headsYear,
        heads,
        source: words.source,
      });
    if (values.delegate !== null && !company?.delegates.includes(values.delegate.email))
      plan.roles.push({
        role_id: newId(),
        person_id: personId(values.delegate),
        role: 'delegate',
        organisation_id,
        starts_on: words.today,
      });
  }
  return plan;
}

/** An organisation's columns once the line is written: what the line leaves empty stays. */
function afterwards({ values, name }: Written, company: KnownCompany | null, groupId: (name: string) => Id) {
  const siren = values.siren ?? company?.siren ?? null;
  const formerNames = values.formerNames ?? company?.formerNames ?? [];
  const activity = values.activity ?? company?.activity ?? '';
  const town = values.town ?? company?.town ?? '';
  return {
    name,
    former_names: formerNames,
    siren,
    group_id: values.group === null ? (company?.groupId ?? null) : groupId(values.group),
    activity,
    naf_rev2: values.nafRev2 ?? company?.nafRev2 ?? null,
    naf_2025: values.naf2025 ?? company?.naf2025 ?? null,
    town,
    joined_on: values.joinedOn ?? company?.joinedOn ?? null,
    left_on: values.leftOn ?? company?.leftOn ?? null,
    ...derivedText({ name, formerNames, town, activity, siren }),
  };
}

/** The site a line writes: an existing one, or a first one where the line says anything about it. */
function writtenSite(
  { values, siteId }: Written,
  company: KnownCompany | null,
  organisation_id: Id,
  name: string,
  newId: () => Id,
): ImportPlan['sites'][number] | null {
  const said = [values.siret, values.town, values.postcode, values.heads].some((value) => value !== null);
  const site = company?.sites.find(({ id }) => id === siteId);
  if (!said) return null;
  return {
    site_id: site?.id ?? newId(),
    organisation_id,
    name,
    siret: values.siret ?? site?.siret ?? null,
    town: values.town ?? site?.town ?? '',
    postcode: values.postcode ?? site?.postcode ?? '',
    is_head_office: (company?.sites.length ?? 0) === 0,
  };
}

function bandAfter(company: KnownCompany | null, siteId: Id, year: number, heads: number): string {
  const counts = (company?.sites ?? []).flatMap((site) =>
    Object.entries(site.heads).map(([known, n]) => ({ siteId: site.id, year: Number(known), heads: n })),
  );
  const others = counts.filter((count) => !(count.siteId === siteId && count.year === year));
  return headcountBand(headsOf([...others, { siteId, year, heads }]));
}
