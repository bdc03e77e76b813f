import { expect, test } from 'vitest';
import { actor } from './companies.ts';
import { FICTIVE_COMPANIES } from './fictive-companies.ts';
import { PEOPLE, TRAINEES } from './people.ts';

const withAccount = (account: string) => PEOPLE.find((p) => p.account === account)!;
const companyOf = (account: string) => {
  const role = withAccount(account).roles.find((r) => r.role === 'delegate')!;
  return actor(role.company!);
};

test('every invented company has exactly one delegate, and nobody speaks for a real firm', () => {
  const delegations = PEOPLE.flatMap((p) =>
    p.roles.filter((r) => r.role === 'delegate').map((r) => r.company),
  );
  expect(delegations.toSorted()).toEqual(FICTIVE_COMPANIES.map((c) => c.slug).toSorted());
  for (const { roles } of PEOPLE)
    for (const { role, company } of roles) {
      if (role === 'secretary') expect(company).toBeNull();
      else expect(() => actor(company!)).not.toThrow();
    }
});

test('two secretaries, one treasurer, one president, a board of delegates', () => {
  const holding = (role: string) => PEOPLE.filter((p) => p.roles.some((r) => r.role === role));
  expect(holding('secretary')).toHaveLength(2);
  expect(holding('treasurer')).toHaveLength(1);
  expect(holding('president')).toHaveLength(1);
  expect(holding('board')).toHaveLength(5);
  expect(holding('deputy')).toHaveLength(6);
  for (const officer of [...holding('treasurer'), ...holding('president'), ...holding('board')])
    expect(officer.roles.some((r) => r.role === 'delegate')).toBe(true);
});

test('one person is delegate of two companies of one group', () => {
  const double = PEOPLE.filter((p) => p.roles.filter((r) => r.role === 'delegate').length > 1);
  expect(double).toHaveLength(1);
  const companies = double[0]!.roles.map((r) => actor(r.company!));
  expect(companies.map((c) => c.group)).toEqual(['aubrion', 'aubrion']);
});

test('six accounts, each of one person; small and rival are of one trade and of different owners', () => {
  const accounts = PEOPLE.flatMap((p) => (p.account === null ? [] : [p.account]));
  expect(accounts.toSorted()).toEqual([
    'delegate-large',
    'delegate-rival',
    'delegate-small',
    'president',
    'secretary',
    'treasurer',
  ]);
  const [large, small, rival] = ['delegate-large', 'delegate-small', 'delegate-rival'].map(companyOf);
  expect(small!.trade).toBe(rival!.trade);
  expect(small!.group ?? small!.slug).not.toBe(rival!.group ?? rival!.slug);
  const heads = (c: typeof large) => c!.sites.reduce((sum, s) => sum + s.heads[2], 0);
  expect(heads(large)).toBeGreaterThan(10 * heads(small));
});

test('addresses are unique, well formed and of the reserved domain; names and slugs unique', () => {
  for (const { email } of PEOPLE) expect(email).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*@[a-z-]+\.example$/);
  for (const key of ['email', 'slug', 'name'] as const)
    expect(new Set(PEOPLE.map((p) => p[key])).size).toBe(PEOPLE.length);
});

test('no invented person bears the name of the two real people of the published record', () => {
  const published = ['Delphine Descorne-Jeanny', 'Yves Lombard'];
  for (const name of [...PEOPLE, ...TRAINEES].map((p) => p.name)) expect(published).not.toContain(name);
});

test('trainees are employees of invented companies', () => {
  expect(new Set(TRAINEES.map((t) => t.id)).size).toBe(TRAINEES.length);
  for (const { company } of TRAINEES) expect(() => actor(company)).not.toThrow();
});
