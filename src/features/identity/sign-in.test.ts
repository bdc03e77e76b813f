/** Signing in and out, sessions, roles taken, preferences: through the whole web application, on a real database. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, type House, openHouse, textOf } from '../../../tests/house.ts';
import type { Id } from '../../kernel/ids.ts';
import { systemOf } from '../../platform/db/actor.ts';
import { newSecret } from '../../platform/secret.ts';

let house: House;
let nogent: Id;
let ailleurs: Id;
let forge: Id;
let atelier: Id;
const START = Temporal.Instant.from('2027-03-10T09:00:00Z');

beforeAll(async () => {
  house = await openHouse();
  nogent = await house.addCluster('nogent', { demo: true });
  ailleurs = await house.addCluster('ailleurs', { hosts: ['ailleurs.example'] });
  forge = await house.addCompany(nogent, 'Forge du Val');
  atelier = await house.addCompany(nogent, 'Atelier Martin');
});
afterAll(() => house.close());
beforeEach(() => {
  house.now = START;
});

let count = 0;
/** An address and a place that no other test has used, so that no limit is shared. */
const fresh = (): { email: string; place: string } => {
  count += 1;
  return { email: `personne${count}@exemple.test`, place: `10.0.1.${count}` };
};

const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.get('/compte')).status === 200;

describe('a sign-in link', () => {
  it('is asked for, mailed, shown, and used once', async () => {
    const { email, place } = fresh();
    await house.addPerson(nogent, {
      name: 'Jeanne Essai',
      email,
      roles: [{ role: 'delegate', company: forge }],
    });
    const browser = house.browser({ place });
    const asked = await browser.post('/connexion', { email: ` ${email.toUpperCase()} ` });
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/connexion/envoye']);
    expect((await browser.get('/connexion/envoye')).status).toBe(200);

    const token = (await house.tokensOf(nogent, email))[0]!;
    // Only its hash is kept.
    const kept = await house.doors.read(systemOf(nogent), (r) =>
      r.selectFrom('login_token').selectAll().execute(),
    );
    expect(JSON.stringify(kept)).not.toContain(token.split('.')[1]);

    // Mail filters follow links: as often as they like.
    for (let i = 0; i < 3; i += 1) {
      const page = await browser.get(`/connexion/lien?jeton=${token}`);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain(token);
      expect(page.headers.getSetCookie().filter((c) => c.startsWith('grappe_session'))).toEqual([]);
    }
    expect(await isSignedIn(browser)).toBe(false);

    const entered = await browser.post('/connexion/lien', { token });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/']);
    expect(entered.headers.getSetCookie()[0]).toMatch(
      /^grappe_session=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(await textOf(await browser.get('/'))).toContain('Bonjour Jeanne Essai');

    const again = house.browser({ place });
    const refused = await again.post('/connexion/lien', { token });
    expect(refused.status).toBe(409);
    expect(await textOf(refused)).toContain('Ce lien a déjà servi ou a expiré');
    expect(again.cookies.size).toBe(0);
  });

  it('expires after half an hour', async () => {
    const { email, place } = fresh();
    await house.addPerson(nogent, { name: 'Paul Tard', email, roles: [{ role: 'board', company: forge }] });
    const browser = house.browser({ place });
    await browser.post('/connexion', { email });
    const token = (await house.tokensOf(nogent, email))[0]!;
    house.now = START.add({ minutes: 30 });
    expect((await browser.post('/connexion/lien', { token })).status).toBe(409);
    // The last second is still in time.
    house.now = START.add({ minutes: 30 }).subtract({ seconds: 1 });
    expect((await browser.post('/connexion/lien', { token })).status).toBe(303);
  });

  it('opens no other cluster', async () => {
    const { email, place } = fresh();
    await house.addPerson(nogent, { name: 'Luc Voisin', email, roles: [{ role: 'secretary' }] });
    await house.browser({ place }).post('/connexion', { email });
    const token = (await house.tokensOf(nogent, email))[0]!;
    const elsewhere = house.browser({ place, host: 'ailleurs.example' });
    expect((await elsewhere.post('/connexion/lien', { token })).status).toBe(409);
    const forged = token.replace(nogent, ailleurs);
    expect((await elsewhere.post('/connexion/lien', { token: forged })).status).toBe(409);
    expect((await house.browser({ place }).post('/connexion/lien', { token: forged })).status).toBe(409);
  });

  it('is not sent to an address that nobody knows, which the answer does not tell', async () => {
    const known = fresh();
    const unknown = fresh();
    await house.addPerson(nogent, {
      name: 'Anne Connue',
      email: known.email,
      roles: [{ role: 'president', company: forge }],
    });
    const answers = [];
    for (const { email, place } of [known, unknown]) {
      const browser = house.browser({ place });
      const response = await browser.post('/connexion', { email });
      const headers = [...response.headers].filter(([name]) => name !== 'date');
      answers.push({
        status: response.status,
        headers,
        body: await response.text(),
        cookies: [...browser.cookies],
      });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(await house.tokensOf(nogent, known.email)).toHaveLength(1);
    expect(await house.tokensOf(nogent, unknown.email)).toHaveLength(0);
  });

  it.each([
    ['', 'À renseigner.'],
    ['nom', 'Indiquez une adresse'],
    ['nom@', 'Indiquez une adresse'],
    ['a@b.fr, c@d.fr', 'Indiquez une adresse'],
    [`${'x'.repeat(300)}@exemple.fr`, 'Indiquez une adresse'],
    ['nom@exemple.fr\r\nBcc: autre@exemple.fr', 'Indiquez une adresse'],
  ])('asked for with %j: the page again, with what was typed', async (email, sentence) => {
    const response = await house.browser(fresh()).post('/connexion', { email });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain(sentence);
    if (/^[\w@]+$/.test(email)) expect(html).toContain(`value="${email}"`);
  });

  it('is limited: five at once to one address, ten from one place, and the page keeps what was typed', async () => {
    const { email, place } = fresh();
    const statuses = [];
    for (let i = 0; i < 6; i += 1)
      statuses.push((await house.browser({ place: `10.9.9.${i}` }).post('/connexion', { email })).status);
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429]);
    const from = [];
    for (let i = 0; i < 11; i += 1)
      from.push(await house.browser({ place }).post('/connexion', { email: fresh().email }));
    expect(from.map((r) => r.status)).toEqual([...Array<number>(10).fill(303), 429]);
    const refused = await house.browser({ place }).post('/connexion', { email: 'jean@exemple.test' });
    const html = await refused.text();
    expect(refused.status).toBe(429);
    expect(html).toContain('Trop de demandes');
    expect(html).toContain('value="jean@exemple.test"');
    // Behind a proxy of this machine the place is the one that it names last.
    const proxied = (client: string): Promise<Response> =>
      house
        .browser({ place: '127.0.0.1' })
        .post('/connexion', { email: fresh().email }, { 'x-forwarded-for': `${place}, ${client}` });
    expect((await proxied('192.0.2.7')).status).toBe(303);
    expect((await proxied(place)).status).toBe(429);
    // Whoever comes from elsewhere is not believed.
    expect(
      (
        await house
          .browser({ place })
          .post('/connexion', { email: fresh().email }, { 'x-forwarded-for': '192.0.2.8' })
      ).status,
    ).toBe(429);
  });

  it('is used sixty times at once from one place at most', async () => {
    const { place } = fresh();
    const statuses = await Promise.all(
      Array.from(
        { length: 62 },
        async () =>
          (await house.browser({ place }).post('/connexion/lien', { token: newSecret(nogent) })).status,
      ),
    );
    expect(statuses.filter((s) => s === 429).length).toBeGreaterThanOrEqual(1);
    expect(statuses.filter((s) => s === 409).length).toBeGreaterThanOrEqual(60);
  });
});

describe('the demonstration', () => {
  it('has one button an account, and signs in by it', async () => {
    await house.addPerson(nogent, {
      name: 'Claire Fictive',
      email: 'claire@exemple.test',
      account: 'delegate-large',
      roles: [
        { role: 'delegate', company: atelier },
        { role: 'board', company: atelier },
      ],
    });
    const browser = house.browser(fresh());
    const html = await (await browser.get('/connexion')).text();
    expect(html.match(/<button[^>]*name="account"/g)).toHaveLength(1);
    expect(html).toContain('value="delegate-large"');
    const response = await browser.post('/connexion/demo', { account: 'delegate-large' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
    expect(response.headers.getSetCookie()[0]).toMatch(/^grappe_session=[^;]+;.*HttpOnly/);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it.each([
    ['nobody', 409],
    ['', 422],
    ['x'.repeat(100), 422],
  ])('says so of the account %j', async (name, status) => {
    const browser = house.browser(fresh());
    const response = await browser.post('/connexion/demo', { account: name });
    expect(response.status).toBe(status);
    expect(await textOf(response)).toMatch(/Ce compte de démonstration n’existe pas|À renseigner|Trop long/);
    expect(browser.cookies.size).toBe(0);
  });

  it('lets nobody in elsewhere, whatever accounts a store has', async () => {
    await house.addPerson(ailleurs, {
      name: 'Ex Démo',
      email: 'ex@exemple.test',
      account: 'secretary',
      roles: [{ role: 'secretary' }],
    });
    const browser = house.browser({ ...fresh(), host: 'ailleurs.example' });
    const html = await (await browser.get('/connexion')).text();
    expect(html).not.toContain('name="account"');
    expect(html).toContain('name="email"');
    expect((await browser.post('/connexion/demo', { account: 'secretary' })).status).toBe(409);
    expect(browser.cookies.size).toBe(0);
    expect((await browser.get('/_outbox')).status).toBe(404);
  });

  it('ends for whoever is in it when the cluster is one no longer', async () => {
    const browser = house.browser(fresh());
    await browser.post('/connexion/demo', { account: 'delegate-large' });
    const { email, place } = fresh();
    await house.addPerson(nogent, { name: 'Pas Fictif', email, roles: [{ role: 'secretary' }] });
    const real = await house.signIn(nogent, email, { place });
    expect([await isSignedIn(browser), await isSignedIn(real)]).toEqual([true, true]);
    const setDemo = (is_demo: boolean) =>
      house.doors.write(systemOf(nogent), (writer) =>
        writer.updateTable('cluster').set({ is_demo }).where('cluster_id', '=', nogent).execute(),
      );
    await setDemo(false);
    expect([await isSignedIn(browser), await isSignedIn(real)]).toEqual([false, true]);
    await setDemo(true);
    expect(await isSignedIn(browser)).toBe(true);
  });
});
