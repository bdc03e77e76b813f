/** A table read from a file: a header, then lines that remember where they stood. */
export interface Sheet {
  readonly columns: readonly string[];
  readonly lines: readonly SheetLine[];
  /** How the bytes were understood, shown to the person who sent them. */
  readonly form: SheetForm;
}

export interface SheetLine {
  /** Line of the file (CSV) or row of the sheet (Excel), from 1; the header counts. */
  readonly line: number;
  /** As many cells as there are columns or more; a number as plain digits, a date as YYYY-MM-DD. */
  readonly cells: readonly string[];
}

export type SheetForm =
  | { readonly kind: 'csv'; readonly encoding: Encoding; readonly separator: Separator }
  | { readonly kind: 'xlsx'; readonly sheetName: string; readonly sheets: number };

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Separator = ';' | ',' | '\t';

/** Why a file is not a table we can read. */
export interface SheetError {
  readonly code: SheetErrorCode;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type SheetErrorCode =
  | 'empty'
  | 'too-big'
  | 'too-big-inside'
  | 'too-many-lines'
  | 'too-many-columns'
  | 'not-a-sheet'
  | 'old-excel'
  | 'cut-off'
  | 'damaged'
  | 'no-header'
  | 'no-lines'
  | 'too-slow';

/** Limits of a file on its way in. */
export const MOST_BYTES = 5 * 1024 * 1024;
export const MOST_LINES = 10_000;
export const MOST_COLUMNS = 60;
/** Longer cells are cut here, one character past what any field accepts, so that the field refuses them. */
export const MOST_CELL = 2_001;
/** What an Excel file may hold once unpacked: 5 MB of real tables unpack to some 40 MB. */
export const MOST_UNPACKED = 80 * 1024 * 1024;
