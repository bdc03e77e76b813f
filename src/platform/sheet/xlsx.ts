import { inflateRawSync } from 'node:zlib';
import readXlsx from 'read-excel-file/node';
import { err, ok, type Result } from '../../kernel/result.ts';
import {
  MOST_CELL,
  MOST_COLUMNS,
  MOST_LINES,
  MOST_UNPACKED,
  type Sheet,
  type SheetError,
  type SheetLine,
} from './sheet.ts';
import { tableOf } from './table.ts';

/** Reads the first sheet of an Excel workbook that has anything in it. */
export async function readXlsxTable(bytes: Uint8Array): Promise<Result<Sheet, SheetError>> {
  const unpacked = checkArchive(bytes);
  if (!unpacked.ok) return unpacked;
  let sheets: Awaited<ReturnType<typeof readXlsx>>;
  try {
    sheets = await readXlsx(Buffer.from(bytes));
  } catch {
    // A sound archive that is no workbook, or a workbook with a broken part: the reader's words are for programmers.
    return err({ code: 'damaged', params: { line: 0 } });
  }
  const found = sheets.find(({ data }) => data.some((row) => row.some((cell) => cell !== null)));
  if (!found) return err({ code: 'empty' });
  if (found.data.length > MOST_LINES * 2) return err({ code: 'too-many-lines', params: { max: MOST_LINES } });
  if (found.data.some((row) => row.length > MOST_COLUMNS * 5))
    return err({ code: 'too-many-columns', params: { max: MOST_COLUMNS } });
  const rows: SheetLine[] = found.data.map((row, i) => ({ line: i + 1, cells: row.map(textOf) }));
  const table = tableOf(rows);
  if (!table.ok) return table;
  return ok({ ...table.value, form: { kind: 'xlsx', sheetName: found.sheet, sheets: sheets.length } });
}

/** Cells are text, numbers, booleans, dates or null. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return String(cell).slice(0, MOST_CELL);
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const MOST_ENTRIES = 500;

/**
 * Unpacks every entry with a ceiling before any other program does: the sizes an archive declares may lie.
 * Layout: APPNOTE.TXT of PKWARE, 4.3.7, 4.3.12 and 4.3.16.
 */
export function checkArchive(bytes: Uint8Array): Result<null, SheetError> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecord(view);
  // The directory of a ZIP file stands at its end: what was cut off has none.
  if (end === null) return err({ code: 'cut-off', params: { line: 0 } });
  const entries = view.getUint16(end + 10, true);
  if (entries > MOST_ENTRIES) return err({ code: 'too-big-inside' });
  let at = view.getUint32(end + 16, true);
  let room = MOST_UNPACKED;
  try {
    for (let i = 0; i < entries; i += 1) {
      if (view.getUint32(at, true) !== ENTRY) return err({ code: 'damaged', params: { line: 0 } });
      const method = view.getUint16(at + 10, true);
      const packed = view.getUint32(at + 20, true);
      const local = view.getUint32(at + 42, true);
      if (view.getUint32(local, true) !== LOCAL) return err({ code: 'damaged', params: { line: 0 } });
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      if (start + packed > bytes.byteLength) return err({ code: 'cut-off', params: { line: 0 } });
      const body = bytes.subarray(start, start + packed);
      room -= method === 0 ? packed : inflateRawSync(body, { maxOutputLength: Math.max(room, 1) }).byteLength;
      if (room <= 0) return err({ code: 'too-big-inside' });
      at +=
        46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  } catch (error) {
    const tooLong = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    return err(tooLong ? { code: 'too-big-inside' } : { code: 'damaged', params: { line: 0 } });
  }
  return ok(null);
}

/** Where the end record starts: within the last 64 kB, behind a comment if there is one. */
function endRecord(view: DataView): number | null {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at -= 1)
    if (view.getUint32(at, true) === END) return at;
  return null;
}
