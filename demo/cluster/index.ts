/**
 * The demonstration cluster as data: who, what was published, what is under way. Whoever seeds a store reads
 * this and writes it through the features; nothing here knows a database.
 */
import type { Text } from './types.ts';

export { demoCampaigns } from './campaigns.ts';
export { actor, COMPANIES, DEPARTMENTS, GROUPS, headcountYears, ILLUSTRATIVE, jobsOf } from './companies.ts';
export { COURSES } from './courses.ts';
export { ELECTION, FAIR_EDITIONS, PAST_ACTIONS, PUBLIC_FIGURES } from './facts.ts';
export { FICTIVE_COMPANIES } from './fictive-companies.ts';
export { demoHistory } from './history.ts';
export { PARTNERS, PROVIDERS, ROOMS } from './partners.ts';
export { PEOPLE, TRAINEES } from './people.ts';
export { PLACES } from './places.ts';
export { REAL_COMPANIES } from './real-companies.ts';
export type * from './types.ts';

/** Who the cluster is, for its public page. */
export const IDENTITY: {
  readonly slug: string;
  readonly name: string;
  readonly founded: number;
  readonly seat: string;
  readonly tagline: Text;
  readonly presentation: Text;
  readonly notice: Text;
} = {
  slug: 'nogentech',
  name: 'Nogentech',
  founded: 2002,
  seat: 'Pôle technologique Sud-Champagne, rue Lavoisier, 52800 Nogent',
  tagline: {
    fr: 'Faire ensemble ce qu’aucun ne peut seul',
    en: 'Doing together what none can do alone',
  },
  presentation: {
    fr: 'Une cinquantaine d’industriels de Haute-Marne, autour de Nogent : prothèses et instruments de chirurgie d’un côté, forge, laser, aéronautique, automobile, mécanique et matériaux de l’autre.',
    en: 'Some fifty manufacturers of Haute-Marne, around Nogent: prostheses and surgical instruments on one side; forging, laser, aerospace, automotive, mechanics and materials on the other.',
  },
  notice: {
    fr: 'Démonstration. Dix entreprises réelles n’y figurent que par des faits publics et sourcés ; toutes les autres, leurs équipes, leurs besoins et leurs prix sont inventés.',
    en: 'Demonstration. Ten real companies appear by public, sourced facts only; all the others, their people, needs and prices are invented.',
  },
};
