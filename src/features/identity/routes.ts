import { deleteCookie, setCookie } from 'hono/cookie';
import type { z } from 'zod';
import { type Action, runAction } from '../../platform/action.ts';
import { errorSentence } from '../../platform/form-errors.ts';
import {
  type FormState,
  failurePage,
  formValues,
  freshForm,
  load,
  placeOf,
  sendPage,
  setNotice,
  show,
  submit,
  type Web,
  type WebContext,
} from '../../platform/http.ts';
import { isLang } from '../../platform/i18n/index.ts';
import { rateLimit } from '../../platform/rate.ts';
import { chooseLanguage, requestLink, revokeSession, signInDemo, takeRole, useLink } from './actions.ts';
import { accountPage, linkSentPage, signInPage, textsOf, useLinkPage } from './pages.tsx';
import { paths } from './paths.ts';
import { LANG_COOKIE, SESSION_COOKIE, sessionCookie, THEME_COOKIE } from './session.ts';
import { demoAccounts, ownAccount } from './views.ts';

const agentOf = (c: WebContext): string =>
  (c.req.header('user-agent') ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 200);

/** A path of this site, to come back to; anything else becomes home. */
const backTo = (value: unknown): string =>
  typeof value === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(value) ? value : '/';

export function identityRoutes(web: Web): void {
  // What strangers can call: ten links at once from one place, then one every half minute; five to one address, then
  // one every two minutes.
  const byPlace = rateLimit(10, 30);
  const byAddress = rateLimit(5, 120);
  // Signing in tries a secret: generous for people, useless for guessing 256 bits.
  const tries = rateLimit(60, 1);

  const signInAgain = async (
    c: WebContext,
    form: FormState,
    status: 200 | 409 | 422 | 429 = 200,
  ): Promise<Response> => {
    const accounts = await load(c, demoAccounts, {});
    return accounts instanceof Response
      ? accounts
      : sendPage(c, signInPage(c.var.visit, accounts, form), status);
  };
  const tooMany = (c: WebContext, form: FormState) =>
    signInAgain(c, { ...form, refusal: textsOf(c.var.visit.lang).tooMany }, 429);

  web.get(paths.signIn, (c) => signInAgain(c, freshForm()));

  web.post(paths.signIn, async (c) => {
    const typed = (await formValues(c)) ?? {};
    const form: FormState = { values: typed, errors: {}, refusal: null };
    if (
      !byPlace.allow(placeOf(c)) ||
      !byAddress.allow(
        String(typed.email ?? '')
          .trim()
          .toLowerCase(),
      )
    )
      return tooMany(c, form);
    return submit(c, requestLink, {
      to: () => paths.linkSent,
      again: (failed) => signInAgain(c, failed, failed.refusal ? 409 : 422),
    });
  });
  web.get(paths.linkSent, (c) => sendPage(c, linkSentPage(c.var.visit)));

  // A GET signs nobody in: mail filters follow links before people do.
  web.get(paths.linkTarget, (c) => sendPage(c, useLinkPage(c.var.visit, c.req.query('jeton') ?? '')));

  const enter = async (c: WebContext, action: Action<z.ZodType, { secret: string }>): Promise<Response> => {
    if (!tries.allow(placeOf(c))) return tooMany(c, freshForm());
    const { visit, machinery, shell } = c.var;
    const typed = (await formValues(c)) ?? {};
    const result = await runAction(machinery, visit.actor, action, { ...typed, agent: agentOf(c) });
    if (result.ok) {
      setCookie(c, SESSION_COOKIE, result.value.secret, sessionCookie(visit.absolute('/')));
      return c.redirect('/', 303);
    }
    const failure = result.error;
    if (failure.kind === 'forbidden') return failurePage(c, failure);
    const refusal =
      failure.kind === 'refused'
        ? shell.refusalSentence(visit.lang, failure.refusal)
        : errorSentence(Object.values(failure.errors)[0] ?? { code: 'invalid' }, visit.lang);
    return signInAgain(c, { values: {}, errors: {}, refusal }, failure.kind === 'refused' ? 409 : 422);
  };
  web.post(paths.linkTarget, (c) => enter(c, useLink as unknown as Action<z.ZodType, { secret: string }>));
  web.post(paths.signInDemo, (c) => enter(c, signInDemo as unknown as Action<z.ZodType, { secret: string }>));

  web.get(paths.sessions, (c) =>
    show(c, ownAccount, { current: c.var.visit.sessionId }, (model, visit) => accountPage(visit, model)),
  );
  web.post('/compte/sessions/:session/fin', (c) =>
    submit(c, revokeSession, {
      given: { session: c.req.param('session') },
      to: () => paths.sessions,
      notice: () => textsOf(c.var.visit.lang).notices.sessionEnded,
    }),
  );
  web.post(paths.takeRole, async (c) => {
    const typed = (await formValues(c)) ?? {};
    const { visit, machinery } = c.var;
    const result = await runAction(machinery, visit.actor, takeRole, {
      session: visit.sessionId ?? '',
      role: typed.as ?? '',
    });
    return result.ok ? c.redirect('/', 303) : failurePage(c, result.error);
  });
  web.post(paths.signOut, async (c) => {
    const { visit, machinery } = c.var;
    if (visit.sessionId !== null)
      await runAction(machinery, visit.actor, revokeSession, { session: visit.sessionId });
    deleteCookie(c, SESSION_COOKIE, { path: '/' });
    setNotice(c, textsOf(visit.lang).notices.signedOut);
    return c.redirect('/', 303);
  });

  web.post(paths.preferences, async (c) => {
    const typed = (await formValues(c)) ?? {};
    const { visit, machinery } = c.var;
    const year = { path: '/', maxAge: 365 * 24 * 3600, sameSite: 'Lax' as const, httpOnly: true };
    if (isLang(typed.lang)) {
      setCookie(c, LANG_COOKIE, typed.lang, year);
      if (visit.actor.person !== null)
        await runAction(machinery, visit.actor, chooseLanguage, { lang: typed.lang });
    }
    if (typed.theme === 'light' || typed.theme === 'dark') setCookie(c, THEME_COOKIE, typed.theme, year);
    if (typed.theme === 'system') deleteCookie(c, THEME_COOKIE, { path: '/' });
    return c.redirect(backTo(typed.back), 303);
  });
}
