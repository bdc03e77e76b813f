import { dateOf } from '../../kernel/dates.ts';
import { formatMoney } from '../../kernel/money.ts';
import type { Action, View } from '../../platform/action.ts';
import type { ClusterActor, Reader } from '../../platform/db/actor.ts';
import type { Feature, HomeFigure, Task } from '../../platform/feature.ts';
import { formatNumber, type Lang } from '../../platform/i18n/index.ts';
import { type MailTemplate, plainMail } from '../../platform/mail.ts';
import {
  cloneCampaign,
  createCampaign,
  removeRecord,
  renameCampaign,
  saveRecord,
  saveSettings,
  setDates,
  startScenario,
} from './actions/call.ts';
import { confirmNeedsFile, readNeedsFile } from './actions/import.ts';
import { answerNone, changeNeed, remindSilent, submitNeed, withdrawNeed } from './actions/needs.ts';
import { requestPlan, stopPlan } from './actions/plans.ts';
import {
  cancelCampaign,
  choosePlan,
  freezeCampaign,
  offerPlan,
  openCampaign,
  postponeCampaign,
  reopenCampaign,
  resumeCampaign,
  unchoosePlan,
} from './actions/state.ts';
import { campaignJobs } from './jobs.ts';
import { listKinds, registerKind } from './kinds.ts';
import { paths } from './paths.ts';
import type { ShareBody } from './plan.ts';
import { campaignRoutes } from './routes.ts';
import { listAnswers, listCampaigns, listNeeds, listShares, listVersions } from './store.ts';
import { en } from './texts.en.ts';
import { fr } from './texts.fr.ts';
import { textsOf } from './texts.ts';
import { training } from './training/index.ts';
import {
  callPage,
  campaignList,
  campaignPage,
  comparePage,
  importPage,
  needPage,
  newNeedPage,
  planPage,
  planProgress,
  sharePage,
} from './views.ts';

export type { CampaignKind, Terms } from './kind.ts';
export { getKind } from './kinds.ts';
export { paths as campaignPaths } from './paths.ts';
export type { CampaignState, CampaignVersion } from './types.ts';

registerKind(training);

/** Campaigns looked at for a home page: the latest ones. */
const RECENT = 30;

async function tasks(
  reader: Reader,
  actor: ClusterActor,
  lang: Lang,
  now: Temporal.Instant,
): Promise<Task[]> {
  const t = textsOf(lang).tasks;
  const found: Task[] = [];
  const today = dateOf(now).toString();
  const add = (what: string, why: string, by: string | null, href: string, button: string) =>
    found.push({ what, why, by, href, button });
  for (const campaign of await listCampaigns(reader, actor.cluster, { limit: RECENT })) {
    const { id, title, state } = campaign;
    if (state === 'settled' || state === 'cancelled' || state === 'postponed') continue;
    const [version] = await listVersions(reader, actor.cluster, id);
    const dayOf = (at: Date | null | undefined): string | null =>
      at ? dateOf(Temporal.Instant.fromEpochMilliseconds(at.getTime())).toString() : null;
    const answersBy = dayOf(version?.answersBy);
    if (actor.role === 'secretary') {
      if (state === 'draft') add(t.finish(title), t.finishWhy, null, paths.campaign(id), t.go);
      if (state === 'open' && answersBy !== null && answersBy < today)
        add(t.freeze(title), t.freezeWhy, answersBy, paths.campaign(id), t.go);
      if (state === 'frozen')
        add(t.plan(title), t.planWhy, version?.planOn ?? null, paths.campaign(id), t.go);
      if (state === 'planned')
        add(t.offer(title), t.offerWhy, dayOf(version?.acceptBy), paths.campaign(id), t.go);
    }
    if (actor.role === 'delegate' && actor.company !== null) {
      if (state === 'open' && (answersBy === null || answersBy >= today)) {
        const needs = await listNeeds(reader, actor.cluster, id, { company: actor.company, limit: 1 });
        const none = (await listAnswers(reader, actor.cluster, id)).some((a) => a.answered_none_at !== null);
        if (needs.length === 0 && !none)
          add(t.answer(title), t.answerWhy, answersBy, paths.campaign(id), t.answerButton);
      }
      if (state === 'offered' && campaign.chosenPlan !== null) {
        const shares = await listShares(reader, actor.cluster, campaign.chosenPlan);
        if (shares.length > 0)
          add(
            t.readShare(title),
            t.readShareWhy,
            dayOf(version?.acceptBy),
            paths.share(id),
            textsOf(lang).share.see,
          );
      }
    }
  }
  return found;
}

async function figures(reader: Reader, actor: ClusterActor, lang: Lang): Promise<HomeFigure[]> {
  const t = textsOf(lang).figures;
  const recent = await listCampaigns(reader, actor.cluster, { limit: RECENT });
  const count = (state: string): string => formatNumber(recent.filter((c) => c.state === state).length, lang);
  const found: HomeFigure[] = [
    { label: t.open, value: count('open'), note: t.openNote },
    { label: t.offered, value: count('offered'), note: t.offeredNote },
  ];
  const offered = recent.find((c) => c.state === 'offered' && c.chosenPlan !== null);
  if (actor.role === 'delegate' && offered) {
    const [share] = await listShares(reader, actor.cluster, offered.chosenPlan!);
    const saves = share && (share.body as ShareBody).share.saves;
    if (typeof saves === 'number')
      found.unshift({ label: t.saved, value: formatMoney(saves, lang), note: t.savedNote });
  }
  return found;
}

const letter =
  (which: 'opened' | 'reminder' | 'offered'): MailTemplate =>
  (lang, data, url) => {
    const t = textsOf(lang).mails;
    const title = data.title ?? '';
    const lines =
      which === 'offered' ? t.offeredLines(title) : t[`${which}Lines`](title, data.deadline ?? '');
    return plainMail(t[which](title), lines, { label: t.button, href: url(data.link ?? '/') });
  };

/** Everything done together: one life cycle, a kind for each sort of work. */
export const campaigns: Feature = {
  name: 'campaigns',
  routes: campaignRoutes,
  room: (actor, lang) =>
    actor.role === 'stranger' ? null : { href: paths.list, label: textsOf(lang).room, icon: 'campaigns' },
  actions: [
    createCampaign,
    cloneCampaign,
    renameCampaign,
    setDates,
    saveRecord,
    removeRecord,
    saveSettings,
    startScenario,
    submitNeed,
    changeNeed,
    withdrawNeed,
    answerNone,
    remindSilent,
    readNeedsFile,
    confirmNeedsFile,
    requestPlan,
    stopPlan,
    openCampaign,
    freezeCampaign,
    reopenCampaign,
    choosePlan,
    unchoosePlan,
    offerPlan,
    postponeCampaign,
    resumeCampaign,
    cancelCampaign,
  ] as unknown as readonly Action[],
  views: [
    campaignList,
    campaignPage,
    callPage,
    newNeedPage,
    needPage,
    importPage,
    planPage,
    planProgress,
    comparePage,
    sharePage,
  ] as unknown as readonly View[],
  jobs: campaignJobs,
  mails: {
    'campaign-opened': letter('opened'),
    'campaign-reminder': letter('reminder'),
    'campaign-offered': letter('offered'),
  },
  audit: { fr: fr.audit, en: en.audit },
  refusals: {
    fr: Object.assign({}, fr.refusals, ...listKinds().map((kind) => kind.refusals.fr)),
    en: Object.assign({}, en.refusals, ...listKinds().map((kind) => kind.refusals.en)),
  },
  tasks,
  figures,
};
