/**
 * Four training campaigns, one in each state that has something to show. All companies,
 * people, providers and prices are invented; dates are relative to the day the store is seeded.
 */
import { type CampaignTold, compose } from './compose.ts';
import type { DemoCampaign } from './types.ts';

/** Answers come in: the deadline is two weeks ahead, about a third of the companies have answered. */
const OPEN: CampaignTold = {
  slug: 'dispositifs-medicaux-titane',
  title: 'Dispositifs médicaux et titane',
  introduction:
    'Trois formations demandées par vos ateliers : ISO 13485, soudage du titane, métrologie. Dites vos besoins ; vos concurrents ne les verront jamais.',
  state: 'open',
  dates: [{ opens: -12, answersBy: 14, plan: 19, acceptBy: 30, decided: -15 }],
  reached: [],
  sharing: 'shapley',
  answeredNone: ['serezac', 'vifargent', 'grandoye'],
  courses: [
    {
      course: 'iso-13485',
      starts: { a: [9, 2], b: [10, 4], c: [12, 2] },
      offers: [
        {
          fixed: 3300,
          perSeat: 40,
          seats: [5, 10],
          on: 'ac',
          trainer: 'maelys-corbenay',
          room: 'nogent-lames',
        },
        {
          fixed: 3050,
          perSeat: 40,
          seats: [4, 8],
          on: 'bc',
          trainer: 'maelys-corbenay',
          room: 'langres-tours',
        },
      ],
      needs: [
        { company: 'larmance', seats: 3, on: 'ac', to: ['nogent', 'langres'] },
        { company: 'lorimel', seats: 1, ceiling: 480 },
        { company: 'pelissandre', seats: 2, on: 'bc' },
        { company: 'oudrenne', seats: 2, on: 'a', to: ['nogent'] },
        { company: 'sautreval', seats: 2, to: ['langres'], together: true },
        {
          company: 'brunevoix',
          seats: 1,
          ifCompanies: 5,
          note: 'Une personne, si le groupe est assez grand.',
        },
      ],
    },
    {
      course: 'titanium-welding',
      starts: { a: [10, 1], b: [13, 1] },
      offers: [
        {
          fixed: 6900,
          perSeat: 180,
          seats: [4, 6],
          on: 'ab',
          trainer: 'joris-amberlin',
          room: 'saint-dizier-cabines',
        },
        {
          fixed: 7600,
          perSeat: 180,
          seats: [4, 8],
          on: 'b',
          trainer: 'clemence-hautrive',
          room: 'chaumont-cabines',
        },
      ],
      needs: [
        { company: 'mirandel', seats: 2, people: ['nadir-belcourt'] },
        { company: 'clairacier', seats: 2, to: ['saint-dizier'] },
        { company: 'mervilloux', seats: 1, on: 'b', channel: 'phone' },
      ],
    },
    {
      course: 'cmm',
      starts: { a: [11, 2], b: [12, 1] },
      offers: [
        {
          fixed: 5200,
          perSeat: 60,
          seats: [4, 8],
          on: 'ab',
          trainer: 'theodora-lanvier',
          room: 'chaumont-metrologie',
        },
      ],
      needs: [
        { company: 'tournebise', seats: 2 },
        { company: 'larmance', seats: 2, on: 'b', people: ['cassandre-oliphant'] },
        { company: 'aubrion-decolletage', seats: 1, wish: true },
        { company: 'vercelane', seats: 2, channel: 'import' },
      ],
    },
  ],
};

/** The deadline has passed: the secretary's next gesture is to ask for the plan. */
const FROZEN: CampaignTold = {
  slug: 'ateliers-et-audits',
  title: 'Ateliers et audits',
  introduction:
    'Lean, audit interne EN 9100, règlement des dispositifs médicaux, contrôle visuel : les besoins sont figés, le plan arrive.',
  state: 'frozen',
  dates: [{ opens: -30, answersBy: -2, plan: 3, acceptBy: 14, decided: -33 }],
  reached: [{ state: 'frozen', day: -1 }],
  sharing: 'shapley',
  answeredNone: ['perchemin', 'grisandre', 'clairacier', 'serezac', 'corvaine'],
  courses: [
    {
      course: 'lean',
      starts: { a: [5, 2], b: [6, 4], c: [7, 1] },
      offers: [
        {
          fixed: 3650,
          perSeat: 35,
          seats: [5, 10],
          on: 'ab',
          trainer: 'ambre-solignac',
          room: 'langres-remparts',
        },
        {
          fixed: 3850,
          perSeat: 35,
          seats: [5, 10],
          on: 'bc',
          trainer: 'lucien-passavent',
          room: 'nogent-meules',
        },
      ],
      needs: [
        { company: 'galmarin', seats: 4, to: ['nogent'], together: true },
        { company: 'trefolin', seats: 3, on: 'ab' },
        { company: 'etchenoux', seats: 2, to: ['langres'] },
        { company: 'valdorne-forges', seats: 3, on: 'bc' },
        { company: 'valdorne-usinage', seats: 1, on: 'bc' },
        { company: 'ravenaud', seats: 1, ceiling: 520 },
        { company: 'brassonne', seats: 1, to: ['langres'], wish: true, channel: 'phone' },
        { company: 'quirandeau', seats: 2, to: ['nogent'] },
        { company: 'delaunelle', seats: 1, ifCompanies: 6 },
      ],
    },
    {
      course: 'en9100-audit',
      starts: { a: [6, 1], b: [8, 3] },
      offers: [
        {
          fixed: 3400,
          perSeat: 45,
          seats: [4, 8],
          on: 'ab',
          trainer: 'gaspard-vaulnois',
          room: 'chaumont-viaduc',
        },
      ],
      needs: [
        { company: 'tournebise', seats: 2 },
        { company: 'marchefer', seats: 1, on: 'a' },
        { company: 'ouchelet', seats: 2, on: 'a' },
        { company: 'delaunelle', seats: 1 },
        { company: 'quirandeau', seats: 1, on: 'b', wish: true },
        {
          company: 'mirandel',
          seats: 1,
          on: 'ab',
          ifCompanies: 8,
          note: 'Seulement si nous sommes nombreux.',
        },
      ],
    },
    {
      course: 'mdr',
      starts: { a: [5, 4], b: [7, 4] },
      offers: [
        {
          fixed: 2600,
          perSeat: 20,
          seats: [5, 12],
          on: 'ab',
          trainer: 'maelys-corbenay',
          room: 'nogent-lames',
        },
      ],
      needs: [
        { company: 'larmance', seats: 3, people: ['amandine-loriquet', 'baptiste-ferrandaise'] },
        { company: 'cassegrive', seats: 1, on: 'b' },
        { company: 'noirvaux', seats: 2 },
        { company: 'oudrenne', seats: 1, on: 'b' },
        { company: 'brunevoix', seats: 1, on: 'b', ceiling: 320 },
        { company: 'jolivance', seats: 2, on: 'ab' },
        { company: 'trefolin', seats: 1, wish: true },
        { company: 'fauvrelle', seats: 2, on: 'a', channel: 'phone' },
      ],
    },
    {
      course: 'visual-inspection',
      starts: { a: [6, 3] },
      offers: [
        {
          fixed: 1350,
          perSeat: 15,
          seats: [4, 8],
          on: 'a',
          trainer: 'anselme-coudrier',
          room: 'nogent-enclume',
        },
      ],
      needs: [
        { company: 'cassegrive', seats: 3 },
        { company: 'galmarin', seats: 3 },
        { company: 'noirvaux', seats: 1 },
        { company: 'fauvrelle', seats: 2, together: true },
      ],
    },
  ],
};

/** A plan is ready, checked, and waits for the secretary to offer it. */
const PLANNED: CampaignTold = {
  slug: 'soudage-et-procedes',
  title: 'Soudage et procédés',
  introduction:
    'Soudage du titane, validation du nettoyage, habilitations électriques : le plan est calculé, il sera proposé cette semaine.',
  state: 'planned',
  dates: [{ opens: -42, answersBy: -12, plan: -6, acceptBy: 12, decided: -45 }],
  reached: [
    { state: 'frozen', day: -11 },
    { state: 'planned', day: -5 },
  ],
  sharing: 'shapley',
  subsidyPerSeat: 30,
  answeredNone: ['vifargent', 'perchemin', 'delaunelle', 'serezac'],
  courses: [
    {
      course: 'titanium-welding',
      starts: { a: [5, 1], b: [7, 1] },
      offers: [
        {
          fixed: 6900,
          perSeat: 180,
          seats: [4, 6],
          on: 'ab',
          trainer: 'joris-amberlin',
          room: 'saint-dizier-cabines',
        },
        {
          fixed: 7600,
          perSeat: 180,
          seats: [4, 8],
          on: 'a',
          trainer: 'clemence-hautrive',
          room: 'chaumont-cabines',
        },
      ],
      needs: [
        { company: 'mirandel', seats: 2, people: ['nadir-belcourt'] },
        { company: 'larmance', seats: 2, on: 'a', to: ['chaumont'] },
        { company: 'mervilloux', seats: 2, to: ['chaumont'] },
        { company: 'clairacier', seats: 3, to: ['saint-dizier'] },
        { company: 'pelissandre', seats: 1, on: 'a', to: ['chaumont'] },
        { company: 'brassonne', seats: 1, on: 'b', wish: true },
      ],
    },
    {
      course: 'cleaning-validation',
      starts: { a: [5, 3], b: [6, 2] },
      offers: [
        {
          fixed: 2050,
          perSeat: 25,
          seats: [4, 9],
          on: 'ab',
          trainer: 'gaspard-vaulnois',
          room: 'nogent-meules',
        },
        {
          fixed: 1950,
          perSeat: 25,
          seats: [4, 9],
          on: 'b',
          trainer: 'anselme-coudrier',
          room: 'langres-remparts',
        },
      ],
      needs: [
        { company: 'noirvaux', seats: 2, on: 'a' },
        { company: 'jolivance', seats: 3, to: ['langres'] },
        { company: 'larmance', seats: 2, people: ['amandine-loriquet', 'baptiste-ferrandaise'] },
        { company: 'oudrenne', seats: 1, on: 'ab', people: ['faustine-rivoyre'] },
        { company: 'brunevoix', seats: 1, ceiling: 420, people: ['emile-brunevoix'] },
        { company: 'fauvrelle', seats: 2, on: 'a', together: true },
        { company: 'trefolin', seats: 2, to: ['langres', 'nogent'] },
        { company: 'sautreval', seats: 1, on: 'b', to: ['langres'] },
      ],
    },
    {
      course: 'electrical',
      starts: { a: [4, 4], b: [6, 1] },
      offers: [
        {
          fixed: 2250,
          perSeat: 25,
          seats: [6, 10],
          on: 'ab',
          trainer: 'ines-tourvelle',
          room: 'chaumont-viaduc',
        },
      ],
      needs: [
        { company: 'valdorne-forges', seats: 3, on: 'a' },
        { company: 'vercelane', seats: 2, people: ['perrine-saulcourt'] },
        { company: 'ravenaud', seats: 1 },
        { company: 'etchenoux', seats: 2, on: 'a' },
        { company: 'grandoye', seats: 1, ceiling: 120, note: 'Notre budget s’arrête là.' },
        { company: 'hautecombelle', seats: 2, on: 'b' },
        { company: 'marchefer', seats: 1, on: 'a', channel: 'phone' },
      ],
    },
  ],
};

/** Shares are on the delegates' pages. The deadline had been moved once, at the members' request. */
const OFFERED: CampaignTold = {
  slug: 'qualite-et-mesure',
  title: 'Qualité et mesure',
  introduction:
    'ISO 13485, métrologie tridimensionnelle, lecture de plans : chacun lit sa part, son économie et ce qui l’explique.',
  state: 'offered',
  dates: [
    { opens: -58, answersBy: -34, plan: -28, acceptBy: -14, decided: -61 },
    {
      opens: -58,
      answersBy: -22,
      plan: -15,
      acceptBy: 7,
      decided: -36,
      reason: 'Délai de réponse prolongé à la demande de plusieurs adhérents, en pleine clôture annuelle.',
    },
  ],
  reached: [
    { state: 'frozen', day: -21 },
    { state: 'planned', day: -14 },
    { state: 'offered', day: -6 },
  ],
  sharing: 'shapley',
  answeredNone: ['vifargent', 'grandoye', 'serezac', 'corvaine', 'clairacier', 'brassonne'],
  courses: [
    {
      course: 'iso-13485',
      starts: { a: [4, 2], b: [5, 4], c: [6, 2] },
      offers: [
        {
          fixed: 3300,
          perSeat: 40,
          seats: [5, 10],
          on: 'ac',
          trainer: 'maelys-corbenay',
          room: 'nogent-lames',
        },
        {
          fixed: 3050,
          perSeat: 40,
          seats: [4, 8],
          on: 'b',
          trainer: 'maelys-corbenay',
          room: 'langres-tours',
        },
      ],
      needs: [
        { company: 'larmance', seats: 4, on: 'ac', people: ['amandine-loriquet', 'cassandre-oliphant'] },
        { company: 'vercelane', seats: 3, on: 'ab', together: true },
        { company: 'galmarin', seats: 2, on: 'a' },
        { company: 'oudrenne', seats: 2, to: ['nogent'], people: ['faustine-rivoyre', 'gabin-montelimard'] },
        { company: 'brunevoix', seats: 1, ceiling: 560, people: ['emile-brunevoix'] },
        { company: 'jolivance', seats: 2, to: ['langres'] },
        { company: 'sautreval', seats: 2, on: 'b', to: ['langres'], channel: 'phone' },
        { company: 'noirvaux', seats: 1, on: 'c' },
      ],
    },
    {
      course: 'cmm',
      starts: { a: [4, 1], b: [7, 2] },
      offers: [
        {
          fixed: 5200,
          perSeat: 60,
          seats: [4, 8],
          on: 'ab',
          trainer: 'theodora-lanvier',
          room: 'chaumont-metrologie',
        },
      ],
      needs: [
        { company: 'brechaudon', seats: 2, on: 'a' },
        { company: 'tournebise', seats: 2, on: 'ab' },
        { company: 'delaunelle', seats: 1 },
        { company: 'mervilloux', seats: 2, on: 'ab', together: true },
        { company: 'quirandeau', seats: 1, on: 'b', people: ['isaure-bellefontaine'] },
        {
          company: 'mirandel',
          seats: 1,
          ifCompanies: 9,
          note: 'Si le tarif de groupe joue à plein.',
          channel: 'import',
        },
      ],
    },
    {
      course: 'gps-drawings',
      starts: { a: [4, 4], b: [6, 4] },
      offers: [
        {
          fixed: 3650,
          perSeat: 35,
          seats: [5, 10],
          on: 'ab',
          trainer: 'emilien-rocquevert',
          room: 'nogent-enclume',
        },
      ],
      needs: [
        { company: 'talvassiere', seats: 2, on: 'ab' },
        { company: 'morvelon', seats: 2, on: 'b' },
        { company: 'oudrenne', seats: 1, on: 'b' },
        { company: 'quirandeau', seats: 2, on: 'b' },
        { company: 'aubrion-decolletage', seats: 1, on: 'ab' },
        { company: 'brunevoix', seats: 1, ifCompanies: 6 },
        { company: 'ravenaud', seats: 1, on: 'a', channel: 'phone' },
      ],
    },
  ],
};

/** The four live campaigns as of `today`: open, frozen, planned, offered. */
export const demoCampaigns = (today: Temporal.PlainDate): readonly DemoCampaign[] =>
  [OPEN, FROZEN, PLANNED, OFFERED].map((told) => compose(told, today));
