import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openScene, type Scene, VISITORS, type Visitor } from '../../../tests/members-scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const text = async (response: Response): Promise<string> => response.text();
/** The page without what its links and hidden fields carry: what a person reads of a figure. */
const bodyOf = async (visitor: Visitor, path: string) => {
  const response = await scene.get(visitor, path);
  return { status: response.status, html: await text(response) };
};

describe('who sees what', () => {
  const signedIn: Visitor[] = ['rival', 'own', 'president', 'treasurer', 'board', 'secretary'];

  test('the list: everybody signed in; delegates’ names for staff only', async () => {
    for (const visitor of VISITORS) {
      const { status, html } = await bodyOf(visitor, '/adherents');
      if (visitor === 'stranger') expect(status).toBe(403);
      else expect(status, visitor).toBe(200);
      expect(html.includes('Forges du Val'), visitor).toBe(signedIn.includes(visitor));
      expect(html.includes(scene.own.delegate.name), visitor).toBe(
        visitor === 'secretary' || visitor === 'own',
      );
    }
  });

  test('a member page: exact heads and people for the company and the staff', async () => {
    for (const visitor of VISITORS) {
      const { status, html } = await bodyOf(visitor, `/adherents/${scene.own.id}`);
      const knows = visitor === 'own' || visitor === 'secretary';
      expect(status, visitor).toBe(visitor === 'stranger' ? 403 : visitor === 'elsewhere' ? 404 : 200);
      expect(html.includes('137'), visitor).toBe(knows);
      expect(html.includes(scene.own.delegate.email), visitor).toBe(knows);
      if (signedIn.includes(visitor)) expect(html, visitor).toContain('100 à 199 salariés');
    }
  });

  test('exports: the staff’s carries what only the staff may read', async () => {
    for (const visitor of VISITORS)
      for (const format of ['excel', 'ouvert']) {
        const { status, html } = await bodyOf(visitor, `/adherents/export.csv?format=${format}`);
        expect(status, visitor).toBe(visitor === 'stranger' ? 403 : 200);
        expect(html.includes('Étampage Lorrain'), visitor).toBe(signedIn.includes(visitor));
        expect(html.includes('263'), visitor).toBe(visitor === 'secretary');
        expect(html.includes(scene.rival.delegate.email), visitor).toBe(visitor === 'secretary');
      }
  });

  test('the API obeys the same matrix', async () => {
    for (const visitor of VISITORS) {
      const page = await bodyOf(visitor, `/api/v1/members.member?id=${scene.rival.id}`);
      const knows = visitor === 'rival' || visitor === 'secretary';
      expect(page.status, visitor).toBe(visitor === 'stranger' ? 401 : visitor === 'elsewhere' ? 404 : 200);
      expect(page.html.includes('263'), visitor).toBe(knows);
      expect(page.html.includes(scene.rival.delegate.name), visitor).toBe(knows);
      for (const view of ['members.list', 'members.export']) {
        const list = await bodyOf(visitor, `/api/v1/${view}`);
        expect(list.status, visitor).toBe(visitor === 'stranger' ? 401 : 200);
        expect(list.html.includes(scene.rival.delegate.name), `${visitor} ${view}`).toBe(
          visitor === 'secretary',
        );
      }
    }
  });

  test('"without a delegate" tells nobody but the staff', async () => {
    const all = await bodyOf('rival', '/adherents?sans-delegue=1');
    expect(all.html).toContain('Forges du Val');
    const lacking = await bodyOf('secretary', '/adherents?sans-delegue=1');
    expect(lacking.html).not.toContain('Forges du Val');
  });

  const staffPages = (id: string, site: string, person: string, role: string) => [
    '/adherents/nouveau',
    `/adherents/${id}/modifier`,
    `/adherents/${id}/sites/nouveau`,
    `/adherents/${id}/sites/${site}`,
    `/adherents/${id}/effectifs`,
    `/adherents/${id}/personnes/nouvelle`,
    `/adherents/${id}/personnes/${person}`,
    `/adherents/${id}/mandats/${role}/fin`,
    '/adherents/import',
  ];

  test('forms and imports: the staff of the cluster', async () => {
    const { own } = scene;
    for (const path of staffPages(own.id, own.site, own.delegate.person, own.delegate.role))
      for (const visitor of VISITORS) {
        const { status, html } = await bodyOf(visitor, path);
        const elsewhere = path.includes(own.id) ? 404 : 200;
        expect(status, `${visitor} ${path}`).toBe(
          visitor === 'secretary' ? 200 : visitor === 'elsewhere' ? elsewhere : 403,
        );
        if (visitor !== 'secretary') expect(html, `${visitor} ${path}`).not.toContain(own.delegate.email);
      }
  });

  test('every write: the staff of the cluster, and nobody else changes a byte', async () => {
    const { own } = scene;
    const writes: [string, Record<string, string>][] = [
      ['/adherents/nouveau', { kind: 'member', name: 'Intrus', town: 'Troyes' }],
      [`/adherents/${own.id}/modifier`, { version: '1', kind: 'member', name: 'Volé' }],
      [`/adherents/${own.id}/sites/nouveau`, { version: '1', name: 'Faux', town: 'Troyes' }],
      [`/adherents/${own.id}/sites/${own.site}`, { version: '1', name: 'Faux', town: 'Troyes' }],
      [`/adherents/${own.id}/effectifs`, { version: '1', site: own.site, year: '2026', heads: '1' }],
      [
        `/adherents/${own.id}/personnes/nouvelle`,
        { version: '1', name: 'X', email: 'x@y.fr', lang: 'fr', role: 'delegate', startsOn: '2027-01-01' },
      ],
      [
        `/adherents/${own.id}/personnes/${own.delegate.person}`,
        { seen: 'x', name: 'X', email: 'x@y.fr', lang: 'fr' },
      ],
      [`/adherents/${own.id}/mandats/${own.delegate.role}/fin`, { version: '1', endsOn: '2027-01-01' }],
      [`/adherents/import/${own.id}/confirmer`, { fingerprint: 'x' }],
      [`/adherents/import/${own.id}/colonnes`, { fields: 'name', year: '2026' }],
      [`/adherents/import/${own.id}/abandonner`, {}],
    ];
    const { html: before } = await bodyOf('secretary', `/adherents/${own.id}`);
    for (const visitor of VISITORS.filter((v) => v !== 'secretary' && v !== 'elsewhere'))
      for (const [path, form] of writes) {
        const response = await scene.post(visitor, path, form);
        expect(response.status, `${visitor} ${path}`).toBe(403);
      }
    for (const [path, form] of writes.slice(1)) {
      const response = await scene.post('elsewhere', path, form);
      expect([404, 409], `elsewhere ${path}`).toContain(response.status);
    }
    const file = new File(['Nom\nIntrus\n'], 'a.csv');
    for (const visitor of VISITORS.filter((v) => v !== 'secretary' && v !== 'elsewhere'))
      expect((await scene.upload(visitor, '/adherents/import', file)).status).toBe(403);
    const { html: after } = await bodyOf('secretary', `/adherents/${own.id}`);
    expect(after).toBe(before);
    expect((await bodyOf('secretary', '/adherents')).html).not.toContain('Intrus');
  });
});

describe('an address that names nothing', () => {
  test.each([
    '/adherents?page=zzz',
    '/adherents?page=aeyJhIjoxfQ',
    '/adherents?tri=couleur',
    '/adherents?effectif=7',
    '/adherents?groupe=x',
    '/adherents/pas-un-id',
    '/adherents/import/pas-un-id',
    '/adherents/11111111-1111-4111-8111-111111111111',
    '/adherents/11111111-1111-4111-8111-111111111111/modifier',
    '/adherents/export.csv?tri=x',
  ])('%s is not found', async (path) => {
    expect((await scene.get('secretary', path)).status).toBe(404);
  });
});
