import { dateOf } from '../../../kernel/dates.ts';
import { ok } from '../../../kernel/result.ts';
import { action, refuse } from '../../../platform/action.ts';
import { staffOnly } from '../../../platform/permit.ts';
import { confirmForm, dropForm, mappingForm, uploadForm } from '../forms.ts';
import { guessColumns } from '../rules/import-columns.ts';
import { emailsOf, explainDifference } from '../rules/import-difference.ts';
import { planImport } from '../rules/import-plan.ts';
import {
  findDraft,
  findKnownState,
  insertDraft,
  insertImport,
  lockDraft,
  removeDraft,
  removeDraftsBefore,
  updateDraftConfirmed,
  updateDraftMapping,
} from '../store/imports.ts';

/** Files and their addresses are deleted after this long, confirmed or not. */
export const DRAFT_DAYS = 30;

/** Takes a table in as a draft, with its columns guessed. Nothing of the members changes. */
export const uploadImport = action({
  name: 'members.import.upload',
  summary: 'Take in a table of companies, to be compared before anything is written',
  form: uploadForm,
  permit: staffOnly,
  async run({ writer, actor, now, newId }, input) {
    const id = newId();
    await removeDraftsBefore(
      writer,
      actor.cluster,
      new Date(now.subtract({ hours: 24 * DRAFT_DAYS }).epochMilliseconds),
    );
    await insertDraft(writer, actor.cluster, actor.person, {
      id,
      fileName: input.fileName,
      columns: input.columns,
      form: input.form,
      lines: input.lines,
      // A file sent this year most often counts last year's 31 December.
      mapping: { fields: guessColumns(input.columns), year: dateOf(now).year - 1 },
      createdAt: new Date(now.epochMilliseconds),
    });
    return ok({
      value: { id },
      audit: { audience: 'staff', subject: id, details: { file: input.fileName, lines: input.lines.length } },
    });
  },
});

/** Says what each column of a draft holds. */
export const mapImport = action({
  name: 'members.import.map',
  summary: 'Say what each column of an import holds',
  form: mappingForm,
  permit: staffOnly,
  async run({ writer, actor, now }, input) {
    const draft = await lockDraft(writer, actor.cluster, input.import);
    if (!draft) return refuse('import-gone');
    if (draft.confirmed_at !== null) return refuse('import-confirmed');
    const { names } = draft.columns as { names: string[] };
    if (input.fields.length !== names.length) return refuse('import-columns');
    const chosen = input.fields.filter((field) => field !== '');
    if (new Set(chosen).size !== chosen.length) return refuse('import-field-twice');
    if (!chosen.includes('name') && !chosen.includes('siren') && !chosen.includes('siret'))
      return refuse('import-unmapped');
    if (input.year > dateOf(now).year) return refuse('year-to-come', { max: dateOf(now).year });
    await updateDraftMapping(writer, actor.cluster, input.import, { fields: input.fields, year: input.year });
    return ok({
      value: { id: input.import },
      audit: { audience: 'staff', subject: input.import, details: { columns: chosen.length } },
    });
  },
});

/**
 * Writes what the dry run showed: all of it in this one transaction, or nothing when anything it was compared with has
 * changed since. Refused lines stay out.
 */
export const confirmImport = action({
  name: 'members.import.confirm',
  summary: 'Write what the dry run of an import showed',
  form: confirmForm,
  permit: staffOnly,
  constraints: {
    organisation_siren_unique: 'import-stale',
    site_siret_unique: 'import-stale',
    person_email_unique: 'import-stale',
  },
  async run({ writer, actor, now, newId }, input) {
    const locked = await lockDraft(writer, actor.cluster, input.import);
    if (!locked) return refuse('import-gone');
    if (locked.confirmed_at !== null) return refuse('import-confirmed');
    const draft = (await findDraft(writer, actor.cluster, input.import))!;
    const today = dateOf(now);
    const known = await findKnownState(
      writer,
      actor.cluster,
      today.toString(),
      emailsOf(draft.lines, draft.mapping),
    );
    const difference = explainDifference(draft.lines, draft.mapping, known, today.year);
    if (difference.fingerprint !== input.fingerprint) return refuse('import-stale');
    if (difference.counts.new + difference.counts.changed === 0) return refuse('import-nothing');
    const words = { site: 'Siège', source: draft.fileName, today: today.toString() };
    const written = await insertImport(writer, actor.cluster, planImport(difference, known, words, newId));
    if (!written) return refuse('import-stale');
    await updateDraftConfirmed(writer, actor.cluster, input.import, new Date(now.epochMilliseconds));
    return ok({
      value: { id: input.import, ...difference.counts },
      audit: {
        audience: 'staff',
        subject: input.import,
        details: { file: draft.fileName, ...difference.counts },
      },
    });
  },
});

/** Throws a draft away. */
export const dropImport = action({
  name: 'members.import.drop',
  summary: 'Throw a draft import away',
  form: dropForm,
  permit: staffOnly,
  async run({ writer, actor }, input) {
    const draft = await lockDraft(writer, actor.cluster, input.import);
    if (!draft) return refuse('import-gone');
    if (draft.confirmed_at !== null) return refuse('import-confirmed');
    await removeDraft(writer, actor.cluster, input.import);
    return ok({ value: null, audit: { audience: 'staff', subject: input.import } });
  },
});
