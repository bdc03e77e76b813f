import type { Id } from '../../kernel/ids.ts';
import type { Role } from '../../platform/db/actor.ts';
import type { Lang } from '../../platform/i18n/index.ts';

/** A role somebody holds today, with its company where it has one. */
export interface HeldRole {
  readonly roleId: Id;
  readonly role: 'secretary' | 'treasurer' | 'president' | 'board' | 'delegate' | 'deputy';
  readonly company: { readonly id: Id; readonly name: string } | null;
}

/** Who a session belongs to, and the role it acts in. */
export interface SignedIn {
  readonly sessionId: Id;
  readonly person: { readonly id: Id; readonly name: string; readonly lang: Lang };
  readonly roles: readonly HeldRole[];
  readonly acting: HeldRole;
}

/** One of a person's sessions, as its list shows it. */
export interface SessionLine {
  readonly sessionId: Id;
  readonly method: 'link' | 'demo' | 'setup';
  readonly agent: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly current: boolean;
}

/** A deputy acts as the delegate does. */
export const actorRole = (role: HeldRole['role']): Role => (role === 'deputy' ? 'delegate' : role);

/** A sign-in link works once, for this long. */
export const LINK_MINUTES = 30;
/** A session ends after this long without use, and after thirty days in any case. */
export const IDLE_DAYS = 7;
export const SESSION_DAYS = 30;

/** A session not seen since this instant has ended. */
export const idleSince = (now: Temporal.Instant): Date =>
  new Date(now.subtract({ hours: 24 * IDLE_DAYS }).epochMilliseconds);
