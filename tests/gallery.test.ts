/** The gallery in a real browser, under the policy of the real pages: accessible, whole, alive, on any screen. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { galleryPage } from '../src/ui/gallery.tsx';
import { getAsset } from '../src/ui/index.ts';
import { launchBrowser } from './browser.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

let browser: Browser;
let server: Server;
let origin: string;
/** Open feeds of the solver, by address. */
const feeds: ServerResponse[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const asset = getAsset(url.pathname);
    if (asset) return void response.writeHead(200, { 'content-type': asset.type }).end(asset.body);
    if (url.pathname === '/feed') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      feeds.push(response);
      return;
    }
    const lang = url.searchParams.get('lang') === 'en' ? 'en' : 'fr';
    // The first solver of the gallery is given a feed, as a real page would.
    const html = String(await galleryPage(lang)).replace('<grappe-solver ', '<grappe-solver feed="/feed" ');
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY })
      .end(html);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  for (const feed of feeds) feed.end();
  server?.close();
});

interface Screen {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
  readonly lang: 'fr' | 'en';
}

async function open(screen: Screen, use: (page: Page, complaints: string[]) => Promise<void>): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: screen.width, height: 900 },
    colorScheme: screen.colorScheme,
    hasTouch: screen.width < 500,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()));
  page.on('pageerror', (e) => complaints.push(e.message));
  try {
    await page.goto(`${origin}/?lang=${screen.lang}`);
    await page.evaluate(() => document.fonts.ready);
    await use(page, complaints);
  } finally {
    await context.close();
  }
}

describe.each<Screen>([
  { width: 1400, colorScheme: 'light', lang: 'fr' },
  { width: 1400, colorScheme: 'dark', lang: 'en' },
  { width: 390, colorScheme: 'light', lang: 'en' },
  { width: 390, colorScheme: 'dark', lang: 'fr' },
])('at $width px, $colorScheme, $lang', (screen) => {
  test('axe finds nothing, the policy blocks nothing, the page does not scroll sideways', async () => {
    await open(screen, async (page, complaints) => {
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
      });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual(
        [],
      );
      expect(complaints).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(screen.width);
    });
  });
});

test('on a phone every button and field is at least 44 px high', async () => {
  await open({ width: 390, colorScheme: 'light', lang: 'fr' }, async (page) => {
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll(
          '.button, .rail a, .tabs a, summary, .choice, .control :is(input, select, textarea), .brand',
        ),
      ]
        .filter((el) => el.checkVisibility())
        .filter((el) => el.getBoundingClientRect().height < 43.9)
        .map((el) => `${el.tagName} ${el.className} ${el.getBoundingClientRect().height}`),
    );
    expect(small).toEqual([]);
  });
});

test('the first press of Tab offers to skip to the content; focus is seen', async () => {
  await open({ width: 1400, colorScheme: 'light', lang: 'fr' }, async (page) => {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    expect(await focused.textContent()).toBe('Aller au contenu');
    expect((await focused.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').evaluate((el) => getComputedStyle(el).outlineStyle)).toBe('solid');
  });
});

test('dialogs and popovers open and shut from the keyboard, with script off', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/?lang=fr`);
  await page.locator('[popovertarget=sample-dialog]').first().focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Annuler la campagne ISO 13485 ?' });
  expect(await dialog.isVisible()).toBe(true);
  await page.keyboard.press('Escape');
  expect(await dialog.isVisible()).toBe(false);
  await page.locator('.secrecy').first().click();
  expect(await page.locator('#rule-sample').isVisible()).toBe(true);
  await context.close();
});

test('a solver at work follows its feed: words, figures, chart and mark, then stops listening', async () => {
  await open({ width: 1400, colorScheme: 'light', lang: 'fr' }, async (page, complaints) => {
    const solver = page.locator('grappe-solver').first();
    const tell = (data: object): void => {
      for (const feed of feeds) feed.write(`event: progress\ndata: ${JSON.stringify(data)}\n\n`);
    };
    await expect.poll(() => feeds.length).toBeGreaterThan(0);
    const before = await solver.locator('[data-path=cost]').getAttribute('d');
    tell({ seconds: 52, cost: 1_243_500, bound: 1_242_000, gap: 0.0012, state: 'running' });
    await solver.getByText('déjà à 0,12 % au plus').waitFor();
    expect(await solver.locator('[data-part=cost]').textContent()).toMatch(/^12.435.€$/u);
    expect(await solver.locator('[data-part=elapsed]').textContent()).toMatch(/^52.s$/u);
    expect(await solver.locator('[data-path=cost]').getAttribute('d')).not.toBe(before);
    expect(await solver.locator('.mark .dot-full').count()).toBe(5);
    expect(await solver.locator('[data-part=refresh]').isVisible()).toBe(false);
    tell({ seconds: 60, cost: 1_243_000, bound: 1_243_000, gap: 0, state: 'finished' });
    await solver.getByText('Calcul terminé').waitFor();
    expect(await solver.locator('.mark .dot-full').count()).toBe(6);
    expect(complaints).toEqual([]);
  });
});
