import { expect, it } from 'vitest';
import type { Actor, Role } from './db/actor.ts';
import { anybody, anyOf, delegateOnly, type Permit, rolesOnly, signedIn, staffOnly } from './permit.ts';
import { clusterOfSecret, hashSecret, newSecret } from './secret.ts';

const ROLES: readonly Role[] = [
  'stranger',
  'delegate',
  'board',
  'president',
  'treasurer',
  'secretary',
  'system',
];
const as = (role: Role, company: string | null = role === 'delegate' ? 'c' : null): Actor => ({
  cluster: 'k',
  role,
  company,
  person: 'p',
});
const allowed = (permit: Permit): Role[] => ROLES.filter((role) => permit.allows(as(role)));

it('says who may', () => {
  const officers = rolesOnly({ fr: 'Bureau.', en: 'Board.' }, 'board', 'president');
  expect(allowed(staffOnly)).toEqual(['secretary', 'system']);
  expect(allowed(signedIn)).toEqual(ROLES.filter((r) => r !== 'stranger'));
  expect(allowed(anybody)).toEqual(ROLES);
  expect(allowed(delegateOnly)).toEqual(['delegate']);
  expect(delegateOnly.allows(as('delegate', null))).toBe(false);
  expect(allowed(officers)).toEqual(['board', 'president']);
  expect(allowed(anyOf(officers, staffOnly))).toEqual(['board', 'president', 'secretary', 'system']);
  expect(allowed(anyOf())).toEqual([]);
  expect(anyOf(officers, staffOnly).says).toEqual({
    fr: 'Bureau. Réservé au secrétariat.',
    en: 'Board. For the secretariat only.',
  });
});

it('a secret names its cluster, and is stored as a hash', () => {
  const cluster = crypto.randomUUID();
  const secret = newSecret(cluster);
  expect(newSecret(cluster)).not.toBe(secret);
  expect(clusterOfSecret(secret)).toBe(cluster);
  // 256 bits in base64url.
  expect(secret.split('.')[1]).toMatch(/^[\w-]{43}$/);
  expect(hashSecret(secret)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashSecret(secret)).not.toBe(hashSecret(newSecret(cluster)));
  for (const not of [
    '',
    '.',
    cluster,
    `${cluster}.`,
    `${cluster}.short`,
    `x.${'A'.repeat(43)}`,
    `${cluster.toUpperCase()}.${'A'.repeat(43)}`,
    `${secret}=`,
  ])
    expect(clusterOfSecret(not), not).toBeNull();
});
