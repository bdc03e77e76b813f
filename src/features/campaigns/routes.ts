import { streamSSE } from 'hono/streaming';
import { type Action, runAction } from '../../platform/action.ts';
import {
  type FormState,
  failurePage,
  freshForm,
  load,
  sendPage,
  show,
  submit,
  uploadedFile,
  type Web,
  type WebContext,
} from '../../platform/http.ts';
import { readSheet } from '../../platform/sheet/read.ts';
import { sheetSentence } from '../../platform/sheet/words.ts';
import type { CsvDialect } from '../../platform/sheet/write.ts';
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
import { needsFile, sharesFile } from './exports.ts';
import { callScreen, recordScreen } from './pages/call.tsx';
import { campaignScreen, type Returned } from './pages/campaign.tsx';
import { draftScreen, importScreen } from './pages/import.tsx';
import { createPage, listPage } from './pages/list.tsx';
import { needScreen } from './pages/need.tsx';
import { compareScreen, planScreen, solverProgress } from './pages/plan.tsx';
import { shareScreen } from './pages/share.tsx';
import { paths, type StateMove } from './paths.ts';
import { textsOf } from './texts.ts';
import type { Plan } from './types.ts';
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

const MOVES: Readonly<
  Record<StateMove, { action: Action; notice: keyof ReturnType<typeof textsOf>['notices'] }>
> = {
  ouvrir: { action: openCampaign as Action, notice: 'opened' },
  figer: { action: freezeCampaign as Action, notice: 'frozen' },
  rouvrir: { action: reopenCampaign as Action, notice: 'reopened' },
  revenir: { action: unchoosePlan as Action, notice: 'unchosen' },
  proposer: { action: offerPlan as Action, notice: 'offered' },
  reporter: { action: postponeCampaign as Action, notice: 'postponed' },
  reprendre: { action: resumeCampaign as Action, notice: 'resumed' },
  annuler: { action: cancelCampaign as Action, notice: 'cancelled' },
};

/** How often a live view looks for progress. */
const LOOK_MS = 400;

export function campaignRoutes(web: Web): void {
  const words = (c: WebContext) => textsOf(c.var.visit.lang).notices;

  /** The campaign's page with one of its forms as it was typed. */
  const campaignAgain = async (c: WebContext, campaign: string, returned: Returned): Promise<unknown> => {
    const model = await load(c, campaignPage, { campaign });
    return model instanceof Response ? model : campaignScreen(c.var.visit, model, returned);
  };

  web.get(paths.list, (c) => show(c, campaignList, c.req.query(), (model, visit) => listPage(visit, model)));

  web.get(paths.create, (c) => {
    const { visit, shell } = c.var;
    if (!createCampaign.permit.allows(visit.actor))
      return sendPage(c, shell.forbidden(visit, createCampaign.permit), 403);
    return sendPage(c, createPage(visit, freshForm()));
  });
  web.post(paths.create, (c) =>
    submit(c, createCampaign, {
      to: ({ campaign }) => paths.call(campaign),
      notice: () => words(c).created,
      again: (form, visit) => createPage(visit, form),
    }),
  );

  web.get('/campagnes/:campaign', (c) =>
    show(
      c,
      campaignPage,
      { campaign: c.req.param('campaign'), after: c.req.query('after') ?? '' },
      (model, visit) => campaignScreen(visit, model),
    ),
  );
  web.post('/campagnes/:campaign/copie', (c) =>
    submit(c, cloneCampaign, {
      given: { campaign: c.req.param('campaign') },
      to: ({ campaign }) => paths.campaign(campaign),
      notice: () => words(c).cloned,
    }),
  );
  web.post('/campagnes/:campaign/titre', (c) => {
    const campaign = c.req.param('campaign');
    return submit(c, renameCampaign, {
      given: { campaign },
      to: () => paths.campaign(campaign),
      notice: () => words(c).saved,
      again: (form) => campaignAgain(c, campaign, { which: 'title', form }),
    });
  });
  web.post('/campagnes/:campaign/dates', (c) => {
    const campaign = c.req.param('campaign');
    return submit(c, setDates, {
      given: { campaign },
      to: () => paths.campaign(campaign),
      notice: () => words(c).dates,
      again: (form) => campaignAgain(c, campaign, { which: 'dates', form }),
    });
  });
  web.post('/campagnes/:campaign/etat/:move', (c) => {
    const { campaign, move } = c.req.param();
    const known = MOVES[move as StateMove];
    if (!known) return sendPage(c, c.var.shell.missing(c.var.visit), 404);
    return submit(c, known.action, {
      given: { campaign },
      to: () => paths.campaign(campaign),
      notice: () => String(words(c)[known.notice]),
      again: (form) =>
        campaignAgain(c, campaign, { which: 'state', form: { ...form, values: { ...form.values, move } } }),
    });
  });

  // The call and its what-ifs.
  web.get('/campagnes/:campaign/appel', (c) =>
    show(
      c,
      callPage,
      { campaign: c.req.param('campaign'), scenario: c.req.query('scenario') ?? '' },
      (model, visit) => callScreen(visit, model),
    ),
  );
  web.get('/campagnes/:campaign/appel/:list/:record', async (c) => {
    const { campaign, list, record } = c.req.param();
    const model = await load(c, callPage, { campaign, scenario: c.req.query('scenario') ?? '' });
    if (model instanceof Response) return model;
    const page = recordScreen(c.var.visit, model, list, record);
    return page === null ? sendPage(c, c.var.shell.missing(c.var.visit), 404) : sendPage(c, page);
  });
  web.post('/campagnes/:campaign/appel/:list/:record', (c) => {
    const { campaign, list, record } = c.req.param();
    return submit(c, saveRecord, {
      given: { campaign, list, record: record === 'nouveau' ? '' : record },
      to: ({ scenario }) => paths.call(campaign, scenario),
      notice: () => words(c).saved,
      again: async (form, visit) => {
        const model = await load(c, callPage, { campaign, scenario: form.values.scenario ?? '' });
        if (model instanceof Response) return model;
        return recordScreen(visit, model, list, record, form) ?? c.var.shell.missing(visit);
      },
    });
  });
  web.post('/campagnes/:campaign/appel/:list/:record/retrait', (c) => {
    const { campaign, list, record } = c.req.param();
    return submit(c, removeRecord, {
      given: { campaign, list, record },
      to: ({ scenario }) => paths.call(campaign, scenario),
      notice: () => words(c).removed,
    });
  });
  web.post('/campagnes/:campaign/reglages', (c) => {
    const campaign = c.req.param('campaign');
    return submit(c, saveSettings, {
      given: { campaign },
      to: ({ scenario }) => paths.call(campaign, scenario),
      notice: () => words(c).saved,
      again: async (form, visit) => {
        const model = await load(c, callPage, { campaign, scenario: form.values.scenario ?? '' });
        return model instanceof Response ? model : callScreen(visit, model, form);
      },
    });
  });
  web.post('/campagnes/:campaign/scenarios', (c) => {
    const campaign = c.req.param('campaign');
    return submit(c, startScenario, {
      given: { campaign },
      to: ({ scenario }) => paths.call(campaign, scenario),
      notice: () => words(c).scenario,
      again: (form) => campaignAgain(c, campaign, { which: 'scenario', form }),
    });
  });

  // Needs.
  web.get('/campagnes/:campaign/besoins/nouveau', (c) =>
    show(c, newNeedPage, { campaign: c.req.param('campaign') }, (model, visit) => needScreen(visit, model)),
  );
  web.post('/campagnes/:campaign/besoins/nouveau', async (c) => {
    const campaign = c.req.param('campaign');
    const { visit, machinery } = c.var;
    const isStaff = visit.actor.role === 'secretary';
    const plan = isStaff
      ? ''
      : await machinery.doors
          .read(visit.actor, (reader) =>
            campaignPage.load(reader, visit.actor, { campaign, after: null }, machinery.clock.now()),
          )
          .then((model) => model?.versions[0]?.planOn ?? '')
          .catch(() => '');
    return submit(c, submitNeed, {
      given: { campaign },
      to: () => paths.campaign(campaign),
      notice: () => (isStaff ? words(c).needStaff : words(c).need(plan)),
      again: async (form) => {
        const model = await load(c, newNeedPage, { campaign });
        return model instanceof Response ? model : needScreen(visit, model, form);
      },
    });
  });
  web.get('/besoins/:need', (c) =>
    show(c, needPage, { need: c.req.param('need') }, (model, visit) => needScreen(visit, model)),
  );
  web.post('/besoins/:need', (c) => {
    const need = c.req.param('need');
    return submit(c, changeNeed, {
      given: { need },
      to: ({ campaign }) => paths.campaign(campaign),
      notice: () => words(c).saved,
      again: async (form, visit) => {
        const model = await load(c, needPage, { need });
        return model instanceof Response ? model : needScreen(visit, model, form);
      },
    });
  });
  web.post('/besoins/:need/retrait', (c) =>
    submit(c, withdrawNeed, {
      given: { need: c.req.param('need') },
      to: ({ campaign }) => paths.campaign(campaign),
      notice: () => words(c).withdrawn,
    }),
  );
  web.post('/campagnes/:campaign/rien', (c) => {
    const campaign = c.req.param('campaign');
    return submit(c, answerNone, {
      given: { campaign },
      to: () => paths.campaign(campaign),
      notice: () => words(c).none,
    });
  });
  web.post('/campagnes/:campaign/relance', (c) => {
    const campaign = c.req.param('campaign');
    return submit(c, remindSilent, {
      given: { campaign },
      to: () => paths.campaign(campaign),
      notice: ({ companies }) => words(c).reminded(companies),
      again: (form) => campaignAgain(c, campaign, { which: 'state', form }),
    });
  });

  // Needs from a file.
  const importAgain = async (
    c: WebContext,
    campaign: string,
    form: FormState,
    status: 200 | 409 | 422,
  ): Promise<Response> => {
    const model = await load(c, callPage, { campaign, scenario: '' });
    return model instanceof Response
      ? model
      : sendPage(c, importScreen(c.var.visit, model.campaign, form), status);
  };
  web.get('/campagnes/:campaign/besoins/import', (c) =>
    importAgain(c, c.req.param('campaign'), freshForm(), 200),
  );
  web.post('/campagnes/:campaign/besoins/import', async (c) => {
    const campaign = c.req.param('campaign');
    const { visit, machinery, shell } = c.var;
    if (!readNeedsFile.permit.allows(visit.actor))
      return failurePage(c, { kind: 'forbidden', permit: readNeedsFile.permit });
    const file = await uploadedFile(c, 'fichier');
    const sheet = await readSheet(new Uint8Array(file ? await file.arrayBuffer() : []));
    if (!sheet.ok)
      return importAgain(
        c,
        campaign,
        { ...freshForm(), refusal: sheetSentence(sheet.error, visit.lang) },
        422,
      );
    const result = await runAction(machinery, visit.actor, readNeedsFile, {
      campaign,
      fileName: file?.name.slice(0, 200) || 'fichier',
      sheet: sheet.value,
    });
    if (result.ok) return c.redirect(paths.importDraft(campaign, result.value.draft), 303);
    return result.error.kind === 'refused'
      ? importAgain(
          c,
          campaign,
          { ...freshForm(), refusal: shell.refusalSentence(visit.lang, result.error.refusal) },
          409,
        )
      : failurePage(c, result.error);
  });
  web.get('/campagnes/:campaign/besoins/import/:draft', (c) => {
    const draft = c.req.param('draft');
    return show(c, importPage, { draft }, (model, visit) =>
      draftScreen(visit, model, draft, (code) => c.var.shell.refusalSentence(visit.lang, { code })),
    );
  });
  web.post('/campagnes/:campaign/besoins/import/:draft', (c) =>
    submit(c, confirmNeedsFile, {
      given: { draft: c.req.param('draft') },
      to: ({ campaign }) => paths.campaign(campaign),
      notice: ({ added }) => words(c).imported(added),
    }),
  );

  const download = (c: WebContext, text: string, name: string): Response => {
    c.header('content-type', 'text/csv; charset=utf-8');
    c.header('content-disposition', `attachment; filename="${name}.csv"`);
    return c.body(text);
  };
  const needsExport = (dialect: CsvDialect) => async (c: WebContext) => {
    const model = await load(c, campaignPage, { campaign: c.req.param('campaign') });
    if (model instanceof Response) return model;
    if (!model.staff) return failurePage(c, { kind: 'forbidden', permit: readNeedsFile.permit });
    return download(c, needsFile(model, dialect, c.var.visit.lang), 'besoins');
  };
  web.get('/campagnes/:campaign/besoins.xls.csv', needsExport('excel'));
  web.get('/campagnes/:campaign/besoins.csv', needsExport('open'));

  // Plans.
  web.post('/campagnes/:campaign/plans', (c) => {
    const campaign = c.req.param('campaign');
    return submit(c, requestPlan, {
      given: { campaign },
      to: ({ plan }) => paths.plan(plan),
      notice: () => words(c).planAsked,
      again: (form) => campaignAgain(c, campaign, { which: 'plan', form }),
    });
  });
  web.get('/plans/:plan', (c) =>
    show(c, planPage, { plan: c.req.param('plan') }, (model, visit) => planScreen(visit, model)),
  );
  web.post('/plans/:plan/arret', (c) => {
    const plan = c.req.param('plan');
    return submit(c, stopPlan, {
      given: { plan },
      to: () => paths.plan(plan),
      notice: () => words(c).stopping,
    });
  });
  web.get('/plans/:plan/progres', async (c) => {
    const { visit, machinery } = c.var;
    const first = await load(c, planProgress, { plan: c.req.param('plan') });
    if (first instanceof Response) return first;
    return streamSSE(c, async (stream) => {
      let plan: Plan | null = first;
      while (plan !== null && !stream.aborted) {
        const progress = solverProgress(plan);
        await stream.writeSSE({ event: 'progress', data: JSON.stringify(progress) });
        if (progress.state === 'finished' || progress.state === 'failed') return;
        await stream.sleep(LOOK_MS);
        const id: string = plan.id;
        plan = await machinery.doors.read(visit.actor, (reader) =>
          planProgress.load(reader, visit.actor, { plan: id }, machinery.clock.now()),
        );
      }
    });
  });
  const sharesExport = (dialect: CsvDialect) => async (c: WebContext) => {
    const model = await load(c, planPage, { plan: c.req.param('plan') });
    return model instanceof Response
      ? model
      : download(c, sharesFile(model, dialect, c.var.visit.lang), 'parts');
  };
  web.get('/plans/:plan/parts.xls.csv', sharesExport('excel'));
  web.get('/plans/:plan/parts.csv', sharesExport('open'));
  web.post('/campagnes/:campaign/choix', (c) => {
    const campaign = c.req.param('campaign');
    return submit(c, choosePlan, {
      given: { campaign },
      to: () => paths.campaign(campaign),
      notice: () => words(c).chosen,
    });
  });
  web.get('/campagnes/:campaign/comparer', (c) =>
    show(
      c,
      comparePage,
      { campaign: c.req.param('campaign'), a: c.req.query('a'), b: c.req.query('b') },
      (model, visit) => compareScreen(visit, model),
    ),
  );

  web.get('/campagnes/:campaign/ma-part', (c) =>
    show(c, sharePage, { campaign: c.req.param('campaign') }, (model, visit) => shareScreen(visit, model)),
  );
}
