/** Figures that matter, where they come from, and what was done: key figures, source line, journal. */
import type { Child } from 'hono/jsx';
import { formatDate, formatDateTime, type Lang } from '../platform/i18n/index.ts';
import { uiTexts } from './texts.ts';

export interface SourceLineProps {
  readonly lang: Lang;
  /** ISO date of the figure. */
  readonly asOf: string;
  /** What is counted. */
  readonly definition: string;
  readonly source: { readonly label: string; readonly href?: string };
}

/** Under every published figure: as of, definition, source. */
export function SourceLine({ lang, asOf, definition, source }: SourceLineProps) {
  const t = uiTexts(lang).source;
  return (
    <p class="source">
      <span>
        {`${t.asOf} `}
        <time datetime={asOf}>{formatDate(asOf, lang)}</time>
      </span>{' '}
      <span>{definition}</span>{' '}
      <span>
        {t.source}
        {source.href === undefined ? source.label : <a href={source.href}>{source.label}</a>}
      </span>
    </p>
  );
}

export interface KeyFigure {
  /** Written out with its unit: "5 480 €", "14 places". */
  readonly value: Child;
  readonly label: Child;
  /** Grey for what is alone, violet for what is together. */
  readonly tone?: 'alone' | 'together';
  /** A {@link SourceLine}, a {@link Protected} note, a comparison. */
  readonly note?: Child;
}

/** Two to four figures in a row, ruled like a drawing's table. */
export const KeyFigures = ({ figures }: { readonly figures: readonly KeyFigure[] }) => (
  <dl class="piece key-figures">
    {figures.map((f) => (
      <div class={f.tone === undefined ? undefined : `of-${f.tone === 'alone' ? 'alone' : 'plan'}`}>
        <dt>{f.label}</dt>
        <dd>
          <strong>{f.value}</strong>
          {f.note}
        </dd>
      </div>
    ))}
  </dl>
);

export interface JournalEntry {
  readonly at: Date;
  /** A sentence of the audit: "Claire Vautrin a figé la campagne ISO 13485." */
  readonly text: Child;
}

/** Audit sentences, the latest first. */
export const Timeline = ({
  lang,
  entries,
}: {
  readonly lang: Lang;
  readonly entries: readonly JournalEntry[];
}) => (
  <ol class="piece timeline" aria-label={uiTexts(lang).timeline.label}>
    {entries.map((entry) => (
      <li>
        <time datetime={entry.at.toISOString()}>{formatDateTime(entry.at, lang)}</time>
        <p>{entry.text}</p>
      </li>
    ))}
  </ol>
);
