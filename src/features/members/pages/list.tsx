import type { Visit } from '../../../platform/http.ts';
import type { Lang } from '../../../platform/i18n/index.ts';
import {
  Actions,
  Badge,
  ButtonLink,
  CheckboxField,
  type Column,
  DataTable,
  EmptyState,
  ExportLinks,
  FilterForm,
  FilterSentence,
  ListTools,
  Opening,
  Screen,
  SearchBox,
  SelectField,
  TextField,
} from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import { textsOf } from '../texts.ts';
import { type MemberLine, SIZES } from '../types.ts';
import type { MembersModel } from '../views/list.ts';

/** The values of `tri` in the URL, by column. */
const SORT_WORDS: Readonly<Record<string, string>> = { name: '', town: 'ville', band: 'effectif' };

export function listPage(visit: Visit, model: MembersModel) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { filters } = model;
  const title = t.kinds[model.kind];
  const sentence = filtersInWords(model, lang);
  const { tri = '', sens = '' } = filters;
  return (
    <Screen frame={visit.frame} title={title}>
      <Opening
        lang={lang}
        title={title}
        action={
          model.staff && (
            <Actions>
              <ButtonLink kind="main" icon="plus" href={paths.create}>
                {t.add}
              </ButtonLink>
              <ButtonLink icon="file" href={paths.import}>
                {t.importAction}
              </ButtonLink>
            </Actions>
          )
        }
      >
        <p>{t.lead[model.kind]}</p>
      </Opening>
      <ListTools>
        <SearchBox
          lang={lang}
          action={paths.list}
          value={filters.q ?? ''}
          label={t.searchLabel}
          keep={without(filters, 'q')}
        />
        <FilterSentence
          lang={lang}
          subject={model.count === null ? title : t.counted[model.kind](model.count)}
          filters={sentence}
          clear={paths.listAs({ tri, sens })}
        />
        <FilterForm
          lang={lang}
          action={paths.list}
          open={false}
          keep={only(filters, ['q', 'groupe', 'tri', 'sens'])}
        >
          <Filters model={model} lang={lang} />
        </FilterForm>
        <ExportLinks
          lang={lang}
          links={[
            { href: paths.export({ ...filters, format: 'excel' }), label: t.exports.excel },
            { href: paths.export({ ...filters, format: 'ouvert' }), label: t.exports.open },
          ]}
        />
      </ListTools>
      <DataTable
        lang={lang}
        caption={title}
        captionHidden
        dense
        columns={columnsOf(model, lang)}
        rows={model.lines}
        sort={{
          key: model.sort,
          direction: model.descending ? 'down' : 'up',
          href: (key, direction) =>
            paths.listAs({
              ...without(filters, 'tri', 'sens'),
              tri: SORT_WORDS[key] ?? '',
              sens: direction === 'down' ? 'desc' : '',
            }),
        }}
        pages={{
          ...(model.previous === null
            ? {}
            : { previous: paths.listAs({ ...filters, page: model.previous }) }),
          ...(model.next === null ? {} : { next: paths.listAs({ ...filters, page: model.next }) }),
        }}
        empty={<Empty model={model} lang={lang} filtered={sentence.length > 0} />}
      />
      <p class="source">{t.note}</p>
    </Screen>
  );
}

function columnsOf(model: MembersModel, lang: Lang): Column<MemberLine>[] {
  const t = textsOf(lang);
  const filtered = (params: Record<string, string>): string => paths.listAs({ ...model.filters, ...params });
  const columns: Column<MemberLine>[] = [
    {
      key: 'name',
      label: t.columns.name,
      sortable: true,
      names: true,
      cell: (line) => (
        <>
          <a href={paths.member(line.id)}>{line.name}</a>
          {line.illustrative && (
            <>
              {' '}
              <Badge state="idle">{t.member.illustrative}</Badge>
            </>
          )}
        </>
      ),
    },
    {
      key: 'town',
      label: t.columns.town,
      sortable: true,
      cell: (line) => line.town !== '' && <a href={filtered({ ville: line.town })}>{line.town}</a>,
    },
    {
      key: 'departments',
      label: t.columns.departments,
      cell: (line) => line.departments.map((department) => shortName(department.name)).join(', '),
    },
    {
      key: 'band',
      label: t.columns.band,
      sortable: true,
      cell: (line) => <span class="figure">{t.bandShort(line.band)}</span>,
    },
    {
      key: 'group',
      label: t.columns.group,
      cell: (line) => line.group && <a href={filtered({ groupe: line.group.id })}>{line.group.name}</a>,
    },
  ];
  if (model.staff)
    columns.push({
      key: 'delegate',
      label: t.columns.delegate,
      cell: (line) => line.delegate ?? (line.illustrative ? '' : <Badge state="yours">{t.noDelegate}</Badge>),
    });
  return columns;
}

function Filters({ model, lang }: { model: MembersModel; lang: Lang }) {
  const t = textsOf(lang);
  const { filters } = model;
  return (
    <>
      <SelectField
        lang={lang}
        name="sorte"
        label={t.filter.kind}
        required={false}
        value={filters.sorte ?? ''}
        placeholder={null}
        options={[
          { value: '', label: t.kinds.member },
          { value: 'partenaires', label: t.kinds.partner },
          { value: 'prestataires', label: t.kinds.provider },
        ]}
      />
      <SelectField
        lang={lang}
        name="departement"
        label={t.filter.department}
        required={false}
        value={filters.departement ?? ''}
        placeholder={t.filter.any}
        options={model.departments.map((d) => ({ value: d.slug, label: d.name }))}
      />
      <TextField
        lang={lang}
        name="ville"
        label={t.filter.town}
        required={false}
        value={filters.ville ?? ''}
      />
      <SelectField
        lang={lang}
        name="effectif"
        label={t.filter.size}
        required={false}
        value={filters.effectif ?? ''}
        placeholder={t.filter.anySize}
        options={SIZES.map((size) => ({ value: size, label: t.filter.sizeFrom(Number(size)) }))}
      />
      <CheckboxField
        lang={lang}
        name="anciens"
        label={t.filter.former}
        value="1"
        checked={filters.anciens === '1'}
      />
      {model.staff && (
        <CheckboxField
          lang={lang}
          name="sans-delegue"
          label={t.filter.withoutDelegate}
          value="1"
          checked={filters['sans-delegue'] === '1'}
        />
      )}
    </>
  );
}

/** Each filter in force in words, with the list without it. */
function filtersInWords(model: MembersModel, lang: Lang): { label: string; without: string }[] {
  const t = textsOf(lang).filter;
  const { filters } = model;
  const department = model.departments.find((d) => d.slug === filters.departement)?.name;
  const words: Readonly<Record<string, string | undefined>> = {
    q: filters.q && t.text(filters.q),
    departement: filters.departement && shortName(department ?? filters.departement),
    ville: filters.ville && t.in(filters.ville),
    effectif: filters.effectif && t.sizeFrom(Number(filters.effectif)),
    groupe: filters.groupe && t.group(model.group?.name ?? '?'),
    anciens: filters.anciens && t.formerOn,
    'sans-delegue': model.staff ? filters['sans-delegue'] && t.withoutDelegateOn : undefined,
  };
  return Object.entries(words).flatMap(([name, label]) =>
    label ? [{ label, without: paths.listAs(without(filters, name)) }] : [],
  );
}

function Empty({ model, lang, filtered }: { model: MembersModel; lang: Lang; filtered: boolean }) {
  const t = textsOf(lang);
  if (filtered) return <EmptyState>{t.empty.filtered}</EmptyState>;
  if (!model.staff) return <EmptyState>{t.empty.noneReader}</EmptyState>;
  return (
    <EmptyState
      action={
        <>
          <ButtonLink href={paths.import}>{t.importAction}</ButtonLink>
          <ButtonLink href={paths.create}>{t.add}</ButtonLink>
        </>
      }
    >
      {t.empty.none}
    </EmptyState>
  );
}

/** "FLAAMM (forge, laser, …)" in a list is FLAAMM. */
const shortName = (name: string): string => name.replace(/ \(.*\)$/, '');

const without = (filters: Readonly<Record<string, string>>, ...names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(filters).filter(([name]) => !names.includes(name)));
const only = (filters: Readonly<Record<string, string>>, names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(filters).filter(([name]) => names.includes(name)));
