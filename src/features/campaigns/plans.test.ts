import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCompany, NOW, openScene, type Scene } from '../../../tests/members-scene.ts';
import type { Id } from '../../kernel/ids.ts';
import { ok } from '../../kernel/result.ts';
import { type Action, runAction } from '../../platform/action.ts';
import { systemOf } from '../../platform/db/actor.ts';
import { openLog } from '../../platform/log.ts';
import { identity } from '../identity/index.ts';
import { members } from '../members/index.ts';
import { saveRecord, saveSettings, startScenario } from './actions/call.ts';
import { requestPlan, stopPlan } from './actions/plans.ts';
import { choosePlan, freezeCampaign, offerPlan, unchoosePlan } from './actions/state.ts';
import { formOf } from './fields.ts';
import { emptyTerms, insertCampaignFixture } from './fixtures.ts';
import { campaigns } from './index.ts';
import { campaignJobs } from './jobs.ts';
import { type CampaignKind, PlanFailure } from './kind.ts';
import { registerKind } from './kinds.ts';
import {
  findCampaign,
  findPlan,
  findPlanDocuments,
  findScenarioVersion,
  getTerms,
  listShares,
} from './store.ts';
import { training } from './training/index.ts';

let scene: Scene;
const staff = () => scene.actors.secretary;
const read = <T>(work: Parameters<Scene['doors']['read']>[1]): Promise<T> =>
  scene.doors.read(staff(), work) as Promise<T>;

const act = async <T>(action: unknown, raw: unknown): Promise<T> => {
  const result = await runAction(scene.machinery, staff(), action as Action, raw);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value as T;
};
const refused = async (action: unknown, raw: unknown): Promise<string> => {
  const result = await runAction(scene.machinery, staff(), action as Action, raw);
  return !result.ok && result.error.kind === 'refused'
    ? result.error.refusal.code
    : `not refused: ${JSON.stringify(result)}`;
};
const work = (name: string) =>
  campaignJobs({
    doors: scene.doors,
    clock: { now: () => NOW },
    log: openLog('silent'),
    run: async () => {},
  }).find((j) => j.name === name)!;

const OFFER = {
  course: 'iso',
  provider: 'Qualivance',
  fixed: 180_000,
  perSeat: 2_500,
  minSeats: 3,
  maxSeats: 12,
  dates: ['2027-05-10', '2027-05-11'],
  days: 1,
  site: 'Nogent',
};

async function frozen(kind = 'training'): Promise<Id> {
  const companies = [scene.own.id, scene.rival.id];
  const id = await scene.doors.write(systemOf(scene.cluster), (writer) =>
    insertCampaignFixture(writer, scene.cluster, {
      kind,
      title: 'Plan',
      terms: {
        settings: emptyTerms(training).settings,
        lists: {
          courses: [{ id: 'iso', title: 'ISO 13485', hours: 14, halfDays: 4, cataloguePrice: 79_000 }],
          offers: [{ id: 'o1', ...OFFER }],
          trips: [],
        },
      },
      createdAt: new Date(NOW.epochMilliseconds),
      versions: [],
      needs: companies.map((company, i) => ({
        company,
        body: formOf(training.needFields).parse({ course: 'iso', seats: 3 + i }) as Record<string, unknown>,
        channel: 'online',
        at: new Date(NOW.epochMilliseconds),
      })),
      answeredNone: [],
      steps: [
        { to: 'open', at: new Date(NOW.epochMilliseconds) },
        { to: 'frozen', at: new Date(NOW.epochMilliseconds) },
      ],
      now: NOW,
    }),
  );
  return id;
}

/** A kind whose model answers what the test wants, when the test wants it. */
let answer: () => ReturnType<CampaignKind['model']['run']>;
const scripted: CampaignKind = {
  ...training,
  name: 'scripted',
  model: { ...training.model, build: () => ok({ any: true }), run: () => answer() },
};

beforeAll(async () => {
  registerKind(scripted);
  scene = await openScene([members, campaigns, identity]);
  await addCompany(scene.doors, scene.cluster, 3, { name: 'Troisième', town: 'Langres', heads: 12 });
});
afterAll(() => scene.close());

describe('a plan', () => {
  it('is solved, verified, stored with its problem and its shares, which sum to the bill', async () => {
    const campaign = await frozen();
    const { plan } = await act<{ plan: Id }>(requestPlan, {
      campaign,
      terms: 1,
      label: '',
      seconds: 3,
      seed: 1,
    });
    await work('plan').run({ cluster: scene.cluster, plan });
    const stored = await read<Awaited<ReturnType<typeof findPlan>>>((r) => findPlan(r, scene.cluster, plan));
    // 7 seats in one session: 1 800 + 7 x 25 = 1 975 euros; travel 15 a seat for the company of Langres (4 seats).
    expect(stored).toMatchObject({ state: 'done', checked: true, cost: 180_000 + 7 * 2_500 + 4 * 1_500 });
    expect(stored!.bound).toBe(stored!.cost);
    const shares = await read<{ body: object }[]>((r) => listShares(r, scene.cluster, plan));
    const pays = shares.map((s) => (s.body as { share: { pays: number } }).share.pays);
    expect(pays.reduce((a, b) => a + b, 0)).toBe(180_000 + 7 * 2_500);
    // A second run of the same job (a queue that repeats itself) changes nothing.
    await work('plan').run({ cluster: scene.cluster, plan });
    expect(await read((r) => findPlan(r, scene.cluster, plan))).toEqual(stored);
  });

  it('that the checker refuses is not stored: the page says why', async () => {
    const campaign = await frozen('scripted');
    answer = () => ({
      cancel: () => {},
      result: Promise.reject(new PlanFailure('plan-not-verified', 'sum of pays')),
    });
    const { plan } = await act<{ plan: Id }>(requestPlan, {
      campaign,
      terms: 1,
      label: '',
      seconds: 1,
      seed: 1,
    });
    await work('plan').run({ cluster: scene.cluster, plan });
    expect(await read((r) => findPlan(r, scene.cluster, plan))).toMatchObject({
      state: 'failed',
      checked: false,
      cost: null,
    });
    expect(await read((r) => findPlanDocuments(r, scene.cluster, plan))).toBeNull();
    expect(await read<unknown[]>((r) => listShares(r, scene.cluster, plan))).toEqual([]);
    expect(await (await scene.get('secretary', `/plans/${plan}`)).text()).toContain(
      'vérification indépendante',
    );
    expect(await refused(choosePlan, { campaign, plan })).toBe('plan-not-done');
  });

  it('is stopped when asked to, and keeps the best answer', async () => {
    const campaign = await frozen('scripted');
    let stop = () => {};
    answer = () => ({
      cancel: () => stop(),
      result: new Promise((_, reject) => (stop = () => reject(new PlanFailure('plan-not-found', 'stopped')))),
    });
    const { plan } = await act<{ plan: Id }>(requestPlan, {
      campaign,
      terms: 1,
      label: '',
      seconds: 600,
      seed: 1,
    });
    const running = work('plan').run({ cluster: scene.cluster, plan });
    await expect
      .poll(async () => (await read<{ state: string }>((r) => findPlan(r, scene.cluster, plan))).state)
      .toBe('running');
    await act(stopPlan, { plan });
    await running;
    expect((await read<{ state: string }>((r) => findPlan(r, scene.cluster, plan))).state).toBe('failed');
    expect(await refused(stopPlan, { plan })).toBe('plan-not-running');
  });

  it('that is cancelled before it starts is never run', async () => {
    const campaign = await frozen();
    const { plan } = await act<{ plan: Id }>(requestPlan, {
      campaign,
      terms: 1,
      label: '',
      seconds: 1,
      seed: 1,
    });
    await act(stopPlan, { plan });
    await work('plan').run({ cluster: scene.cluster, plan });
    expect(await read((r) => findPlan(r, scene.cluster, plan))).toMatchObject({
      state: 'cancelled',
      cost: null,
    });
  });

  it('is asked for twice at most at a time, on frozen needs and known terms only', async () => {
    const campaign = await frozen();
    const ask = { campaign, terms: 1, label: '', seconds: 1, seed: 1 };
    expect(await refused(requestPlan, { ...ask, terms: 99 })).toBe('no-such-terms');
    await act(requestPlan, ask);
    await act(requestPlan, ask);
    expect(await refused(requestPlan, ask)).toBe('plans-under-way');
  });
});

describe('a what-if', () => {
  it('changes an offer without touching the call, is planned beside it, compared, and becomes the call when chosen', async () => {
    const campaign = await frozen();
    const first = await act<{ plan: Id }>(requestPlan, {
      campaign,
      terms: 1,
      label: 'appel',
      seconds: 2,
      seed: 1,
    });
    await work('plan').run({ cluster: scene.cluster, plan: first.plan });
    await act(startScenario, { campaign, base: 1, scenario: 'moins cher' });
    expect(await refused(startScenario, { campaign, base: 1, scenario: 'moins cher' })).toBe(
      'scenario-name-taken',
    );
    const base = (await read<number | null>((r) =>
      findScenarioVersion(r, scene.cluster, campaign, 'moins cher'),
    ))!;
    await act(saveRecord, {
      campaign,
      base,
      scenario: 'moins cher',
      list: 'offers',
      record: 'o1',
      ...OFFER,
      fixed: '900',
      perSeat: '25',
    });
    // Somebody who had the former version on the screen is told.
    expect(
      await refused(saveRecord, {
        campaign,
        base,
        scenario: 'moins cher',
        list: 'offers',
        record: 'o1',
        ...OFFER,
        fixed: '1',
        perSeat: '1',
      }),
    ).toBe('changed-meanwhile');
    const head = (await read<number | null>((r) =>
      findScenarioVersion(r, scene.cluster, campaign, 'moins cher'),
    ))!;
    const second = await act<{ plan: Id }>(requestPlan, {
      campaign,
      terms: head,
      label: '',
      seconds: 2,
      seed: 1,
    });
    await work('plan').run({ cluster: scene.cluster, plan: second.plan });
    const compared = await (
      await scene.get('secretary', `/campagnes/${campaign}/comparer?a=${first.plan}&b=${second.plan}`)
    ).text();
    expect(compared).toContain('moins cher');
    expect(compared).toContain('− 900,00');
    // The call is as it was, until the plan of the what-if is chosen.
    const official = async () => {
      const c = (await read<Awaited<ReturnType<typeof findCampaign>>>((r) =>
        findCampaign(r, scene.cluster, campaign),
      ))!;
      return read<Awaited<ReturnType<typeof getTerms>>>((r) =>
        getTerms(r, scene.cluster, campaign, c.termsVersion),
      );
    };
    expect((await official()).lists.offers![0]!.fixed).toBe(180_000);
    await act(choosePlan, { campaign, plan: second.plan });
    expect((await official()).lists.offers![0]!.fixed).toBe(90_000);
    // Chosen: the call no longer changes, but one may go back, with a reason.
    expect(
      await refused(saveSettings, { campaign, base: 99, scenario: '', ...emptyTerms(training).settings }),
    ).toBe('call-closed');
    expect(await refused(unchoosePlan, { campaign, reason: ' ' })).toBe('reason-required');
    await act(unchoosePlan, { campaign, reason: 'Une entreprise a appelé.' });
    expect(await refused(offerPlan, { campaign })).toBe('state-not-reachable');
    expect(await refused(freezeCampaign, { campaign })).toBe('state-not-reachable');
  });
});
