/** Partners of the cluster, by public facts only, and the invented training providers of the demo. */
import { fictiveSiren } from '../../src/kernel/identifiers.ts';
import type { DemoPartner, DemoProvider, Room } from './types.ts';

export const PARTNERS: readonly DemoPartner[] = [
  {
    slug: 'utt-nogent',
    name: 'Université de technologie de Troyes, antenne de Nogent',
    place: 'nogent',
    role: { fr: 'Ingénieurs par apprentissage', en: 'Engineers by apprenticeship' },
    facts: [
      { text: 'Installée au Pôle technologique de Nogent depuis 2011.', source: 'innovationaustrasie.com' },
    ],
  },
  {
    slug: 'critt-mdts',
    name: 'CRITT MDTS',
    place: 'nogent',
    role: {
      fr: 'Matériaux, dépôts et traitements de surface',
      en: 'Materials, coatings and surface treatments',
    },
    facts: [{ text: 'Dix personnes en Haute-Marne en 2019.', source: 'innovationaustrasie.com' }],
  },
  {
    slug: 'lycee-decomble',
    name: 'Lycée Decomble',
    place: 'chaumont',
    role: { fr: 'Lycée technique et professionnel', en: 'Technical and vocational school' },
    facts: [
      {
        text: 'Ouverture d’un BTS maintenance soutenue par le cluster : prévue en septembre 2020, reportée à septembre 2021.',
        source: 'Forum Éco, « Le cluster Nogentech poursuit ses projets », 2020',
      },
    ],
  },
  {
    slug: 'cetim',
    name: 'Cetim',
    place: null,
    role: {
      fr: 'Centre technique des industries mécaniques',
      en: 'Technical centre for mechanical engineering',
    },
    facts: [
      {
        text: 'Étude lancée avec le cluster sur le procédé sol-gel et ses applications médicales.',
        source: 'Forum Éco, « Le cluster Nogentech poursuit ses projets », 2020',
      },
    ],
  },
  {
    slug: 'cci',
    name: 'CCI Meuse Haute-Marne',
    place: null,
    role: { fr: 'Chambre de commerce et d’industrie', en: 'Chamber of commerce and industry' },
    facts: [
      {
        text: 'Organise avec le cluster le Salon des savoir-faire industriels de Haute-Marne.',
        source: 'Le Journal de la Haute-Marne',
      },
    ],
  },
];

/** Numbers 61 and above of the fictive SIREN range: 1 to 41 are the companies. */
export const PROVIDERS: readonly DemoProvider[] = [
  {
    slug: 'qualivance',
    name: 'Qualivance Bassigny',
    siren: fictiveSiren(61),
    registration: '00520000161',
    qualiopi: true,
    place: 'nogent',
    trainers: [
      { id: 'maelys-corbenay', name: 'Maëlys Corbenay' },
      { id: 'gaspard-vaulnois', name: 'Gaspard Vaulnois' },
    ],
  },
  {
    slug: 'arc-et-bain',
    name: 'Arc & Bain Formation',
    siren: fictiveSiren(62),
    registration: '00520000262',
    qualiopi: true,
    place: 'saint-dizier',
    trainers: [
      { id: 'joris-amberlin', name: 'Joris Amberlin' },
      { id: 'clemence-hautrive', name: 'Clémence Hautrive' },
    ],
  },
  {
    slug: 'meridien-mesure',
    name: 'Méridien Mesure',
    siren: fictiveSiren(63),
    registration: '00520000363',
    qualiopi: true,
    place: 'chaumont',
    trainers: [
      { id: 'theodora-lanvier', name: 'Théodora Lanvier' },
      { id: 'emilien-rocquevert', name: 'Émilien Rocquevert' },
    ],
  },
  {
    slug: 'flux-et-gestes',
    name: 'Flux & Gestes',
    siren: fictiveSiren(64),
    registration: '00520000464',
    qualiopi: true,
    place: 'langres',
    trainers: [
      { id: 'ambre-solignac', name: 'Ambre Solignac' },
      { id: 'lucien-passavent', name: 'Lucien Passavent' },
    ],
  },
  {
    slug: 'voltane',
    name: 'Voltane Prévention',
    siren: fictiveSiren(65),
    registration: '00520000565',
    qualiopi: true,
    place: 'chaumont',
    trainers: [{ id: 'ines-tourvelle', name: 'Inès Tourvelle' }],
  },
  {
    slug: 'compas',
    name: 'L’Atelier du Compas',
    siren: fictiveSiren(66),
    registration: '00520000666',
    qualiopi: false,
    place: 'langres',
    trainers: [{ id: 'anselme-coudrier', name: 'Anselme Coudrier' }],
  },
];

/** Rooms by neutral names, in the towns where sessions are held. */
export const ROOMS: readonly Room[] = [
  { id: 'nogent-lames', name: 'Salle des Lames', place: 'nogent' },
  { id: 'nogent-meules', name: 'Salle des Meules', place: 'nogent' },
  { id: 'nogent-enclume', name: 'Salle de l’Enclume', place: 'nogent' },
  { id: 'chaumont-viaduc', name: 'Salle du Viaduc', place: 'chaumont' },
  { id: 'chaumont-metrologie', name: 'Laboratoire de métrologie', place: 'chaumont' },
  { id: 'chaumont-cabines', name: 'Cabines de soudage de Chaumont', place: 'chaumont' },
  { id: 'langres-remparts', name: 'Salle des Remparts', place: 'langres' },
  { id: 'langres-tours', name: 'Salle des Tours', place: 'langres' },
  { id: 'saint-dizier-cabines', name: 'Cabines de soudage de Saint-Dizier', place: 'saint-dizier' },
];

/** The provider that employs a trainer; throws when nobody does. */
export function providerOf(trainer: string): DemoProvider {
  const provider = PROVIDERS.find((p) => p.trainers.some((t) => t.id === trainer));
  if (!provider) throw new Error(`providerOf: nobody employs ${trainer}`);
  return provider;
}
