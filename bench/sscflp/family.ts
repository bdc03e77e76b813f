import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { numberIn, runGrappe } from '../command.ts';
import {
  type BenchEffort,
  type BenchFamily,
  type BenchInstance,
  type BenchRow,
  type BenchSource,
  gapTo,
  percent,
  summarise,
  type Verdict,
} from '../family.ts';
import { generateSscflp } from './generate.ts';

interface SscflpBench extends BenchInstance {
  readonly file: string;
  readonly optimum: number | null;
}

const SETS = ['sscflp-holmberg', 'sscflp-delmaire'];

/** Published instances: a folder a set, with `optima.txt` of lines `name optimum`. */
async function published(folder: string): Promise<SscflpBench[]> {
  const ofSet = async (set: string): Promise<SscflpBench[]> => {
    const text = await readFile(join(folder, set, 'optima.txt'), 'utf8');
    const optima = new Map(
      text
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .map(([name = '', optimum = '']) => [name, Number(optimum)]),
    );
    const files = (await readdir(join(folder, set))).filter((name) => optima.has(name));
    return files
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((name) => ({
        name: `${set.replace('sscflp-', '')}/${name}`,
        file: join(folder, set, name),
        optimum: optima.get(name) ?? null,
      }));
  };
  return (await Promise.all(SETS.map(ofSet))).flat();
}

/** Small ones of the same manner, proved best within two seconds. */
function generated(scratch: string): Promise<SscflpBench[]> {
  const shapes = [
    { facilities: 6, customers: 20, slack: 1.5 },
    { facilities: 10, customers: 30, slack: 2 },
    { facilities: 12, customers: 40, slack: 3 },
  ];
  return Promise.all(
    shapes.map(async (shape, k) => {
      const file = join(scratch, `generated-${k + 1}`);
      await writeFile(file, generateSscflp(shape, k + 1));
      return { name: basename(file), file, optimum: null };
    }),
  );
}

async function instances({ folder, isSmoke, scratch }: BenchSource): Promise<readonly SscflpBench[]> {
  if (isSmoke) return generated(scratch);
  if (folder === null)
    throw new Error('sscflp: --instances DIR must hold sscflp-holmberg and sscflp-delmaire');
  return published(folder);
}

async function run(instance: SscflpBench, { seconds, seed, scratch }: BenchEffort): Promise<BenchRow> {
  const out = join(scratch, 'answer.json');
  const solve = ['solve', 'pool', instance.file, '--format', 'sscflp', '--out', out];
  const solved = await runGrappe([...solve, '--seconds', String(seconds), '--seed', String(seed)]);
  const { summary } = solved;
  const cost = numberIn(summary, 'cost');
  const bound = numberIn(summary, 'bound');
  const row = {
    instance: instance.name,
    seed,
    bestKnown: instance.optimum,
    bound,
    seconds: solved.seconds,
    secondsToBest: numberIn(summary, 'secondsToBest'),
  };
  if (solved.code !== 0 || cost === null) {
    const note = `exit ${solved.code}: ${solved.stderr.trim().split('\n').at(-1) ?? ''}`;
    return { ...row, cost: null, gap: null, isChecked: false, note };
  }
  const check = await runGrappe(['check', 'sscflp', instance.file, out]);
  const isChecked = check.code === 0 && check.stdout.includes(`cost ${cost},`);
  const isProved = bound !== null && bound >= cost;
  const gap = gapTo(cost, instance.optimum ?? bound);
  return { ...row, cost, gap, isChecked, note: isProved ? 'proved' : '' };
}

/** Of `holmberg/p7`: 7. */
const numberOf = (instance: string): number => Number(/\d+$/.exec(instance)?.[0]);

function judge(rows: readonly BenchRow[], isSmoke: boolean): readonly Verdict[] {
  const { mean, worst } = summarise(rows);
  const proved = rows.filter((row) => row.note === 'proved');
  if (isSmoke) {
    return [
      { sentence: `${proved.length} of ${rows.length} proved best.`, isKept: proved.length === rows.length },
    ];
  }
  const small = rows.filter((row) => row.instance.startsWith('holmberg/') && numberOf(row.instance) <= 24);
  const fast = small.filter((row) => row.note === 'proved' && row.seconds <= 5);
  const slowest = Math.max(...small.map((row) => row.seconds));
  const beyond = rows.filter(
    (row) => row.bestKnown !== null && row.bound !== null && row.bound > row.bestKnown,
  );
  return [
    {
      sentence: `Holmberg up to p24 proved best within 5 s: ${fast.length} of ${small.length}, the slowest in ${slowest.toFixed(1)} s.`,
      isKept: fast.length === small.length,
    },
    { sentence: `mean gap to the optimum at most 0.5 %: ${percent(mean)}.`, isKept: mean <= 0.005 },
    { sentence: `worst gap at most 2 %: ${percent(worst)}.`, isKept: worst <= 0.02 },
    {
      sentence: `no bound above the optimum: ${beyond.length} of ${rows.length} are.`,
      isKept: beyond.length === 0,
    },
    { sentence: `proved best, for information: ${proved.length} of ${rows.length}.`, isKept: true },
  ];
}

export const family: BenchFamily<SscflpBench> = {
  name: 'sscflp',
  title: 'Single-source capacitated facility location',
  about: `\`grappe solve pool FILE --format sscflp\` on published instances of Holmberg, Roennqvist and Yuan (EJOR 113, 1999) and of
Delmaire et al. (half of each set), against the published optima.`,
  defaults: { seconds: 30, seeds: [1] },
  instances,
  run,
  judge,
};
