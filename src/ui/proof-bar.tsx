/** The proof bar: bound, plan and acting alone on one scale from zero, dimensioned like a drawing. */
import { type Cents, formatMoney } from '../kernel/money.ts';
import type { Lang } from '../platform/i18n/index.ts';
import { uiTexts } from './texts.ts';

export interface ProofBarProps {
  readonly lang: Lang;
  /** Nobody can do better than this; null while nothing is proven. */
  readonly boundCents: Cents | null;
  readonly planCents: Cents;
  /** What all would pay, each acting alone. */
  readonly aloneCents: Cents;
  /** Names the baseline of acting alone: "au prix catalogue de chaque place". */
  readonly baseline?: string;
}

const percent = (x: number): string => `${Math.round(x * 100) / 100}%`;

/** Where a label stands so that it stays on the drawing even on a phone: some 230 of 350 px for the longest. */
const anchor = (at: number): 'start' | 'middle' | 'end' => (at < 34 ? 'start' : at <= 66 ? 'middle' : 'end');

export function ProofBar({ lang, boundCents, planCents, aloneCents, baseline }: ProofBarProps) {
  const t = uiTexts(lang).proof;
  const full = Math.max(planCents, aloneCents, boundCents ?? 0, 1);
  const at = (cents: Cents): number => (100 * cents) / full;
  const plan = at(planCents);
  const alone = at(aloneCents);
  const saving = aloneCents - planCents;
  const savingText =
    saving > 0
      ? t.saving(formatMoney(saving, lang, { whole: true }), saving / aloneCents)
      : saving < 0
        ? t.extra(formatMoney(-saving, lang, { whole: true }))
        : t.same;
  const gapText =
    boundCents === null
      ? t.noBound
      : planCents <= boundCents
        ? t.optimal
        : t.gap((planCents - boundCents) / Math.max(1, boundCents));
  const [left, right] = plan <= alone ? [plan, alone] : [alone, plan];
  const middle = (left + right) / 2;
  // The saving's label sits over the middle of its span, or against the end of the scale where it would run out.
  const over = middle > 70 ? 100 : middle < 30 ? 0 : middle;
  const bound = boundCents === null ? null : at(boundCents);
  return (
    <figure class="piece proof">
      <svg
        width="100%"
        height="116"
        role="img"
        aria-label={`${t.label}${uiTexts(lang).colon}${gapText}, ${savingText}`}
      >
        <text class="proof-saving" x={percent(over)} y="14" text-anchor={anchor(over)}>
          {savingText}
        </text>
        {saving !== 0 && <Dimension from={left} to={right} y={28} />}
        <rect class="proof-alone" x="0" y="42" width={percent(alone)} height="28" />
        {saving > 0 && (
          <line class="hatch" x1={percent(plan)} x2={percent(alone)} y1="56" y2="56" stroke-width="28" />
        )}
        <rect class="proof-plan" x="0" y="42" width={percent(plan)} height="28" />
        <line class="proof-mark-alone" x1={percent(alone)} x2={percent(alone)} y1="20" y2="78" />
        <line class="proof-mark-plan" x1={percent(plan)} x2={percent(plan)} y1="20" y2="78" />
        {bound === null ? (
          <text class="proof-gap" x={percent(plan)} y="102" text-anchor={anchor(plan)}>
            {gapText}
          </text>
        ) : (
          <>
            <svg x={percent(bound)} y="70" class="over" aria-hidden="true">
              <path class="proof-mark-bound" d="M0 1 5 11H-5z" />
            </svg>
            <text class="proof-gap" x={percent(bound)} y="102" text-anchor={anchor(bound)}>
              {gapText}
            </text>
          </>
        )}
      </svg>
      <dl class="proof-figures">
        <div class="of-bound">
          <dt>{t.bound}</dt>
          <dd>{boundCents === null ? '—' : formatMoney(boundCents, lang)}</dd>
        </div>
        <div class="of-plan">
          <dt>{t.plan}</dt>
          <dd>{formatMoney(planCents, lang)}</dd>
        </div>
        <div class="of-alone">
          <dt>
            {t.alone}
            {baseline && <small>{`, ${baseline}`}</small>}
          </dt>
          <dd>{formatMoney(aloneCents, lang)}</dd>
        </div>
      </dl>
    </figure>
  );
}

/** A dimension line of a drawing: a thin line between two arrow heads. Positions in percent of the width. */
const Dimension = ({ from, to, y }: { from: number; to: number; y: number }) => (
  <>
    <line class="dimension" x1={percent(from)} x2={percent(to)} y1={y} y2={y} />
    <svg x={percent(from)} y={y} class="over" aria-hidden="true">
      <path class="arrow" d="M0 0 7-3.5v7z" />
    </svg>
    <svg x={percent(to)} y={y} class="over" aria-hidden="true">
      <path class="arrow" d="M0 0-7-3.5v7z" />
    </svg>
  </>
);
