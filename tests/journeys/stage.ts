import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { start } from '../../src/app/start.ts';
import { LANG_COOKIE } from '../../src/features/identity/index.ts';
import type { Lang } from '../../src/platform/i18n/index.ts';
import { launchBrowser } from '../browser.ts';
import { testDatabase } from '../database.ts';

/** Whom the demonstration lets in, and a visitor. */
export type Account =
  | 'visitor'
  | 'secretary'
  | 'treasurer'
  | 'president'
  | 'delegate-large'
  | 'delegate-small'
  | 'delegate-rival';

export interface Seat {
  readonly lang?: Lang;
  /** Default 1280: a desk. 390: a phone. */
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
  readonly script?: boolean;
}

/** Somebody at a screen. */
export interface Person {
  readonly page: Page;
  /** What the browser complained of: errors of script, of the content policy, answers of 500 and above. */
  readonly complaints: readonly string[];
  /** Opens an address of the site and returns the status. */
  go(path: string): Promise<number>;
  leave(): Promise<void>;
}

export interface Stage {
  readonly url: string;
  enter(account: Account, seat?: Seat): Promise<Person>;
  close(): Promise<void>;
}

/** The real program with the demonstration cluster, on a database of its own, and a real browser before it. */
export async function openStage(): Promise<Stage> {
  const database = await testDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), 'grappe-journey-'));
  const program = await start(
    {
      port: 0,
      host: '127.0.0.1',
      databaseUrl: database.url,
      dataFolder,
      demo: true,
      publicUrl: undefined,
      smtpUrl: undefined,
      logLevel: 'fatal',
      production: false,
    },
    () => {},
  );
  const browser = await launchBrowser();
  return {
    url: program.url,
    enter: (account, seat = {}) => enter(browser, program.url, account, seat),
    async close() {
      await browser.close();
      await program.stop();
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function enter(browser: Browser, url: string, account: Account, seat: Seat): Promise<Person> {
  const lang = seat.lang ?? 'fr';
  const context = await browser.newContext({
    baseURL: url,
    locale: lang === 'fr' ? 'fr-FR' : 'en-GB',
    timezoneId: 'Europe/Paris',
    viewport: { width: seat.width ?? 1280, height: 900 },
    hasTouch: (seat.width ?? 1280) < 500,
    colorScheme: seat.theme ?? 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: seat.script ?? true,
  });
  // The demonstration's people read French; a reader of English says so once.
  await context.addCookies([{ name: LANG_COOKIE, value: lang, url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints = listen(context, page);
  if (account !== 'visitor') {
    await page.goto('/connexion');
    await page.locator(`button[name="account"][value="${account}"]`).click();
    await page.waitForURL(`${url}/`);
  }
  return {
    page,
    complaints,
    go: async (path) => (await page.goto(path))?.status() ?? 0,
    leave: () => context.close(),
  };
}

function listen(context: BrowserContext, page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // The browser also notes every answer of 4xx; those are the tests' own business.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(`${page.url()}: ${message.text()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.url()}: ${response.status()}`);
  });
  return complaints;
}

/** Fails on whatever axe calls serious or critical. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect
    .soft(
      grave.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html}`)),
      page.url(),
    )
    .toEqual([]);
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    // How hono/jsx writes attributes and void elements, thin spaces, and fields of several values: all valid HTML.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    'no-raw-characters': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit', 'reset'] }],
  },
});

/** Fails on markup that is not HTML: what is sent, not what the browser made of it. */
export async function expectValid(html: string, where: string): Promise<void> {
  const { results } = await validator.validateString(html);
  const found = results.flatMap((r) =>
    r.messages.map((m) => `${m.ruleId}: ${m.message} ${m.selector ?? ''}`),
  );
  expect.soft([...new Set(found)], where).toEqual([]);
}

/**
 * Bytes of a first load, gzip where it helps: the page as it was sent and all that the browser took for it, from its
 * cache too.
 */
export async function weigh({ page }: Person, html: string): Promise<number> {
  const taken = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...new Set(performance.getEntriesByType('resource').map((entry) => entry.name))];
  });
  const sizes = await Promise.all(
    taken.filter((url) => new URL(url).pathname.startsWith('/assets/')).map(sizeOf),
  );
  expect(sizes.length, `${page.url()} without its style`).toBeGreaterThan(0);
  return sizes.reduce((sum, size) => sum + size, lightest(Buffer.from(html)));
}

/** The shelf of styles, scripts, fonts and pictures: what lies under a name never changes. */
const sizes = new Map<string, Promise<number>>();

function sizeOf(url: string): Promise<number> {
  const known =
    sizes.get(url) ?? fetch(url).then(async (answer) => lightest(Buffer.from(await answer.arrayBuffer())));
  sizes.set(url, known);
  return known;
}

const lightest = (body: Buffer): number => Math.min(body.length, gzipSync(body).length);

/** More stops than any page has between two elements. */
const MOST_TABS = 250;

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let pressed = 0; pressed < MOST_TABS; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached by the keyboard: ${target}`);
}

/** Reaches a link, a button or a fold by Tab alone, and presses Enter on it. */
export const enterBy = async (page: Page, target: Locator): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
};

/** Reaches a field by Tab alone, and types over what is in it. */
export const typeBy = async (page: Page, target: Locator, text: string): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
};
