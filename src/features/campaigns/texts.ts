import type { Lang } from '../../platform/i18n/index.ts';
import { en } from './texts.en.ts';
import { fr } from './texts.fr.ts';

/** The sentences of campaigns in a language. */
export const textsOf = (lang: Lang) => (lang === 'fr' ? fr : en);
