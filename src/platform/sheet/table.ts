import { err, ok, type Result } from '../../kernel/result.ts';
import { MOST_COLUMNS, MOST_LINES, type Sheet, type SheetError, type SheetLine } from './sheet.ts';

/**
 * Rows of cells as a table: the first row that is not empty is the header, empty rows are left out, and
 * columns without a name and without any value are dropped.
 */
export function tableOf(rows: readonly SheetLine[]): Result<Pick<Sheet, 'columns' | 'lines'>, SheetError> {
  const filled = rows.filter((row) => row.cells.some((cell) => cell.trim() !== ''));
  const [header, ...lines] = filled;
  if (!header) return err({ code: 'empty' });
  if (lines.length === 0) return err({ code: 'no-lines' });
  if (lines.length > MOST_LINES) return err({ code: 'too-many-lines', params: { max: MOST_LINES } });
  const width = Math.max(header.cells.length, ...lines.map((line) => line.cells.length));
  const names = Array.from({ length: width }, (_, i) => (header.cells[i] ?? '').trim());
  if (names.every((name) => name === '')) return err({ code: 'no-header' });
  const kept = names.flatMap((name, i) =>
    name !== '' || lines.some((line) => (line.cells[i] ?? '').trim() !== '') ? [i] : [],
  );
  if (kept.length > MOST_COLUMNS) return err({ code: 'too-many-columns', params: { max: MOST_COLUMNS } });
  return ok({
    columns: kept.map((i) => (names[i] || `(${i + 1})`).slice(0, 200)),
    lines: lines.map((line) => ({ line: line.line, cells: kept.map((i) => line.cells[i] ?? '') })),
  });
}
