import { errorSentences } from '../../../platform/form-errors.ts';
import type { FormState, Visit } from '../../../platform/http.ts';
import { formatDate, formatDateTime, type Lang } from '../../../platform/i18n/index.ts';
import {
  ActionButton,
  Actions,
  Button,
  type Column,
  DataTable,
  Dialog,
  EmptyState,
  ExportLinks,
  FileField,
  Fold,
  Form,
  NoteBlock,
  Notice,
  NumberField,
  Opening,
  PageLinks,
  Screen,
  Section,
  Tabs,
} from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import { reasonWords, textsOf } from '../texts.ts';
import { type Change, IMPORT_FIELDS, type LineOutcome } from '../types.ts';
import type { ImportModel } from '../views/imports.ts';

/** A draft on the list of those waiting. */
export interface WaitingDraft {
  readonly id: string;
  readonly fileName: string;
  readonly createdAt: Date;
  readonly lines: number;
}

/** Where a file is sent. `error`: why the last one was not read, in words. */
export function uploadPage(visit: Visit, waiting: readonly WaitingDraft[], error: string | null) {
  const { lang } = visit;
  const t = textsOf(lang);
  return (
    <Screen
      frame={visit.frame}
      title={t.import.title}
      note={
        <NoteBlock title={t.import.rulesTitle}>
          {t.import.rules.map((rule) => (
            <p>{rule}</p>
          ))}
        </NoteBlock>
      }
    >
      <Opening lang={lang} title={t.import.title} trail={[{ href: paths.list, label: t.room }]}>
        <p>{t.import.lead}</p>
      </Opening>
      <Form
        lang={lang}
        action={paths.import}
        encoding="multipart"
        errors={error === null ? {} : { fichier: error }}
        submit={<Button kind="main">{t.import.send}</Button>}
      >
        <FileField
          lang={lang}
          name="fichier"
          label={t.import.file}
          hint={t.import.fileHint}
          accept=".csv,.xlsx,.txt,.tsv"
          {...(error === null ? {} : { error })}
        />
      </Form>
      {waiting.length > 0 && (
        <Section id="attente" title={t.import.waiting}>
          <DataTable
            lang={lang}
            caption={t.import.waiting}
            captionHidden
            rows={waiting}
            empty=""
            columns={[
              {
                key: 'file',
                label: t.import.file,
                cell: (draft) => <a href={paths.importDraft(draft.id)}>{draft.fileName}</a>,
              },
              {
                key: 'lines',
                label: t.import.line,
                align: 'end',
                cell: (draft) => t.import.lines(draft.lines),
              },
              {
                key: 'at',
                label: t.import.receivedAt,
                cell: (draft) => formatDateTime(draft.createdAt, lang),
              },
            ]}
          />
        </Section>
      )}
    </Screen>
  );
}

const TAB_WORDS = {
  new: 'nouvelles',
  changed: 'modifiees',
  unchanged: 'identiques',
  refused: 'refusees',
} as const;

/** What a file would change, how it was read, and the one confirmed write. */
export function importPage(visit: Visit, model: ImportModel, form: FormState) {
  const { lang } = visit;
  const t = textsOf(lang).import;
  const { counts } = model;
  const writable = counts.new + counts.changed > 0;
  return (
    <Screen frame={visit.frame} title={t.draft(model.fileName)}>
      <Opening
        lang={lang}
        title={t.draft(model.fileName)}
        trail={[
          { href: paths.list, label: textsOf(lang).room },
          { href: paths.import, label: t.title },
        ]}
        state={
          model.confirmed ? { kind: 'done', label: t.state.done } : { kind: 'yours', label: t.state.waiting }
        }
        next={
          model.confirmed ? (counts.refused > 0 ? t.doneLead : t.stays(0)) : writable ? t.next : t.nothing
        }
        action={
          !model.confirmed &&
          writable && (
            <Button kind="main" opens="confirmer">
              {t.confirm(counts.new, counts.changed)}
            </Button>
          )
        }
      >
        <p>{readAs(model, lang)}</p>
      </Opening>
      {form.refusal && <Notice lang={lang} kind="refusal" happened={form.refusal} />}
      {!model.confirmed && writable && (
        <Dialog
          lang={lang}
          id="confirmer"
          title={t.confirm(counts.new, counts.changed)}
          actions={
            <ActionButton
              kind="main"
              action={paths.importConfirm(model.id)}
              fields={{ fingerprint: model.fingerprint }}
            >
              {t.confirm(counts.new, counts.changed)}
            </ActionButton>
          }
        >
          <p>{t.stays(counts.refused)}</p>
          <p>{t.next}</p>
        </Dialog>
      )}
      {!model.confirmed && <Mapping lang={lang} model={model} form={form} />}
      <Section id="differences" title={model.confirmed ? t.linesTitle : t.differenceTitle}>
        <Tabs
          label={t.differenceTitle}
          tabs={(['refused', 'changed', 'new', 'unchanged'] as const).map((outcome) => ({
            href: `${paths.importPage(model.id, { lignes: TAB_WORDS[outcome] })}#differences`,
            label: t.tabs[outcome],
            current: model.shown === outcome,
            count: counts[outcome],
          }))}
        />
        <DataTable
          lang={lang}
          caption={t.tabs[model.shown]}
          captionHidden
          dense
          rows={model.lines}
          empty={<EmptyState>{t.noLines}</EmptyState>}
          columns={lineColumns(model, lang)}
        />
        {model.nextLine !== null && (
          <PageLinks
            lang={lang}
            pages={{
              next: `${paths.importPage(model.id, {
                lignes: TAB_WORDS[model.shown],
                depuis: String(model.nextLine),
              })}#differences`,
            }}
          />
        )}
        {counts.refused > 0 && (
          <ExportLinks
            lang={lang}
            links={[
              { href: paths.importRefused(model.id, 'excel'), label: t.refusedFile.excel },
              { href: paths.importRefused(model.id, 'ouvert'), label: t.refusedFile.open },
            ]}
          />
        )}
      </Section>
      {!model.confirmed && (
        <Actions>
          <ActionButton kind="quiet" action={paths.importDrop(model.id)}>
            {t.drop}
          </ActionButton>
        </Actions>
      )}
    </Screen>
  );
}

function readAs({ form }: ImportModel, lang: Lang): string {
  const t = textsOf(lang).import;
  if (form === null) return t.read.api;
  return form.kind === 'csv'
    ? t.read.csv(form.encoding, t.separators[form.separator])
    : t.read.xlsx(form.sheetName, form.sheets);
}

/** Which field each column holds, with examples to recognise it by. Open when a column is not yet understood. */
function Mapping({ lang, model, form }: { lang: Lang; model: ImportModel; form: FormState }) {
  const t = textsOf(lang);
  const errors = errorSentences(form.errors, lang);
  const typed = form.values.fields;
  const chosen = typeof typed === 'string' ? [typed] : (typed ?? model.mapping.fields);
  const unread = model.mapping.fields.some((field) => field === '');
  return (
    <Fold
      title={t.import.columnsTitle}
      open={unread || form.refusal !== null || Object.keys(errors).length > 0}
    >
      <Form
        lang={lang}
        action={paths.importMapping(model.id)}
        errors={errors}
        submit={<Button>{t.import.remap}</Button>}
      >
        <DataTable
          lang={lang}
          caption={t.import.columnsTitle}
          captionHidden
          rows={model.columns.map((column, i) => ({ ...column, i }))}
          empty=""
          columns={[
            { key: 'column', label: t.import.column, names: true, cell: (row) => row.name },
            { key: 'examples', label: t.import.examples, cell: (row) => row.examples.join(' · ') },
            {
              key: 'holds',
              label: t.import.holds,
              cell: (row) => (
                <select name="fields" aria-label={t.import.columnHolds(row.name)}>
                  <option value="">{t.import.ignored}</option>
                  {IMPORT_FIELDS.map((field) => (
                    <option value={field} selected={chosen[row.i] === field}>
                      {t.fields[field]}
                    </option>
                  ))}
                </select>
              ),
            },
          ]}
        />
        <NumberField
          lang={lang}
          name="year"
          label={t.import.year}
          hint={t.import.yearHint}
          value={typeof form.values.year === 'string' ? form.values.year : String(model.mapping.year)}
          error={errors.year}
        />
      </Form>
    </Fold>
  );
}

function lineColumns(model: ImportModel, lang: Lang): Column<LineOutcome>[] {
  const t = textsOf(lang).import;
  const first: Column<LineOutcome>[] = [
    { key: 'line', label: t.line, align: 'end', cell: (line) => line.line },
    { key: 'company', label: t.company, names: true, cell: (line) => line.name },
  ];
  if (model.shown === 'unchanged') return first;
  if (model.shown === 'refused')
    return [
      ...first,
      {
        key: 'reasons',
        label: t.reasons,
        cell: (line) =>
          line.outcome === 'refused' && (
            <ul>
              {line.reasons.map((reason) => (
                <li>{reasonWords(reason, lang)}</li>
              ))}
            </ul>
          ),
      },
    ];
  return [
    ...first,
    {
      key: 'changes',
      label: t.changes,
      cell: (line) => line.outcome !== 'refused' && <Changes lang={lang} changes={line.changes} />,
    },
  ];
}

function Changes({ lang, changes }: { lang: Lang; changes: readonly Change[] }) {
  const t = textsOf(lang);
  return (
    <ul class="difference">
      {changes.map(({ field, before, after }) => (
        <li>
          {`${t.fields[field]} : `}
          {before !== '' && (
            <>
              <span class="sr">{`${t.import.before} `}</span>
              <del>{valueWords(before, lang)}</del>
              {' → '}
              <span class="sr">{`${t.import.after} `}</span>
            </>
          )}
          <ins>{valueWords(after, lang)}</ins>
        </li>
      ))}
    </ul>
  );
}

/** Dates as people write them; anything else as it is. */
const valueWords = (value: string, lang: Lang): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value, lang, 'short') : value;
