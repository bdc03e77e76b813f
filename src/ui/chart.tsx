/**
 * Charts drawn by ECharts on the server, each with its table. The strict content policy blocks style attributes and
 * style elements in inline SVG, so both are turned into presentation attributes; colours are the page's own variables,
 * so a chart follows light and dark like the text.
 */

import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { formatNumber, type Lang } from '../platform/i18n/index.ts';
import { Fold } from './disclosure.tsx';
import { uiTexts } from './texts.ts';

echarts.use([BarChart, LineChart, GridComponent, SVGRenderer]);

/** Colours with a meaning: grey is alone, violet is together; `ink` for what is neither. */
export type ChartTone = 'alone' | 'together' | 'ink';

export interface ChartSeries {
  readonly name: string;
  readonly tone: ChartTone;
  /** One value a category; null where there is none. */
  readonly values: readonly (number | null)[];
}

export interface ChartProps {
  readonly lang: Lang;
  readonly kind: 'bars' | 'stacked-bars' | 'line';
  /** What it shows, in one sentence that gives the lesson. */
  readonly title: string;
  readonly categories: readonly string[];
  /** Name of the categories, for the table: "Année". */
  readonly categoryLabel: string;
  readonly series: readonly ChartSeries[];
  /** Writes a value with its unit, in the table and on the axis; default a plain number. */
  readonly format?: (value: number) => string;
  readonly height?: number;
  /** A {@link SourceLine}. */
  readonly source?: Child;
}

// Drawn twice, for wide and for narrow screens, so that its words keep their size on a phone.
const SIZES = { wide: 800, narrow: 350 } as const;

/**
 * Style attributes become presentation attributes; style elements (hover effects), clips (whose ids two charts of a
 * page would share) and the library's own data go.
 */
export function withoutStyles(svg: string): string {
  return svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/<defs[^>]*>[\s\S]*?<\/defs>/g, '')
    .replace(/ clip-path="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, css: string) =>
      css
        .split(';')
        .map((rule) => rule.split(':').map((s) => s.trim()))
        .filter(([name, value]) => name && value)
        .map(([name, value]) => ` ${name}="${value}"`)
        .join(''),
    )
    .replace(
      / (?:class="zr0-cls-\d+"|ecmeta_\w+="[^"]*"|xmlns:xlink="[^"]*"|version="1\.1"|baseProfile="full")/g,
      '',
    );
}

/** The picture alone, as SVG text. */
function draw(p: ChartProps, size: keyof typeof SIZES): string {
  const width = SIZES[size];
  const height = p.height ?? 280;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    const text = { fontFamily: 'inherit', fontSize: 14, color: 'var(--ink-2)' };
    chart.setOption({
      animation: false,
      grid: { left: 8, right: 8, top: 16, bottom: 4 },
      xAxis: {
        type: 'category',
        data: [...p.categories],
        axisLabel: text,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: 'var(--ink)' } },
      },
      yAxis: {
        type: 'value',
        axisLabel: { ...text, formatter: (v: number) => (p.format ?? ((n) => formatNumber(n, p.lang)))(v) },
        splitLine: { lineStyle: { color: 'var(--rule)' } },
      },
      series: p.series.map((s) => ({
        type: p.kind === 'line' ? 'line' : 'bar',
        name: s.name,
        data: [...s.values],
        silent: true,
        ...(p.kind === 'stacked-bars' ? { stack: 'all' } : {}),
        ...(p.kind === 'line' ? { symbolSize: 7, symbol: s.tone === 'alone' ? 'rect' : 'circle' } : {}),
        barMaxWidth: 36,
        itemStyle: { color: `var(--${s.tone})` },
        lineStyle: { color: `var(--${s.tone})`, width: 2, type: s.tone === 'alone' ? 'dashed' : 'solid' },
      })),
    });
    return withoutStyles(chart.renderToSVGString()).replace(
      /^<svg[^>]*>/,
      `<svg class="chart-svg chart-${size}" viewBox="0 0 ${width} ${height}" aria-hidden="true">`,
    );
  } finally {
    chart.dispose();
  }
}

/** A chart and, folded under it, the same figures as a table. */
export function Chart(p: ChartProps) {
  const format = p.format ?? ((n: number) => formatNumber(n, p.lang));
  return (
    <figure class="piece chart">
      <figcaption>
        <strong>{p.title}</strong>
        <span class="legend">
          {p.series.map((s) => (
            <span>
              <svg width="12" height="12" aria-hidden="true">
                <rect class={`tone-${s.tone}`} width="12" height="12" />
              </svg>{' '}
              {s.name}
            </span>
          ))}
        </span>
      </figcaption>
      {raw(draw(p, 'wide'))}
      {raw(draw(p, 'narrow'))}
      {p.source}
      <Fold title={uiTexts(p.lang).chart.table}>
        <table class="table table-dense">
          <caption class="sr">{p.title}</caption>
          <thead>
            <tr>
              <th scope="col">{p.categoryLabel}</th>
              {p.series.map((s) => (
                <th scope="col" class="end">
                  {s.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {p.categories.map((category, i) => (
              <tr>
                <th scope="row">{category}</th>
                {p.series.map((s) => {
                  const value = s.values[i];
                  return (
                    <td class="end" data-label={s.name}>
                      {value === null || value === undefined ? '—' : format(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Fold>
    </figure>
  );
}
