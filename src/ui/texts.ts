import type { Lang } from '../platform/i18n/index.ts';
import { en } from './texts.en.ts';
import { fr, type UiTexts } from './texts.fr.ts';

/** The components' own words in a language. */
export const uiTexts = (lang: Lang): UiTexts => (lang === 'fr' ? fr : en);
export type { UiTexts };
