/** Lists: a table that sorts, filters, pages and leaves, by links alone; the URL holds its state. */
import type { Child } from 'hono/jsx';
import type { Lang } from '../platform/i18n/index.ts';
import { Button, ButtonLink } from './button.tsx';
import { Icon } from './icons.tsx';
import { uiTexts } from './texts.ts';

export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  /** `end` for numbers, amounts and percentages. */
  readonly align?: 'start' | 'end';
  readonly cell: (row: Row) => Child;
  /** Can the list be sorted by this column? */
  readonly sortable?: boolean;
  /** The column that names the row; it becomes the row's header. Default the first. */
  readonly names?: boolean;
}

export interface Sort {
  readonly key: string;
  readonly direction: 'up' | 'down';
  /** Address of this list sorted otherwise. */
  readonly href: (key: string, direction: 'up' | 'down') => string;
}

export interface Pages {
  /** Keyset pages know their neighbours only. */
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
  /** "1 à 50 sur 51". */
  readonly range?: string;
}

export interface DataTableProps<Row> {
  readonly lang: Lang;
  readonly caption: string;
  /** Hides the caption where the section's title says it already (it stays for screen readers). */
  readonly captionHidden?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly sort?: Sort | undefined;
  readonly pages?: Pages | undefined;
  /** Shown in place of the rows: says what to do next. */
  readonly empty: Child;
  /** A last row: totals, by column key. */
  readonly totals?: Readonly<Record<string, Child>>;
  /** Tighter rows, for long lists worked in all day. */
  readonly dense?: boolean;
}

/** A table of rows. On a phone each row becomes a card whose lines carry the columns' names. */
export function DataTable<Row>(p: DataTableProps<Row>) {
  if (p.rows.length === 0) return <div class="table-empty">{p.empty}</div>;
  const naming = p.columns.find((c) => c.names)?.key ?? p.columns[0]?.key;
  return (
    <div class="table-frame">
      <table class={p.dense ? 'table table-dense' : 'table'}>
        <caption class={p.captionHidden ? 'sr' : undefined}>{p.caption}</caption>
        <thead>
          <tr>
            {p.columns.map((column) => (
              <HeaderCell lang={p.lang} column={column} sort={p.sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {p.rows.map((row) => (
            <tr>
              {p.columns.map((c) =>
                c.key === naming ? (
                  <th scope="row" class={c.align === 'end' ? 'end' : undefined}>
                    {c.cell(row)}
                  </th>
                ) : (
                  <td class={c.align === 'end' ? 'end' : undefined} data-label={c.label}>
                    {c.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {p.totals && (
          <tfoot>
            <tr>
              {p.columns.map((c) => (
                <td class={c.align === 'end' ? 'end' : undefined} data-label={c.label}>
                  {p.totals?.[c.key] ?? ''}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      {p.pages && <PageLinks lang={p.lang} pages={p.pages} />}
    </div>
  );
}

function HeaderCell<Row>({
  lang,
  column,
  sort,
}: {
  lang: Lang;
  column: Column<Row>;
  sort: Sort | undefined;
}) {
  const t = uiTexts(lang).table;
  const sorted = sort?.key === column.key ? sort.direction : undefined;
  const side = column.align === 'end' ? 'end' : undefined;
  if (!column.sortable || sort === undefined)
    return (
      <th scope="col" class={side}>
        {column.label}
      </th>
    );
  return (
    <th
      scope="col"
      class={side}
      aria-sort={sorted === 'up' ? 'ascending' : sorted === 'down' ? 'descending' : undefined}
    >
      <a href={sort.href(column.key, sorted === 'up' ? 'down' : 'up')}>
        {column.label}
        {sorted && <Icon name={sorted} label={sorted === 'up' ? t.sortUp : t.sortDown} />}
      </a>
    </th>
  );
}

/** Links to the neighbouring pages of a list. */
export const PageLinks = ({ lang, pages }: { readonly lang: Lang; readonly pages: Pages }) => {
  const t = uiTexts(lang).table;
  if (!pages.previous && !pages.next && !pages.range) return null;
  return (
    <nav class="pages" aria-label={t.pages}>
      {pages.range && <p>{pages.range}</p>}
      {pages.previous && (
        <ButtonLink href={pages.previous} icon="left">
          {t.previous}
        </ButtonLink>
      )}
      {pages.next && (
        <ButtonLink href={pages.next} icon="right">
          {t.next}
        </ButtonLink>
      )}
    </nav>
  );
};

export interface FilterSentenceProps {
  readonly lang: Lang;
  /** What is listed: "51 adhérents". */
  readonly subject: Child;
  /** Each filter in words, with the address of the list without it. */
  readonly filters: readonly { readonly label: string; readonly without: string }[];
  /** The list without any filter. */
  readonly clear: string;
}

/** The filters in force, as a sentence: "Adhérents · FLAAMM · 50 salariés et plus"; each can be taken off. */
export const FilterSentence = ({ lang, subject, filters, clear }: FilterSentenceProps) => {
  const t = uiTexts(lang).table;
  return (
    <p class="filter-sentence">
      <strong>{subject}</strong>
      {filters.map((f) => (
        <>
          {' '}
          <a class="chip" href={f.without} aria-label={t.without(f.label)}>
            {f.label}
            <Icon name="cross" />
          </a>
        </>
      ))}
      {filters.length > 1 && (
        <>
          {' '}
          <a href={clear}>{t.clear}</a>
        </>
      )}
    </p>
  );
};

export interface FilterFormProps {
  readonly lang: Lang;
  readonly action: string;
  /** Fields, named as in the URL. */
  readonly children: Child;
  /** Open when a filter is set or wrong. */
  readonly open?: boolean;
  /** What the URL keeps beside the fields: sort, search. */
  readonly keep?: Readonly<Record<string, string>>;
}

/** Filters as a form that writes the URL (GET), folded under a word. */
export const FilterForm = ({ lang, action, children, open, keep = {} }: FilterFormProps) => {
  const t = uiTexts(lang).table;
  return (
    <details class="fold filters" open={open}>
      <summary>
        <Icon name="filter" />
        {t.filters}
      </summary>
      <form method="get" action={action} class="filter-form">
        {Object.entries(keep).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {children}
        <Button>{t.apply}</Button>
      </form>
    </details>
  );
};

export interface SearchBoxProps {
  readonly lang: Lang;
  readonly action: string;
  /** Name in the URL; default `q`. */
  readonly name?: string;
  readonly value?: string;
  /** What can be searched: "Nom, ville ou SIREN". */
  readonly label: string;
  readonly keep?: Readonly<Record<string, string>>;
}

/** A search that writes the URL. */
export const SearchBox = ({ lang, action, name = 'q', value, label, keep = {} }: SearchBoxProps) => {
  const t = uiTexts(lang).table;
  return (
    <search>
      <form method="get" action={action} class="search">
        {Object.entries(keep).map(([key, kept]) => (
          <input type="hidden" name={key} value={kept} />
        ))}
        <label class="sr" for={`search-${name}`}>
          {label}
        </label>
        <input id={`search-${name}`} type="search" name={name} value={value} placeholder={label} />
        <button class="button button-plain" type="submit">
          <Icon name="search" label={t.search} />
        </button>
      </form>
    </search>
  );
};

/** Ways to take a list away: `[{ href, label: 'Excel (;)' }, …]`. */
export const ExportLinks = ({
  lang,
  links,
}: {
  readonly lang: Lang;
  readonly links: readonly { readonly href: string; readonly label: string }[];
}) => (
  <p class="exports">
    <Icon name="download" />
    <span>{uiTexts(lang).table.exports}</span>
    {links.map((link) => (
      <a href={link.href} download>
        {link.label}
      </a>
    ))}
  </p>
);

/** Search, sentence, filters and exports above a list, in that order. */
export const ListTools = ({ children }: { readonly children: Child }) => (
  <div class="list-tools">{children}</div>
);
