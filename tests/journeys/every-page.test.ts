/**
 * Every page that somebody can reach by following links, as each role: there, accessible, well-formed, light, and whole
 * on a phone as on a desk, in both languages and both appearances.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Account,
  expectAccessible,
  expectValid,
  openStage,
  type Seat,
  type Stage,
  weigh,
} from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

/** Bytes that a first load may take: page, style, script and font. */
const MOST_BYTES = 60_000;
/** Pages of one shape (a campaign, a member) looked at as one person. */
const MOST_ALIKE = 2;

/** `/campagnes/6f…/appel` and its like are one shape: identifiers, records and questions aside. */
const shapeOf = (path: string): string =>
  path
    .replace(/\?.*$/, '?')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replace(/\/appel\/(\w+)\/(?!nouveau)[^/?]+/, '/appel/$1/:record');

const SEATS: readonly (readonly [Account, Seat])[] = [
  ['visitor', { lang: 'fr', width: 390, theme: 'dark' }],
  ['secretary', { lang: 'fr' }],
  ['secretary', { lang: 'en', width: 390, theme: 'dark' }],
  ['treasurer', { lang: 'en' }],
  ['president', { lang: 'fr', width: 390 }],
  ['delegate-small', { lang: 'fr', theme: 'dark' }],
];

describe.each(SEATS)('as %s, %o', (account, seat) => {
  it('is all there', async () => {
    const person = await stage.enter(account, seat);
    const { page } = person;
    const waiting = ['/', '/connexion', '/connexion/envoye', '/nowhere'];
    const seen = new Set(waiting);
    const alike = new Map<string, number>();
    const visited: string[] = [];
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const shape = shapeOf(path);
      alike.set(shape, (alike.get(shape) ?? 0) + 1);
      if (alike.get(shape)! > MOST_ALIKE) continue;
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(path === '/nowhere' ? 404 : 200);
      visited.push(path);
      // Looked at closely once a shape; the others are there, and lead on.
      if (alike.get(shape) === 1) {
        expect.soft(await page.locator('html').getAttribute('lang'), path).toBe(seat.lang);
        expect.soft(await page.locator('h1').count(), path).toBe(1);
        await expectAccessible(page);
        const html = (await response!.text()).trimEnd();
        await expectValid(html, path);
        const [width, room] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        expect.soft(width, `${path} scrolls sideways`).toBeLessThanOrEqual(room!);
        expect.soft(await weigh(person, html), path).toBeLessThanOrEqual(MOST_BYTES);
      }
      const links = await page
        .locator('a[href^="/"]:not([download])')
        .evaluateAll((found) => found.map((a) => a.getAttribute('href')!.replace(/#.*$/, '')));
      // From the bottom up on a phone: of each shape, another page is looked at closely than at the desk.
      for (const link of seat.width === undefined ? links : links.reverse())
        if (!seen.has(link) && !/\.(csv|json)(\?|$)|^\/(assets|metrics|_gallery)/.test(link)) {
          seen.add(link);
          waiting.push(link);
        }
    }
    expect(person.complaints).toEqual([]);
    expect(visited.length).toBeGreaterThan(account === 'visitor' ? 4 : 12);
    await person.leave();
  }, 300_000);
});
