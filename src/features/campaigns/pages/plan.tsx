import type { Visit } from '../../../platform/http.ts';
import { formatDate, formatPercent } from '../../../platform/i18n/index.ts';
import { gapOf } from '../../../solve/progress.ts';
import {
  ActionButton,
  Actions,
  ButtonLink,
  DataTable,
  DateText,
  EmptyState,
  ExportLinks,
  KeyFigures,
  Money,
  Notice,
  Opening,
  PlanComparison,
  ProofBar,
  Screen,
  Section,
  SessionCalendar,
  SolverAtWork,
  type SolverProgress,
} from '../../../ui/index.ts';
import type { PlanPicture } from '../kind.ts';
import { paths } from '../paths.ts';
import { penaltiesOf } from '../plan.ts';
import type { Plan } from '../types.ts';
import type { PlanModel } from '../views.ts';
import { amount, euros, textsOf, topicNames } from './words.tsx';

/** A plan's progress as the live view reads it. */
export const solverProgress = (plan: Plan): SolverProgress => {
  const cost = plan.cost ?? plan.progress?.cost ?? null;
  const bound = plan.bound ?? plan.progress?.bound ?? null;
  return {
    seconds: plan.progress?.seconds ?? 0,
    cost,
    bound,
    gap: gapOf(cost, bound),
    state: (
      {
        queued: 'waiting',
        running: 'running',
        stopping: 'stopping',
        done: 'finished',
        failed: 'failed',
        cancelled: 'failed',
      } as const
    )[plan.state],
  };
};

const underWay = (plan: Plan): boolean =>
  plan.state === 'queued' || plan.state === 'running' || plan.state === 'stopping';

export const savingOf = (picture: PlanPicture): number | null =>
  picture.alone === null ? null : picture.shares.reduce((sum, s) => sum + (s.saves ?? 0), 0);

export function planScreen(visit: Visit, model: PlanModel) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, plan, picture, kind } = model;
  const running = underWay(plan);
  const gap = gapOf(plan.cost, plan.bound);
  const choosable = plan.state === 'done' && campaign.state === 'frozen';
  return (
    <Screen
      frame={visit.frame}
      title={t.plan.title(plan.label)}
      {...(running ? { scripts: ['islands/solver'] as const } : {})}
    >
      <Opening
        lang={lang}
        title={t.plan.title(plan.label)}
        trail={[
          { href: paths.list, label: t.list.title },
          { href: paths.campaign(campaign.id), label: campaign.title },
        ]}
        state={{
          kind:
            plan.id === campaign.chosenPlan
              ? 'together'
              : running
                ? 'open'
                : plan.state === 'done'
                  ? 'done'
                  : 'stopped',
          label: plan.id === campaign.chosenPlan ? t.plans.chosen : t.plans.states[plan.state],
        }}
        {...(plan.state === 'done'
          ? {
              next:
                gap === null
                  ? t.plan.noBound
                  : gap <= 1e-9
                    ? t.plan.best
                    : t.plan.atMost(formatPercent(Math.ceil(gap * 10_000) / 10_000, lang, 2)),
            }
          : {})}
        {...(choosable
          ? {
              action: (
                <ActionButton kind="main" action={paths.choosePlan(campaign.id)} fields={{ plan: plan.id }}>
                  {t.plans.choose}
                </ActionButton>
              ),
            }
          : {})}
      />
      {plan.state === 'failed' && (
        <Notice lang={lang} kind="refusal" happened={failureSentence(visit, model)} />
      )}
      <SolverAtWork
        lang={lang}
        progress={solverProgress(plan)}
        history={plan.progress?.history ?? []}
        budgetSeconds={plan.seconds}
        {...(running
          ? {
              feed: paths.planProgress(plan.id),
              done: paths.plan(plan.id),
              refresh: paths.plan(plan.id),
              stop: (
                <ActionButton kind="plain" icon="stop" action={paths.stopPlan(plan.id)}>
                  {t.plans.stop}
                </ActionButton>
              ),
            }
          : {})}
      />
      {picture && <Proof visit={visit} model={model} picture={picture} />}
      {picture && <Sessions visit={visit} model={model} picture={picture} />}
      {picture && <Shares visit={visit} model={model} picture={picture} />}
      {picture && (
        <Section id="individual" title={t.plan.individual}>
          <DataTable
            lang={lang}
            caption={t.plan.individual}
            captionHidden
            rows={picture.individual}
            empty={<EmptyState>{t.plan.noneIndividual}</EmptyState>}
            columns={[
              {
                key: 'company',
                label: t.plan.company,
                names: true,
                cell: (row) => companyName(model, row.company),
              },
              {
                key: 'topic',
                label: kind.words[lang].topic,
                cell: (row) => topicNames(kind, model.terms).get(row.topic) ?? row.topic,
              },
              {
                key: 'quantity',
                label: t.plan.quantity,
                align: 'end',
                cell: (row) => amount(kind, row.quantity, lang),
              },
              {
                key: 'cost',
                label: t.plan.price,
                align: 'end',
                cell: (row) => <Money cents={row.cost} lang={lang} />,
              },
            ]}
          />
        </Section>
      )}
      {picture && (
        <Section id="unserved" title={t.plan.unserved}>
          <DataTable
            lang={lang}
            caption={t.plan.unserved}
            captionHidden
            rows={picture.unserved}
            empty={<EmptyState>{t.plan.noneUnserved}</EmptyState>}
            columns={[
              {
                key: 'company',
                label: t.plan.company,
                names: true,
                cell: (row) => companyName(model, row.company),
              },
              {
                key: 'topic',
                label: kind.words[lang].topic,
                cell: (row) => topicNames(kind, model.terms).get(row.topic) ?? row.topic,
              },
              {
                key: 'quantity',
                label: t.plan.quantity,
                align: 'end',
                cell: (row) => amount(kind, row.quantity, lang),
              },
              { key: 'why', label: t.plan.why, cell: (row) => t.plan.reasons[row.reason] ?? row.reason },
            ]}
          />
        </Section>
      )}
    </Screen>
  );
}

const companyName = (model: PlanModel, id: string): string =>
  model.parties.find((p) => p.id === id)?.name ?? '–';

const failureSentence = (visit: Visit, model: PlanModel): string => {
  const t = textsOf(visit.lang);
  const code = model.plan.failure ?? '';
  const words = model.kind.refusals[visit.lang][code]?.({});
  return words ?? t.plans.failure(code);
};

interface Part {
  readonly visit: Visit;
  readonly model: PlanModel;
  readonly picture: PlanPicture;
}

function Proof({ visit, model, picture }: Part) {
  const { lang } = visit;
  const t = textsOf(lang);
  const saving = savingOf(picture);
  return (
    <Section id="proof" title={t.plan.proof}>
      {picture.alone !== null && (
        <ProofBar
          lang={lang}
          boundCents={picture.bound}
          planCents={picture.cost}
          aloneCents={picture.alone + penaltiesOf(picture)}
          baseline={t.plan.baseline}
        />
      )}
      <KeyFigures
        figures={[
          {
            label: t.plan.together,
            value: (
              <Money cents={picture.billed + picture.shares.reduce((s, x) => s + x.travel, 0)} lang={lang} />
            ),
            tone: 'together',
          },
          ...(picture.alone === null
            ? []
            : [
                {
                  label: t.plan.alone,
                  value: <Money cents={picture.alone} lang={lang} />,
                  tone: 'alone' as const,
                },
              ]),
          ...(saving === null
            ? []
            : [{ label: t.plan.savesTotal, value: <Money cents={saving} lang={lang} /> }]),
        ]}
      />
      <p>
        <strong>{t.plan.core[picture.core]}</strong>{' '}
        {picture.core === 'out' &&
          picture.blocking &&
          t.plan.blocking(
            picture.blocking.map((c) => companyName(model, c)).join(', '),
            euros(picture.gain, lang),
          )}
        {picture.core === 'undecided' && t.plan.gainAtMost(euros(picture.gain, lang))}
      </p>
      {picture.scarce && <p>{t.plan.scarce}</p>}
      <p class="source">{t.plan.verified}</p>
    </Section>
  );
}

function Sessions({ visit, model, picture }: Part) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { kind } = model;
  const names = topicNames(kind, model.terms);
  return (
    <Section id="sessions" title={t.plan.sessions}>
      <SessionCalendar
        lang={lang}
        sessions={picture.sessions.map((s, i) => ({
          id: `s${i}`,
          course: names.get(s.topic) ?? s.topic,
          site: s.site,
          from: s.date,
          days: s.days,
          seats: s.seats.reduce((sum, x) => sum + x.quantity, 0),
          minSeats: s.minSeats,
          maxSeats: s.maxSeats,
        }))}
      />
      <h3>{t.plan.seats}</h3>
      <DataTable
        lang={lang}
        caption={t.plan.seats}
        captionHidden
        rows={picture.sessions}
        empty={<EmptyState>{t.plan.noneIndividual}</EmptyState>}
        columns={[
          {
            key: 'topic',
            label: kind.words[lang].topic,
            names: true,
            cell: (s) => names.get(s.topic) ?? s.topic,
          },
          { key: 'date', label: t.plan.date, cell: (s) => <DateText on={s.date} lang={lang} /> },
          { key: 'place', label: t.plan.place, cell: (s) => `${s.site}, ${s.provider}` },
          {
            key: 'who',
            label: t.plan.seats,
            cell: (s) => s.seats.map((x) => `${companyName(model, x.company)} (${x.quantity})`).join(', '),
          },
          {
            key: 'price',
            label: t.plan.price,
            align: 'end',
            cell: (s) => <Money cents={s.cost} lang={lang} />,
          },
        ]}
      />
    </Section>
  );
}

function Shares({ visit, model, picture }: Part) {
  const { lang } = visit;
  const t = textsOf(lang);
  const rule = model.kind.settings
    .find((f) => f.name === 'sharing')
    ?.options?.(model.terms, lang)
    .find((o) => o.value === picture.rule)?.label;
  const sum = (of: (s: PlanPicture['shares'][number]) => number | null): number =>
    picture.shares.reduce((total, s) => total + (of(s) ?? 0), 0);
  return (
    <Section
      id="shares"
      title={t.plan.shares}
      tools={
        <ExportLinks
          lang={lang}
          links={[
            { href: paths.planExport(model.plan.id, 'excel'), label: t.plan.exportExcel },
            { href: paths.planExport(model.plan.id, 'csv'), label: t.plan.exportCsv },
          ]}
        />
      }
    >
      {rule && (
        <p>
          {t.plan.rule} : <strong>{rule}</strong>
        </p>
      )}
      <DataTable
        lang={lang}
        caption={t.plan.shares}
        captionHidden
        rows={picture.shares.filter((s) => s.pays + s.travel > 0 || (s.alone ?? 0) > 0)}
        empty={<EmptyState>{t.plan.noneIndividual}</EmptyState>}
        totals={{
          pays: <Money cents={picture.billed} lang={lang} />,
          travel: <Money cents={sum((s) => s.travel)} lang={lang} />,
          alone: picture.alone === null ? '–' : <Money cents={picture.alone} lang={lang} />,
          saves: <Money cents={sum((s) => s.saves)} lang={lang} />,
        }}
        columns={[
          { key: 'company', label: t.plan.company, names: true, cell: (s) => companyName(model, s.company) },
          {
            key: 'alone',
            label: t.plan.alone,
            align: 'end',
            cell: (s) => (s.alone === null ? t.plan.notKnown : <Money cents={s.alone} lang={lang} />),
          },
          {
            key: 'pays',
            label: t.plan.pays,
            align: 'end',
            cell: (s) => <Money cents={s.pays} lang={lang} />,
          },
          {
            key: 'travel',
            label: t.plan.travel,
            align: 'end',
            cell: (s) => <Money cents={s.travel} lang={lang} />,
          },
          {
            key: 'saves',
            label: t.plan.saves,
            align: 'end',
            cell: (s) => (
              <>
                {s.saves === null ? '–' : <Money cents={s.saves} lang={lang} />}
                {s.capped && <small> {t.plan.capped}</small>}
                {!s.exact && <small> {t.plan.sampled(s.error)}</small>}
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

/** Two plans side by side, then what each company would pay in each. */
export function compareScreen(visit: Visit, { a, b }: { a: PlanModel; b: PlanModel }) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign } = a;
  const pictures = a.picture && b.picture ? { a: a.picture, b: b.picture } : null;
  const seats = (p: PlanPicture) =>
    p.sessions.reduce((n, s) => n + s.seats.reduce((m, x) => m + x.quantity, 0), 0);
  const count = (rows: readonly { quantity: number }[]) => rows.reduce((n, r) => n + r.quantity, 0);
  const less = (x: number, y: number): 'a' | 'b' | null => (x === y ? null : x < y ? 'a' : 'b');
  const money = (label: string, x: number | null, y: number | null, better: 'less' | 'more') => ({
    label,
    a: x === null ? '–' : euros(x, lang),
    b: y === null ? '–' : euros(y, lang),
    better: x === null || y === null ? null : better === 'less' ? less(x, y) : less(y, x),
    ...(x === null || y === null || x === y
      ? {}
      : { difference: `${y > x ? '+' : '−'} ${euros(Math.abs(y - x), lang)}` }),
  });
  const choose = (model: PlanModel) =>
    campaign.state === 'frozen' && model.plan.state === 'done' ? (
      <ActionButton kind="plain" action={paths.choosePlan(campaign.id)} fields={{ plan: model.plan.id }}>
        {t.plans.choose}
      </ActionButton>
    ) : undefined;
  const side = (model: PlanModel) => {
    const action = choose(model);
    return {
      name: t.plan.title(model.plan.label),
      ...(model.picture ? { detail: ruleName(model, lang) } : {}),
      ...(action ? { action } : {}),
    };
  };
  return (
    <Screen frame={visit.frame} title={t.plans.compareTitle}>
      <Opening
        lang={lang}
        title={t.plans.compareTitle}
        trail={[
          { href: paths.list, label: t.list.title },
          { href: paths.campaign(campaign.id), label: campaign.title },
        ]}
      />
      {!pictures && <Notice lang={lang} kind="info" happened={t.plans.comparePick} />}
      {pictures && (
        <PlanComparison
          lang={lang}
          a={side(a)}
          b={side(b)}
          criteria={[
            money(t.compare.cost, pictures.a.cost, pictures.b.cost, 'less'),
            money(t.compare.alone, pictures.a.alone, pictures.b.alone, 'less'),
            money(t.compare.saving, savingOf(pictures.a), savingOf(pictures.b), 'more'),
            {
              label: t.compare.gap,
              a: percent(a, lang),
              b: percent(b, lang),
              better: null,
            },
            {
              label: t.compare.sessions,
              a: String(pictures.a.sessions.length),
              b: String(pictures.b.sessions.length),
              better: null,
            },
            {
              label: t.compare.served,
              a: String(seats(pictures.a)),
              b: String(seats(pictures.b)),
              better: less(seats(pictures.b), seats(pictures.a)),
            },
            {
              label: t.compare.individual,
              a: String(count(pictures.a.individual)),
              b: String(count(pictures.b.individual)),
              better: null,
            },
            {
              label: t.compare.unserved,
              a: String(count(pictures.a.unserved)),
              b: String(count(pictures.b.unserved)),
              better: less(count(pictures.a.unserved), count(pictures.b.unserved)),
            },
            {
              label: t.compare.stability,
              a: t.compare.core[pictures.a.core],
              b: t.compare.core[pictures.b.core],
              better: null,
            },
          ]}
        />
      )}
      {pictures && (
        <Section id="shares" title={t.compare.sharesTitle}>
          <DataTable
            lang={lang}
            caption={t.compare.sharesTitle}
            captionHidden
            rows={a.parties
              .map((p) => {
                const paid = (picture: PlanPicture): number => {
                  const share = picture.shares.find((s) => s.company === p.id);
                  return share ? share.pays + share.travel : 0;
                };
                return { party: p, x: paid(pictures.a), y: paid(pictures.b) };
              })
              .filter((row) => row.x + row.y > 0)}
            empty={<EmptyState>{t.plan.noneIndividual}</EmptyState>}
            columns={[
              { key: 'company', label: t.plan.company, names: true, cell: (row) => row.party.name },
              {
                key: 'a',
                label: t.plan.title(a.plan.label),
                align: 'end',
                cell: (row) => <Money cents={row.x} lang={lang} />,
              },
              {
                key: 'b',
                label: t.plan.title(b.plan.label),
                align: 'end',
                cell: (row) => <Money cents={row.y} lang={lang} />,
              },
              {
                key: 'd',
                label: t.compare.difference,
                align: 'end',
                cell: (row) =>
                  row.x === row.y
                    ? '='
                    : `${row.y > row.x ? '+' : '−'} ${euros(Math.abs(row.y - row.x), lang)}`,
              },
            ]}
          />
        </Section>
      )}
      <Actions>
        <ButtonLink kind="plain" icon="left" href={paths.campaign(campaign.id)}>
          {t.call.back}
        </ButtonLink>
      </Actions>
    </Screen>
  );
}

const percent = (model: PlanModel, lang: 'fr' | 'en'): string => {
  const gap = gapOf(model.plan.cost, model.plan.bound);
  return gap === null ? '–' : formatPercent(gap, lang, 2);
};

const ruleName = (model: PlanModel, lang: 'fr' | 'en'): string =>
  model.kind.settings
    .find((f) => f.name === 'sharing')
    ?.options?.(model.terms, lang)
    .find((o) => o.value === model.picture?.rule)?.label ??
  formatDate(model.plan.requestedAt.toISOString().slice(0, 10), lang);
