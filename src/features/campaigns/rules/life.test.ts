import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CampaignState } from '../types.ts';
import { decideTransition, LIFE } from './life.ts';

const STATES: readonly CampaignState[] = [...LIFE, 'postponed', 'cancelled'];

describe('the life of a campaign', () => {
  it('goes from the draft to its settlement, one state after the other, without a reason', () => {
    for (const [i, state] of LIFE.slice(0, -1).entries())
      expect(decideTransition(state, LIFE[i + 1]!, '')).toEqual({ ok: true, value: LIFE[i + 1] });
  });

  it('asks for a reason to postpone, to cancel and to go back', () => {
    for (const [from, to] of [
      ['open', 'postponed'],
      ['frozen', 'cancelled'],
      ['frozen', 'open'],
      ['planned', 'frozen'],
    ] as const) {
      expect(decideTransition(from, to, '  ')).toMatchObject({
        ok: false,
        error: { code: 'reason-required' },
      });
      expect(decideTransition(from, to, 'grève des transports').ok).toBe(true);
    }
  });

  it('resumes a postponed campaign as it was, and as nothing else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STATES), fc.constantFrom(...LIFE), (to, before) => {
        const allowed = to === before || to === 'cancelled';
        expect(decideTransition('postponed', to, 'raison', before).ok).toBe(allowed);
      }),
    );
  });

  it('never leaves an end, and never skips a state forward', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STATES), fc.constantFrom(...STATES), (from, to) => {
        const result = decideTransition(from, to, 'raison');
        if (from === 'settled' || from === 'cancelled') expect(result.ok).toBe(false);
        const forward = LIFE.indexOf(to) - LIFE.indexOf(from);
        if (LIFE.includes(from) && LIFE.includes(to) && forward > 1) expect(result.ok).toBe(false);
      }),
    );
  });
});
