import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'css/tokens.css'), 'utf8');

/** The two values of each colour token, light then dark. */
const TOKENS = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
);

/** Relative luminance, WCAG 2.2: 0.2126 R + 0.7152 G + 0.0722 B of linear channels. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

// Text, and what it stands on: at least 4.5 : 1 (AA). Edges of controls, marks and bars: at least 3 : 1.
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ['ink', ['paper', 'sheet', 'sunk', 'together-soft', 'ember-soft', 'alone-soft']],
  ['ink-2', ['paper', 'sheet', 'sunk', 'together-soft']],
  ['alone', ['paper', 'sheet', 'sunk']],
  ['together', ['paper', 'sheet', 'sunk']],
  ['ember', ['paper', 'sheet', 'sunk']],
  ['on-ember', ['ember', 'ember-deep']],
  ['paper', ['ink']],
];
const SHAPES: readonly (readonly [string, readonly string[]])[] = [
  ['edge', ['paper', 'sheet', 'sunk']],
  ['alone', ['alone-soft']],
  ['together', ['together-soft', 'alone-soft']],
];

test.each(['light', 'dark'] as const)('every pair of colours in use is readable, %s', (mode) => {
  const value = (name: string): string => {
    const token = TOKENS.get(name);
    if (token === undefined) throw new Error(`tokens.css has no ${name}`);
    return token[mode];
  };
  const low = [
    ...TEXT.flatMap(([fg, grounds]) => grounds.map((bg) => ({ fg, bg, least: 4.5 }))),
    ...SHAPES.flatMap(([fg, grounds]) => grounds.map((bg) => ({ fg, bg, least: 3 }))),
  ]
    .map((pair) => ({ ...pair, is: contrast(value(pair.fg), value(pair.bg)) }))
    .filter((pair) => pair.is < pair.least);
  expect(low).toEqual([]);
});

test('the measure itself: black on white is 21, grey #767676 on white just passes', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#ffffff')).toBeGreaterThan(4.5);
  expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5);
});

test('no colour is written outside the tokens', () => {
  for (const part of ['base', 'layout', 'parts', 'pieces', 'gallery']) {
    const text = readFileSync(join(import.meta.dirname, `css/${part}.css`), 'utf8');
    const literal = [...text.matchAll(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/g)].map((m) => m[0]);
    // The veil behind a dialog is the ink, half transparent.
    expect(
      literal.filter((c) => !['#221d2766', '#000a'].includes(c)),
      part,
    ).toEqual([]);
  }
});
