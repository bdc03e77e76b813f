import { describe, expect, it } from 'vitest';
import { type BenchRow, gapTo, summarise } from './family.ts';
import { formatSection, replaceSection } from './table.ts';

const row: BenchRow = {
  instance: 'set/p1',
  seed: 1,
  cost: 102,
  bestKnown: 100,
  bound: 99.5,
  gap: 0.02,
  seconds: 3.21,
  secondsToBest: null,
  isChecked: true,
  note: '',
};
const section = (name: string, rows: readonly BenchRow[] = [row]) =>
  formatSection({
    family: { name, title: `Title of ${name}`, about: 'About.' },
    rows,
    verdicts: [{ sentence: 'gap at most 1 %.', isKept: false }],
    circumstances: 'Machine.',
  });

describe('the results page', () => {
  it('has a row a run and says what is missed', () => {
    expect(section('one')).toContain('| set/p1 | 1 | 102 | 100 | 2.000 % | 99.5 | 3.2 | - | yes |  |');
    expect(section('one')).toContain('- **Missed**: gap at most 1 %.');
    expect(section('one', [{ ...row, cost: null, gap: null, isChecked: false }])).toContain(
      '| - | 100 | - |',
    );
  });

  it('gets one section a family, which a later run replaces and others leave alone', () => {
    const both = replaceSection(replaceSection('', 'one', section('one')), 'two', section('two'));
    const again = replaceSection(both, 'one', section('one', [{ ...row, cost: 101 }]));
    expect(again).toContain('| 101 |');
    expect(again.match(/## Title of/g)).toHaveLength(2);
    expect(replaceSection(again, 'one', section('one'))).toBe(both);
    expect(both.startsWith('# Measured results\n')).toBe(true);
  });
});

it('gaps are relative to the least and unknown where that is', () => {
  expect(gapTo(102, 100)).toBeCloseTo(0.02, 12);
  expect(gapTo(-98, -100)).toBeCloseTo(0.02, 12);
  expect([gapTo(1, null), gapTo(null, 1), gapTo(1, 0)]).toEqual([null, null, null]);
  const { mean, worst } = summarise([row, { ...row, gap: 0.04 }, { ...row, gap: null }]);
  expect(mean).toBeCloseTo(0.03, 12);
  expect(worst).toBe(0.04);
});
