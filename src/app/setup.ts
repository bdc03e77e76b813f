import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { setCookie } from 'hono/cookie';
import { z } from 'zod';
import { SESSION_COOKIE } from '../features/identity/index.ts';
import { dateOf } from '../kernel/dates.ts';
import { slugOf } from '../kernel/text.ts';
import type { Machinery } from '../platform/action.ts';
import { systemOf } from '../platform/db/actor.ts';
import { email, type FieldErrors, fieldErrors, text } from '../platform/form.ts';
import { formValues, type Web } from '../platform/http.ts';
import { chooseLang } from '../platform/i18n/index.ts';
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

const sameCode = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** The first-run set-up: one cluster and the first person of its secretariat, once. */
export function setupRoutes(
  web: Web,
  options: { machinery: Machinery; code: SetupCode; clusters: ReturnType<typeof clusterList> },
): void {
  const { machinery, code, clusters } = options;
  const tries = rateLimit(10, 60);
  web.get('/installation', async (c) => {
    if ((await clusters.all()).length > 0) return c.redirect('/', 303);
    const lang = chooseLang(undefined, c.req.header('accept-language'));
    return c.html(String(await setupPage(lang, {}, {})));
  });
  web.post('/installation', async (c) => {
    if ((await clusters.all()).length > 0) return c.redirect('/', 303);
    const lang = chooseLang(undefined, c.req.header('accept-language'));
    const typed = (await formValues(c)) ?? {};
    const parsed = setupForm.safeParse(typed);
    const again = async (errors: FieldErrors, wrongCode = false): Promise<Response> =>
      c.html(String(await setupPage(lang, typed, errors, wrongCode)), 422);
    if (!parsed.success) return again(fieldErrors(parsed.error));
    if (!tries.allow('setup') || !sameCode(parsed.data.code, code.value)) return again({}, true);
    const cluster = randomUUID();
    const person = randomUUID();
    const role = randomUUID();
    const secret = newSecret(cluster);
    const now = machinery.clock.now();
    const at = new Date(now.epochMilliseconds);
    await machinery.doors.write(systemOf(cluster), async (writer) => {
      await writer
        .insertInto('cluster')
        .values({
          cluster_id: cluster,
          slug: slugOf(parsed.data.cluster) || 'cluster',
          name: parsed.data.cluster,
          is_default: true,
          identity: JSON.stringify({}),
          seeded_at: at,
        })
        .execute();
      await writer
        .insertInto('person')
        .values({
          cluster_id: cluster,
          person_id: person,
          name: parsed.data.name,
          email: parsed.data.email,
          lang,
        })
        .execute();
      await writer
        .insertInto('role_held')
        .values({
          cluster_id: cluster,
          role_id: role,
          person_id: person,
          role: 'secretary',
          starts_on: dateOf(now).toString(),
        })
        .execute();
      await writer
        .insertInto('session')
        .values({
          cluster_id: cluster,
          session_id: randomUUID(),
          token_hash: hashSecret(secret),
          person_id: person,
          role_id: role,
          method: 'setup',
          created_at: at,
          seen_at: at,
          expires_at: new Date(at.getTime() + 24 * 3600 * 1000),
        })
        .execute();
    });
    clusters.forget();
    setCookie(c, SESSION_COOKIE, secret, { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 24 * 3600 });
    return c.redirect('/', 303);
  });
}
