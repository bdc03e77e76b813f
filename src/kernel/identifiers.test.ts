import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bareDigits,
  fictiveSiren,
  fictiveSiret,
  isFictive,
  isSiren,
  isSiret,
  vatNumber,
} from './identifiers.ts';
import { isId } from './ids.ts';
import { bareText, slugOf } from './text.ts';

describe('SIREN and SIRET', () => {
  // Published: INSEE 120 027 016, La Poste 356 000 000 and its seat 356 000 000 00048.
  it.each(['120027016', '356000000', '732829320'])('%s is a SIREN', (siren) => {
    expect(isSiren(siren)).toBe(true);
  });
  it.each([
    '000000000',
    '120027017',
    '12002701',
    '1200270160',
    '12002701a',
    ' 120027016',
    '',
    '１２００２７０１６',
  ])('%j is none', (siren) => {
    expect(isSiren(siren)).toBe(false);
  });
  it.each(['12002701600563', '35600000000048', '35600000009075', '73282932000074'])(
    '%s is a SIRET',
    (siret) => {
      expect(isSiret(siret)).toBe(true);
    },
  );
  it.each(['00000000000000', '12002701600564', '35600000009076', '120027016', ''])('%j is none', (siret) => {
    expect(isSiret(siret)).toBe(false);
  });

  it('one digit mistyped is noticed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.nat(8), fc.integer({ min: 1, max: 9 }), (n, at, by) => {
        const siren = fictiveSiren(n);
        const wrong = siren.slice(0, at) + ((Number(siren[at]) + by) % 10) + siren.slice(at + 1);
        expect(isSiren(wrong)).toBe(false);
      }),
    );
  });

  it('fictive ones are valid, different, and of the reserved range', () => {
    const all = Array.from({ length: 99 }, (_, i) => fictiveSiren(i + 1));
    expect(new Set(all).size).toBe(99);
    for (const siren of all) {
      expect(isSiren(siren) && isFictive(siren)).toBe(true);
      expect(isSiret(fictiveSiret(siren, 1)) && isSiret(fictiveSiret(siren, 9999))).toBe(true);
    }
    expect(isFictive('120027016')).toBe(false);
    for (const n of [0, 100, 1.5, Number.NaN]) expect(() => fictiveSiren(n)).toThrow(RangeError);
  });

  it('the VAT number has its key', () => {
    // 404833048 mod 97 = 56; 12 + 3 x 56 = 180; 180 mod 97 = 83: the published example FR 83 404 833 048.
    expect(vatNumber('404833048')).toBe('FR83404833048');
    expect(vatNumber('732829320')).toBe('FR44732829320');
  });

  it('are read without the spaces and dots that people put in', () => {
    expect(bareDigits('120 027 016')).toBe('120027016');
    expect(bareDigits('120.027\u00a0016\u202f00563')).toBe('12002701600563');
  });
});

describe('ids', () => {
  it('are lower-case UUIDs', () => {
    for (let i = 0; i < 20; i += 1) expect(isId(crypto.randomUUID())).toBe(true);
    for (const not of [
      crypto.randomUUID().toUpperCase(),
      '00000000-0000-0000-0000-000000000000',
      `${crypto.randomUUID()}\n`,
      '',
      7,
      null,
      undefined,
      {},
    ])
      expect(isId(not)).toBe(false);
  });
});

describe('text', () => {
  it('is compared without case, accents and double spaces', () => {
    expect(bareText('  Étampage\u00a0 du  CŒUR d’Æon ')).toBe('etampage du coeur d’aeon');
    expect(bareText('e\u0301')).toBe(bareText('é'));
  });
  it('compared twice is the same', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (s) => bareText(bareText(s)) === bareText(s)));
  });
  it('makes addresses of letters, digits and single hyphens', () => {
    expect(slugOf('Vitry-lès-Nogent')).toBe('vitry-les-nogent');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (s) => /^([a-z0-9]+(-[a-z0-9]+)*)?$/.test(slugOf(s))),
    );
  });
});
