/** A second kind of a few lines goes through the same life, screens and secrecy: what a kind is stays honest. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCompany, NOW, openScene, type Scene } from '../../../tests/members-scene.ts';
import { ok } from '../../kernel/result.ts';
import { runAction } from '../../platform/action.ts';
import { openLog } from '../../platform/log.ts';
import { identity } from '../identity/index.ts';
import { members } from '../members/index.ts';
import { createCampaign, saveRecord, setDates } from './actions/call.ts';
import { submitNeed } from './actions/needs.ts';
import { requestPlan } from './actions/plans.ts';
import { choosePlan, freezeCampaign, offerPlan, openCampaign } from './actions/state.ts';
import { campaigns } from './index.ts';
import { campaignJobs } from './jobs.ts';
import { type CampaignKind, type Field, markChecked } from './kind.ts';
import { registerKind } from './kinds.ts';

const label = (text: string): Field['words'] => ({ fr: { label: text }, en: { label: text } });
const list = { one: 'sable', many: 'Sables', add: 'Ajouter', empty: 'Rien.' };

/** Sand bought together: the price falls from 10 to 7 euros a bag once twenty are bought. */
const sand: CampaignKind = {
  name: 'toy-purchase',
  words: {
    fr: { name: 'Achat', plural: 'Achats', unit: () => 'sacs', topic: 'Sable', purpose: 'Acheter ensemble.' },
    en: {
      name: 'Purchase',
      plural: 'Purchases',
      unit: () => 'bags',
      topic: 'Sand',
      purpose: 'Buying together.',
    },
  },
  lists: [
    {
      name: 'goods',
      words: { fr: list, en: list },
      label: (r) => String(r.name),
      fields: [{ name: 'name', type: 'text', required: true, words: label('Nom') }],
    },
  ],
  settings: [],
  needFields: [
    {
      name: 'good',
      type: 'choice',
      required: true,
      options: (terms) => (terms.lists.goods ?? []).map((g) => ({ value: g.id, label: String(g.name) })),
      words: label('Sable'),
    },
    { name: 'bags', type: 'number', required: true, min: 1, max: 1000, words: label('Sacs') },
  ],
  topics: (terms) => (terms.lists.goods ?? []).map((g) => ({ id: g.id, label: String(g.name) })),
  measure: (body) => ({ topic: String(body.good), quantity: Number(body.bags) }),
  decideReady: (terms) => ((terms.lists.goods ?? []).length > 0 ? null : { code: 'no-courses' }),
  decideNeed: () => null,
  because: { fr: () => 'Un achat en gros.', en: () => 'A bulk purchase.' },
  refusals: { fr: {}, en: {} },
  model: {
    build: (_, needs) =>
      ok({ needs: needs.map((n) => ({ company: n.company, good: n.body.good, bags: n.body.bags })) }),
    run: (problem) => ({
      cancel: () => {},
      result: Promise.resolve(markChecked(problem, 700 * 24, 700 * 24)),
    }),
    picture(problem) {
      const { needs } = problem as { needs: { company: string; good: string; bags: number }[] };
      const bags = needs.reduce((sum, n) => sum + n.bags, 0);
      const price = bags >= 20 ? 700 : 1000;
      return {
        cost: bags * price,
        bound: bags * price,
        billed: bags * price,
        alone: bags * 1000,
        rule: 'proportional',
        scarce: false,
        core: 'in',
        blocking: null,
        gain: 0,
        sessions: [],
        individual: needs.map((n) => ({
          company: n.company,
          topic: n.good,
          quantity: n.bags,
          cost: n.bags * price,
        })),
        unserved: [],
        shares: needs.map((n) => ({
          company: n.company,
          pays: n.bags * price,
          travel: 0,
          alone: n.bags * 1000,
          saves: n.bags * (1000 - price),
          capped: false,
          exact: true,
          error: 0,
        })),
      };
    },
  },
};

let scene: Scene;
beforeAll(async () => {
  registerKind(sand);
  scene = await openScene([members, campaigns, identity]);
});
afterAll(() => scene.close());

it('lives from its call to a share that only its company reads', async () => {
  const { machinery, actors, own, rival, cluster, doors } = scene;
  const done = async <T>(result: Promise<{ ok: boolean; value?: T; error?: unknown }>): Promise<T> => {
    const r = await result;
    expect(r.error).toBeUndefined();
    return r.value as T;
  };
  const staff = actors.secretary;
  const { campaign } = await done(
    runAction(machinery, staff, createCampaign, { kind: 'toy-purchase', title: 'Sable' }),
  );
  await done(
    runAction(machinery, staff, saveRecord, {
      campaign,
      base: 1,
      scenario: '',
      list: 'goods',
      record: '',
      name: 'Corindon',
    }),
  );
  await done(
    runAction(machinery, staff, setDates, {
      campaign,
      version: 0,
      answersBy: '2027-04-01',
      planOn: '',
      acceptBy: '',
      startsOn: '',
    }),
  );
  await done(runAction(machinery, staff, openCampaign, { campaign }));
  const page = await (await scene.get('own', `/campagnes/${campaign}/besoins/nouveau`)).text();
  const good = /<option value="([0-9a-f-]{36})"/.exec(page)![1]!;
  const companies = [
    own,
    rival,
    await addCompany(doors, cluster, 3, { name: 'Trois', town: 'Nogent', heads: 9 }),
  ];
  for (const [i, company] of companies.entries())
    await done(
      runAction(
        machinery,
        { cluster, role: 'delegate', company: company.id, person: company.delegate.person },
        submitNeed,
        { campaign, good, bags: 7 + i },
      ),
    );
  await done(runAction(machinery, staff, freezeCampaign, { campaign }));
  const { plan } = await done(
    runAction(machinery, staff, requestPlan, { campaign, terms: 2, label: '', seconds: 1, seed: 1 }),
  );
  const job = campaignJobs({
    doors,
    clock: { now: () => NOW },
    log: openLog('silent'),
    run: async () => {},
  }).find((j) => j.name === 'plan')!;
  await job.run({ cluster, plan });
  await done(runAction(machinery, staff, choosePlan, { campaign, plan }));
  await done(runAction(machinery, staff, offerPlan, { campaign }));
  const share = await (await scene.get('own', `/campagnes/${campaign}/ma-part`)).text();
  // 7 bags at 7 euros; the rival's 8 bags would be 56 euros.
  expect(share).toContain('49,00');
  expect(share).not.toContain('56,00');
});
