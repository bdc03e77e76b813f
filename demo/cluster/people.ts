/** The invented people of the demo. Every address ends in `.example`, which no mail server will ever answer for. */
import { slugOf } from '../../src/kernel/text.ts';
import { actor } from './companies.ts';
import { FICTIVE_COMPANIES } from './fictive-companies.ts';
import type { Account, DemoPerson, Role, RoleHeld, Trainee } from './types.ts';

const addressOf = (name: string, domain: string): string =>
  `${slugOf(name).replace('-', '.')}@${domain}.example`;

/** The delegate of each invented company; one person speaks for both companies of the Aubrion family. */
const DELEGATES: Readonly<Record<string, string>> = {
  larmance: 'Hélène Vauquelor',
  vercelane: 'Bertrand Aymeric-Solle',
  galmarin: 'Oriane Tessandier',
  fauvrelle: 'Cyprien Malandroux',
  trefolin: 'Noémie Barsacq',
  oudrenne: 'Thibault Ganderic',
  mervilloux: 'Sabine Ortolan',
  cassegrive: 'Rémi Jaubertin',
  brechaudon: 'Estelle Courvoye',
  sautreval: 'Ghislain Peyrolle',
  noirvaux: 'Agathe Limonest',
  hautecombelle: 'Florent Dussaugey',
  pelissandre: 'Mireille Cantegreil',
  talvassiere: 'Yvan Roquebleue',
  morvelon: 'Lison Archambel',
  jolivance: 'Quentin Severin-Faye',
  dardenoy: 'Marthe Coulevrine',
  rieucourbe: 'Gauthier Lespinel',
  lorimel: 'Apolline Derombies',
  brunevoix: 'Jeanne Brunevoix',
  grisandre: 'Sofiane Malterre',
  serezac: 'Colette Sérézac',
  tassoigne: 'Ludovic Hennebel',
  'valdorne-forges': 'Armelle Valdorne',
  'valdorne-usinage': 'Tristan Feuquerolle',
  marchefer: 'Odilon Marchefer',
  clairacier: 'Karine Doucelin',
  tournebise: 'Alban Perrichet',
  vifargent: 'Zélie Vifargent',
  perchemin: 'Honoré Perchemin',
  quirandeau: 'Maud Lantenois',
  etchenoux: 'Pascaline Etchenoux',
  ravenaud: 'Denis Ravenaud',
  ouchelet: 'Corentin Ouchelet',
  'aubrion-decolletage': 'Victoire Aubrion',
  'aubrion-outils': 'Victoire Aubrion',
  mirandel: 'Samir Mirandel',
  brassonne: 'Gisèle Brassonne',
  corvaine: 'Élie Corvaine',
  delaunelle: 'Pauline Delaunelle',
  grandoye: 'Anatole Grandoye',
};

const DEPUTIES: Readonly<Record<string, string>> = {
  larmance: 'Mathias Corbeille',
  vercelane: 'Ludivine Astorg',
  trefolin: 'Fabrice Quesnoy-Lart',
  rieucourbe: 'Bérengère Noguet',
  oudrenne: 'Salomé Tricard',
  'valdorne-forges': 'Kévin Maillefert',
};

const ACCOUNTS: Readonly<Record<string, Account>> = {
  'Solène Amblard-Roy': 'secretary',
  'Noémie Barsacq': 'treasurer',
  'Bertrand Aymeric-Solle': 'president',
  'Hélène Vauquelor': 'delegate-large',
  'Jeanne Brunevoix': 'delegate-small',
  'Thibault Ganderic': 'delegate-rival',
};

const ELECTED_ON = '2025-04-24';

/** The demo's own board, invented like its members; it has nothing to do with the published election. */
const BOARD: Readonly<Record<string, Role>> = {
  'Bertrand Aymeric-Solle': 'president',
  'Noémie Barsacq': 'treasurer',
  'Armelle Valdorne': 'board',
  'Estelle Courvoye': 'board',
  'Maud Lantenois': 'board',
  'Samir Mirandel': 'board',
  'Agathe Limonest': 'board',
};

/** Those who read and write in English. */
const ENGLISH = new Set(['Sofiane Malterre']);

const secretariat: readonly DemoPerson[] = ['Solène Amblard-Roy', 'Mathurin Delorge'].map((name) => ({
  slug: slugOf(name),
  name,
  email: addressOf(name, 'grappe-nogent'),
  lang: 'fr',
  roles: [{ role: 'secretary', company: null, startsOn: '2021-09-01' }],
  account: ACCOUNTS[name] ?? null,
}));

const nameOf = (table: Readonly<Record<string, string>>, company: string): readonly string[] =>
  table[company] === undefined ? [] : [table[company]];

const names = [
  ...new Set(
    FICTIVE_COMPANIES.flatMap(({ slug }) => [...nameOf(DELEGATES, slug), ...nameOf(DEPUTIES, slug)]),
  ),
];

const delegations = (name: string): readonly RoleHeld[] =>
  FICTIVE_COMPANIES.flatMap(({ slug, joinedOn }): readonly RoleHeld[] => [
    ...(DELEGATES[slug] === name ? [{ role: 'delegate', company: slug, startsOn: joinedOn } as const] : []),
    ...(DEPUTIES[slug] === name ? [{ role: 'deputy', company: slug, startsOn: ELECTED_ON } as const] : []),
  ]);

const companyPeople: readonly DemoPerson[] = names.map((name) => {
  const held = delegations(name);
  const employer = actor(held[0]!.company!).slug;
  const seat = BOARD[name];
  return {
    slug: slugOf(name),
    name,
    email: addressOf(name, employer),
    lang: ENGLISH.has(name) ? 'en' : 'fr',
    roles: seat === undefined ? held : [...held, { role: seat, company: employer, startsOn: ELECTED_ON }],
    account: ACCOUNTS[name] ?? null,
  };
});

/** The secretariat of two, then the delegates and deputies in the order of their companies. */
export const PEOPLE: readonly DemoPerson[] = [...secretariat, ...companyPeople];

const trainee = (company: string, name: string): Trainee => ({ id: slugOf(name), name, company });

/** Employees whom their companies named in a need. */
export const TRAINEES: readonly Trainee[] = [
  trainee('larmance', 'Amandine Loriquet'),
  trainee('larmance', 'Baptiste Ferrandaise'),
  trainee('larmance', 'Cassandre Oliphant'),
  trainee('brunevoix', 'Émile Brunevoix'),
  trainee('oudrenne', 'Faustine Rivoyre'),
  trainee('oudrenne', 'Gabin Montelimard'),
  trainee('quirandeau', 'Isaure Bellefontaine'),
  trainee('mirandel', 'Nadir Belcourt'),
  trainee('vercelane', 'Perrine Saulcourt'),
];
