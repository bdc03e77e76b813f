/** The life line of a campaign: its states with their dates, and what each date was before. */
import { formatDate, type Lang } from '../platform/i18n/index.ts';
import { uiTexts } from './texts.ts';

export interface LifeStep {
  readonly label: string;
  /** `stopped`: postponed or cancelled here. */
  readonly status: 'done' | 'present' | 'coming' | 'stopped';
  /** ISO date, reached or planned. */
  readonly on?: string | undefined;
  /** A word on the date: "jusqu’à 18 h". */
  readonly detail?: string | undefined;
  /** Former versions of the date, oldest first, each with the reason why it moved. Nothing promised is erased. */
  readonly former?: readonly { readonly on: string; readonly reason: string }[];
}

const dot = (status: LifeStep['status']) => {
  switch (status) {
    case 'done':
      return <circle class="full" cx={10} cy={10} r={5} />;
    case 'present':
      return (
        <>
          <circle cx={10} cy={10} r={8} />
          <circle class="full" cx={10} cy={10} r={5} />
        </>
      );
    case 'coming':
      return <circle cx={10} cy={10} r={5} />;
    case 'stopped':
      return <path d="M5 5l10 10M15 5 5 15" />;
  }
};

/** States from left to right (top to bottom on a phone); former dates struck through with their reason below. */
export function LifeLine({ lang, steps }: { readonly lang: Lang; readonly steps: readonly LifeStep[] }) {
  const t = uiTexts(lang).life;
  const word = { done: t.done, present: t.present, coming: t.coming, stopped: '' } as const;
  return (
    <ol class="piece life" aria-label={t.label}>
      {steps.map((step) => (
        <li class={`life-${step.status}`} aria-current={step.status === 'present' ? 'step' : undefined}>
          <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
            {dot(step.status)}
          </svg>
          <div>
            <strong>{step.label}</strong>
            {step.status === 'present' ? (
              <span class="life-now">{t.present}</span>
            ) : (
              word[step.status] && <span class="sr">{` (${word[step.status]})`}</span>
            )}
            {step.former?.map((f) => (
              <p class="life-former">
                <span class="sr">{`${t.formerly} `}</span>
                <s>
                  <time datetime={f.on}>{formatDate(f.on, lang)}</time>
                </s>
                <span class="life-reason">{f.reason}</span>
              </p>
            ))}
            {step.on && (
              <p>
                <time datetime={step.on}>{formatDate(step.on, lang)}</time>
                {step.detail && <span>{` ${step.detail}`}</span>}
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
