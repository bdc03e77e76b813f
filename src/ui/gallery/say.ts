import type { Lang } from '../../platform/i18n/index.ts';

/** A sentence of the gallery in both languages, and the language it is shown in. */
export type Say = (fr: string, en: string) => string;

export const sayIn =
  (lang: Lang): Say =>
  (fr, en) =>
    lang === 'fr' ? fr : en;
