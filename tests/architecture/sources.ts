import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Program, parseSync } from 'oxc-parser';

/** The folder of the house. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One import of a file: `import`, `export ... from`, `import()` or a worker's `new URL('./x.ts', import.meta.url)`. */
export interface Import {
  /** As written. */
  readonly request: string;
  /** The file it means, from the root, for a relative request; else null. */
  readonly target: string | null;
  /** Erased before it runs. */
  readonly isType: boolean;
}

export interface Source {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly imports: readonly Import[];
}

/** Parses one file. Throws on a syntax error, for what is not read would pass. */
export function parseSource(path: string, text: string): Source {
  const { program, module, errors } = parseSync(path, text);
  const fault = errors[0];
  if (fault) throw new Error(`${path}: ${fault.message}`);
  const requests: { request: string; isType: boolean }[] = [];
  for (const { moduleRequest, entries } of module.staticImports)
    requests.push({
      request: moduleRequest.value,
      isType: entries.length > 0 && entries.every((e) => e.isType),
    });
  for (const { entries } of module.staticExports)
    for (const { moduleRequest, isType } of entries)
      if (moduleRequest) requests.push({ request: moduleRequest.value, isType });
  for (const { moduleRequest } of module.dynamicImports) {
    const written = text.slice(moduleRequest.start, moduleRequest.end);
    const literal = /^(['"])(.*)\1$/.exec(written);
    if (!literal) {
      if (isTest(path)) continue;
      throw new Error(`${path}: import(${written}) cannot be read; name the file`);
    }
    requests.push({ request: literal[2]!, isType: false });
  }
  for (const [, request] of text.matchAll(/new URL\(\s*'(\.[^']*\.tsx?)',\s*import\.meta\.url/g))
    requests.push({ request: request!, isType: false });
  return {
    path,
    text,
    program,
    imports: requests.map(({ request, isType }) => ({
      request,
      isType,
      target: request.startsWith('.') ? join(dirname(path), request).replaceAll('\\', '/') : null,
    })),
  };
}

let read: readonly Source[] | undefined;

/** Every TypeScript file of the house, parsed once a run. */
export function readSources(): readonly Source[] {
  read ??= globSync('{src,demo,tests,bench}/**/*.{ts,tsx}', { cwd: ROOT })
    .map((path) => relative('.', path).replaceAll('\\', '/'))
    .sort()
    .map((path) => parseSource(path, readFileSync(join(ROOT, path), 'utf8')));
  return read;
}

/** Tests, oracles and benches: what no program file may lean on. */
export const isTest = (path: string): boolean =>
  /\.test\.tsx?$/.test(path) || path.startsWith('tests/') || path.startsWith('bench/');

/** All that a file needs to run, itself included: imports of imports, types aside. */
export function closureOf(sources: readonly Source[], path: string): readonly Source[] {
  const byPath = new Map(sources.map((s) => [s.path, s]));
  const seen = new Set<string>();
  const visit = (at: string): void => {
    if (seen.has(at)) return;
    seen.add(at);
    for (const { target, isType } of byPath.get(at)?.imports ?? []) if (target && !isType) visit(target);
  };
  visit(path);
  return [...seen].map((at) => byPath.get(at)).filter((s) => s !== undefined);
}
