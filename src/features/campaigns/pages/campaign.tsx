import { errorSentences } from '../../../platform/form-errors.ts';
import type { FormState, Visit } from '../../../platform/http.ts';
import { formatDate, formatDateTime, formatPercent } from '../../../platform/i18n/index.ts';
import { gapOf } from '../../../solve/progress.ts';
import {
  ActionButton,
  Actions,
  AnswerGauge,
  Badge,
  Button,
  ButtonLink,
  bindFields,
  DataTable,
  DateField,
  DateText,
  EmptyState,
  ExportLinks,
  Fold,
  Form,
  LifeLine,
  Money,
  Notice,
  NumberField,
  Opening,
  Protected,
  Screen,
  SecrecyMark,
  Section,
  SelectField,
  Textarea,
  TextField,
} from '../../../ui/index.ts';
import type { Terms, TermsList, TermsRecord } from '../kind.ts';
import { paths, type StateMove } from '../paths.ts';
import { callMayChange, LIFE } from '../rules/life.ts';
import type { Need } from '../types.ts';
import type { CampaignModel, OwnPart, StaffPart } from '../views.ts';
import { GroupSection } from './share.tsx';
import { amount, euros, nextDay, stateShape, textsOf, topicNames } from './words.tsx';

/** Which of a campaign page's forms came back with errors. */
export interface Returned {
  readonly which: 'dates' | 'plan' | 'state' | 'scenario' | 'title';
  readonly form: FormState;
}

export function campaignScreen(visit: Visit, model: CampaignModel, returned: Returned | null = null) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, versions, staff, own } = model;
  const refusal = returned?.form.refusal;
  return (
    <Screen frame={visit.frame} title={campaign.title}>
      <Opening
        lang={lang}
        title={campaign.title}
        trail={[{ href: paths.list, label: t.list.title }]}
        state={{ kind: stateShape(campaign.state), label: t.states[campaign.state] }}
        next={t.next[campaign.state]}
        by={nextDay(campaign.state, versions[0])}
        action={mainAction(visit, model)}
      >
        <p>{model.kind.words[lang].purpose}</p>
      </Opening>
      {refusal && <Notice lang={lang} kind="refusal" happened={refusal} />}
      {campaign.state !== 'draft' && <Life visit={visit} model={model} />}
      {own && <OwnSection visit={visit} model={model} own={own} />}
      {campaign.state !== 'draft' && <Totals visit={visit} model={model} />}
      <GroupSection visit={visit} totals={model.planTotals} />
      {staff && campaign.state !== 'draft' && <Answers visit={visit} model={model} staff={staff} />}
      {staff && campaign.state !== 'draft' && <NeedsTable visit={visit} model={model} staff={staff} />}
      {staff && campaign.state !== 'draft' && (
        <Plans visit={visit} model={model} staff={staff} returned={returned} />
      )}
      <Call visit={visit} model={model} />
      {staff && <Dates visit={visit} model={model} returned={returned} />}
      {staff && <Decisions visit={visit} model={model} returned={returned} />}
    </Screen>
  );
}

interface Part {
  readonly visit: Visit;
  readonly model: CampaignModel;
}

/** The one thing to do now, for this reader. */
function mainAction(visit: Visit, { campaign, staff, own }: CampaignModel) {
  const t = textsOf(visit.lang);
  const post = (move: StateMove, label: string) => (
    <ActionButton kind="main" action={paths.state(campaign.id, move)}>
      {label}
    </ActionButton>
  );
  if (own?.share)
    return (
      <ButtonLink kind="main" href={paths.share(campaign.id)}>
        {t.share.see}
      </ButtonLink>
    );
  if (own && campaign.state === 'open')
    return (
      <ButtonLink kind="main" icon="plus" href={paths.newNeed(campaign.id)}>
        {t.needs.add}
      </ButtonLink>
    );
  if (!staff) return undefined;
  if (campaign.state === 'draft') return post('ouvrir', t.actions.open);
  if (campaign.state === 'open') return post('figer', t.actions.freeze);
  if (campaign.state === 'planned') return post('proposer', t.actions.offer);
  if (campaign.state === 'frozen') {
    const done = staff.plans.find((p) => p.state === 'done');
    return (
      <ButtonLink kind="main" href={done ? paths.plan(done.id) : '#plans'}>
        {done ? t.plans.choose : t.plans.ask}
      </ButtonLink>
    );
  }
  return undefined;
}

const isoDay = (at: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO('Europe/Paris')
    .toPlainDate()
    .toString();

function Life({ visit, model }: Part) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, transitions, versions } = model;
  const reached = new Map(transitions.map((step) => [step.to, step]));
  const stopped = campaign.state === 'postponed' || campaign.state === 'cancelled';
  const shown = campaign.state === 'postponed' ? campaign.resumesAs : campaign.state;
  const present = LIFE.indexOf(shown ?? 'draft');
  const [now, ...older] = versions;
  const planned = {
    open: now?.answersBy ? isoDay(now.answersBy) : undefined,
    planned: now?.planOn ?? undefined,
    offered: now?.acceptBy ? isoDay(now.acceptBy) : undefined,
    running: now?.startsOn ?? undefined,
  } as Record<string, string | undefined>;
  // Each version says why it replaced the one before.
  const former = older
    .map((version, i) => ({ version, reason: versions[i]?.reason ?? '' }))
    .filter(({ version }) => version.answersBy && planned.open && isoDay(version.answersBy) !== planned.open)
    .reverse();
  const steps = LIFE.slice(1).map((state, i) => {
    const status = stopped
      ? i + 1 < present
        ? 'done'
        : 'coming'
      : i + 1 < present
        ? 'done'
        : i + 1 === present
          ? 'present'
          : 'coming';
    const at = reached.get(state)?.at;
    const on = state === 'open' ? planned.open : status === 'coming' ? planned[state] : at && isoDay(at);
    return {
      label: t.steps[state],
      status: status as 'done' | 'present' | 'coming',
      on,
      ...(state === 'open' && former.length > 0
        ? { former: former.map(({ version, reason }) => ({ on: isoDay(version.answersBy!), reason })) }
        : {}),
    };
  });
  const last = transitions.at(-1);
  const stop =
    stopped && last
      ? [
          {
            label: t.states[campaign.state],
            status: 'stopped' as const,
            on: isoDay(last.at),
            detail: last.reason,
          },
        ]
      : [];
  return <LifeLine lang={lang} steps={[...steps, ...stop]} />;
}

function Totals({ visit, model }: Part) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { kind, terms, exact, bands } = model;
  const names = topicNames(kind, terms);
  const rule = exact ? t.totals.ruleExact : t.totals.ruleOpen;
  const hidden = t.totals.hidden;
  const rows = exact
    ? exact.body.map((row) => ({
        topic: row.topic,
        groups: row.groups === null ? hidden : String(row.groups),
        quantity: row.quantity === null ? hidden : amount(kind, row.quantity, lang),
      }))
    : (bands?.body ?? []).map((row) => ({
        topic: row.topic,
        groups: row.groupsAtLeast === null ? hidden : t.totals.atLeast(row.groupsAtLeast),
        quantity: row.quantityFrom === null ? hidden : t.totals.band(row.quantityFrom, row.quantityTo!),
      }));
  const asOf = (exact ?? bands)?.asOf;
  return (
    <Section id="totals" title={t.totals.title}>
      <DataTable
        lang={lang}
        caption={t.totals.title}
        captionHidden
        rows={rows}
        empty={<EmptyState>{t.totals.noBands}</EmptyState>}
        columns={[
          {
            key: 'topic',
            label: kind.words[lang].topic,
            names: true,
            cell: (row) => names.get(row.topic) ?? '–',
          },
          {
            key: 'groups',
            label: t.totals.groups,
            align: 'end',
            cell: (row) => (
              <Protected lang={lang} id={`groups-${row.topic}`} rule={rule}>
                {row.groups}
              </Protected>
            ),
          },
          { key: 'quantity', label: t.totals.quantity, align: 'end', cell: (row) => row.quantity },
        ]}
      />
      {asOf && <p class="source">{`${t.totals.asOf(formatDateTime(asOf, lang))} ${rule}`}</p>}
    </Section>
  );
}

const needSummary = (need: Need, model: CampaignModel, lang: 'fr' | 'en'): string => {
  const t = textsOf(lang);
  const dates = (need.body.dates ?? []) as string[];
  const sites = (need.body.sites ?? []) as string[];
  return [
    dates.length > 0 ? dates.map((d) => formatDate(d, lang, 'day')).join(', ') : '',
    sites.join(', '),
    ...model.kind.needFields
      .filter(
        (f) =>
          (f.type === 'tick' && need.body[f.name] === true) ||
          (f.type === 'money' && typeof need.body[f.name] === 'number'),
      )
      .map((f) =>
        f.type === 'money'
          ? `${f.words[lang].label} ${euros(Number(need.body[f.name]), lang)}`
          : f.words[lang].label,
      ),
    typeof need.body.minCompanies === 'number' ? t.totals.atLeast(need.body.minCompanies) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
};

function OwnSection({ visit, model, own }: Part & { own: OwnPart }) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, kind, terms } = model;
  const names = topicNames(kind, terms);
  const open = campaign.state === 'open';
  return (
    <Section id="needs" title={t.needs.yours}>
      <p>
        {t.needs.secret} <SecrecyMark lang={lang} id="needs-secret" rule={t.needs.secret} />
      </p>
      {own.answeredNone && <Notice lang={lang} kind="info" happened={t.needs.saidNone} />}
      <DataTable
        lang={lang}
        caption={t.needs.yours}
        captionHidden
        rows={own.needs}
        empty={<EmptyState>{t.needs.empty}</EmptyState>}
        columns={[
          {
            key: 'topic',
            label: kind.words[lang].topic,
            names: true,
            cell: (n) => names.get(kind.measure(n.body).topic) ?? '–',
          },
          {
            key: 'quantity',
            label: t.totals.quantity,
            align: 'end',
            cell: (n) => amount(kind, kind.measure(n.body).quantity, lang),
          },
          {
            key: 'details',
            label: t.needs.title,
            cell: (n) => (
              <>
                {needSummary(n, model, lang)}
                {own.met.has(n.id) && (
                  <>
                    {' '}
                    <Badge state={own.met.get(n.id) ? 'done' : 'open'}>
                      {own.met.get(n.id) ? t.needs.met : t.needs.notYet}
                    </Badge>
                  </>
                )}
              </>
            ),
          },
          ...(open
            ? [
                {
                  key: 'change',
                  label: t.needs.change,
                  cell: (n: Need) => <a href={paths.need(n.id)}>{t.needs.change}</a>,
                },
              ]
            : []),
        ]}
      />
      {open && (
        <Actions>
          <ButtonLink kind="plain" icon="plus" href={paths.newNeed(campaign.id)}>
            {t.needs.add}
          </ButtonLink>
          {own.needs.length === 0 && !own.answeredNone && (
            <ActionButton kind="plain" action={paths.answerNone(campaign.id)}>
              {t.needs.none}
            </ActionButton>
          )}
        </Actions>
      )}
    </Section>
  );
}

function Answers({ visit, model, staff }: Part & { staff: StaffPart }) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, kind } = model;
  const quantity = staff.needs.reduce((sum, need) => sum + kind.measure(need.body).quantity, 0);
  const awaited = staff.answered.length + staff.answeredNone.length + staff.silent.length;
  return (
    <Section id="answers" title={t.gauge.title}>
      <AnswerGauge
        lang={lang}
        of={awaited}
        answers={{
          kind: 'exact',
          answered: staff.answered.length + staff.answeredNone.length,
          names: {
            answered: [...staff.answered, ...staff.answeredNone].map((p) => p.name),
            silent: staff.silent.map((p) => {
              const at = staff.reminded.get(p.id);
              return at ? `${p.name} (${t.gauge.remindedOn(at.toISOString())})` : p.name;
            }),
          },
        }}
        seats={quantity}
      />
      {staff.withoutDelegate.length > 0 && (
        <Fold title={t.gauge.noDelegate(staff.withoutDelegate.length)}>
          <p>{staff.withoutDelegate.map((p) => p.name).join(', ')}</p>
        </Fold>
      )}
      {campaign.state === 'open' && staff.silent.length > 0 && (
        <Actions>
          <ActionButton kind="plain" icon="mail" action={paths.remind(campaign.id)}>
            {t.gauge.remind}
          </ActionButton>
        </Actions>
      )}
    </Section>
  );
}

function NeedsTable({ visit, model, staff }: Part & { staff: StaffPart }) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, kind, terms } = model;
  const names = topicNames(kind, terms);
  const companies = new Map(staff.parties.map((p) => [p.id, p.name]));
  const taking = campaign.state === 'open' || campaign.state === 'frozen';
  return (
    <Section
      id="needs"
      title={t.needs.title}
      tools={
        <ExportLinks
          lang={lang}
          links={[
            { href: paths.needsExport(campaign.id, 'excel'), label: t.needs.exportExcel },
            { href: paths.needsExport(campaign.id, 'csv'), label: t.needs.exportCsv },
          ]}
        />
      }
    >
      <DataTable
        lang={lang}
        caption={t.needs.title}
        captionHidden
        dense
        rows={staff.shown}
        pages={{
          next: staff.next === null ? undefined : `${paths.campaign(campaign.id)}?after=${staff.next}#needs`,
        }}
        empty={<EmptyState>{t.needs.emptyStaff}</EmptyState>}
        columns={[
          {
            key: 'company',
            label: t.needs.company,
            names: true,
            cell: (n) => companies.get(n.company) ?? '–',
          },
          {
            key: 'topic',
            label: kind.words[lang].topic,
            cell: (n) => names.get(kind.measure(n.body).topic) ?? '–',
          },
          {
            key: 'quantity',
            label: t.totals.quantity,
            align: 'end',
            cell: (n) => amount(kind, kind.measure(n.body).quantity, lang),
          },
          { key: 'details', label: t.needs.any, cell: (n) => needSummary(n, model, lang) || '–' },
          { key: 'channel', label: t.needs.channel, cell: (n) => t.needs.channels[n.channel] },
          ...(taking
            ? [
                {
                  key: 'change',
                  label: t.needs.change,
                  cell: (n: Need) => <a href={paths.need(n.id)}>{t.needs.change}</a>,
                },
              ]
            : []),
        ]}
      />
      {taking && (
        <Actions>
          <ButtonLink kind="plain" icon="plus" href={paths.newNeed(campaign.id)}>
            {t.needs.addFor}
          </ButtonLink>
          <ButtonLink kind="plain" icon="file" href={paths.importNeeds(campaign.id)}>
            {t.needs.import}
          </ButtonLink>
        </Actions>
      )}
      {taking && staff.silent.length > 0 && (
        <Fold title={t.needs.noneFor}>
          <Form
            lang={lang}
            action={paths.answerNone(campaign.id)}
            id="none-for"
            submit={<Button kind="plain">{t.needs.none}</Button>}
          >
            <SelectField
              lang={lang}
              name="company"
              id="none-company"
              label={t.needs.company}
              options={staff.silent.map((p) => ({ value: p.id, label: p.name }))}
            />
          </Form>
        </Fold>
      )}
    </Section>
  );
}

function Plans({ visit, model, staff, returned }: Part & { staff: StaffPart; returned: Returned | null }) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign } = model;
  const form = returned?.which === 'plan' ? returned.form : null;
  const errors = errorSentences(form?.errors ?? {}, lang);
  const field = bindFields({ seconds: '10', seed: '1', ...form?.values }, errors);
  const done = staff.plans.filter((p) => p.state === 'done');
  const planning = campaign.state === 'frozen' || campaign.state === 'planned';
  const scenarioForm = returned?.which === 'scenario' ? returned.form : null;
  const scenarioErrors = errorSentences(scenarioForm?.errors ?? {}, lang);
  return (
    <Section id="plans" title={t.plans.title}>
      <DataTable
        lang={lang}
        caption={t.plans.title}
        captionHidden
        rows={staff.plans}
        empty={<EmptyState>{planning ? t.plans.empty : t.plans.freezeFirst}</EmptyState>}
        columns={[
          {
            key: 'name',
            label: t.plans.label,
            names: true,
            cell: (p) => <a href={paths.plan(p.id)}>{t.plans.name(p.label)}</a>,
          },
          {
            key: 'state',
            label: t.plans.state,
            cell: (p) => (
              <Badge
                state={
                  p.id === campaign.chosenPlan
                    ? 'together'
                    : p.state === 'done'
                      ? 'done'
                      : p.state === 'failed' || p.state === 'cancelled'
                        ? 'stopped'
                        : 'open'
                }
              >
                {p.id === campaign.chosenPlan ? t.plans.chosen : t.plans.states[p.state]}
              </Badge>
            ),
          },
          {
            key: 'cost',
            label: t.plans.cost,
            align: 'end',
            cell: (p) => (p.cost === null ? '–' : <Money cents={p.cost} lang={lang} />),
          },
          {
            key: 'gap',
            label: t.plans.gap,
            align: 'end',
            cell: (p) => {
              const gap = gapOf(p.cost, p.bound);
              return gap === null ? '–' : formatPercent(gap, lang, 2);
            },
          },
        ]}
      />
      {done.length >= 2 && (
        <Actions>
          <ButtonLink kind="plain" icon="change" href={paths.compare(campaign.id, done[0]!.id, done[1]!.id)}>
            {t.plans.compare}
          </ButtonLink>
        </Actions>
      )}
      {planning && (
        <Fold title={t.plans.ask} open={staff.plans.length === 0 || form !== null}>
          <Form
            lang={lang}
            id="ask"
            action={paths.plans(campaign.id)}
            errors={errors}
            submit={<Button kind="main">{t.plans.ask}</Button>}
          >
            <SelectField
              lang={lang}
              {...field('terms')}
              label={t.plans.on}
              placeholder={null}
              options={[
                { value: String(campaign.termsVersion), label: t.plans.theCall },
                ...staff.scenarios.map((s) => ({
                  value: String(s.version),
                  label: t.call.scenario(s.label),
                })),
              ]}
            />
            <TextField
              lang={lang}
              {...field('label')}
              label={t.plans.label}
              hint={t.plans.labelHint}
              required={false}
            />
            <NumberField lang={lang} {...field('seconds')} label={t.plans.seconds} />
            <NumberField lang={lang} {...field('seed')} label={t.plans.seed} hint={t.plans.seedHint} />
          </Form>
        </Fold>
      )}
      {planning && (
        <Fold title={t.plans.scenarios} open={scenarioForm !== null}>
          {staff.scenarios.length > 0 && (
            <ul>
              {staff.scenarios.map((s) => (
                <li>
                  <a href={paths.call(campaign.id, s.label)}>{t.call.scenario(s.label)}</a>
                </li>
              ))}
            </ul>
          )}
          <Form
            lang={lang}
            id="scenario-form"
            action={paths.scenarios(campaign.id)}
            errors={scenarioErrors}
            submit={<Button kind="plain">{t.plans.scenario}</Button>}
          >
            <input type="hidden" name="base" value={String(campaign.termsVersion)} />
            <TextField
              lang={lang}
              {...bindFields(scenarioForm?.values, scenarioErrors)('scenario')}
              label={t.plans.scenarioName}
              hint={t.plans.scenarioHint}
              maxLength={80}
            />
          </Form>
        </Fold>
      )}
    </Section>
  );
}

/** What is on offer, for everybody who may see the campaign. */
function Call({ visit, model }: Part) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, kind, terms, staff } = model;
  return (
    <Section
      id="call"
      title={t.call.title}
      tools={
        staff && callMayChange(campaign.state) ? (
          <ButtonLink kind="plain" href={paths.call(campaign.id)}>
            {t.call.edit}
          </ButtonLink>
        ) : undefined
      }
    >
      {kind.lists
        .map((list) => ({ list, records: terms.lists[list.name] ?? [] }))
        .filter(({ records }) => records.length > 0 || campaign.state === 'draft')
        .map(({ list, records }) => (
          <Fold title={`${list.words[lang].many} (${records.length})`} open={records.length <= 8}>
            {records.length === 0 ? (
              <EmptyState>{list.words[lang].empty}</EmptyState>
            ) : (
              <ul class="records">
                {records.map((record) => (
                  <li>
                    <Fold title={list.label(record, terms)}>
                      <Record list={list} record={record} terms={terms} lang={lang} />
                    </Fold>
                  </li>
                ))}
              </ul>
            )}
          </Fold>
        ))}
      <p class="source">
        {kind.settings
          .filter((f) => f.options)
          .map(
            (f) =>
              `${f.words[lang].label} : ${fieldText(f.type, terms.settings[f.name], f.options?.(terms, lang), lang)}`,
          )
          .join(' · ')}
      </p>
    </Section>
  );
}

/** The filled fields of a record. */
const Record = ({
  list,
  record,
  terms,
  lang,
}: {
  list: TermsList;
  record: TermsRecord;
  terms: Terms;
  lang: 'fr' | 'en';
}) => (
  <dl class="facts">
    {list.fields
      .filter((f) => !['', null, undefined, false].includes(record[f.name] as string))
      .map((f) => (
        <div>
          <dt>{f.words[lang].label}</dt>
          <dd>{fieldText(f.type, record[f.name], f.options?.(terms, lang), lang)}</dd>
        </div>
      ))}
  </dl>
);

/** A stored value as people read it. */
export function fieldText(
  type: string,
  value: unknown,
  options: readonly { value: string; label: string }[] | undefined,
  lang: 'fr' | 'en',
): string {
  if (type === 'money') return euros(Number(value), lang);
  if (type === 'dates') return (value as string[]).map((d) => formatDate(d, lang)).join(', ');
  if (type === 'date') return formatDate(String(value), lang);
  if (type === 'tick') return (lang === 'fr' ? ['oui', 'non'] : ['yes', 'no'])[value === true ? 0 : 1]!;
  const label = (v: unknown): string => options?.find((o) => o.value === String(v))?.label ?? String(v);
  return Array.isArray(value) ? value.map(label).join(', ') : label(value);
}

function Dates({ visit, model, returned }: Part & { returned: Returned | null }) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, versions } = model;
  if (!callMayChange(campaign.state)) return null;
  const [now] = versions;
  const form = returned?.which === 'dates' ? returned.form : null;
  const errors = errorSentences(form?.errors ?? {}, lang);
  const day = (at: Date | null | undefined): string => (at ? isoDay(at) : '');
  const field = bindFields(
    form?.values ?? {
      answersBy: day(now?.answersBy),
      planOn: now?.planOn ?? '',
      acceptBy: day(now?.acceptBy),
      startsOn: now?.startsOn ?? '',
    },
    errors,
  );
  const isDraft = campaign.state === 'draft';
  return (
    <Section id="dates" title={t.dates.title}>
      {!now && <p>{t.dates.none}</p>}
      {now?.answersBy && (
        <p>
          {t.dates.answersBy} <DateText on={isoDay(now.answersBy)} lang={lang} />
        </p>
      )}
      <Fold title={t.dates.change} open={form !== null || !now}>
        <Form
          lang={lang}
          id="dates-form"
          action={paths.dates(campaign.id)}
          errors={errors}
          submit={<Button kind={now ? 'plain' : 'main'}>{t.dates.submit}</Button>}
        >
          <input type="hidden" name="version" value={String(now?.version ?? 0)} />
          <DateField
            lang={lang}
            {...field('answersBy')}
            label={t.dates.answersBy}
            hint={t.dates.answersByHint}
          />
          <DateField lang={lang} {...field('planOn')} label={t.dates.planOn} required={false} />
          <DateField lang={lang} {...field('acceptBy')} label={t.dates.acceptBy} required={false} />
          <DateField lang={lang} {...field('startsOn')} label={t.dates.startsOn} required={false} />
          {!isDraft && (
            <Textarea
              lang={lang}
              {...field('reason')}
              label={t.dates.reason}
              hint={t.dates.reasonHint}
              rows={2}
            />
          )}
          {!isDraft && (
            <TextField lang={lang} {...field('decidedBy')} label={t.dates.decidedBy} required={false} />
          )}
        </Form>
      </Fold>
    </Section>
  );
}

/** Decisions other than the main one: with their reason, folded away. */
function Decisions({ visit, model, returned }: Part & { returned: Returned | null }) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign } = model;
  const form = returned?.which === 'state' ? returned.form : null;
  const errors = errorSentences(form?.errors ?? {}, lang);
  const ended = campaign.state === 'settled' || campaign.state === 'cancelled';
  const moves: readonly (readonly [StateMove, string])[] = [
    ...(campaign.state === 'frozen' ? [['rouvrir', t.actions.reopen] as const] : []),
    ...(campaign.state === 'planned' ? [['revenir', t.actions.unchoose] as const] : []),
    ...(campaign.state === 'postponed' ? [['reprendre', t.actions.resume] as const] : []),
    ...(!ended && campaign.state !== 'postponed' ? [['reporter', t.actions.postpone] as const] : []),
    ...(ended ? [] : [['annuler', t.actions.cancel] as const]),
  ];
  return (
    <Section id="decisions" title={t.actions.other}>
      <Actions>
        <ActionButton kind="plain" icon="file" action={paths.clone(campaign.id)}>
          {t.actions.clone}
        </ActionButton>
      </Actions>
      {callMayChange(campaign.state) && (
        <Fold title={t.call.rename} open={returned?.which === 'title'}>
          <Form
            lang={lang}
            id="title-form"
            action={paths.rename(campaign.id)}
            errors={returned?.which === 'title' ? errorSentences(returned.form.errors, lang) : {}}
            submit={<Button kind="plain">{t.call.save}</Button>}
          >
            <TextField
              lang={lang}
              name="title"
              value={returned?.which === 'title' ? String(returned.form.values.title ?? '') : campaign.title}
              label={t.call.rename}
              maxLength={200}
            />
          </Form>
        </Fold>
      )}
      {moves.map(([move, label]) => (
        <Fold title={label} open={form !== null && form.values.move === move}>
          <Form
            lang={lang}
            id={`move-${move}`}
            action={paths.state(campaign.id, move)}
            errors={errors}
            submit={<Button kind="plain">{label}</Button>}
          >
            <Textarea
              lang={lang}
              name="reason"
              id={`reason-${move}`}
              value={form?.values.move === move ? String(form.values.reason ?? '') : ''}
              label={t.actions.reason}
              hint={t.actions.reasonHint}
              rows={2}
            />
          </Form>
        </Fold>
      ))}
    </Section>
  );
}
