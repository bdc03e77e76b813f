/** The share card: alone, together, saved, for one company; made to be shown to the boss on a phone. */
import type { Child } from 'hono/jsx';
import { type Cents, formatMoney } from '../kernel/money.ts';
import { formatPercent, type Lang } from '../platform/i18n/index.ts';
import { Fold } from './disclosure.tsx';
import { uiTexts } from './texts.ts';

export interface ShareCardProps {
  readonly lang: Lang;
  /** "Votre part : 3 places, ISO 13485". */
  readonly title: string;
  readonly aloneCents: Cents;
  readonly togetherCents: Cents;
  /** Names what acting alone is measured by: "au prix catalogue". */
  readonly baseline: string;
  /** The reason in two sentences. */
  readonly reason: Child;
  /** How it is worked out, step by step, folded. */
  readonly how: Child;
  /** False once settled: the amount is then no longer a maximum. Default true. */
  readonly isMaximum?: boolean;
  /** Accept, refuse: under the reason. */
  readonly actions?: Child;
}

export function ShareCard(p: ShareCardProps) {
  const t = uiTexts(p.lang).share;
  const saved = p.aloneCents - p.togetherCents;
  const full = Math.max(p.aloneCents, p.togetherCents, 1);
  const width = (cents: Cents): string => `${Math.round((1000 * cents) / full) / 10}%`;
  return (
    <article class="piece share">
      <h3>{p.title}</h3>
      <dl class="share-bars">
        <div class="of-alone">
          <dt>
            {t.alone} <small>{p.baseline}</small>
          </dt>
          <dd>
            <svg width="100%" height="28" aria-hidden="true">
              <rect x="0" y="0" width={width(p.aloneCents)} height="28" />
            </svg>
            <span class="figure">{formatMoney(p.aloneCents, p.lang)}</span>
          </dd>
        </div>
        <div class="of-plan">
          <dt>{t.together}</dt>
          <dd>
            <svg width="100%" height="28" aria-hidden="true">
              <rect x="0" y="0" width={width(p.togetherCents)} height="28" />
            </svg>
            <span class="figure">{formatMoney(p.togetherCents, p.lang)}</span>
          </dd>
        </div>
        {saved > 0 && (
          <div class="of-saved">
            <dt>
              {t.saved} <small>{formatPercent(saved / p.aloneCents, p.lang)}</small>
            </dt>
            <dd>
              <svg width="100%" height="28" aria-hidden="true">
                <line
                  class="hatch"
                  x1={width(p.togetherCents)}
                  x2={width(p.aloneCents)}
                  y1="14"
                  y2="14"
                  stroke-width="28"
                />
                <line
                  class="hatch-edge"
                  x1={width(p.togetherCents)}
                  x2={width(p.togetherCents)}
                  y1="0"
                  y2="28"
                />
                <line class="hatch-edge" x1={width(p.aloneCents)} x2={width(p.aloneCents)} y1="0" y2="28" />
              </svg>
              <span class="figure">{formatMoney(saved, p.lang)}</span>
            </dd>
          </div>
        )}
      </dl>
      <div class="share-reason">{saved > 0 ? p.reason : t.nothing}</div>
      {(p.isMaximum ?? true) && <p class="hint">{t.maximum}</p>}
      {p.actions && <div class="actions">{p.actions}</div>}
      <Fold title={t.how}>{p.how}</Fold>
    </article>
  );
}
