import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FILES, OWN_FILES } from './arrows.ts';
import { ROOT } from './sources.ts';

const pages = [
  ...globSync('*.md', { cwd: ROOT }),
  ...globSync('{docs,bench,demo,db}/**/*.md', { cwd: ROOT }),
].sort();
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** Text without its code: what is shown there is no link. */
const proseOf = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** The anchors of a page's headings, as forges make them. */
const anchorsOf = (text: string): Set<string> =>
  new Set(
    [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  );

/** What is wrong with the links of a page; those to other sites are not followed. */
function brokenLinks(page: string, text: string, exists: (path: string) => string | null): string[] {
  return [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : normalize(join(dirname(page), file));
      const found = exists(target);
      return found === null || (anchor !== undefined && !anchorsOf(found).has(anchor));
    })
    .map((link) => `${page}: ${link}`);
}

const onDisk = (path: string): string | null => {
  if (path.startsWith('..') || !existsSync(join(ROOT, path))) return null;
  return path.endsWith('.md') ? textOf(path) : '';
};

describe('documents', () => {
  it('have no broken link', () => {
    expect(pages.length).toBeGreaterThan(12);
    expect(pages.flatMap((page) => brokenLinks(page, textOf(page), onDisk))).toEqual([]);
  });

  it('would be told of one', () => {
    const shelf: Readonly<Record<string, string>> = { 'docs/b.md': '# One word\n' };
    const exists = (path: string): string | null => shelf[path] ?? null;
    const text =
      '[a](b.md) [b](b.md#one-word) [c](b.md#two) [d](../c.md) [e](https://x.example/) `[f](no.md)`';
    expect(brokenLinks('docs/a.md', text, exists)).toEqual(['docs/a.md: b.md#two', 'docs/a.md: ../c.md']);
  });

  it('name paths and commands that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const wrong = pages.flatMap((page) => {
      const text = textOf(page);
      const paths = [...text.matchAll(/`((?:src|docs|db|demo|tests|bench|\.ci)\/[\w./-]*)`/g)].map(
        ([, p]) => p!,
      );
      const runs = [...text.matchAll(/npm run (?:-s )?([\w-]+)/g)].map(([, name]) => name!);
      return [
        // A part in capitals stands for any name.
        ...paths.filter((path) => !/\/[A-Z]+(\/|$)/.test(path) && !existsSync(join(ROOT, path))),
        ...runs.filter((name) => scripts[name] === undefined),
      ].map((name) => `${page}: ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it('say in docs/architecture.md what each file of a feature may import', () => {
    const text = textOf('docs/architecture.md');
    const own = Object.values(OWN_FILES).flatMap((files) => Object.keys(files));
    for (const [file, known] of Object.entries(FILES)) {
      const row = new RegExp(`^\\| \`${file}\`.*$`, 'm').exec(text)?.[0];
      expect(row, file).toBeDefined();
      for (const name of known) expect(row, file).toContain(name === '*' ? 'all' : name);
    }
    for (const file of own) expect(text).toMatch(new RegExp(`^\\| \`${file}\``, 'm'));
  });
});
