import { CsvError, parse } from 'csv-parse/sync';
import { err, ok, type Result } from '../../kernel/result.ts';
import {
  type Encoding,
  MOST_CELL,
  MOST_LINES,
  type Separator,
  type Sheet,
  type SheetError,
  type SheetLine,
} from './sheet.ts';
import { tableOf } from './table.ts';

/**
 * Reads delimited text. The encoding is sniffed (byte order mark, UTF-16 by its zero bytes, UTF-8 where it
 * decodes strictly, otherwise Windows-1252, which French spreadsheets still write) and so is the separator.
 */
export function readCsv(bytes: Uint8Array): Result<Sheet, SheetError> {
  const decoded = decode(bytes);
  if (decoded === null) return err({ code: 'not-a-sheet' });
  if (decoded.text.trim() === '') return err({ code: 'empty' });
  // One kind of line end, so that lines are counted as an editor counts them.
  const { hint, body, skipped } = separatorLine(decoded.text.replace(/\r\n?/g, '\n'));
  const separator = hint ?? sniffSeparator(body);
  const parsed = split(body, separator);
  if (!parsed.ok) return parsed;
  const lines = parsed.value.map((line) => ({ ...line, line: line.line + skipped }));
  const table = tableOf(lines);
  if (!table.ok) return table;
  return ok({ ...table.value, form: { kind: 'csv', encoding: decoded.encoding, separator } });
}

/** Bytes as text, with the encoding they were in; null when they are no text at all. */
export function decode(bytes: Uint8Array): { text: string; encoding: Encoding } | null {
  const encoding = encodingOf(bytes);
  if (encoding === null) return null;
  const text = new TextDecoder(encoding).decode(bytes);
  return looksLikeText(text) ? { text, encoding } : null;
}

function encodingOf(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 2000);
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i += 1) if (head[i] === 0) zeros[i % 2]! += 1;
  // Western text in UTF-16 has a zero in every second byte; other zeros are not text.
  if (zeros[1]! > head.length / 4 && zeros[0] === 0) return 'utf-16le';
  if (zeros[0]! > head.length / 4 && zeros[1] === 0) return 'utf-16be';
  if (bytes.includes(0)) return null;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** Pictures and archives decode to "text" full of control characters; a few come with real exports. */
function looksLikeText(text: string): boolean {
  let odd = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffd || code === 127) odd += 1;
  }
  return odd <= text.length / 200;
}

/** Excel's own first line, `sep=;`, names the separator and is not part of the table. */
function separatorLine(text: string): { hint: Separator | null; body: string; skipped: number } {
  const match = /^sep=([;,\t])\n/i.exec(text);
  return match
    ? { hint: match[1] as Separator, body: text.slice(match[0].length), skipped: 1 }
    : { hint: null, body: text, skipped: 0 };
}

/**
 * The separator that splits the first lines into the most columns, counting only those that every one of
 * these lines has: a comma in "12,5" is not in every line, and quoted text does not count.
 */
export function sniffSeparator(text: string): Separator {
  const sample = firstRecords(text, 20);
  let best: Separator = ';';
  let most = 0;
  for (const separator of [';', '\t', ','] as const) {
    const counts = sample.map((record) => record.split(separator).length - 1);
    const least = Math.min(...counts);
    // The header alone decides between candidates that some short line lacks.
    const score = least > 0 ? 1000 + least : (counts[0] ?? 0);
    if (score > most) {
      most = score;
      best = separator;
    }
  }
  return best;
}

/** The first non-empty records, what stands in quotes left out. */
function firstRecords(text: string, most: number): string[] {
  return text
    .slice(0, 20_000)
    .replace(/"[^"]*"/g, '')
    .split('\n')
    .filter((record) => record.trim() !== '')
    .slice(0, most);
}

function split(text: string, separator: Separator): Result<SheetLine[], SheetError> {
  try {
    const records = parse(text, {
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      info: true,
      to: MOST_LINES + 2,
      max_record_size: 200_000,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const lines: SheetLine[] = [];
    for (const { record, info } of records) {
      // csv-parse counts the line on which a record ends; quoted line breaks push its start up.
      const breaks = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
      lines.push({ line: info.lines - breaks, cells: record.map((cell) => cell.slice(0, MOST_CELL)) });
    }
    return ok(dropCutLine(lines, text));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: number }).lines ?? 0);
    return err({ code: error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'cut-off' : 'damaged', params: { line } });
  }
}

/**
 * A last line without its line end, shorter than every line before it, was cut in the middle: one cell too
 * few is marked by a replacement of what is missing, which no field accepts.
 */
function dropCutLine(lines: SheetLine[], text: string): SheetLine[] {
  const last = lines.at(-1);
  if (lines.length < 3 || last === undefined || text.endsWith('\n')) return lines;
  const shortest = Math.min(...lines.slice(0, -1).map((line) => line.cells.length));
  if (last.cells.length >= shortest) return lines;
  return [...lines.slice(0, -1), { line: last.line, cells: [...last.cells, CUT] }];
}

/** Stands in the cell where a cut file ends. */
export const CUT = '\u{fffd}';
