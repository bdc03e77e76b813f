import { type Violation, violation } from '../checked.ts';
import { type Recount, sum } from './check-allocation.ts';
import type { ComponentGame } from './check-game.ts';
import {
  type CompanyTotal,
  EXACT_COMPANIES,
  type ExpectedComponent,
  expectedPays,
  isLargestRemainder,
} from './check-shares.ts';
import type { Note } from './check-stability.ts';
import type { PoolPlan, PoolProblem, Share } from './problem.ts';

/** Remainders closer than this, in cents, are ties: exact shares reach doubles with far smaller errors. */
const TIE = 1e-7;

/** A component with what its companies should be charged. */
export interface Settled {
  readonly game: ComponentGame;
  readonly expected: ExpectedComponent;
}

/** Compares `alone`, `scarce`, `capped`, `exact`, `error` and `pays` with what the rules give. */
export function checkSettlement(
  problem: PoolProblem,
  plan: PoolPlan,
  plain: Recount,
  components: readonly Settled[],
): { violations: Violation[]; notes: Note[] } {
  const violations: Violation[] = [];
  const scarce = components.some((c) => c.expected.scarce);
  if (plan.scarce !== scarce)
    violations.push(
      violation(
        'scarce',
        'scarce',
        scarce
          ? 'In some component what each company needs alone sums to less than the bill and travel: "scarce" is true.'
          : 'In every component what each company needs alone sums to the bill and travel at least: "scarce" is false.',
      ),
    );
  for (const [k, share] of plan.shares.entries())
    if (plain.servedByCompany.get(share.company)! > 0)
      violations.push(...checkFlags(problem, share, `shares[${k}]`, components, plan, plain));
  const pays = checkPays(problem, plan, plain, components);
  return { violations: [...violations, ...pays.violations], notes: pays.notes };
}

/** What the components say of one company. */
function rowsOf(company: string, components: readonly Settled[]) {
  return components.flatMap(({ game, expected }) => {
    const i = game.players.indexOf(company);
    if (i < 0) return [];
    return [
      {
        size: game.players.length,
        baseline: expected.baseline[i]!,
        capped: expected.capped[i]!,
        charge: expected.charges?.[i] ?? null,
      },
    ];
  });
}

const total = (values: readonly (number | null)[]): number | null =>
  values.some((v) => v === null) ? null : sum(values.map((v) => v!));

function checkFlags(
  problem: PoolProblem,
  share: Share,
  where: string,
  components: readonly Settled[],
  plan: PoolPlan,
  plain: Recount,
): Violation[] {
  const found: Violation[] = [];
  const rows = rowsOf(share.company, components);
  const alone = total(rows.map((r) => r.baseline));
  if (share.alone !== alone)
    found.push(
      violation(
        'alone',
        `${where}.alone`,
        `${share.company} alone: ${alone ?? 'no price without a penalty, so null'}, not ${share.alone}.`,
        {
          ...(share.alone === null ? {} : { said: share.alone }),
          ...(alone === null ? {} : { recounted: alone }),
        },
      ),
    );
  const small = rows.every((r) => r.size <= EXACT_COMPANIES);
  if (small && !share.exact)
    found.push(
      violation(
        'exact',
        `${where}.exact`,
        `${share.company} is among at most ${EXACT_COMPANIES} companies: its share is exact.`,
      ),
    );
  if (!small && share.exact && problem.rules.sharing !== 'proportional')
    found.push(
      violation(
        'exact',
        `${where}.exact`,
        `${share.company} is among more than ${EXACT_COMPANIES} companies: its share is sampled.`,
      ),
    );
  if (share.exact && share.error !== 0)
    found.push(violation('error', `${where}.error`, `An exact share has no error, not ${share.error}.`));
  const capped = rows.some((r) => r.capped === true);
  const unsure = rows.some((r) => r.capped === null);
  if (share.capped !== capped && !(unsure && share.capped))
    found.push(
      violation(
        'capped',
        `${where}.capped`,
        capped
          ? `The rule gives ${share.company} more than alone: it is capped.`
          : `The rule gives ${share.company} no more than alone: it is not capped.`,
      ),
    );
  // A sampled share that is capped is all of `alone`, unless what others were raised to 0 by was taken off it.
  const raised = plan.shares.some((s) => plain.servedByCompany.get(s.company)! > 0 && s.pays <= 0);
  const sampled = rows.length === 1 && rows[0]!.charge === null;
  if (share.capped && sampled && !raised && share.saves !== null && share.saves > 0)
    found.push(
      violation(
        'capped',
        `${where}.capped`,
        `${share.company} saves ${share.saves}: nothing brought it down.`,
      ),
    );
  return found;
}

function checkPays(
  problem: PoolProblem,
  plan: PoolPlan,
  plain: Recount,
  components: readonly Settled[],
): { violations: Violation[]; notes: Note[] } {
  const rule = problem.rules.sharing;
  const unknown = components.filter((c) => c.expected.charges === null);
  if (unknown.length > 0)
    return {
      violations: [],
      notes: [
        {
          where: 'shares',
          sentence: `The ${rule} shares are not recomputed: a component has ${Math.max(...unknown.map((c) => c.game.players.length))} companies, or nothing in the rules says who bears what is above the caps.`,
        },
      ],
    };
  const totals: CompanyTotal[] = problem.companies.map(({ id }) => {
    const rows = rowsOf(id, components);
    return {
      charge: sum(rows.map((r) => r.charge!)),
      travel: plain.travelByCompany.get(id)!,
      alone: total(rows.map((r) => r.baseline)),
    };
  });
  const exact = expectedPays(totals);
  const said = new Map(plan.shares.map((s, k) => [s.company, { pays: s.pays, k }]));
  const pays = problem.companies.map((c) => said.get(c.id)!.pays);
  if (isLargestRemainder(pays, exact, TIE)) return { violations: [], notes: [] };
  const off = problem.companies.flatMap(({ id }, i) => {
    if (Math.abs(pays[i]! - exact[i]!) < 1) return [];
    return [
      violation(
        'pays',
        `shares[${said.get(id)!.k}].pays`,
        `By the ${rule} rule ${id} pays ${exact[i]!.toFixed(3)} cents before rounding, not ${pays[i]}.`,
        { said: pays[i]!, recounted: exact[i]! },
      ),
    ];
  });
  if (off.length > 0) return { violations: off, notes: [] };
  return {
    violations: [
      violation(
        'rounding',
        'shares',
        `The payments ${pays.join(', ')} are not ${exact.map((x) => x.toFixed(4)).join(', ')} rounded by largest remainder, ties in input order.`,
      ),
    ],
    notes: [],
  };
}
