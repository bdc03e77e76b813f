import { bareText } from '../../../kernel/text.ts';

/**
 * Text as it is searched and sorted: lower case, no accents, every run of anything but letters and digits one space.
 * `foldText('Éts Ménard & Cœur-Acier***')` is `ets menard coeur acier`.
 */
export const foldText = (text: string): string =>
  bareText(text)
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What an organisation is found by. */
export interface Searchable {
  readonly name: string;
  readonly formerNames?: readonly string[];
  readonly town?: string;
  readonly activity?: string;
  readonly siren?: string | null;
}

/** The searched text of an organisation: name, former names, town, activity and SIREN, folded. */
export const searchTextOf = (org: Searchable): string =>
  [org.name, ...(org.formerNames ?? []), org.town ?? '', org.activity ?? '', org.siren ?? '']
    .map(foldText)
    .filter((part) => part !== '')
    .join(' ');

/** The columns derived from what is typed, to be written with it. */
export const derivedText = (org: Searchable) => ({
  search_text: searchTextOf(org),
  sort_name: foldText(org.name),
  sort_town: foldText(org.town ?? ''),
});

const MOST_WORDS = 6;

/** The folded words of a query; a company must contain each. */
export const searchWords = (query: string): string[] =>
  foldText(query)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
