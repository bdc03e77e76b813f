import { readFile, writeFile } from 'node:fs/promises';
import { formatMoney } from '../kernel/money.ts';
import { readPool } from '../solve/pool/read.ts';
import { runPool } from '../solve/pool/run.ts';
import { gapOf } from '../solve/progress.ts';
import { parseSolverOptions, type SolverOptions } from './options.ts';
import { progressLine } from './progress.ts';
import { verifyWithin } from './verify.ts';

const USAGE =
  'Usage: grappe solve pool FILE [--format sscflp] [--seconds S | --iterations N] [--seed N] [--threads N] [--out FILE]\n';

/** Exit codes: 0 done, 1 a failure of ours or of the disk, 2 wrong arguments or a malformed file, 3 no feasible answer. */
export async function run(args: string[]): Promise<number> {
  const [family, ...rest] = args;
  if (family !== 'pool') {
    process.stderr.write(USAGE);
    return 2;
  }
  const options = parseSolverOptions(rest);
  if (!options.ok) {
    process.stderr.write(`grappe solve pool: ${options.error}\n${USAGE}`);
    return 2;
  }
  const { format = 'json' } = options.value;
  if (format === 'sscflp') return (await import('./solve-sscflp.ts')).run(rest);
  if (format !== 'json') {
    process.stderr.write(`grappe solve pool: --format must be json or sscflp, found ${format}\n`);
    return 2;
  }
  return solvePool(options.value);
}

async function solvePool(options: SolverOptions): Promise<number> {
  const bytes = await readFile(options.file).catch((error: NodeJS.ErrnoException) => error);
  if (bytes instanceof Error) {
    process.stderr.write(`${options.file}:1: cannot be read (${bytes.code ?? bytes.message})\n`);
    return 2;
  }
  const problem = readPool(bytes);
  if (!problem.ok) {
    process.stderr.write(`${options.file}:${problem.error.line}: ${problem.error.message}\n`);
    return 2;
  }

  const { seconds, iterations, seed, threads } = options;
  // The plan must still be checked and written: some 0.8 s for a thousand needs.
  const reserve = 0.2 + 0.0008 * problem.value.needs.length;
  const limits = {
    ...(seconds !== undefined && { seconds: seconds - Math.min(0.1 * seconds, reserve) }),
    ...(iterations !== undefined && { iterations }),
  };
  const line = progressLine(limits, (cents) => formatMoney(cents, 'en'));
  // The budget counts from the start of the process, where `performance.now()` is 0.
  const job = runPool(problem.value, { ...limits, seed, threads, startedAt: 0, onProgress: line.show });
  let interrupts = 0;
  const interrupt = (): void => {
    interrupts += 1;
    if (interrupts > 1) process.exit(130);
    job.cancel();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const outcome = await job.result;
  line.end();
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);

  const { plan } = outcome;
  const remaining = seconds === undefined ? Number.POSITIVE_INFINITY : 1000 * seconds - performance.now();
  const faults = await verifyWithin(problem.value, plan, interrupts > 0 ? 0 : remaining);
  for (const fault of faults) process.stderr.write(`The checker refuses the plan: ${fault}\n`);
  if (options.out !== undefined) {
    const failure = await writeFile(options.out, `${JSON.stringify(plan, null, 2)}\n`).catch((e: Error) => e);
    if (failure instanceof Error) {
      process.stderr.write(`${options.out} cannot be written: ${failure.message}\n`);
      return 1;
    }
  }
  const summary = {
    family: 'pool',
    cost: plan.cost,
    bound: plan.bound,
    gap: gapOf(plan.cost, plan.bound),
    seconds: Math.round(performance.now()) / 1000,
    seed,
    iterations: outcome.iterations,
    threads,
    checked: faults.length === 0,
    billed: plan.billed,
    sessions: plan.sessions.length,
    core: plan.core,
  };
  process.stdout.write(`${JSON.stringify(summary)}\n`);
  return faults.length === 0 ? 0 : 1;
}
