/** Two plans side by side, criterion by criterion, before choosing one. */
import type { Child } from 'hono/jsx';
import type { Lang } from '../platform/i18n/index.ts';
import { uiTexts } from './texts.ts';

export interface Criterion {
  readonly label: string;
  readonly a: Child;
  readonly b: Child;
  /** Which is better; null where neither is. */
  readonly better: 'a' | 'b' | null;
  /** The distance, with its unit: "− 320 €". */
  readonly difference?: Child;
}

export interface PlanComparisonProps {
  readonly lang: Lang;
  /** Names of the plans, each with what sets it apart. */
  readonly a: { readonly name: string; readonly detail?: Child; readonly action?: Child };
  readonly b: { readonly name: string; readonly detail?: Child; readonly action?: Child };
  readonly criteria: readonly Criterion[];
}

export function PlanComparison({ lang, a, b, criteria }: PlanComparisonProps) {
  const t = uiTexts(lang).compare;
  const value = (criterion: Criterion, side: 'a' | 'b') => (
    <td class={criterion.better === side ? 'end better' : 'end'} data-label={side === 'a' ? a.name : b.name}>
      <span>
        {criterion[side]}
        {criterion.better === side && <small class="better-word">{t.better}</small>}
      </span>
    </td>
  );
  return (
    <div class="piece comparison">
      <table class="table">
        <caption class="sr">{t.label}</caption>
        <thead>
          <tr>
            <th scope="col">{t.criterion}</th>
            {[a, b].map((plan) => (
              <th scope="col" class="end">
                {plan.name}
                {plan.detail && <small>{plan.detail}</small>}
              </th>
            ))}
            <th scope="col" class="end">
              {t.difference}
            </th>
          </tr>
        </thead>
        <tbody>
          {criteria.map((criterion) => (
            <tr>
              <th scope="row">{criterion.label}</th>
              {value(criterion, 'a')}
              {value(criterion, 'b')}
              <td class="end" data-label={t.difference}>
                {criterion.difference ?? (criterion.better === null ? t.equal : '')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {(a.action || b.action) && (
        <div class="actions comparison-actions">
          {a.action}
          {b.action}
        </div>
      )}
    </div>
  );
}
