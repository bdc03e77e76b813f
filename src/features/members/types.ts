import type { Id } from '../../kernel/ids.ts';
import type { Lang } from '../../platform/i18n/index.ts';

/** A member pays dues and takes part; partners and providers are known to the cluster without being members. */
export const KINDS = ['member', 'partner', 'provider'] as const;
export type Kind = (typeof KINDS)[number];

export const COMPANY_ROLES = ['delegate', 'deputy', 'board'] as const;
export type CompanyRole = (typeof COMPANY_ROLES)[number];

/** INSEE's headcount bands (tranche d'effectif salarié), by size; NN: not known. */
export const BANDS = [
  '00',
  '01',
  '02',
  '03',
  '11',
  '12',
  '21',
  '22',
  '31',
  '32',
  '41',
  '42',
  '51',
  '52',
  '53',
  'NN',
] as const;
export type Band = (typeof BANDS)[number];

/** Where each band begins, in people, the largest first. */
export const BAND_BEGINS: readonly (readonly [Band, number])[] = [
  ['53', 10_000],
  ['52', 5_000],
  ['51', 2_000],
  ['42', 1_000],
  ['41', 500],
  ['32', 250],
  ['31', 200],
  ['22', 100],
  ['21', 50],
  ['12', 20],
  ['11', 10],
  ['03', 6],
  ['02', 3],
  ['01', 1],
  ['00', 0],
];

/** From how many to how many people a band goes; no upper end for the largest, null where not known. */
export function bandRange(band: Band): { from: number; to: number | null } | null {
  const at = BAND_BEGINS.findIndex(([code]) => code === band);
  if (at === -1) return null;
  return { from: BAND_BEGINS[at]![1], to: at === 0 ? null : BAND_BEGINS[at - 1]![1] - 1 };
}

/** True for a code of INSEE's list. */
export const isBand = (code: string): code is Band => (BANDS as readonly string[]).includes(code);

/** Smallest headcounts one can ask the list for: each is where a band begins. */
export const SIZES = ['10', '20', '50', '100', '250', '500'] as const;

export const SORTS = ['name', 'town', 'band'] as const;
export type Sort = (typeof SORTS)[number];

/** What one asks the members list for. */
export interface MemberQuery {
  readonly kind: Kind;
  /** Folded words, each of which the company must contain. */
  readonly words: readonly string[];
  readonly department: string | null;
  /** A town, folded. */
  readonly town: string | null;
  readonly bands: readonly Band[] | null;
  readonly group: Id | null;
  /** Staff only: companies that nobody represents today. */
  readonly withoutDelegate: boolean;
  /** Those that left instead of those that are there. */
  readonly former: boolean;
  readonly sort: Sort;
  readonly descending: boolean;
  readonly page: Page;
}

/** Where a page of a list begins: at an end, or next to a row named by its sort keys. */
export type Page =
  | { readonly from: 'first' }
  | { readonly from: 'last' }
  | { readonly from: 'after' | 'before'; readonly key: readonly string[] };

/** One line of the members list. */
export interface MemberLine {
  readonly id: Id;
  readonly name: string;
  readonly town: string;
  readonly band: Band;
  readonly group: { readonly id: Id; readonly name: string } | null;
  readonly departments: readonly { readonly slug: string; readonly name: string }[];
  readonly illustrative: boolean;
  /** Null for who may not know. */
  readonly delegate: string | null;
  /** The sort keys of this line, for the pages next to it. */
  readonly key: readonly string[];
}

export interface Department {
  readonly id: Id;
  readonly slug: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** A published statement about a company, with its source. */
export interface PublicFact {
  readonly text: string;
  readonly source: string;
  readonly asOf?: string | undefined;
}

/** A company, without what only some may see. */
export interface Organisation {
  readonly id: Id;
  readonly kind: Kind;
  readonly name: string;
  readonly formerNames: readonly string[];
  readonly siren: string | null;
  readonly group: { readonly id: Id; readonly name: string } | null;
  readonly activity: string;
  readonly nafRev2: string | null;
  readonly naf2025: string | null;
  readonly band: Band;
  readonly town: string;
  readonly illustrative: boolean;
  readonly facts: readonly PublicFact[];
  readonly joinedOn: string | null;
  readonly leftOn: string | null;
  readonly version: number;
}

export interface Headcount {
  readonly siteId: Id;
  readonly year: number;
  readonly heads: number;
  readonly isPublic: boolean;
  readonly source: string;
}

export interface Site {
  readonly id: Id;
  readonly name: string;
  readonly siret: string | null;
  readonly town: string;
  readonly postcode: string;
  readonly communeCode: string;
  readonly isHeadOffice: boolean;
}

/** A person in a dated role of a company. */
export interface RoleHeld {
  readonly roleId: Id;
  readonly role: CompanyRole;
  readonly personId: Id;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly lang: Lang;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/** One line of a company's history, as stored. */
export interface HistoryLine {
  readonly at: Date;
  readonly action: string;
  readonly details: Readonly<Record<string, string>>;
}

/** A member company as other features know it. */
export interface MemberCompany {
  readonly id: Id;
  readonly name: string;
  /** The group it belongs to, else itself: what secrecy rules count. */
  readonly groupKey: Id;
  readonly groupId: Id | null;
  readonly town: string;
}

/** Somebody to write to for a company. */
export interface Delegate {
  readonly companyId: Id;
  readonly personId: Id;
  readonly name: string;
  readonly email: string;
  readonly lang: Lang;
}

/** Why an identifier is not one. */
export type SirenFault =
  | 'siren-rounded'
  | 'siren-lost-zeros'
  | 'siren-length'
  | 'siren-key'
  | 'siren-letters';
export type SiretFault =
  | 'siret-rounded'
  | 'siret-lost-zeros'
  | 'siret-length'
  | 'siret-key'
  | 'siret-letters';

/** What a column of an imported file may hold. One line of the file is one company with its head office. */
export const IMPORT_FIELDS = [
  'name',
  'siren',
  'siret',
  'formerNames',
  'group',
  'department',
  'activity',
  'nafRev2',
  'naf2025',
  'town',
  'postcode',
  'heads',
  'headsYear',
  'joinedOn',
  'leftOn',
  'delegateName',
  'delegateEmail',
  'delegatePhone',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Which field each column holds, and the year of headcounts where no column says it. */
export interface Mapping {
  readonly fields: readonly (ImportField | '')[];
  readonly year: number;
}

/** Why a line stays out: a code of the texts, with the field at fault and what its sentence needs. */
export interface Reason {
  readonly code: ReasonCode;
  readonly field?: ImportField;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type ReasonCode =
  | SirenFault
  | SiretFault
  | 'siret-of-another'
  | 'siret-taken'
  | 'other-siret'
  | 'no-name'
  | 'too-long'
  | 'formula'
  | 'garbled'
  | 'bad-characters'
  | 'cut-off'
  | 'excel-error'
  | 'too-many-cells'
  | 'heads-negative'
  | 'heads-not-whole'
  | 'heads-too-large'
  | 'heads-of-several-sites'
  | 'year-wrong'
  | 'not-a-date'
  | 'left-before-joined'
  | 'not-an-email'
  | 'postcode-wrong'
  | 'naf-wrong'
  | 'department-unknown'
  | 'delegate-without-email'
  | 'delegate-without-name'
  | 'duplicate-line'
  | 'duplicate-siren'
  | 'duplicate-siret'
  | 'duplicate-company'
  | 'ambiguous-name'
  | 'same-name-other-siren';

/** What a line says. Null: the cell is empty, what is known stays. */
export interface LineValues {
  readonly name: string | null;
  readonly siren: string | null;
  readonly siret: string | null;
  readonly formerNames: readonly string[] | null;
  readonly group: string | null;
  readonly departments: readonly string[] | null;
  readonly activity: string | null;
  readonly nafRev2: string | null;
  readonly naf2025: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
  readonly heads: number | null;
  readonly headsYear: number;
  readonly joinedOn: string | null;
  readonly leftOn: string | null;
  readonly delegate: {
    readonly name: string | null;
    readonly email: string;
    readonly phone: string | null;
  } | null;
}

/** A company as it stands before the import. */
export interface KnownCompany {
  readonly id: Id;
  readonly version: number;
  readonly name: string;
  readonly siren: string | null;
  readonly formerNames: readonly string[];
  readonly groupId: Id | null;
  readonly group: string | null;
  readonly activity: string;
  readonly nafRev2: string | null;
  readonly naf2025: string | null;
  readonly town: string;
  readonly joinedOn: string | null;
  readonly leftOn: string | null;
  readonly departments: readonly Id[];
  /** The head office first. */
  readonly sites: readonly KnownSite[];
  /** Addresses of today's delegates, lower case. */
  readonly delegates: readonly string[];
}

export interface KnownSite {
  readonly id: Id;
  readonly siret: string | null;
  readonly town: string;
  readonly postcode: string;
  readonly heads: Readonly<Record<string, number>>;
}

/** Everything a difference is computed against. */
export interface KnownState {
  readonly companies: readonly KnownCompany[];
  readonly departments: readonly Department[];
  readonly groups: readonly { readonly id: Id; readonly name: string }[];
  /** Addresses already known, with the person's name. */
  readonly people: ReadonlyMap<string, { readonly id: Id; readonly name: string }>;
}

export interface Change {
  readonly field: ImportField;
  readonly before: string;
  readonly after: string;
}

/** What the import will do with one line. */
export type LineOutcome =
  | {
      readonly outcome: 'refused';
      readonly line: number;
      readonly name: string;
      readonly reasons: readonly Reason[];
    }
  | {
      readonly outcome: 'new' | 'changed' | 'unchanged';
      readonly line: number;
      readonly name: string;
      readonly companyId: Id | null;
      readonly siteId: Id | null;
      readonly changes: readonly Change[];
      readonly values: LineValues;
      readonly departments: readonly Id[] | null;
    };

export interface Difference {
  readonly lines: readonly LineOutcome[];
  readonly counts: Readonly<Record<LineOutcome['outcome'], number>>;
  /** Names exactly what a confirmation would write, and what it would write it over. */
  readonly fingerprint: string;
}

/** The rows of a confirmed import, without their cluster. */
export interface ImportPlan {
  readonly groups: readonly { readonly group_id: Id; readonly name: string }[];
  readonly newCompanies: readonly (PlannedCompany & {
    readonly kind: 'member';
    readonly headcount_band: string;
  })[];
  /** Each over the version it was compared with. */
  readonly changedCompanies: readonly (PlannedCompany & {
    readonly version: number;
    /** Null: as it was. */
    readonly headcount_band: string | null;
  })[];
  readonly departments: readonly { readonly organisation_id: Id; readonly department_ids: readonly Id[] }[];
  readonly sites: readonly {
    readonly site_id: Id;
    readonly organisation_id: Id;
    readonly name: string;
    readonly siret: string | null;
    readonly town: string;
    readonly postcode: string;
    readonly is_head_office: boolean;
  }[];
  readonly headcounts: readonly {
    readonly site_id: Id;
    readonly organisation_id: Id;
    readonly year: number;
    readonly heads: number;
    readonly source: string;
  }[];
  readonly people: readonly {
    readonly person_id: Id;
    readonly name: string;
    readonly email: string;
    readonly phone: string;
  }[];
  readonly roles: readonly {
    readonly role_id: Id;
    readonly person_id: Id;
    readonly role: 'delegate';
    readonly organisation_id: Id;
    readonly starts_on: string;
  }[];
}

interface PlannedCompany {
  readonly organisation_id: Id;
  readonly name: string;
  readonly former_names: readonly string[];
  readonly siren: string | null;
  readonly group_id: Id | null;
  readonly activity: string;
  readonly naf_rev2: string | null;
  readonly naf_2025: string | null;
  readonly town: string;
  readonly joined_on: string | null;
  readonly left_on: string | null;
  readonly search_text: string;
  readonly sort_name: string;
  readonly sort_town: string;
}
