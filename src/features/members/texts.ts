import type { Lang } from '../../platform/i18n/index.ts';
import { en } from './texts.en.ts';
import { fr } from './texts.fr.ts';
import type { Reason } from './types.ts';

/** The feature's words in a language. */
export const textsOf = (lang: Lang): typeof fr => (lang === 'fr' ? fr : en);

/** Why a line stays out, in words, with the column it is about. */
export function reasonWords(reason: Reason, lang: Lang): string {
  const t = textsOf(lang);
  const params = Object.fromEntries(
    Object.entries(reason.params ?? {}).map(([name, value]) => [name, String(value)]),
  );
  const sentence = t.reasons[reason.code](params);
  return reason.field === undefined ? sentence : `${t.fields[reason.field]} : ${sentence}`;
}
