/**
 * Every form and address of the program, fed with what people and programs send by mistake or malice: a clear
 * answer each time, never a 500, and nothing written by a form that was refused.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formOf } from '../../src/features/campaigns/fields.ts';
import { emptyTerms, insertCampaignFixture } from '../../src/features/campaigns/fixtures.ts';
import { campaigns } from '../../src/features/campaigns/index.ts';
import { training } from '../../src/features/campaigns/training/index.ts';
import { identity } from '../../src/features/identity/index.ts';
import { members } from '../../src/features/members/index.ts';
import { systemOf } from '../../src/platform/db/actor.ts';
import { NOW, openScene, type Scene } from '../members-scene.ts';

let scene: Scene;
let ids: Record<string, string>;

beforeAll(async () => {
  scene = await openScene([members, campaigns, identity]);
  const campaign = await scene.doors.write(systemOf(scene.cluster), (writer) =>
    insertCampaignFixture(writer, scene.cluster, {
      kind: 'training',
      title: 'Essai',
      terms: {
        settings: emptyTerms(training).settings,
        lists: {
          courses: [{ id: 'c1', title: 'Cours', hours: 7, halfDays: 2, cataloguePrice: 1000 }],
          offers: [],
          trips: [],
        },
      },
      createdAt: new Date(NOW.epochMilliseconds),
      versions: [
        {
          version: 1,
          opensOn: null,
          answersBy: new Date('2027-04-01T20:00:00Z'),
          planOn: null,
          acceptBy: null,
          startsOn: null,
          reason: '',
          decidedBy: '',
          decidedOn: '2027-03-01',
        },
      ],
      needs: [
        {
          company: scene.own.id,
          body: formOf(training.needFields).parse({ course: 'c1', seats: 2 }),
          channel: 'online',
          at: new Date(NOW.epochMilliseconds),
        },
      ],
      answeredNone: [],
      steps: [{ to: 'open', at: new Date(NOW.epochMilliseconds) }],
      now: NOW,
    }),
  );
  const need = await scene.doors.read(scene.actors.secretary, (r) =>
    r.selectFrom('need').select('need_id').executeTakeFirstOrThrow(),
  );
  ids = {
    campaign,
    need: need.need_id,
    list: 'courses',
    record: 'c1',
    move: 'reporter',
    plan: crypto.randomUUID(),
    draft: crypto.randomUUID(),
    session: crypto.randomUUID(),
    organisation: scene.own.id,
    id: scene.own.id,
  };
});
afterAll(() => scene.close());

const HUGE = 'x'.repeat(300_000);
/** Values that fields are fed with; names of every field of every form are gathered below. */
const GARBAGE: Readonly<Record<string, string>> = {
  empty: '',
  spaces: '   ',
  huge: HUGE,
  html: '<script>alert(1)</script><b>"\'&',
  negative: '-5',
  'not a number': 'douze',
  'too large': '99999999999999999999',
  '31 February': '2027-02-31',
  formula: "=cmd|' /C calc'!A0",
  'null byte': 'a\u0000b',
  'lone surrogate': 'a\ud800b',
  'wrong id': 'not-an-id',
  sql: "'; drop table need; --",
  emoji: '🍇'.repeat(50),
};

const FIELDS = [
  'kind',
  'title',
  'version',
  'answersBy',
  'planOn',
  'acceptBy',
  'startsOn',
  'reason',
  'decidedBy',
  'base',
  'scenario',
  'list',
  'record',
  'course',
  'seats',
  'dates',
  'sites',
  'together',
  'welcome',
  'maxPricePerSeat',
  'minCompanies',
  'people',
  'hours',
  'halfDays',
  'programme',
  'cataloguePrice',
  'provider',
  'fixed',
  'perSeat',
  'minSeats',
  'maxSeats',
  'days',
  'site',
  'sharing',
  'minCompaniesPerSession',
  'subsidyPerSeat',
  'travelDefault',
  'company',
  'rowVersion',
  'terms',
  'label',
  'seconds',
  'seed',
  'plan',
  'email',
  'account',
  'token',
  'as',
  'lang',
  'theme',
  'back',
  'name',
  'siren',
  'siret',
  'town',
  'postcode',
  'commune',
  'heads',
  'year',
  'role',
  'startsOn',
  'endsOn',
  'phone',
  'activity',
  'department',
  'departments',
  'group',
  'joinedOn',
  'leftOn',
  'formerNames',
  'nafRev2',
  'naf2025',
];

const fill = (pattern: string, garbage?: string): string =>
  pattern
    .replace(/:([a-zA-Z]+)(\{[^}]*\})?/g, (_, name: string) =>
      encodeURIComponent(garbage ?? ids[name] ?? crypto.randomUUID()),
    )
    .replace(/\*/g, 'x');

const routes = (method: string): string[] => [
  ...new Set(
    scene.web.routes
      .filter((r) => r.method === method && r.path !== '/*' && r.path !== '*')
      .map((r) => r.path),
  ),
];

const counts = () =>
  scene.doors.read(scene.actors.secretary, async (reader) => ({
    campaigns: (await reader.selectFrom('campaign').select('campaign_id').execute()).length,
    needs: (await reader.selectFrom('need').select('need_id').execute()).length,
    organisations: (await reader.selectFrom('organisation').select('organisation_id').execute()).length,
  }));

describe('bad input', () => {
  // First: the garbage below postpones the campaign along its way.
  it('keeps what was typed and names the field', async () => {
    const response = await scene.post('own', `/campagnes/${ids.campaign}/besoins/nouveau`, {
      course: 'c1',
      seats: 'douze',
      people: 'Émile & <b>Zoé</b>',
      maxPricePerSeat: '12,345',
    });
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain('value="douze"');
    expect(page).toContain('Émile &amp; &lt;b&gt;Zoé&lt;/b&gt;');
    expect(page).toContain('value="12,345"');
    expect(page).toContain('Indiquez un nombre entier');
    expect(page).toContain('Indiquez un montant en euros');
    expect(page).not.toContain('<b>Zoé</b>');
  });

  it('writes nothing when a form is refused', async () => {
    const before = await counts();
    await scene.post('own', `/campagnes/${ids.campaign}/besoins/nouveau`, { course: 'unknown', seats: '3' });
    await scene.post('own', `/campagnes/${ids.campaign}/besoins/nouveau`, { course: 'c1', seats: '2' });
    await scene.post('secretary', '/campagnes/nouvelle', { kind: 'nothing', title: 'x' });
    expect(await counts()).toEqual(before);
  });

  it('gets an answer below 500 from every form, for every sort of garbage', async () => {
    const failures: string[] = [];
    for (const path of routes('POST')) {
      if (path === '/installation') continue;
      for (const [what, value] of Object.entries(GARBAGE)) {
        // Forms of 70 huge fields would only try the limit of a body.
        const fields = what === 'huge' ? FIELDS.slice(0, 12) : FIELDS;
        const visitor = path.startsWith('/connexion') ? 'stranger' : 'secretary';
        if (/deconnexion|sessions/.test(path)) continue;
        const response = await scene.post(
          visitor,
          fill(path),
          Object.fromEntries(fields.map((f) => [f, value])),
        );
        if (response.status >= 500) failures.push(`${path} with ${what}: ${response.status}`);
      }
    }
    expect(failures).toEqual([]);
  });

  it('gets an answer below 500 from every address whose parts make no sense', async () => {
    const failures: string[] = [];
    for (const path of routes('GET'))
      for (const garbage of [
        'x',
        '%00',
        '../../etc',
        "'--",
        '00000000-0000-4000-8000-000000000000',
        HUGE.slice(0, 3000),
      ])
        for (const visitor of ['secretary', 'own', 'stranger'] as const) {
          const response = await scene.get(
            visitor,
            `${fill(path, garbage)}?before=${encodeURIComponent(garbage)}&q=${encodeURIComponent(garbage)}`,
          );
          if (response.status >= 500)
            failures.push(`${path} with ${garbage.slice(0, 20)} as ${visitor}: ${response.status}`);
          await response.body?.cancel();
        }
    expect(failures).toEqual([]);
  });

  it('takes bodies that are no form, or cut off, for what they are', async () => {
    for (const [type, body] of [
      ['application/json', '{"a":'],
      ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut'],
      ['multipart/form-data', 'no boundary'],
      ['text/plain', 'hello'],
      ['application/x-www-form-urlencoded', '%E9%ZZ=%'],
    ] as const)
      for (const path of [
        '/campagnes/nouvelle',
        `/campagnes/${ids.campaign}/besoins/import`,
        '/api/v1/campaigns.campaign.create',
        '/connexion',
      ]) {
        const response = await scene.web.request(`http://127.0.0.1${path}`, {
          method: 'POST',
          body,
          headers: { 'content-type': type, host: '127.0.0.1' },
        });
        expect(response.status, `${path} ${type}`).toBeLessThan(500);
      }
  });

  it('refuses a form sent from another site', async () => {
    const response = await scene.web.request('http://127.0.0.1/campagnes/nouvelle', {
      method: 'POST',
      body: new URLSearchParams({ kind: 'training', title: 'x' }),
      headers: { host: '127.0.0.1', origin: 'https://evil.example' },
    });
    expect(response.status).toBe(403);
  });
});
