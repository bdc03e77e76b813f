import { Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { isTest, parseSource, readSources, type Source } from './sources.ts';

const sources = readSources();
const program = sources.filter((s) => !isTest(s.path));

/** `object.property` wherever it is read, with its place: `sql.raw`, `Date.now`. A bare `new Date()` counts as `Date.now`. */
function membersRead({ path, text, program }: Source): string[] {
  const found: string[] = [];
  const at = (start: number): string => `${path}:${text.slice(0, start).split('\n').length}`;
  new Visitor({
    MemberExpression(node) {
      if (node.object.type !== 'Identifier') return;
      const { property } = node;
      const name =
        property.type === 'Identifier' && !node.computed
          ? property.name
          : property.type === 'Literal'
            ? property.value
            : null;
      if (name !== null) found.push(`${node.object.name}.${name} ${at(node.start)}`);
    },
    NewExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0)
        found.push(`Date.now ${at(node.start)}`);
    },
    ImportSpecifier(node) {
      if (node.imported.type === 'Identifier') found.push(`imports ${node.imported.name} ${at(node.start)}`);
    },
  }).visit(program);
  return found;
}

const readOf = (among: readonly Source[], names: readonly string[]): string[] =>
  among.flatMap(membersRead).filter((line) => names.some((name) => line.startsWith(`${name} `)));

describe('words that are not written', () => {
  it('sql.raw and sql.lit: text that the program makes never becomes SQL', () => {
    expect(readOf(sources, ['sql.raw', 'sql.lit'])).toEqual([]);
    const bad = parseSource('src/a.ts', "sql.raw('x');\nsql['lit'](1);");
    expect(readOf([bad], ['sql.raw', 'sql.lit'])).toEqual(['sql.raw src/a.ts:1', 'sql.lit src/a.ts:2']);
  });

  it('time and chance are arguments of what decides, draws and solves', () => {
    const chance = [
      'Date.now',
      'Math.random',
      'Temporal.Now',
      'crypto.randomUUID',
      'imports randomUUID',
      'imports randomBytes',
      'imports randomInt',
    ];
    const pure = program.filter((s) =>
      /^src\/(kernel|solve|ui)\/|^src\/features\/.*\/(rules|plan|pages|totals|kind|types)(\/|\.tsx?$)/.test(
        s.path,
      ),
    );
    expect(readOf(pure, chance)).toEqual([]);
    expect(pure.length).toBeGreaterThan(50);
    const bad = parseSource('src/a.ts', 'new Date(); Math.random(); new Date(0); Temporal.Now.instant();');
    expect(readOf([bad], chance)).toHaveLength(3);
  });

  it('utils, helpers, misc, common, manager as names of files', () => {
    const lazy = /(^|[/.-])(utils?|helpers?|misc|common|managers?)([/.-]|$)/i;
    expect(sources.map((s) => s.path).filter((path) => lazy.test(path))).toEqual([]);
    expect(
      ['src/utils/a.ts', 'src/date-helpers.ts', 'src/common.ts'].filter((p) => lazy.test(p)),
    ).toHaveLength(3);
  });

  it('silenced checks, skipped tests, notes to oneself', () => {
    // Written in pieces, so that this file does not find itself.
    const silenced = new RegExp(
      [
        `@${'ts'}-(ignore|nocheck|expect-error)`,
        `biome${'-'}ignore`,
        `\\b(it|test|describe)\\.(skip|only|todo)\\b`,
        `\\b${'TO'}DO\\b|\\b${'FIX'}ME\\b`,
      ].join('|'),
    );
    expect(sources.filter((s) => silenced.test(s.text)).map((s) => s.path)).toEqual([]);
  });

  it('a division of cents outside kernel/money', () => {
    // `/ 100` is how cents become euros: done once, where rounding is decided.
    const divides = program.filter(
      (s) =>
        /^src\/(features|app)\//.test(s.path) &&
        /\b\w*([cC]ents|[pP]ays|[cC]ost|[bB]illed)\w* \/ 100\b/.test(s.text),
    );
    expect(divides.map((s) => s.path)).toEqual([]);
  });
});
