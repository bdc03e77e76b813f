import { err, ok, type Result } from '../../../kernel/result.ts';
import type { Refusal } from '../../../platform/action.ts';
import type { CampaignState } from '../types.ts';

/**
 * The one life of everything done together. Postponed and cancelled can be reached from any state that is
 * not an end; a postponed campaign resumes as it was.
 */
const NEXT: Readonly<Record<CampaignState, readonly CampaignState[]>> = {
  draft: ['open'],
  open: ['frozen'],
  frozen: ['planned', 'open'],
  planned: ['offered', 'frozen'],
  offered: ['confirmed'],
  confirmed: ['running'],
  running: ['settled'],
  settled: [],
  postponed: [],
  cancelled: [],
};

/** The states in the order of a life that goes well. */
export const LIFE: readonly CampaignState[] = [
  'draft',
  'open',
  'frozen',
  'planned',
  'offered',
  'confirmed',
  'running',
  'settled',
];

const ENDS: readonly CampaignState[] = ['settled', 'cancelled'];

/**
 * Decides a change of state. `reason` is required where somebody was promised something else: postponing,
 * cancelling, going back.
 */
export function decideTransition(
  from: CampaignState,
  to: CampaignState,
  reason: string,
  resumesAs: CampaignState | null = null,
): Result<CampaignState, Refusal> {
  const needsReason = to === 'postponed' || to === 'cancelled' || isBackward(from, to);
  const reachable =
    to === 'postponed' || to === 'cancelled'
      ? !ENDS.includes(from) && from !== to
      : from === 'postponed'
        ? to === resumesAs
        : NEXT[from].includes(to);
  if (!reachable) return err({ code: 'state-not-reachable', params: { from, to } });
  if (needsReason && reason.trim() === '') return err({ code: 'reason-required' });
  return ok(to);
}

const isBackward = (from: CampaignState, to: CampaignState): boolean =>
  LIFE.includes(to) && LIFE.indexOf(to) < LIFE.indexOf(from);

/** True while the secretariat may still change the call. */
export const callMayChange = (state: CampaignState): boolean =>
  state === 'draft' || state === 'open' || state === 'frozen';
