/**
 * What was published about the cluster, each with its date, definition and source. History is told as
 * published; nothing here depends on the day the store was seeded.
 */
import type { ElectionRecord, FairEdition, PastAction, PublicFigure, Text } from './types.ts';

const ARTICLE: Text = {
  fr: 'Forum Éco, « Le cluster Nogentech poursuit ses projets », 2020',
  en: 'Forum Éco, “Le cluster Nogentech poursuit ses projets”, 2020',
};
const IN_2020 = { date: '2020-12-31', precision: 'year' } as const;
const same = (text: string): Text => ({ fr: text, en: text });

export const PUBLIC_FIGURES: readonly PublicFigure[] = [
  {
    key: 'members',
    value: 50,
    display: { fr: 'une cinquantaine', en: 'about fifty' },
    label: { fr: 'entreprises adhérentes', en: 'member companies' },
    definition: {
      fr: 'Industriels de Haute-Marne adhérents de l’association, autour de Nogent.',
      en: 'Manufacturers of Haute-Marne, around Nogent, that belong to the association.',
    },
    asOf: IN_2020,
    source: ARTICLE,
  },
  {
    key: 'jobs',
    value: 3000,
    display: { fr: 'plus de 3 000', en: 'more than 3,000' },
    label: { fr: 'emplois chez les adhérents', en: 'jobs at the members' },
    definition: {
      fr: 'Emplois de tous les adhérents réunis, selon la presse ; sans méthode publiée.',
      en: 'Jobs at all members together, as the press gave it; no method published.',
    },
    asOf: IN_2020,
    source: ARTICLE,
  },
  {
    key: 'prosthesis-valley-share',
    value: 55,
    display: { fr: '55 %', en: '55%' },
    label: { fr: 'des entreprises dans la Prosthesis Valley', en: 'of the companies in Prosthesis Valley' },
    definition: {
      fr: 'Part des entreprises adhérentes (non des emplois) qui font prothèses, orthèses ou instruments chirurgicaux.',
      en: 'Share of member companies (not of jobs) that make prostheses, orthoses or surgical instruments.',
    },
    asOf: IN_2020,
    source: ARTICLE,
  },
  {
    key: 'founded',
    value: 2002,
    display: same('2002'),
    label: { fr: 'année de création', en: 'year of foundation' },
    definition: {
      fr: 'Association loi 1901, décidée en 1999, constituée début 2002.',
      en: 'Association under the law of 1901, decided in 1999, constituted early in 2002.',
    },
    asOf: { date: '2002-12-31', precision: 'year' },
    source: {
      fr: 'cluster-nogentech.com, historique ; Forum Éco, 2020',
      en: 'cluster-nogentech.com, history page; Forum Éco, 2020',
    },
  },
];

/** The article's election, and nothing more of the two people it names. Read-only: they have no account here. */
export const ELECTION: ElectionRecord = {
  key: 'election-2020',
  asOf: IN_2020,
  title: {
    fr: 'Présidence reconduite pour un second mandat',
    en: 'Presidency renewed for a second term',
  },
  mandates: [
    {
      seat: { fr: 'Présidente', en: 'President' },
      holder: 'Delphine Descorne-Jeanny',
      represented: 'Marle',
      note: {
        fr: 'Second mandat ; alors directrice du développement et de la performance industrielle de Marle.',
        en: 'Second term; at the time director of development and industrial performance at Marle.',
      },
    },
    {
      seat: { fr: 'Vice-président', en: 'Vice-president' },
      holder: 'Yves Lombard',
      represented: 'Gillet Group',
      note: { fr: 'Seconde la présidente.', en: 'Seconds the president.' },
    },
  ],
  source: ARTICLE,
};

const PRESS_FAIR: Text = {
  fr: 'Forum Éco, 2020 ; Le Journal de la Haute-Marne, juin 2022',
  en: 'Forum Éco, 2020; Le Journal de la Haute-Marne, June 2022',
};

/** Salon des savoir-faire industriels de Haute-Marne. A postponement adds a version, it edits none. */
export const FAIR_EDITIONS: readonly FairEdition[] = [
  {
    key: 'fair-5',
    number: 5,
    versions: [
      {
        from: '2016-06-17',
        to: '2016-06-18',
        said: { fr: '17 et 18 juin 2016', en: '17 and 18 June 2016' },
        place: 'Chaumont, gymnase Lemouton',
        reason: null,
      },
    ],
    figures: { fr: 'environ 1 000 visiteurs en deux jours', en: 'about 1,000 visitors over two days' },
    source: {
      fr: 'fonderie-hautemarne.fr ; Traces Écrites News, 2016',
      en: 'fonderie-hautemarne.fr; Traces Écrites News, 2016',
    },
  },
  {
    key: 'fair-6',
    number: 6,
    versions: [
      {
        from: '2018-06-15',
        to: null,
        said: { fr: '15 juin 2018', en: '15 June 2018' },
        place: 'Nogent',
        reason: null,
      },
    ],
    figures: { fr: '', en: '' },
    source: {
      fr: 'innovationaustrasie.com ; Le Journal de la Haute-Marne, 2018',
      en: 'innovationaustrasie.com; Le Journal de la Haute-Marne, 2018',
    },
  },
  {
    key: 'fair-7',
    number: 7,
    versions: [
      {
        from: null,
        to: null,
        said: { fr: 'juin 2020', en: 'June 2020' },
        place: null,
        reason: null,
      },
      {
        from: '2021-06-11',
        to: '2021-06-12',
        said: { fr: '11 et 12 juin 2021', en: '11 and 12 June 2021' },
        place: 'Langres',
        reason: {
          fr: 'Reporté en raison de la crise sanitaire.',
          en: 'Postponed because of the health crisis.',
        },
      },
      {
        from: '2022-06-17',
        to: '2022-06-18',
        said: { fr: '17 et 18 juin 2022', en: '17 and 18 June 2022' },
        place: 'Langres, gymnase de la Bonnelle',
        reason: { fr: 'Reporté une seconde fois.', en: 'Postponed a second time.' },
      },
    ],
    figures: { fr: '70 exposants', en: '70 exhibitors' },
    source: PRESS_FAIR,
  },
];

/** Pooled actions as the press told them. */
export const PAST_ACTIONS: readonly PastAction[] = [
  {
    key: 'iso-13485-2017',
    title: { fr: 'Formation groupée ISO 13485', en: 'Pooled training, ISO 13485' },
    result: { fr: '16 personnes de 8 entreprises', en: '16 people from 8 companies' },
    asOf: { date: '2017-03-13', precision: 'day' },
    source: {
      fr: 'Le Journal de la Haute-Marne, « Nogentech : des projets et un besoin »',
      en: 'Le Journal de la Haute-Marne, “Nogentech : des projets et un besoin”',
    },
  },
  {
    key: 'titanium-recycling-2017',
    title: {
      fr: 'Action collective ADEME : recyclage des déchets de titane et de céramique',
      en: 'ADEME collective action: recycling of titanium and ceramic waste',
    },
    result: { fr: '6 participants', en: '6 participants' },
    asOf: { date: '2017-06-30', precision: 'month' },
    source: {
      fr: 'Le Journal de la Haute-Marne, « Nogentech : des projets et un besoin »',
      en: 'Le Journal de la Haute-Marne, “Nogentech : des projets et un besoin”',
    },
  },
  {
    key: 'relamping-2017',
    title: { fr: 'Achat groupé d’éclairage LED', en: 'Group purchase of LED lighting' },
    result: { fr: 'au choix de chaque adhérent', en: 'each member free to join' },
    asOf: { date: '2017-12-31', precision: 'year' },
    source: {
      fr: 'Le Journal de la Haute-Marne, « Nogentech : des projets et un besoin »',
      en: 'Le Journal de la Haute-Marne, “Nogentech : des projets et un besoin”',
    },
  },
  {
    key: 'students-forum-2017',
    title: { fr: 'Forum des étudiants en alternance', en: 'Forum of students in apprenticeship' },
    result: { fr: 'à Nogent', en: 'in Nogent' },
    asOf: { date: '2017-06-16', precision: 'day' },
    source: {
      fr: 'Petites Affiches Matot Braine, mai 2017',
      en: 'Petites Affiches Matot Braine, May 2017',
    },
  },
  {
    key: 'pooled-training-2019',
    title: { fr: 'Formations mutualisées', en: 'Pooled training' },
    result: {
      fr: 'engagées en 2019, poursuivies selon les besoins',
      en: 'begun in 2019, carried on as needs arise',
    },
    asOf: { date: '2019-12-31', precision: 'year' },
    source: ARTICLE,
  },
  {
    key: 'sludge-before-2020',
    title: {
      fr: 'Boues d’émerisage et sables revalorisés en commun',
      en: 'Grinding sludge and sand recovered in common',
    },
    result: { fr: 'organisation en place avant 2020', en: 'in place before 2020' },
    asOf: { date: '2019-12-31', precision: 'year' },
    source: {
      fr: 'innovationaustrasie.com, « Nogentech met le cap sur la formation »',
      en: 'innovationaustrasie.com, “Nogentech met le cap sur la formation”',
    },
  },
  {
    key: 'sol-gel-2020',
    title: {
      fr: 'Étude avec le Cetim sur le procédé sol-gel dans le monde médical',
      en: 'Study with Cetim on the sol-gel process in the medical world',
    },
    result: { fr: 'lancée', en: 'launched' },
    asOf: IN_2020,
    source: ARTICLE,
  },
  {
    key: 'blasting-waste-2020',
    title: {
      fr: 'Revalorisation des déchets de sablage et des bandes abrasives usagées',
      en: 'Recovery of blasting waste and worn abrasive belts',
    },
    result: { fr: 'dossier en cours', en: 'under way' },
    asOf: IN_2020,
    source: ARTICLE,
  },
  {
    key: 'metaltech-2022',
    title: { fr: 'École de production MetalTech', en: 'MetalTech production school' },
    result: { fr: 'ouverte avec 8 à 9 élèves', en: 'opened with 8 to 9 pupils' },
    asOf: { date: '2022-10-03', precision: 'day' },
    source: { fr: 'haute-marne.fr ; innovationaustrasie.com', en: 'haute-marne.fr; innovationaustrasie.com' },
  },
];
