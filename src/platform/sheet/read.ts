import { Worker } from 'node:worker_threads';
import { err, type Result } from '../../kernel/result.ts';
import { MOST_BYTES, type Sheet, type SheetError } from './sheet.ts';

const MOST_MS = 20_000;

/**
 * Reads a CSV or Excel (.xlsx) file of at most 5 MB, 10,000 lines and 60 columns, whatever its name says.
 * It is read in a thread of its own with a ceiling on memory and time, so that no file can stop the program.
 */
export async function readSheet(bytes: Uint8Array): Promise<Result<Sheet, SheetError>> {
  if (bytes.byteLength === 0) return err({ code: 'empty' });
  if (bytes.byteLength > MOST_BYTES)
    return err({ code: 'too-big', params: { megabytes: MOST_BYTES / 1024 / 1024 } });
  const kind = kindOf(bytes);
  if (kind === 'old-excel') return err({ code: 'old-excel' });
  if (kind === 'other') return err({ code: 'not-a-sheet' });
  return inWorker(bytes, kind);
}

/** Told by the first bytes: ZIP (xlsx), OLE2 (xls, or a workbook under a password), known other files, or text. */
function kindOf(bytes: Uint8Array): 'xlsx' | 'old-excel' | 'csv' | 'other' {
  const starts = (...magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'xlsx';
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return 'old-excel';
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x25, 0x50, 0x44, 0x46))
    return 'other';
  return 'csv';
}

function inWorker(bytes: Uint8Array, kind: 'csv' | 'xlsx'): Promise<Result<Sheet, SheetError>> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      execArgv: [],
      workerData: { bytes, kind },
      resourceLimits: { maxOldGenerationSizeMb: 384 },
    });
    const finish = (result: Result<Sheet, SheetError>): void => {
      clearTimeout(timer);
      resolve(result);
      void worker.terminate();
    };
    const timer = setTimeout(() => finish(err({ code: 'too-slow' })), MOST_MS);
    worker.once('message', (result: Result<Sheet, SheetError>) => finish(result));
    worker.once('error', (error) =>
      finish(
        err(
          (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? { code: 'too-big-inside' }
            : { code: 'damaged', params: { line: 0 } },
        ),
      ),
    );
  });
}
