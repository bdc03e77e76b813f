import { type Violation, violation } from '../checked.ts';
import { type Recount, type Statement, sum, travelPerSeat } from './check-allocation.ts';
import type { PoolPlan, PoolProblem, Share } from './problem.ts';

const isCents = (n: number): boolean => Number.isSafeInteger(n);

/** One entry a company of the problem, whole cents everywhere: what the other checks take for granted. */
export function checkShareList(problem: PoolProblem, shares: readonly Share[]): Violation[] {
  const found: Violation[] = [];
  const known = new Set(problem.companies.map((c) => c.id));
  const seen = new Set<string>();
  for (const [k, share] of shares.entries()) {
    const where = `shares[${k}]`;
    if (!known.has(share.company))
      found.push(
        violation('unknown-company', where, `The problem has no company ${JSON.stringify(share.company)}.`),
      );
    if (seen.has(share.company))
      found.push(violation('company-twice', where, `Company ${share.company} has two shares.`));
    seen.add(share.company);
    for (const key of ['pays', 'travel', 'alone', 'saves'] as const) {
      const cents = share[key];
      if (cents !== null && !isCents(cents))
        found.push(violation('not-cents', `${where}.${key}`, `${cents} is not a whole number of cents.`));
    }
    if (!(share.error >= 0 && Number.isFinite(share.error)))
      found.push(violation('bad-error', `${where}.error`, `${share.error} is not a half-width.`));
  }
  for (const { id } of problem.companies)
    if (!seen.has(id)) found.push(violation('company-missing', 'shares', `Company ${id} has no share.`));
  return found;
}

/** Travel prices that the plan needs and the problem lacks. */
export function checkTravel(statement: Statement, plan: PoolPlan): Violation[] {
  return plan.sessions.flatMap((session, k) =>
    session.seats.flatMap((seat, i) => {
      const { site } = statement.offers.get(session.offer)!;
      if (travelPerSeat(statement, seat.need, site) !== null) return [];
      return [
        violation(
          'no-travel-price',
          `sessions[${k}].seats[${i}]`,
          `The problem has no travel price for need ${seat.need} to ${site}, that way.`,
        ),
      ];
    }),
  );
}

/** Cost, bill and their sums. */
export function checkMoney(statement: Statement, plan: PoolPlan, plain: Recount): Violation[] {
  const found: Violation[] = [];
  if (plan.cost !== plain.cost)
    found.push(
      violation(
        'cost',
        'cost',
        `The cost is ${plain.sessions} of sessions + ${plain.individual} of individual seats + ${plain.travel} of travel + ${plain.penalties} of penalties = ${plain.cost}, not ${plan.cost}.`,
        { said: plan.cost, recounted: plain.cost },
      ),
    );
  if (plan.billed !== plain.billed)
    found.push(
      violation(
        'billed',
        'billed',
        `The bill is ${plain.sessions} of sessions + ${plain.individual} of individual seats - ${plain.subsidy} of subsidy = ${plain.billed}, not ${plan.billed}.`,
        { said: plan.billed, recounted: plain.billed },
      ),
    );
  const paid = sum(plan.shares.map((s) => s.pays));
  if (paid !== plain.billed)
    found.push(
      violation('pays-do-not-add-up', 'shares', `The companies pay ${paid} of a bill of ${plain.billed}.`, {
        paid,
        billed: plain.billed,
      }),
    );
  const prices = [...plain.servedByNeed].map(([need, seats]) => {
    const price = statement.catalogue.get(statement.needs.get(need)!.course);
    return price === undefined ? Number.POSITIVE_INFINITY : price * seats;
  });
  const spent = plain.sessions + plain.individual + plain.travel;
  if (spent > sum(prices))
    found.push(
      violation(
        'above-catalogue',
        'cost',
        `Sessions, individual seats and travel cost ${spent}, more than the same seats at the catalogue: ${sum(prices)}.`,
        { spent, catalogue: sum(prices) },
      ),
    );
  return found;
}

/** What each share says of itself: travel, savings, the zeros of who has no seat, no payment below what is allowed. */
export function checkEachShare(plan: PoolPlan, plain: Recount): Violation[] {
  return plan.shares.flatMap((share, k) => {
    const found: Violation[] = [];
    const { company, pays, travel, alone, saves } = share;
    const breach = (
      code: string,
      key: keyof Share,
      sentence: string,
      numbers: Record<string, number> = {},
    ): void => {
      found.push(violation(code, `shares[${k}].${key}`, sentence, numbers));
    };
    const recounted = plain.travelByCompany.get(company)!;
    if (travel !== recounted)
      breach('travel', 'travel', `The travel of ${company} costs ${recounted}, not ${travel}.`, {
        said: travel,
        recounted,
      });
    if (plain.servedByCompany.get(company) === 0) {
      for (const key of ['pays', 'travel', 'alone', 'saves', 'error'] as const)
        if (share[key] !== 0)
          breach('not-served', key, `${company} has no seat, so its "${key}" is 0, not ${share[key]}.`);
      if (share.capped) breach('not-served', 'capped', `${company} has no seat, so it is not capped.`);
      return found;
    }
    if ((alone === null) !== (saves === null))
      breach('null', 'saves', `"alone" and "saves" of ${company} must be null together.`);
    if (alone !== null && saves !== null) {
      if (saves !== alone - pays - travel)
        breach(
          'saves',
          'saves',
          `${company} saves ${alone} - ${pays} - ${travel} = ${alone - pays - travel}, not ${saves}.`,
          {
            said: saves,
            recounted: alone - pays - travel,
          },
        );
      if (alone - pays - travel < 0)
        breach(
          'more-than-alone',
          'pays',
          `${company} pays ${pays} and travels for ${travel}: more than ${alone} alone.`,
          {
            charged: pays + travel,
            alone,
          },
        );
    }
    const least = alone !== null && travel > alone ? alone - travel : 0;
    if (pays < least)
      breach('pays-too-little', 'pays', `${company} pays ${pays}; the least it may pay is ${least}.`, {
        pays,
        least,
      });
    return found;
  });
}

/** maxPricePerSeat: (pays + travel) of the company over its served seats, for each of its needs that is served. */
export function checkCeilings(statement: Statement, plan: PoolPlan, plain: Recount): Violation[] {
  const charged = new Map(plan.shares.map((s) => [s.company, s.pays + s.travel]));
  return statement.problem.needs.flatMap((need, k) => {
    if (need.maxPricePerSeat === undefined || (plain.servedByNeed.get(need.id) ?? 0) === 0) return [];
    const seats = plain.servedByCompany.get(need.company)!;
    const charge = charged.get(need.company)!;
    if (charge <= need.maxPricePerSeat * seats) return [];
    return [
      violation(
        'over-ceiling',
        `needs[${k}]`,
        `Need ${need.id} allows ${need.maxPricePerSeat} a seat; ${need.company} is charged ${charge} for ${seats} seats.`,
        { maxPricePerSeat: need.maxPricePerSeat, charged: charge, seats },
      ),
    ];
  });
}
