import type { Actor, Role } from './db/actor.ts';

/** Who may, as a sentence people can read and a rule the program applies. Deny by default: no permit, no action. */
export interface Permit {
  readonly says: { readonly fr: string; readonly en: string };
  readonly allows: (actor: Actor) => boolean;
}

/** The secretariat only. */
export const staffOnly: Permit = {
  says: { fr: 'Réservé au secrétariat.', en: 'For the secretariat only.' },
  allows: (actor) => actor.role === 'secretary' || actor.role === 'system',
};

/** Anybody with a role in the cluster. */
export const signedIn: Permit = {
  says: {
    fr: 'Réservé aux membres du cluster, une fois connectés.',
    en: 'For members of the cluster, once signed in.',
  },
  allows: (actor) => actor.role !== 'stranger',
};

/** Anybody at all, signed in or not. */
export const anybody: Permit = {
  says: { fr: 'Ouvert à tous.', en: 'Open to everybody.' },
  allows: () => true,
};

/** The delegate of a company, for that company. */
export const delegateOnly: Permit = {
  says: { fr: 'Réservé au délégué, pour sa propre entreprise.', en: 'For a delegate, for the own company.' },
  allows: (actor) => actor.role === 'delegate' && actor.company !== null,
};

/** Any of the given permits. */
export const anyOf = (...permits: readonly Permit[]): Permit => ({
  says: {
    fr: permits.map((p) => p.says.fr).join(' '),
    en: permits.map((p) => p.says.en).join(' '),
  },
  allows: (actor) => permits.some((p) => p.allows(actor)),
});

/** Holders of any of these roles. */
export const rolesOnly = (says: { fr: string; en: string }, ...roles: readonly Role[]): Permit => ({
  says,
  allows: (actor) => roles.includes(actor.role),
});
