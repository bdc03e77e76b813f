import type { Feature, HomeFigure, Task } from '../../platform/feature.ts';
import { formatNumber } from '../../platform/i18n/index.ts';
import { confirmImport, dropImport, mapImport, uploadImport } from './actions/imports.ts';
import {
  createOrganisation,
  recordHeadcount,
  saveSite,
  updateOrganisationAction,
} from './actions/organisation.ts';
import { endRole, giveRole, updatePersonAction } from './actions/people.ts';
import { paths } from './paths.ts';
import { membersRoutes } from './routes.ts';
import { en } from './texts.en.ts';
import { fr } from './texts.fr.ts';
import { textsOf } from './texts.ts';
import { loadNumbers, loadWaiting } from './views/home.ts';
import { importDraft, importList, importRefused } from './views/imports.ts';
import { memberExport, memberList } from './views/list.ts';
import { editMember, member, newMember } from './views/member.ts';

export { paths as membersPaths } from './paths.ts';
export { headcountBand, headsOf } from './rules/bands.ts';
export { derivedText, foldText, searchTextOf } from './rules/search.ts';
/** The members of a cluster on a day, by name: id, name, group, town. */
export { listCompanies as listMemberCompanies } from './store/organisation.ts';
/** Who speaks for the members of a cluster on a day, deputies included. Reads as far as the reader may. */
export { listDelegatesOn } from './store/people.ts';
export { type Band, bandRange, type Delegate, type MemberCompany } from './types.ts';

/** Organisations, their sites, their people in dated roles, their headcounts; and the way in from a table. */
export const members: Feature = {
  name: 'members',
  routes: membersRoutes,
  room: (actor, lang) =>
    actor.role === 'stranger' ? null : { href: paths.list, label: textsOf(lang).room, icon: 'members' },
  actions: [
    createOrganisation,
    updateOrganisationAction,
    saveSite,
    recordHeadcount,
    giveRole,
    endRole,
    updatePersonAction,
    uploadImport,
    mapImport,
    confirmImport,
    dropImport,
  ],
  views: [memberList, member, memberExport, newMember, editMember, importList, importDraft, importRefused],
  audit: { fr: fr.audit, en: en.audit },
  refusals: { fr: fr.refusals, en: en.refusals },
  async tasks(reader, actor, lang, now): Promise<readonly Task[]> {
    const t = textsOf(lang).tasks;
    const { withoutDelegate, imports } = await loadWaiting(reader, actor, now);
    const tasks: Task[] = [];
    if (withoutDelegate > 0)
      tasks.push({
        what: t.delegates.what(withoutDelegate),
        why: t.delegates.why,
        by: null,
        href: paths.listAs({ 'sans-delegue': '1' }),
        button: t.delegates.button,
      });
    if (imports.length > 0)
      tasks.push({
        what: t.imports.what(imports.length),
        why: t.imports.why,
        by: null,
        href: imports.length === 1 ? paths.importDraft(imports[0]!) : paths.import,
        button: t.imports.button,
      });
    return tasks;
  },
  async figures(reader, actor, lang, now): Promise<readonly HomeFigure[]> {
    const t = textsOf(lang);
    const numbers = await loadNumbers(reader, actor, now);
    if (numbers === null) return [];
    const count = (n: number): string => formatNumber(n, lang);
    if (numbers.of === 'company')
      return [
        { ...t.figures.band, value: numbers.heads === null ? t.band(numbers.band) : count(numbers.heads) },
      ];
    const members = { ...t.figures.members, value: count(numbers.members) };
    return numbers.heads === null
      ? [members]
      : [members, { ...t.figures.heads, value: count(numbers.heads) }];
  },
};
