import { dateOf } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Doors, systemOf } from '../../platform/db/actor.ts';
import { clusterOfSecret, hashSecret } from '../../platform/secret.ts';
import { findSession, listRolesHeld, touchSession } from './store.ts';
import { idleSince, SESSION_DAYS, type SignedIn } from './types.ts';

export const SESSION_COOKIE = 'grappe_session';
export const LANG_COOKIE = 'grappe_lang';
export const THEME_COOKIE = 'grappe_theme';

/** How the session cookie is set: unreadable by scripts, not sent by other sites' forms, only over TLS where there is TLS. */
export const sessionCookie = (publicUrl: string) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'Lax' as const,
  secure: publicUrl.startsWith('https:'),
  maxAge: SESSION_DAYS * 24 * 3600,
});

/** Sessions are marked as seen this often, not at each request. */
const TOUCH_MS = 5 * 60 * 1000;

/**
 * Who a session secret belongs to, today: person, roles held, the role it acts in. Null when it is unknown,
 * ended, idle for too long, or its person holds no role any more.
 */
export async function findSignedIn(
  doors: Doors,
  clock: Clock,
  secret: string,
): Promise<{ cluster: Id; signedIn: SignedIn } | null> {
  const cluster = clusterOfSecret(secret);
  if (cluster === null) return null;
  const now = new Date(clock.now().epochMilliseconds);
  const actor = systemOf(cluster);
  const found = await doors.read(actor, async (reader) => {
    const session = await findSession(reader, cluster, hashSecret(secret), now, idleSince(clock.now()));
    if (!session) return null;
    return {
      session,
      roles: await listRolesHeld(reader, cluster, session.person_id, dateOf(clock.now()).toString()),
    };
  });
  if (!found) return null;
  const { session, roles } = found;
  const acting = roles.find((r) => r.roleId === session.role_id) ?? roles[0];
  if (!acting) return null;
  if (now.getTime() - session.seen_at.getTime() > TOUCH_MS)
    await doors.write(actor, (writer) => touchSession(writer, cluster, session.session_id, now));
  return {
    cluster,
    signedIn: {
      sessionId: session.session_id,
      person: { id: session.person_id, name: session.name, lang: session.lang },
      roles,
      acting,
    },
  };
}
