/** What a session is worth: how long, in which role, in which cluster, and what its owner may do with it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, type House, openHouse, textOf } from '../../../tests/house.ts';
import type { Id } from '../../kernel/ids.ts';
import { systemOf } from '../../platform/db/actor.ts';
import type { HeldRole, SessionLine } from './types.ts';

let house: House;
let nogent: Id;
let ailleurs: Id;
let forge: Id;
let atelier: Id;
const START = Temporal.Instant.from('2027-03-10T09:00:00Z');

beforeAll(async () => {
  house = await openHouse();
  nogent = await house.addCluster('nogent');
  ailleurs = await house.addCluster('ailleurs', { hosts: ['ailleurs.example', 'autre.example'] });
  forge = await house.addCompany(nogent, 'Forge du Val');
  atelier = await house.addCompany(nogent, 'Atelier Martin');
});
afterAll(() => house.close());
beforeEach(() => {
  house.now = START;
});

let count = 0;
/** Somebody new, at a place of their own. */
async function newcomer(cluster: Id, ...roles: Parameters<House['addPerson']>[1]['roles']) {
  count += 1;
  const email = `personne${count}@exemple.test`;
  const id = await house.addPerson(cluster, { name: `Personne ${count}`, email, roles });
  return { id, email, seat: { place: `10.0.2.${count}` } };
}

interface Account {
  readonly sessions: readonly SessionLine[];
  readonly roles: readonly HeldRole[];
}
const account = async (browser: Browser): Promise<Account> =>
  ((await (await browser.get('/api/v1/identity.account')).json()) as { value: Account }).value;
const status = async (browser: Browser, path: string): Promise<number> => (await browser.get(path)).status;
const isSignedIn = async (browser: Browser): Promise<boolean> => (await status(browser, '/compte')) === 200;

describe('a session', () => {
  it('is listed, and ends when its owner closes it; nobody else can', async () => {
    const person = await newcomer(nogent, { role: 'delegate', company: forge });
    const other = await newcomer(nogent, { role: 'secretary' });
    const [desk, phone, thief] = [
      await house.signIn(nogent, person.email, person.seat),
      await house.signIn(nogent, person.email, person.seat),
      await house.signIn(nogent, other.email, other.seat),
    ];
    const { sessions } = await account(desk);
    expect(sessions).toHaveLength(2);
    const page = await (await desk.get('/compte')).text();
    // The own one is not to be closed here; that is signing out.
    expect(page.match(/action="\/compte\/sessions\/[^"]+\/fin"/g)).toHaveLength(1);
    const target = /\/compte\/sessions\/([^/"]+)\/fin/.exec(page)![1]!;
    expect((await thief.post(`/compte/sessions/${target}/fin`, {})).status).toBe(409);
    expect((await house.browser().post(`/compte/sessions/${target}/fin`, {})).status).toBe(403);
    expect(await isSignedIn(phone)).toBe(true);
    const closed = await desk.post(`/compte/sessions/${target}/fin`, {});
    expect([closed.status, closed.headers.get('location')]).toEqual([303, '/compte']);
    expect(await textOf(await desk.get('/compte'))).toContain('La session est fermée.');
    expect([await isSignedIn(desk), await isSignedIn(phone)]).toEqual([true, false]);
    const again = await desk.post(`/compte/sessions/${target}/fin`, {});
    expect(again.status).toBe(409);
    expect(await textOf(again)).toContain('Cette session est déjà fermée.');
    expect((await desk.post('/compte/sessions/nonsense/fin', {})).status).toBe(422);
  });

  it('ends with signing out, on the server too', async () => {
    const person = await newcomer(nogent, { role: 'treasurer', company: forge });
    const browser = await house.signIn(nogent, person.email, person.seat);
    const secret = browser.cookies.get('grappe_session')!;
    const out = await browser.post('/deconnexion', {});
    expect([out.status, out.headers.get('location')]).toEqual([303, '/']);
    expect(browser.cookies.has('grappe_session')).toBe(false);
    expect(await textOf(await browser.get('/'))).toContain('Vous êtes déconnecté.');
    browser.cookies.set('grappe_session', secret);
    expect(await isSignedIn(browser)).toBe(false);
    // Once more does no harm.
    expect((await browser.post('/deconnexion', {})).status).toBe(303);
  });

  it('ends after seven days without use, and after thirty in any case', async () => {
    const person = await newcomer(nogent, { role: 'board', company: forge });
    const [idle, busy] = [
      await house.signIn(nogent, person.email, person.seat),
      await house.signIn(nogent, person.email, person.seat),
    ];
    for (let day = 6; day < 30; day += 6) {
      house.now = START.add({ hours: 24 * day });
      expect(await isSignedIn(busy), `day ${day}`).toBe(true);
    }
    expect(await isSignedIn(idle)).toBe(false);
    // Nor is it told as one that could still be used.
    expect((await account(busy)).sessions).toHaveLength(1);
    house.now = START.add({ hours: 24 * 30 }).subtract({ seconds: 1 });
    expect(await isSignedIn(busy)).toBe(true);
    house.now = START.add({ hours: 24 * 30 });
    expect(await isSignedIn(busy)).toBe(false);
  });

  it('that nobody gave is nobody’s', async () => {
    const person = await newcomer(nogent, { role: 'secretary' });
    const secret = (await house.signIn(nogent, person.email, person.seat)).cookies.get('grappe_session')!;
    const [cluster, random] = secret.split('.') as [string, string];
    for (const forged of [
      '',
      'x',
      `${cluster}.`,
      `${cluster}.${'A'.repeat(43)}`,
      `${ailleurs}.${random}`,
      `.${random}`,
      `${secret}x`,
    ]) {
      const browser = house.browser();
      browser.cookies.set('grappe_session', forged);
      expect(await isSignedIn(browser), forged).toBe(false);
    }
  });

  it('opens the programming interface as a bearer', async () => {
    const person = await newcomer(nogent, { role: 'delegate', company: forge });
    const secret = (await house.signIn(nogent, person.email, person.seat)).cookies.get('grappe_session')!;
    const browser = house.browser();
    const ask = async (authorization: string): Promise<number> =>
      (await browser.get('/api/v1/identity.account', { authorization })).status;
    expect(await ask(`Bearer ${secret}`)).toBe(200);
    expect(await ask(`bearer ${secret}`)).toBe(200);
    for (const wrong of [secret, `Basic ${secret}`, `Bearer ${secret}x`, 'Bearer', ''])
      expect(await ask(wrong)).toBe(401);
    const write = await browser.post(
      '/api/v1/identity.language.choose',
      {},
      { authorization: `Bearer ${secret}` },
    );
    expect(write.status).toBe(422);
  });
});

describe('roles', () => {
  it('of several companies are taken one at a time', async () => {
    const person = await newcomer(
      nogent,
      { role: 'delegate', company: forge },
      { role: 'deputy', company: atelier },
      { role: 'board', company: forge },
    );
    const stranger = await newcomer(nogent, { role: 'secretary' });
    const browser = await house.signIn(nogent, person.email, person.seat);
    const { roles } = await account(browser);
    expect(roles.map((r) => [r.role, r.company?.name])).toEqual([
      ['board', 'Forge du Val'],
      ['delegate', 'Forge du Val'],
      ['deputy', 'Atelier Martin'],
    ]);
    const acting = async (): Promise<string> => await textOf(await browser.get('/compte'));
    expect(await acting()).toContain('Membre du bureau');
    const take = async (role: string): Promise<number> =>
      (await browser.post('/compte/role', { as: role })).status;
    expect(await take(roles[2]!.roleId)).toBe(303);
    expect(await textOf(await browser.get('/'))).toContain('Suppléant, Atelier Martin');
    // A role that is somebody else’s is not to be had.
    const foreign = await account(await house.signIn(nogent, stranger.email, stranger.seat));
    expect(await take(foreign.roles[0]!.roleId)).toBe(409);
    expect(await take('')).toBe(422);
    expect(await textOf(await browser.get('/'))).toContain('Suppléant, Atelier Martin');
  });

  it('of a deputy are worth those of the delegate', async () => {
    const person = await newcomer(nogent, { role: 'deputy', company: forge });
    const browser = await house.signIn(nogent, person.email, person.seat);
    const heads = (company: Id) => browser.get(`/adherents/${company}`);
    await house.doors.write(systemOf(nogent), async (writer) => {
      for (const [company, n] of [
        [forge, 4321],
        [atelier, 5678],
      ] as const) {
        const site_id = crypto.randomUUID();
        await writer
          .insertInto('site')
          .values({
            cluster_id: nogent,
            organisation_id: company,
            site_id,
            name: 'Usine',
            town: 'Nogent',
            is_head_office: true,
          })
          .execute();
        await writer
          .insertInto('headcount')
          .values({ cluster_id: nogent, organisation_id: company, site_id, year: 2026, heads: n })
          .execute();
      }
    });
    // An exact headcount is for the company itself.
    expect(await textOf(await heads(forge))).toMatch(/4.?321/);
    expect(await textOf(await heads(atelier))).not.toMatch(/5.?678/);
  });

  it('that begin tomorrow or ended yesterday sign nobody in', async () => {
    for (const roles of [
      [{ role: 'secretary', from: '2027-03-11' }],
      [{ role: 'secretary', to: '2027-03-09' }],
      [],
    ] as const) {
      const person = await newcomer(nogent, ...roles);
      const browser = house.browser(person.seat);
      await browser.post('/connexion', { email: person.email });
      const token = (await house.tokensOf(nogent, person.email))[0]!;
      const refused = await browser.post('/connexion/lien', { token });
      expect(refused.status).toBe(409);
      expect(await textOf(refused)).toContain('Aucun rôle n’est en cours');
      expect(await isSignedIn(browser)).toBe(false);
    }
  });

  it('lose their rights at once when they end, whatever session is open', async () => {
    const person = await newcomer(
      nogent,
      { role: 'secretary', to: '2027-03-11' },
      { role: 'delegate', company: forge, to: '2027-03-12' },
    );
    const browser = await house.signIn(nogent, person.email, person.seat);
    expect(await status(browser, '/adherents/nouveau')).toBe(200);
    // Midnight in Paris is 23:00 UTC in winter.
    house.now = Temporal.Instant.from('2027-03-11T22:59:59Z');
    expect(await status(browser, '/adherents/nouveau')).toBe(200);
    house.now = Temporal.Instant.from('2027-03-11T23:00:00Z');
    expect(await status(browser, '/adherents/nouveau')).toBe(403);
    expect(await textOf(await browser.get('/'))).toContain('Délégué, Forge du Val');
    house.now = Temporal.Instant.from('2027-03-12T23:00:00Z');
    expect(await isSignedIn(browser)).toBe(false);
  });
});

describe('clusters', () => {
  it('are told apart by their host', async () => {
    expect(await textOf(await house.browser().get('/'))).toContain('Cluster nogent');
    for (const host of ['ailleurs.example', 'AILLEURS.example:8443', 'autre.example'])
      expect(await textOf(await house.browser({ host }).get('/'))).toContain('Cluster ailleurs');
  });

  it('never take each other’s sessions, people or roles', async () => {
    const here = await newcomer(nogent, { role: 'secretary' });
    const there = await newcomer(ailleurs, { role: 'secretary' });
    const browser = await house.signIn(nogent, here.email, here.seat);
    const secret = browser.cookies.get('grappe_session')!;
    const elsewhere = house.browser({ host: 'ailleurs.example' });
    elsewhere.cookies.set('grappe_session', secret);
    expect(await isSignedIn(elsewhere)).toBe(false);
    expect(await status(elsewhere, '/adherents')).toBe(403);
    expect(
      (await elsewhere.get('/api/v1/identity.account', { authorization: `Bearer ${secret}` })).status,
    ).toBe(401);
    // The secretary of one is unknown at the other: no mail.
    await house.browser({ ...here.seat, host: 'ailleurs.example' }).post('/connexion', { email: here.email });
    expect(await house.tokensOf(ailleurs, here.email)).toEqual([]);
    const other = await house.signIn(ailleurs, there.email, { ...there.seat, host: 'ailleurs.example' });
    const { roles } = await account(other);
    expect((await browser.post('/compte/role', { as: roles[0]!.roleId })).status).toBe(409);
  });
});

describe('preferences', () => {
  it('of language and look are kept, for a visitor and for a person', async () => {
    const visitor = house.browser();
    expect(await (await visitor.get('/')).text()).toMatch(/<html[^>]* lang="fr"/);
    const chosen = await visitor.post('/preferences', { lang: 'en', theme: 'dark', back: '/connexion?a=1' });
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, '/connexion?a=1']);
    const english = await (await visitor.get('/connexion')).text();
    expect(english).toMatch(/<html[^>]* lang="en"/);
    expect(english).toMatch(/<html[^>]* data-theme="dark"/);
    await visitor.post('/preferences', { theme: 'system' });
    expect(await (await visitor.get('/')).text()).not.toMatch(/<html[^>]* data-theme=/);

    const person = await newcomer(nogent, { role: 'secretary' });
    const browser = await house.signIn(nogent, person.email, person.seat);
    await browser.post('/preferences', { lang: 'en' });
    browser.cookies.delete('grappe_lang');
    expect(await (await browser.get('/')).text()).toMatch(/<html[^>]* lang="en"/);
    await browser.post('/connexion', { email: person.email });
    const mail = await house.doors.read(systemOf(nogent), (r) =>
      r
        .selectFrom('mail')
        .select('lang')
        .where('to_address', '=', person.email)
        .orderBy('created_at', 'desc')
        .executeTakeFirst(),
    );
    expect(mail).toEqual({ lang: 'en' });
  });

  it.each(['xx', '', 'EN', '<b>'])('refuse the language %j', async (lang) => {
    const browser = house.browser();
    expect((await browser.post('/preferences', { lang, theme: lang })).status).toBe(303);
    expect([...browser.cookies.keys()]).toEqual([]);
  });

  it.each([
    ['/adherents?q=a', '/adherents?q=a'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/\n/evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['evil.example', '/'],
    ['', '/'],
  ])('lead back to this site alone: %j', async (back, location) => {
    const response = await house.browser().post('/preferences', { lang: 'fr', back });
    expect(response.headers.get('location')).toBe(location);
  });
});
