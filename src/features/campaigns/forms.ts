import { z } from 'zod';
import { choice, date, id, maybeDate, maybeId, text, wholeNumber } from '../../platform/form.ts';

/** Fields of the kind ride along and are parsed by its own description. */
const withKindFields = <Shape extends z.ZodRawShape>(shape: Shape) => z.looseObject(shape);

export const createForm = z.object({ kind: text({ max: 40 }), title: text({ max: 200 }) });
export const cloneForm = z.object({ campaign: id() });
export const titleForm = z.object({ campaign: id(), title: text({ max: 200 }) });

export const datesForm = z.object({
  campaign: id(),
  /** The version that was on the screen: two people who change dates at once do not overwrite each other. */
  version: wholeNumber(0, 100_000),
  answersBy: date(),
  planOn: maybeDate(),
  acceptBy: maybeDate(),
  startsOn: maybeDate(),
  reason: text({ max: 1000, required: false }),
  decidedBy: text({ max: 200, required: false }),
});

/** `base`: the version of the terms that was on the screen. `scenario`: the name of a what-if; empty for the call itself. */
const onTerms = {
  campaign: id(),
  base: wholeNumber(1, 1_000_000),
  scenario: text({ max: 80, required: false }),
};
export const recordForm = withKindFields({
  ...onTerms,
  list: text({ max: 40 }),
  record: text({ max: 60, required: false }),
});
export const removeRecordForm = z.object({ ...onTerms, list: text({ max: 40 }), record: text({ max: 60 }) });
export const settingsForm = withKindFields(onTerms);
export const scenarioForm = z.object({
  campaign: id(),
  base: wholeNumber(1, 1_000_000),
  scenario: text({ max: 80 }),
});

export const stateForm = z.object({
  campaign: id(),
  reason: text({ max: 1000, required: false }),
});
export const choosePlanForm = z.object({ campaign: id(), plan: id() });

export const needForm = withKindFields({ campaign: id(), company: maybeId() });
export const changeNeedForm = withKindFields({ need: id(), rowVersion: wholeNumber(1, 1_000_000) });
export const withdrawNeedForm = z.object({ need: id(), rowVersion: wholeNumber(1, 1_000_000) });
export const answerNoneForm = z.object({ campaign: id(), company: maybeId() });
export const remindForm = z.object({ campaign: id() });

export const planForm = z.object({
  campaign: id(),
  terms: wholeNumber(1, 1_000_000),
  label: text({ max: 80, required: false }),
  seconds: wholeNumber(1, 600),
  seed: wholeNumber(1, 1_000_000),
});
export const stopPlanForm = z.object({ plan: id() });

export const campaignParams = z.object({ campaign: id() });
/** `after`: the need that the page of needs begins behind. */
export const campaignPageParams = z.object({ campaign: id(), after: maybeId() });
export const needParams = z.object({ need: id() });
export const termsParams = z.object({
  campaign: id(),
  scenario: text({ max: 80, required: false }),
});
export const planParams = z.object({ plan: id() });
export const compareParams = z.object({ campaign: id(), a: id(), b: id() });
export const listParams = z.object({ before: text({ max: 120, required: false }) });
export const formatChoice = choice(['excel', 'csv']);
