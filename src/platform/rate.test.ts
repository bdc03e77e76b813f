import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rateLimit } from './rate.ts';

it('lets a burst pass, then one each interval', () => {
  const limit = rateLimit(3, 10);
  const at = (seconds: number): boolean => limit.allow('a', seconds * 1000);
  expect([at(0), at(0), at(0), at(0)]).toEqual([true, true, true, false]);
  expect([at(9), at(10), at(11), at(20)]).toEqual([false, true, false, true]);
  // Rest fills it up again, to the burst and no further.
  expect([at(1000), at(1000), at(1000), at(1000)]).toEqual([true, true, true, false]);
});

it('counts each key alone', () => {
  const limit = rateLimit(1, 10);
  expect([limit.allow('a', 0), limit.allow('b', 0), limit.allow('a', 0), limit.allow('b', 0)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('never lets more pass in any span than the burst and what the span is worth', () => {
  const calls = fc.array(fc.nat(20_000), { maxLength: 80 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 30 }),
      calls,
      (burst, everySeconds, waits) => {
        const limit = rateLimit(burst, everySeconds);
        let now = 0;
        const passed = waits.flatMap((wait) => {
          now += wait;
          return limit.allow('a', now) ? [now] : [];
        });
        passed.forEach((from, i) => {
          passed.slice(i).forEach((to, n) => {
            expect(n + 1).toBeLessThanOrEqual(burst + (to - from) / 1000 / everySeconds + 1e-6);
          });
        });
      },
    ),
  );
});

it('never refuses whoever keeps the pace', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 30 }),
      fc.array(fc.nat(5000)),
      (burst, everySeconds, more) => {
        const limit = rateLimit(burst, everySeconds);
        let now = 0;
        for (const wait of more) {
          now += everySeconds * 1000 + wait;
          expect(limit.allow('a', now)).toBe(true);
        }
      },
    ),
  );
});

it('takes nothing away when the clock is set back', () => {
  const limit = rateLimit(2, 10);
  limit.allow('a', 3_600_000);
  expect(limit.allow('a', 0)).toBe(true);
  expect(limit.allow('a', 0)).toBe(false);
  expect(limit.allow('a', 10_000)).toBe(true);
});

it('forgets the keys not seen for longest, so that its memory is bounded', () => {
  const limit = rateLimit(1, 1e9);
  expect(limit.allow('first', 0)).toBe(true);
  expect(limit.allow('second', 0)).toBe(true);
  for (let i = 0; i < 49_999; i += 1) limit.allow(`k${i}`, 0);
  // `second` was seen again, `first` was not.
  expect(limit.allow('second', 0)).toBe(false);
  for (let i = 0; i < 10; i += 1) limit.allow(`l${i}`, 0);
  expect(limit.allow('second', 0)).toBe(false);
  expect(limit.allow('first', 0)).toBe(true);
});
