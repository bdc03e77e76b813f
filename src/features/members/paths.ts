import type { Id } from '../../kernel/ids.ts';

/** The addresses of the members room. */
export const paths = {
  list: '/adherents',
  /** The list asked otherwise; parameters left empty are left out. */
  listAs: (params: Readonly<Record<string, string>>): string => withQuery('/adherents', params),
  export: (params: Readonly<Record<string, string>>): string => withQuery('/adherents/export.csv', params),
  create: '/adherents/nouveau',
  member: (id: Id): string => `/adherents/${id}`,
  edit: (id: Id): string => `/adherents/${id}/modifier`,
  newSite: (id: Id): string => `/adherents/${id}/sites/nouveau`,
  site: (id: Id, site: Id): string => `/adherents/${id}/sites/${site}`,
  headcount: (id: Id): string => `/adherents/${id}/effectifs`,
  newRole: (id: Id): string => `/adherents/${id}/personnes/nouvelle`,
  person: (id: Id, person: Id): string => `/adherents/${id}/personnes/${person}`,
  endRole: (id: Id, role: Id): string => `/adherents/${id}/mandats/${role}/fin`,
  import: '/adherents/import',
  importDraft: (id: Id): string => `/adherents/import/${id}`,
  importPage: (id: Id, params: Readonly<Record<string, string>>): string =>
    withQuery(`/adherents/import/${id}`, params),
  importMapping: (id: Id): string => `/adherents/import/${id}/colonnes`,
  importConfirm: (id: Id): string => `/adherents/import/${id}/confirmer`,
  importDrop: (id: Id): string => `/adherents/import/${id}/abandonner`,
  importRefused: (id: Id, format: 'excel' | 'ouvert'): string =>
    `/adherents/import/${id}/refusees.csv?format=${format}`,
} as const;

function withQuery(path: string, params: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== '')).toString();
  return query === '' ? path : `${path}?${query}`;
}
