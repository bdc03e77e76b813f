/** Text as it is compared: lower case, without accents, œ as oe, single spaces. */
export const bareText = (s: string): string =>
  s
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/\s+/g, ' ')
    .trim();

/** A name as an address or a key: "Vitry-lès-Nogent" is `vitry-les-nogent`. */
export const slugOf = (s: string): string =>
  bareText(s)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
