import type { Refusal } from '../platform/action.ts';
import type { Feature, InBothLanguages, Sentences } from '../platform/feature.ts';
import { errorSentences } from '../platform/form-errors.ts';
import type { Shell, Visit } from '../platform/http.ts';
import type { Lang } from '../platform/i18n/index.ts';
import { Actions, ButtonLink, Notice, Opening, Screen } from '../ui/index.ts';
import { en } from './texts.en.ts';
import { fr } from './texts.fr.ts';

export const textsOf = (lang: Lang) => (lang === 'fr' ? fr : en);

/** The pages that no feature owns, and the sentences of all features by code. */
export function makeShell(features: readonly Feature[]): Shell {
  const refusals = merge(features, (f) => f.refusals, 'refusal');
  const sentence = (lang: Lang, refusal: Refusal): string => {
    const params = Object.fromEntries(Object.entries(refusal.params ?? {}).map(([k, v]) => [k, String(v)]));
    const known = refusals[lang][refusal.code];
    if (known) return known(params);
    return refusal.code === 'invalid-fields'
      ? textsOf(lang).errors['invalid-fields']
      : textsOf(lang).errors.unknown;
  };
  const page = (visit: Visit, title: string, sentenceOf: string, todo: string, signIn: boolean) => {
    const t = textsOf(visit.lang).errors;
    return (
      <Screen frame={visit.frame} title={title}>
        <Opening lang={visit.lang} title={title} />
        <Notice lang={visit.lang} kind="refusal" happened={sentenceOf} kept={t.nothingLost} todo={todo} />
        <Actions>
          {signIn && visit.actor.role === 'stranger' ? (
            <ButtonLink kind="main" href={visit.frame.links.signIn}>
              {t.toSignIn}
            </ButtonLink>
          ) : (
            <ButtonLink kind="main" href={visit.frame.links.home}>
              {t.toHome}
            </ButtonLink>
          )}
        </Actions>
      </Screen>
    );
  };
  return {
    forbidden: (visit, permit) => {
      const t = textsOf(visit.lang).errors;
      return page(visit, t.forbiddenTitle, permit.says[visit.lang], t.signInFirst, true);
    },
    missing: (visit) => {
      const t = textsOf(visit.lang).errors;
      return page(visit, t.missingTitle, t.missing, t.signInFirst, true);
    },
    refused: (visit, refusal) => {
      const t = textsOf(visit.lang).errors;
      return page(visit, t.refusedTitle, sentence(visit.lang, refusal), t.goBack, false);
    },
    invalid: (visit, errors) => {
      const t = textsOf(visit.lang).errors;
      const why = [...new Set(Object.values(errorSentences(errors, visit.lang)))].join(' ');
      return page(visit, t.invalidTitle, why || t.invalid, t.goBack, false);
    },
    failed: (visit, reference) => {
      const t = textsOf(visit?.lang ?? 'fr').errors;
      return visit === null
        ? t.failed(reference)
        : page(visit, t.failedTitle, t.failed(reference), t.goBack, false);
    },
    refusalSentence: sentence,
  };
}

/** The sentences of all features in one table a language; two features may not claim one key. */
export function merge(
  features: readonly Feature[],
  of: (feature: Feature) => InBothLanguages<Sentences>,
  what: string,
): InBothLanguages<Sentences> {
  const all = { fr: {} as Record<string, Sentences[string]>, en: {} as Record<string, Sentences[string]> };
  for (const feature of features) {
    for (const lang of ['fr', 'en'] as const) {
      for (const [key, sentence] of Object.entries(of(feature)[lang])) {
        if (all[lang][key]) throw new Error(`two features have the ${what} ${key}`);
        all[lang][key] = sentence;
      }
    }
  }
  return all;
}
