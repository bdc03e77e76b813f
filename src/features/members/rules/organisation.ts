import { createHash } from 'node:crypto';
import { isFictive, isSiren, isSiret } from '../../../kernel/identifiers.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import type { Refusal } from '../../../platform/action.ts';
import type { CompanyRole, RoleHeld, SirenFault, SiretFault } from '../types.ts';

/**
 * What is wrong with a SIREN (9 digits, spaces removed), or null. Spreadsheets turn identifiers into rounded numbers
 * (7,32829E+08) and strip leading zeros: both are told apart from a typing mistake, and never repaired by guessing.
 */
export const sirenFault = (digits: string): SirenFault | null => fault(digits, 9, isSiren, 'siren');

/** The same for a SIRET (14 digits). A SIREN in its place is too short, not stripped of zeros. */
export const siretFault = (digits: string): SiretFault | null =>
  isSiren(digits) ? 'siret-length' : fault(digits, 14, isSiret, 'siret');

function fault<Name extends 'siren' | 'siret'>(
  digits: string,
  length: number,
  isValid: (s: string) => boolean,
  name: Name,
): `${Name}-${'rounded' | 'lost-zeros' | 'length' | 'key' | 'letters'}` | null {
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(digits)) return `${name}-rounded`;
  if (!/^\d+$/.test(digits)) return `${name}-letters`;
  if (digits.length < length && isValid(digits.padStart(length, '0'))) return `${name}-lost-zeros`;
  if (digits.length !== length) return `${name}-length`;
  return isValid(digits) ? null : `${name}-key`;
}

/** True when the establishment belongs to the undertaking: a SIRET begins with its SIREN. */
export const belongsTo = (siret: string, siren: string): boolean => siret.startsWith(siren);

/** What a page says next to an identifier of the fictive range. */
export const isDemonstration = (siren: string | null): boolean => siren !== null && isFictive(siren);

/** Everything typed about an organisation that must fit together. */
export interface OrganisationFacts {
  readonly siren: string | null;
  readonly sirets: readonly string[];
  readonly joinedOn: string | null;
  readonly leftOn: string | null;
}

/** Refuses an organisation whose parts contradict each other. */
export function decideOrganisation(facts: OrganisationFacts): Result<null, Refusal> {
  if (facts.siren !== null) {
    const wrong = sirenFault(facts.siren);
    if (wrong) return err({ code: wrong, params: { value: facts.siren }, field: 'siren' });
    const other = facts.sirets.find((siret) => !belongsTo(siret, facts.siren!));
    if (other)
      return err({ code: 'siret-of-another', params: { siret: other, siren: facts.siren }, field: 'siren' });
  }
  if (facts.joinedOn !== null && facts.leftOn !== null && facts.leftOn < facts.joinedOn)
    return err({ code: 'left-before-joined', field: 'leftOn' });
  return ok(null);
}

/** Refuses a site's SIRET that is none, or another undertaking's. */
export function decideSiret(siret: string | null, siren: string | null): Result<null, Refusal> {
  if (siret === null) return ok(null);
  const wrong = siretFault(siret);
  if (wrong) return err({ code: wrong, params: { value: siret }, field: 'siret' });
  if (siren !== null && !belongsTo(siret, siren))
    return err({ code: 'siret-of-another', params: { siret, siren }, field: 'siret' });
  return ok(null);
}

/** Refuses a role that this person already holds in this company on that day. */
export function decideRole(
  held: readonly Pick<RoleHeld, 'personId' | 'role' | 'startsOn' | 'endsOn'>[],
  wanted: { personId: string; role: CompanyRole; startsOn: string },
): Result<null, Refusal> {
  const same = held.find(
    (r) =>
      r.personId === wanted.personId &&
      r.role === wanted.role &&
      (r.endsOn === null || r.endsOn >= wanted.startsOn),
  );
  return same ? err({ code: 'role-already-held' }) : ok(null);
}

/** Refuses an end before the beginning, and ending what has ended. */
export function decideRoleEnd(
  role: Pick<RoleHeld, 'startsOn' | 'endsOn'>,
  endsOn: string,
): Result<null, Refusal> {
  if (role.endsOn !== null && role.endsOn <= endsOn)
    return err({ code: 'role-ended', params: { on: role.endsOn } });
  if (endsOn < role.startsOn)
    return err({ code: 'ends-before-start', params: { on: role.startsOn }, field: 'endsOn' });
  return ok(null);
}

/** True while a role is held on a day. */
export const isHeld = (role: Pick<RoleHeld, 'startsOn' | 'endsOn'>, day: string): boolean =>
  role.startsOn <= day && (role.endsOn === null || role.endsOn >= day);

/** A person's content as a short fingerprint: what a page showed, to be compared when it comes back. */
export const personFingerprint = (person: {
  name: string;
  email: string;
  phone: string;
  lang: string;
}): string =>
  createHash('sha256')
    .update(JSON.stringify([person.name, person.email, person.phone, person.lang]))
    .digest('hex')
    .slice(0, 32);
