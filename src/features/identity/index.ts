import type { Feature } from '../../platform/feature.ts';
import { plainMail } from '../../platform/mail.ts';
import { chooseLanguage, requestLink, revokeSession, signInDemo, takeRole, useLink } from './actions.ts';
import { textsOf } from './pages.tsx';
import { identityRoutes } from './routes.ts';
import { en } from './texts.en.ts';
import { fr } from './texts.fr.ts';
import { demoAccounts, ownAccount } from './views.ts';

export { paths as identityPaths } from './paths.ts';
export { findSignedIn, LANG_COOKIE, SESSION_COOKIE, sessionCookie, THEME_COOKIE } from './session.ts';
export { actorRole, type HeldRole, type SignedIn } from './types.ts';

/** How a role is named on screens: "Delegate, Forge du Val". */
export const roleName = (lang: 'fr' | 'en', role: keyof typeof fr.roles, company: string | null): string => {
  const t = textsOf(lang);
  return t.roleOf(t.roles[role], role === 'delegate' || role === 'deputy' ? company : null);
};

/** Signing in and out, sessions, roles taken, language. */
export const identity: Feature = {
  name: 'identity',
  routes: identityRoutes,
  actions: [requestLink, useLink, signInDemo, takeRole, revokeSession, chooseLanguage],
  views: [demoAccounts, ownAccount],
  mails: {
    'sign-in': (lang, data, url) => {
      const t = textsOf(lang).mail;
      return plainMail(t.subject(data.cluster ?? 'Grappe'), t.lines(data.minutes ?? ''), {
        label: t.button,
        href: url(data.secretLink ?? '/'),
      });
    },
  },
  audit: { fr: fr.audit, en: en.audit },
  refusals: { fr: fr.refusals, en: en.refusals },
};
