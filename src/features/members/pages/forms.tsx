import type { Child } from 'hono/jsx';
import type { FormValues } from '../../../platform/form.ts';
import { errorSentences } from '../../../platform/form-errors.ts';
import type { FormState, Visit } from '../../../platform/http.ts';
import type { Lang } from '../../../platform/i18n/index.ts';
import {
  Button,
  ButtonLink,
  bindFields,
  CheckboxField,
  CheckboxGroup,
  DateField,
  Difference,
  Field,
  FieldRow,
  Form,
  Notice,
  NumberField,
  Opening,
  Screen,
  Section,
  SelectField,
  Textarea,
  TextField,
} from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import { textsOf } from '../texts.ts';
import { COMPANY_ROLES, KINDS, type RoleHeld, type Site } from '../types.ts';
import type { EditModel, FormModel, MemberModel } from '../views/member.ts';

/** A field that two people changed: what is stored now beside what was typed. */
export interface Conflict {
  readonly label: string;
  readonly stored: string;
  readonly typed: string;
}

interface FormFrame {
  readonly visit: Visit;
  readonly title: string;
  readonly lead?: string;
  readonly trail: readonly { href: string; label: string }[];
  readonly action: string;
  readonly form: FormState;
  readonly conflicts?: readonly Conflict[];
  readonly children: Child;
}

/** A page that is one form: refusal above, errors beside the fields, all that was typed still there. */
function FormPage({ visit, title, lead, trail, action, form, conflicts = [], children }: FormFrame) {
  const { lang } = visit;
  const t = textsOf(lang).form;
  return (
    <Screen frame={visit.frame} title={title}>
      <Opening lang={lang} title={title} trail={trail}>
        {lead && <p>{lead}</p>}
      </Opening>
      {form.refusal && <Notice lang={lang} kind="refusal" happened={form.refusal} />}
      {conflicts.length > 0 && (
        <Section id="entre-temps" title={t.meanwhile}>
          <p>{t.meanwhileLead}</p>
          <Difference
            lang={lang}
            caption={t.meanwhile}
            sides={[t.stored, t.typed]}
            rows={conflicts.map(({ label, stored, typed }) => ({
              kind: 'changed',
              label,
              before: stored || t.nothing,
              after: typed || t.nothing,
            }))}
          />
        </Section>
      )}
      <Form
        lang={lang}
        action={action}
        errors={errorSentences(form.errors, lang)}
        submit={
          <>
            <Button kind="main">{t.save}</Button>
            <ButtonLink kind="quiet" href={trail.at(-1)?.href ?? paths.list}>
              {t.cancel}
            </ButtonLink>
          </>
        }
      >
        {children}
      </Form>
    </Screen>
  );
}

const fieldsOf = (form: FormState, lang: Lang) => bindFields(form.values, errorSentences(form.errors, lang));

const Version = ({ value }: { readonly value: number }) => (
  <input type="hidden" name="version" value={String(value)} />
);

/** What the form of an organisation shows of a stored one. */
export const organisationValues = ({ organisation: org, departments }: MemberModel): FormValues => ({
  kind: org.kind,
  name: org.name,
  formerNames: org.formerNames.join('\n'),
  siren: org.siren ?? '',
  group: org.group?.name ?? '',
  departments: departments.map((department) => department.id),
  activity: org.activity,
  nafRev2: org.nafRev2 ?? '',
  naf2025: org.naf2025 ?? '',
  joinedOn: org.joinedOn ?? '',
  leftOn: org.leftOn ?? '',
});

const texts = (value: FormValues[string] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** Where what was typed differs from what somebody else stored. */
export function conflictsOf(model: EditModel, typed: FormValues, lang: Lang): Conflict[] {
  const t = textsOf(lang);
  const stored = organisationValues(model.member);
  const labels: Readonly<Record<string, string>> = {
    kind: t.form.kind,
    name: t.form.name,
    formerNames: t.form.formerNames,
    siren: t.form.siren,
    group: t.form.group,
    departments: t.form.departments,
    activity: t.form.activity,
    nafRev2: t.form.nafRev2,
    naf2025: t.form.naf2025,
    joinedOn: t.form.joinedOn,
    leftOn: t.form.leftOn,
  };
  const names = new Map<string, string>([
    ...model.departments.map((d) => [d.id, d.name] as const),
    ...KINDS.map((kind) => [kind, t.kind[kind]] as const),
  ]);
  const shown = (value: FormValues[string] | undefined): string =>
    texts(value)
      .map((text) => (names.get(text) ?? text).replaceAll('\r\n', '\n').trim())
      .sort()
      .join(', ');
  return Object.entries(labels).flatMap(([name, label]) =>
    shown(stored[name]) === shown(typed[name])
      ? []
      : [{ label, stored: shown(stored[name]), typed: shown(typed[name]) }],
  );
}

function OrganisationFields({ lang, form, model }: { lang: Lang; form: FormState; model: FormModel }) {
  const t = textsOf(lang);
  const field = fieldsOf(form, lang);
  return (
    <>
      <TextField lang={lang} {...field('name')} label={t.form.name} />
      <SelectField
        lang={lang}
        {...field('kind')}
        label={t.form.kind}
        placeholder={null}
        options={KINDS.map((kind) => ({ value: kind, label: t.kind[kind] }))}
      />
      <TextField
        lang={lang}
        {...field('siren')}
        label={t.form.siren}
        hint={t.form.sirenHint}
        required={false}
        size={14}
      />
      <CheckboxGroup
        lang={lang}
        name="departments"
        label={t.form.departments}
        required={false}
        values={texts(form.values.departments)}
        {...(field('departments').error === undefined ? {} : { error: field('departments').error })}
        options={model.departments.map((d) => ({ value: d.id, label: d.name }))}
      />
      <Textarea
        lang={lang}
        {...field('activity')}
        label={t.form.activity}
        hint={t.form.activityHint}
        required={false}
        rows={3}
      />
      <Field
        lang={lang}
        name="group"
        label={t.form.group}
        hint={t.form.groupHint}
        required={false}
        error={field('group').error}
      >
        <input
          id="group"
          name="group"
          type="text"
          list="groupes"
          value={field('group').value}
          aria-describedby="group-hint"
        />
      </Field>
      <datalist id="groupes">
        {model.groups.map((group) => (
          <option value={group.name} />
        ))}
      </datalist>
      <Textarea
        lang={lang}
        {...field('formerNames')}
        label={t.form.formerNames}
        hint={t.form.formerNamesHint}
        required={false}
        rows={2}
      />
      <FieldRow>
        <TextField
          lang={lang}
          {...field('nafRev2')}
          label={t.form.nafRev2}
          hint={t.form.nafHint}
          required={false}
        />
        <TextField
          lang={lang}
          {...field('naf2025')}
          label={t.form.naf2025}
          hint={t.form.nafHint}
          required={false}
        />
      </FieldRow>
      <FieldRow>
        <DateField lang={lang} {...field('joinedOn')} label={t.form.joinedOn} required={false} />
        <DateField lang={lang} {...field('leftOn')} label={t.form.leftOn} required={false} />
      </FieldRow>
    </>
  );
}

export function createPage(visit: Visit, model: FormModel, form: FormState) {
  const { lang } = visit;
  const t = textsOf(lang);
  const field = fieldsOf(form, lang);
  return (
    <FormPage
      visit={visit}
      title={t.form.create}
      lead={t.form.createLead}
      trail={[{ href: paths.list, label: t.room }]}
      action={paths.create}
      form={form}
    >
      <OrganisationFields lang={lang} form={form} model={model} />
      <FieldRow>
        <TextField lang={lang} {...field('town')} label={t.form.town} />
        <TextField lang={lang} {...field('postcode')} label={t.form.postcode} required={false} size={14} />
      </FieldRow>
      <TextField
        lang={lang}
        {...field('siret')}
        label={t.form.siret}
        hint={t.form.siretHint}
        required={false}
        size={14}
      />
    </FormPage>
  );
}

const trailTo = (model: MemberModel, lang: Lang) => [
  { href: paths.list, label: textsOf(lang).room },
  { href: paths.member(model.organisation.id), label: model.organisation.name },
];

export function editPage(visit: Visit, model: EditModel, form: FormState, conflicts: readonly Conflict[]) {
  const { lang } = visit;
  const { organisation: org } = model.member;
  return (
    <FormPage
      visit={visit}
      title={textsOf(lang).form.update(org.name)}
      trail={trailTo(model.member, lang)}
      action={paths.edit(org.id)}
      form={form}
      conflicts={conflicts}
    >
      <Version value={org.version} />
      <OrganisationFields lang={lang} form={form} model={model} />
    </FormPage>
  );
}

export const siteValues = (site: Site): FormValues => ({
  name: site.name,
  siret: site.siret ?? '',
  town: site.town,
  postcode: site.postcode,
  communeCode: site.communeCode,
  isHeadOffice: site.isHeadOffice ? 'on' : '',
});

export function sitePage(visit: Visit, model: EditModel, site: Site | null, form: FormState) {
  const { lang } = visit;
  const t = textsOf(lang).form;
  const field = fieldsOf(form, lang);
  const { organisation: org } = model.member;
  return (
    <FormPage
      visit={visit}
      title={site ? t.editSite(site.name) : t.newSite(org.name)}
      trail={trailTo(model.member, lang)}
      action={site ? paths.site(org.id, site.id) : paths.newSite(org.id)}
      form={form}
    >
      <Version value={org.version} />
      <TextField lang={lang} {...field('name')} label={t.site} />
      <FieldRow>
        <TextField lang={lang} {...field('town')} label={t.town} />
        <TextField lang={lang} {...field('postcode')} label={t.postcode} required={false} size={14} />
      </FieldRow>
      <FieldRow>
        <TextField lang={lang} {...field('siret')} label={t.siteSiret} required={false} size={14} />
        <TextField lang={lang} {...field('communeCode')} label={t.communeCode} required={false} />
      </FieldRow>
      <CheckboxField
        lang={lang}
        name="isHeadOffice"
        label={t.isHeadOffice}
        checked={form.values.isHeadOffice !== undefined && form.values.isHeadOffice !== ''}
      />
    </FormPage>
  );
}

export function headcountPage(visit: Visit, model: EditModel, form: FormState) {
  const { lang } = visit;
  const t = textsOf(lang).form;
  const field = fieldsOf(form, lang);
  const { organisation: org, sites } = model.member;
  return (
    <FormPage
      visit={visit}
      title={t.headcount(org.name)}
      lead={t.headcountLead}
      trail={trailTo(model.member, lang)}
      action={paths.headcount(org.id)}
      form={form}
    >
      <Version value={org.version} />
      <SelectField
        lang={lang}
        {...field('site')}
        label={t.site}
        placeholder={null}
        options={sites.map((site) => ({ value: site.id, label: `${site.name}, ${site.town}` }))}
      />
      <FieldRow>
        <NumberField lang={lang} {...field('year')} label={t.year} />
        <NumberField lang={lang} {...field('heads')} label={t.heads} />
      </FieldRow>
      <CheckboxField
        lang={lang}
        name="isPublic"
        label={t.isPublic}
        hint={t.isPublicHint}
        checked={form.values.isPublic !== undefined && form.values.isPublic !== ''}
      />
      <TextField lang={lang} {...field('source')} label={t.source} required={false} />
    </FormPage>
  );
}

function PersonFields({ lang, form }: { lang: Lang; form: FormState }) {
  const t = textsOf(lang).form;
  const field = fieldsOf(form, lang);
  return (
    <>
      <TextField lang={lang} {...field('name')} label={t.personName} />
      <TextField lang={lang} {...field('email')} label={t.email} type="email" />
      <TextField lang={lang} {...field('phone')} label={t.phone} type="tel" required={false} />
      <SelectField
        lang={lang}
        {...field('lang')}
        label={t.lang}
        placeholder={null}
        options={(['fr', 'en'] as const).map((value) => ({ value, label: t.langs[value] }))}
      />
    </>
  );
}

export function rolePage(visit: Visit, model: EditModel, form: FormState) {
  const { lang } = visit;
  const t = textsOf(lang);
  const field = fieldsOf(form, lang);
  const { organisation: org } = model.member;
  return (
    <FormPage
      visit={visit}
      title={t.form.newRole(org.name)}
      lead={t.form.newRoleLead}
      trail={trailTo(model.member, lang)}
      action={paths.newRole(org.id)}
      form={form}
    >
      <Version value={org.version} />
      <PersonFields lang={lang} form={form} />
      <FieldRow>
        <SelectField
          lang={lang}
          {...field('role')}
          label={t.form.role}
          placeholder={null}
          options={COMPANY_ROLES.map((role) => ({ value: role, label: t.roles[role] }))}
        />
        <DateField lang={lang} {...field('startsOn')} label={t.form.startsOn} />
      </FieldRow>
    </FormPage>
  );
}

export type Person = NonNullable<MemberModel['people']>[number];

export const personValues = (person: Person): FormValues => ({
  name: person.name,
  email: person.email,
  phone: person.phone,
  lang: person.lang,
});

export function personPage(visit: Visit, model: EditModel, person: Person, form: FormState) {
  const { lang } = visit;
  const t = textsOf(lang).form;
  const { organisation: org } = model.member;
  return (
    <FormPage
      visit={visit}
      title={t.editPerson(person.name)}
      trail={trailTo(model.member, lang)}
      action={paths.person(org.id, person.personId)}
      form={form}
    >
      <input type="hidden" name="seen" value={person.seen} />
      <PersonFields lang={lang} form={form} />
    </FormPage>
  );
}

export function roleEndPage(visit: Visit, model: EditModel, role: RoleHeld, form: FormState) {
  const { lang } = visit;
  const t = textsOf(lang).form;
  const { organisation: org } = model.member;
  return (
    <FormPage
      visit={visit}
      title={t.endRole(role.name)}
      lead={t.endLead}
      trail={trailTo(model.member, lang)}
      action={paths.endRole(org.id, role.roleId)}
      form={form}
    >
      <Version value={org.version} />
      <DateField lang={lang} {...fieldsOf(form, lang)('endsOn')} label={t.endsOn} />
    </FormPage>
  );
}
