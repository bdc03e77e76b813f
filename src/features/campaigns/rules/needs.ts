import { err, ok, type Result } from '../../../kernel/result.ts';
import type { Refusal } from '../../../platform/action.ts';
import type { CampaignState } from '../types.ts';

/**
 * Whether a need may be written now. Delegates until the deadline, while the campaign is open; the
 * secretariat also after it, until a plan is chosen, for a company that answered by phone.
 */
export function decideNeedTime(
  campaign: { readonly state: CampaignState; readonly answersBy: Date | null },
  by: 'delegate' | 'staff',
  now: Date,
): Result<true, Refusal> {
  if (by === 'staff') {
    return campaign.state === 'open' || campaign.state === 'frozen'
      ? ok(true)
      : err({ code: 'campaign-not-taking-needs', params: { state: campaign.state } });
  }
  if (campaign.state === 'frozen') return err({ code: 'campaign-frozen' });
  if (campaign.state !== 'open')
    return err({ code: 'campaign-not-taking-needs', params: { state: campaign.state } });
  if (campaign.answersBy !== null && now > campaign.answersBy)
    return err({ code: 'after-deadline', params: { deadline: campaign.answersBy.toISOString() } });
  return ok(true);
}
