/** Identifiers of French undertakings: SIREN (9 digits), SIRET (14 digits), intra-community VAT number. */

const luhn = (digits: string): boolean => {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    let d = Number(digits[digits.length - 1 - i]);
    if (i % 2 === 1) {
      d *= 2;
      if (d > 9) d -= 9;
    }
    sum += d;
  }
  return sum % 10 === 0;
};

/** True for 9 digits, not all zero, with a valid Luhn key. */
export const isSiren = (s: string): boolean => /^\d{9}$/.test(s) && !/^0+$/.test(s) && luhn(s);

/**
 * True for 14 digits, not all zero, with a valid Luhn key. La Poste's establishments (356000000, but its
 * seat 35600000000048) are valid when the sum of their digits is a multiple of 5 instead.
 */
export function isSiret(s: string): boolean {
  if (!/^\d{14}$/.test(s) || /^0+$/.test(s)) return false;
  if (s.startsWith('356000000') && s !== '35600000000048')
    return [...s].reduce((sum, d) => sum + Number(d), 0) % 5 === 0;
  return luhn(s);
}

/** Removes the spaces, dots and no-break spaces people put in identifiers. */
export const bareDigits = (s: string): string => s.replace(/[\s.\u00a0\u202f]/g, '');

/** French VAT number of a SIREN: `FR`, a two-digit key (12 + 3 x (SIREN mod 97)) mod 97, the SIREN. */
export const vatNumber = (siren: string): string =>
  `FR${String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0')}${siren}`;

/** True for identifiers of the fictive range: SIREN starting 000000, reserved for demonstration companies. */
export const isFictive = (siren: string): boolean => siren.startsWith('000000');

/** Fictive SIREN number `n` (1-99): `000000` then two digits of `n` and the Luhn key. */
export function fictiveSiren(n: number): string {
  if (!Number.isInteger(n) || n < 1 || n > 99) throw new RangeError(`fictiveSiren: ${n} is not in 1-99`);
  return withKey(`000000${String(n).padStart(2, '0')}`);
}

/** SIRET of establishment `nic` (1-9999) of `siren`, with its Luhn key. */
export const fictiveSiret = (siren: string, nic: number): string =>
  withKey(`${siren}${String(nic).padStart(4, '0')}`);

function withKey(stem: string): string {
  for (let key = 0; key < 10; key += 1) if (luhn(`${stem}${key}`)) return `${stem}${key}`;
  throw new Error('withKey: no key');
}
