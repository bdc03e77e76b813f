/** The languages of the screens. French is written first, English is complete. */
export type Lang = 'fr' | 'en';

export const LANGS: readonly Lang[] = ['fr', 'en'];

/** True for a language that Grappe speaks. */
export const isLang = (s: unknown): s is Lang => s === 'fr' || s === 'en';

/**
 * The language for a reader: what they chose (a cookie, a profile) if it is one of ours, else the best match of
 * the `Accept-Language` header, else French. `chooseLang(undefined, 'de,en;q=0.8,fr;q=0.3')` is `'en'`.
 */
export function chooseLang(chosen: string | undefined, acceptLanguage: string | undefined): Lang {
  if (isLang(chosen)) return chosen;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().split(';');
      const q = params.map((p) => p.trim()).find((p) => p.startsWith('q='));
      return { lang: tag.slice(0, 2).toLowerCase(), quality: q === undefined ? 1 : Number(q.slice(2)) };
    })
    .filter((w): w is { lang: Lang; quality: number } => isLang(w.lang) && w.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wanted[0]?.lang ?? 'fr';
}
