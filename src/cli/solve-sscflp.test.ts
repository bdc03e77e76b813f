import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../solve/random.ts';

const TINY = '2 3\n10 12\n100 90\n4 5 6\n1 2\n3 4\n5 6\n';

/** The text of an instance in which each customer fits each facility and capacities are `slack` x demands. */
function generate(facilities: number, customers: number, slack: number): string {
  const random = seededRandom(1);
  const some = (count: number, low: number, high: number): number[] =>
    Array.from({ length: count }, () => low + random.below(high - low + 1));
  const demands = some(customers, 10, 50);
  const capacity = Math.ceil((slack * demands.reduce((sum, d) => sum + d, 0)) / facilities);
  const rows = demands.map(() => some(facilities, 10, 400));
  const capacities = new Array<number>(facilities).fill(capacity);
  return [[facilities, customers], capacities, some(facilities, 300, 700), demands, ...rows]
    .map((row) => `${row.join(' ')}\n`)
    .join('');
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grappe-sscflp-'));
});
afterAll(() => rm(folder, { recursive: true }));

const written = async (name: string, content: string | Uint8Array): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
};

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as started by `npm run grappe`; interrupted at its first line of progress where asked. */
function grappe(args: readonly string[], interruptAtProgress = false): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args]);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (bytes) => {
    stdout += bytes;
  });
  child.stderr.on('data', (bytes) => {
    stderr += bytes;
    if (interruptAtProgress && /cost \d/.test(stderr)) child.kill('SIGINT');
  });
  child.on('close', (code) => resolve({ code, stdout, stderr }));
  return promise;
}

const solve = (file: string, ...more: string[]): string[] => [
  'solve',
  'pool',
  file,
  '--format',
  'sscflp',
  ...more,
];
const summaryOf = (stdout: string) => JSON.parse(stdout.trim().split('\n').at(-1)!);

describe('grappe solve pool --format sscflp', () => {
  it('writes the answer and says what it is worth', async () => {
    const [file, out] = [await written('tiny', TINY), join(folder, 'tiny.json')];
    const { code, stdout } = await grappe(solve(file, '--out', out, '--seed', '4'));
    expect(code).toBe(0);
    // 15 to serve in rooms of 10 and 12: both open, 190; customers 1 and 3 at the first, 1 + 5, the other 4.
    const answer = JSON.parse(await readFile(out, 'utf8'));
    expect(answer.open).toEqual([0, 1]);
    expect(answer.assign).toHaveLength(3);
    expect(summaryOf(stdout)).toMatchObject({
      family: 'sscflp',
      cost: 200,
      bound: 200,
      gap: 0,
      seed: 4,
      threads: 1,
      checked: true,
    });
    expect((await grappe(['check', 'sscflp', file, out])).code).toBe(0);
  });

  it('repeats itself with the same seed and iterations', async () => {
    const file = await written('repeat', generate(12, 50, 1.4));
    const [one, two] = [join(folder, 'one.json'), join(folder, 'two.json')];
    const runs = [one, two].map((out) =>
      grappe(solve(file, '--iterations', '150', '--seed', '5', '--out', out)),
    );
    const summaries = (await Promise.all(runs)).map(({ stdout }) => summaryOf(stdout));
    expect(summaries[0]).toEqual({
      ...summaries[1],
      seconds: expect.any(Number),
      secondsToBest: expect.any(Number),
    });
    expect(await readFile(one, 'utf8')).toBe(await readFile(two, 'utf8'));
  });

  it.each([
    ['a word', TINY.replace('12', 'twelve'), 2, '"twelve" is not a number'],
    ['cut off', TINY.slice(0, -4), 6, 'the file ends after 13 of 15 numbers'],
    ['empty', '', 1, 'the file is empty'],
    ['negative', TINY.replace('90', '-90'), 3, '-90 is negative'],
    ['Windows-1252', new Uint8Array([...new TextEncoder().encode('2 3\n'), 0xe9, 10]), 2, 'not UTF-8 text'],
  ])('refuses a malformed file: %s', async (name, content, line, message) => {
    const [file, out] = [await written(name, content), join(folder, `${name}.json`)];
    const { code, stdout, stderr } = await grappe(solve(file, '--out', out));
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `${file}:${line}: ${message}\n`,
    });
    expect(existsSync(out)).toBe(false);
  });

  it('refuses a missing file', async () => {
    const { code, stderr } = await grappe(solve(join(folder, 'nowhere')));
    expect(code).toBe(2);
    expect(stderr).toMatch(/nowhere:1: cannot be read \(ENOENT\)\n$/);
  });

  it('says in one line that nothing fits', async () => {
    const [file, out] = [await written('full', TINY.replace('10 12', '6 6')), join(folder, 'full.json')];
    const { code, stdout, stderr } = await grappe(solve(file, '--out', out));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr.trim().split('\n').at(-1)).toBe(`${file}: no assignment keeps the capacities`);
    expect(existsSync(out)).toBe(false);
  });

  it('writes the best found when interrupted', async () => {
    const file = await written('large', generate(40, 300, 1.3));
    const out = join(folder, 'large.json');
    const { code, stdout } = await grappe(solve(file, '--seconds', '3600', '--out', out), true);
    expect(code).toBe(0);
    const summary = summaryOf(stdout);
    expect(summary.checked).toBe(true);
    expect(summary.bound === null || summary.bound <= summary.cost).toBe(true);
    expect((await grappe(['check', 'sscflp', file, out])).code).toBe(0);
  });
});
