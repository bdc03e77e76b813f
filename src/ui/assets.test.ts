import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type AssetName, assetUrl, getAsset } from './assets.ts';

const sent = (name: AssetName): number => {
  const asset = getAsset(assetUrl(name));
  if (asset === undefined) throw new Error(name);
  return (asset.gzip ?? asset.body).length;
};

test('every name has a hashed address that answers', () => {
  for (const name of ['css', 'font', 'mark', 'htmx', 'htmx-sse', 'islands/solver'] as const) {
    const url = assetUrl(name);
    expect(url).toMatch(/^\/assets\/[\w-]+-[\w]{8,10}\.(css|js|svg|woff2)$/);
    const asset = getAsset(url);
    expect(asset?.etag).toMatch(/^"[0-9a-f]{10}"$/);
    if (asset?.gzip) expect(Buffer.compare(gunzipSync(asset.gzip), asset.body)).toBe(0);
  }
  expect(getAsset('/assets/none.css')).toBeUndefined();
  expect(() => assetUrl('islands/none')).toThrow('no asset named islands/none');
});

test('types are those that browsers need', () => {
  expect(getAsset(assetUrl('css'))?.type).toBe('text/css; charset=utf-8');
  expect(getAsset(assetUrl('font'))?.type).toBe('font/woff2');
  expect(getAsset(assetUrl('islands/solver'))?.type).toBe('text/javascript; charset=utf-8');
});

test('the style sheet asks for nothing but the font, from here', () => {
  const asset = getAsset(assetUrl('css'));
  const css = new TextDecoder().decode(asset?.body);
  const urls = [...css.matchAll(/url\(["']?([^"')]+)/g)].map((m) => m[1]);
  expect(urls).toEqual([assetUrl('font')]);
  expect(css).not.toContain('@import');
});

test('sizes stay within the budget: 25 kB of font, 12 kB of style, 60 kB a first load with 15 kB of page', () => {
  expect(sent('font')).toBeLessThanOrEqual(25_000);
  expect(sent('css')).toBeLessThanOrEqual(12_000);
  expect(sent('islands/solver')).toBeLessThanOrEqual(3_000);
  const plain = sent('css') + sent('font') + sent('mark');
  expect(plain + 15_000).toBeLessThanOrEqual(60_000);
  expect(plain + sent('islands/solver') + sent('htmx') + sent('htmx-sse')).toBeLessThanOrEqual(60_000);
  expect(gzipSync(getAsset(assetUrl('css'))?.body ?? new Uint8Array()).length).toBeGreaterThan(3_000);
});
