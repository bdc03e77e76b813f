import type { TextError } from '../../kernel/json.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { type Violation, violation } from '../checked.ts';

/** Single-source capacitated facility location, as the checker reads it. */
export interface SscflpInstance {
  readonly capacities: readonly number[];
  readonly fixedCosts: readonly number[];
  readonly demands: readonly number[];
  /** `assignmentCosts[i][j]`: the whole of customer i at facility j. */
  readonly assignmentCosts: readonly (readonly number[])[];
}

export interface SscflpAnswer {
  readonly open: readonly number[];
  /** Facility of each customer, from 0. */
  readonly assign: readonly number[];
}

/**
 * Reads `J I`, J capacities, J fixed costs, I demands and I rows of J assignment costs: numbers apart by white space,
 * line ends without meaning.
 */
export function readSscflp(text: string): Result<SscflpInstance, TextError> {
  const tokens = text
    .split('\n')
    .flatMap((line, k) => (line.match(/\S+/g) ?? []).map((token) => ({ token, line: k + 1 })));
  const lastLine = tokens.at(-1)?.line ?? 1;
  const bad = tokens.find(({ token }) => !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(token));
  if (bad !== undefined)
    return err({ line: bad.line, message: `expected a number, found ${JSON.stringify(bad.token)}` });
  const values = tokens.map(({ token }) => Number(token));
  const [facilities, customers] = values;
  if (facilities === undefined || customers === undefined)
    return err({
      line: lastLine,
      message: 'the file must begin with the numbers of facilities and of customers',
    });
  for (const count of [facilities, customers])
    if (!Number.isInteger(count) || count < 1 || count > 100_000)
      return err({ line: tokens[0]!.line, message: `${count} is not a number of facilities or customers` });
  const wanted = 2 + 2 * facilities + customers + customers * facilities;
  if (values.length !== wanted)
    return err({
      line: values.length > wanted ? tokens[wanted]!.line : lastLine,
      message: `${facilities} facilities and ${customers} customers take ${wanted} numbers, found ${values.length}`,
    });
  let at = 2;
  const take = (count: number): number[] => {
    at += count;
    return values.slice(at - count, at);
  };
  return ok({
    capacities: take(facilities),
    fixedCosts: take(facilities),
    demands: take(customers),
    assignmentCosts: Array.from({ length: customers }, () => take(facilities)),
  });
}

/** Each customer in one open facility, capacities kept. */
export function checkSscflp(instance: SscflpInstance, answer: SscflpAnswer): Violation[] {
  const found: Violation[] = [];
  const facilities = instance.capacities.length;
  const isFacility = (j: number): boolean => Number.isInteger(j) && j >= 0 && j < facilities;
  const open = new Set<number>();
  for (const [k, j] of answer.open.entries()) {
    if (!isFacility(j))
      found.push(violation('unknown-facility', `open[${k}]`, `There is no facility ${j}.`, { facility: j }));
    else if (open.has(j))
      found.push(violation('open-twice', `open[${k}]`, `Facility ${j} is open twice.`, { facility: j }));
    open.add(j);
  }
  if (answer.assign.length !== instance.demands.length)
    found.push(
      violation(
        'customers',
        'assign',
        `${answer.assign.length} customers are assigned, the instance has ${instance.demands.length}.`,
        { assigned: answer.assign.length, customers: instance.demands.length },
      ),
    );
  const load = instance.capacities.map(() => 0);
  for (const [i, j] of answer.assign.entries()) {
    if (!isFacility(j)) {
      found.push(
        violation('unknown-facility', `assign[${i}]`, `There is no facility ${j}.`, { facility: j }),
      );
      continue;
    }
    if (!open.has(j))
      found.push(
        violation('not-open', `assign[${i}]`, `Customer ${i} is at facility ${j}, which is not open.`, {
          customer: i,
          facility: j,
        }),
      );
    load[j]! += instance.demands[i] ?? 0;
  }
  // Demands may be decimal: their sum is exact to far better than this.
  for (const [j, filled] of load.entries())
    if (filled > instance.capacities[j]! * (1 + 1e-12) + 1e-9)
      found.push(
        violation(
          'over-capacity',
          `open`,
          `Facility ${j} takes ${filled}, more than its ${instance.capacities[j]}.`,
          {
            facility: j,
            load: filled,
            capacity: instance.capacities[j]!,
          },
        ),
      );
  return found;
}

/** Fixed costs of the open facilities and assignment costs, recounted; for answers that the check accepts. */
export const costOfSscflp = (instance: SscflpInstance, answer: SscflpAnswer): number =>
  answer.open.reduce((cost, j) => cost + instance.fixedCosts[j]!, 0) +
  answer.assign.reduce((cost, j, i) => cost + instance.assignmentCosts[i]![j]!, 0);
