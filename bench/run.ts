import '../src/runtime.ts';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type BenchFamily, type BenchRow, percent } from './family.ts';
import { formatSection, replaceSection } from './table.ts';

/** Each family is one folder; add a line here to register one. */
const FAMILIES: Readonly<Record<string, () => Promise<{ readonly family: BenchFamily }>>> = {
  pool: () => import('./pool/family.ts'),
  share: () => import('./share/family.ts'),
  sscflp: () => import('./sscflp/family.ts'),
};

const USAGE = `Usage: npm run bench -- [--family ${Object.keys(FAMILIES).join('|')}] [--instances DIR] [--seconds S]
                        [--seeds 1,2,3] [--only TEXT] [--smoke] [--results FILE]`;
const RESULTS = fileURLToPath(new URL('../docs/algorithms/results.md', import.meta.url));
const SCRATCH = fileURLToPath(new URL('./out/', import.meta.url));

interface Settings {
  readonly names: readonly string[];
  readonly folder: string | null;
  readonly seconds: number | null;
  readonly seeds: readonly number[] | null;
  /** Only instances whose name has this text; the results page is then left as it is. */
  readonly only: string;
  readonly isSmoke: boolean;
  readonly results: string;
}

function readSettings(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      family: { type: 'string' },
      instances: { type: 'string' },
      seconds: { type: 'string' },
      seeds: { type: 'string' },
      only: { type: 'string', default: '' },
      smoke: { type: 'boolean', default: false },
      results: { type: 'string', default: RESULTS },
    },
  });
  const names = values.family?.split(',') ?? Object.keys(FAMILIES);
  const unknown = names.find((name) => !Object.hasOwn(FAMILIES, name));
  if (unknown !== undefined) throw new Error(`unknown family ${unknown}`);
  const seconds = values.seconds === undefined ? null : Number(values.seconds);
  if (seconds !== null && !(seconds > 0)) throw new Error('--seconds must be above 0');
  const seeds = values.seeds?.split(',').map(Number) ?? null;
  if (seeds?.some((seed) => !Number.isInteger(seed) || seed < 0)) throw new Error('--seeds: whole numbers');
  return {
    names,
    folder: values.instances ?? null,
    seconds,
    seeds,
    only: values.only,
    isSmoke: values.smoke,
    results: values.results,
  };
}

const circumstances = (seconds: number): string => {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `Machine: ${cpu?.model.trim() ?? 'unknown'}, ${cpus().length} cores of which one is used, ${memory} GB; Node ${process.versions.node}; load average ${loadavg()[0]!.toFixed(1)} at the end; ${seconds} s a run; ${day}.`;
};

async function runFamily(family: BenchFamily, settings: Settings): Promise<boolean> {
  const { folder, isSmoke, only } = settings;
  const scratch = join(SCRATCH, family.name);
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  const seconds = settings.seconds ?? (isSmoke ? 15 : family.defaults.seconds);
  const seeds = settings.seeds ?? (isSmoke ? [1] : family.defaults.seeds);
  const all = await family.instances({ folder, isSmoke, scratch });
  const rows: BenchRow[] = [];
  for (const instance of all.filter(({ name }) => name.includes(only))) {
    for (const seed of seeds) {
      const row = await family.run(instance, { seconds, seed, scratch });
      rows.push(row);
      const gap = row.gap === null ? 'gap unknown' : `gap ${percent(row.gap)}`;
      const checked = row.isChecked ? '' : '  NOT CHECKED';
      process.stdout.write(
        `${family.name}  ${row.instance}  seed ${seed}  cost ${row.cost ?? '-'}  ${gap}  ${row.seconds.toFixed(1)} s  ${row.note}${checked}\n`,
      );
    }
  }
  const verdicts = family.judge(rows, isSmoke);
  for (const { sentence, isKept } of verdicts)
    process.stdout.write(`${isKept ? 'kept  ' : 'MISSED'}  ${sentence}\n`);
  if (!isSmoke && only === '') {
    const page = await readFile(settings.results, 'utf8').catch(() => '');
    const section = formatSection({ family, rows, verdicts, circumstances: circumstances(seconds) });
    await writeFile(settings.results, replaceSection(page, family.name, section));
  }
  return rows.every((row) => row.isChecked) && verdicts.every((verdict) => verdict.isKept);
}

async function main(): Promise<number> {
  let settings: Settings;
  try {
    settings = readSettings(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    return 2;
  }
  let isAllKept = true;
  for (const name of settings.names) {
    const { family } = await FAMILIES[name]!();
    isAllKept = (await runFamily(family, settings)) && isAllKept;
  }
  return isAllKept ? 0 : 1;
}

process.exitCode = await main();
