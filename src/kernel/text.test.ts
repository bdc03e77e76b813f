import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bareText, slugOf } from './text.ts';

it('compares text without accents, capitals, ligatures and spare spaces', () => {
  expect(bareText('  Éts  MÉNARD & Cœur\u00a0d’Acier ')).toBe('ets menard & coeur d’acier');
  expect(bareText('Ægir')).toBe('aegir');
});

it('makes keys of names', () => {
  expect(slugOf('Vitry-lès-Nogent')).toBe('vitry-les-nogent');
  expect(slugOf('Clémence d’Aubray')).toBe('clemence-d-aubray');
  expect(slugOf('***')).toBe('');
});

it('finds nothing more to do the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (s) => {
      expect(slugOf(slugOf(s))).toBe(slugOf(s));
      expect(slugOf(s)).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/);
    }),
  );
});
