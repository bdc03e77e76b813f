import { afterAll, beforeAll, expect, it } from 'vitest';
import { NOW, openScene, type Scene } from '../../../tests/members-scene.ts';
import type { Id } from '../../kernel/ids.ts';
import { systemOf } from '../../platform/db/actor.ts';
import { identity } from '../identity/index.ts';
import { members } from '../members/index.ts';
import { emptyTerms, insertCampaignFixture } from './fixtures.ts';
import { campaigns } from './index.ts';
import { listNeeds } from './store.ts';
import { training } from './training/index.ts';

let scene: Scene;
let campaign: Id;

beforeAll(async () => {
  scene = await openScene([members, campaigns, identity]);
});
afterAll(() => scene.close());

async function open(): Promise<void> {
  campaign = await scene.doors.write(systemOf(scene.cluster), (writer) =>
    insertCampaignFixture(writer, scene.cluster, {
      kind: 'training',
      title: 'Import',
      terms: {
        settings: emptyTerms(training).settings,
        lists: {
          courses: [{ id: 'iso', title: 'ISO 13485', hours: 14, halfDays: 4, cataloguePrice: 79_000 }],
          offers: [
            {
              id: 'o1',
              course: 'iso',
              provider: 'Q',
              fixed: 1,
              perSeat: 1,
              minSeats: 1,
              maxSeats: 9,
              dates: ['2027-05-10'],
              days: 1,
              site: 'Nogent',
            },
          ],
          trips: [],
        },
      },
      createdAt: new Date(NOW.epochMilliseconds),
      versions: [],
      needs: [],
      answeredNone: [],
      steps: [{ to: 'open', at: new Date(NOW.epochMilliseconds) }],
      now: NOW,
    }),
  );
}

const needs = () =>
  scene.doors.read(scene.actors.secretary, (r) => listNeeds(r, scene.cluster, campaign, { limit: 1000 }));
const upload = (text: string | Uint8Array, name = 'besoins.csv') =>
  scene.upload('secretary', `/campagnes/${campaign}/besoins/import`, new File([text as BlobPart], name));

it('shows what a file would add and why the rest stays out, then adds it once', async () => {
  await open();
  const lines = [
    'Entreprise;Formation;Places;Prix plafond par place;Dates qui conviennent',
    'Forges du Val;ISO 13485;3;450,00;10/05/2027',
    `${scene.rival.siren};iso;2;;`,
    'Entreprise inconnue;ISO 13485;1;;',
    'Forges du Val;ISO 13485;moins;;',
    'Forges du Val;Inconnue;1;;',
    'Forges du Val;ISO 13485;3;450,00;10/05/2027',
    'Forges du Val;ISO 13485;1;;31/02/2027',
    'Forges du Val;ISO 13485;-4;;',
  ];
  // As Excel saves it in France: Windows-1252 would do too, the accents are in the titles only.
  const read = await upload(lines.join('\r\n'));
  expect(read.status).toBe(303);
  const draft = read.headers.get('location')!;
  const page = await (await scene.get('secretary', draft)).text();
  expect(page).toContain('2 besoins à ajouter');
  expect(page).toContain('6 lignes refusées');
  expect(await needs()).toHaveLength(0);
  // The draft is the secretariat's alone.
  for (const visitor of ['own', 'rival', 'president', 'stranger'] as const)
    expect((await scene.get(visitor, draft)).status).toBe(403);
  expect((await scene.get('elsewhere', draft)).status).toBe(404);

  expect((await scene.post('secretary', draft, {})).status).toBe(303);
  const written = await needs();
  expect(
    written.map((n) => [n.company, n.body.seats, n.body.maxPricePerSeat, n.body.dates, n.channel]),
  ).toEqual(
    expect.arrayContaining([
      [scene.own.id, 3, 45_000, ['2027-05-10'], 'import'],
      [scene.rival.id, 2, null, [], 'import'],
    ]),
  );
  // Confirmed once: a second press finds nothing.
  expect((await scene.post('secretary', draft, {})).status).toBe(409);
  expect(await needs()).toHaveLength(2);
});

it('reads its own export back without a new line', async () => {
  const response = await scene.get('secretary', `/campagnes/${campaign}/besoins.xls.csv`);
  const exported = new Uint8Array(await response.arrayBuffer());
  // The byte order mark tells Excel that the file is UTF-8.
  expect([...exported.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const read = await upload(exported);
  const page = await (await scene.get('secretary', read.headers.get('location')!)).text();
  expect(page).toContain('0 besoin à ajouter');
  expect(page).toContain('2 lignes refusées');
});

it('refuses what is no table with a sentence, and writes nothing', async () => {
  await open();
  const files: [string | Uint8Array, string][] = [
    ['', 'vide.csv'],
    ['Entreprise;Formation\n', 'titres.csv'],
    [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 1]), 'image.csv'],
    [new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 1, 2, 3]), 'coupe.xlsx'],
    ['Entreprise;"Formation\nForges', 'coupe.csv'],
  ];
  for (const [bytes, name] of files) {
    const response = await upload(bytes, name);
    expect([422, 303], name).toContain(response.status);
    if (response.status === 422) expect(await response.text(), name).toContain('notice');
  }
  const wrongTitles = await upload('A;B\n1;2\n');
  expect(wrongTitles.status).toBe(303);
  expect(await (await scene.get('secretary', wrongTitles.headers.get('location')!)).text()).toContain(
    'Colonnes introuvables',
  );
  expect(await needs()).toHaveLength(0);
});
