import { eurosOf } from '../../kernel/money.ts';
import type { Lang } from '../../platform/i18n/index.ts';
import { type CellValue, type CsvDialect, csvHead, csvLines } from '../../platform/sheet/write.ts';
import { textsOf } from './texts.ts';
import type { CampaignModel, PlanModel } from './views.ts';

/** The needs of a campaign as a file that can be imported again: one column a field. */
export function needsFile(model: CampaignModel, dialect: CsvDialect, lang: Lang): string {
  const { kind, terms, staff } = model;
  const t = textsOf(lang);
  const names = new Map((staff?.parties ?? []).map((p) => [p.id, p.name]));
  const head = [t.needs.company, ...kind.needFields.map((f) => f.words[lang].label), t.needs.channel];
  const rows = (staff?.needs ?? []).map((need): CellValue[] => [
    names.get(need.company) ?? '',
    ...kind.needFields.map((field): CellValue => {
      const value = need.body[field.name];
      if (value === null || value === undefined) return null;
      if (field.type === 'money') return eurosOf(Number(value));
      if (field.type === 'number') return Number(value);
      if (field.type === 'tick') return value === true;
      const label = (v: unknown): string =>
        field.type === 'choice'
          ? (field.options?.(terms, lang).find((o) => o.value === v)?.label ?? String(v))
          : String(v);
      return Array.isArray(value) ? value.map(label).join('; ') : label(value);
    }),
    t.needs.channels[need.channel],
  ]);
  return csvHead(head, dialect) + csvLines(rows, dialect);
}

/** The shares of a plan, in euros, one line a company served. */
export function sharesFile(model: PlanModel, dialect: CsvDialect, lang: Lang): string {
  const t = textsOf(lang).plan;
  const names = new Map(model.parties.map((p) => [p.id, p.name]));
  const rows = (model.picture?.shares ?? [])
    .filter((s) => s.pays + s.travel > 0)
    .map((s): CellValue[] => [
      names.get(s.company) ?? '',
      eurosOf(s.alone),
      eurosOf(s.pays),
      eurosOf(s.travel),
      eurosOf(s.saves),
    ]);
  return csvHead([t.company, t.alone, t.pays, t.travel, t.saves], dialect) + csvLines(rows, dialect);
}
