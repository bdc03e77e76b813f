import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { checkPool } from './check.ts';
import { planPool } from './plan.ts';
import { readPool } from './read.ts';
import { settlePlan } from './settle.ts';

const fixture = (name: string) => readFile(new URL(`./fixtures/${name}`, import.meta.url));

/** The worked example of docs/algorithms/pool.md. */
describe('the worked example', () => {
  it('is planned as its plan file says, and the checker agrees', async () => {
    const problem = readPool(await fixture('training.json'));
    if (!problem.ok) throw new Error(problem.error.message);
    const expected: unknown = JSON.parse((await fixture('training.plan.json')).toString());
    const { plan } = await planPool(problem.value, {
      budget: { iterations: 200 },
      seed: 1,
      settle: settlePlan,
    });
    expect(plan).toEqual(expected);
    expect(await checkPool(problem.value, plan)).toEqual([]);
  });

  it('adds up by hand', async () => {
    const plan: unknown = JSON.parse((await fixture('training.plan.json')).toString());
    const iso = 180_000 + 7 * 2_500;
    const metrology = 60_000 + 3 * 3_000;
    const travel = 3 * 1_200 + 3 * 1_600;
    const penalties = 30_000 + 25_000 + 2 * 70_000;
    const individual = 62_000;
    const subsidy = 10 * 1_000;
    expect(plan).toMatchObject({
      cost: iso + metrology + individual + travel + penalties,
      billed: iso + metrology + individual - subsidy,
    });
  });
});
