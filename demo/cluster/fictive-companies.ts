/**
 * Forty-one invented companies, the only ones that act in the demo. Their SIREN and SIRET are of the range
 * reserved for demonstrations.
 */
import { fictiveSiren, fictiveSiret } from '../../src/kernel/identifiers.ts';
import type { PlaceSlug } from './places.ts';
import type { CompanySite, Department, FictiveCompany, Group, Trade } from './types.ts';

/** NAF rev. 2 and NAF 2025 of each trade; a code means nothing without its nomenclature (25.61 exists in both). */
const NAF: Record<Trade, { readonly rev2: string; readonly naf2025: string }> = {
  implants: { rev2: '32.50A', naf2025: '32.50Y' },
  'surgical-instruments': { rev2: '32.50A', naf2025: '32.50Y' },
  orthoses: { rev2: '32.50A', naf2025: '32.50Y' },
  dental: { rev2: '32.50A', naf2025: '32.50Y' },
  'sterile-packaging': { rev2: '32.50A', naf2025: '32.50Y' },
  additive: { rev2: '32.50A', naf2025: '32.50Y' },
  forging: { rev2: '25.50A', naf2025: '25.40Y' },
  machining: { rev2: '25.62B', naf2025: '25.53Y' },
  welding: { rev2: '25.62B', naf2025: '25.53Y' },
  'sheet-metal': { rev2: '25.62B', naf2025: '25.53Y' },
  'bar-turning': { rev2: '25.62A', naf2025: '25.53Y' },
  surface: { rev2: '25.61Z', naf2025: '25.51Y' },
  'heat-treatment': { rev2: '25.61Z', naf2025: '25.52Y' },
  cutlery: { rev2: '25.71Z', naf2025: '25.61Y' },
  tooling: { rev2: '25.73A', naf2025: '25.63Y' },
};

type SiteRow = readonly [place: PlaceSlug, name: string, heads: readonly [number, number, number]];

/** Builds invented company number `n`: its SIREN and SIRETs are of the range reserved for demonstrations. */
function fictive(
  n: number,
  [slug, name, trade, joinedOn]: readonly [slug: string, name: string, trade: Trade, joinedOn: string],
  texts: { readonly activity: string; readonly knowHow: string; readonly group?: Group },
  department: Department,
  ...rows: readonly SiteRow[]
): FictiveCompany {
  const siren = fictiveSiren(n);
  const sites = rows.map(
    ([place, siteName, heads], i): CompanySite => ({
      slug: i === 0 ? slug : `${slug}-${place}`,
      name: siteName,
      place,
      siret: fictiveSiret(siren, i + 1),
      headOffice: i === 0,
      heads,
    }),
  );
  return {
    kind: 'fictive',
    slug,
    name,
    department,
    trade,
    activity: texts.activity,
    knowHow: texts.knowHow,
    place: rows[0]![0],
    siren,
    group: texts.group ?? null,
    nafRev2: NAF[trade].rev2,
    naf2025: NAF[trade].naf2025,
    joinedOn,
    sites,
  };
}

const PV = 'prosthesis-valley';
const FL = 'flaamm';

export const FICTIVE_COMPANIES: readonly FictiveCompany[] = [
  fictive(
    1,
    ['larmance', 'Larmance Implants', 'implants', '2002-02-11'],
    {
      activity: 'Implants de hanche et de genou, forgés et usinés',
      knowHow: 'De la barre de titane à la prothèse polie miroir, en un seul lieu.',
      group: 'larmance',
    },
    PV,
    ['nogent', 'Usine de Nogent', [121, 127, 132]],
    ['mandres', 'Atelier de Mandres', [41, 44, 46]],
  ),
  fictive(
    2,
    ['vercelane', 'Vercelane Orthopédie', 'implants', '2002-02-11'],
    {
      activity: 'Prothèses de genou, usinage et finition',
      knowHow: 'Plateaux tibiaux tenus au centième, lots de dix à dix mille.',
    },
    PV,
    ['chaumont', 'Usine de Chaumont', [136, 139, 142]],
  ),
  fictive(
    3,
    ['galmarin', 'Galmarin Prothèses', 'implants', '2003-06-02'],
    {
      activity: 'Condyles fémoraux en chrome-cobalt',
      knowHow: 'Le chrome-cobalt, du forgeage au polissage, depuis trois générations.',
    },
    PV,
    ['nogent', 'Siège', [122, 120, 118]],
  ),
  fictive(
    4,
    ['fauvrelle', 'Instruments Fauvrelle', 'surgical-instruments', '2002-02-11'],
    {
      activity: 'Instruments de chirurgie montés à la main',
      knowHow: 'Pinces, écarteurs et rétracteurs ajustés à l’oreille.',
    },
    PV,
    ['nogent', 'Siège', [66, 65, 64]],
  ),
  fictive(
    5,
    ['trefolin', 'Ancillaires Tréfolin', 'surgical-instruments', '2005-09-19'],
    {
      activity: 'Ancillaires de pose et coffrets complets',
      knowHow: 'Le coffret entier : dessin, usinage, marquage, montage.',
    },
    PV,
    ['langres', 'Siège', [64, 67, 70]],
    ['nogent', 'Atelier de Nogent', [22, 24, 26]],
  ),
  fictive(
    6,
    ['oudrenne', 'Oudrenne Chirurgie', 'surgical-instruments', '2004-01-26'],
    {
      activity: 'Ciseaux et clamps de chirurgie',
      knowHow: 'Le ciseau de chirurgie qui coupe encore après mille stérilisations.',
    },
    PV,
    ['mandres', 'Siège', [36, 37, 38]],
  ),
  fictive(
    7,
    ['mervilloux', 'Mervilloux Titane', 'implants', '2008-03-10'],
    { activity: 'Plaques et vis en titane', knowHow: 'Vis de 1,5 à 7 millimètres, anodisées par couleur.' },
    PV,
    ['is-en-bassigny', 'Siège', [63, 68, 72]],
  ),
  fictive(
    8,
    ['cassegrive', 'Polissage Cassegrive', 'surface', '2010-05-17'],
    {
      activity: 'Polissage miroir d’implants',
      knowHow: 'Rugosité de 0,02 micromètre, à la main et au robot.',
      group: 'larmance',
    },
    PV,
    ['nogent', 'Siège', [31, 30, 29]],
  ),
  fictive(
    9,
    ['brechaudon', 'Bréchaudon Rachis', 'implants', '2012-10-08'],
    { activity: 'Implants du rachis', knowHow: 'Cages et tiges pour la colonne, gamme complète.' },
    PV,
    ['chaumont', 'Siège', [79, 84, 88]],
  ),
  fictive(
    10,
    ['sautreval', 'Sautreval Dentaire', 'dental', '2013-04-15'],
    { activity: 'Implants et instruments dentaires', knowHow: 'Piliers sur mesure en trois jours.' },
    PV,
    ['langres', 'Siège', [45, 46, 47]],
  ),
  fictive(
    11,
    ['noirvaux', 'Noirvaux Revêtements', 'surface', '2007-11-05'],
    {
      activity: 'Revêtements PVD et hydroxyapatite',
      knowHow: 'Des couches de deux micromètres qui tiennent vingt ans.',
    },
    PV,
    ['nogent', 'Siège', [38, 40, 41]],
  ),
  fictive(
    12,
    ['hautecombelle', 'Hautecombelle Orthèses', 'orthoses', '2016-02-01'],
    { activity: 'Orthèses et attelles sur mesure', knowHow: 'Scanner le matin, orthèse le soir.' },
    PV,
    ['saint-dizier', 'Siège', [52, 54, 56]],
  ),
  fictive(
    13,
    ['pelissandre', 'Pélissandre Médical', 'implants', '2009-09-14'],
    { activity: 'Plaques de traumatologie', knowHow: 'Plaques anatomiques du radius et de la clavicule.' },
    PV,
    ['val-de-meuse', 'Siège', [80, 82, 83]],
  ),
  fictive(
    14,
    ['talvassiere', 'Talvassière Usinage', 'machining', '2006-06-12'],
    {
      activity: 'Usinage de précision pour le médical',
      knowHow: 'Cinq axes, petites séries, matières dures.',
      group: 'larmance',
    },
    PV,
    ['sarrey', 'Siège', [33, 35, 34]],
  ),
  fictive(
    15,
    ['morvelon', 'Morvelon Micromécanique', 'bar-turning', '2014-01-13'],
    { activity: 'Décolletage de petits implants', knowHow: 'Diamètres de 0,8 à 12 millimètres.' },
    PV,
    ['vitry', 'Siège', [20, 21, 22]],
  ),
  fictive(
    16,
    ['jolivance', 'Jolivance Stérile', 'sterile-packaging', '2017-09-04'],
    {
      activity: 'Nettoyage et conditionnement en salle propre',
      knowHow: 'Salle ISO 7, du bain à la pochette scellée.',
    },
    PV,
    ['langres', 'Siège', [26, 29, 31]],
  ),
  fictive(
    17,
    ['dardenoy', 'Dardenoy Râpes', 'surgical-instruments', '2003-10-20'],
    { activity: 'Râpes et alésoirs pour l’os', knowHow: 'La denture taillée, jamais fondue.' },
    PV,
    ['nogent', 'Siège', [28, 27, 27]],
  ),
  fictive(
    18,
    ['rieucourbe', 'Rieucourbe Forge Médicale', 'forging', '2002-02-11'],
    { activity: 'Ébauches forgées d’implants', knowHow: 'Le titane à 940 degrés, tenu à cinq près.' },
    PV,
    ['nogent', 'Forge', [79, 80, 81]],
    ['foulain', 'Atelier de finition', [21, 22, 23]],
  ),
  fictive(
    19,
    ['lorimel', 'Lorimel Guidage', 'bar-turning', '2018-03-19'],
    { activity: 'Broches et fils de guidage', knowHow: 'Trois mètres de fil droits au dixième.' },
    PV,
    ['foulain', 'Siège', [17, 18, 19]],
  ),
  fictive(
    20,
    ['brunevoix', 'Atelier Brunevoix', 'surgical-instruments', '2011-01-10'],
    {
      activity: 'Instruments de chirurgie forgés à la main',
      knowHow: 'Huit personnes, une enclume, des chirurgiens de quatre continents.',
    },
    PV,
    ['lanques', 'Atelier', [8, 8, 8]],
  ),
  fictive(
    21,
    ['grisandre', 'Grisandre Additif', 'additive', '2020-10-12'],
    {
      activity: 'Implants en titane par fabrication additive',
      knowHow: 'Structures poreuses imprimées à la forme du patient.',
    },
    PV,
    ['chaumont', 'Siège', [9, 12, 15]],
  ),
  fictive(
    22,
    ['serezac', 'Sérézac Orthopédie', 'orthoses', '2019-05-06'],
    {
      activity: 'Semelles et chaussures orthopédiques',
      knowHow: 'Le moulage, la forme, la piqûre : tout est fait à Joinville.',
    },
    PV,
    ['joinville', 'Siège', [13, 12, 12]],
  ),
  fictive(
    23,
    ['tassoigne', 'Tassoigne Micro-outils', 'tooling', '2015-11-02'],
    {
      activity: 'Lames et forets pour scies chirurgicales',
      knowHow: 'Des lames qui coupent l’os sans le chauffer.',
    },
    PV,
    ['luzy', 'Siège', [13, 14, 14]],
  ),
  fictive(
    24,
    ['valdorne-forges', 'Forges de Valdorne', 'forging', '2002-02-11'],
    {
      activity: 'Pièces forgées pour l’automobile',
      knowHow: 'Deux presses, quarante outillages, une pièce toutes les neuf secondes.',
      group: 'valdorne',
    },
    FL,
    ['chaumont', 'Forge', [78, 77, 76]],
  ),
  fictive(
    25,
    ['valdorne-usinage', 'Valdorne Usinage', 'machining', '2008-09-08'],
    {
      activity: 'Usinage de pièces forgées',
      knowHow: 'La pièce forgée le lundi, usinée le mardi.',
      group: 'valdorne',
    },
    FL,
    ['chaumont', 'Siège', [39, 40, 41]],
  ),
  fictive(
    26,
    ['marchefer', 'Estampage Marchefer', 'forging', '2004-03-22'],
    {
      activity: 'Petites pièces estampées',
      knowHow: 'De dix grammes à deux kilos, aciers et alliages légers.',
    },
    FL,
    ['bologne', 'Siège', [18, 18, 18]],
  ),
  fictive(
    27,
    ['clairacier', 'Clairacier Laser', 'sheet-metal', '2012-02-06'],
    {
      activity: 'Découpe et soudage laser',
      knowHow: 'Tôles de 0,5 à 25 millimètres, chants prêts à souder.',
    },
    FL,
    ['saint-dizier', 'Siège', [30, 32, 33]],
  ),
  fictive(
    28,
    ['tournebise', 'Tournebise Aéro', 'machining', '2013-09-16'],
    {
      activity: 'Usinage de pièces aéronautiques',
      knowHow: 'Alliages de nickel, petites séries certifiées.',
    },
    FL,
    ['bologne', 'Siège', [21, 23, 24]],
  ),
  fictive(
    29,
    ['vifargent', 'Coutellerie Vifargent', 'cutlery', '2002-02-11'],
    { activity: 'Couteaux de table et de chef', knowHow: 'Lames forgées, manches de hêtre du pays.' },
    FL,
    ['nogent', 'Atelier', [12, 11, 11]],
  ),
  fictive(
    30,
    ['perchemin', 'Ciseaux Perchemin', 'cutlery', '2005-04-18'],
    {
      activity: 'Ciseaux professionnels de couture et de coiffure',
      knowHow: 'Réglés un à un, affûtés à vie.',
    },
    FL,
    ['nogent', 'Atelier', [9, 9, 9]],
  ),
  fictive(
    31,
    ['quirandeau', 'Outillage Quirandeau', 'tooling', '2002-02-11'],
    {
      activity: 'Outils à main pour le garage et l’usine',
      knowHow: 'Extracteurs et clés spéciales, dessinés avec les mécaniciens.',
    },
    FL,
    ['nogent', 'Siège', [36, 36, 37]],
  ),
  fictive(
    32,
    ['etchenoux', 'Moules Etchenoux', 'tooling', '2007-01-15'],
    { activity: 'Moules et outillages de presse', knowHow: 'Un moule d’essai en quinze jours.' },
    FL,
    ['langres', 'Siège', [25, 26, 26]],
  ),
  fictive(
    33,
    ['ravenaud', 'Mécanique Ravenaud', 'machining', '2010-10-11'],
    {
      activity: 'Mécanique générale et pièces de rechange',
      knowHow: 'La pièce introuvable, refaite d’après l’ancienne.',
    },
    FL,
    ['rolampont', 'Siège', [15, 16, 16]],
  ),
  fictive(
    34,
    ['ouchelet', 'Traitements Ouchelet', 'heat-treatment', '2006-11-27'],
    {
      activity: 'Traitements thermiques sous vide',
      knowHow: 'Trempe, revenu et nitruration, fours suivis au degré.',
    },
    FL,
    ['wassy', 'Siège', [27, 27, 28]],
  ),
  fictive(
    35,
    ['aubrion-decolletage', 'Aubrion Décolletage', 'bar-turning', '2003-03-17'],
    {
      activity: 'Décolletage de pièces mécaniques',
      knowHow: 'Dix tours, cinq millions de pièces par an.',
      group: 'aubrion',
    },
    FL,
    ['is-en-bassigny', 'Siège', [20, 21, 21]],
  ),
  fictive(
    36,
    ['aubrion-outils', 'Aubrion Outils Coupants', 'tooling', '2009-05-25'],
    {
      activity: 'Outils coupants spéciaux et affûtage',
      knowHow: 'L’outil dessiné pour une pièce, affûté sur place.',
      group: 'aubrion',
    },
    FL,
    ['nogent', 'Siège', [12, 13, 13]],
  ),
  fictive(
    37,
    ['mirandel', 'Soudure Mirandel', 'welding', '2014-06-16'],
    {
      activity: 'Ensembles soudés en inox et en titane',
      knowHow: 'Soudage TIG sous argon, cordons radiographiés.',
    },
    FL,
    ['joinville', 'Siège', [17, 18, 19]],
  ),
  fictive(
    38,
    ['brassonne', 'Tôlerie Brassonne', 'sheet-metal', '2011-09-12'],
    { activity: 'Tôlerie fine et carters', knowHow: 'Du dessin à la peinture, en série courte.' },
    FL,
    ['fayl-billot', 'Siège', [12, 12, 12]],
  ),
  fictive(
    39,
    ['corvaine', 'Abrasifs Corvaine', 'surface', '2016-10-03'],
    { activity: 'Finition par bande abrasive', knowHow: 'Ébavurage et satinage, à façon.' },
    FL,
    ['foulain', 'Siège', [6, 7, 7]],
  ),
  fictive(
    40,
    ['delaunelle', 'Delaunelle Prototypes', 'machining', '2019-01-21'],
    { activity: 'Prototypes usinés', knowHow: 'De l’idée à la pièce en cinq jours.' },
    FL,
    ['chaumont', 'Siège', [8, 9, 10]],
  ),
  fictive(
    41,
    ['grandoye', 'Forge Grandoye', 'forging', '2021-04-12'],
    {
      activity: 'Forge d’art et restauration',
      knowHow: 'Grilles, ferrures et heurtoirs, refaits comme à l’origine.',
    },
    FL,
    ['poulangy', 'Forge', [3, 4, 4]],
  ),
];
