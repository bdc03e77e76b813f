/** Figures in running text and in cells: always with their unit, never broken over two lines. */
import { type Cents, formatMoney } from '../kernel/money.ts';
import {
  type DateStyle,
  formatDate,
  formatDateRange,
  formatDateTime,
  formatNumber,
  formatPercent,
  type Lang,
} from '../platform/i18n/index.ts';

/** An amount; whole euros drop their cents with `whole`. */
export const Money = ({
  cents,
  lang,
  whole,
}: {
  readonly cents: Cents;
  readonly lang: Lang;
  readonly whole?: boolean;
}) => <span class="figure">{formatMoney(cents, lang, whole === undefined ? {} : { whole })}</span>;

/** A number with its unit: `<Quantity n={14} unit="places" />`. */
export const Quantity = ({
  n,
  unit,
  lang,
}: {
  readonly n: number;
  readonly unit?: string;
  readonly lang: Lang;
}) => (
  <span class="figure">
    {unit === undefined ? formatNumber(n, lang) : `${formatNumber(n, lang)}\u00a0${unit}`}
  </span>
);

/** A ratio as a percentage. */
export const Percent = ({
  ratio,
  lang,
  digits,
}: {
  readonly ratio: number;
  readonly lang: Lang;
  readonly digits?: number;
}) => <span class="figure">{formatPercent(ratio, lang, digits)}</span>;

/** An ISO date in words. */
export const DateText = ({
  on,
  lang,
  style,
}: {
  readonly on: string;
  readonly lang: Lang;
  readonly style?: DateStyle;
}) => (
  <time class="figure" datetime={on}>
    {formatDate(on, lang, style)}
  </time>
);

/** Two ISO dates as one phrase. */
export const DateRangeText = ({
  from,
  to,
  lang,
}: {
  readonly from: string;
  readonly to: string;
  readonly lang: Lang;
}) => <span>{formatDateRange(from, to, lang)}</span>;

/** An instant on the clocks of Paris. */
export const InstantText = ({ at, lang }: { readonly at: Date; readonly lang: Lang }) => (
  <time datetime={at.toISOString()}>{formatDateTime(at, lang)}</time>
);
