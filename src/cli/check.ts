import { readFile } from 'node:fs/promises';
import { decodeUtf8, type TextError } from '../kernel/json.ts';
import { formatMoney } from '../kernel/money.ts';
import type { Result } from '../kernel/result.ts';
import { flag, key, list, number, orNull, readAnswer, record, text } from '../solve/check-read.ts';
import type { Violation } from '../solve/checked.ts';
import { auditPool } from '../solve/pool/check.ts';
import { readPlan, readSscflpAnswer } from '../solve/pool/check-read.ts';
import { checkSscflp, costOfSscflp, readSscflp } from '../solve/pool/check-sscflp.ts';
import { readPool } from '../solve/pool/read.ts';
import { checkShares, type ShareRule, type SharesOutput } from '../solve/share/check.ts';
import { readGame } from '../solve/share/read.ts';

const RULES: readonly ShareRule[] = ['shapley', 'nucleolus', 'proportional', 'equal-profit'];

const USAGE = 'Usage: grappe check sscflp|pool|share INPUT OUTPUT [--rule NAME]\n';

/** What a checker found: violations, or the line that says that all is well. */
interface Verdict {
  readonly violations: readonly Violation[];
  /** What could not be verified. */
  readonly notes: readonly string[];
  readonly fine: string;
}

/** The input and the output file of a family, read and checked; a refusal to read names the file. */
type Family = (input: Source, output: Source, rule: ShareRule | null) => Promise<Verdict>;

const FAMILIES: Readonly<Record<string, Family>> = { sscflp, pool, share };

/** Stops the command with exit code 2 and one line. */
class Stop extends Error {}

/**
 * `grappe check FAMILY INPUT OUTPUT`: the independent checker's verdict on stdout. Exit 0 and one line with the
 * recounted cost; exit 1 with each violation on a line; exit 2 for wrong arguments or a malformed file, one line
 * `FILE:LINE: what is wrong` on stderr.
 */
export async function run(args: string[]): Promise<number> {
  try {
    const { family, input, output, rule } = parse(args);
    const verdict = await family(new Source(input), new Source(output), rule);
    const lines =
      verdict.violations.length === 0
        ? [verdict.fine]
        : verdict.violations.map((v) => `${v.where}: ${v.sentence} [${v.code}]`);
    for (const note of verdict.notes) process.stderr.write(`Note: ${note}\n`);
    process.stdout.write(`${lines.join('\n')}\n`);
    return verdict.violations.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function parse(args: readonly string[]): {
  family: Family;
  input: string;
  output: string;
  rule: ShareRule | null;
} {
  const rest = [...args];
  let rule: ShareRule | null = null;
  const at = rest.indexOf('--rule');
  if (at >= 0) {
    const name = rest[at + 1];
    const found = RULES.find((r) => r === name);
    if (found === undefined) throw new Stop(`grappe check: --rule must be one of ${RULES.join(', ')}`);
    rule = found;
    rest.splice(at, 2);
  }
  const unknown = rest.find((arg) => arg.startsWith('-'));
  if (unknown !== undefined) throw new Stop(`grappe check: unknown option ${unknown}\n${USAGE.trimEnd()}`);
  const [name, input, output, ...more] = rest;
  if (name === undefined || input === undefined || output === undefined || more.length > 0)
    throw new Stop(USAGE.trimEnd());
  const family = Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined;
  if (family === undefined)
    throw new Stop(`grappe check: unknown family ${name}, known: ${Object.keys(FAMILIES).join(', ')}`);
  if (rule !== null && family !== share) throw new Stop('grappe check: --rule is for share');
  return { family, input, output, rule };
}

/** A file by its name on the command line. */
class Source {
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  async read<T>(reader: (bytes: Uint8Array) => Result<T, TextError>): Promise<T> {
    const bytes = await readFile(this.file).catch((error: NodeJS.ErrnoException) => {
      throw new Stop(`${this.file}:1: cannot be read (${error.code ?? error.message})`);
    });
    const result = reader(bytes);
    if (!result.ok) throw new Stop(`${this.file}:${result.error.line}: ${result.error.message}`);
    return result.value;
  }
}

async function sscflp(input: Source, output: Source): Promise<Verdict> {
  const instance = await input.read((bytes) => {
    const decoded = decodeUtf8(bytes);
    return decoded.ok ? readSscflp(decoded.value) : decoded;
  });
  const answer = await output.read(readSscflpAnswer);
  const violations = checkSscflp(instance, answer);
  const cost = violations.length === 0 ? costOfSscflp(instance, answer) : Number.NaN;
  return {
    violations,
    notes: [],
    fine: `OK: cost ${cost}, ${answer.open.length} facilities open, ${answer.assign.length} customers.`,
  };
}

async function pool(input: Source, output: Source): Promise<Verdict> {
  const problem = await input.read(readPool);
  const plan = await output.read(readPlan);
  const { violations, notes, recount } = await auditPool(problem, plan);
  const bound = plan.bound === null ? 'no bound' : `bound ${plan.bound}`;
  return {
    violations,
    notes: notes.map((n) => n.sentence),
    fine:
      recount === null
        ? ''
        : `OK: cost ${recount.cost} (${formatMoney(recount.cost, 'en')}), ${bound}, billed ${recount.billed}, core ${plan.core}.`,
  };
}

async function share(input: Source, output: Source, rule: ShareRule | null): Promise<Verdict> {
  const { players, game, weights } = await input.read(readGame);
  const shares = await output.read((bytes) =>
    readAnswer(
      bytes,
      (file): SharesOutput => ({
        shares: record(key(file, 'shares'), number),
        rational: flag(key(file, 'rational')),
        core: flag(key(file, 'core')),
        blocking: orNull(key(file, 'blocking'), (of) => list(of, text)),
      }),
    ),
  );
  const named = { players, cost: game.cost, weights: weights === null ? null : [...weights] };
  const violations = checkShares(named, rule, shares);
  const paid = Object.values(shares.shares).reduce((a, b) => a + b, 0);
  return {
    violations,
    notes: rule === null ? ['the rule is not in the file: add --rule NAME to check it.'] : [],
    fine: `OK: cost ${paid} shared among ${players.length} players, ${shares.core ? 'in the core' : 'not in the core'}${rule === null ? '' : `, ${rule}`}.`,
  };
}
