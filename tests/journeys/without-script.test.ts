/** The same job in English and with scripts off, from an empty call to a share read on paper. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage, type Person, type Stage } from './stage.ts';

const TITLE = 'Laser marking';
const COURSE = 'Laser safety';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const inDays = (days: number): string => Temporal.Now.plainDateISO('Europe/Paris').add({ days }).toString();

const press = (page: Page, button: string): Promise<void> =>
  page.getByRole('button', { name: button, exact: true }).first().click();
const follow = (page: Page, link: string): Promise<void> =>
  page.getByRole('link', { name: link, exact: true }).first().click();
const told = (page: Page, sentence: string | RegExp): Promise<void> =>
  page.getByText(sentence).first().waitFor();

async function open({ page }: Person): Promise<void> {
  await page.goto('/campagnes');
  await follow(page, TITLE);
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
}

async function need(person: Person, seats: string): Promise<void> {
  const { page } = person;
  await open(person);
  await follow(page, 'Add a need');
  await page.getByLabel('Course', { exact: true }).selectOption({ label: COURSE });
  await page.getByLabel('Seats', { exact: true }).fill(seats);
  await press(page, 'Save the need');
  await told(page, /^Need saved\. Your competitors will never see it\./);
}

it('goes from a call to shares without a script', async () => {
  const seat = { lang: 'en', script: false } as const;
  const secretary = await stage.enter('secretary', seat);
  const { page } = secretary;

  await page.goto('/campagnes');
  await follow(page, 'New campaign');
  await page.getByLabel('Title', { exact: true }).fill(TITLE);
  await press(page, 'Create the draft');
  await told(page, 'The draft is created. Add the courses and the offers.');

  await follow(page, 'Add a course');
  await page.getByLabel('Title', { exact: true }).fill(COURSE);
  await page.getByLabel('Length, in hours').fill('7');
  await page.getByLabel('Half-days').fill('2');
  await page.getByLabel('Price of a seat elsewhere').fill('600');
  await press(page, 'Save');
  await follow(page, 'Add an offer');
  await page.getByLabel('Course', { exact: true }).selectOption({ label: COURSE });
  await page.getByLabel('Training provider').fill('Atelier Lumière');
  await page.getByLabel('Price of a session').fill('1500');
  await page.getByLabel('Seats at least').fill('3');
  await page.getByLabel('Seats at most').fill('10');
  // A day that does not exist: refused beside its field, everything else still typed.
  await page.getByLabel('Possible first days').fill('2027-02-31');
  await page.getByLabel('Town', { exact: true }).fill('Nogent');
  await press(page, 'Save');
  await told(page, /There is no such date/);
  expect(await page.getByLabel('Training provider').inputValue()).toBe('Atelier Lumière');
  await page.getByLabel('Possible first days').fill(inDays(45));
  await press(page, 'Save');
  await told(page, 'Saved.');
  await follow(page, 'Back to the campaign');

  // Not before its dates are set, and the page says so.
  await press(page, 'Open the campaign');
  await page.locator('.notice-refusal').waitFor();
  await page.getByLabel('Needs expected by').fill(inDays(7));
  await press(page, 'Save the dates');
  await press(page, 'Open the campaign');
  await told(page, 'The campaign is open. The delegates have been told.');

  const large = await stage.enter('delegate-large', seat);
  const small = await stage.enter('delegate-small', { ...seat, width: 390 });
  await need(large, '4');
  await need(small, '1');
  expect(await large.page.content()).not.toContain('1 seat<');

  await open(secretary);
  await press(page, 'Freeze the needs');
  await told(page, 'The needs are frozen. Ask for the plan.');
  await page.locator('#ask').getByLabel('Time to compute, in seconds').fill('4');
  await page.locator('#ask').getByRole('button').click();
  // Without a script the page offers to be read again, until the plan is there.
  const proof = page.getByRole('heading', { name: 'The proof' });
  while ((await proof.count()) === 0) await follow(page, 'Refresh the page');
  await told(page, 'Verified');
  await press(page, 'Choose this plan');
  await press(page, 'Offer the shares');
  await told(page, 'The shares are offered. The delegates have been told.');

  for (const [person, seats] of [
    [large, '4 seats'],
    [small, '1 seat'],
  ] as const) {
    await open(person);
    await follow(person.page, 'Read your share');
    await told(person.page, /^Alone, your company would pay/);
    expect(await person.page.locator('main').textContent()).toContain(seats);
    // For the boss: on paper there is the share, not the way to it.
    await person.page.emulateMedia({ media: 'print' });
    expect(await person.page.getByRole('navigation').first().isVisible()).toBe(false);
    expect(await person.page.getByText(/^Alone, your company would pay/).isVisible()).toBe(true);
  }
  for (const person of [secretary, large, small]) {
    expect(person.complaints).toEqual([]);
    await person.leave();
  }
}, 180_000);
