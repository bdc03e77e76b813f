import { formatMoney } from '../../../kernel/money.ts';
import { formatNumber, type Lang } from '../../../platform/i18n/index.ts';
import type { State } from '../../../ui/index.ts';
import type { CampaignKind, Terms } from '../kind.ts';
import type { CampaignState, CampaignVersion } from '../types.ts';

export { textsOf } from '../texts.ts';

/** The shape that goes with a state's word. */
export const stateShape = (state: CampaignState): State =>
  (
    ({
      draft: 'idle',
      open: 'open',
      frozen: 'open',
      planned: 'together',
      offered: 'together',
      confirmed: 'together',
      running: 'together',
      settled: 'done',
      postponed: 'moved',
      cancelled: 'stopped',
    }) as const
  )[state];

/** The civil day of the date that a state is waiting for. */
export function nextDay(
  state: CampaignState,
  version: CampaignVersion | null | undefined,
): string | undefined {
  if (!version) return undefined;
  const iso = (at: Date | null): string | undefined =>
    at === null
      ? undefined
      : Temporal.Instant.fromEpochMilliseconds(at.getTime())
          .toZonedDateTimeISO('Europe/Paris')
          .toPlainDate()
          .toString();
  if (state === 'draft' || state === 'open') return iso(version.answersBy);
  if (state === 'frozen') return version.planOn ?? undefined;
  if (state === 'planned' || state === 'offered') return iso(version.acceptBy);
  return state === 'confirmed' ? (version.startsOn ?? undefined) : undefined;
}

/** "3 places". */
export const amount = (kind: CampaignKind, n: number, lang: Lang): string =>
  `${formatNumber(n, lang)} ${kind.words[lang].unit(n)}`;

/** Names of the topics of a call. */
export const topicNames = (kind: CampaignKind, terms: Terms): ReadonlyMap<string, string> =>
  new Map(kind.topics(terms).map((t) => [t.id, t.label]));

export const euros = (cents: number, lang: Lang): string => formatMoney(cents, lang);
