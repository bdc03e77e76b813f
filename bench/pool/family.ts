import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkAllocation, recount, statementOf } from '../../src/solve/pool/check-allocation.ts';
import { checkMoney } from '../../src/solve/pool/check-figures.ts';
import type { PoolPlan, PoolProblem } from '../../src/solve/pool/problem.ts';
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
import { generatePool, type PoolShape, STANDARD } from './generate.ts';

interface PoolBench extends BenchInstance {
  readonly file: string;
  readonly problem: PoolProblem;
}

const SEEDS = Array.from({ length: 10 }, (_, k) => k + 1);
const SMALL: Omit<PoolShape, 'fill'> = { needs: 24, sessions: 8, reach: 0.5, minSeats: 4 };

async function instances({ isSmoke, scratch }: BenchSource): Promise<readonly PoolBench[]> {
  const shape = isSmoke ? SMALL : STANDARD;
  const list: PoolBench[] = [];
  for (const [kind, fill] of [
    ['loose', 0.7],
    ['tight', 1.2],
  ] as const)
    for (const seed of isSmoke ? [1] : SEEDS) {
      const problem = generatePool({ ...shape, fill }, seed);
      const file = join(scratch, `${kind}-${seed}.json`);
      await writeFile(file, JSON.stringify(problem));
      list.push({ name: `${kind}-${seed}`, file, problem });
    }
  return list;
}

async function run({ name, file, problem }: PoolBench, effort: BenchEffort): Promise<BenchRow> {
  const { seconds, seed, scratch } = effort;
  const out = join(scratch, 'plan.json');
  const limits = ['--seconds', String(seconds), '--seed', String(seed)];
  const solved = await runGrappe(['solve', 'pool', file, '--out', out, ...limits]);
  const cost = numberIn(solved.summary, 'cost');
  const bound = numberIn(solved.summary, 'bound');
  const row = { instance: name, seed, bestKnown: null, bound, seconds: solved.seconds, secondsToBest: null };
  if (solved.code !== 0 || cost === null) {
    const note = `exit ${solved.code}: ${solved.stderr.trim().split('\n').at(-1) ?? ''}`;
    return { ...row, cost: null, gap: null, isChecked: false, note };
  }
  const plan: PoolPlan = JSON.parse(await readFile(out, 'utf8'));
  const statement = statementOf(problem);
  const seats = checkAllocation(problem, plan);
  const money = seats.length > 0 ? [] : checkMoney(statement, plan, recount(statement, plan));
  const isChecked = seats.length === 0 && money.length === 0 && plan.cost === cost;
  return { ...row, cost, gap: gapTo(cost, bound), isChecked, note: cost === bound ? 'proved' : '' };
}

function judge(rows: readonly BenchRow[], isSmoke: boolean): readonly Verdict[] {
  if (isSmoke) {
    const { worst } = summarise(rows);
    return [
      {
        sentence: `small pools within 6 % of their own bound: worst ${percent(worst)}.`,
        isKept: worst <= 0.06,
      },
    ];
  }
  return [
    { kind: 'tight', most: 0.02 },
    { kind: 'loose', most: 0.06 },
  ].map(({ kind, most }) => {
    const { mean, worst } = summarise(rows.filter((row) => row.instance.startsWith(kind)));
    return {
      sentence: `${kind} pools within ${percent(most)} of their own bound: worst ${percent(worst)}, mean ${percent(mean)}.`,
      isKept: worst <= most,
    };
  });
}

export const family: BenchFamily<PoolBench> = {
  name: 'pool',
  title: 'Pooled sessions',
  about: `\`grappe solve pool FILE.json\` on pools of \`bench/pool/generate.ts\`: 1,000 needs, 150 possible sessions, minimum 6, each need
open to 35 % of the sessions; seats asked over seats possible 0.7 (loose) and 1.2 (tight), ten seeds each, against the
run's own bound. Seats, conditions and money are recounted by the checker.`,
  defaults: { seconds: 60, seeds: [1] },
  instances,
  run,
  judge,
};
