/**
 * `<grappe-solver feed="…">`: keeps a server-rendered view of a solver alive by a feed of server-sent events
 * (`SolverProgress` in `solver-chart.ts`). Without it the page shows the state it was rendered with and a link to
 * refresh. When the work is over, it goes to `done`.
 */
import { formatMoney } from '../../kernel/money.ts';
import { formatDuration, formatNumber, formatPercent } from '../../platform/i18n/format.ts';
import {
  addPoint,
  dotsOf,
  roundEdge,
  type SolverPoint,
  type SolverProgress,
  type SolverState,
  solverPaths,
} from '../solver-chart.ts';

const isState = (s: unknown): s is SolverState =>
  s === 'waiting' || s === 'running' || s === 'stopping' || s === 'finished' || s === 'failed';

const isValue = (v: unknown): v is number | null => v === null || typeof v === 'number';

/** What the feed says, or null where it says something else. */
function readProgress(data: string): SolverProgress | null {
  const p: unknown = JSON.parse(data);
  if (typeof p !== 'object' || p === null) return null;
  const { seconds, cost, bound, gap, state } = p as Record<string, unknown>;
  return typeof seconds === 'number' && isValue(cost) && isValue(bound) && isValue(gap) && isState(state)
    ? { seconds, cost, bound, gap, state }
    : null;
}

class SolverElement extends HTMLElement {
  #feed: EventSource | undefined;
  #points: readonly SolverPoint[] = [];

  connectedCallback(): void {
    const url = this.getAttribute('feed');
    if (url === null) return;
    this.#points = JSON.parse(this.dataset.points ?? '[]') as readonly SolverPoint[];
    this.#feed = new EventSource(url);
    this.#feed.addEventListener('progress', (event) => this.#show(readProgress(event.data)));
    this.#feed.addEventListener('error', () => this.#write('sentence', this.dataset.lost ?? ''));
    for (const el of this.querySelectorAll<HTMLElement>('[data-part=refresh]')) el.hidden = true;
  }

  disconnectedCallback(): void {
    this.#feed?.close();
  }

  #show(progress: SolverProgress | null): void {
    if (progress === null) return;
    const { seconds, cost, bound, gap, state } = progress;
    const lang = document.documentElement.lang === 'en' ? 'en' : 'fr';
    const unit = this.dataset.unit === 'number' ? 'number' : 'cents';
    const value = (v: number | null): string =>
      v === null
        ? (this.dataset.unknown ?? '')
        : unit === 'cents'
          ? formatMoney(Math.round(v), lang, { whole: true })
          : formatNumber(v, lang);

    this.#points = addPoint(this.#points, progress);
    const paths = solverPaths(this.#points, seconds);
    for (const part of ['cost', 'bound', 'between'] as const)
      this.querySelector(`[data-path=${part}]`)?.setAttribute('d', paths[part]);

    this.#write('elapsed', formatDuration(seconds));
    this.#write('cost', value(cost));
    this.#write('bound', value(bound));
    this.#write('gap', gap === null ? (this.dataset.unknown ?? '') : formatPercent(gap, lang, 2));
    this.#write('high', paths.high === null ? '' : value(roundEdge(paths.high, unit)));
    this.#write('low', paths.low === null ? '' : value(roundEdge(paths.low, unit)));
    const chart = this.querySelector<HTMLElement>('.solver-chart');
    if (chart) chart.hidden = this.#points.length < 2;
    this.#write(
      'sentence',
      this.#sentence(progress).replace('{gap}', gap === null ? '' : formatPercent(gap, lang, 2)),
    );

    const full = dotsOf(state, seconds, Number(this.dataset.budget ?? 0));
    const dots = [...this.querySelectorAll('.mark circle')];
    for (const [i, dot] of dots.entries())
      dot.setAttribute('class', dots.length - i <= full ? 'dot-full' : 'dot-empty');

    if (state === 'finished' || state === 'failed') {
      this.#feed?.close();
      const done = this.getAttribute('done');
      if (done !== null) location.assign(done);
    }
  }

  #sentence({ state, cost, gap }: SolverProgress): string {
    const key =
      state !== 'running'
        ? state
        : cost === null
          ? 'searching'
          : gap === null
            ? 'found'
            : gap < 1e-6
              ? 'optimal'
              : 'improving';
    return this.dataset[key] ?? '';
  }

  /** Only what changed is written, so that a screen reader is not told the same again and again. */
  #write(part: string, text: string): void {
    const el = this.querySelector(`[data-part=${part}]`);
    if (el && el.textContent !== text) el.textContent = text;
  }
}

customElements.define('grappe-solver', SolverElement);
