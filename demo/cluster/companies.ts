/**
 * The 51 member companies of the demo: 28 in Prosthesis Valley, 23 in FLAAMM (28 / 51 = 54.9 %, the article's
 * 55 %). Ten are real firms of the basin; forty-one are invented.
 */
import { FICTIVE_COMPANIES } from './fictive-companies.ts';
import { REAL_COMPANIES } from './real-companies.ts';
import type { DemoCompany, Department, FictiveCompany, Group } from './types.ts';

export const DEPARTMENTS: readonly {
  readonly slug: Department;
  readonly name: string;
  readonly aliases: readonly string[];
}[] = [
  { slug: 'prosthesis-valley', name: 'Prosthesis Valley', aliases: ['Prosthesis and Medical Device'] },
  {
    slug: 'flaamm',
    name: 'FLAAMM',
    aliases: ['Flaam', 'Forge, laser, aéronautique, automobile, mécanique, matériaux'],
  },
];

export const GROUPS: readonly { readonly slug: Group; readonly name: string }[] = [
  { slug: 'larmance', name: 'Groupe Larmance' },
  { slug: 'valdorne', name: 'Valdorne Participations' },
  { slug: 'aubrion', name: 'Famille Aubrion' },
];

/** What the screens say beside each real firm. */
export const ILLUSTRATIVE = {
  fr: 'Faits publics ; adhésion donnée à titre d’illustration.',
  en: 'Public facts; membership illustrative.',
} as const;

/** All members, the real firms first. */
export const COMPANIES: readonly DemoCompany[] = [...REAL_COMPANIES, ...FICTIVE_COMPANIES];

const bySlug = new Map(FICTIVE_COMPANIES.map((company) => [company.slug, company]));

/** The invented company called `slug`; throws for any other, so that no real firm can ever be made to act. */
export function actor(slug: string): FictiveCompany {
  const company = bySlug.get(slug);
  if (!company) throw new Error(`actor: ${slug} is not an invented company of the demo`);
  return company;
}

/** Jobs counted for a company: its sites' last year, or the press figure; 0 where none was published. */
export const jobsOf = (company: DemoCompany): number =>
  company.kind === 'real'
    ? (company.headcount?.heads ?? 0)
    : company.sites.reduce((sum, site) => sum + site.heads[2], 0);

/** The years that the three numbers of `CompanySite.heads` stand for, when the demo's current year is `year`. */
export const headcountYears = (year: number): readonly [number, number, number] => [
  year - 3,
  year - 2,
  year - 1,
];
