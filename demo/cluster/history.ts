/** Two training campaigns of the past, run and settled: what the live ones may be cloned from. */
import { type CampaignTold, compose } from './compose.ts';
import type { DemoCampaign } from './types.ts';

const SETTLED: readonly CampaignTold[] = [
  {
    slug: 'plans-et-securite',
    title: 'Lecture de plans et sécurité électrique',
    introduction: 'Une première campagne : deux formations, douze entreprises.',
    state: 'settled',
    dates: [{ opens: -430, answersBy: -400, plan: -393, acceptBy: -380, decided: -434 }],
    reached: [
      { state: 'frozen', day: -399 },
      { state: 'planned', day: -392 },
      { state: 'offered', day: -390 },
      { state: 'settled', day: -290 },
    ],
    sharing: 'proportional',
    answeredNone: ['vifargent', 'noirvaux', 'grisandre'],
    courses: [
      {
        course: 'gps-drawings',
        starts: { a: [-50, 2], b: [-48, 4] },
        offers: [
          {
            fixed: 3450,
            perSeat: 35,
            seats: [5, 10],
            on: 'ab',
            trainer: 'emilien-rocquevert',
            room: 'nogent-enclume',
          },
        ],
        needs: [
          { company: 'talvassiere', seats: 2 },
          { company: 'larmance', seats: 2 },
          { company: 'oudrenne', seats: 1 },
          { company: 'quirandeau', seats: 2 },
          { company: 'lorimel', seats: 1, wish: true },
        ],
      },
      {
        course: 'electrical',
        starts: { a: [-49, 3] },
        offers: [
          {
            fixed: 2100,
            perSeat: 25,
            seats: [6, 10],
            on: 'a',
            trainer: 'ines-tourvelle',
            room: 'chaumont-viaduc',
          },
        ],
        needs: [
          { company: 'valdorne-usinage', seats: 2 },
          { company: 'brechaudon', seats: 3 },
          { company: 'marchefer', seats: 1 },
          { company: 'delaunelle', seats: 1 },
          { company: 'ouchelet', seats: 1, wish: true },
        ],
      },
    ],
  },
  {
    slug: 'lean-et-nettoyage',
    title: 'Lean et validation du nettoyage',
    introduction: 'Deux formations courtes, tenues dans les ateliers du bassin.',
    state: 'settled',
    dates: [{ opens: -250, answersBy: -222, plan: -215, acceptBy: -200, decided: -254 }],
    reached: [
      { state: 'frozen', day: -221 },
      { state: 'planned', day: -214 },
      { state: 'offered', day: -212 },
      { state: 'settled', day: -110 },
    ],
    sharing: 'shapley',
    answeredNone: ['brassonne', 'serezac', 'perchemin', 'corvaine'],
    courses: [
      {
        course: 'lean',
        starts: { a: [-25, 2], b: [-24, 2] },
        offers: [
          {
            fixed: 3250,
            perSeat: 35,
            seats: [5, 10],
            on: 'ab',
            trainer: 'ambre-solignac',
            room: 'langres-remparts',
          },
        ],
        needs: [
          { company: 'trefolin', seats: 3 },
          { company: 'etchenoux', seats: 2 },
          { company: 'galmarin', seats: 2 },
          { company: 'ravenaud', seats: 1 },
        ],
      },
      {
        course: 'cleaning-validation',
        starts: { a: [-24, 4] },
        offers: [
          {
            fixed: 1900,
            perSeat: 25,
            seats: [4, 9],
            on: 'a',
            trainer: 'gaspard-vaulnois',
            room: 'nogent-meules',
          },
        ],
        needs: [
          { company: 'larmance', seats: 2 },
          { company: 'fauvrelle', seats: 1 },
          { company: 'oudrenne', seats: 2 },
          { company: 'dardenoy', seats: 1 },
        ],
      },
    ],
  },
];

/** The settled campaigns as of `today`, oldest first. */
export const demoHistory = (today: Temporal.PlainDate): readonly DemoCampaign[] =>
  SETTLED.map((told) => compose(told, today));
