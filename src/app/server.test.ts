/** What holds of every answer, whatever the page: headers, limits, where writes come from, errors, and the log. */
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type House, openHouse, textOf } from '../../tests/house.ts';
import { identity } from '../features/identity/index.ts';
import { members } from '../features/members/index.ts';
import type { Id } from '../kernel/ids.ts';
import { view } from '../platform/action.ts';
import { openDoors, systemOf } from '../platform/db/actor.ts';
import type { Feature } from '../platform/feature.ts';
import { load } from '../platform/http.ts';
import { openLog } from '../platform/log.ts';
import { anybody } from '../platform/permit.ts';
import { createServer } from './server.ts';

const none = { fr: {}, en: {} };
const broken = view({
  name: 'broken.page',
  summary: 'Has a bug',
  params: z.object({}),
  permit: anybody,
  load: async (): Promise<null> => {
    throw Object.assign(new Error('jeanne@exemple.test\n  is at /srv/secret'), {
      code: 'X9',
      constraint: 'c_x',
    });
  },
});
/** A feature with a bug. */
const faulty: Feature = {
  name: 'broken',
  routes: (web) => {
    web.get('/bug', async (c) => (await load(c, broken, {})) ?? c.text('never'));
  },
  actions: [],
  views: [broken],
  audit: none,
  refusals: none,
};

let house: House;
let cluster: Id;
beforeAll(async () => {
  house = await openHouse({ features: [members, identity, faulty], publicUrl: 'https://grappe.example' });
  cluster = await house.addCluster('nogent', { demo: true });
  await house.addPerson(cluster, {
    name: 'Zéphyrine Dugrand',
    email: 'zephyrine@exemple.test',
    account: 'secretary',
    roles: [{ role: 'secretary' }],
  });
});
afterAll(() => house.close());

const asset = async (): Promise<string> =>
  /href="(\/assets\/[^"]+\.css)"/.exec(await (await house.browser().get('/')).text())![1]!;

describe('headers', () => {
  const HEADERS = {
    'content-security-policy':
      /^default-src 'none'; script-src 'self'; style-src 'self'; .*frame-ancestors 'none'/,
    'x-content-type-options': /^nosniff$/,
    'referrer-policy': /^same-origin$/,
    'cross-origin-opener-policy': /^same-origin$/,
    'permissions-policy': /camera=\(\)/,
  };
  it('are those of safety on every sort of answer', async () => {
    const browser = house.browser();
    const answers: Record<string, [Response, number]> = {
      page: [await browser.get('/'), 200],
      missing: [await browser.get('/nulle-part'), 404],
      forbidden: [await browser.get('/adherents'), 403],
      bug: [await browser.get('/bug'), 500],
      'bug of the API': [await browser.get('/api/v1/broken.page'), 500],
      style: [await browser.get(await asset()), 200],
      'missing style': [await browser.get('/assets/no.css'), 404],
      'API refused': [await browser.get('/api/v1/identity.account'), 401],
      'API missing': [await browser.get('/api/v1/no.such'), 404],
      document: [await browser.get('/api/v1/openapi.json'), 200],
      health: [await browser.get('/healthz'), 200],
      metrics: [await browser.get('/metrics'), 404],
      redirect: [await browser.post('/preferences', {}), 303],
      invalid: [await browser.post('/connexion', {}), 422],
      foreign: [await browser.post('/connexion', {}, { origin: 'https://evil.example' }), 403],
      large: [await browser.post('/connexion', { email: 'x'.repeat(13_000_000) }), 413],
    };
    for (const [what, [response, status]] of Object.entries(answers)) {
      expect(response.status, what).toBe(status);
      for (const [name, value] of Object.entries(HEADERS))
        expect(response.headers.get(name), `${what}: ${name}`).toMatch(value);
      // Only what has its content in its name is kept by caches.
      expect(response.headers.get('cache-control'), what).toBe(
        what === 'style' ? 'public, max-age=31536000, immutable' : 'no-store',
      );
    }
  });

  it('make cookies that scripts cannot read, and that need TLS where there is TLS', async () => {
    const entered = await house.browser().post('/connexion/demo', { account: 'secretary' });
    expect(entered.headers.getSetCookie()[0]).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
    const chosen = await house.browser().post('/preferences', { lang: 'en', theme: 'dark' });
    expect(chosen.headers.getSetCookie()).toHaveLength(2);
    for (const cookie of chosen.headers.getSetCookie()) expect(cookie).toMatch(/; HttpOnly; .*SameSite=Lax/);
  });
});

describe('writes', () => {
  const HOST = '127.0.0.1:3000';
  it.each([
    [{}, 303],
    [{ 'sec-fetch-site': 'same-origin' }, 303],
    [{ 'sec-fetch-site': 'none' }, 303],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'anything' }, 403],
    [{ origin: `http://${HOST}` }, 303],
    [{ origin: `https://${HOST}` }, 303],
    // Behind a proxy that asks by another name.
    [{ origin: 'https://grappe.example' }, 303],
    [{ origin: 'https://grappe.example.evil.example' }, 403],
    [{ origin: 'http://127.0.0.1:3001' }, 403],
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: '' }, 403],
    [{ origin: `http://${HOST}`, 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }, 403],
  ] as const)('with %j: %d', async (headers, status) => {
    const browser = house.browser();
    const response = await browser.post('/preferences', { lang: 'en' }, headers);
    expect(response.status).toBe(status);
    expect(browser.cookies.has('grappe_lang')).toBe(status === 303);
    // Reading is open from anywhere.
    expect((await browser.get('/', headers)).status).toBe(200);
  });

  it('refused are so by the API too, in the visitor’s language', async () => {
    const response = await house
      .browser({ lang: 'en' })
      .post('/api/v1/identity.language.choose', {}, { 'sec-fetch-site': 'cross-site' });
    expect([response.status, await response.text()]).toEqual([
      403,
      'This form comes from another site: it is not accepted.',
    ]);
  });

  it('too large are refused, said or unsaid how large', async () => {
    const response = await house.browser().post('/connexion', { email: 'x'.repeat(13_000_000) });
    expect([response.status, await response.text()]).toEqual([
      413,
      'Ce fichier ou ce texte est trop volumineux : 12 Mo au plus.',
    ]);
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1_000_000;
        controller.enqueue(new Uint8Array(1_000_000));
        if (sent > 100_000_000) controller.close();
      },
    });
    const streamed = await house.web.request('http://127.0.0.1/connexion', {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(streamed.status).toBe(413);
    expect(sent).toBeLessThan(20_000_000);
  });
});

describe('a bug', () => {
  it.each([
    ['fr', 'Une erreur est survenue'],
    ['en', 'Something went wrong'],
  ] as const)('is owned up to with a reference that the log has too (%s)', async (lang, title) => {
    const response = await house.browser({ lang }).get('/bug');
    expect(response.status).toBe(500);
    const html = await response.text();
    expect(html).toContain(title);
    const reference = /[0-9a-f]{8}/.exec(/: ([0-9a-f]{8})\./.exec(html)?.[0] ?? '')![0];
    const line = house.logged.findLast((l) => l.includes(reference))!;
    expect(JSON.parse(line)).toMatchObject({
      reference,
      method: 'GET',
      route: '/bug',
      name: 'Error',
      code: 'X9',
      constraint: 'c_x',
    });
    expect(JSON.parse(line).stack).toContain('server.test.ts');
    // What it said stays out of both.
    for (const shown of [html, line]) expect(shown).not.toMatch(/jeanne|srv\/secret/);
    expect(html).not.toMatch(/\bat .*\.ts/);
  });
});

describe('the log', () => {
  it('has nothing personal after a journey with errors', async () => {
    const browser = house.browser({ place: '192.0.2.77' });
    await browser.post(
      '/connexion',
      { email: 'zephyrine@exemple.test' },
      { 'user-agent': 'Navigateur-Secret' },
    );
    const token = (await house.tokensOf(cluster, 'zephyrine@exemple.test')).at(-1)!;
    await browser.get(`/connexion/lien?jeton=${token}`);
    await browser.post('/connexion/lien', { token });
    const secret = browser.cookies.get('grappe_session')!;
    for (const path of [
      '/',
      '/adherents?q=Dugrand',
      '/compte',
      '/journal',
      '/_outbox',
      '/bug?nom=Dugrand',
      '/api/v1/broken.page?x=Dugrand',
      '/nulle-part?q=Dugrand',
    ])
      await browser.get(path);
    await browser.post('/connexion', { email: 'inconnue@exemple.test' });
    await browser.post('/deconnexion', {});
    expect(house.logged.length).toBeGreaterThan(1);
    const log = house.logged.join('');
    for (const word of [
      'exemple.test',
      'Zéphyrine',
      'Dugrand',
      token.split('.')[1]!,
      secret.split('.')[1]!,
      'Navigateur',
      '192.0.2.77',
      'inconnue',
    ])
      expect(log).not.toContain(word);
  });
});

describe('the operator', () => {
  it('reads metrics from this machine alone', async () => {
    const here = house.browser({ place: '127.0.0.1' });
    await here.get('/adherents/00000000-0000-4000-8000-000000000000');
    const metrics = await here.get('/metrics');
    expect([metrics.status, metrics.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/plain; version=0\.0\.4/),
    ]);
    const text = await metrics.text();
    expect(text).toMatch(
      /^grappe_http_seconds_count\{method="GET",route="\/adherents\/:[a-z]+",status="403"\} 1$/m,
    );
    expect(text).toMatch(/^process_cpu_seconds_total/m);
    expect(text).not.toContain('00000000-0000');
    expect((await house.browser({ place: '::1' }).get('/metrics')).status).toBe(200);
    for (const headers of [
      { 'x-forwarded-for': '127.0.0.1' },
      { forwarded: 'for=127.0.0.1' },
      { via: '1.1 proxy' },
    ])
      expect((await here.get('/metrics', headers)).status).toBe(404);
    expect((await house.browser({ place: '192.0.2.1' }).get('/metrics')).status).toBe(404);
  });

  it('sees the database go and come back', async () => {
    // A database that is reached through a door that can be shut.
    const target = new URL(house.database.url);
    const host = target.searchParams.get('host')!;
    const port = target.searchParams.get('port')!;
    const upstream = host.startsWith('/')
      ? { path: `${host}/.s.PGSQL.${port}` }
      : { host, port: Number(port) };
    let open = true;
    const sockets = new Set<Socket>();
    const door = createTcpServer((socket) => {
      const through = connect(upstream);
      for (const end of [socket, through]) {
        sockets.add(end);
        end.on('error', () => {});
        end.on('close', () => {
          socket.destroy();
          through.destroy();
        });
      }
      if (!open) socket.destroy();
      else socket.pipe(through).pipe(socket);
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const url = new URL((house.database.login as { connectionString: string }).connectionString);
    url.searchParams.set('host', '127.0.0.1');
    url.searchParams.set('port', String((door.address() as { port: number }).port));
    const doors = openDoors({ connectionString: url.href }, { max: 2 });
    const web = createServer({
      machinery: { ...house.machinery, doors },
      features: [identity],
      publicUrl: undefined,
      log: openLog('silent'),
      setupCode: house.setupCode,
    });
    const health = async (): Promise<[number, unknown]> => {
      const response = await web.request('/healthz');
      return [response.status, await response.json()];
    };
    expect(await health()).toEqual([200, { status: 'ok' }]);
    // Lost at work: that one transaction fails, and nothing else.
    const lost = doors.read(systemOf(cluster), async (reader) => {
      open = false;
      for (const socket of sockets) socket.destroy();
      return reader.selectFrom('cluster').selectAll().execute();
    });
    await expect(lost).rejects.toThrow();
    expect(await health()).toEqual([503, { status: 'database not readable' }]);
    const page = await web.request('/');
    expect([page.status, await textOf(page)]).toEqual([
      500,
      expect.stringMatching(/référence .*[0-9a-f]{8}/),
    ]);
    open = true;
    expect(await health()).toEqual([200, { status: 'ok' }]);
    expect((await web.request('/')).status).toBe(200);
    await doors.close();
    door.close();
  });
});
