import { expect, test } from 'vitest';
import { isFictive, isSiren } from '../../src/kernel/identifiers.ts';
import { FICTIVE_COMPANIES } from './fictive-companies.ts';
import { PARTNERS, PROVIDERS, providerOf, ROOMS } from './partners.ts';

test('partners are shown by sourced facts', () => {
  expect(PARTNERS.map((p) => p.slug)).toEqual(['utt-nogent', 'critt-mdts', 'lycee-decomble', 'cetim', 'cci']);
  for (const { facts } of PARTNERS)
    for (const { text, source } of facts) expect(text !== '' && source !== '').toBe(true);
});

test('providers are invented: fictive SIREN of their own, registration of a region that does not exist', () => {
  const companies = new Set(FICTIVE_COMPANIES.map((c) => c.siren));
  for (const { siren, registration } of PROVIDERS) {
    expect(isSiren(siren) && isFictive(siren)).toBe(true);
    expect(companies.has(siren)).toBe(false);
    expect(registration).toMatch(/^00\d{9}$/);
  }
  expect(new Set(PROVIDERS.map((p) => p.siren)).size).toBe(PROVIDERS.length);
  expect(new Set(PROVIDERS.map((p) => p.registration)).size).toBe(PROVIDERS.length);
  expect(PROVIDERS.some((p) => !p.qualiopi)).toBe(true);
});

test('a trainer has one employer, a room one name', () => {
  const trainers = PROVIDERS.flatMap((p) => p.trainers.map((t) => t.id));
  expect(new Set(trainers).size).toBe(trainers.length);
  expect(new Set(ROOMS.map((r) => r.id)).size).toBe(ROOMS.length);
  expect(providerOf('maelys-corbenay').slug).toBe('qualivance');
  expect(() => providerOf('nobody')).toThrow('nobody employs nobody');
});
