/** Who reads which line of the journal and which mail: a table for each role, a stranger and another cluster. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, type House, openHouse, textOf } from '../../tests/house.ts';
import type { Id } from '../kernel/ids.ts';
import { systemOf } from '../platform/db/actor.ts';
import type { Lang } from '../platform/i18n/index.ts';
import { openLog } from '../platform/log.ts';
import { createServer } from './server.ts';
import { FEATURES } from './start.ts';

const ROLES = [
  'secretary',
  'treasurer',
  'president',
  'board',
  'own',
  'rival',
  'elsewhere',
  'stranger',
] as const;
type Reader = (typeof ROLES)[number];

let house: House;
let cluster: Id;
const people = {} as Record<Reader, Id>;
const companies = {} as Record<'own' | 'rival', Id>;
const browsers = {} as Record<Reader, Browser>;
let mailCount = 0;

beforeAll(async () => {
  house = await openHouse();
  cluster = await house.addCluster('nogent', { demo: true });
  const other = await house.addCluster('ailleurs', { hosts: ['ailleurs.example'] });
  companies.own = await house.addCompany(cluster, 'Forge du Val');
  companies.rival = await house.addCompany(cluster, 'Atelier Martin');
  for (const role of ROLES) {
    if (role === 'stranger') {
      browsers.stranger = house.browser();
      continue;
    }
    const at = role === 'elsewhere' ? other : cluster;
    const email = `${role}@exemple.test`;
    people[role] = await house.addPerson(at, {
      name: `Personne ${role}`,
      email,
      roles: [
        role === 'own' || role === 'rival'
          ? { role: 'delegate', company: companies[role] }
          : // The president comes from the own company: that gives no right to its lines.
            {
              role: role === 'elsewhere' ? 'secretary' : role,
              ...(role === 'president' ? { company: companies.own } : {}),
            },
      ],
    });
    const host = role === 'elsewhere' ? { host: 'ailleurs.example' } : {};
    browsers[role] = await house.signIn(at, email, { place: `10.1.0.${ROLES.indexOf(role)}`, ...host });
  }
});
afterAll(() => house.close());

const addLine = (line: {
  action: string;
  audience: 'staff' | 'company' | 'members';
  company?: Id;
  details?: object;
}) =>
  house.doors.write(systemOf(cluster), (writer) =>
    writer
      .insertInto('audit')
      .values({
        cluster_id: cluster,
        at: new Date(house.now.epochMilliseconds),
        person_id: people.own,
        role: 'delegate',
        company_id: line.company ?? null,
        action: line.action,
        audience: line.audience,
        details: JSON.stringify(line.details ?? {}),
      })
      .execute(),
  );

interface Line {
  readonly action: string;
  readonly personName: string | null;
}
/** The lines that a reader gets, by the API; null when none may be asked for. */
async function linesOf(reader: Reader): Promise<readonly Line[] | null> {
  const response = await browsers[reader].get('/api/v1/app.journal');
  if (response.status === 401) return null;
  return ((await response.json()) as { value: { lines: readonly Line[] } }).value.lines;
}

describe('the journal', () => {
  it('is read by the rules of what it speaks of', async () => {
    await addLine({ action: 'toy.for.staff', audience: 'staff' });
    await addLine({ action: 'toy.for.own', audience: 'company', company: companies.own });
    await addLine({ action: 'toy.for.rival', audience: 'company', company: companies.rival });
    await addLine({ action: 'toy.for.members', audience: 'members' });
    const got = Object.fromEntries(
      await Promise.all(
        ROLES.map(async (reader) => {
          const lines = await linesOf(reader);
          return [
            reader,
            lines?.flatMap((l) => (l.action.startsWith('toy.') ? [l.action.slice(8)] : [])).reverse() ?? null,
          ] as const;
        }),
      ),
    );
    expect(got).toEqual({
      secretary: ['staff', 'own', 'rival', 'members'],
      treasurer: ['members'],
      president: ['members'],
      board: ['members'],
      own: ['own', 'members'],
      rival: ['rival', 'members'],
      elsewhere: [],
      stranger: null,
    });
    for (const reader of ROLES)
      expect([reader, (await browsers[reader].get('/journal')).status]).toEqual([
        reader,
        reader === 'stranger' ? 403 : 200,
      ]);
  });

  it('names who acted to those who may know them only', async () => {
    const nameFor = async (reader: Reader) =>
      (await linesOf(reader))!.find((l) => l.action === 'toy.for.members')!.personName;
    expect([await nameFor('secretary'), await nameFor('own')]).toEqual(['Personne own', 'Personne own']);
    expect([await nameFor('rival'), await nameFor('president')]).toEqual([null, null]);
  });

  it('is not written, changed or removed by anybody’s hand', async () => {
    const { own } = people;
    const actor = { cluster, role: 'secretary' as const, company: null, person: own };
    const change = house.doors.write(actor, (w) => w.updateTable('audit').set({ action: 'x' }).execute());
    await expect(change).rejects.toMatchObject({ code: '42501' });
    const removal = house.doors.write(actor, (w) => w.deleteFrom('audit').execute());
    await expect(removal).rejects.toMatchObject({ code: '42501' });
  });

  it('tells every action in a sentence, in both languages, page after page', async () => {
    const names = FEATURES.flatMap((f) => f.actions.map((a) => a.name));
    for (const action of names) await addLine({ action, audience: 'members' });
    const reader = browsers.secretary;
    for (const lang of ['fr', 'en'] as Lang[]) {
      reader.cookies.set('grappe_lang', lang);
      let told = '';
      let pages = 0;
      for (let path: string | undefined = '/journal'; path !== undefined; pages += 1) {
        const response = await reader.get(path);
        const html = await response.clone().text();
        told += await textOf(response);
        path = /href="(\/journal\?before=\d+)"/.exec(html)?.[1];
      }
      expect(pages).toBeGreaterThan(1);
      for (const name of names) expect(told, name).not.toContain(name);
      // Nor one of a program that is older, or newer.
      expect(told).not.toContain('toy.for');
      expect(told).toContain(lang === 'fr' ? 'ne sait plus nommer' : 'can no longer name');
    }
  });

  it.each([
    '?before=abc',
    '?before=-1',
    '?before=1e300',
    '?before=9007199254740993',
    '?subject=x',
    '?before=&subject=',
    `?subject=${'a'.repeat(5000)}`,
  ])('takes %s for no question', async (query) => {
    expect((await browsers.secretary.get(`/journal${query}`)).status).toBe(200);
  });

  it('tells who signed in, to the secretariat', async () => {
    browsers.secretary.cookies.set('grappe_lang', 'fr');
    const told = await textOf(await browsers.secretary.get(`/journal?subject=${people.treasurer}`));
    expect(told).toContain('Personne treasurer s’est connecté par un lien.');
    expect(told).toContain('Un visiteur a demandé un lien de connexion.');
  });
});

describe('the outbox', () => {
  const mails: Record<string, Id> = {};
  beforeAll(async () => {
    for (const [name, person, template] of [
      ['own letter', people.own, 'campaign-opened'],
      ['own link', people.own, 'sign-in'],
      ['rival letter', people.rival, 'campaign-opened'],
      ['nobody’s letter', null, 'campaign-reminder'],
    ] as const) {
      mails[name] = crypto.randomUUID();
      mailCount += 1;
      await house.doors.write(systemOf(cluster), (writer) =>
        writer
          .insertInto('mail')
          .values({
            cluster_id: cluster,
            mail_id: mails[name]!,
            person_id: person,
            to_address: `mail${mailCount}@exemple.test`,
            lang: 'fr',
            template,
            state: (['waiting', 'claimed', 'sent', 'failed'] as const)[mailCount - 1]!,
            data: JSON.stringify({
              title: 'T',
              link: '/campagnes',
              secretLink: '/connexion/lien?jeton=x',
              minutes: 30,
              deadline: '2027-04-01',
            }),
          })
          .execute(),
      );
    }
  });
  const readable = async (reader: Reader): Promise<string[]> => {
    const statuses = await Promise.all(
      Object.entries(mails).map(
        async ([name, id]) => [name, (await browsers[reader].get(`/_outbox/${id}`)).status] as const,
      ),
    );
    for (const [, status] of statuses) expect([200, 404]).toContain(status);
    const list = await browsers[reader].get('/_outbox');
    const html = await list.text();
    const open = statuses.filter(([, status]) => status === 200).map(([name]) => name);
    // The list leads to exactly those.
    expect(
      Object.keys(mails).filter((name) => html.includes(mails[name]!)),
      reader,
    ).toEqual(open);
    return open;
  };
  const setDemo = (is_demo: boolean) =>
    house.doors.write(systemOf(cluster), (w) =>
      w.updateTable('cluster').set({ is_demo }).where('cluster_id', '=', cluster).execute(),
    );

  it('of a demonstration shows each their own, the secretariat all, a visitor the links', async () => {
    expect(
      Object.fromEntries(await Promise.all(ROLES.map(async (reader) => [reader, await readable(reader)]))),
    ).toEqual({
      secretary: Object.keys(mails),
      treasurer: [],
      president: [],
      board: [],
      own: ['own letter', 'own link'],
      rival: ['rival letter'],
      elsewhere: [],
      stranger: ['own link'],
    });
  });

  it('says what became of each, in both languages', async () => {
    for (const [lang, words] of [
      ['fr', ['en attente', 'envoi incertain', 'affiché ici', 'refusé par le serveur']],
      ['en', ['waiting', 'not known whether it left', 'shown here', 'refused by the server']],
    ] as const) {
      browsers.secretary.cookies.set('grappe_lang', lang);
      const page = await textOf(await browsers.secretary.get('/_outbox'));
      for (const word of words) expect(page).toContain(word);
    }
  });

  it('elsewhere is the secretariat’s', async () => {
    await setDemo(false);
    // The web application looks at its clusters again after five seconds: a new one looks at once.
    const web = createServer({
      machinery: house.machinery,
      features: FEATURES,
      publicUrl: undefined,
      log: openLog('silent'),
      setupCode: house.setupCode,
    });
    for (const reader of ROLES) {
      const cookie = [...browsers[reader].cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const host = reader === 'elsewhere' ? 'ailleurs.example' : '127.0.0.1';
      const status = async (path: string) => (await web.request(path, { headers: { cookie, host } })).status;
      expect([reader, await status('/_outbox')]).toEqual([
        reader,
        reader === 'secretary' || reader === 'elsewhere' ? 200 : 404,
      ]);
      expect([reader, await status(`/_outbox/${mails['own link']}`)]).toEqual([
        reader,
        reader === 'secretary' ? 200 : 404,
      ]);
    }
    await setDemo(true);
  });

  it.each(['x', '%27', '00000000-0000-4000-8000-000000000000'])('has no mail %s', async (id) => {
    expect((await browsers.secretary.get(`/_outbox/${id}`)).status).toBe(404);
  });
});
