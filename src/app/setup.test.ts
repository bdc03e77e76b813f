/** The first minutes of an installation that is no demonstration. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse, textOf } from '../../tests/house.ts';
import { SYSTEM, systemOf } from '../platform/db/actor.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ publicUrl: 'https://grappe.example' });
});
afterAll(() => house.close());

const FORM = { cluster: 'Pôle du Val', name: 'Aline Essai', email: 'aline@exemple.test' };
const right = () => ({ ...FORM, code: house.setupCode.value });
const clusters = () =>
  house.doors.read(SYSTEM, (reader) => reader.selectFrom('cluster').selectAll().execute());

describe('an installation without a cluster', () => {
  it('leads to its set-up from everywhere', async () => {
    const browser = house.browser();
    for (const path of [
      '/',
      '/adherents',
      '/connexion',
      '/campagnes',
      '/nulle-part',
      '/api/v1/openapi.json',
      '/_outbox',
      '/_gallery',
    ]) {
      const response = await browser.get(path);
      expect([path, response.status, response.headers.get('location')]).toEqual([path, 303, '/installation']);
    }
    expect((await browser.post('/connexion', { email: 'a@b.fr' })).headers.get('location')).toBe(
      '/installation',
    );
    // But for what serves the page and the operator.
    expect((await browser.get('/healthz')).status).toBe(200);
    const page = await browser.get('/installation');
    expect(page.status).toBe(200);
    expect((await browser.get(/href="(\/assets\/[^"]+\.css)"/.exec(await page.text())![1]!)).status).toBe(
      200,
    );
    expect(await textOf(await house.browser({ lang: 'en' }).get('/installation'))).toContain('First set-up');
  });

  it.each([
    ['a wrong code', { ...FORM, code: '000000000000' }, 'Ce code n’est pas celui'],
    ['no code', { ...FORM, code: '' }, 'À renseigner.'],
    ['a bad address', { ...FORM, code: 'x', email: 'aline' }, 'Indiquez une adresse'],
    ['nothing', {}, 'À renseigner.'],
  ])('refuses %s, and keeps what was typed', async (_what, form, sentence) => {
    const browser = house.browser();
    const response = await browser.post('/installation', form as Record<string, string>);
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain(sentence);
    if ('cluster' in form) expect(html).toContain('value="Pôle du Val"');
    expect(browser.cookies.size).toBe(0);
    expect(await clusters()).toEqual([]);
  });

  it('takes the right code once, even of two at once', async () => {
    const [first, second] = [house.browser(), house.browser()];
    const answers = await Promise.all([
      first.post('/installation', right()),
      second.post('/installation', { ...right(), cluster: 'Autre' }),
    ]);
    expect(answers.map((r) => [r.status, r.headers.get('location')])).toEqual([
      [303, '/'],
      [303, '/'],
    ]);
    const made = await clusters();
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({
      name: 'Pôle du Val',
      slug: 'pole-du-val',
      is_default: true,
      is_demo: false,
    });
    expect(answers[0]!.headers.getSetCookie()[0]).toMatch(
      /^grappe_session=[^;]+; Max-Age=86400; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(second.cookies.has('grappe_session')).toBe(false);

    const home = await textOf(await first.get('/'));
    expect(home).toContain('Bonjour Aline Essai');
    expect(home).toContain('Secrétariat');
    expect((await first.get('/adherents/nouveau')).status).toBe(200);
    // Told in the journal, as every other write.
    expect(await textOf(await first.get('/journal'))).toMatch(/Aline Essai a installé le cluster\./);
  });

  it('is closed then', async () => {
    const browser = house.browser();
    for (const response of [await browser.get('/installation'), await browser.post('/installation', right())])
      expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
    expect(await clusters()).toHaveLength(1);
    expect(browser.cookies.size).toBe(0);
    const front = await browser.get('/');
    expect(front.status).toBe(200);
    expect(await textOf(front)).toContain('Rien n’est encore publié.');
    // No demonstration: no account to choose, no outbox for strangers.
    expect(await (await browser.get('/connexion')).text()).not.toContain('name="account"');
    expect((await browser.get('/_outbox')).status).toBe(404);
  });

  it('signs its first person in by mail from then on', async () => {
    const [cluster] = await clusters();
    const browser = await house.signIn(cluster!.cluster_id, FORM.email);
    expect(await textOf(await browser.get('/'))).toContain('Bonjour Aline Essai');
    const mail = await house.doors.read(systemOf(cluster!.cluster_id), (r) =>
      r.selectFrom('mail').select('data').executeTakeFirstOrThrow(),
    );
    expect(mail.data).toMatchObject({ cluster: 'Pôle du Val' });
  });
});

it('gives up guessing after ten codes', async () => {
  const other = await openHouse();
  try {
    const browser = other.browser();
    for (let i = 0; i < 10; i += 1) await browser.post('/installation', { ...FORM, code: `guess${i}` });
    const late = await browser.post('/installation', { ...FORM, code: other.setupCode.value });
    expect(late.status).toBe(422);
    expect(await other.doors.read(SYSTEM, (r) => r.selectFrom('cluster').selectAll().execute())).toEqual([]);
  } finally {
    await other.close();
  }
});
