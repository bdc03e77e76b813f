import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const example = join(root, 'src/solve/share/fixtures/workshop.json');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'share-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const grappe = (...args: string[]): Promise<Ended> =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'share', ...args], {
    cwd: root,
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

describe('grappe share', () => {
  it('writes the shares and ends with a summary', async () => {
    const out = join(folder, 'shares.json');
    const { code, stdout } = await grappe(example, '--rule', 'shapley', '--out', out);
    expect(code).toBe(0);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({
      family: 'share',
      cost: 60,
      bound: null,
      gap: null,
      seed: 1,
      threads: 1,
      checked: true,
    });
    const file = JSON.parse(await readFile(out, 'utf8'));
    expect(file).toMatchObject({ rational: true, core: true, blocking: null });
    // By hand: a comes alone for 40, with b for 0, with c for 0, last for 0: (2 x 40 + 0 + 0 + 2 x 0) / 6.
    expect(file.shares.a).toBeCloseTo(80 / 6, 9);
    expect(file.shares.b).toBeCloseTo(110 / 6, 9);
    expect(file.shares.c).toBeCloseTo(170 / 6, 9);
  });

  it.each(['shapley', 'nucleolus', 'proportional', 'equal-profit'])(
    'the worked example, %s',
    async (rule) => {
      const out = join(folder, `${rule}.json`);
      expect((await grappe(example, '--rule', rule, '--out', out)).code).toBe(0);
      const [written, expected] = await Promise.all(
        [out, join(root, `src/solve/share/fixtures/workshop.${rule}.json`)].map(async (file) =>
          JSON.parse(await readFile(file, 'utf8')),
        ),
      );
      for (const [name, share] of Object.entries<number>(expected.shares))
        expect(written.shares[name]).toBeCloseTo(share, 9);
      expect({ ...written, shares: null }).toEqual({ ...expected, shares: null });
    },
  );

  it('refuses a malformed file by line, and writes nothing', async () => {
    const file = join(folder, 'bad.json');
    await writeFile(file, '{ "players": ["a", "b"],\n  "cost": { "a": 1,\n "b": NaN, "a,b": 2 } }');
    const out = join(folder, 'none.json');
    const { code, stderr, stdout } = await grappe(file, '--rule', 'nucleolus', '--out', out);
    expect(code).toBe(2);
    expect(stderr).toBe(`${file}:3: expected a value, found "NaN"\n`);
    expect(stdout).toBe('');
    await expect(readFile(out)).rejects.toThrow('ENOENT');
  });

  it('says that there is no answer', async () => {
    const file = join(folder, 'free.json');
    await writeFile(file, '{ "players": ["a", "b"], "cost": { "a": 0, "b": 0, "a,b": 2 } }');
    const { code, stderr } = await grappe(file, '--rule', 'equal-profit');
    expect(code).toBe(3);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('needs a rule that it knows', async () => {
    expect((await grappe(example)).code).toBe(2);
    expect((await grappe(example, '--rule', 'equal')).code).toBe(2);
  });
});
