import { errorSentences } from '../../platform/form-errors.ts';
import type { FormState, Visit } from '../../platform/http.ts';
import {
  Actions,
  Button,
  bindFields,
  DataTable,
  EmptyState,
  Form,
  InstantText,
  Notice,
  Opening,
  Screen,
  Section,
  TextField,
} from '../../ui/index.ts';
import { paths } from './paths.ts';
import { en } from './texts.en.ts';
import { fr } from './texts.fr.ts';
import { type HeldRole, LINK_MINUTES, type SessionLine } from './types.ts';
import type { DemoAccount } from './views.ts';

export const textsOf = (lang: 'fr' | 'en') => (lang === 'fr' ? fr : en);

export function signInPage(visit: Visit, accounts: readonly DemoAccount[], form: FormState) {
  const { lang } = visit;
  const t = textsOf(lang);
  const errors = errorSentences(form.errors, lang);
  const field = bindFields(form.values, errors);
  return (
    <Screen frame={visit.frame} title={t.signIn}>
      <Opening lang={lang} title={t.signIn}>
        <p>{t.signInLead}</p>
      </Opening>
      {form.refusal && <Notice lang={lang} kind="refusal" happened={form.refusal} />}
      {accounts.length > 0 && (
        <Section id="demo" title={t.demoTitle}>
          <p>{t.demoLead}</p>
          <form method="post" action={paths.signInDemo}>
            <ul class="choices">
              {accounts.map((account) => (
                <li>
                  <Button kind="plain" name="account" value={account.account} icon="person">
                    {t.demoAs(account.name, t.roleOf(t.roles[account.role], account.company))}
                  </Button>
                </li>
              ))}
            </ul>
          </form>
        </Section>
      )}
      <Section id="link" title={t.sendLink}>
        <Form
          lang={lang}
          action={paths.signIn}
          errors={errors}
          submit={<Button kind="main">{t.sendLink}</Button>}
        >
          <TextField
            lang={lang}
            {...field('email')}
            type="email"
            label={t.email}
            hint={t.emailHint}
            autocomplete="email"
          />
        </Form>
      </Section>
    </Screen>
  );
}

export function linkSentPage(visit: Visit) {
  const t = textsOf(visit.lang);
  return (
    <Screen frame={visit.frame} title={t.linkSent}>
      <Opening lang={visit.lang} title={t.linkSent}>
        <p>{t.linkSentLead(LINK_MINUTES)}</p>
        {visit.cluster.demo && (
          <p>
            {t.linkSentDemo} <a href={paths.outbox}>{t.outbox}</a>
          </p>
        )}
      </Opening>
    </Screen>
  );
}

export function useLinkPage(visit: Visit, token: string) {
  const t = textsOf(visit.lang);
  return (
    <Screen frame={visit.frame} title={t.useLinkTitle}>
      <Opening lang={visit.lang} title={t.useLinkTitle}>
        <p>{t.useLinkLead}</p>
      </Opening>
      <form method="post" action={paths.linkTarget}>
        <input type="hidden" name="token" value={token} />
        <Actions>
          <Button kind="main">{t.useLink}</Button>
        </Actions>
      </form>
    </Screen>
  );
}

export function accountPage(
  visit: Visit,
  model: { sessions: readonly SessionLine[]; roles: readonly HeldRole[] },
) {
  const { lang } = visit;
  const t = textsOf(lang);
  return (
    <Screen frame={visit.frame} title={t.account}>
      <Opening lang={lang} title={t.account}>
        <p>{visit.personName}</p>
      </Opening>
      <Section id="sessions" title={t.sessions}>
        <p>{t.sessionsLead}</p>
        <DataTable
          lang={lang}
          caption={t.sessions}
          captionHidden
          rows={model.sessions}
          empty={<EmptyState>{t.sessionsLead}</EmptyState>}
          columns={[
            { key: 'agent', label: t.device, cell: (s) => s.agent || '–' },
            { key: 'method', label: t.method, cell: (s) => t.methods[s.method] },
            { key: 'since', label: t.since, cell: (s) => <InstantText at={s.createdAt} lang={lang} /> },
            { key: 'seen', label: t.lastSeen, cell: (s) => <InstantText at={s.seenAt} lang={lang} /> },
            {
              key: 'end',
              label: t.end,
              cell: (s) =>
                s.current ? (
                  t.thisOne
                ) : (
                  <form method="post" action={paths.revoke(s.sessionId)}>
                    <Button kind="plain">{t.end}</Button>
                  </form>
                ),
            },
          ]}
        />
      </Section>
    </Screen>
  );
}
