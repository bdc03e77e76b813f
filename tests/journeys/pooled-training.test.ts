/**
 * From private training needs to shares that everybody can defend, on the screens alone: the secretary, two rival
 * delegates (one by keyboard alone), a small company on a phone, and the president.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterBy, expectAccessible, openStage, type Person, type Stage, tabTo } from './stage.ts';

const TITLE = 'Implants et titane, printemps';
const ISO = 'ISO 13485 : le système qualité des dispositifs médicaux';
const CMM = 'Métrologie tridimensionnelle';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

/** An ISO day so many days from now: dates of the demonstration are relative too. */
const inDays = (days: number): string => Temporal.Now.plainDateISO('Europe/Paris').add({ days }).toString();

const open = async (person: Person, title = TITLE): Promise<void> => {
  await person.go('/campagnes');
  await person.page.getByRole('link', { name: title, exact: true }).click();
  await person.page.getByRole('heading', { level: 1, name: title }).waitFor();
};

const press = (page: Page, button: string): Promise<void> =>
  page.getByRole('button', { name: button, exact: true }).first().click();

const follow = (page: Page, link: string): Promise<void> =>
  page.getByRole('link', { name: link, exact: true }).first().click();

const told = (page: Page, sentence: string | RegExp): Promise<void> =>
  page.getByText(sentence).first().waitFor();

/** Opens what is folded under a title. */
const unfold = (page: Page, title: string): Promise<void> =>
  page.locator('summary', { hasText: title }).first().click();

/** What is read there, spaces made plain: thin and no-break spaces are typography. */
const read = async (place: Locator): Promise<string> =>
  (await place.allInnerTexts()).join('\n').replace(/[^\S\n]+/g, ' ');
const said = async (page: Page): Promise<string> => (await read(page.locator('main'))).replaceAll('\n', ' ');
/** The company that a delegate's home page names. */
const companyOf = async ({ page }: Person): Promise<string> =>
  /^Délégué, (.+)$/m.exec(await read(page.locator('main')))![1]!;

describe('a training campaign', () => {
  let secretary: Person;
  let large: Person;
  let rival: Person;
  let small: Person;
  let president: Person;
  const names = { large: '', rival: '', small: '' };
  /** What each delegate read as its own amount. */
  const paid: string[] = [];

  beforeAll(async () => {
    secretary = await stage.enter('secretary');
    large = await stage.enter('delegate-large');
    small = await stage.enter('delegate-small', { width: 390, theme: 'dark' });
    president = await stage.enter('president');
    names.large = await companyOf(large);
    names.small = await companyOf(small);
  });

  it('is called again from a former one in two clicks, changed and opened', async () => {
    const { page } = secretary;
    await open(secretary, 'Dispositifs médicaux et titane');
    await press(page, 'Repartir de celle-ci');
    await told(page, /^Le brouillon est créé/);
    await expectAccessible(page);

    await unfold(page, 'Titre de la campagne');
    await page.getByLabel('Titre de la campagne').fill(TITLE);
    await page.locator('#title-form').getByRole('button').click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();

    await follow(page, 'Compléter l’appel');
    await follow(page, ISO);
    await page.getByLabel('Prix d’une place ailleurs').fill('douze');
    await press(page, 'Enregistrer');
    await told(page, 'Indiquez un montant en euros, par exemple 1 250 ou 1 250,50.');
    expect(await page.getByLabel('Prix d’une place ailleurs').inputValue()).toBe('douze');
    await expectAccessible(page);
    await page.getByLabel('Prix d’une place ailleurs').fill('1 250,50');
    await press(page, 'Enregistrer');
    await told(page, 'Enregistré.');

    await follow(page, `${ISO} – Qualivance Bassigny, Nogent`);
    await page.getByLabel('Prix d’une session').fill('3150');
    await page.getByLabel('Premiers jours possibles').fill(`${inDays(60)}\n${inDays(67)}`);
    await press(page, 'Enregistrer');
    await told(page, 'Enregistré.');
    await expectAccessible(page);
    await follow(page, 'Retour à la campagne');

    await page.getByLabel('Besoins attendus jusqu’au').fill(inDays(10));
    await page.getByLabel('Plan proposé le').fill(inDays(15));
    await press(page, 'Enregistrer les dates');
    await told(page, 'Les dates sont enregistrées.');
    await press(page, 'Ouvrir la campagne');
    await told(page, 'La campagne est ouverte. Les délégués ont été prévenus.');
    await expectAccessible(page);
  });

  it('takes the need of a delegate, which says what was kept and who will see it', async () => {
    const { page } = large;
    await large.go('/');
    await page.getByText(`Répondre à « ${TITLE} »`).waitFor();
    await open(large);
    await follow(page, 'Ajouter un besoin');
    await expectAccessible(page);
    await page.getByLabel('Formation', { exact: true }).selectOption({ label: ISO });
    await page.getByLabel('Places', { exact: true }).fill('4');
    await page.getByLabel('Prix plafond par place').fill('900');
    await press(page, 'Enregistrer le besoin');
    await told(page, /Besoin enregistré\. Vos concurrents ne le verront jamais\. Le plan sera proposé le/);
    expect(await said(page)).toContain('4 places');
    await expectAccessible(page);
  });

  it('takes the need of a rival who uses the keyboard alone, and shows it nothing of the other', async () => {
    rival = await stage.enter('visitor');
    const { page } = rival;
    await rival.go('/');
    await enterBy(page, page.getByRole('link', { name: 'Se connecter' }).first());
    await enterBy(page, page.locator('button[value="delegate-rival"]'));
    await page.getByRole('heading', { level: 1, name: /^Bonjour/ }).waitFor();
    names.rival = await companyOf(rival);

    // The first stop of every page leads past the menu.
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Aller au contenu');
    await enterBy(page, page.getByRole('link', { name: 'Campagnes', exact: true }).first());
    await enterBy(page, page.getByRole('link', { name: TITLE, exact: true }));
    await enterBy(page, page.getByRole('link', { name: 'Ajouter un besoin' }).first());

    await tabTo(page, page.getByLabel('Formation', { exact: true }));
    await page.keyboard.type('ISO');
    await tabTo(page, page.getByLabel('Places', { exact: true }));
    await page.keyboard.type('3');
    await tabTo(page, page.getByLabel('Toutes les places dans la même session'));
    await page.keyboard.press('Space');
    await enterBy(page, page.getByRole('button', { name: 'Enregistrer le besoin' }));
    await told(page, /Besoin enregistré/);

    const seen = await said(page);
    expect(seen).toContain('3 places');
    expect(seen).not.toContain('4 places');
    expect(await page.content()).not.toContain(names.large);
    await expectAccessible(page);
    // Nor does the other see this one.
    await open(large);
    expect(await said(large.page)).not.toContain('3 places');
    expect(await large.page.content()).not.toContain(names.rival);
  });

  it('takes a need from a phone, changed afterwards, and a condition that is not yet met', async () => {
    const { page } = small;
    await open(small);
    await follow(page, 'Ajouter un besoin');
    await page.getByLabel('Formation', { exact: true }).selectOption({ label: ISO });
    await page.getByLabel('Places', { exact: true }).fill('1');
    await page.getByLabel(/^Seulement si au moins/).fill('3');
    await press(page, 'Enregistrer le besoin');
    await told(page, /Besoin enregistré/);
    await told(page, 'condition pas encore remplie');
    await follow(page, 'Modifier');
    await page.getByLabel('Places', { exact: true }).fill('2');
    await press(page, 'Enregistrer le besoin');
    await told(page, 'Enregistré.');
    expect(await said(page)).toContain('2 places');
    await expectAccessible(page);
  });

  it('takes needs by phone and from a sheet, and reminds those who are silent', async () => {
    const { page } = secretary;
    await open(secretary);
    await follow(page, 'Saisir un besoin reçu par téléphone');
    await page.getByLabel('Entreprise', { exact: true }).selectOption({ label: 'Pélissandre Médical' });
    await page.getByLabel('Formation', { exact: true }).selectOption({ label: ISO });
    await page.getByLabel('Places', { exact: true }).fill('2');
    await press(page, 'Enregistrer le besoin');
    await told(page, 'Besoin enregistré, marqué « téléphone ».');

    await follow(page, 'Importer un fichier');
    const lines = [
      'Entreprise;Formation;Places',
      `Larmance Implants;${ISO};1`,
      `Tournebise Aéro;${CMM};3`,
      `Vercelane Orthopédie;${CMM};2`,
      `Personne SARL;${CMM};2`,
    ];
    await page.getByLabel('Fichier').setInputFiles({
      name: 'besoins.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8'),
    });
    await press(page, 'Lire le fichier');
    await told(page, '3 besoins à ajouter');
    await told(page, 'Cette entreprise n’est pas membre aujourd’hui.');
    await expectAccessible(page);
    await press(page, 'Confirmer l’ajout');
    await told(page, '3 besoins ajoutés.');

    await press(page, 'Relancer les silencieuses');
    await told(page, /entreprises? relancées?\./);
    await expectAccessible(page);
    expect(await said(page)).toContain('téléphone');
  });

  it('shows the president protected totals only', async () => {
    const { page } = president;
    await open(president);
    const html = await page.content();
    for (const name of [names.large, names.rival, names.small, 'Pélissandre Médical', 'Tournebise Aéro'])
      expect(html).not.toContain(name);
    expect(await said(page)).not.toMatch(/\b[1-9]\d* places?\b/);
    await expectAccessible(page);
    const campaign = new URL(page.url()).pathname;
    for (const path of ['/besoins/nouveau', '/appel', '/comparer', '/besoins.csv'])
      expect([403, 404], path).toContain(await president.go(`${campaign}${path}`));
  });

  it('is frozen and planned, while one watches', async () => {
    const { page } = secretary;
    await open(secretary);
    await press(page, 'Figer les besoins');
    await told(page, 'Les besoins sont figés. Demandez le plan.');
    await page.locator('#ask').getByLabel('Nom du plan').fill('Premier plan');
    await page.locator('#ask').getByLabel('Temps de calcul, en secondes').fill('6');
    await page.locator('#ask').getByRole('button').click();
    await told(page, 'Le plan est demandé.');
    // Nobody reloads: the page itself follows the work to its end.
    await page.getByRole('heading', { name: 'La preuve' }).waitFor({ timeout: 45_000 });
    await told(page, 'Vérifié');
    const seen = await said(page);
    expect(seen).toContain('Chaque chiffre a été recompté par un vérificateur indépendant du calcul.');
    expect(seen).toMatch(/le meilleur plan possible, prouvé|au plus à [\d,]+ % du meilleur plan possible/);
    for (const name of [names.large, names.rival, names.small]) expect(seen).toContain(name);
    await expectAccessible(page);
  });

  it('is planned otherwise in a what-if, compared, chosen and offered', async () => {
    const { page } = secretary;
    await open(secretary);
    await unfold(page, 'Hypothèses');
    await page.getByLabel('Nom de l’hypothèse').fill('Nucléole');
    await press(page, 'Nouvelle hypothèse');
    await told(page, /^L’hypothèse est créée/);
    await page.getByLabel('Règle de partage').selectOption('nucleolus');
    await page.locator('#settings-form').getByRole('button').click();
    await told(page, 'Enregistré.');
    await expectAccessible(page);

    await open(secretary);
    await unfold(page, 'Demander un plan');
    await page
      .locator('#ask')
      .getByLabel('Sur', { exact: true })
      .selectOption({ label: 'Hypothèse « Nucléole »' });
    await page.locator('#ask').getByLabel('Nom du plan').fill('Autre partage');
    await page.locator('#ask').getByLabel('Temps de calcul, en secondes').fill('6');
    await page.locator('#ask').getByRole('button').click();
    await page.getByRole('heading', { name: 'La preuve' }).waitFor({ timeout: 45_000 });

    await open(secretary);
    await follow(page, 'Comparer');
    await page.getByRole('heading', { level: 1, name: 'Comparer deux plans' }).waitFor();
    const compared = await said(page);
    for (const word of ['Premier plan', 'Autre partage', 'Nucléole', 'Shapley', names.large])
      expect(compared).toContain(word);
    await expectAccessible(page);

    await open(secretary);
    await follow(page, 'Premier plan');
    await press(page, 'Choisir ce plan');
    await told(page, /^Le plan est choisi/);
    await press(page, 'Proposer les parts');
    await told(page, 'Les parts sont proposées. Les délégués ont été prévenus.');
    await expectAccessible(page);
  });

  it('tells each delegate its own share and the reason, as the secretary sees it', async () => {
    await open(secretary);
    await follow(secretary.page, 'Premier plan');
    const shares = secretary.page.locator('section[aria-labelledby="shares"] table tbody tr');
    for (const [person, name] of [
      [large, names.large],
      [rival, names.rival],
      [small, names.small],
    ] as const) {
      const { page } = person;
      await open(person);
      await follow(page, 'Lire votre part');
      await page.getByRole('heading', { level: 1, name: `${name} : votre part de « ${TITLE} »` }).waitFor();
      const seen = await said(page);
      expect(seen).toContain('Seule, votre entreprise paierait');
      await unfold(page, 'Comment c’est calculé');
      const own = /Votre part du prix des sessions : ([\d ,]+€)/.exec(await said(page))![1]!;
      const line = await read(shares.filter({ hasText: name }));
      expect(line).toContain(own);
      paid.push(own);
      const html = await page.content();
      for (const other of [names.large, names.rival, names.small].filter((n) => n !== name))
        expect(html).not.toContain(other);
      await expectAccessible(page);
    }
    expect(new Set(paid).size).toBeGreaterThan(1);
    // An officer reads no share; a delegate reads no plan.
    await open(president);
    const seen = await president.page.content();
    for (const own of paid) expect(seen.replace(/\s+/g, ' ')).not.toContain(own);
    const plan = new URL(secretary.page.url()).pathname;
    for (const person of [president, large, rival]) expect([403, 404]).toContain(await person.go(plan));
  });

  it('leaves its story in the journal, and nobody’s browser complained', async () => {
    await secretary.go('/journal');
    const story = await said(secretary.page);
    expect(story).toContain(TITLE);
    await expectAccessible(secretary.page);
    for (const person of [secretary, large, rival, small, president]) {
      expect(person.complaints).toEqual([]);
      await person.leave();
    }
  });
});
