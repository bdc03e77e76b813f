import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { plan, problem } from '../solve/pool/check-fixture.ts';
import { run } from './check.ts';

const folder = mkdtempSync(join(tmpdir(), 'grappe-check-'));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

let out: MockInstance;
let errors: MockInstance;
beforeEach(() => {
  out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => vi.restoreAllMocks());

const printed = (spy: MockInstance): string => spy.mock.calls.map(([text]) => String(text)).join('');

describe('grappe check', () => {
  it('accepts a good plan on one line with its recounted cost', async () => {
    expect(await run(['pool', file('p.json', problem), file('a.json', plan)])).toBe(0);
    expect(printed(out)).toBe('OK: cost 193000 (€1,930.00), bound 193000, billed 162000, core in.\n');
  });

  it('prints each violation of a bad one', async () => {
    const bad = { ...plan, cost: 1, scarce: true };
    expect(await run(['pool', file('p.json', problem), file('a.json', bad)])).toBe(1);
    expect(printed(out).trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^cost: .* = 193000, not 1\. \[cost\]$/),
      expect.stringMatching(/^scarce: .*\[scarce\]$/),
    ]);
  });

  it('names the line of a malformed output', async () => {
    const input = file('p.json', problem);
    const cut = file('cut.json', '{\n"sessions": [\n');
    expect(await run(['pool', input, cut])).toBe(2);
    expect(printed(errors)).toMatch(new RegExp(`^${cut}:3: .+\n$`));
    const wrong = file(
      'wrong.json',
      JSON.stringify(plan, null, 1).replace('"core": "in"', '"core": "maybe"'),
    );
    errors.mockClear();
    expect(await run(['pool', input, wrong])).toBe(2);
    expect(printed(errors)).toMatch(/wrong\.json:\d+: core must be one of in, out, undecided\n$/);
    errors.mockClear();
    expect(await run(['pool', input, file('empty.json', {})])).toBe(2);
    expect(printed(errors)).toMatch(/empty\.json:1: the file has no "sessions"\n$/);
    expect(printed(out)).toBe('');
  });

  it('checks shares, with the rule when it is given', async () => {
    const input = file('g.json', { players: ['a', 'b'], cost: { a: 4, b: 6, 'a,b': 8 } });
    const output = file('s.json', { shares: { a: 3, b: 5 }, rational: true, core: true, blocking: null });
    expect(await run(['share', input, output])).toBe(0);
    expect(printed(out)).toBe('OK: cost 8 shared among 2 players, in the core.\n');
    expect(await run(['share', input, output, '--rule', 'shapley'])).toBe(0);
    expect(await run(['share', input, output, '--rule', 'proportional'])).toBe(1);
    expect(printed(out)).toContain('[share]');
  });

  it('checks facility location', async () => {
    const input = file('f.txt', '1 1\n5\n10\n5\n2.5\n');
    expect(await run(['sscflp', input, file('o.json', { open: [0], assign: [0] })])).toBe(0);
    expect(printed(out)).toBe('OK: cost 12.5, 1 facilities open, 1 customers.\n');
    expect(await run(['sscflp', input, file('o.json', { open: [], assign: [0] })])).toBe(1);
    expect(
      await run([
        'sscflp',
        file('f2.txt', '1 1\n5\nx\n5\n2.5\n'),
        file('o.json', { open: [0], assign: [0] }),
      ]),
    ).toBe(2);
    expect(printed(errors)).toContain('f2.txt:3: expected a number, found "x"');
  });

  it('refuses unknown families, options and files', async () => {
    for (const args of [
      ['route', 'a', 'b'],
      ['toString', 'a', 'b'],
      ['pool'],
      ['pool', 'a', 'b', 'c'],
      ['pool', 'a', 'b', '--rule', 'shapley'],
      ['share', 'a', 'b', '--rule', 'fair'],
      ['share', 'a', 'b', '--fast'],
      ['pool', join(folder, 'absent.json'), 'b'],
    ])
      expect([args, await run(args)]).toEqual([args, 2]);
    expect(printed(errors)).toContain('unknown family route');
    expect(printed(errors)).toContain('absent.json:1: cannot be read (ENOENT)');
  });
});
