import { z } from 'zod';
import { dateOf } from '../../../kernel/dates.ts';
import { bareDigits } from '../../../kernel/identifiers.ts';
import { type Id, isId } from '../../../kernel/ids.ts';
import { ok } from '../../../kernel/result.ts';
import { bareText } from '../../../kernel/text.ts';
import { type ActionContext, action, refuse } from '../../../platform/action.ts';
import { id, parseFrenchDate, text } from '../../../platform/form.ts';
import { staffOnly } from '../../../platform/permit.ts';
import type { Sheet } from '../../../platform/sheet/sheet.ts';
import type { CampaignKind, Field, Terms } from '../kind.ts';
import { getKind } from '../kinds.ts';
import { decideNeedTime } from '../rules/needs.ts';
import {
  deleteImportDraft,
  findImportDraft,
  getTerms,
  insertImportDraft,
  listNeeds,
  listPartyIdentifiers,
  lockCampaign,
} from '../store.ts';
import type { Campaign, ImportLine, NeedsDraft } from '../types.ts';
import { addNeed, parseNeed } from './needs.ts';

const COMPANY_TITLES = ['entreprise', 'company', 'societe', 'raison sociale', 'siren'];

/** Columns by field: a title is the field's label in either language, or its name. */
function matchColumns(
  columns: readonly string[],
  fields: readonly Field[],
): { company: number; of: Map<string, number> } {
  const bare = columns.map(bareText);
  const of = new Map<string, number>();
  for (const field of fields) {
    const titles = [field.name, field.words.fr.label, field.words.en.label].map(bareText);
    const at = bare.findIndex((title) => titles.includes(title));
    if (at >= 0) of.set(field.name, at);
  }
  return { company: bare.findIndex((title) => COMPANY_TITLES.includes(title)), of };
}

/** A cell as its form field would be sent: choices by label or value, several separated by semicolons or bars. */
function cellValue(field: Field, cell: string, terms: Terms): string | string[] {
  const clean = cell.trim();
  if (field.type === 'tick') return /^(1|x|oui|vrai|yes|true|✓)$/i.test(clean) ? '1' : '';
  const options = field.options ? [...field.options(terms, 'fr'), ...field.options(terms, 'en')] : [];
  const chosen = (one: string): string => {
    const iso = parseFrenchDate(one)?.toString() ?? one;
    return options.find((o) => o.value === iso || bareText(o.label) === bareText(one))?.value ?? iso;
  };
  if (field.type === 'choices')
    return clean === '' ? [] : clean.split(/[;|]/).map((part) => chosen(part.trim()));
  return field.type === 'choice' ? (clean === '' ? '' : chosen(clean)) : clean;
}

function readLines(
  sheet: Sheet,
  campaign: Campaign,
  kind: CampaignKind,
  terms: Terms,
  parties: readonly { id: Id; name: string; siren: string | null }[],
): Pick<NeedsDraft, 'lines' | 'missing'> {
  const { company, of } = matchColumns(sheet.columns, kind.needFields);
  const missing = [
    ...(company < 0 ? ['Entreprise'] : []),
    ...kind.needFields.filter((f) => f.required === true && !of.has(f.name)).map((f) => f.words.fr.label),
  ];
  if (missing.length > 0) return { lines: [], missing };
  const byName = new Map(parties.map((p) => [bareText(p.name), p]));
  const bySiren = new Map(parties.flatMap((p) => (p.siren ? [[p.siren, p]] : [])));
  const lines = sheet.lines.map((row): ImportLine => {
    const named = (row.cells[company] ?? '').trim();
    const party = byName.get(bareText(named)) ?? bySiren.get(bareDigits(named));
    const input = Object.fromEntries(
      kind.needFields.flatMap((f) => {
        const at = of.get(f.name);
        return at === undefined ? [] : [[f.name, cellValue(f, row.cells[at] ?? '', terms)]];
      }),
    );
    const parsed = parseNeed(campaign, terms, input);
    const problem = !party
      ? 'no-such-company'
      : parsed.ok
        ? null
        : parsed.error.fields
          ? `field:${Object.keys(parsed.error.fields)[0]}`
          : parsed.error.code;
    return {
      line: row.line,
      company: party?.id ?? null,
      companyName: party?.name ?? named.slice(0, 120),
      body: parsed.ok ? parsed.value : null,
      problem,
    };
  });
  return { lines: markTwins(lines), missing: [] };
}

const keyOf = (line: Pick<ImportLine, 'company' | 'body'>): string =>
  JSON.stringify([line.company, Object.entries(line.body ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** The second of two equal lines is refused. */
function markTwins(lines: readonly ImportLine[]): ImportLine[] {
  const seen = new Set<string>();
  return lines.map((line) => {
    if (line.problem !== null) return line;
    const key = keyOf(line);
    if (seen.has(key)) return { ...line, problem: 'same-need-exists' };
    seen.add(key);
    return line;
  });
}

const takingNeeds = async ({ writer, actor, now }: ActionContext, campaignId: Id) => {
  const campaign = await lockCampaign(writer, actor.cluster, campaignId, 'shared');
  if (!campaign) return refuse('no-such-campaign');
  const decided = decideNeedTime(
    { state: campaign.state, answersBy: null },
    'staff',
    new Date(now.epochMilliseconds),
  );
  return decided.ok ? ok(campaign) : decided;
};

/** A sheet already read from bytes; the route does that before the transaction. */
const sheetForm = z.object({
  campaign: id(),
  fileName: text({ max: 200 }),
  sheet: z.custom<Sheet>((v) => typeof v === 'object' && v !== null && 'columns' in v && 'lines' in v),
});

/** Keeps what a file would add, line by line, to be confirmed or left. Writes no need. */
export const readNeedsFile = action({
  name: 'campaigns.needs.read-file',
  summary: 'Read a file of needs and show what it would add',
  form: sheetForm,
  permit: staffOnly,
  async run(context, { campaign: campaignId, fileName, sheet }) {
    const { writer, actor, now, newId } = context;
    const taking = await takingNeeds(context, campaignId);
    if (!taking.ok) return taking;
    const campaign = taking.value;
    const terms = await getTerms(writer, actor.cluster, campaign.id, campaign.termsVersion);
    const parties = await listPartyIdentifiers(writer, actor.cluster, dateOf(now).toString());
    const read = readLines(sheet, campaign, getKind(campaign.kind), terms, parties);
    const present = await listNeeds(writer, actor.cluster, campaign.id, { limit: 100_000 });
    const known = new Set(present.map((need) => keyOf({ company: need.company, body: need.body })));
    const draft: NeedsDraft = {
      fileName,
      campaign: campaign.id,
      termsVersion: campaign.termsVersion,
      missing: read.missing,
      lines: read.lines.map((line) =>
        line.problem === null && known.has(keyOf(line)) ? { ...line, problem: 'same-need-exists' } : line,
      ),
    };
    const importId = newId();
    await insertImportDraft(writer, actor.cluster, importId, draft, actor.person);
    return ok({
      value: { draft: importId },
      audit: {
        audience: 'staff',
        subject: campaign.id,
        details: { title: campaign.title, lines: draft.lines.length },
      },
    });
  },
});

/** Writes the lines that can be, once: all of them or none. */
export const confirmNeedsFile = action({
  name: 'campaigns.needs.import',
  summary: 'Add the needs of a file that was read',
  form: z.object({ draft: id() }),
  permit: staffOnly,
  async run(context, { draft: draftId }) {
    const { writer, actor } = context;
    const draft = await findImportDraft(writer, actor.cluster, draftId);
    if (!draft || !isId(draft.campaign)) return refuse('no-such-needs-file');
    const taking = await takingNeeds(context, draft.campaign);
    if (!taking.ok) return taking;
    const campaign = taking.value;
    if (campaign.termsVersion !== draft.termsVersion) return refuse('needs-file-stale');
    const good = draft.lines.filter(
      (line) => line.problem === null && line.company !== null && line.body !== null,
    );
    if (good.length === 0) return refuse('nothing-in-needs-file');
    // Companies in one order, so that two imports at once wait for each other instead of for ever.
    for (const line of good.toSorted((a, b) =>
      a.company! < b.company! ? -1 : a.company! > b.company! ? 1 : a.line - b.line,
    )) {
      const added = await addNeed(context, campaign, line.company!, line.body!, 'import');
      if (!added.ok) return added.error.code === 'same-need-exists' ? refuse('needs-file-stale') : added;
    }
    await deleteImportDraft(writer, actor.cluster, draftId);
    return ok({
      value: { campaign: campaign.id, added: good.length },
      audit: {
        audience: 'staff',
        subject: campaign.id,
        details: { title: campaign.title, added: good.length },
      },
    });
  },
});
