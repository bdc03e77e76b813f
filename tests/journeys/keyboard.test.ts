/** The secretary's whole job without a mouse: a call, its dates, a freeze, a plan with a what-if, the offer. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enterBy, openStage, type Person, type Stage, tabTo, typeBy } from './stage.ts';

const TITLE = 'Sans souris';
const COURSE = 'Ergonomie du poste';

let stage: Stage;
let secretary: Person;
beforeAll(async () => {
  stage = await openStage();
  secretary = await stage.enter('secretary');
});
afterAll(() => stage?.close());

const inDays = (days: number): Temporal.PlainDate => Temporal.Now.plainDateISO('Europe/Paris').add({ days });

const link = (name: string) => secretary.page.getByRole('link', { name, exact: true }).first();
const button = (name: string) => secretary.page.getByRole('button', { name, exact: true }).first();
const field = (name: string) => secretary.page.getByLabel(name, { exact: true }).first();
const fold = (name: string) => secretary.page.locator('summary', { hasText: name }).first();
const told = (sentence: string | RegExp) => secretary.page.getByText(sentence).first().waitFor();

/** A date field is typed as the browser shows it: the day first, or the month, as the machine's language has it. */
async function dateBy(name: string, day: Temporal.PlainDate): Promise<void> {
  const { keyboard } = secretary.page;
  await tabTo(secretary.page, field(name));
  const two = (n: number): string => String(n).padStart(2, '0');
  for (const typed of [`${two(day.day)}${two(day.month)}`, `${two(day.month)}${two(day.day)}`]) {
    for (let part = 0; part < 2; part++) await keyboard.press('ArrowLeft');
    await keyboard.type(`${typed}${day.year}`);
    if ((await field(name).inputValue()) === day.toString()) return;
  }
  throw new Error(`${name} does not take ${day}`);
}

it('opens a campaign', async () => {
  const { page } = secretary;
  await page.goto('/');
  await enterBy(page, link('Campagnes'));
  await enterBy(page, link('Nouvelle campagne'));
  await typeBy(page, field('Titre'), TITLE);
  await page.keyboard.press('Enter');
  await told(/^Le brouillon est créé/);

  await enterBy(page, link('Ajouter une formation'));
  await typeBy(page, field('Intitulé'), COURSE);
  await typeBy(page, field('Durée, en heures'), '7');
  await typeBy(page, field('Demi-journées'), '2');
  await typeBy(page, page.getByLabel('Prix d’une place ailleurs').first(), '600');
  await enterBy(page, button('Enregistrer'));
  await told('Enregistré.');

  await enterBy(page, link('Ajouter une offre'));
  await tabTo(page, field('Formation'));
  await page.keyboard.type('Ergo');
  await typeBy(page, field('Organisme de formation'), 'Atelier du Geste');
  await typeBy(page, field('Prix d’une session'), '1500');
  await typeBy(page, field('Places au moins'), '3');
  await typeBy(page, field('Places au plus'), '9');
  await typeBy(page, field('Premiers jours possibles'), inDays(45).toString());
  await typeBy(page, field('Ville'), 'Nogent');
  await enterBy(page, button('Enregistrer'));
  await told('Enregistré.');

  await enterBy(page, link('Retour à la campagne'));
  await dateBy('Besoins attendus jusqu’au', inDays(9));
  await enterBy(page, button('Enregistrer les dates'));
  await told('Les dates sont enregistrées.');
  await enterBy(page, button('Ouvrir la campagne'));
  await told('La campagne est ouverte. Les délégués ont été prévenus.');
});

it('enters needs by phone, freezes, plans, tries a what-if, chooses and offers', async () => {
  const { page } = secretary;
  for (const [company, seats] of [
    ['Larmance', '3'],
    ['Oudrenne', '2'],
  ] as const) {
    await enterBy(page, link('Saisir un besoin reçu par téléphone'));
    await tabTo(page, field('Entreprise'));
    await page.keyboard.type(company);
    await tabTo(page, field('Formation'));
    await page.keyboard.type('Ergo');
    await typeBy(page, field('Places'), seats);
    await enterBy(page, button('Enregistrer le besoin'));
    await told('Besoin enregistré, marqué « téléphone ».');
  }
  await enterBy(page, button('Figer les besoins'));
  await told('Les besoins sont figés. Demandez le plan.');
  const campaign = page.url();

  await typeBy(page, page.locator('#ask').getByLabel('Nom du plan'), 'Premier');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'La preuve' }).waitFor({ timeout: 45_000 });

  await page.goto(campaign);
  await enterBy(page, fold('Hypothèses'));
  await typeBy(page, field('Nom de l’hypothèse'), 'Nucléole');
  await page.keyboard.press('Enter');
  await told(/^L’hypothèse est créée/);
  await tabTo(page, field('Règle de partage'));
  await page.keyboard.type('Nucl');
  await enterBy(page, page.locator('#settings-form').getByRole('button'));
  await told('Enregistré.');

  await page.goto(campaign);
  await enterBy(page, link('Premier'));
  await enterBy(page, button('Choisir ce plan'));
  await told(/^Le plan est choisi/);
  await enterBy(page, button('Proposer les parts'));
  await told('Les parts sont proposées. Les délégués ont été prévenus.');
  expect(secretary.complaints).toEqual([]);
});
