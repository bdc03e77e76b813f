import { dateOf } from '../kernel/dates.ts';

/** Time as an argument: the program's clock in production, a fixed one in tests. */
export interface Clock {
  now(): Temporal.Instant;
}

export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** The civil date of the cluster, now. */
export const today = (clock: Clock): Temporal.PlainDate => dateOf(clock.now());
