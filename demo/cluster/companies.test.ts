import { expect, test } from 'vitest';
import { isFictive, isSiren, isSiret } from '../../src/kernel/identifiers.ts';
import { actor, COMPANIES, GROUPS, headcountYears, jobsOf } from './companies.ts';
import { FICTIVE_COMPANIES } from './fictive-companies.ts';
import { REAL_COMPANIES } from './real-companies.ts';

const inDepartment = (department: string) => COMPANIES.filter((c) => c.department === department);
const jobs = (companies: typeof COMPANIES) => companies.reduce((sum, c) => sum + jobsOf(c), 0);

test('about fifty members: 51, of which 28 in Prosthesis Valley, shown as 55 %', () => {
  expect(COMPANIES).toHaveLength(51);
  expect(inDepartment('prosthesis-valley')).toHaveLength(28);
  expect(inDepartment('flaamm')).toHaveLength(23);
  expect(Math.round((100 * 28) / 51)).toBe(55);
  expect(new Set(COMPANIES.map((c) => c.slug)).size).toBe(51);
  expect(new Set(COMPANIES.map((c) => c.name)).size).toBe(51);
});

test('more than 3,000 jobs, more than 2,000 of them in Prosthesis Valley', () => {
  // Real firms with a press figure: 200 + 400 + 730 + 400 + 100 + 30 = 1,860; invented: 1,743.
  expect(jobs(REAL_COMPANIES)).toBe(1860);
  expect(jobs(FICTIVE_COMPANIES)).toBe(1743);
  expect(jobs(COMPANIES)).toBeGreaterThan(3000);
  expect(jobs(inDepartment('prosthesis-valley'))).toBeGreaterThan(2000);
});

test('ten real firms, marked illustrative, every statement sourced, and nothing else of them', () => {
  expect(REAL_COMPANIES).toHaveLength(10);
  for (const firm of REAL_COMPANIES) {
    expect(firm.illustrative).toBe(true);
    expect(firm.facts.length).toBeGreaterThan(0);
    for (const { text, source } of firm.facts) {
      expect(text).not.toBe('');
      expect(source).not.toBe('');
    }
    expect(Object.keys(firm).sort()).toEqual(
      [
        'kind',
        'illustrative',
        'slug',
        'name',
        'formerNames',
        'department',
        'activity',
        'place',
        'headcount',
        'facts',
      ].sort(),
    );
    if (firm.headcount) expect(firm.headcount.source).not.toBe('');
    expect(() => actor(firm.slug)).toThrow('not an invented company');
  }
});

test('forty-one invented companies have valid identifiers of the fictive range, all different', () => {
  expect(FICTIVE_COMPANIES).toHaveLength(41);
  for (const { siren, sites } of FICTIVE_COMPANIES) {
    expect(isSiren(siren)).toBe(true);
    expect(isFictive(siren)).toBe(true);
    for (const { siret } of sites) {
      expect(isSiret(siret)).toBe(true);
      expect(siret.startsWith(siren)).toBe(true);
    }
  }
  const sites = FICTIVE_COMPANIES.flatMap((c) => c.sites);
  expect(new Set(FICTIVE_COMPANIES.map((c) => c.siren)).size).toBe(41);
  expect(new Set(sites.map((s) => s.siret)).size).toBe(sites.length);
  expect(new Set(sites.map((s) => s.slug)).size).toBe(sites.length);
});

test('invented companies are of all sizes, with one head office each and three years of people', () => {
  const sizes = FICTIVE_COMPANIES.map(jobsOf);
  expect(Math.min(...sizes)).toBe(4);
  expect(Math.max(...sizes)).toBe(178);
  expect(FICTIVE_COMPANIES.filter((c) => c.sites.length > 1).map((c) => c.slug)).toEqual([
    'larmance',
    'trefolin',
    'rieucourbe',
  ]);
  for (const { sites, place } of FICTIVE_COMPANIES) {
    expect(sites.filter((s) => s.headOffice)).toHaveLength(1);
    expect(sites[0]!.place).toBe(place);
    for (const { heads } of sites)
      for (const n of heads) expect(Number.isInteger(n) && n > 0 && n < 1000).toBe(true);
  }
  expect(headcountYears(2027)).toEqual([2024, 2025, 2026]);
});

test('activity codes are of their nomenclature: a letter that is never Y in rev. 2, always Y in 2025', () => {
  for (const { nafRev2, naf2025 } of FICTIVE_COMPANIES) {
    expect(nafRev2).toMatch(/^\d{2}\.\d{2}[A-FZ]$/);
    expect(naf2025).toMatch(/^\d{2}\.\d{2}Y$/);
  }
});

test('three groups of two or three companies', () => {
  const sizes = GROUPS.map(({ slug }) => FICTIVE_COMPANIES.filter((c) => c.group === slug).length);
  expect(sizes).toEqual([3, 2, 2]);
});

test('secrecy has something to protect: a town with one firm, a town that one firm dominates', () => {
  const sitesIn = (place: string) =>
    COMPANIES.filter(
      (c) => c.place === place || (c.kind === 'fictive' && c.sites.some((s) => s.place === place)),
    );
  expect(sitesIn('biesles').map((c) => c.slug)).toEqual(['nogent-trois-etoiles']);
  const bologne = sitesIn('bologne');
  expect(bologne.map((c) => c.slug)).toEqual(['lisi-bologne', 'marchefer', 'tournebise']);
  // 730 of 730 + 18 + 24 = 94.6 %, above the 85 % of the rule.
  expect(jobsOf(bologne[0]!) / jobs(bologne)).toBeGreaterThan(0.85);
});
