import type { Lang } from '../../platform/i18n/index.ts';
import { type CellValue, type CsvDialect, csvHead, csvLines } from '../../platform/sheet/write.ts';
import { reasonWords, textsOf } from './texts.ts';
import type { RefusedLines } from './views/imports.ts';
import type { ExportLine } from './views/list.ts';

/** A column of the export: its title, and its value on a line. */
type ExportColumn = readonly [title: string, value: (row: ExportLine) => CellValue];

/** The columns of the members export. Titles are those an import recognises: what leaves can come back. */
export function exportColumns(lang: Lang, staff: boolean): readonly ExportColumn[] {
  const t = textsOf(lang);
  const columns: ExportColumn[] = [
    [t.fields.name, (row) => row.name],
    [t.fields.siren, (row) => row.siren],
    [t.fields.siret, (row) => row.siret],
    [t.fields.formerNames, (row) => row.formerNames.join('; ')],
    [t.fields.group, (row) => row.group],
    [t.fields.department, (row) => row.departments.join(', ')],
    [t.fields.activity, (row) => row.activity],
    [t.fields.nafRev2, (row) => row.nafRev2],
    [t.fields.town, (row) => row.town],
    [t.fields.postcode, (row) => row.postcode],
    [t.exportColumns.bandCode, (row) => row.band],
    [t.exportColumns.band, (row) => t.band(row.band)],
    [t.fields.joinedOn, (row) => (row.joinedOn === null ? null : { date: row.joinedOn })],
    [t.exportColumns.id, (row) => row.id],
  ];
  if (staff)
    columns.push(
      [t.fields.heads, (row) => row.staff?.heads ?? null],
      [t.fields.headsYear, (row) => row.staff?.headsYear ?? null],
      [t.exportColumns.total, (row) => row.totalHeads],
      [t.fields.delegateName, (row) => row.staff?.delegateName ?? null],
      [t.fields.delegateEmail, (row) => row.staff?.delegateEmail ?? null],
    );
  return columns;
}

export const exportHead = (columns: readonly ExportColumn[], dialect: CsvDialect): string =>
  csvHead(
    columns.map(([title]) => title),
    dialect,
  );

export const exportLines = (
  columns: readonly ExportColumn[],
  rows: readonly ExportLine[],
  dialect: CsvDialect,
): string =>
  csvLines(
    rows.map((row) => columns.map(([, value]) => value(row))),
    dialect,
  );

/** The refused lines of an import as they came, with the reason of each in front: to be corrected and sent again. */
export function refusedFile(refused: RefusedLines, lang: Lang, dialect: CsvDialect): string {
  const t = textsOf(lang).import;
  return (
    csvHead([t.lineColumn, t.reasonColumn, ...refused.columns], dialect) +
    csvLines(
      refused.lines.map((line) => [
        line.line,
        line.reasons.map((reason) => reasonWords(reason, lang)).join(' '),
        ...refused.columns.map((_, i) => line.cells[i] ?? ''),
      ]),
      dialect,
    )
  );
}
