import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SharingRule } from '../../src/solve/pool/problem.ts';
import { airportGame, bankruptcyGame } from '../../src/solve/share/examples.ts';
import type { CostGame } from '../../src/solve/share/game.ts';
import { totalCost } from '../../src/solve/share/game.ts';
import { numberIn, runGrappe } from '../command.ts';
import type { BenchEffort, BenchFamily, BenchInstance, BenchRow, BenchSource, Verdict } from '../family.ts';
import { gameText, randomCosts } from './generate.ts';

interface ShareBench extends BenchInstance {
  readonly rule: SharingRule;
  readonly game: CostGame;
  /** Known shares; null where none are. */
  readonly known: readonly number[] | null;
}

const RECOMPUTED_PLAYERS = 12;

/** Published values: Littlechild and Owen's airports, and the bankruptcies of the Talmud as costs (minus the gains). */
const VECTORS: readonly ShareBench[] = [
  vector('shapley/airport-4', 'shapley', airportGame([8, 11, 13, 18]), [2, 3, 4, 9]),
  vector('nucleolus/airport-4', 'nucleolus', airportGame([8, 11, 13, 18]), [3.25, 3.25, 3.25, 8.25]),
  vector(
    'shapley/airport-6',
    'shapley',
    airportGame([40, 50, 60, 70, 80, 90]),
    [40, 52, 67, 87, 117, 177].map((x) => x / 6),
  ),
  vector('shapley/runway', 'shapley', airportGame([1500, 2200, 3000]), [500, 850, 1650]),
  ...[
    { estate: 100, gains: [100 / 3, 100 / 3, 100 / 3] },
    { estate: 200, gains: [50, 75, 75] },
    { estate: 300, gains: [50, 100, 150] },
  ].map(({ estate, gains }) =>
    vector(
      `nucleolus/talmud-${estate}`,
      'nucleolus',
      bankruptcyGame(estate, [100, 200, 300]),
      gains.map((g) => -g),
    ),
  ),
];

function vector(name: string, rule: SharingRule, game: CostGame, known: readonly number[]): ShareBench {
  return { name, rule, game, known };
}

const random = (rule: SharingRule, size: number, seed: number): ShareBench => ({
  name: `${rule}/random-${size}-${seed}`,
  rule,
  game: randomCosts(size, seed),
  known: null,
});

/** Runways of 7, 14, ... 140: each step of 7 is shared equally by those who need it. */
function longAirport(): ShareBench {
  const needs = Array.from({ length: 20 }, (_, i) => 7 * (i + 1));
  let paid = 0;
  const known = needs.map((_, i) => {
    paid += 7 / (20 - i);
    return paid;
  });
  return { name: 'shapley/airport-20', rule: 'shapley', game: airportGame(needs), known };
}

function instances({ isSmoke }: BenchSource): Promise<readonly ShareBench[]> {
  if (isSmoke)
    return Promise.resolve([...VECTORS.slice(1, 3), random('nucleolus', 8, 1), random('equal-profit', 6, 1)]);
  const seeds = [1, 2, 3, 4, 5];
  return Promise.resolve([
    ...VECTORS,
    longAirport(),
    ...seeds.map((seed) => random('nucleolus', 12, seed)),
    ...seeds.map((seed) => random('equal-profit', 10, seed)),
    random('shapley', 20, 1),
    random('nucleolus', 16, 1),
    random('nucleolus', 20, 1),
  ]);
}

async function run(instance: ShareBench, { seconds, seed, scratch }: BenchEffort): Promise<BenchRow> {
  const file = join(scratch, `${instance.name.replace('/', '-')}.json`);
  const out = join(scratch, 'shares.json');
  await writeFile(file, gameText(instance.game));
  const effort = ['--seconds', String(seconds), '--seed', String(seed)];
  const shared = await runGrappe(['share', file, '--rule', instance.rule, '--out', out, ...effort]);
  const row = {
    instance: instance.name,
    seed,
    cost: numberIn(shared.summary, 'cost'),
    bestKnown: null,
    bound: null,
    seconds: shared.seconds,
    secondsToBest: null,
  };
  if (shared.code !== 0) {
    const note = `exit ${shared.code}: ${shared.stderr.trim().split('\n').at(-1) ?? ''}`;
    return { ...row, gap: null, isChecked: false, note };
  }
  // The checker recomputes a rule from its definition: beyond so many players it looks at sums and flags alone.
  const rule = instance.game.size <= RECOMPUTED_PLAYERS ? ['--rule', instance.rule] : [];
  const check = await runGrappe(['check', 'share', file, out, ...rule]);
  const isComplete = shared.summary?.complete === true;
  const gap = instance.known === null ? null : await largestError(out, instance);
  return {
    ...row,
    gap,
    isChecked: check.code === 0,
    note: `${numberIn(shared.summary, 'iterations')} programs${isComplete ? '' : ', not complete'}`,
  };
}

/** Largest error of a share, relative to c(N). */
async function largestError(out: string, { game, known }: ShareBench): Promise<number> {
  const { shares } = JSON.parse(await readFile(out, 'utf8')) as { shares: Record<string, number> };
  const errors = known!.map((value, i) => Math.abs(shares[`p${i + 1}`]! - value));
  return Math.max(...errors) / Math.abs(totalCost(game));
}

function judge(rows: readonly BenchRow[]): readonly Verdict[] {
  const known = rows.filter((row) => row.gap !== null);
  const worst = Math.max(...known.map((row) => row.gap!));
  const twelve = rows.filter((row) => row.instance.startsWith('nucleolus/random-12'));
  const slowest = Math.max(0, ...twelve.map((row) => row.seconds));
  const incomplete = rows.filter((row) => row.note.includes('not complete'));
  return [
    {
      sentence: `known shares to 1e-9 of the whole: ${worst.toExponential(1)} at worst.`,
      isKept: worst <= 1e-9,
    },
    {
      sentence: `nucleolus of 12 players within 5 s, start of the command included: ${slowest.toFixed(1)} s at worst.`,
      isKept: slowest <= 5,
    },
    { sentence: `every rule complete: ${incomplete.length} are not.`, isKept: incomplete.length === 0 },
  ];
}

export const family: BenchFamily<ShareBench> = {
  name: 'share',
  title: 'Cost sharing',
  about: `\`grappe share FILE --rule NAME\` on games with known shares (the gap is the largest error over c(N)) and on random games that
are not concave. Seconds are those of the whole command: of 20 players most go into reading a million costs.`,
  defaults: { seconds: 30, seeds: [1] },
  instances,
  run,
  judge,
};
