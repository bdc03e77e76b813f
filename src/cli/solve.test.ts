import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatePool } from '../../bench/pool/generate.ts';

const ROOT = new URL('../../', import.meta.url);
const TRAINING = new URL('src/solve/pool/fixtures/training.json', ROOT).pathname;
const PLAN = new URL('src/solve/pool/fixtures/training.plan.json', ROOT);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grappe-solve-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command; `onStart` may send it signals once it has shown progress. */
function grappe(args: readonly string[], onProgress?: (kill: () => void) => void): Promise<Run> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], { cwd: ROOT });
  let [out, err] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes.toString();
  });
  child.stderr.on('data', (bytes: Buffer) => {
    if (err === '') onProgress?.(() => child.kill('SIGINT'));
    err += bytes.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const lastLine = (text: string): Record<string, unknown> => JSON.parse(text.trimEnd().split('\n').at(-1)!);

describe('grappe solve pool', () => {
  it('writes the plan, and a summary on its last line', async () => {
    const out = join(folder, 'plan.json');
    const run = await grappe(['solve', 'pool', TRAINING, '--iterations', '200', '--seed', '1', '--out', out]);
    expect(run.code).toBe(0);
    expect(lastLine(run.out)).toMatchObject({
      family: 'pool',
      cost: 531_900,
      bound: 531_900,
      gap: 0,
      seconds: expect.any(Number),
      seed: 1,
      iterations: expect.any(Number),
      threads: 1,
      checked: true,
    });
    const expected: unknown = JSON.parse(await readFile(PLAN, 'utf8'));
    expect(JSON.parse(await readFile(out, 'utf8'))).toEqual(expected);
  });

  it('refuses a malformed file with its line, and writes nothing', async () => {
    const file = join(folder, 'bad.json');
    const out = join(folder, 'bad.plan.json');
    const text = await readFile(TRAINING, 'utf8');
    const line = text.slice(0, text.indexOf('"seats": 3')).split('\n').length;
    await writeFile(file, text.replace('"seats": 3', '"seats": -3'));
    const run = await grappe(['solve', 'pool', file, '--out', out]);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toBe(
      `${file}:${line}: needs[0].seats must be a whole number from 1 to 1000000, found -3\n`,
    );
    await expect(readFile(out)).rejects.toThrow('ENOENT');
  });

  it.each([
    [['solve', 'pool'], 'which file?'],
    [['solve', 'pool', TRAINING, '--seconds', '0'], '--seconds must be'],
    [['solve', 'pool', TRAINING, '--seed', '-1'], '--seed'],
    [['solve', 'pool', TRAINING, '--colour'], '--colour'],
    [['solve', 'pool', TRAINING, '--format', 'xml'], 'json or sscflp'],
    [['solve', 'pool', 'nowhere.json'], 'nowhere.json:1: cannot be read (ENOENT)'],
    [['solve', 'nothing'], 'Usage'],
  ])('refuses %j', async (args, words) => {
    const run = await grappe(args);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain(words);
  });

  it('stops on an interrupt with the best found', async () => {
    const file = join(folder, 'large.json');
    const out = join(folder, 'large.plan.json');
    const shape = { needs: 200, sessions: 40, reach: 0.4, minSeats: 5, fill: 0.8 };
    await writeFile(file, JSON.stringify(generatePool(shape, 1)));
    const run = await grappe(['solve', 'pool', file, '--seconds', '300', '--out', out], (kill) => kill());
    expect(run.code).toBe(0);
    const summary = lastLine(run.out);
    expect(summary).toMatchObject({ family: 'pool', checked: true });
    expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({ cost: summary.cost });
  });
});
