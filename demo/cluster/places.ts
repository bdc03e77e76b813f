/** Towns of the Nogent basin and its surroundings: INSEE commune code, postcode, position in degrees to two decimals. */

export interface Place {
  readonly name: string;
  readonly communeCode: string;
  readonly postcode: string;
  readonly latitude: number;
  readonly longitude: number;
}

const place = (
  name: string,
  communeCode: string,
  postcode: string,
  latitude: number,
  longitude: number,
): Place => ({
  name,
  communeCode,
  postcode,
  latitude,
  longitude,
});

export const PLACES = {
  nogent: place('Nogent', '52353', '52800', 48.03, 5.34),
  biesles: place('Biesles', '52050', '52340', 48.09, 5.29),
  chaumont: place('Chaumont', '52121', '52000', 48.11, 5.14),
  langres: place('Langres', '52269', '52200', 47.86, 5.33),
  bologne: place('Bologne', '52058', '52310', 48.2, 5.14),
  mandres: place('Mandres-la-Côte', '52305', '52800', 48.06, 5.34),
  sarrey: place('Sarrey', '52461', '52140', 47.99, 5.42),
  foulain: place('Foulain', '52205', '52800', 48.04, 5.21),
  'val-de-meuse': place('Val-de-Meuse', '52332', '52140', 48.0, 5.5),
  'saint-dizier': place('Saint-Dizier', '52448', '52100', 48.64, 4.95),
  joinville: place('Joinville', '52250', '52300', 48.44, 5.14),
  wassy: place('Wassy', '52550', '52130', 48.5, 4.95),
  rolampont: place('Rolampont', '52432', '52260', 47.95, 5.29),
  'fayl-billot': place('Fayl-Billot', '52197', '52500', 47.78, 5.6),
  'is-en-bassigny': place('Is-en-Bassigny', '52248', '52140', 48.03, 5.44),
  lanques: place('Lanques-sur-Rognon', '52271', '52800', 48.1, 5.38),
  vitry: place('Vitry-lès-Nogent', '52541', '52800', 48.02, 5.3),
  luzy: place('Luzy-sur-Marne', '52297', '52000', 48.06, 5.18),
  poulangy: place('Poulangy', '52401', '52800', 48.04, 5.24),
} as const satisfies Record<string, Place>;

export type PlaceSlug = keyof typeof PLACES;

const EARTH_RADIUS_KM = 6371;

/** Great-circle distance in kilometres (haversine). */
export function distanceKm(from: PlaceSlug, to: PlaceSlug): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [a, b] = [PLACES[from], PLACES[to]];
  const rise = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
  const run =
    Math.cos(radians(a.latitude)) *
    Math.cos(radians(b.latitude)) *
    Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(rise + run));
}

/**
 * What sending one person to a course costs, in cents: there and back, roads 1.3 times as long as the crow
 * flies, two days on average, 0.30 EUR a kilometre for a car that two people share; rounded to 50 cents.
 * Nogent to Langres: 18.92 km x 1.3 x 2 (there and back) x 2 (days) x 0.15 EUR = 14.76 EUR, so 15.00 EUR.
 */
export function travelCost(from: PlaceSlug, to: PlaceSlug): number {
  const centsPerSeat = distanceKm(from, to) * 1.3 * 2 * 2 * (30 / 2);
  return Math.round(centsPerSeat / 50) * 50;
}
