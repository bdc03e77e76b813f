/** Before and after, always in the same grammar: kept, changed, added, gone. */
import type { Child } from 'hono/jsx';
import type { Lang } from '../platform/i18n/index.ts';
import { Fold } from './disclosure.tsx';
import { Icon, type IconName } from './icons.tsx';
import { uiTexts } from './texts.ts';

export type DifferenceKind = 'kept' | 'changed' | 'added' | 'gone';

export interface DifferenceRow {
  readonly kind: DifferenceKind;
  readonly label: Child;
  /** Left out for `added`. */
  readonly before?: Child;
  /** Left out for `gone`. */
  readonly after?: Child;
  /** Why. */
  readonly note?: Child;
}

const SIGN: Record<DifferenceKind, IconName> = {
  kept: 'equal',
  changed: 'change',
  added: 'plus',
  gone: 'minus',
};

export interface DifferenceProps {
  readonly lang: Lang;
  readonly rows: readonly DifferenceRow[];
  readonly caption?: string;
  /** Names of the two sides, where "before" and "after" do not fit. */
  readonly sides?: readonly [string, string];
}

/** What changes comes first; what is kept is counted, and folded. */
export function Difference({ lang, rows, caption, sides }: DifferenceProps) {
  const t = uiTexts(lang).difference;
  const of = (kind: DifferenceKind) => rows.filter((r) => r.kind === kind);
  const kept = of('kept');
  const moved = [...of('changed'), ...of('added'), ...of('gone')];
  return (
    <div class="piece difference">
      <p class="difference-sum">
        {moved.length === 0
          ? t.nothing
          : t.summary(kept.length, of('changed').length, of('added').length, of('gone').length)}
      </p>
      {moved.length > 0 && <DifferenceTable lang={lang} rows={moved} caption={caption} sides={sides} />}
      {kept.length > 0 && (
        <Fold title={t.keptMany(kept.length)}>
          <DifferenceTable lang={lang} rows={kept} caption={t.keptMany(kept.length)} sides={sides} />
        </Fold>
      )}
    </div>
  );
}

function DifferenceTable({
  lang,
  rows,
  caption,
  sides,
}: {
  lang: Lang;
  rows: readonly DifferenceRow[];
  caption: string | undefined;
  sides: readonly [string, string] | undefined;
}) {
  const t = uiTexts(lang).difference;
  const [before, after] = sides ?? [t.before, t.after];
  return (
    <table class="table">
      <caption class="sr">{caption ?? t.label}</caption>
      <thead>
        <tr>
          <th scope="col">{t.label}</th>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr class={`is-${row.kind}`}>
            <th scope="row">
              <span class="sign">
                <Icon name={SIGN[row.kind]} label={t[row.kind]} />
              </span>
              <span>
                {row.label}
                {row.note && <small class="difference-note">{row.note}</small>}
              </span>
            </th>
            <td data-label={before}>
              {row.before !== undefined && (row.kind === 'kept' ? row.before : <del>{row.before}</del>)}
            </td>
            <td data-label={after}>
              {row.after !== undefined && (row.kind === 'kept' ? row.after : <ins>{row.after}</ins>)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
