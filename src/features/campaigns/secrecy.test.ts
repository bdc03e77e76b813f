/**
 * Who sees what of a campaign: a table for pages, actions, exports and progress; the same with the views'
 * own filters taken away; and a rival who reads every page after every write.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addCompany,
  type Company,
  NOW,
  openScene,
  type Scene,
  VISITORS,
  type Visitor,
} from '../../../tests/members-scene.ts';
import type { Id } from '../../kernel/ids.ts';
import { runAction } from '../../platform/action.ts';
import type { Writer } from '../../platform/db/actor.ts';
import { openLog } from '../../platform/log.ts';
import { identity } from '../identity/index.ts';
import { members } from '../members/index.ts';
import { changeNeed, submitNeed, withdrawNeed } from './actions/needs.ts';
import { requestPlan } from './actions/plans.ts';
import { choosePlan, freezeCampaign, offerPlan } from './actions/state.ts';
import { emptyTerms, insertCampaignFixture } from './fixtures.ts';
import { campaigns } from './index.ts';
import { campaignJobs } from './jobs.ts';
import { findCampaign, listNeeds } from './store.ts';
import { writeBands } from './totals.ts';
import { training } from './training/index.ts';

const COURSE = 'course-iso';
const TERMS = {
  settings: emptyTerms(training).settings,
  lists: {
    courses: [
      {
        id: COURSE,
        title: 'ISO 13485',
        hours: 14,
        halfDays: 4,
        programme: '',
        cataloguePrice: 79_000,
        catalogueSource: '',
      },
    ],
    offers: [
      {
        id: 'offer-1',
        course: COURSE,
        provider: 'Qualivance',
        registration: '',
        qualiopi: true,
        fixed: 180_000,
        perSeat: 2_500,
        minSeats: 4,
        maxSeats: 12,
        dates: ['2027-05-10', '2027-05-11'],
        days: 1,
        site: 'Nogent',
        trainer: '',
        room: '',
      },
    ],
    trips: [],
  },
};

/** A number that stands nowhere else, so that its presence on a page is a leak: 187 seats are never asked for otherwise. */
const need = (seats: number) => ({
  course: COURSE,
  seats,
  dates: [],
  sites: [],
  together: false,
  welcome: false,
  maxPricePerSeat: null,
  minCompanies: null,
  people: '',
});

let scene: Scene;
let others: Company[];
let campaign: Id;
let ownNeed: Id;

const text = async (visitor: Visitor, path: string): Promise<string> =>
  (await scene.get(visitor, path)).text();
const asDelegate = (company: Company) => ({
  cluster: scene.cluster,
  role: 'delegate' as const,
  company: company.id,
  person: company.delegate.person,
});
const newCampaign = (needs: readonly { company: Id; seats: number }[], title: string): Promise<Id> =>
  scene.doors.write({ cluster: scene.cluster, role: 'system', company: null, person: null }, (writer) =>
    insertCampaignFixture(writer, scene.cluster, {
      kind: 'training',
      title,
      terms: TERMS,
      createdAt: new Date(NOW.epochMilliseconds),
      versions: [
        {
          version: 1,
          opensOn: '2027-03-01',
          answersBy: new Date('2027-04-01T20:00:00Z'),
          planOn: '2027-04-05',
          acceptBy: new Date('2027-04-20T20:00:00Z'),
          startsOn: '2027-05-10',
          reason: '',
          decidedBy: '',
          decidedOn: '2027-02-20',
        },
      ],
      needs: needs.map(({ company, seats }) => ({
        company,
        body: need(seats),
        channel: 'online',
        at: new Date(NOW.epochMilliseconds),
      })),
      answeredNone: [],
      steps: [{ to: 'open', at: new Date(NOW.epochMilliseconds) }],
      now: NOW,
    }),
  );

beforeAll(async () => {
  scene = await openScene([members, campaigns, identity]);
  others = [];
  for (const n of [3, 4, 5, 6])
    others.push(
      await addCompany(scene.doors, scene.cluster, n, {
        name: `Atelier ${n}`,
        town: 'Nogent',
        heads: 20 + n,
      }),
    );
  campaign = await newCampaign(
    [{ company: scene.own.id, seats: 3 }, ...others.map((c, i) => ({ company: c.id, seats: 2 + i }))],
    'Printemps',
  );
  const result = await runAction(scene.machinery, asDelegate(scene.own), changeNeed, await ownNeedAt(3));
  expect(result.ok).toBe(true);
});
afterAll(() => scene.close());

async function ownNeedAt(seats: number) {
  const [first] = await scene.doors.read(asDelegate(scene.own), (reader) =>
    listNeeds(reader, scene.cluster, campaign, { company: scene.own.id, limit: 1 }),
  );
  ownNeed = first!.id;
  return { need: ownNeed, rowVersion: first!.rowVersion, course: COURSE, seats: seats + 1 };
}

describe('who may read what', () => {
  const status = async (visitor: Visitor, path: string): Promise<number> =>
    (await scene.get(visitor, path)).status;
  const table: readonly [string, () => string, Readonly<Record<Visitor, number>>][] = [
    [
      'the list of campaigns',
      () => '/campagnes',
      {
        stranger: 403,
        rival: 200,
        own: 200,
        president: 200,
        treasurer: 200,
        board: 200,
        secretary: 200,
        elsewhere: 200,
      },
    ],
    [
      'a campaign',
      () => `/campagnes/${campaign}`,
      {
        stranger: 403,
        rival: 200,
        own: 200,
        president: 200,
        treasurer: 200,
        board: 200,
        secretary: 200,
        elsewhere: 404,
      },
    ],
    [
      'the call to edit',
      () => `/campagnes/${campaign}/appel`,
      {
        stranger: 403,
        rival: 403,
        own: 403,
        president: 403,
        treasurer: 403,
        board: 403,
        secretary: 200,
        elsewhere: 404,
      },
    ],
    [
      'the form of a need',
      () => `/campagnes/${campaign}/besoins/nouveau`,
      {
        stranger: 403,
        rival: 200,
        own: 200,
        president: 403,
        treasurer: 403,
        board: 403,
        secretary: 200,
        elsewhere: 404,
      },
    ],
    [
      'a need',
      () => `/besoins/${ownNeed}`,
      {
        stranger: 403,
        rival: 404,
        own: 200,
        president: 403,
        treasurer: 403,
        board: 403,
        secretary: 200,
        elsewhere: 404,
      },
    ],
    [
      'the file of needs',
      () => `/campagnes/${campaign}/besoins.csv`,
      {
        stranger: 403,
        rival: 403,
        own: 403,
        president: 403,
        treasurer: 403,
        board: 403,
        secretary: 200,
        elsewhere: 404,
      },
    ],
    [
      'the import',
      () => `/campagnes/${campaign}/besoins/import`,
      {
        stranger: 403,
        rival: 403,
        own: 403,
        president: 403,
        treasurer: 403,
        board: 403,
        secretary: 200,
        elsewhere: 404,
      },
    ],
    [
      'a need by the API',
      () => `/api/v1/campaigns.need?need=${ownNeed}`,
      {
        stranger: 401,
        rival: 404,
        own: 200,
        president: 403,
        treasurer: 403,
        board: 403,
        secretary: 200,
        elsewhere: 404,
      },
    ],
    [
      'a campaign by the API',
      () => `/api/v1/campaigns.campaign?campaign=${campaign}`,
      {
        stranger: 401,
        rival: 200,
        own: 200,
        president: 200,
        treasurer: 200,
        board: 200,
        secretary: 200,
        elsewhere: 404,
      },
    ],
  ];
  for (const [what, path, expected] of table)
    it(what, async () => {
      const got = Object.fromEntries(
        await Promise.all(VISITORS.map(async (v) => [v, await status(v, path())])),
      );
      expect(got).toEqual(expected);
    });

  it('a write is refused to all but the own delegate and the secretariat', async () => {
    const post = async (visitor: Visitor): Promise<number> =>
      (await scene.post(visitor, `/besoins/${ownNeed}`, { rowVersion: '9', course: COURSE, seats: '4' }))
        .status;
    expect(await post('stranger')).toBe(403);
    expect(await post('president')).toBe(403);
    expect(await post('treasurer')).toBe(403);
    // For a rival and for another cluster there is no such need.
    expect(await post('rival')).toBe(404);
    expect(await post('elsewhere')).toBe(404);
    // The version is an old one: refused, and said so, to those who may write.
    expect(await post('own')).toBe(409);
  });

  it('every move of a campaign is refused to all but the secretariat', async () => {
    for (const move of [
      'ouvrir',
      'figer',
      'rouvrir',
      'revenir',
      'proposer',
      'reporter',
      'reprendre',
      'annuler',
    ])
      for (const visitor of ['stranger', 'rival', 'own', 'president', 'treasurer', 'board'] as const)
        expect(
          (await scene.post(visitor, `/campagnes/${campaign}/etat/${move}`, { reason: 'x' })).status,
        ).toBe(403);
  });
});

describe('row-level security alone', () => {
  const PRIVATE = [
    'need',
    'campaign_answer',
    'plan',
    'plan_share',
    'campaign_totals_basis',
    'import_draft',
  ] as const;
  it('shows no private row of another company, nor of another cluster, to a query without any filter', async () => {
    for (const visitor of VISITORS) {
      const actor = scene.actors[visitor];
      for (const table of PRIVATE) {
        const rows = await scene.doors.read(actor, (reader) =>
          reader.selectFrom(table).selectAll().execute(),
        );
        for (const row of rows) {
          expect(row.cluster_id).toBe(actor.cluster);
          if (actor.role !== 'secretary') {
            expect(['need', 'campaign_answer', 'plan_share']).toContain(table);
            expect(actor.role).toBe('delegate');
            expect((row as { company_id: string }).company_id).toBe(actor.company);
          }
        }
        if (visitor === 'own' && table === 'need') expect(rows.length).toBeGreaterThan(0);
      }
    }
  });
  it('lets nobody write in another company’s name', async () => {
    const forged = scene.doors.write(scene.actors.rival, (writer) =>
      writer
        .insertInto('need')
        .values({
          cluster_id: scene.cluster,
          need_id: crypto.randomUUID(),
          campaign_id: campaign,
          company_id: scene.own.id,
          body: '{}',
        })
        .execute(),
    );
    await expect(forged).rejects.toMatchObject({ code: '42501' });
    const changed = await scene.doors.write(scene.actors.rival, (writer) =>
      writer.updateTable('need').set({ body: '{}' }).where('need_id', '=', ownNeed).executeTakeFirst(),
    );
    expect(changed.numUpdatedRows).toBe(0n);
  });
  it('refuses writes in a read', async () => {
    const sneaky = scene.doors.read(scene.actors.secretary, (reader) =>
      sql`update need set body = '{}'`.execute(reader as unknown as Writer),
    );
    await expect(sneaky).rejects.toMatchObject({ code: '25006' });
  });
});

describe('an attacker who reads every page after every write', () => {
  const PAGES = (id: Id) => [
    '/',
    '/campagnes',
    `/campagnes/${id}`,
    `/campagnes/${id}/besoins/nouveau`,
    `/campagnes/${id}/ma-part`,
    '/adherents',
    '/journal',
    '/_outbox',
    `/api/v1/campaigns.campaign?campaign=${id}`,
    '/api/v1/campaigns.list',
    '/api/v1/members.list',
  ];
  const everything = async (id: Id): Promise<string[]> => {
    const seen: string[] = [];
    for (const visitor of ['rival', 'president', 'treasurer', 'board', 'stranger'] as const)
      for (const path of PAGES(id)) seen.push(`${visitor} ${path}\n${await text(visitor, path)}`);
    return seen;
  };

  it('sees not one byte move while one company writes, changes and withdraws its need', async () => {
    const before = await everything(campaign);
    const steps: (() => Promise<unknown>)[] = [
      async () =>
        runAction(scene.machinery, asDelegate(scene.own), submitNeed, {
          campaign,
          course: COURSE,
          seats: 187,
        }),
      async () => runAction(scene.machinery, asDelegate(scene.own), changeNeed, await ownNeedAt(50)),
      async () => {
        const { need: id, rowVersion } = await ownNeedAt(0);
        return runAction(scene.machinery, asDelegate(scene.own), withdrawNeed, { need: id, rowVersion });
      },
    ];
    for (const step of steps) {
      const done = (await step()) as { ok: boolean };
      expect(done.ok).toBe(true);
      // The hourly refresh runs after each write, as often as it likes, a day later too.
      for (const later of [0, 25])
        await scene.doors.write(
          { cluster: scene.cluster, role: 'system', company: null, person: null },
          async (writer) =>
            writeBands(
              writer,
              scene.cluster,
              (await findCampaign(writer, scene.cluster, campaign))!,
              NOW.add({ hours: later }),
            ),
        );
      expect(await everything(campaign)).toEqual(before);
    }
  });

  it('reads no need, share, blocking group or company name of the others once the plan is offered', async () => {
    const id = await newCampaign(
      [{ company: scene.own.id, seats: 7 }, ...others.map((c, i) => ({ company: c.id, seats: 2 + i }))],
      'Automne',
    );
    const staff = scene.actors.secretary;
    expect((await runAction(scene.machinery, staff, freezeCampaign, { campaign: id })).ok).toBe(true);
    const asked = await runAction(scene.machinery, staff, requestPlan, {
      campaign: id,
      terms: 1,
      label: '',
      seconds: 3,
      seed: 1,
    });
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    const { plan } = asked.value;
    const job = campaignJobs({
      doors: scene.doors,
      clock: { now: () => NOW },
      log: openLog('silent'),
      run: async () => {},
    }).find((j) => j.name === 'plan')!;
    await job.run({ cluster: scene.cluster, plan });
    expect((await runAction(scene.machinery, staff, choosePlan, { campaign: id, plan })).ok).toBe(true);
    // Chosen, not offered: not even the own share.
    expect((await scene.get('own', `/campagnes/${id}/ma-part`)).status).toBe(404);
    expect((await runAction(scene.machinery, staff, offerPlan, { campaign: id })).ok).toBe(true);
    expect((await scene.get('own', `/campagnes/${id}/ma-part`)).status).toBe(200);
    expect((await scene.get('rival', `/campagnes/${id}/ma-part`)).status).toBe(404);
    for (const visitor of ['rival', 'president', 'treasurer', 'board', 'own', 'stranger'] as const)
      for (const path of [`/plans/${plan}`, `/plans/${plan}/progres`, `/plans/${plan}/parts.csv`])
        expect((await scene.get(visitor, path)).status).toBe(403);

    const shares = await scene.doors.read(staff, (reader) =>
      reader.selectFrom('plan_share').selectAll().where('plan_id', '=', plan).execute(),
    );
    const secrets = shares.map((row) => (row.body as { share: { pays: number } }).share.pays);
    expect(secrets.length).toBe(5);
    const money = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });
    for (const page of await everything(id)) {
      for (const pays of secrets) {
        expect(page).not.toContain(money.format(pays / 100));
        expect(page).not.toContain(`"pays":${pays}`);
      }
      if (page.includes('/campagnes/') || page.includes('campaigns.campaign'))
        for (const company of [...others, scene.own]) expect(page).not.toContain(company.name);
    }
    // Own share: one's own amount and no other's.
    const mine = shares.find((s) => s.company_id === scene.own.id)!;
    const own = await text('own', `/campagnes/${id}/ma-part`);
    expect(own).toContain(money.format((mine.body as { share: { pays: number } }).share.pays / 100));
    for (const company of others) expect(own).not.toContain(company.name);
  });
});
