import { fictiveSiret } from '../../kernel/identifiers.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Random, seededRandom } from '../../solve/random.ts';
import { headcountBand } from './rules/bands.ts';
import { derivedText } from './rules/search.ts';
import type { ImportPlan } from './types.ts';

/** Writes a whole set of companies in some statements a thousand rows. */
export { insertImport as insertCompanies } from './store/imports.ts';

const TRADES = [
  'Forges',
  'Ateliers',
  'Mécanique',
  'Outillage',
  'Polissage',
  'Usinage',
  'Traitements',
  'Découpage',
];
const OWNERS = [
  'du Val',
  'de la Marne',
  'Saint-Éloi',
  'Lorrain',
  'du Rognon',
  'de la Traire',
  'Œuvry',
  'des Trois Rivières',
];
const TOWNS = [
  'Nogent',
  'Langres',
  'Chaumont',
  'Biesles',
  'Bologne',
  'Saint-Dizier',
  'Éclaron',
  'Vitry-lès-Nogent',
  'Fayl-Billot',
];
const KNOW_HOW = [
  'Forge libre',
  'Fraisage cinq axes',
  'Polissage d’implants',
  'Traitement sous vide',
  'Décolletage',
];

/** Chance turned into a version 4 UUID: the same seed gives the same ids. */
const seededId = (random: Random): Id => {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => random.below(16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
};

/** A number with a SIREN’s key: `001xxxxx`, which no register gives out. */
const sirenOf = (n: number): string => {
  const stem = String(100_000 + n).padStart(8, '0');
  // Luhn: the key that makes the doubled sum a multiple of 10.
  const sum = [...stem].reduce((total, digit, i) => {
    const doubled = i % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${stem}${(10 - (sum % 10)) % 10}`;
};

/**
 * So many plausible companies for tests and benches, each with a head office, two years of headcounts and, for nine in
 * ten, a delegate; one in twenty belongs to a group. Names repeat now and then, as they do.
 */
export function generateCompanies(count: number, seed: number, departments: readonly Id[] = []): ImportPlan {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[random.below(items.length)]!;
  const groups = Array.from({ length: Math.ceil(count / 60) }, (_, i) => ({
    group_id: seededId(random),
    name: `Groupe ${i + 1}`,
  }));
  const plan: { -readonly [Key in keyof ImportPlan]: ImportPlan[Key][number][] } = {
    groups,
    newCompanies: [],
    changedCompanies: [],
    departments: [],
    sites: [],
    headcounts: [],
    people: [],
    roles: [],
  };
  for (let i = 0; i < count; i += 1) {
    const organisation_id = seededId(random);
    const site_id = seededId(random);
    const twin = random.below(10) === 0;
    const name = `${pick(TRADES)} ${pick(OWNERS)}${twin ? '' : ` ${i}`}`;
    const town = pick(TOWNS);
    const siren = sirenOf(i);
    const activity = pick(KNOW_HOW);
    const heads = Math.round(Math.exp(1.5 + random.next() * 4.5));
    plan.newCompanies.push({
      organisation_id,
      kind: 'member',
      name,
      former_names: [],
      siren,
      group_id: random.below(20) === 0 ? pick(groups).group_id : null,
      activity,
      naf_rev2: '25.50A',
      naf_2025: null,
      headcount_band: headcountBand(heads),
      town,
      joined_on: `20${String(5 + random.below(20)).padStart(2, '0')}-01-15`,
      left_on: null,
      ...derivedText({ name, town, activity, siren }),
    });
    if (departments.length > 0)
      plan.departments.push({ organisation_id, department_ids: [pick(departments)] });
    plan.sites.push({
      site_id,
      organisation_id,
      name: 'Siège',
      siret: fictiveSiret(siren, 1),
      town,
      postcode: '52800',
      is_head_office: true,
    });
    for (const [year, factor] of [
      [2024, 0.95],
      [2025, 1],
    ] as const)
      plan.headcounts.push({
        site_id,
        organisation_id,
        year,
        heads: Math.round(heads * factor),
        source: 'exemple',
      });
    if (random.below(10) > 0) {
      const person_id = seededId(random);
      plan.people.push({
        person_id,
        name: `Déléguée ${i}`,
        email: `delegue-${seed}-${i}@exemple.test`,
        phone: '',
      });
      plan.roles.push({
        role_id: seededId(random),
        person_id,
        role: 'delegate',
        organisation_id,
        starts_on: '2020-01-01',
      });
    }
  }
  return plan;
}
