/** The addresses of campaigns. */
export const paths = {
  list: '/campagnes',
  create: '/campagnes/nouvelle',
  campaign: (campaign: string) => `/campagnes/${campaign}`,
  clone: (campaign: string) => `/campagnes/${campaign}/copie`,
  rename: (campaign: string) => `/campagnes/${campaign}/titre`,
  dates: (campaign: string) => `/campagnes/${campaign}/dates`,
  call: (campaign: string, scenario = '') =>
    `/campagnes/${campaign}/appel${scenario === '' ? '' : `?scenario=${encodeURIComponent(scenario)}`}`,
  record: (campaign: string, list: string, record: string, scenario = '') =>
    `/campagnes/${campaign}/appel/${list}/${record}${scenario === '' ? '' : `?scenario=${encodeURIComponent(scenario)}`}`,
  removeRecord: (campaign: string, list: string, record: string) =>
    `/campagnes/${campaign}/appel/${list}/${record}/retrait`,
  settings: (campaign: string) => `/campagnes/${campaign}/reglages`,
  scenarios: (campaign: string) => `/campagnes/${campaign}/scenarios`,
  needs: (campaign: string) => `/campagnes/${campaign}/besoins`,
  newNeed: (campaign: string) => `/campagnes/${campaign}/besoins/nouveau`,
  need: (need: string) => `/besoins/${need}`,
  withdraw: (need: string) => `/besoins/${need}/retrait`,
  answerNone: (campaign: string) => `/campagnes/${campaign}/rien`,
  remind: (campaign: string) => `/campagnes/${campaign}/relance`,
  needsExport: (campaign: string, format: 'excel' | 'csv') =>
    `/campagnes/${campaign}/besoins.${format === 'excel' ? 'xls.csv' : 'csv'}`,
  importNeeds: (campaign: string) => `/campagnes/${campaign}/besoins/import`,
  importDraft: (campaign: string, draft: string) => `/campagnes/${campaign}/besoins/import/${draft}`,
  state: (campaign: string, move: StateMove) => `/campagnes/${campaign}/etat/${move}`,
  plans: (campaign: string) => `/campagnes/${campaign}/plans`,
  plan: (plan: string) => `/plans/${plan}`,
  planProgress: (plan: string) => `/plans/${plan}/progres`,
  stopPlan: (plan: string) => `/plans/${plan}/arret`,
  choosePlan: (campaign: string) => `/campagnes/${campaign}/choix`,
  compare: (campaign: string, a?: string, b?: string) =>
    `/campagnes/${campaign}/comparer${a && b ? `?a=${a}&b=${b}` : ''}`,
  share: (campaign: string) => `/campagnes/${campaign}/ma-part`,
  planExport: (plan: string, format: 'excel' | 'csv') =>
    `/plans/${plan}/parts.${format === 'excel' ? 'xls.csv' : 'csv'}`,
} as const;

export type StateMove =
  | 'ouvrir'
  | 'figer'
  | 'rouvrir'
  | 'revenir'
  | 'proposer'
  | 'reporter'
  | 'reprendre'
  | 'annuler';
