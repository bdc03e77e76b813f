import { dateOf } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { ok } from '../../kernel/result.ts';
import { type ActionContext, action, refuse } from '../../platform/action.ts';
import { anybody, signedIn } from '../../platform/permit.ts';
import { hashSecret, newSecret } from '../../platform/secret.ts';
import { demoForm, languageForm, linkForm, roleForm, sessionForm, useLinkForm } from './forms.ts';
import { paths } from './paths.ts';
import {
  findPersonByDemoAccount,
  findPersonByEmail,
  getClusterName,
  insertLoginToken,
  insertSession,
  listRolesHeld,
  updateLanguage,
  updateSessionRevoked,
  updateSessionRole,
  useLoginToken,
} from './store.ts';
import { LINK_MINUTES, SESSION_DAYS } from './types.ts';

const instant = (now: Temporal.Instant): Date => new Date(now.epochMilliseconds);

/**
 * Sends a sign-in link to an address the cluster knows. The answer is the same for an unknown address, so
 * that nobody learns who is a member.
 */
export const requestLink = action({
  name: 'identity.link.request',
  summary: 'Send a sign-in link by mail',
  form: linkForm,
  permit: anybody,
  elevated: true,
  async run({ writer, actor, now }, { email }) {
    const person = await findPersonByEmail(writer, actor.cluster, email);
    if (!person) return ok({ value: null, audit: { audience: 'staff', details: { known: false } } });
    const token = newSecret(actor.cluster);
    await insertLoginToken(writer, {
      cluster_id: actor.cluster,
      token_hash: hashSecret(token),
      person_id: person.person_id,
      expires_at: instant(now.add({ minutes: LINK_MINUTES })),
    });
    return ok({
      value: null,
      audit: { audience: 'staff', subject: person.person_id, details: { known: true } },
      mails: [
        {
          person: person.person_id,
          to: person.email,
          lang: person.lang,
          template: 'sign-in',
          data: {
            secretLink: paths.useLink(token),
            minutes: LINK_MINUTES,
            cluster: await getClusterName(writer, actor.cluster),
          },
        },
      ],
    });
  },
});

/** Uses a sign-in link, once. */
export const useLink = action({
  name: 'identity.link.use',
  summary: 'Sign in with the link of a mail',
  form: useLinkForm,
  permit: anybody,
  elevated: true,
  async run(context, { token, agent }) {
    const used = await useLoginToken(
      context.writer,
      context.actor.cluster,
      hashSecret(token),
      instant(context.now),
    );
    if (!used) return refuse('link-used-or-expired');
    return openSession(context, used.person_id, 'link', agent);
  },
});

/** Signs a visitor of the demo in as one of its fictive people. */
export const signInDemo = action({
  name: 'identity.demo.sign-in',
  summary: 'Sign in as a fictive person of the demo',
  form: demoForm,
  permit: anybody,
  elevated: true,
  async run(context, { account, agent }) {
    const person = await findPersonByDemoAccount(context.writer, context.actor.cluster, account);
    if (!person) return refuse('no-such-account');
    return openSession(context, person.person_id, 'demo', agent);
  },
});

/** Takes another of one's roles. */
export const takeRole = action({
  name: 'identity.role.take',
  summary: 'Act in another of the roles one holds',
  form: roleForm,
  permit: signedIn,
  async run({ writer, actor, now }, { session, role }) {
    const roles = await listRolesHeld(writer, actor.cluster, actor.person!, dateOf(now).toString());
    const taken = roles.find((r) => r.roleId === role);
    if (!taken) return refuse('role-not-held');
    await updateSessionRole(writer, actor.cluster, session, role);
    return ok({
      value: null,
      audit: { audience: 'staff', subject: actor.person!, details: { role: taken.role } },
    });
  },
});

/** Ends one of one's own sessions: this one (sign out) or another. */
export const revokeSession = action({
  name: 'identity.session.revoke',
  summary: 'End one of the own sessions',
  form: sessionForm,
  permit: signedIn,
  async run({ writer, actor, now }, { session }) {
    const ended = await updateSessionRevoked(writer, actor.cluster, actor.person!, session, instant(now));
    if (!ended) return refuse('no-such-session');
    return ok({ value: null, audit: { audience: 'staff', subject: actor.person! } });
  },
});

/** The language a person reads and is written to in. */
export const chooseLanguage = action({
  name: 'identity.language.choose',
  summary: 'Choose the language of screens and mails',
  form: languageForm,
  permit: signedIn,
  async run({ writer, actor }, { lang }) {
    await updateLanguage(writer, actor.cluster, actor.person!, lang);
    return ok({ value: null, audit: { audience: 'staff', subject: actor.person!, details: { lang } } });
  },
});

async function openSession(
  { writer, actor, now, newId }: ActionContext,
  person: Id,
  method: 'link' | 'demo',
  agent: string,
) {
  const roles = await listRolesHeld(writer, actor.cluster, person, dateOf(now).toString());
  const [first] = roles;
  if (!first) return refuse('no-role-today');
  const secret = newSecret(actor.cluster);
  const session = newId();
  await insertSession(writer, {
    cluster_id: actor.cluster,
    session_id: session,
    token_hash: hashSecret(secret),
    person_id: person,
    role_id: first.roleId,
    method,
    agent,
    created_at: instant(now),
    seen_at: instant(now),
    expires_at: instant(now.add({ hours: 24 * SESSION_DAYS })),
  });
  return ok({
    value: { secret },
    audit: { audience: 'staff' as const, subject: person, person, details: { method } },
  });
}
