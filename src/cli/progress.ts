import { gapOf, type Progress } from '../solve/progress.ts';

/** Shows progress on stderr: one line redrawn as a bar on a terminal, else a line a second. */
export interface ProgressLine {
  show(progress: Progress): void;
  /** Ends the bar's line, if one was drawn. */
  end(): void;
}

const WIDTH = 24;
const PLAIN_EVERY_MS = 1000;

/** `total`: seconds or iterations that make the whole bar; null: unknown. `format` writes a cost for people. */
export function progressLine(
  total: { readonly seconds?: number; readonly iterations?: number },
  format: (cost: number) => string,
  stream: NodeJS.WriteStream = process.stderr,
): ProgressLine {
  let last = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  const words = (p: Progress): string => {
    const gap = gapOf(p.cost, p.bound);
    return [
      `${p.seconds.toFixed(1)} s`,
      p.cost === null ? 'no answer yet' : `cost ${format(p.cost)}`,
      p.bound === null ? 'no bound yet' : `bound ${format(p.bound)}`,
      ...(gap === null ? [] : [`gap ${(100 * gap).toFixed(2)} %`]),
      `${p.iterations} moves`,
    ].join('  ');
  };
  return {
    show(p) {
      const done =
        total.seconds !== undefined
          ? p.seconds / total.seconds
          : total.iterations !== undefined
            ? p.iterations / total.iterations
            : 0;
      if (stream.isTTY) {
        const filled = Math.min(WIDTH, Math.max(0, Math.round(done * WIDTH)));
        const line = `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${words(p)}`;
        stream.write(`\r\u001b[K${line.slice(0, Math.max(20, (stream.columns ?? 100) - 1))}`);
        isDrawn = true;
        return;
      }
      const now = performance.now();
      if (now - last < PLAIN_EVERY_MS) return;
      last = now;
      stream.write(`${words(p)}\n`);
    },
    end() {
      if (isDrawn) stream.write('\n');
    },
  };
}
