import { gzipSync } from 'node:zlib';
import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../platform/i18n/index.ts';
import { galleryPage } from './gallery.tsx';

describe.each(['fr', 'en'] as const)('the gallery in %s', (lang: Lang) => {
  let page = '';
  beforeAll(async () => {
    page = String(await galleryPage(lang));
  });

  test('is a whole document in its language', () => {
    expect(page.startsWith(`<!DOCTYPE html><html lang="${lang}">`)).toBe(true);
  });

  test('has nothing that the content policy blocks: no style, no inline script, no handler', () => {
    expect(page).not.toMatch(/\sstyle=/);
    expect(page).not.toContain('<style');
    expect(page).not.toMatch(/\son[a-z]+=/);
    expect(page.match(/<script[^>]*>(?!<\/script>)/)).toBeNull();
    expect(page).not.toContain('javascript:');
    expect(page).not.toMatch(/(?:src|href|action)="https?:/);
  });

  test('is valid HTML: ids once, labels on controls, headings in order, no stray role', async () => {
    const report = await new HtmlValidate({
      extends: ['html-validate:recommended', 'html-validate:a11y'],
      rules: {
        // hono/jsx writes attributes and void elements its own way; both are valid HTML
        'void-style': 'off',
        'attribute-boolean-style': 'off',
        'attribute-empty-style': 'off',
        'no-trailing-whitespace': 'off',
        'long-title': 'off',
        // thin and no-break spaces are typography here, not accidents
        'no-raw-characters': 'off',
        // several boxes of one name are one field with several values
        'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit', 'reset'] }],
      },
    }).validateString(page);
    const found = report.results.flatMap((r) =>
      r.messages.map((m) => `${m.ruleId} ${m.message} ${m.selector ?? ''}`),
    );
    expect([...new Set(found)]).toEqual([]);
  });

  test('weighs little for all that it shows', () => {
    expect(gzipSync(page).length).toBeLessThan(25_000);
  });
});

test('an appearance chosen by the reader is on the root element', async () => {
  expect(String(await galleryPage('fr', 'dark'))).toContain('<html lang="fr" data-theme="dark">');
});
