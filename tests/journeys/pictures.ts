/** Takes the pictures of the documentation from a running demonstration: `npm run pictures -- http://127.0.0.1:3000`. */
import '../../src/runtime.ts';
import { join } from 'node:path';
import { launchBrowser } from '../browser.ts';

const url = process.argv[2] ?? 'http://127.0.0.1:3000';
const folder = join(import.meta.dirname, '../../docs/images');
const browser = await launchBrowser();

interface Picture {
  readonly account: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Links followed from the list of campaigns. */
  readonly way: readonly string[];
  /** The heading that the picture begins at; default the top of the page. */
  readonly from?: string;
}

async function take({ account, name, width, height, way, from }: Picture): Promise<void> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'fr-FR',
    viewport: { width, height },
    colorScheme: 'light',
  });
  const page = await context.newPage();
  await page.goto('/connexion');
  await page.locator(`button[name="account"][value="${account}"]`).click();
  await page.waitForURL('**/');
  await page.goto('/campagnes');
  for (const link of way) {
    await page.getByRole('link', { name: link }).first().click();
    await page.waitForLoadState();
  }
  await page.evaluate(() => document.fonts.ready);
  // The banner of the demonstration is in every page; the picture says so in its caption.
  await page.evaluate(() => document.querySelector('.banner')?.remove());
  const top =
    from === undefined ? 0 : (await page.getByRole('heading', { name: from }).boundingBox())!.y - 24;
  await page.screenshot({
    path: join(folder, `${name}.png`),
    fullPage: true,
    clip: { x: 0, y: top, width, height },
  });
  await context.close();
}

await take({
  account: 'secretary',
  name: 'plan',
  width: 1200,
  height: 900,
  way: ['Qualité et mesure', 'Plan'],
  from: 'La preuve',
});
await take({
  account: 'delegate-small',
  name: 'share',
  width: 390,
  height: 1100,
  way: ['Qualité et mesure', 'Lire votre part'],
});
await browser.close();
