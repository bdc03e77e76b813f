import { readFile, writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { checkShares } from '../solve/share/check.ts';
import { totalCost } from '../solve/share/game.ts';
import { type GameFile, readGame } from '../solve/share/read.ts';
import { describeDivision, divide, refuseRule, SHARING_RULES } from '../solve/share/rules.ts';
import { millisecondsLeft } from '../solve/stop.ts';
import { parseSolverOptions, type SolverOptions } from './options.ts';

const USAGE = `Usage: grappe share FILE --rule ${SHARING_RULES.join('|')} [--seconds S] [--seed N] [--out FILE]\n`;

/** The checker recomputes a rule from its definition: beyond so many players it checks sums and flags alone. */
const RECOMPUTED_PLAYERS = { shapley: 12, proportional: 12, nucleolus: 10, 'equal-profit': 7 } as const;

/** Exit codes: 0 done, 1 a failure of ours or of the disk, 2 wrong arguments or a malformed file, 3 no answer. */
export async function run(args: string[]): Promise<number> {
  const options = parseSolverOptions(args);
  if (!options.ok) return refuseArguments(options.error);
  const rule = SHARING_RULES.find((r) => r === options.value.rule);
  if (rule === undefined)
    return refuseArguments(
      options.value.rule === undefined
        ? 'which --rule?'
        : `--rule must be one of ${SHARING_RULES.join(', ')}, found ${options.value.rule}`,
    );
  const { file } = options.value;
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => error);
  if (bytes instanceof Error) {
    process.stderr.write(`${file}:1: cannot be read (${bytes.code ?? bytes.message})\n`);
    return 2;
  }
  const read = readGame(bytes);
  if (!read.ok) {
    process.stderr.write(`${file}:${read.error.line}: ${read.error.message}\n`);
    return 2;
  }
  const refusal = refuseRule(rule, read.value.game, read.value.weights);
  if (refusal !== null) {
    process.stderr.write(`${file}: ${refusal}\n`);
    return 3;
  }
  return shareCost(read.value, rule, options.value);
}

function refuseArguments(sentence: string): number {
  process.stderr.write(`grappe share: ${sentence}\n${USAGE}`);
  return 2;
}

async function shareCost(
  { players, game, weights }: GameFile,
  rule: (typeof SHARING_RULES)[number],
  options: SolverOptions,
): Promise<number> {
  let interrupts = 0;
  const interrupt = (): void => {
    interrupts += 1;
    if (interrupts > 1) process.exit(130);
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  // The budget counts from the start of the process, where `performance.now()` is 0.
  const budget = { startedAt: 0, ...(options.seconds !== undefined && { seconds: options.seconds }) };
  process.stderr.write(`${rule} among ${players.length} players\n`);
  const division = await divide(rule, game, weights, async () => {
    await setImmediate();
    return interrupts > 0 || millisecondsLeft(budget) <= 0;
  });
  if (!division.complete)
    process.stderr.write(
      'Stopped before the rule was complete: the shares sum to the whole, but are not yet its.\n',
    );

  const file = describeDivision(players, game, division.shares);
  const recomputed = division.complete && players.length <= RECOMPUTED_PLAYERS[rule] ? rule : null;
  const named = { players, cost: game.cost, weights: weights === null ? null : [...weights] };
  const violations = await checkShares(named, recomputed, file);
  for (const v of violations) process.stderr.write(`The checker refuses the shares: ${v.sentence}\n`);
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);

  const text = `${JSON.stringify(file, null, 2)}\n`;
  if (options.out === undefined) process.stdout.write(text);
  else {
    const failure = await writeFile(options.out, text).catch((e: Error) => e);
    if (failure instanceof Error) {
      process.stderr.write(`${options.out} cannot be written: ${failure.message}\n`);
      return 1;
    }
  }
  const summary = {
    family: 'share',
    cost: totalCost(game),
    bound: null,
    gap: null,
    seconds: Math.round(performance.now()) / 1000,
    seed: options.seed,
    iterations: division.programs,
    threads: options.threads,
    checked: violations.length === 0,
    rule,
    complete: division.complete,
    rational: file.rational,
    core: file.core,
  };
  process.stdout.write(`${JSON.stringify(summary)}\n`);
  return violations.length === 0 ? 0 : 1;
}
