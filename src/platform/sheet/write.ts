/** How a table leaves: for French Excel, or as open data. */
export type CsvDialect = 'excel' | 'open';

/** A value of an exported cell: dates as ISO text tagged as such, numbers as numbers. */
export type CellValue = string | number | boolean | null | { readonly date: string };

const BOM = '\u{feff}';

/** The first bytes of a file and its header. */
export const csvHead = (columns: readonly string[], dialect: CsvDialect): string =>
  `${dialect === 'excel' ? BOM : ''}${csvLines([columns], dialect)}`;

/**
 * Lines of a CSV file. `excel`: semicolons, CRLF, decimal comma, dd/mm/yyyy, as a double click in French Excel
 * expects. `open`: RFC 4180 with commas, decimal point, ISO dates. In both, text that a spreadsheet would run
 * as a formula is preceded by an apostrophe; {@link withoutApostrophe} takes it off on the way back.
 */
export function csvLines(rows: readonly (readonly CellValue[])[], dialect: CsvDialect): string {
  const separator = dialect === 'excel' ? ';' : ',';
  let lines = '';
  for (const row of rows)
    lines += `${row.map((value) => quoted(cellText(value, dialect), dialect)).join(separator)}\r\n`;
  return lines;
}

/**
 * RFC 4180, section 2.6 and 2.7. By hand: a general writer takes five times as long, and an export of 5,000
 * companies is 90,000 cells.
 */
const quoted = (text: string, dialect: CsvDialect): string =>
  SPECIAL[dialect].test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const SPECIAL: Readonly<Record<CsvDialect, RegExp>> = { excel: /[";\r\n]/, open: /[",\r\n]/ };

function cellText(value: CellValue, dialect: CsvDialect): string {
  if (value === null) return '';
  if (typeof value === 'number') {
    const digits = String(value);
    return dialect === 'excel' ? digits.replace('.', ',') : digits;
  }
  if (typeof value === 'boolean') return dialect === 'excel' ? (value ? 'oui' : 'non') : String(value);
  if (typeof value === 'object')
    return dialect === 'excel' ? value.date.split('-').reverse().join('/') : value.date;
  return neutral(value);
}

/** OWASP's list of what starts a formula: = + - @, tab, carriage return. */
const FORMULA = /^[=+\-@\t\r]/;

const neutral = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** Takes off the apostrophe that {@link csvLines} put before a formula-like text. */
export const withoutApostrophe = (text: string): string =>
  text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
