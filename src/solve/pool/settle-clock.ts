import { setImmediate } from 'node:timers/promises';
import { type Budget, isCancelled, millisecondsLeft } from '../stop.ts';

/** The time of a settlement. */
export interface SettleClock {
  /** True once time is gone or somebody asked to stop. */
  isOver(): boolean;
  /** True a moment after it is over: what takes milliseconds is still counted to its end. */
  isSpent(): boolean;
  /** Seconds left, 0 once it is over; Infinity where only iterations limit the run. */
  secondsLeft(): number;
  /** Seconds since the budget began. */
  seconds(): number;
  /** Lets the thread's other work run, some twenty times a second. */
  breathe(): Promise<void>;
  readonly cancel?: Int32Array;
}

const BREATH_MS = 50;
/** Of the second that a cancelled run has, for counting small games to their end. */
const GRACE_MS = 150;

export function settleClock(budget: Budget): SettleClock {
  const began = performance.now();
  let breathed = began;
  const isOver = (): boolean => isCancelled(budget) || millisecondsLeft(budget) <= 0;
  let overAt = Number.POSITIVE_INFINITY;
  return {
    isOver,
    isSpent() {
      if (!isOver()) return false;
      overAt = Math.min(overAt, performance.now());
      return performance.now() - overAt >= GRACE_MS;
    },
    secondsLeft: () => (isOver() ? 0 : millisecondsLeft(budget) / 1000),
    seconds: () => (performance.now() - (budget.startedAt ?? began)) / 1000,
    async breathe() {
      if (performance.now() - breathed < BREATH_MS) return;
      await setImmediate();
      breathed = performance.now();
    },
    ...(budget.cancel !== undefined && { cancel: budget.cancel }),
  };
}

/** A clock that is over after a share of the time that another has left. */
export function sliceOf(clock: SettleClock, share: number): SettleClock {
  const until = performance.now() + clock.secondsLeft() * 1000 * share;
  const left = (): number => Math.min(clock.secondsLeft(), Math.max(0, (until - performance.now()) / 1000));
  return { ...clock, isOver: () => left() <= 0, secondsLeft: left };
}
