/** The solver at work: incumbent and bound closing on each other, live when script is on. */
import type { Child } from 'hono/jsx';
import { formatMoney } from '../kernel/money.ts';
import { formatDuration, formatNumber, formatPercent, type Lang } from '../platform/i18n/index.ts';
import { Fold } from './disclosure.tsx';
import { Mark } from './icons.tsx';
import {
  CHART,
  dotsOf,
  roundEdge,
  type SolverPoint,
  type SolverProgress,
  solverPaths,
} from './solver-chart.ts';
import { uiTexts } from './texts.ts';

export interface SolverAtWorkProps {
  readonly lang: Lang;
  /** Address of the feed of server-sent events; undefined once the work is over. */
  readonly feed?: string | undefined;
  /** Where to go when the work is over; default stays. */
  readonly done?: string | undefined;
  readonly progress: SolverProgress;
  /** What happened before, for the chart; from the first to the last. */
  readonly history?: readonly SolverPoint[];
  /** Time allowed, which the mark fills. */
  readonly budgetSeconds: number;
  /** `cents` (default) writes amounts, `number` plain numbers. */
  readonly unit?: 'cents' | 'number';
  /** "Stop and keep the best": an {@link ActionButton}; the work goes on without it. */
  readonly stop?: Child;
  /** Address of this page, offered for refreshing where no script runs. */
  readonly refresh?: string | undefined;
}

/** Put `islands/solver` in the layout's `scripts` to keep it live. */
export function SolverAtWork(p: SolverAtWorkProps) {
  const { lang, progress, history = [], unit = 'cents' } = p;
  const t = uiTexts(lang).solver;
  const { seconds, cost, bound, gap, state } = progress;
  const points: readonly SolverPoint[] = [...history, { seconds, cost, bound }];
  const paths = solverPaths(points, seconds);
  const value = (v: number | null): string =>
    v === null
      ? t.unknown
      : unit === 'cents'
        ? formatMoney(Math.round(v), lang, { whole: true })
        : formatNumber(v, lang);
  const edge = (v: number | null): string => value(v === null ? null : roundEdge(v, unit));
  const percent = gap === null ? t.unknown : formatPercent(gap, lang, 2);
  const running =
    cost === null ? t.searching : gap === null ? t.found : gap < 1e-6 ? t.optimal : t.improving(percent);
  const sentence = state === 'running' ? running : t[state];
  return (
    <grappe-solver
      class={`piece solver solver-${state}`}
      feed={p.feed}
      done={p.done}
      data-budget={p.budgetSeconds}
      data-unit={unit}
      data-points={JSON.stringify(history)}
      data-waiting={t.waiting}
      data-searching={t.searching}
      data-found={t.found}
      data-improving={t.improving('{gap}')}
      data-optimal={t.optimal}
      data-stopping={t.stopping}
      data-finished={t.finished}
      data-failed={t.failed}
      data-lost={t.lost}
      data-unknown={t.unknown}
    >
      <div class="solver-head">
        <Mark filled={dotsOf(state, seconds, p.budgetSeconds)} size={48} />
        <p class="solver-sentence" role="status" data-part="sentence">
          {sentence}
        </p>
        {p.stop}
      </div>
      <figure class="solver-chart" hidden={points.length < 2}>
        <svg
          width="100%"
          height={CHART.height}
          viewBox={`0 0 ${CHART.width} ${CHART.height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${t.label}${uiTexts(lang).colon}${t.chart}`}
        >
          <path class="ground" d={`M0 ${CHART.height}H${CHART.width}`} />
          <path class="between" data-path="between" d={paths.between} />
          <path class="cost" data-path="cost" d={paths.cost} />
          <path class="bound" data-path="bound" d={paths.bound} />
        </svg>
        <p class="edge-high" data-part="high">
          {paths.high === null ? '' : edge(paths.high)}
        </p>
        <p class="edge-low" data-part="low">
          {paths.low === null ? '' : edge(paths.low)}
        </p>
        <figcaption>{t.chart}</figcaption>
      </figure>
      <dl class="solver-figures">
        <div class="of-cost">
          <dt>{t.cost}</dt>
          <dd data-part="cost">{value(cost)}</dd>
        </div>
        <div class="of-bound">
          <dt>{t.bound}</dt>
          <dd data-part="bound">{value(bound)}</dd>
        </div>
        <div>
          <dt>{t.gap}</dt>
          <dd data-part="gap">{percent}</dd>
        </div>
        <div>
          <dt>{t.elapsed}</dt>
          <dd data-part="elapsed">{formatDuration(seconds)}</dd>
        </div>
      </dl>
      {p.refresh && (
        <p data-part="refresh">
          <a href={p.refresh}>{t.reload}</a>
        </p>
      )}
      {history.length > 0 && (
        <Fold title={uiTexts(lang).chart.table}>
          <table class="table table-dense">
            <thead>
              <tr>
                <th scope="col" class="end">
                  {t.seconds}
                </th>
                <th scope="col" class="end">
                  {t.cost}
                </th>
                <th scope="col" class="end">
                  {t.bound}
                </th>
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr>
                  <th scope="row" class="end">
                    {formatNumber(point.seconds, lang, 1)}
                  </th>
                  <td class="end" data-label={t.cost}>
                    {value(point.cost)}
                  </td>
                  <td class="end" data-label={t.bound}>
                    {value(point.bound)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Fold>
      )}
    </grappe-solver>
  );
}
