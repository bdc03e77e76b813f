/**
 * Ten real firms of the basin, shown by public, sourced facts only: no registry number, nobody, no account,
 * no need, no vote. Headcounts are press figures, not registry data.
 */
import type { RealCompany, SourcedFact } from './types.ts';

const fact = (text: string, source: string): SourcedFact => ({ text, source });

const AUSTRASIE_MEDICAL =
  'innovationaustrasie.com, « la filière du Médical en Haute-Marne » (page non datée)';
const TRACES_ECRITES = 'Traces Écrites News, 14 octobre 2019';

const real = (firm: Omit<RealCompany, 'kind' | 'illustrative'>): RealCompany => ({
  kind: 'real',
  illustrative: true,
  ...firm,
});

/** Headcounts are dated press figures, not registry data; where the press gives a range, its lower end. */
export const REAL_COMPANIES: readonly RealCompany[] = [
  real({
    slug: 'marle',
    name: 'Marle',
    formerNames: ['Établissements Maurice Marle'],
    department: 'prosthesis-valley',
    activity: 'Implants orthopédiques forgés, râpes et ancillaires',
    place: 'nogent',
    headcount: {
      heads: 200,
      year: 2019,
      dated: false,
      source: AUSTRASIE_MEDICAL,
      note: 'Site de Nogent. La page, non datée, cite le groupe Dentressangle, entré fin 2019.',
    },
    facts: [
      fact(
        'Fondée en 1964.',
        'reseau-healthtech.fr, « En Haute-Marne, les forgerons sont devenus prothésistes »',
      ),
      fact('Groupe : 280 personnes et 85 millions d’euros en 2016.', 'innovationaustrasie.com'),
      fact(
        '« Plus grande forge du médical en Europe ».',
        'Forum Éco, « Le cluster Nogentech poursuit ses projets », 2020',
      ),
    ],
  }),
  real({
    slug: 'courcelles',
    name: 'Forges de Courcelles',
    formerNames: ['Sifcor'],
    department: 'flaamm',
    activity: 'Forge automobile, vilebrequins',
    place: 'nogent',
    headcount: {
      heads: 400,
      year: 2020,
      dated: true,
      source: 'Traces Écrites News ; innovationaustrasie.com, 2020',
      note: 'La presse donne 400 à 450 personnes.',
    },
    facts: [
      fact('3,2 millions de vilebrequins en 2018.', 'Traces Écrites News'),
      fact('Usine d’usinage ouverte le 25 novembre 2022.', 'innovationaustrasie.com'),
      fact(
        '« Plus grande forge automobile de France ».',
        'Forum Éco, « Le cluster Nogentech poursuit ses projets », 2020',
      ),
    ],
  }),
  real({
    slug: 'lisi-bologne',
    name: 'LISI Aerospace - Forges de Bologne',
    formerNames: ['Forges de Bologne', 'Manoir Aerospace Bologne'],
    department: 'flaamm',
    activity: 'Forge aéronautique, pièces de structure et de moteur',
    place: 'bologne',
    headcount: {
      heads: 730,
      year: 2019,
      dated: true,
      source: TRACES_ECRITES,
      note: 'Dont 110 intérimaires selon innovationaustrasie.com.',
    },
    facts: [
      fact(
        '1 200 références, 23 pilons et presses, plus de 100 millions d’euros de chiffre d’affaires.',
        TRACES_ECRITES,
      ),
      fact(
        'Déménage à partir de 2022 à Chaumont, parc Plein’Est (24 000 m²).',
        'Le Journal de la Haute-Marne',
      ),
      fact(
        '« Plus grande forge aéronautique de France ».',
        'Forum Éco, « Le cluster Nogentech poursuit ses projets », 2020',
      ),
    ],
  }),
  real({
    slug: 'viant',
    name: 'Viant',
    formerNames: ['Greatbatch', 'Integer'],
    department: 'prosthesis-valley',
    activity: 'Implants orthopédiques et ancillaires de pose',
    place: 'chaumont',
    headcount: {
      heads: 400,
      year: 2019,
      dated: false,
      source: AUSTRASIE_MEDICAL,
      note: 'Page non datée, postérieure au nom de Viant.',
    },
    facts: [
      fact(
        'Près d’un million de pièces par an, 24 heures sur 24, six jours sur sept.',
        'reseau-healthtech.fr',
      ),
    ],
  }),
  real({
    slug: 'aesculap',
    name: 'Aesculap (B. Braun)',
    formerNames: [],
    department: 'prosthesis-valley',
    activity: 'Prothèses de genou',
    place: 'chaumont',
    headcount: {
      heads: 100,
      year: 2023,
      dated: true,
      source: 'Le Journal de la Haute-Marne, 2023',
      note: 'Environ 100 ; 120 en 2018 selon innovationaustrasie.com.',
    },
    facts: [fact('50 000 prothèses en 2018, 95 % à l’export.', 'innovationaustrasie.com')],
  }),
  real({
    slug: 'biotech-ortho',
    name: 'Biotech Ortho (Wright Medical)',
    formerNames: [],
    department: 'prosthesis-valley',
    activity: 'Vis et plaques pour la main et le pied',
    place: 'nogent',
    headcount: null,
    facts: [
      fact('120 000 vis et 10 000 plaques par an, 4 000 références en 2014.', 'innovationaustrasie.com'),
    ],
  }),
  real({
    slug: 'gillet',
    name: 'Gillet Group',
    formerNames: ['Gillet Outillage'],
    department: 'flaamm',
    activity: 'Outillage à main pour l’automobile',
    place: 'nogent',
    headcount: null,
    facts: [fact('Activité commencée en 1977 ; 35 personnes dans les années 1990.', 'DRIRE, page admi.net')],
  }),
  real({
    slug: 'nogent-trois-etoiles',
    name: 'Nogent*** (Trois Étoiles)',
    formerNames: [],
    department: 'flaamm',
    activity: 'Coutellerie',
    place: 'biesles',
    headcount: {
      heads: 30,
      year: 2020,
      dated: false,
      source: 'innovationaustrasie.com ; maginfrance',
      note: 'La presse, non datée, donne 30 à 40 personnes.',
    },
    facts: [
      fact('Fondée en 1923 ; label Entreprise du patrimoine vivant en 2013.', 'innovationaustrasie.com'),
      fact('Membre de Nogentech.', 'maginfrance'),
    ],
  }),
  real({
    slug: 'oury-guye',
    name: 'Oury-Guyé',
    formerNames: [],
    department: 'prosthesis-valley',
    activity: 'Instruments de chirurgie forgés à la main, inox et titane',
    place: 'nogent',
    headcount: null,
    facts: [fact('Installée dans le bassin de Nogent.', 'TF1, 2021')],
  }),
  real({
    slug: 'forges-de-la-ville',
    name: 'Les Forges de la Ville',
    formerNames: [],
    department: 'flaamm',
    activity: 'Forge',
    place: 'nogent',
    headcount: null,
    facts: [fact('Citée parmi les forges du bassin de Nogent en 2003.', 'innovationaustrasie.com')],
  }),
];
