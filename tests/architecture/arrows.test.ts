import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FEATURE_GRAPH } from '../../src/features/graph.ts';
import { FILES, findCycle, judgeImport, KIND_FOLDERS, OWN_FILES } from './arrows.ts';
import { closureOf, isTest, parseSource, ROOT, readSources } from './sources.ts';

const sources = readSources();
const program = sources.filter((s) => !isTest(s.path));

describe('arrows point inward', () => {
  it('in every import of every file', () => {
    const faults = sources.flatMap((s) =>
      s.imports.map((i) => judgeImport(s.path, i)).filter((f) => f !== null),
    );
    expect(faults).toEqual([]);
    // The reader did read: an import a file at least, and those of today's doors among them.
    expect(sources.flatMap((s) => s.imports).length).toBeGreaterThan(sources.length);
    expect(program.find((s) => s.path === 'src/main.ts')?.imports.map((i) => i.target)).toContain(
      'src/app/start.ts',
    );
  });

  it.each([
    ['src/kernel/money.ts', 'src/platform/clock.ts'],
    ['src/solve/stop.ts', 'src/platform/clock.ts'],
    ['src/platform/http.ts', 'src/ui/index.ts'],
    ['src/platform/http.ts', 'src/features/members/index.ts'],
    ['src/ui/layout.tsx', 'src/platform/action.ts'],
    ['src/ui/layout.tsx', 'src/features/members/index.ts'],
    ['src/features/members/store.ts', 'src/features/campaigns/index.ts'],
    ['src/features/members/views.ts', 'src/app/visit.ts'],
    ['src/app/front.ts', 'src/features/members/views.ts'],
    ['src/app/front.ts', 'src/solve/pool/run.ts'],
    ['src/app/front.ts', 'demo/seed.ts'],
    ['src/app/front.ts', 'tests/database.ts'],
    ['src/features/members/rules/search.ts', 'src/features/members/store/list.ts'],
    ['src/features/members/pages.tsx', 'src/features/members/store/list.ts'],
    ['src/features/members/views.ts', 'src/features/members/actions.ts'],
    ['src/features/members/store.ts', 'src/features/members/views.ts'],
    ['src/features/members/assistants.ts', 'src/features/members/store.ts'],
    ['src/features/campaigns/store.ts', 'src/features/campaigns/training/index.ts'],
    ['src/features/campaigns/training/plan.ts', 'src/features/campaigns/store.ts'],
    ['demo/seed.ts', 'src/features/members/store.ts'],
    ['demo/seed.ts', 'src/ui/index.ts'],
  ])('%s may not import %s', (from, target) => {
    expect(judgeImport(from, { target, isType: false })).toContain(from);
  });

  it.each([
    ['src/features/members/pages.tsx', 'src/features/members/views.ts', true],
    ['src/features/members/actions/imports.ts', 'src/features/members/rules/search.ts', false],
    ['src/features/campaigns/index.ts', 'src/features/campaigns/training/index.ts', false],
    ['src/features/campaigns/training/plan.ts', 'src/solve/pool/run.ts', false],
    ['src/app/front.ts', 'src/features/members/index.ts', false],
    ['src/ui/layout.tsx', 'src/platform/i18n/index.ts', false],
    ['src/app/start.ts', 'demo/seed.ts', false],
  ])('%s may import %s', (from, target, isType) => {
    expect(judgeImport(from, { target, isType })).toBeNull();
  });
});

describe('features', () => {
  const folders = readdirSync(join(ROOT, 'src/features'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

  it('are all in the graph, which has no cycle and no arrow for nothing', () => {
    expect(Object.keys(FEATURE_GRAPH).sort()).toEqual(folders.sort());
    expect(findCycle(FEATURE_GRAPH)).toBeNull();
    expect(findCycle({ a: ['b'], b: ['c'], c: ['b'] })).toEqual(['b', 'c', 'b']);
    for (const [feature, others] of Object.entries(FEATURE_GRAPH))
      for (const other of others) {
        const users = program.filter(
          (s) =>
            s.path.startsWith(`src/features/${feature}/`) &&
            s.imports.some((i) => i.target === `src/features/${other}/index.ts`),
        );
        expect(users.length, `${feature} -> ${other} is declared and not used`).toBeGreaterThan(0);
      }
  });

  it.each(folders)('%s has files of known names only', (feature) => {
    const known = new Set([
      ...Object.keys(FILES),
      ...Object.keys(OWN_FILES[feature] ?? {}),
      ...(feature === 'campaigns' ? KIND_FOLDERS : []),
      'documents',
      'islands',
    ]);
    const names = readdirSync(join(ROOT, 'src/features', feature))
      .filter((entry) => !isTest(entry))
      .map((entry) => entry.split('.')[0]);
    expect(names.filter((name) => !known.has(name!))).toEqual([]);
  });

  it('keep their SQL in their store', () => {
    const speaks = /\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\bsql(<[^>]*>)?`/;
    const elsewhere = program.filter(
      (s) => /^src\/features\//.test(s.path) && !/\/store(\/|\.ts$)/.test(s.path) && speaks.test(s.text),
    );
    expect(elsewhere.map((s) => s.path)).toEqual([]);
    expect(program.filter((s) => /\/store(\/|\.ts$)/.test(s.path) && speaks.test(s.text))).not.toEqual([]);
  });

  it('spell an address in paths.ts and nowhere else', () => {
    const spells = /(?:href|action|to|redirect)\s*[=:(]\s*(?:\(\)\s*=>\s*)?\{?[`'"]\/[a-z]/;
    const elsewhere = program.filter(
      (s) => /^src\/features\/.*\/(pages|actions|views|mails|rules)/.test(s.path) && spells.test(s.text),
    );
    expect(elsewhere.map((s) => s.path)).toEqual([]);
  });
});

describe('what runs elsewhere', () => {
  it('workers and all they need are .ts, so that Node reads them by itself', () => {
    const workers = program.flatMap((s) =>
      [...s.text.matchAll(/new Worker\(\s*new URL\('(\.[^']+)',/g)].map(
        ([, request]) => s.imports.find((i) => i.request === request)?.target ?? `${s.path}: ${request}`,
      ),
    );
    expect(workers.length).toBeGreaterThanOrEqual(3);
    for (const worker of workers) {
      const needed = closureOf(sources, worker);
      expect(needed[0]?.path).toBe(worker);
      expect(needed.map((s) => s.path).filter((path) => !path.endsWith('.ts'))).toEqual([]);
    }
  });

  it('islands need nothing that a browser has not', () => {
    const islands = program.filter((s) => /\/islands\/[^/]+\.ts$/.test(s.path));
    expect(islands).not.toEqual([]);
    for (const island of islands) {
      const packages = closureOf(sources, island.path).flatMap((s) =>
        s.imports.filter((i) => i.target === null && !i.isType).map((i) => `${s.path}: ${i.request}`),
      );
      expect(packages).toEqual([]);
    }
  });
});

describe('packages', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
    'dependencies' | 'optionalDependencies' | 'devDependencies',
    Record<string, string>
  >;
  const packageOf = (request: string): string =>
    request
      .split('/')
      .slice(0, request.startsWith('@') ? 2 : 1)
      .join('/');

  it('that the program imports are its dependencies; kernel has none', () => {
    const installed = new Set([
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.optionalDependencies),
    ]);
    const faults = program.flatMap((s) =>
      s.imports
        .filter((i) => i.target === null && !i.isType)
        .map((i) => i.request)
        .filter((request) => !request.startsWith('node:'))
        .filter((request) => !installed.has(packageOf(request)) || s.path.startsWith('src/kernel/'))
        .map((request) => `${s.path}: ${request}`),
    );
    expect(faults).toEqual([]);
  });

  it('have exact versions, and built-in modules are written node:', () => {
    for (const versions of [manifest.dependencies, manifest.optionalDependencies, manifest.devDependencies])
      for (const [name, version] of Object.entries(versions))
        expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    const bare = sources.flatMap((s) => s.imports.filter((i) => builtinModules.includes(i.request)));
    expect(bare).toEqual([]);
  });
});

describe('the reader of imports', () => {
  it('sees imports, re-exports, dynamic imports and workers', () => {
    const source = parseSource(
      'src/a/b.ts',
      `import './x.ts'; import type { T } from '../t.ts'; import { type U, v } from './v.ts';
       export * from './y.ts'; export type { W } from './w.ts';
       const later = () => import('./z.ts'); new Worker(new URL('./worker.ts', import.meta.url));`,
    );
    expect(source.imports.map((i) => [i.target, i.isType])).toEqual([
      ['src/a/x.ts', false],
      ['src/t.ts', true],
      ['src/a/v.ts', false],
      ['src/a/y.ts', false],
      ['src/a/w.ts', true],
      ['src/a/z.ts', false],
      ['src/a/worker.ts', false],
    ]);
    expect(() => parseSource('src/a.ts', 'const x = ;')).toThrow('src/a.ts');
    expect(() => parseSource('src/a.ts', 'import(name)')).toThrow('cannot be read');
  });
});
