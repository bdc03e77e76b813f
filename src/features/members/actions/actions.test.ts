import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { openScene, type Scene, type Visitor } from '../../../../tests/members-scene.ts';
import { runAction, runView } from '../../../platform/action.ts';
import { importDraft } from '../views/imports.ts';
import { member } from '../views/member.ts';
import { confirmImport, mapImport, uploadImport } from './imports.ts';
import { createOrganisation, recordHeadcount, saveSite, updateOrganisationAction } from './organisation.ts';
import { endRole, giveRole, updatePersonAction } from './people.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const act = (action: Parameters<typeof runAction>[2], raw: unknown, visitor: Visitor = 'secretary') =>
  runAction(scene.machinery, scene.actors[visitor], action, raw);
const read = async (id: string, visitor: Visitor = 'secretary') => {
  const result = await runView(scene.machinery, scene.actors[visitor], member, { id });
  if (!result.ok || result.value === null) throw new Error('no such member');
  return result.value;
};
const create = async (fields: Record<string, unknown>): Promise<string> => {
  const result = await act(createOrganisation, { kind: 'member', town: 'Nogent', ...fields });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return (result.value as { id: string }).id;
};
const code = (result: Awaited<ReturnType<typeof act>>): string =>
  result.ok ? 'done' : result.error.kind === 'refused' ? result.error.refusal.code : result.error.kind;

describe('an organisation', () => {
  test('is created with its head office, and found without accents', async () => {
    const id = await create({
      name: 'Éts Ménard',
      siren: '732 829 320',
      siret: '732 829 320 00074',
      group: 'Groupe Ménard',
      departments: [scene.department],
    });
    const page = await read(id);
    expect(page.organisation).toMatchObject({ siren: '732829320', town: 'Nogent', version: 1 });
    expect(page.sites).toMatchObject([{ siret: '73282932000074', isHeadOffice: true }]);
    expect(page.departments).toMatchObject([{ slug: 'flaamm' }]);
    const twin = await create({ name: 'Autre Ménard', group: 'groupe menard' });
    expect((await read(twin)).organisation.group).toEqual(page.organisation.group);
    expect(await (await scene.get('rival', '/adherents?q=menard+ets')).text()).toContain('Éts Ménard');
    expect(
      code(await act(createOrganisation, { kind: 'member', name: 'B', town: 'X', siren: '732829320' })),
    ).toBe('siren-taken');
  });

  test.each<[Record<string, unknown>, string]>([
    [{ name: '' }, 'invalid'],
    [{ name: 'x'.repeat(201) }, 'invalid'],
    [{ name: 'A', kind: 'pirate' }, 'invalid'],
    [{ name: 'A', siren: '732829321' }, 'siren-key'],
    [{ name: 'A', siren: '7,32829E+08' }, 'siren-rounded'],
    [{ name: 'A', siren: '18' }, 'siren-lost-zeros'],
    [{ name: 'A', siret: '123' }, 'siret-length'],
    [{ name: 'A', joinedOn: '31/02/2021' }, 'invalid'],
    [{ name: 'A', joinedOn: '2021-02-01', leftOn: '2020-02-01' }, 'left-before-joined'],
    [{ name: 'A', postcode: '5280' }, 'invalid'],
    [{ name: 'A', nafRev2: 'vingt' }, 'invalid'],
    [{ name: 'A\u{0}' }, 'invalid'],
    [{ name: { a: 1 } }, 'invalid'],
    [{ name: 'A', departments: ['11111111-1111-4111-8111-111111111111'] }, 'no-such-department'],
    [{ name: 'A', departments: 'x' }, 'invalid'],
  ])('%j is refused: %s', async (fields, why) => {
    const before = await count();
    expect(code(await act(createOrganisation, { kind: 'member', town: 'Nogent', ...fields }))).toBe(why);
    expect(await count()).toBe(before);
  });

  test('two people edit: one wins, the other reads why and keeps what was typed', async () => {
    const id = await create({ name: 'Partagée' });
    const edit = (name: string, activity: string) =>
      act(updateOrganisationAction, { organisation: id, version: 1, kind: 'member', name, activity });
    const results = await Promise.all([edit('Première', 'Forge'), edit('Seconde', 'Usinage')]);
    expect(results.map(code).sort()).toEqual(['done', 'edited-meanwhile']);
    const stored = (await read(id)).organisation;
    expect(stored.version).toBe(2);

    const late = await scene.post('secretary', `/adherents/${id}/modifier`, {
      version: '1',
      kind: 'member',
      name: 'Troisième',
      activity: '<b>Laser</b>',
      siren: '',
    });
    const html = await late.text();
    expect(late.status).toBe(409);
    expect(html).toContain('Quelqu’un d’autre a enregistré');
    expect(html).toContain('value="Troisième"');
    expect(html).toContain('&lt;b&gt;Laser&lt;/b&gt;');
    expect(html).toContain(`<del>${stored.name}</del>`);
    // The page now carries the version it shows: a second save is a knowing one.
    expect(html).toContain('name="version" value="2"');
    const again = await scene.post('secretary', `/adherents/${id}/modifier`, {
      version: '2',
      kind: 'member',
      name: 'Troisième',
    });
    expect(again.status).toBe(303);
    expect((await read(id)).organisation).toMatchObject({ name: 'Troisième', version: 3 });
  });

  test('every part of it moves its one version', async () => {
    const id = await create({ name: 'Complète' });
    const [site] = (await read(id)).sites;
    const at = (version: number) => ({ organisation: id, version });
    const heads = { site: site!.id, year: 2026, heads: 60 };
    expect(code(await act(recordHeadcount, { ...at(1), ...heads, isPublic: 'on' }))).toBe(
      'public-without-source',
    );
    expect(code(await act(recordHeadcount, { ...at(1), ...heads, year: 2028 }))).toBe('year-to-come');
    expect(code(await act(recordHeadcount, { ...at(1), ...heads, heads: -1 }))).toBe('invalid');
    expect(code(await act(recordHeadcount, { ...at(1), ...heads }))).toBe('done');
    expect((await read(id)).organisation.band).toBe('21');
    expect(code(await act(saveSite, { ...at(1), name: 'Atelier 2', town: 'Langres' }))).toBe(
      'edited-meanwhile',
    );
    expect(
      code(await act(saveSite, { ...at(2), name: 'Atelier 2', town: 'Langres', isHeadOffice: 'on' })),
    ).toBe('done');
    const moved = await read(id);
    expect(moved.organisation.town).toBe('Langres');
    expect(moved.sites.map((s) => s.isHeadOffice)).toEqual([true, false]);
    expect((await read(id, 'rival')).headcounts).toEqual([]);
    expect((await read(id, 'rival')).heads).toBeNull();
  });

  test('a published figure is read by all, with its source', async () => {
    const id = await create({ name: 'Publique' });
    const [site] = (await read(id)).sites;
    await act(recordHeadcount, {
      organisation: id,
      version: 1,
      site: site!.id,
      year: 2025,
      heads: 321,
      isPublic: 'on',
      source: 'Journal, 2025',
    });
    expect((await read(id, 'rival')).headcounts).toMatchObject([{ heads: 321, source: 'Journal, 2025' }]);
  });
});

describe('people', () => {
  const person = {
    name: 'Anne Val',
    email: 'Anne@Val.fr',
    lang: 'fr',
    role: 'delegate',
    startsOn: '2026-01-01',
  };

  test('a known address is the same person, in a further company; a role ends with a date', async () => {
    const [one, two] = [await create({ name: 'Une' }), await create({ name: 'Deux' })];
    expect(code(await act(giveRole, { organisation: one, version: 1, ...person }))).toBe('done');
    expect(code(await act(giveRole, { organisation: two, version: 1, ...person, name: 'A. Val' }))).toBe(
      'done',
    );
    const [first] = (await read(one)).people!;
    const [second] = (await read(two)).people!;
    expect(second).toMatchObject({
      personId: first!.personId,
      name: 'Anne Val',
      email: 'anne@val.fr',
      held: true,
    });
    expect(code(await act(giveRole, { organisation: two, version: 2, ...person }))).toBe('role-already-held');
    const end = { organisation: two, version: 2, role: second!.roleId };
    expect(code(await act(endRole, { ...end, endsOn: '2025-12-31' }))).toBe('ends-before-start');
    expect(code(await act(endRole, { ...end, endsOn: '2027-03-09' }))).toBe('done');
    expect((await read(two)).people).toMatchObject([{ held: false, endsOn: '2027-03-09' }]);
    // The role of one company cannot be ended on the page of another.
    expect(code(await act(endRole, { ...end, organisation: one, endsOn: '2027-03-09' }))).toBe(
      'no-such-role',
    );
    expect((await read(one)).people).toMatchObject([{ held: true }]);
  });

  test('correcting a person looks at what was shown, not at the clock', async () => {
    const id = await create({ name: 'Trois' });
    await act(giveRole, { organisation: id, version: 1, ...person, email: 'b@val.fr', name: 'B' });
    const [shown] = (await read(id)).people!;
    const edit = { organisation: id, person: shown!.personId, seen: shown!.seen, lang: 'en' };
    const results = await Promise.all([
      act(updatePersonAction, { ...edit, name: 'Béa', email: 'b@val.fr' }),
      act(updatePersonAction, { ...edit, name: 'Bob', email: 'b@val.fr' }),
    ]);
    expect(results.map(code).sort()).toEqual(['done', 'edited-meanwhile']);
    const { seen } = (await read(id)).people![0]!;
    expect(
      code(await act(updatePersonAction, { ...edit, seen, name: 'B', email: scene.own.delegate.email })),
    ).toBe('email-taken');
    expect(
      code(
        await act(updatePersonAction, {
          ...edit,
          organisation: scene.own.id,
          seen,
          name: 'B',
          email: 'c@d.fr',
        }),
      ),
    ).toBe('no-such-person');
  });
});

const count = async (): Promise<number> => {
  const { n } = await scene.doors.read(scene.actors.secretary, (reader) =>
    reader
      .selectFrom('organisation')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow(),
  );
  return n;
};

describe('an import', () => {
  const upload = async (content: Uint8Array | string, name = 'membres.csv'): Promise<string> => {
    const file = new File([content as Uint8Array<ArrayBuffer>], name);
    const response = await scene.upload('secretary', '/adherents/import', file);
    if (response.status !== 303) throw new Error(`${response.status}`);
    return response.headers.get('location')!.split('/').at(-1)!;
  };
  const dryRun = async (id: string, params: Record<string, string> = {}) => {
    const result = await runView(scene.machinery, scene.actors.secretary, importDraft, { id, ...params });
    if (!result.ok || result.value === null) throw new Error('no draft');
    return result.value;
  };
  const confirm = (id: string, fingerprint: string) => act(confirmImport, { import: id, fingerprint });

  test('from Windows-1252: seen before it is written, written at once, nothing twice', async () => {
    const before = await count();
    const csv = [
      'Raison sociale;SIREN;Ville;Effectif;Département;Contact;Courriel',
      'Éts Fèvre;130025265;Châteauvillain;42;FLAAMM;Zoé Fèvre;zoe@fevre.fr',
      'Forges du Val;;Biesles;;;;',
      'Arrondie;7,32829E+08;Nogent;;;;',
    ].join('\r\n');
    const id = await upload(iconv.encode(csv, 'windows-1252'));
    const model = await dryRun(id);
    expect(model.form).toEqual({ kind: 'csv', encoding: 'windows-1252', separator: ';' });
    expect(model.counts).toEqual({ new: 1, changed: 1, unchanged: 0, refused: 1 });
    expect(await count()).toBe(before);

    const refused = await (await scene.get('secretary', `/adherents/import/${id}/refusees.csv`)).text();
    expect(refused).toContain('4;SIREN : « 7,32829E+08 » est un nombre arrondi');
    const results = await Promise.all([confirm(id, model.fingerprint), confirm(id, model.fingerprint)]);
    expect(results.map(code).sort()).toEqual(['done', 'import-confirmed']);
    expect(await count()).toBe(before + 1);

    const html = await (await scene.get('secretary', '/adherents?q=fevre')).text();
    expect(html).toContain('Éts Fèvre');
    expect(html).toContain('Zoé Fèvre');
    expect(html).toContain('20 à 49');
    expect((await read(scene.own.id)).organisation).toMatchObject({ town: 'Biesles', version: 2 });
    // The same file again finds everything known.
    expect((await dryRun(await upload(iconv.encode(csv, 'windows-1252')))).counts).toEqual({
      new: 0,
      changed: 0,
      unchanged: 2,
      refused: 1,
    });
  });

  test('from Excel, and from our own export: unchanged', async () => {
    const file = await (
      await writeXlsx([
        [{ value: 'Company' }, { value: 'Town' }, { value: 'Employees' }],
        [{ value: 'Neuve du Tableur' }, { value: 'Langres' }, { value: 12, type: Number }],
      ])
    ).toBuffer();
    expect((await dryRun(await upload(file, 'membres.xlsx'))).counts.new).toBe(1);
    const exported = new Uint8Array(
      await (await scene.get('secretary', '/adherents/export.csv')).arrayBuffer(),
    );
    const { counts } = await dryRun(await upload(exported, 'export.csv'));
    expect(counts).toMatchObject({ new: 0, changed: 0 });
    expect(counts.unchanged).toBeGreaterThan(3);
  });

  test('a dry run gone stale writes nothing, and shows what has changed', async () => {
    const id = await upload('Nom,Commune\nForges du Val,Bologne\nToute Neuve,Nogent\n');
    const { fingerprint } = await dryRun(id);
    const { organisation } = await read(scene.own.id);
    await act(updateOrganisationAction, {
      organisation: scene.own.id,
      version: organisation.version,
      kind: 'member',
      name: organisation.name,
      siren: organisation.siren ?? '',
      activity: 'Changée entre-temps',
    });
    const before = await count();
    const response = await scene.post('secretary', `/adherents/import/${id}/confirmer`, { fingerprint });
    expect(response.status).toBe(409);
    const html = await response.text();
    expect(html).toContain('Des fiches ont changé depuis cette lecture');
    expect(html).not.toContain(`value="${fingerprint}"`);
    expect(await count()).toBe(before);
    expect((await read(scene.own.id)).organisation.town).not.toBe('Bologne');
  });

  test('columns: chosen by hand, never two alike, one that names the company', async () => {
    const id = await upload('A;B;C\nColonne Main;Nogent;x\n');
    const map = (fields: string[]) => act(mapImport, { import: id, fields, year: 2026 });
    expect((await dryRun(id)).counts.refused).toBe(1);
    expect(code(await map(['town', 'town', '']))).toBe('import-field-twice');
    expect(code(await map(['town', '', '']))).toBe('import-unmapped');
    expect(code(await map(['name', 'town']))).toBe('import-columns');
    expect(code(await map(['name', 'couleur', '']))).toBe('invalid');
    expect(code(await map(['name', 'town', '']))).toBe('done');
    expect((await dryRun(id)).counts).toEqual({ new: 1, changed: 0, unchanged: 0, refused: 0 });
    expect((await scene.post('secretary', `/adherents/import/${id}/abandonner`, {})).status).toBe(303);
    expect(code(await map(['name', 'town', '']))).toBe('import-gone');
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['a PNG renamed .csv', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0])],
    ['a header only', new TextEncoder().encode('Nom;Ville\n')],
    ['an open quote', new TextEncoder().encode('Nom;Ville\nA;"B\n')],
    ['half an Excel file', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 8])],
    ['six megabytes', new Uint8Array(6 * 1024 * 1024).fill(65)],
  ])('%s: a clear error, nothing kept', async (_, content) => {
    const response = await scene.upload(
      'secretary',
      '/adherents/import',
      new File([content], 'illisible.csv'),
    );
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain('field-error');
    expect(html).not.toContain('illisible.csv');
  });

  test('no file, and a body that is no form', async () => {
    expect((await scene.post('secretary', '/adherents/import', {})).status).toBe(422);
    expect(code(await act(uploadImport, { fileName: 'a', columns: ['Nom'], lines: [] }))).toBe('invalid');
    expect(
      code(
        await act(uploadImport, {
          fileName: 'a',
          columns: ['Nom'],
          lines: [{ line: 2, cells: ['x'.repeat(3000)] }],
        }),
      ),
    ).toBe('invalid');
  });

  test('HTML in a file is text on every page it reaches', async () => {
    const id = await upload(
      'Nom;Commune\n<img src=x onerror=alert(1)>;<b>Nogent</b>\n"=HYPERLINK(""x"")";Nogent\n',
    );
    const page = await (await scene.get('secretary', `/adherents/import/${id}?lignes=nouvelles`)).text();
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toContain('<img');
    const { fingerprint } = await dryRun(id);
    expect(code(await confirm(id, fingerprint))).toBe('done');
    const list = await (await scene.get('rival', '/adherents?q=onerror')).text();
    expect(list).toContain('&lt;img src=x');
    expect(list).not.toContain('<img');
    const refused = await (await scene.get('secretary', `/adherents/import/${id}/refusees.csv`)).text();
    expect(refused).toContain(`"'=HYPERLINK(""x"")"`);
  });
});
