/** The demonstration as people see it: the article's figures, each role's home, the journal and the outbox. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PUBLIC_FIGURES } from '../../demo/cluster/index.ts';
import { demoJob, seedDemo } from '../../demo/seed.ts';
import { type Browser, type House, openHouse, textOf } from '../../tests/house.ts';
import type { Id } from '../kernel/ids.ts';
import { type Action, runAction } from '../platform/action.ts';
import { systemOf } from '../platform/db/actor.ts';
import type { JobTools } from '../platform/feature.ts';
import { openLog } from '../platform/log.ts';
import { FEATURES } from './start.ts';

const ACCOUNTS = [
  'secretary',
  'treasurer',
  'president',
  'delegate-large',
  'delegate-small',
  'delegate-rival',
] as const;
type Account = (typeof ACCOUNTS)[number];

let house: House;
const browsers = {} as Record<Account | 'stranger', Browser>;

beforeAll(async () => {
  house = await openHouse();
  await seedDemo(house.machinery);
  // The seed's own jobs, one after the other: each plan, then what its campaign came to.
  const tools: JobTools = {
    doors: house.doors,
    clock: house.machinery.clock,
    log: openLog('silent'),
    run: async (at: Id, action: Action, raw: unknown) => {
      await runAction(house.machinery, systemOf(at), action, raw);
    },
  };
  const jobs = [demoJob(house.machinery), ...FEATURES.flatMap((f) => f.jobs?.(tools) ?? [])];
  for (const { name, data } of [...house.sent]) await jobs.find((job) => job.name === name)?.run(data);
  browsers.stranger = house.browser();
  for (const account of ACCOUNTS) {
    browsers[account] = house.browser();
    expect((await browsers[account].post('/connexion/demo', { account })).status).toBe(303);
  }
});
afterAll(() => house?.close());

const seen = async (who: Account | 'stranger', path: string, lang: 'fr' | 'en' = 'fr'): Promise<string> => {
  browsers[who].cookies.set('grappe_lang', lang);
  return bare(await textOf(await browsers[who].get(path)));
};
/** Without the spaces that keep numbers together. */
const bare = (s: string): string => s.replace(/[\u00a0\u202f]/g, ' ');

describe('the front page', () => {
  it.each(['fr', 'en'] as const)(
    'says what the article says, each figure with its date and source (%s)',
    async (lang) => {
      const page = await seen('stranger', '/', lang);
      expect(PUBLIC_FIGURES.length).toBeGreaterThan(3);
      for (const figure of PUBLIC_FIGURES) {
        const told = [figure.label, figure.display, figure.definition]
          .map((text) => bare(text[lang]))
          .join(' ');
        const when = bare(figure.asOf.date.slice(0, 4));
        expect(page).toMatch(
          new RegExp(
            `${RegExp.escape(told)} (Au|En|As of) [^.]*${when}\\. Source : ${RegExp.escape(bare(figure.source[lang]))}`,
          ),
        );
      }
      // "Forum Éco", 2020: some fifty members, more than 3,000 jobs, 55 % of the companies in prostheses and instruments.
      expect(page).toMatch(lang === 'fr' ? /cinquantaine/ : /fifty/);
      expect(page).toMatch(lang === 'fr' ? /plus de 3 000/i : /3,000/);
      expect(page).toMatch(lang === 'fr' ? /55 %/ : /55%/);
    },
  );

  it('counts what the directory lists: one number on the front page, the home and the list', async () => {
    const front = await seen('stranger', '/');
    const home = await seen('secretary', '/');
    const [, members, jobs, percent] =
      /entreprises dans cette démonstration (\d+) .* emplois dans ces entreprises ([\d ]+) Effectifs.* dans la Prosthesis Valley (\d+) %/.exec(
        front,
      )!;
    expect([members, percent]).toEqual(['51', '55']);
    expect(Number(jobs!.replaceAll(' ', ''))).toBeGreaterThan(3000);
    expect(home).toContain(`Adhérents ${members} `);
    expect(home).toContain(`Emplois ${jobs} `);

    const listed = new Set<string>();
    for (let path: string | undefined = '/adherents'; path !== undefined; ) {
      const html: string = await (await browsers.secretary.get(path)).text();
      for (const [, id] of html.matchAll(/href="\/adherents\/([0-9a-f-]{36})"/g)) listed.add(id!);
      path = /<a(?=[^>]*rel="next")[^>]*href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(listed.size).toBe(51);
  });
});

describe('home', () => {
  /** What waits for each account: the start of each task, in both languages. */
  const WAITING: Readonly<Record<Account, readonly (readonly [fr: string, en: string])[]>> = {
    secretary: [
      ['Planifier « Ateliers et audits »', 'Plan “Ateliers et audits”'],
      ['Proposer les parts de « Soudage et procédés »', 'Offer the shares of “Soudage et procédés”'],
    ],
    treasurer: [],
    president: [],
    'delegate-large': [
      ['Lire votre part de « Qualité et mesure »', 'Read your share of “Qualité et mesure”'],
    ],
    'delegate-small': [
      ['Lire votre part de « Qualité et mesure »', 'Read your share of “Qualité et mesure”'],
    ],
    'delegate-rival': [
      ['Lire votre part de « Qualité et mesure »', 'Read your share of “Qualité et mesure”'],
    ],
  };
  it.each(ACCOUNTS)('tells %s what waits, by when, and where to go', async (account) => {
    for (const [lang, title, nothing, by, figures] of [
      ['fr', 'Ce qui vous attend', 'Rien ne vous attend', /Avant le \d+ mars 2027/, 'En chiffres'],
      ['en', 'What waits for you', 'Nothing is waiting for you', /By \d+ March 2027/, 'In figures'],
    ] as const) {
      const page = await seen(account, '/', lang);
      const waiting = page.slice(page.indexOf(title), page.lastIndexOf(figures));
      for (const [fr, en] of WAITING[account]) expect(waiting).toContain(lang === 'fr' ? fr : en);
      if (WAITING[account].length === 0) expect(waiting).toContain(nothing);
      else expect(waiting).toMatch(by);
    }
    const html = await (await browsers[account].get('/')).text();
    const main = html.slice(html.indexOf('id="waiting"'), html.indexOf('id="figures"'));
    const links = [...main.matchAll(/href="(\/[^"]+)"/g)].map(([, href]) => href!);
    expect(links).toHaveLength(WAITING[account].length);
    for (const link of links) expect((await browsers[account].get(link)).status, link).toBe(200);
  });

  it('shows three figures at most', async () => {
    for (const account of ACCOUNTS) {
      const html = await (await browsers[account].get('/')).text();
      const shown = html.slice(html.indexOf('id="figures"')).match(/class="source"/g) ?? [];
      expect(shown.length, account).toBeGreaterThan(0);
      expect(shown.length, account).toBeLessThanOrEqual(3);
    }
  });
});
