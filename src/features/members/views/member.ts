import { dateOf } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import { view } from '../../../platform/action.ts';
import { isStaff } from '../../../platform/db/actor.ts';
import { signedIn, staffOnly } from '../../../platform/permit.ts';
import { memberParams } from '../forms.ts';
import { headsOf } from '../rules/bands.ts';
import { isDemonstration, isHeld, personFingerprint } from '../rules/organisation.ts';
import {
  findOrganisation,
  findOrganisationParts,
  listDepartments,
  listGroup,
  listGroups,
  listHistory,
} from '../store/organisation.ts';
import { listRoles } from '../store/people.ts';
import type { Department, Headcount, HistoryLine, Organisation, RoleHeld, Site } from '../types.ts';

const HISTORY = 20;

/** A company's page, as far as its reader may see. */
export interface MemberModel {
  readonly organisation: Organisation;
  readonly departments: readonly Department[];
  readonly sites: readonly Site[];
  /** Exact figures: all for staff and the company, published ones for the others. */
  readonly headcounts: readonly Headcount[];
  /** The organisation's headcount where all its figures may be seen. */
  readonly heads: number | null;
  readonly siblings: readonly { readonly id: Id; readonly name: string }[];
  /** Null for who may not know. */
  readonly people: readonly (RoleHeld & { readonly held: boolean; readonly seen: string })[] | null;
  readonly history: readonly HistoryLine[];
  readonly own: boolean;
  /** Its SIREN is of the fictive range. */
  readonly demonstration: boolean;
  readonly staff: boolean;
  readonly today: string;
}

/** One company. People and exact headcounts: its own delegate and staff. */
export const member = view({
  name: 'members.member',
  summary: 'One organisation: identity, sites, and what its reader may see of people and headcounts',
  params: memberParams,
  permit: signedIn,
  async load(reader, actor, { id }, now): Promise<MemberModel | null> {
    const organisation = await findOrganisation(reader, actor.cluster, id);
    if (!organisation) return null;
    const staff = isStaff(actor);
    const own = actor.role === 'delegate' && actor.company === id;
    const today = dateOf(now).toString();
    const parts = await findOrganisationParts(reader, actor.cluster, id);
    const roles = staff || own ? await listRoles(reader, actor.cluster, id) : null;
    return {
      organisation,
      ...parts,
      heads: staff || own ? headsOf(parts.headcounts) : null,
      siblings: organisation.group ? await listGroup(reader, actor.cluster, organisation.group.id, id) : [],
      people:
        roles?.map((role) => ({ ...role, held: isHeld(role, today), seen: personFingerprint(role) })) ?? null,
      history: await listHistory(reader, actor.cluster, id, HISTORY),
      own,
      demonstration: isDemonstration(organisation.siren),
      staff,
      today,
    };
  },
});

/** What the forms of an organisation offer. */
export interface FormModel {
  readonly departments: readonly Department[];
  readonly groups: readonly { readonly id: Id; readonly name: string }[];
  readonly today: string;
}

export const newMember = view({
  name: 'members.new',
  summary: 'What the form of a new organisation offers',
  params: memberParams.partial(),
  permit: staffOnly,
  load: async (reader, actor, _, now): Promise<FormModel> => ({
    departments: await listDepartments(reader, actor.cluster),
    groups: await listGroups(reader, actor.cluster),
    today: dateOf(now).toString(),
  }),
});

/** An organisation to be changed, with what its forms offer. */
export interface EditModel extends FormModel {
  readonly member: MemberModel;
}

export const editMember = view({
  name: 'members.edit',
  summary: 'An organisation as its forms show it',
  params: memberParams,
  permit: staffOnly,
  async load(reader, actor, params, now): Promise<EditModel | null> {
    const model = await member.load(reader, actor, params, now);
    if (model === null) return null;
    return { member: model, ...(await newMember.load(reader, actor, {}, now))! };
  },
});
