import { readFile, writeFile } from 'node:fs/promises';
import { decodeUtf8 } from '../kernel/json.ts';
import { checkSscflp, costOfSscflp, readSscflp } from '../solve/pool/check-sscflp.ts';
import { parseSscflp, type SscflpAnswer } from '../solve/pool/sscflp.ts';
import { solveSscflp } from '../solve/pool/sscflp-solve.ts';
import { gapOf } from '../solve/progress.ts';
import { parseSolverOptions } from './options.ts';
import { progressLine } from './progress.ts';

const USAGE =
  'Usage: grappe solve pool FILE --format sscflp [--seconds S | --iterations N] [--seed N] [--threads N] [--out FILE]\n';

/**
 * `grappe solve pool FILE --format sscflp`. Exit codes: 0 done, 1 a failure of ours or of the disk, 2 wrong arguments
 * or a malformed file, 3 no feasible answer.
 */
export async function run(args: string[]): Promise<number> {
  const parsed = parseSolverOptions(args);
  if (!parsed.ok) return fail(2, `grappe solve pool: ${parsed.error}\n${USAGE.trimEnd()}`);
  const { file, seconds, iterations, seed, threads, out } = parsed.value;
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => error);
  if (bytes instanceof Error) return fail(2, `${file}:1: cannot be read (${bytes.code ?? bytes.message})`);
  const text = decodeUtf8(bytes);
  const instance = text.ok ? parseSscflp(text.value) : text;
  if (!instance.ok) return fail(2, `${file}:${instance.error.line}: ${instance.error.message}`);

  const cancel = new Int32Array(new SharedArrayBuffer(4));
  let interrupts = 0;
  const interrupt = (): void => {
    interrupts += 1;
    if (interrupts > 1) process.exit(130);
    Atomics.store(cancel, 0, 1);
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const limits = {
    ...(seconds !== undefined && { seconds }),
    ...(iterations !== undefined && { iterations }),
  };
  const line = progressLine(limits, (cost) => String(cost));
  // The budget counts from the start of the process, where `performance.now()` is 0.
  const budget = { ...limits, startedAt: 0, cancel };
  const outcome = await solveSscflp(instance.value, { budget, seed, threads, onProgress: line.show });
  line.end();
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);

  const { answer, bound } = outcome;
  if (answer === null) return fail(3, `${file}: ${whyNone(outcome.isProved, interrupts > 0)}`);
  const { cost, violations } = recount(text.ok ? text.value : '', answer);
  for (const violation of violations) process.stderr.write(`The checker refuses the answer: ${violation}\n`);
  if (out !== undefined) {
    const failure = await writeFile(out, `${JSON.stringify(answer)}\n`).catch((error: Error) => error);
    if (failure instanceof Error) return fail(1, `${out} cannot be written: ${failure.message}`);
  }
  const summary = {
    family: 'sscflp',
    cost,
    bound,
    gap: gapOf(cost, bound),
    seconds: Math.round(performance.now()) / 1000,
    seed,
    iterations: outcome.iterations,
    threads,
    checked: violations.length === 0,
    proved: outcome.isProved,
    secondsToBest: Math.round(1000 * (outcome.secondsToBest ?? 0)) / 1000,
    open: answer.open.length,
  };
  process.stdout.write(`${JSON.stringify(summary)}\n`);
  return violations.length === 0 ? 0 : 1;
}

function fail(code: number, sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return code;
}

const whyNone = (isProved: boolean, isInterrupted: boolean): string => {
  if (isProved) return 'no assignment keeps the capacities';
  return `no assignment that keeps the capacities was found ${isInterrupted ? 'before the stop' : 'in this budget'}`;
};

/** Cost and violations by the independent checker, which reads the file again by itself. */
function recount(text: string, answer: SscflpAnswer): { cost: number; violations: string[] } {
  const instance = readSscflp(text);
  if (!instance.ok) return { cost: Number.NaN, violations: [instance.error.message] };
  const violations = checkSscflp(instance.value, answer).map((violation) => violation.sentence);
  return { cost: costOfSscflp(instance.value, answer), violations };
}
