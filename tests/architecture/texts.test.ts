import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Expression, Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../src/app/start.ts';
import type { FieldError } from '../../src/platform/form.ts';
import { errorSentence } from '../../src/platform/form-errors.ts';
import type { SheetError } from '../../src/platform/sheet/sheet.ts';
import { sheetSentence } from '../../src/platform/sheet/words.ts';
import { isTest, parseSource, ROOT, readSources, type Source } from './sources.ts';

const sources = readSources();
const program = sources.filter((s) => !isTest(s.path));

/** Every key of a table of texts, nested ones with dots. */
function keysOf(texts: unknown, prefix = ''): string[] {
  if (typeof texts !== 'object' || texts === null || Array.isArray(texts)) return [];
  return Object.entries(texts).flatMap(([key, value]) => [
    `${prefix}${key}`,
    ...keysOf(value, `${prefix}${key}.`),
  ]);
}

const load = async (path: string, lang: 'fr' | 'en'): Promise<unknown> => {
  const module = (await import(pathToFileURL(join(ROOT, path)).href)) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(module).map(([name, value]) => [name === lang ? 'texts' : name, value]),
  );
};

describe('texts', () => {
  const french = program
    .map((s) => s.path)
    .filter((path) => /\/texts\.fr\.ts$|\/texts\/.*\.fr\.ts$/.test(path));

  it.each(french)('%s says the same things in English', async (path) => {
    const english = path.replace('.fr.ts', '.en.ts');
    expect(existsSync(join(ROOT, english)), english).toBe(true);
    const [fr, en] = [keysOf(await load(path, 'fr')), keysOf(await load(english, 'en'))];
    expect(fr.length).toBeGreaterThan(1);
    expect(en.sort()).toEqual(fr.sort());
  });
});

describe('sentences', () => {
  const languages = ['fr', 'en'] as const;

  it('of the audit: one an action, in both languages, and none for an action that is gone', () => {
    for (const feature of FEATURES) {
      const actions = feature.actions.map((action) => action.name).sort();
      for (const lang of languages) expect(Object.keys(feature.audit[lang]).sort()).toEqual(actions);
      for (const name of actions) expect(name).toMatch(new RegExp(`^${feature.name}\\.[a-z-]+\\.[a-z-]+$`));
    }
    expect(FEATURES.flatMap((f) => f.actions).length).toBeGreaterThan(20);
  });

  it('of refusals: one a code that the source can refuse with, in both languages', async () => {
    for (const feature of FEATURES) {
      const spoken = program.filter(
        (s) => s.path.startsWith(`src/features/${feature.name}/`) && !/\/texts[./]|\.texts\./.test(s.path),
      );
      const codes = new Set(spoken.flatMap(codesIn));
      for (const action of feature.actions)
        for (const code of Object.values(action.constraints ?? {})) codes.add(code);
      expect(codes.size, feature.name).toBeGreaterThan(3);
      for (const lang of languages) {
        const known = new Set(Object.keys(feature.refusals[lang]));
        // Lines of an imported file are told why by the texts' `reasons`.
        for (const key of await textKeys(feature.name, lang)) known.add(key.replace(/^texts\.reasons\./, ''));
        const silent = [...codes].filter((code) => !known.has(code) && !isTechnical(code));
        expect(silent, `${feature.name}, ${lang}`).toEqual([]);
      }
      const told = feature.refusals;
      expect(Object.keys(told.en).sort()).toEqual(Object.keys(told.fr).sort());
    }
  });

  it('are not empty, and end as sentences do', () => {
    // A day is also a text. A sentence may be handed over whole, as that of a sheet's fault is.
    const day = '2027-03-08';
    const anything = new Proxy({}, { get: () => day }) as Readonly<Record<string, string>>;
    for (const feature of FEATURES)
      for (const lang of languages)
        for (const [code, sentence] of [
          ...Object.entries(feature.audit[lang]),
          ...Object.entries(feature.refusals[lang]),
        ])
          expect(
            sentence(anything).replace(new RegExp(`^${day}$`), 'The day, told.'),
            `${feature.name} ${code} ${lang}`,
          ).toMatch(/^\S.{7,}[.!?)»]$/su);
  });
});

const textKeys = async (feature: string, lang: 'fr' | 'en'): Promise<string[]> =>
  keysOf(await load(`src/features/${feature}/texts.${lang}.ts`, lang)).filter((key) =>
    key.startsWith('texts.reasons.'),
  );

/** Told by the platform: a field's error, a sheet's fault; `custom` is zod's own word for both. */
function isTechnical(code: string): boolean {
  const params = { max: 1, min: 1, line: 1, megabytes: 1 };
  const tells = [
    () => errorSentence({ code, params } as FieldError, 'fr'),
    () => sheetSentence({ code, params } as SheetError, 'fr'),
  ];
  return code === 'custom' || tells.some((tell) => isSaid(tell));
}

function isSaid(tell: () => string): boolean {
  try {
    return tell() !== '';
  } catch {
    return false;
  }
}

/** Codes of refusals in a file: `refuse('code')`, and `{ code: 'code' }` handed to `err` or returned. */
function codesIn({ program }: Pick<Source, 'program'>): string[] {
  const codes: string[] = [];
  new Visitor({
    CallExpression(node) {
      const first = node.arguments[0];
      if (node.callee.type !== 'Identifier' || !first || first.type === 'SpreadElement') return;
      if (node.callee.name === 'refuse') codes.push(...literalsOf(first));
    },
    ObjectExpression(node) {
      for (const property of node.properties)
        if (
          property.type === 'Property' &&
          property.key.type === 'Identifier' &&
          property.key.name === 'code'
        )
          codes.push(...literalsOf(property.value as Expression));
    },
  }).visit(program);
  return codes;
}

/** The texts an expression can be: of `late ? 'a' : 'b'`, both. */
function literalsOf(node: Expression): string[] {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : [];
  if (node.type === 'ConditionalExpression')
    return [...literalsOf(node.consequent), ...literalsOf(node.alternate)];
  if (node.type === 'LogicalExpression') return [...literalsOf(node.left), ...literalsOf(node.right)];
  return [];
}

describe('the reader of codes', () => {
  it('finds what a file refuses with', () => {
    const { program } = parseSource(
      'src/a.ts',
      "const a = () => refuse(late ? 'after-deadline' : 'frozen', { x: 1 }); const b = () => err({ code: 'full' }); const c = { code };",
    );
    expect(codesIn({ program })).toEqual(['after-deadline', 'frozen', 'full']);
  });
});
