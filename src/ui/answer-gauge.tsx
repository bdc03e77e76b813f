/** How many companies have answered while a campaign is open: exact for the secretariat, a band for rivals. */
import { formatNumber, type Lang } from '../platform/i18n/index.ts';
import { Fold } from './disclosure.tsx';
import { uiTexts } from './texts.ts';

/** Exact counts and names are for the secretariat only; the view chooses, this shows. */
export type Answers =
  | {
      readonly kind: 'exact';
      readonly answered: number;
      readonly names?: { readonly answered: readonly string[]; readonly silent: readonly string[] };
    }
  | { readonly kind: 'band'; readonly atLeast: number };

export interface AnswerGaugeProps {
  readonly lang: Lang;
  /** Companies asked. */
  readonly of: number;
  readonly answers: Answers;
  /** Seats (or units) asked for: one number, or the two ends of a band. */
  readonly seats?: number | readonly [number, number];
}

/** Beyond this many companies a dot stands for several, so that the gauge stays a glance. */
const MOST_DOTS = 120;

export function AnswerGauge({ lang, of, answers, seats }: AnswerGaugeProps) {
  const t = uiTexts(lang).gauge;
  const known = answers.kind === 'exact' ? answers.answered : answers.atLeast;
  const perDot = Math.max(1, Math.ceil(of / MOST_DOTS));
  const dots = Math.ceil(of / perDot);
  const full = Math.floor(known / perDot);
  return (
    <figure class="piece gauge">
      <figcaption>
        <strong>{answers.kind === 'exact' ? t.answered(known, of) : t.band(known, of)}</strong>
        {seats !== undefined && (
          <span>
            {t.seats}
            {typeof seats === 'number' ? formatNumber(seats, lang) : t.seatsBand(seats[0], seats[1])}
          </span>
        )}
      </figcaption>
      <div class={answers.kind === 'band' ? 'dots dots-band' : 'dots'} aria-hidden="true">
        {Array.from({ length: Math.ceil(dots / 10) }, (_, ten) => (
          <span>
            {Array.from({ length: Math.min(10, dots - 10 * ten) }, (_, i) => (
              <i class={10 * ten + i < full ? 'on' : undefined} />
            ))}
          </span>
        ))}
      </div>
      {answers.kind === 'band' && <p class="hint">{t.bandRule}</p>}
      {answers.kind === 'exact' && answers.names && (
        <div class="gauge-names">
          <Fold
            title={`${t.silentNames} (${answers.names.silent.length})`}
            open={answers.names.silent.length <= 12}
          >
            <NameList names={answers.names.silent} />
          </Fold>
          <Fold title={`${t.answeredNames} (${answers.names.answered.length})`}>
            <NameList names={answers.names.answered} />
          </Fold>
        </div>
      )}
    </figure>
  );
}

const NameList = ({ names }: { names: readonly string[] }) => (
  <ul class="names">
    {names.map((name) => (
      <li>{name}</li>
    ))}
  </ul>
);
