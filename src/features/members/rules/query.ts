import type { ListParams } from '../forms.ts';
import type { Kind, MemberQuery, Sort } from '../types.ts';
import { bandsFrom } from './bands.ts';
import { decodePage } from './pages.ts';
import { foldText, searchWords } from './search.ts';

const KIND_OF: Readonly<Record<ListParams['sorte'], Kind>> = {
  '': 'member',
  partenaires: 'partner',
  prestataires: 'provider',
};
const SORT_OF: Readonly<Record<ListParams['tri'], Sort>> = { '': 'name', ville: 'town', effectif: 'band' };

/** What the URL of the list asks for; null when its page is none of ours. `staff` may ask who lacks a delegate. */
export function queryOf(params: ListParams, staff: boolean): MemberQuery | null {
  const sort = SORT_OF[params.tri];
  const page = decodePage(params.page, sort);
  if (page === null) return null;
  const town = foldText(params.ville);
  return {
    kind: KIND_OF[params.sorte],
    words: searchWords(params.q),
    department: params.departement === '' ? null : params.departement,
    town: town === '' ? null : town,
    bands: params.effectif === '' ? null : bandsFrom(Number(params.effectif)),
    group: params.groupe,
    withoutDelegate: staff && params['sans-delegue'] === '1',
    former: params.anciens === '1',
    sort,
    descending: params.sens === 'desc',
    page,
  };
}

/** The parameters as the URL has them, without the page: what every link of the list keeps. */
export const filtersOf = (params: ListParams): Record<string, string> => {
  const { page: _, groupe, ...rest } = params;
  return Object.fromEntries(
    Object.entries({ ...rest, groupe: groupe ?? '' }).filter(([, value]) => value !== ''),
  );
};
