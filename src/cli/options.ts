import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../kernel/result.ts';

/** Options that every solver of the command line takes. */
export interface SolverOptions {
  /** The input file. */
  readonly file: string;
  /** Wall seconds from the start of the process; absent when `iterations` is given alone. */
  readonly seconds?: number;
  readonly iterations?: number;
  readonly seed: number;
  readonly threads: number;
  readonly out?: string;
  readonly format?: string;
  /** A sharing rule, for `grappe share`. */
  readonly rule?: string;
}

const DEFAULT_SECONDS = 10;

/**
 * Reads `FILE --seconds S --seed N --threads N --iterations N --out FILE --format NAME --rule NAME`. The error is a sentence.
 * `--iterations` without `--seconds` leaves time out of it; with both, seconds still end the run.
 */
export function parseSolverOptions(args: readonly string[]): Result<SolverOptions, string> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return err(error instanceof Error ? error.message.split('\n')[0]! : String(error));
  }
  const { values, positionals } = parsed;
  const [file, ...more] = positionals;
  if (file === undefined) return err('which file?');
  if (more.length > 0) return err(`one file at a time, found ${more.length + 1}`);
  const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
  if (seconds !== undefined && !(seconds > 0 && seconds <= 86_400))
    return err('--seconds must be a number above 0, at most 86400');
  const numbers = {
    seed: wholeOf(values.seed, 1, 0, 2 ** 31 - 1),
    threads: wholeOf(values.threads, 1, 1, 64),
    iterations: wholeOf(values.iterations, 0, 1, 1e9),
  };
  for (const [name, value] of Object.entries(numbers))
    if (value === null)
      return err(`--${name} must be a whole number${name === 'seed' ? '' : ' of at least 1'}`);
  const hasIterations = values.iterations !== undefined;
  return ok({
    file,
    seed: numbers.seed!,
    threads: numbers.threads!,
    ...(hasIterations && { iterations: numbers.iterations! }),
    ...(seconds !== undefined && { seconds }),
    ...(seconds === undefined && !hasIterations && { seconds: DEFAULT_SECONDS }),
    ...(values.out !== undefined && { out: values.out }),
    ...(values.format !== undefined && { format: values.format }),
    ...(values.rule !== undefined && { rule: values.rule }),
  });
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      iterations: { type: 'string' },
      out: { type: 'string' },
      format: { type: 'string' },
      rule: { type: 'string' },
    },
  });
}

function wholeOf(text: string | undefined, absent: number, min: number, max: number): number | null {
  if (text === undefined) return absent;
  if (!/^\d{1,10}$/.test(text)) return null;
  const value = Number(text);
  return value >= min && value <= max ? value : null;
}
