import { createHash } from 'node:crypto';
import type { Id } from '../../../kernel/ids.ts';
import type { SheetLine } from '../../../platform/sheet/sheet.ts';
import type {
  Change,
  Department,
  Difference,
  ImportField,
  KnownCompany,
  KnownSite,
  KnownState,
  LineOutcome,
  LineValues,
  Mapping,
  Reason,
} from '../types.ts';
import { type ReadLine, readLine } from './import-lines.ts';
import { foldText } from './search.ts';

/** Compares a file with what is known: the dry run. Writes nothing, asks nobody. */
export function explainDifference(
  lines: readonly SheetLine[],
  mapping: Mapping,
  known: KnownState,
  thisYear: number,
): Difference {
  const index = indexOf(known);
  const seen: Seen = {
    lines: new Map(),
    sirens: new Map(),
    sirets: new Map(),
    companies: new Map(),
    names: new Map(),
  };
  const outcomes = lines.map((line) => outcomeOf(line, readLine(line, mapping, thisYear), index, seen));
  const counts = { new: 0, changed: 0, unchanged: 0, refused: 0 };
  for (const { outcome } of outcomes) counts[outcome] += 1;
  return { lines: outcomes, counts, fingerprint: fingerprintOf(outcomes, index) };
}

interface Index {
  readonly bySiren: ReadonlyMap<string, KnownCompany>;
  readonly byName: ReadonlyMap<string, readonly KnownCompany[]>;
  readonly siretOwner: ReadonlyMap<string, Id>;
  readonly byId: ReadonlyMap<Id, KnownCompany>;
  readonly departments: ReadonlyMap<string, Department>;
  readonly departmentNames: readonly string[];
  readonly departmentById: ReadonlyMap<Id, Department>;
  readonly people: KnownState['people'];
}

function indexOf(known: KnownState): Index {
  const byName = new Map<string, KnownCompany[]>();
  for (const company of known.companies) {
    const name = foldText(company.name);
    byName.set(name, [...(byName.get(name) ?? []), company]);
  }
  return {
    byName,
    bySiren: new Map(known.companies.flatMap((c) => (c.siren === null ? [] : [[c.siren, c]]))),
    byId: new Map(known.companies.map((c) => [c.id, c])),
    siretOwner: new Map(
      known.companies.flatMap((c) => c.sites.flatMap((s) => (s.siret === null ? [] : [[s.siret, c.id]]))),
    ),
    departments: new Map(
      known.departments.flatMap((d) => [d.slug, d.name, ...d.aliases].map((name) => [foldText(name), d])),
    ),
    departmentNames: known.departments.map((d) => d.name),
    departmentById: new Map(known.departments.map((d) => [d.id, d])),
    people: known.people,
  };
}

/** What earlier lines of the file took, by the line that took it. */
interface Seen {
  readonly lines: Map<string, number>;
  readonly sirens: Map<string, number>;
  readonly sirets: Map<string, number>;
  readonly companies: Map<Id, number>;
  readonly names: Map<string, number>;
}

function outcomeOf(raw: SheetLine, read: ReadLine, index: Index, seen: Seen): LineOutcome {
  const { values, line } = read;
  const reasons: Reason[] = [...read.reasons, ...repeated(raw, read, seen)];
  const match = reasons.length > 0 ? { company: null, reason: null } : matching(values, index);
  if (match.reason) reasons.push(match.reason);
  const company = match.company;
  if (company) {
    const before = seen.companies.get(company.id);
    if (before !== undefined) reasons.push({ code: 'duplicate-company', params: { line: before } });
    else seen.companies.set(company.id, line);
  }
  // A line that matches nothing and names nobody cannot be a new company.
  if (!company && values.name === null && !read.reasons.some((r) => r.field === 'name'))
    reasons.push({ code: 'no-name', field: 'name' });
  const departments = departmentsOf(values, index);
  if (departments.reason) reasons.push(departments.reason);
  if (values.delegate && values.delegate.name === null && !index.people.has(values.delegate.email))
    reasons.push({ code: 'delegate-without-name', field: 'delegateName' });
  const site = siteOf(values, company, index);
  if (site.reason) reasons.push(site.reason);
  // A number for the company put on one of its sites would be counted beside the others'.
  if (values.heads !== null && values.siret === null && (company?.sites.length ?? 0) > 1)
    reasons.push({ code: 'heads-of-several-sites', field: 'heads' });
  const joinedOn = values.joinedOn ?? company?.joinedOn ?? null;
  const leftOn = values.leftOn ?? company?.leftOn ?? null;
  if (
    joinedOn !== null &&
    leftOn !== null &&
    leftOn < joinedOn &&
    !reasons.some((r) => r.code === 'left-before-joined')
  )
    reasons.push({ code: 'left-before-joined', field: 'leftOn' });
  // Found by its name, a company keeps the way it is written; found by its SIREN, it may be given another name.
  const sameName =
    company !== null && values.name !== null && foldText(company.name) === foldText(values.name);
  const bySiren = company !== null && company.siren !== null && company.siren === values.siren;
  const name = (sameName && !bySiren ? company.name : values.name) ?? company?.name ?? values.siren ?? '';
  if (reasons.length > 0) return { outcome: 'refused', line, name, reasons };
  const changes = changesOf({ ...values, name }, company, site.site, departments.ids, index);
  return {
    outcome: company === null ? 'new' : changes.length > 0 ? 'changed' : 'unchanged',
    line,
    name,
    companyId: company?.id ?? null,
    siteId: site.site?.id ?? null,
    changes,
    values,
    departments: departments.ids,
  };
}

/** The first line with some content stays; the same content again is refused and names it. */
function repeated(raw: SheetLine, { values, line }: ReadLine, seen: Seen): Reason[] {
  const whole = JSON.stringify(raw.cells);
  const first = seen.lines.get(whole);
  if (first !== undefined) return [{ code: 'duplicate-line', params: { line: first } }];
  seen.lines.set(whole, line);
  const reasons: Reason[] = [];
  const take = (
    taken: Map<string, number>,
    key: string | null,
    code: Reason['code'],
    field: ImportField,
  ): void => {
    if (key === null) return;
    const before = taken.get(key);
    if (before === undefined) taken.set(key, line);
    else reasons.push({ code, field, params: { line: before, value: key } });
  };
  take(seen.sirens, values.siren, 'duplicate-siren', 'siren');
  if (reasons.length === 0) take(seen.sirets, values.siret, 'duplicate-siret', 'siret');
  if (values.siren === null && values.name !== null)
    take(seen.names, foldText(values.name), 'duplicate-company', 'name');
  return reasons;
}

/** The company a line speaks of: by SIREN, else by its name when only one has it. */
function matching(values: LineValues, index: Index): { company: KnownCompany | null; reason: Reason | null } {
  const bySiren = values.siren === null ? undefined : index.bySiren.get(values.siren);
  if (bySiren) return { company: bySiren, reason: null };
  const named = values.name === null ? [] : (index.byName.get(foldText(values.name)) ?? []);
  if (named.length === 0) return { company: null, reason: null };
  if (named.length > 1)
    return {
      company: null,
      reason: { code: 'ambiguous-name', field: 'name', params: { count: named.length } },
    };
  const [only] = named;
  if (values.siren !== null && only!.siren !== null)
    return {
      company: null,
      reason: {
        code: 'same-name-other-siren',
        field: 'siren',
        params: { known: only!.siren, value: values.siren },
      },
    };
  return { company: only!, reason: null };
}

/** The departments a line names, by slug, name or alias; no ids when it names none. */
function departmentsOf(
  values: LineValues,
  index: Index,
): { ids: readonly Id[] | null; reason: Reason | null } {
  if (values.departments === null) return { ids: null, reason: null };
  const ids = new Set<Id>();
  for (const name of values.departments) {
    const found = index.departments.get(foldText(name));
    if (!found) {
      const params = { value: name, known: index.departmentNames.join(', ') };
      return { ids: null, reason: { code: 'department-unknown', field: 'department', params } };
    }
    ids.add(found.id);
  }
  return { ids: [...ids].sort(), reason: null };
}

/** The site a line speaks of: that of its SIRET, else the head office. */
function siteOf(
  values: LineValues,
  company: KnownCompany | null,
  index: Index,
): { site: KnownSite | null; reason: Reason | null } {
  const owner = values.siret === null ? undefined : index.siretOwner.get(values.siret);
  if (owner !== undefined && owner !== company?.id)
    return {
      site: null,
      reason: {
        code: 'siret-taken',
        field: 'siret',
        params: { value: values.siret!, name: index.byId.get(owner)?.name ?? '' },
      },
    };
  const sites = company?.sites ?? [];
  const named = sites.find((site) => site.siret !== null && site.siret === values.siret);
  const site = named ?? sites[0] ?? null;
  if (values.siret !== null && !named && site !== null && site.siret !== null)
    return {
      site,
      reason: { code: 'other-siret', field: 'siret', params: { known: site.siret, value: values.siret } },
    };
  return { site, reason: null };
}

function changesOf(
  values: LineValues,
  company: KnownCompany | null,
  site: KnownSite | null,
  departments: readonly Id[] | null,
  index: Index,
): Change[] {
  const changes: Change[] = [];
  const compare = (field: ImportField, before: string | null | undefined, after: string | null): void => {
    if (after !== null && after !== (before ?? '')) changes.push({ field, before: before ?? '', after });
  };
  const names = (ids: readonly Id[]): string =>
    ids
      .map((id) => index.departmentById.get(id)?.name ?? '')
      .sort()
      .join(', ');
  compare('name', company?.name, values.name);
  compare('siren', company?.siren, values.siren);
  compare('siret', site?.siret, values.siret);
  compare('formerNames', company?.formerNames.join(' ; '), values.formerNames?.join(' ; ') ?? null);
  if (values.group !== null && foldText(values.group) !== foldText(company?.group ?? ''))
    compare('group', company?.group, values.group);
  compare('department', names(company?.departments ?? []), departments === null ? null : names(departments));
  compare('activity', company?.activity, values.activity);
  compare('nafRev2', company?.nafRev2, values.nafRev2);
  compare('naf2025', company?.naf2025, values.naf2025);
  compare('town', site?.town ?? company?.town, values.town);
  compare('postcode', site?.postcode, values.postcode);
  if (values.heads !== null) {
    const before = site?.heads[String(values.headsYear)];
    if (before !== values.heads)
      changes.push({
        field: 'heads',
        before: before === undefined ? '' : `${before} (${values.headsYear})`,
        after: `${values.heads} (${values.headsYear})`,
      });
  }
  compare('joinedOn', company?.joinedOn, values.joinedOn);
  compare('leftOn', company?.leftOn, values.leftOn);
  const { delegate } = values;
  if (delegate && !company?.delegates.includes(delegate.email)) {
    const known = index.people.get(delegate.email);
    changes.push({
      field: 'delegateEmail',
      before: company?.delegates.join(', ') ?? '',
      after: `${known?.name ?? delegate.name ?? ''} <${delegate.email}>`,
    });
  }
  return changes;
}

/** Two dry runs with the same fingerprint would write the same over the same. */
function fingerprintOf(outcomes: readonly LineOutcome[], index: Index): string {
  const hash = createHash('sha256');
  for (const line of outcomes)
    if (line.outcome !== 'refused')
      hash.update(
        JSON.stringify([
          line.line,
          line.companyId,
          index.byId.get(line.companyId ?? '')?.version,
          line.siteId,
          line.changes,
        ]),
      );
    else hash.update(JSON.stringify([line.line, 'refused']));
  return hash.digest('hex').slice(0, 32);
}

/** The addresses a file may speak of, in lower case, to be looked up at once. */
export function emailsOf(lines: readonly SheetLine[], mapping: Mapping): string[] {
  const at = mapping.fields.indexOf('delegateEmail');
  if (at === -1) return [];
  return [
    ...new Set(
      lines.map((line) => (line.cells[at] ?? '').trim().toLowerCase()).filter((s) => s.includes('@')),
    ),
  ];
}
