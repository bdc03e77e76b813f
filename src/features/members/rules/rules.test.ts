import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SheetLine } from '../../../platform/sheet/sheet.ts';
import { textsOf } from '../texts.ts';
import {
  type Band,
  bandRange,
  IMPORT_FIELDS,
  type ImportField,
  type KnownState,
  type LineOutcome,
} from '../types.ts';
import { bandsFrom, headcountBand, headsOf } from './bands.ts';
import { guessColumns } from './import-columns.ts';
import { explainDifference } from './import-difference.ts';
import { planImport } from './import-plan.ts';
import {
  decideOrganisation,
  decideRole,
  decideRoleEnd,
  decideSiret,
  sirenFault,
  siretFault,
} from './organisation.ts';
import { decodePage, encodePage, splitPage } from './pages.ts';
import { foldText, searchTextOf, searchWords } from './search.ts';

describe('search', () => {
  test.each([
    ['Éts Ménard & Cœur-Acier***', 'ets menard coeur acier'],
    ['  L’Atelier   du Ræ ', 'l atelier du rae'],
    ['Straße 12', 'strasse 12'],
    ['%_\\', ''],
  ])('%j folds to %j', (text, folded) => expect(foldText(text)).toBe(folded));

  test('folding twice is folding once, and leaves nothing that LIKE reads', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (s) => {
        const folded = foldText(s);
        expect(foldText(folded)).toBe(folded);
        expect(folded).not.toMatch(/[%_\\]/);
      }),
    );
  });

  test('an organisation is found by former names, town and SIREN', () => {
    const found = searchTextOf({
      name: 'Viant',
      formerNames: ['Greatbatch'],
      town: 'Chaumont',
      siren: '000000018',
    });
    for (const query of ['viant', 'GREAT', 'chaumont', '000 000 018'])
      for (const word of searchWords(query)) expect(found).toContain(word);
  });
});

describe('headcount bands', () => {
  test.each<[number | null, Band]>([
    [null, 'NN'],
    [0, '00'],
    [1, '01'],
    [2, '01'],
    [9, '03'],
    [10, '11'],
    [49, '12'],
    [50, '21'],
    [199, '22'],
    [200, '31'],
    [249, '31'],
    [9999, '52'],
    [10_000, '53'],
  ])('%s people: %s', (heads, band) => expect(headcountBand(heads)).toBe(band));

  test('each headcount lies in the range of its band', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20_000 }), (heads) => {
        const range = bandRange(headcountBand(heads))!;
        expect(heads).toBeGreaterThanOrEqual(range.from);
        expect(heads).toBeLessThanOrEqual(range.to ?? heads);
      }),
    );
  });

  test('from 50: six bands of INSEE and above', () => {
    expect(bandsFrom(50)).toEqual(['53', '52', '51', '42', '41', '32', '31', '22', '21']);
    expect(bandRange('NN')).toBeNull();
  });

  test('an organisation counts the latest year of each site: 30 of 2025 and 12 of 2024 are 42', () => {
    expect(
      headsOf([
        { siteId: 'a', year: 2024, heads: 28 },
        { siteId: 'a', year: 2025, heads: 30 },
        { siteId: 'b', year: 2024, heads: 12 },
      ]),
    ).toBe(42);
    expect(headsOf([])).toBeNull();
  });
});

describe('identifiers', () => {
  test.each([
    ['732829320', null],
    ['732829321', 'siren-key'],
    ['7,32829E+08', 'siren-rounded'],
    ['7.32829e8', 'siren-rounded'],
    // 000000018 as Excel leaves it.
    ['18', 'siren-lost-zeros'],
    ['73282932', 'siren-length'],
    ['ABC', 'siren-letters'],
    ['000000000', 'siren-key'],
  ])('SIREN %s: %s', (digits, fault) => expect(sirenFault(digits)).toBe(fault));
  test.each([
    ['73282932000074', null],
    ['7,32829E+13', 'siret-rounded'],
    ['73282932000075', 'siret-key'],
    ['7328293200007', 'siret-length'],
  ])('SIRET %s: %s', (digits, fault) => expect(siretFault(digits)).toBe(fault));

  test('a SIRET begins with its SIREN', () => {
    expect(decideSiret('73282932000074', '732829320').ok).toBe(true);
    expect(decideSiret('73282932000074', '130025265')).toMatchObject({ error: { code: 'siret-of-another' } });
    const facts = { siren: '130025265', sirets: ['73282932000074'], joinedOn: null, leftOn: null };
    expect(decideOrganisation(facts)).toMatchObject({ error: { code: 'siret-of-another' } });
  });
});

describe('roles', () => {
  const held = { personId: 'p', role: 'delegate', startsOn: '2020-01-01', endsOn: null } as const;
  test('the same role twice at a time is refused, after its end it is not', () => {
    expect(decideRole([held], { ...held, startsOn: '2027-01-01' })).toMatchObject({
      error: { code: 'role-already-held' },
    });
    expect(decideRole([{ ...held, endsOn: '2026-12-31' }], { ...held, startsOn: '2027-01-01' }).ok).toBe(
      true,
    );
    expect(decideRole([held], { ...held, role: 'deputy' }).ok).toBe(true);
  });
  test('a role ends once, not before it began', () => {
    expect(decideRoleEnd(held, '2019-12-31')).toMatchObject({ error: { code: 'ends-before-start' } });
    expect(decideRoleEnd({ ...held, endsOn: '2021-01-01' }, '2022-01-01')).toMatchObject({
      error: { code: 'role-ended' },
    });
    expect(decideRoleEnd({ ...held, endsOn: '2028-01-01' }, '2027-05-01').ok).toBe(true);
  });
});

describe('pages', () => {
  const id = '2c7ff837-7df3-49ea-8e71-032dc9de56f4';
  test('a page survives the URL', () => {
    for (const page of [
      { from: 'first' },
      { from: 'last' },
      { from: 'after', key: ['forges', id] },
      { from: 'before', key: ['é"%', id] },
    ] as const)
      expect(decodePage(encodePage(page), 'name')).toEqual(page);
    expect(decodePage(encodePage({ from: 'after', key: ['nogent', 'forges', id] }), 'name')).toBeNull();
  });
  test('anything else is no page', () => {
    fc.assert(
      fc.property(
        fc.string().filter((s) => s !== '' && s !== 'z'),
        (s) => {
          expect(decodePage(s, 'name')).toBeNull();
        },
      ),
    );
    const nul = `a${Buffer.from(JSON.stringify(['a\u{0}', id])).toString('base64url')}`;
    expect(decodePage(nul, 'name')).toBeNull();
  });
  test('knows its neighbours', () => {
    const rows = ['a', 'b', 'c'].map((k) => ({ key: [k, id] }));
    expect(splitPage(rows, 2, { from: 'first' })).toMatchObject({ previous: null, next: { key: ['b', id] } });
    expect(splitPage(rows, 3, { from: 'first' })).toMatchObject({ previous: null, next: null });
    // Fetched against reading order: c, b, a come out as b, c.
    const last = splitPage(rows.toReversed(), 2, { from: 'last' });
    expect(last.rows.map((row) => row.key[0])).toEqual(['b', 'c']);
    expect(last).toMatchObject({ previous: { from: 'before', key: ['b', id] }, next: null });
  });
});

describe('columns', () => {
  test.each([
    [
      ['Raison sociale', 'N° SIREN', 'Ville', 'Effectifs', 'Mail', 'Contact', 'Tél.', 'Remarque'],
      ['name', 'siren', 'town', 'heads', 'delegateEmail', 'delegateName', 'delegatePhone', ''],
    ],
    [
      ['Company', 'SIRET', 'City', 'Employees', 'Year'],
      ['name', 'siret', 'town', 'heads', 'headsYear'],
    ],
    [
      ['Nom', 'Nom'],
      ['name', ''],
    ],
  ])('%j', (headers, fields) => expect(guessColumns(headers)).toEqual(fields));

  test('what exports call a field, in both languages, is recognised', () => {
    for (const lang of ['fr', 'en'] as const)
      for (const field of IMPORT_FIELDS)
        expect(guessColumns([textsOf(lang).fields[field]]), field).toEqual([field]);
  });
});

const KNOWN: KnownState = {
  companies: [
    {
      id: 'c1',
      version: 3,
      name: 'Forges du Val',
      siren: '732829320',
      formerNames: [],
      groupId: null,
      group: null,
      activity: 'Forge',
      nafRev2: null,
      naf2025: null,
      town: 'Nogent',
      joinedOn: '2010-01-01',
      leftOn: null,
      departments: ['d1'],
      sites: [
        { id: 's1', siret: '73282932000074', town: 'Nogent', postcode: '52800', heads: { 2025: 40 } },
        { id: 's2', siret: null, town: 'Langres', postcode: '', heads: { 2025: 15 } },
      ],
      delegates: ['anne@val.fr'],
    },
    ...['c2', 'c3'].map((id) => ({
      id,
      version: 1,
      name: 'Atelier Double',
      siren: null,
      formerNames: [],
      groupId: null,
      group: null,
      activity: '',
      nafRev2: null,
      naf2025: null,
      town: '',
      joinedOn: null,
      leftOn: null,
      departments: [],
      sites: [],
      delegates: [],
    })),
  ],
  departments: [{ id: 'd1', slug: 'flaamm', name: 'FLAAMM', aliases: ['Flaam'] }],
  groups: [],
  people: new Map([['anne@val.fr', { id: 'p1', name: 'Anne Val' }]]),
};

/** The outcomes of lines given by field. */
function outcomes(...rows: Partial<Record<ImportField, string>>[]): readonly LineOutcome[] {
  const lines: SheetLine[] = rows.map((row, i) => ({
    line: i + 2,
    cells: IMPORT_FIELDS.map((field) => row[field] ?? ''),
  }));
  return explainDifference(lines, { fields: IMPORT_FIELDS, year: 2026 }, KNOWN, 2027).lines;
}

const codesOf = (line: LineOutcome | undefined): string[] =>
  line?.outcome === 'refused' ? line.reasons.map((reason) => reason.code) : [line?.outcome ?? ''];

describe('bad lines', () => {
  test.each<[Partial<Record<ImportField, string>>, string]>([
    [{ name: 'A', siren: '7,32829E+08' }, 'siren-rounded'],
    [{ name: 'A', siret: '7,32829E+13' }, 'siret-rounded'],
    [{ name: 'A', siren: '18' }, 'siren-lost-zeros'],
    [{ name: 'A', siren: '732829321' }, 'siren-key'],
    [{ name: 'A', siren: 'sans' }, 'siren-letters'],
    [{ name: 'A', siret: '732829320' }, 'siret-length'],
    [{ name: 'A', siren: '130025265', siret: '73282932000074' }, 'siret-of-another'],
    [{ siren: '130025265' }, 'no-name'],
    [{ name: 'x'.repeat(201) }, 'too-long'],
    [{ name: '=cmd|calc' }, 'formula'],
    [{ name: 'A', activity: '@SUM(A1)' }, 'formula'],
    [{ name: 'A', activity: '-cmd()' }, 'formula'],
    [{ name: 'SociÃ©tÃ©' }, 'garbled'],
    [{ name: 'A\u{1}' }, 'bad-characters'],
    [{ name: '#N/A' }, 'excel-error'],
    [{ name: 'A', heads: '-5' }, 'heads-negative'],
    [{ name: 'A', heads: '12,5' }, 'heads-not-whole'],
    [{ name: 'A', heads: 'beaucoup' }, 'heads-not-whole'],
    [{ name: 'A', heads: '9999999' }, 'heads-too-large'],
    [{ name: 'Forges du Val', heads: '5' }, 'heads-of-several-sites'],
    [{ name: 'A', heads: '5', headsYear: '2050' }, 'year-wrong'],
    [{ name: 'A', joinedOn: '31/02/2021' }, 'not-a-date'],
    [{ name: 'A', joinedOn: '2021-13-01' }, 'not-a-date'],
    [{ name: 'A', joinedOn: '01/02/2021', leftOn: '31/01/2021' }, 'left-before-joined'],
    [{ name: 'Forges du Val', leftOn: '31/12/2009' }, 'left-before-joined'],
    [{ name: 'A', delegateName: 'B', delegateEmail: 'pas une adresse' }, 'not-an-email'],
    [{ name: 'A', delegateName: 'B' }, 'delegate-without-email'],
    [{ name: 'A', delegateEmail: 'nouveau@a.fr' }, 'delegate-without-name'],
    [{ name: 'A', postcode: '528' }, 'postcode-wrong'],
    [{ name: 'A', nafRev2: '25' }, 'naf-wrong'],
    [{ name: 'A', department: 'Textile' }, 'department-unknown'],
    [{ name: 'Atelier Double' }, 'ambiguous-name'],
    [{ name: 'Forges du Val', siren: '130025265' }, 'same-name-other-siren'],
    [{ name: 'Forges du Val', siret: '73282932000082' }, 'other-siret'],
    [{ name: 'A', siren: '130025265', siret: '73282932000074' }, 'siret-of-another'],
  ])('%j: %s', (row, code) => {
    const [line] = outcomes(row);
    expect(codesOf(line)).toContain(code);
    for (const lang of ['fr', 'en'] as const)
      if (line?.outcome === 'refused')
        for (const reason of line.reasons) {
          const params = Object.fromEntries(
            Object.entries(reason.params ?? {}).map(([k, v]) => [k, String(v)]),
          );
          expect(textsOf(lang).reasons[reason.code](params)).not.toMatch(/undefined|NaN/);
        }
  });

  test('what repeats an earlier line stays out and names it', () => {
    const lines = outcomes(
      { name: 'A', siren: '130025265' },
      { name: 'A', siren: '130025265' },
      { name: 'B', siren: '130025265' },
      { name: 'C' },
      { name: 'c', town: 'Nogent' },
      { name: 'Forges du Val' },
      { siren: '732829320', activity: 'Autre' },
    );
    expect(lines.map(codesOf)).toEqual([
      ['new'],
      ['duplicate-line'],
      ['duplicate-siren'],
      ['new'],
      ['duplicate-company'],
      ['unchanged'],
      ['duplicate-company'],
    ]);
  });

  test('HTML in a name is just text, and so is a telephone with a plus', () => {
    const [line] = outcomes({
      name: '<script>alert(1)</script>',
      delegateName: 'B',
      delegateEmail: 'b@b.fr',
      delegatePhone: "'+33 3 25 00 00 00",
    });
    expect(line).toMatchObject({
      outcome: 'new',
      name: '<script>alert(1)</script>',
      values: { delegate: { phone: '+33 3 25 00 00 00' } },
    });
  });
});

describe('the difference', () => {
  test('an empty cell changes nothing; a difference says before and after', () => {
    const [line] = outcomes({
      siret: '732 829 320 00074',
      town: 'Biesles',
      heads: '1 044',
      department: 'Flaam',
    });
    expect(line).toMatchObject({
      outcome: 'changed',
      companyId: 'c1',
      changes: [
        { field: 'town', before: 'Nogent', after: 'Biesles' },
        { field: 'heads', before: '', after: '1044 (2026)' },
      ],
    });
    expect(
      codesOf(
        outcomes({ name: 'Forges du Val', siret: '73282932000074', heads: '40', headsYear: '2025' })[0],
      ),
    ).toEqual(['unchanged']);
  });

  test('found by its name, a company keeps the way it is written; by its SIREN, it may be renamed', () => {
    expect(codesOf(outcomes({ name: 'FORGES DU VAL' })[0])).toEqual(['unchanged']);
    expect(outcomes({ name: 'Forges du Val SAS', siren: '732829320' })[0]).toMatchObject({
      changes: [{ field: 'name', before: 'Forges du Val', after: 'Forges du Val SAS' }],
    });
  });

  test('its fingerprint moves with what it was compared with', () => {
    const lines = [{ line: 2, cells: ['Forges du Val', 'Biesles'] }];
    const mapping = { fields: ['name', 'town'], year: 2026 } as const;
    const print = (known: KnownState) => explainDifference(lines, mapping, known, 2027).fingerprint;
    const moved = { ...KNOWN, companies: KNOWN.companies.map((c) => ({ ...c, version: c.version + 1 })) };
    expect(print(KNOWN)).toBe(print(KNOWN));
    expect(print(moved)).not.toBe(print(KNOWN));
  });

  test('the plan keeps what lines leave empty and counts the band anew: 60 + 15 people are 50 to 99', () => {
    const lines = [
      { line: 2, cells: ['73282932000074', '', '60', 'Groupe Val', 'anne@val.fr'] },
      { line: 3, cells: ['', 'Atelier Neuf', '', 'groupe val', ''] },
    ];
    const mapping = { fields: ['siret', 'name', 'heads', 'group', 'delegateEmail'], year: 2026 } as const;
    const difference = explainDifference(lines, mapping, KNOWN, 2027);
    let n = 0;
    const plan = planImport(
      difference,
      KNOWN,
      { site: 'Siège', source: 'f', today: '2027-03-10' },
      () => `new${n++}`,
    );
    expect(plan.groups).toHaveLength(1);
    expect(plan.changedCompanies).toMatchObject([
      { organisation_id: 'c1', version: 3, name: 'Forges du Val', activity: 'Forge', headcount_band: '21' },
    ]);
    expect(plan.newCompanies).toMatchObject([{ name: 'Atelier Neuf', headcount_band: 'NN' }]);
    expect(new Set([...plan.changedCompanies, ...plan.newCompanies].map((c) => c.group_id)).size).toBe(1);
    expect(plan.roles).toEqual([]);
    expect(plan.headcounts).toMatchObject([{ site_id: 's1', year: 2026, heads: 60 }]);
  });
});
