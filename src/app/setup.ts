import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { setCookie } from 'hono/cookie';
import { z } from 'zod';
import { SESSION_COOKIE, sessionCookie } from '../features/identity/index.ts';
import { dateOf } from '../kernel/dates.ts';
import { ok } from '../kernel/result.ts';
import { slugOf } from '../kernel/text.ts';
import { action, type Machinery, runAction } from '../platform/action.ts';
import type { ClusterActor } from '../platform/db/actor.ts';
import { choice, email, type FieldErrors, fieldErrors, text } from '../platform/form.ts';
import { formValues, type Web } from '../platform/http.ts';
import { chooseLang } from '../platform/i18n/index.ts';
import { anybody } from '../platform/permit.ts';
import { rateLimit } from '../platform/rate.ts';
import { hashSecret, newSecret } from '../platform/secret.ts';
import { setupPage } from './setup-page.tsx';
import type { clusterList } from './visit.ts';

/** The code that the program writes at its start when it has no cluster yet. */
export interface SetupCode {
  readonly value: string;
}

export const newSetupCode = (): SetupCode => ({ value: randomBytes(6).toString('hex') });

const setupForm = z.object({
  code: text({ max: 40 }),
  cluster: text({ max: 120 }),
  name: text({ max: 120 }),
  email: email(),
});

const SETUP_HOURS = 24;

/** Makes the cluster that the actor names, and the first person of its secretariat, signed in for a day. */
export const setUpCluster = action({
  name: 'app.cluster.set-up',
  summary: 'Set up the first cluster',
  form: setupForm.omit({ code: true }).extend({ lang: choice(['fr', 'en']) }),
  permit: anybody,
  elevated: true,
  async run({ writer, actor, now, newId }, { cluster: name, name: person, email, lang }) {
    const ids = { cluster_id: actor.cluster, person_id: newId() };
    const role = newId();
    const secret = newSecret(actor.cluster);
    const at = new Date(now.epochMilliseconds);
    await writer
      .insertInto('cluster')
      .values({
        cluster_id: actor.cluster,
        slug: slugOf(name) || 'cluster',
        name,
        is_default: true,
        identity: JSON.stringify({}),
        seeded_at: at,
      })
      .execute();
    await writer
      .insertInto('person')
      .values({ ...ids, name: person, email, lang })
      .execute();
    await writer
      .insertInto('role_held')
      .values({ ...ids, role_id: role, role: 'secretary', starts_on: dateOf(now).toString() })
      .execute();
    await writer
      .insertInto('session')
      .values({
        ...ids,
        session_id: newId(),
        token_hash: hashSecret(secret),
        role_id: role,
        method: 'setup',
        created_at: at,
        seen_at: at,
        expires_at: new Date(now.add({ hours: SETUP_HOURS }).epochMilliseconds),
      })
      .execute();
    return ok({
      value: { secret },
      audit: { audience: 'staff', subject: actor.cluster, person: ids.person_id },
    });
  },
});

const sameCode = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** The first-run set-up: one cluster and the first person of its secretariat, once. */
export function setupRoutes(
  web: Web,
  options: {
    machinery: Machinery;
    code: SetupCode;
    clusters: ReturnType<typeof clusterList>;
    publicUrl: string | undefined;
  },
): void {
  const { machinery, code, clusters, publicUrl } = options;
  const tries = rateLimit(10, 60);
  // Two people who send the right code at the same moment set up one cluster, not two.
  let isUsed = false;
  const isClosed = async (): Promise<boolean> => isUsed || (await clusters.all()).length > 0;
  web.get('/installation', async (c) => {
    if (await isClosed()) return c.redirect('/', 303);
    const lang = chooseLang(undefined, c.req.header('accept-language'));
    return c.html(String(await setupPage(lang, {}, {})));
  });
  web.post('/installation', async (c) => {
    if (await isClosed()) return c.redirect('/', 303);
    const lang = chooseLang(undefined, c.req.header('accept-language'));
    const typed = (await formValues(c)) ?? {};
    const parsed = setupForm.safeParse(typed);
    const again = async (errors: FieldErrors, wrongCode = false): Promise<Response> =>
      c.html(String(await setupPage(lang, typed, errors, wrongCode)), 422);
    if (!parsed.success) return again(fieldErrors(parsed.error));
    if (!tries.allow('setup') || !sameCode(parsed.data.code, code.value)) return again({}, true);
    if (isUsed) return c.redirect('/', 303);
    isUsed = true;
    const founder: ClusterActor = { cluster: randomUUID(), role: 'stranger', company: null, person: null };
    const result = await runAction(machinery, founder, setUpCluster, { ...parsed.data, lang }).catch(
      (error) => {
        isUsed = false;
        throw error;
      },
    );
    clusters.forget();
    if (result.ok)
      setCookie(c, SESSION_COOKIE, result.value.secret, {
        ...sessionCookie(publicUrl ?? c.req.url),
        maxAge: SETUP_HOURS * 3600,
      });
    return c.redirect('/', 303);
  });
}
