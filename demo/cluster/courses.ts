/** What the providers of the demo teach. Prices of a seat bought alone elsewhere are invented, of the usual order. */
import type { DemoCourse } from './types.ts';

const EUROS = 100;

export const COURSES: readonly DemoCourse[] = [
  {
    id: 'iso-13485',
    title: 'ISO 13485 : le système qualité des dispositifs médicaux',
    hours: 14,
    halfDays: 4,
    audience: 'Qualité, méthodes, chefs d’atelier',
    programme: [
      'La norme article par article, et ce qu’un auditeur demande vraiment',
      'Dossier de fabrication, traçabilité, libération des lots',
      'Gestion des risques et lien avec ISO 14971',
      'Étude de cas : une réclamation, de l’appel à l’action corrective',
    ],
    cataloguePerSeat: 790 * EUROS,
  },
  {
    id: 'titanium-welding',
    title: 'Soudage TIG du titane',
    hours: 35,
    halfDays: 10,
    audience: 'Soudeurs confirmés sur inox',
    programme: [
      'Métallurgie du titane, pollution et protection gazeuse',
      'Préparation des bords, traînards et chambres à argon',
      'Soudage en angle et bout à bout, toutes positions',
      'Lecture des couleurs, contrôle visuel et ressuage',
      'Épreuve de qualification',
    ],
    cataloguePerSeat: 2150 * EUROS,
  },
  {
    id: 'cmm',
    title: 'Métrologie tridimensionnelle',
    hours: 21,
    halfDays: 6,
    audience: 'Contrôleurs, régleurs',
    programme: [
      'Référentiels, palpage, stratégies de mesure',
      'Programmer une gamme de contrôle à partir du modèle',
      'Incertitudes et capabilité du moyen',
      'Travaux sur machine, pièces des participants',
    ],
    cataloguePerSeat: 1380 * EUROS,
  },
  {
    id: 'gps-drawings',
    title: 'Lecture de plans et cotation ISO GPS',
    hours: 14,
    halfDays: 4,
    audience: 'Opérateurs, régleurs, contrôleurs',
    programme: [
      'Vues, coupes, tolérances dimensionnelles',
      'Tolérances géométriques et références',
      'Maximum et minimum de matière',
      'Lire ensemble les plans apportés par les participants',
    ],
    cataloguePerSeat: 840 * EUROS,
  },
  {
    id: 'electrical',
    title: 'Habilitation électrique BS-BE Manœuvre',
    hours: 14,
    halfDays: 4,
    audience: 'Personnel non électricien',
    programme: [
      'Dangers du courant, zones et distances',
      'Manœuvres et remplacements simples',
      'Conduite à tenir en cas d’accident',
      'Mise en situation et évaluation',
    ],
    cataloguePerSeat: 490 * EUROS,
  },
  {
    id: 'lean',
    title: 'Lean en atelier : 5S, SMED et flux tiré',
    hours: 14,
    halfDays: 4,
    audience: 'Chefs d’équipe, méthodes',
    programme: [
      'Voir les gaspillages : chantier sur le terrain d’un participant',
      '5S qui tient dans la durée',
      'SMED : filmer, séparer, convertir',
      'Flux tiré et petites séries',
    ],
    cataloguePerSeat: 780 * EUROS,
  },
  {
    id: 'en9100-audit',
    title: 'Audit interne EN 9100',
    hours: 14,
    halfDays: 4,
    audience: 'Auditeurs internes',
    programme: [
      'EN 9100 et ses exigences propres à l’aéronautique',
      'Préparer, mener et conclure un audit',
      'Écrire une non-conformité qui fait avancer',
      'Audit à blanc en binôme',
    ],
    cataloguePerSeat: 920 * EUROS,
  },
  {
    id: 'cleaning-validation',
    title: 'Valider un procédé de nettoyage et de passivation',
    hours: 7,
    halfDays: 2,
    audience: 'Procédés, qualité',
    programme: [
      'Qualifier l’installation, le fonctionnement, la performance',
      'Limites de résidus et prélèvements',
      'Écrire le protocole et le rapport',
    ],
    cataloguePerSeat: 560 * EUROS,
  },
  {
    id: 'mdr',
    title: 'Règlement (UE) 2017/745 pour les sous-traitants',
    hours: 7,
    halfDays: 2,
    audience: 'Direction, qualité, commerce',
    programme: [
      'Fabricant, sous-traitant critique, fournisseur : qui doit quoi',
      'Ce que le donneur d’ordres va demander',
      'Traçabilité et surveillance après commercialisation',
    ],
    cataloguePerSeat: 590 * EUROS,
  },
  {
    id: 'visual-inspection',
    title: 'Contrôle visuel des surfaces polies',
    hours: 7,
    halfDays: 2,
    audience: 'Polisseurs, contrôleurs',
    programme: [
      'Défauthèque commune à partir des pièces des participants',
      'Éclairage, distance, durée : les conditions d’un jugement sûr',
      'Exercice d’accord entre contrôleurs',
    ],
    cataloguePerSeat: null,
  },
];

/** The course called `id`; throws for an unknown one. */
export function course(id: string): DemoCourse {
  const found = COURSES.find((c) => c.id === id);
  if (!found) throw new Error(`course: ${id} is not taught in the demo`);
  return found;
}
