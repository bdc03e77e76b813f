import type { MiddlewareHandler } from 'hono';
import { err, ok, type Result } from '../../kernel/result.ts';
import { runAction, runView } from '../../platform/action.ts';
import {
  type FormState,
  failurePage,
  freshForm,
  load,
  sendPage,
  show,
  submit,
  uploadedFile,
  type Visit,
  type Web,
  type WebContext,
} from '../../platform/http.ts';
import { readSheet } from '../../platform/sheet/read.ts';
import { MOST_BYTES, type Sheet, type SheetError } from '../../platform/sheet/sheet.ts';
import { sheetSentence } from '../../platform/sheet/words.ts';
import type { CsvDialect } from '../../platform/sheet/write.ts';
import { confirmImport, dropImport, mapImport, uploadImport } from './actions/imports.ts';
import {
  createOrganisation,
  recordHeadcount,
  saveSite,
  updateOrganisationAction,
} from './actions/organisation.ts';
import { endRole, giveRole, updatePersonAction } from './actions/people.ts';
import { exportColumns, exportHead, exportLines, refusedFile } from './exports.ts';
import {
  conflictsOf,
  createPage,
  editPage,
  headcountPage,
  organisationValues,
  personPage,
  personValues,
  roleEndPage,
  rolePage,
  sitePage,
  siteValues,
} from './pages/forms.tsx';
import { importPage, uploadPage } from './pages/imports.tsx';
import { listPage } from './pages/list.tsx';
import { memberPage } from './pages/member.tsx';
import { paths } from './paths.ts';
import { textsOf } from './texts.ts';
import { importDraft, importList, importRefused } from './views/imports.ts';
import { memberExport, memberList } from './views/list.ts';
import { type EditModel, editMember, member, newMember } from './views/member.ts';

/** The URL table of the members room. */
export function membersRoutes(web: Web): void {
  web.get(paths.list, (c) => show(c, memberList, c.req.query(), (model, visit) => listPage(visit, model)));
  web.get('/adherents/export.csv', sendExport);

  web.get(paths.create, (c) =>
    show(c, newMember, {}, (model, visit) =>
      createPage(visit, model, freshForm({ kind: 'member', joinedOn: model.today })),
    ),
  );
  web.post(paths.create, (c) =>
    submit(c, createOrganisation, {
      to: ({ id }) => paths.member(id),
      notice: ({ name }) => textsOf(c.var.visit.lang).notices.created(name),
      again: async (form, visit) => {
        const model = await load(c, newMember, {});
        return model instanceof Response ? model : createPage(visit, model, form);
      },
    }),
  );

  importRoutes(web);

  web.get('/adherents/:id', (c) =>
    show(c, member, { id: c.req.param('id') }, (model, visit) => memberPage(visit, model)),
  );
  organisationRoutes(web);
  peopleRoutes(web);
}

/** A page that needs the organisation of the path. */
const withMember =
  (page: (visit: Visit, model: EditModel, c: WebContext) => unknown) =>
  async (c: WebContext): Promise<Response> => {
    const model = await load(c, editMember, { id: c.req.param('id') ?? '' });
    if (model instanceof Response) return model;
    const element = page(c.var.visit, model, c);
    return element === null ? sendPage(c, c.var.shell.missing(c.var.visit), 404) : sendPage(c, element);
  };

/** The same page again, with what was typed, over the organisation as it is now. */
const again =
  (c: WebContext, page: (visit: Visit, model: EditModel, form: FormState) => unknown) =>
  async (form: FormState, visit: Visit): Promise<unknown> => {
    const model = await load(c, editMember, { id: c.req.param('id') ?? '' });
    if (model instanceof Response) return model;
    return page(visit, model, form) ?? failurePage(c, { kind: 'invalid', errors: form.errors });
  };

function organisationRoutes(web: Web): void {
  web.get(
    '/adherents/:id/modifier',
    withMember((visit, model) => editPage(visit, model, freshForm(organisationValues(model.member)), [])),
  );
  web.post('/adherents/:id/modifier', (c) =>
    submit(c, updateOrganisationAction, {
      given: { organisation: c.req.param('id') },
      to: ({ id }) => paths.member(id),
      notice: ({ name }) => textsOf(c.var.visit.lang).notices.updated(name),
      again: again(c, (visit, model, form) => {
        // Somebody saved in between: show what, and let the second save be a knowing one.
        const stale = form.values.version !== String(model.member.organisation.version);
        return editPage(visit, model, form, stale ? conflictsOf(model, form.values, visit.lang) : []);
      }),
    }),
  );

  const siteOf = (model: EditModel, id: string | undefined) =>
    model.member.sites.find((site) => site.id === id) ?? null;
  web.get(
    '/adherents/:id/sites/nouveau',
    withMember((visit, model) => sitePage(visit, model, null, freshForm())),
  );
  web.get(
    '/adherents/:id/sites/:site',
    withMember((visit, model, c) => {
      const site = siteOf(model, c.req.param('site'));
      return site && sitePage(visit, model, site, freshForm(siteValues(site)));
    }),
  );
  for (const path of ['/adherents/:id/sites/nouveau', '/adherents/:id/sites/:site'])
    web.post(path, (c) => {
      const site = c.req.param('site') ?? '';
      return submit(c, saveSite, {
        given: { organisation: c.req.param('id') ?? '', site },
        to: ({ id }) => paths.member(id),
        notice: ({ name }) => textsOf(c.var.visit.lang).notices.siteSaved(name),
        again: again(c, (visit, model, form) =>
          site !== '' && siteOf(model, site) === null
            ? null
            : sitePage(visit, model, siteOf(model, site), form),
        ),
      });
    });

  web.get(
    '/adherents/:id/effectifs',
    withMember((visit, model) =>
      headcountPage(
        visit,
        model,
        freshForm({
          site: model.member.sites[0]?.id ?? '',
          year: String(Number(model.today.slice(0, 4)) - 1),
        }),
      ),
    ),
  );
  web.post('/adherents/:id/effectifs', (c) =>
    submit(c, recordHeadcount, {
      given: { organisation: c.req.param('id') },
      to: ({ id }) => paths.member(id),
      notice: () => textsOf(c.var.visit.lang).notices.headsRecorded,
      again: again(c, headcountPage),
    }),
  );
}

function peopleRoutes(web: Web): void {
  web.get(
    '/adherents/:id/personnes/nouvelle',
    withMember((visit, model) =>
      rolePage(visit, model, freshForm({ role: 'delegate', lang: 'fr', startsOn: model.today })),
    ),
  );
  web.post('/adherents/:id/personnes/nouvelle', (c) =>
    submit(c, giveRole, {
      given: { organisation: c.req.param('id') },
      to: ({ id }) => paths.member(id),
      notice: ({ name, known }) => textsOf(c.var.visit.lang).notices.roleGiven(name, known),
      again: again(c, rolePage),
    }),
  );

  const personOf = (model: EditModel, id: string | undefined) =>
    model.member.people?.find((person) => person.personId === id) ?? null;
  web.get(
    '/adherents/:id/personnes/:person',
    withMember((visit, model, c) => {
      const person = personOf(model, c.req.param('person'));
      return person && personPage(visit, model, person, freshForm(personValues(person)));
    }),
  );
  web.post('/adherents/:id/personnes/:person', (c) =>
    submit(c, updatePersonAction, {
      given: { organisation: c.req.param('id'), person: c.req.param('person') },
      to: ({ id }) => paths.member(id),
      notice: ({ name }) => textsOf(c.var.visit.lang).notices.personUpdated(name),
      again: again(c, (visit, model, form) => {
        const person = personOf(model, c.req.param('person'));
        return person && personPage(visit, model, person, form);
      }),
    }),
  );

  const roleOf = (model: EditModel, id: string | undefined) =>
    model.member.people?.find((role) => role.roleId === id) ?? null;
  web.get(
    '/adherents/:id/mandats/:role/fin',
    withMember((visit, model, c) => {
      const role = roleOf(model, c.req.param('role'));
      return role && roleEndPage(visit, model, role, freshForm({ endsOn: model.today }));
    }),
  );
  web.post('/adherents/:id/mandats/:role/fin', (c) =>
    submit(c, endRole, {
      given: { organisation: c.req.param('id'), role: c.req.param('role') },
      to: ({ id }) => paths.member(id),
      notice: ({ name }) => textsOf(c.var.visit.lang).notices.roleEnded(name),
      again: again(c, (visit, model, form) => {
        const role = roleOf(model, c.req.param('role'));
        return role && roleEndPage(visit, model, role, form);
      }),
    }),
  );
}

function importRoutes(web: Web): void {
  const uploadAgain = async (c: WebContext, error: string | null): Promise<Response> => {
    const waiting = await load(c, importList, {});
    if (waiting instanceof Response) return waiting;
    return sendPage(c, uploadPage(c.var.visit, waiting, error), error === null ? 200 : 422);
  };
  web.get(paths.import, (c) => uploadAgain(c, null));
  web.post(paths.import, staffBefore, async (c) => {
    const { visit, machinery } = c.var;
    const words = textsOf(visit.lang);
    const read = await readUpload(c);
    if (!read.ok)
      return uploadAgain(c, read.error ? sheetSentence(read.error, visit.lang) : words.import.noFile);
    const { sheet, fileName } = read.value;
    const result = await runAction(machinery, visit.actor, uploadImport, {
      fileName,
      columns: sheet.columns,
      lines: sheet.lines,
      form: sheet.form,
    });
    if (result.ok) return c.redirect(paths.importDraft(result.value.id), 303);
    return result.error.kind === 'invalid'
      ? uploadAgain(c, sheetSentence({ code: 'damaged', params: { line: 0 } }, visit.lang))
      : failurePage(c, result.error);
  });

  const draftOf = (c: WebContext) => ({ ...c.req.query(), id: c.req.param('id') ?? '' });
  const draftAgain = (c: WebContext) => async (form: FormState, visit: Visit) => {
    const model = await load(c, importDraft, draftOf(c));
    return model instanceof Response ? model : importPage(visit, model, form);
  };
  web.get('/adherents/import/:id', (c) =>
    show(c, importDraft, draftOf(c), (model, visit) => importPage(visit, model, freshForm())),
  );
  web.post('/adherents/import/:id/colonnes', (c) =>
    submit(c, mapImport, {
      given: { import: c.req.param('id') },
      to: ({ id }) => paths.importDraft(id),
      again: draftAgain(c),
    }),
  );
  web.post('/adherents/import/:id/confirmer', (c) =>
    submit(c, confirmImport, {
      given: { import: c.req.param('id') },
      to: ({ id }) => paths.importDraft(id),
      notice: (out) => textsOf(c.var.visit.lang).notices.imported(out.new, out.changed, out.refused),
      again: draftAgain(c),
    }),
  );
  web.post('/adherents/import/:id/abandonner', (c) =>
    submit(c, dropImport, {
      given: { import: c.req.param('id') },
      to: () => paths.import,
      notice: () => textsOf(c.var.visit.lang).notices.dropped,
    }),
  );
  web.get('/adherents/import/:id/refusees.csv', async (c) => {
    const refused = await load(c, importRefused, { id: c.req.param('id') });
    if (refused instanceof Response) return refused;
    attach(c, `refus-${slug(refused.fileName)}.csv`);
    return c.body(refusedFile(refused, c.var.visit.lang, dialectOf(c)));
  });
}

/** Who may not import has no file read: the permit is asked before the bytes. */
const staffBefore: MiddlewareHandler = async (c, next) => {
  const { visit } = (c as WebContext).var;
  const { permit } = uploadImport;
  if (!permit.allows(visit.actor)) return failurePage(c as WebContext, { kind: 'forbidden', permit });
  return next();
};

/** The table of an uploaded file, or why not; null: no file came. */
async function readUpload(
  c: WebContext,
): Promise<Result<{ sheet: Sheet; fileName: string }, SheetError | null>> {
  const file = await uploadedFile(c, 'fichier');
  if (file === null) return err(null);
  if (file.size > MOST_BYTES)
    return err({ code: 'too-big', params: { megabytes: MOST_BYTES / 1024 / 1024 } });
  const sheet = await readSheet(new Uint8Array(await file.arrayBuffer()));
  if (!sheet.ok) return sheet;
  const fileName = file.name
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .slice(-200)
    .trim();
  return ok({ sheet: sheet.value, fileName: fileName || 'fichier' });
}

const dialectOf = (c: WebContext): CsvDialect => (c.req.query('format') === 'ouvert' ? 'open' : 'excel');

function attach(c: WebContext, name: string): void {
  c.header('content-type', 'text/csv; charset=utf-8');
  c.header('content-disposition', `attachment; filename="${name}"`);
}

const slug = (name: string): string =>
  name
    .replace(/\.[^.]*$/, '')
    .replace(/[^\w-]+/g, '-')
    .slice(0, 60) || 'import';

/**
 * The list as CSV, a thousand lines a time: each part is a read of its own, asked for when the former has left, so a
 * slow reader holds no transaction and no memory.
 */
async function sendExport(c: WebContext): Promise<Response> {
  const { visit, machinery } = c.var;
  const dialect = dialectOf(c);
  const query = c.req.query();
  const first = await load(c, memberExport, { ...query, page: '' });
  if (first instanceof Response) return first;
  const columns = exportColumns(visit.lang, first.staff);
  let part = first;
  let started = false;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (started) {
        const next = await runView(machinery, visit.actor, memberExport, { ...query, page: part.next ?? '' });
        // The connection breaks rather than ending a file that is not whole.
        if (!next.ok || next.value === null) return controller.error(new Error('the export was cut short'));
        part = next.value;
      }
      const head = started ? '' : exportHead(columns, dialect);
      started = true;
      controller.enqueue(encoder.encode(head + exportLines(columns, part.rows, dialect)));
      if (part.next === null) controller.close();
    },
  });
  attach(c, dialect === 'excel' ? 'adherents.csv' : 'adherents-donnees-ouvertes.csv');
  return c.body(body);
}
