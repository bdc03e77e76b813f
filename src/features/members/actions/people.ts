import { ok } from '../../../kernel/result.ts';
import { action, refuse } from '../../../platform/action.ts';
import { staffOnly } from '../../../platform/permit.ts';
import { personForm, roleEndForm, roleForm } from '../forms.ts';
import { decideRole, decideRoleEnd, personFingerprint } from '../rules/organisation.ts';
import { lockOrganisation, updateOrganisation } from '../store/organisation.ts';
import {
  findPerson,
  findPersonByEmail,
  insertPerson,
  insertRole,
  listRoles,
  updatePerson,
  updateRoleEnd,
} from '../store/people.ts';

const constraints = { person_email_unique: 'email-taken' };

/** Gives somebody a role in a company. An address that the cluster knows is that person, with a further role. */
export const giveRole = action({
  name: 'members.role.give',
  summary: 'Give a person a dated role in a company',
  form: roleForm,
  permit: staffOnly,
  constraints,
  async run({ writer, actor, newId }, input) {
    const locked = await lockOrganisation(writer, actor.cluster, input.organisation);
    if (!locked) return refuse('no-such-organisation');
    if (locked.row_version !== input.version) return refuse('edited-meanwhile');
    const known = await findPersonByEmail(writer, actor.cluster, input.email);
    const personId = known?.person_id ?? newId();
    const held = await listRoles(writer, actor.cluster, input.organisation);
    const decided = decideRole(held, { personId, role: input.role, startsOn: input.startsOn });
    if (!decided.ok) return decided;
    if (!known)
      await insertPerson(writer, {
        cluster_id: actor.cluster,
        person_id: personId,
        name: input.name,
        email: input.email,
        phone: input.phone,
        lang: input.lang,
      });
    await insertRole(writer, {
      cluster_id: actor.cluster,
      role_id: newId(),
      person_id: personId,
      role: input.role,
      organisation_id: input.organisation,
      starts_on: input.startsOn,
      ends_on: null,
    });
    await updateOrganisation(writer, actor.cluster, input.organisation, input.version, {});
    const name = known?.name ?? input.name;
    return ok({
      value: { id: input.organisation, name, known: known !== undefined },
      audit: {
        audience: 'company',
        subject: input.organisation,
        company: input.organisation,
        details: { person: name, role: input.role, on: input.startsOn },
      },
    });
  },
});

/** Ends a role on a date. The person stays, with whatever other roles. */
export const endRole = action({
  name: 'members.role.end',
  summary: 'End a role on a date',
  form: roleEndForm,
  permit: staffOnly,
  async run({ writer, actor }, input) {
    const locked = await lockOrganisation(writer, actor.cluster, input.organisation);
    if (!locked) return refuse('no-such-organisation');
    if (locked.row_version !== input.version) return refuse('edited-meanwhile');
    const held = await listRoles(writer, actor.cluster, input.organisation);
    const role = held.find((r) => r.roleId === input.role);
    if (!role) return refuse('no-such-role');
    const decided = decideRoleEnd(role, input.endsOn);
    if (!decided.ok) return decided;
    await updateRoleEnd(writer, actor.cluster, input.role, input.endsOn);
    await updateOrganisation(writer, actor.cluster, input.organisation, input.version, {});
    return ok({
      value: { id: input.organisation, name: role.name },
      audit: {
        audience: 'company',
        subject: input.organisation,
        company: input.organisation,
        details: { person: role.name, role: role.role, on: input.endsOn },
      },
    });
  },
});

/** Corrects how to reach somebody. The person must be of the company whose page this is done on. */
export const updatePersonAction = action({
  name: 'members.person.update',
  summary: 'Correct the name, address or telephone of a person',
  form: personForm,
  permit: staffOnly,
  constraints,
  async run({ writer, actor }, input) {
    const held = await listRoles(writer, actor.cluster, input.organisation);
    if (!held.some((role) => role.personId === input.person)) return refuse('no-such-person');
    const before = await findPerson(writer, actor.cluster, input.person, { lock: true });
    if (!before) return refuse('no-such-person');
    // A person belongs to several companies: its own content is its version.
    if (personFingerprint(before) !== input.seen) return refuse('edited-meanwhile');
    await updatePerson(writer, actor.cluster, input.person, {
      name: input.name,
      email: input.email,
      phone: input.phone,
      lang: input.lang,
    });
    return ok({
      value: { id: input.organisation, name: input.name },
      audit: {
        audience: 'company',
        subject: input.organisation,
        company: input.organisation,
        details: { person: input.name },
      },
    });
  },
});
