import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import {
  actorRole,
  findSignedIn,
  identityPaths,
  LANG_COOKIE,
  roleName,
  SESSION_COOKIE,
  THEME_COOKIE,
} from '../features/identity/index.ts';
import type { Id } from '../kernel/ids.ts';
import type { Machinery } from '../platform/action.ts';
import { type ClusterActor, SYSTEM } from '../platform/db/actor.ts';
import type { Feature } from '../platform/feature.ts';
import type { Room } from '../platform/html.ts';
import { takeNotice, type Visit } from '../platform/http.ts';
import { chooseLang } from '../platform/i18n/index.ts';
import { textsOf } from './shell.tsx';

/** A cluster of this installation, as requests are matched to it. */
export interface KnownCluster {
  readonly id: Id;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly isDefault: boolean;
  readonly demo: boolean;
}

/** The clusters of this installation, read again every few seconds. */
export function clusterList(machinery: Machinery): {
  all(): Promise<readonly KnownCluster[]>;
  forget(): void;
} {
  let kept: { at: number; clusters: Promise<readonly KnownCluster[]> } | null = null;
  const read = async (): Promise<readonly KnownCluster[]> => {
    const rows = await machinery.doors.read(SYSTEM, (reader) =>
      reader
        .selectFrom('cluster')
        .select(['cluster_id', 'name', 'hosts', 'is_default', 'is_demo'])
        .orderBy('is_default', 'desc')
        .orderBy('slug')
        .execute(),
    );
    return rows.map((r) => ({
      id: r.cluster_id,
      name: r.name,
      hosts: r.hosts,
      isDefault: r.is_default,
      demo: r.is_demo,
    }));
  };
  return {
    all() {
      if (kept === null || Date.now() - kept.at > 5000) {
        const clusters = read();
        kept = { at: Date.now(), clusters };
        // A failed read is not kept.
        clusters.catch(() => {
          kept = null;
        });
      }
      return kept.clusters;
    },
    forget() {
      kept = null;
    },
  };
}

/** Who visits: the session's person if there is one, else a stranger of the cluster that the host names. Null: no cluster yet. */
export async function visitOf(
  c: Context,
  machinery: Machinery,
  features: readonly Feature[],
  clusters: readonly KnownCluster[],
  publicUrl: string | undefined,
): Promise<Visit | null> {
  const host = c.req.header('host') ?? '127.0.0.1';
  const bearer = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const secret = bearer ?? getCookie(c, SESSION_COOKIE);
  const known = secret === undefined ? null : await findSignedIn(machinery.doors, machinery.clock, secret);
  const named = clusters.find((k) => k.hosts.includes(hostName(host)));
  // At a cluster's own address a session of another cluster is nobody's.
  const found = known && named && known.cluster !== named.id ? null : known;
  const cluster = found ? clusters.find((k) => k.id === found.cluster) : (named ?? clusters[0]);
  if (!cluster) return null;
  const signedIn = found?.signedIn ?? null;
  const lang = chooseLang(
    getCookie(c, LANG_COOKIE) ?? signedIn?.person.lang,
    c.req.header('accept-language'),
  );
  const role = signedIn ? actorRole(signedIn.acting.role) : 'stranger';
  const actor: ClusterActor = {
    cluster: cluster.id,
    role,
    company: role === 'delegate' ? (signedIn?.acting.company?.id ?? null) : null,
    person: signedIn?.person.id ?? null,
  };
  const url = new URL(c.req.url);
  const theme = getCookie(c, THEME_COOKIE);
  const t = textsOf(lang);
  const base = publicUrl ?? `${url.protocol}//${host}`;
  return {
    actor,
    lang,
    cluster: { id: cluster.id, name: cluster.name, demo: cluster.demo },
    sessionId: signedIn?.sessionId ?? null,
    personName: signedIn?.person.name ?? null,
    absolute: (path) => `${base}${path}`,
    frame: {
      lang,
      theme: theme === 'light' || theme === 'dark' ? theme : null,
      clusterName: cluster.name,
      demo: cluster.demo,
      path: c.req.method === 'GET' ? `${url.pathname}${url.search}` : '/',
      rooms: roomsFor(actor, features, lang, url.pathname),
      account: signedIn && {
        name: signedIn.person.name,
        actingAs: roleName(lang, signedIn.acting.role, signedIn.acting.company?.name ?? null),
        roleId: signedIn.acting.roleId,
        roles: signedIn.roles.map((held) => ({
          roleId: held.roleId,
          label: roleName(lang, held.role, held.company?.name ?? null),
        })),
      },
      notice: c.req.method === 'GET' ? takeNotice(c) : null,
      links: {
        home: '/',
        signIn: identityPaths.signIn,
        signOut: identityPaths.signOut,
        takeRole: identityPaths.takeRole,
        preferences: identityPaths.preferences,
        demoBanner: t.demoBanner,
        footer: [
          ...(signedIn ? [{ href: identityPaths.sessions, label: t.footer.account }] : []),
          ...(cluster.demo ? [{ href: identityPaths.outbox, label: t.footer.outbox }] : []),
          { href: '/api/v1/openapi.json', label: t.footer.api },
        ],
      },
    },
  };
}

/** `Nogent.example:3000` is `nogent.example`. */
const hostName = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

function roomsFor(
  actor: ClusterActor,
  features: readonly Feature[],
  lang: 'fr' | 'en',
  path: string,
): Room[] {
  if (actor.role === 'stranger') return [];
  const t = textsOf(lang).rooms;
  const rooms = [
    { href: '/', label: t.home, icon: 'home' },
    ...features.flatMap((feature) => feature.room?.(actor, lang) ?? []),
    { href: '/journal', label: t.journal, icon: 'journal' },
  ];
  return rooms.map((room) => ({
    ...room,
    current: room.href === '/' ? path === '/' : path === room.href || path.startsWith(`${room.href}/`),
  }));
}
