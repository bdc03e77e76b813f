/**
 * Static files, gathered once in memory: CSS and islands bundled by esbuild, the font, the mark, htmx. Every address
 * carries a hash of the content, so browsers may keep it for ever (`cache-control: public, max-age=31536000, immutable`).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

/** What a page can ask for by name. */
export type AssetName = 'css' | 'font' | 'mark' | 'htmx' | 'htmx-sse' | `islands/${string}`;

export interface Asset {
  readonly body: Uint8Array;
  /** The same, compressed, where that is smaller; send with `content-encoding: gzip`. */
  readonly gzip: Uint8Array | undefined;
  readonly type: string;
  readonly etag: string;
}

interface Assets {
  readonly byPath: ReadonlyMap<string, Asset>;
  readonly urlOf: ReadonlyMap<string, string>;
}

/** Where the web server mounts them. */
export const ASSETS_ROOT = '/assets/';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const HERE = import.meta.dirname;

/** The mark for browser tabs: light and dark by itself, as no page's style reaches it. */
const MARK_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -2 32 31"><style>circle{fill:#6a2c91}@media(prefers-color-scheme:dark){circle{fill:#c59cea}}</style>${[
  [5, 4.8],
  [15, 4.8],
  [25, 4.8],
  [10, 13.5],
  [20, 13.5],
  [15, 22.2],
]
  .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="4.6"/>`)
  .join('')}</svg>`;

const hashOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex').slice(0, 10);

function build(): Assets {
  const byPath = new Map<string, Asset>();
  const urlOf = new Map<string, string>();
  const put = (path: string, body: Uint8Array): void => {
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    const small = type === 'font/woff2' ? undefined : gzipSync(body, { level: 9 });
    const gzip = small !== undefined && small.length < body.length ? small : undefined;
    byPath.set(path, { body, gzip, type, etag: `"${hashOf(body)}"` });
  };
  const putNamed = (name: AssetName, file: string, body: Uint8Array): void => {
    const path = `${ASSETS_ROOT}${basename(file, extname(file))}-${hashOf(body)}${extname(file)}`;
    put(path, body);
    urlOf.set(name, path);
  };

  const islands = readdirSync(join(HERE, 'islands')).filter(
    (f) => f.endsWith('.ts') && !f.endsWith('.test.ts'),
  );
  const outdir = join(HERE, 'out');
  const built = buildSync({
    entryPoints: [join(HERE, 'css/grappe.css'), ...islands.map((f) => join(HERE, 'islands', f))],
    outdir,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: ASSETS_ROOT.slice(0, -1),
    loader: { '.woff2': 'file' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  for (const file of built.outputFiles) put(`${ASSETS_ROOT}${basename(file.path)}`, file.contents);
  for (const [out, meta] of Object.entries(built.metafile.outputs)) {
    const url = `${ASSETS_ROOT}${basename(out)}`;
    if (out.endsWith('.woff2')) urlOf.set('font', url);
    if (meta.entryPoint?.endsWith('.css')) urlOf.set('css', url);
    if (meta.entryPoint?.endsWith('.ts')) urlOf.set(`islands/${basename(meta.entryPoint, '.ts')}`, url);
  }

  const htmx = createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js');
  putNamed('htmx', 'htmx.js', readFileSync(htmx));
  putNamed('htmx-sse', 'htmx-sse.js', readFileSync(join(htmx, '../ext/hx-sse.min.js')));
  putNamed('mark', 'mark.svg', new TextEncoder().encode(MARK_SVG));
  return { byPath, urlOf };
}

let built: Assets | undefined;

/** Builds everything now (some 50 ms) rather than on the first page; later calls cost nothing. */
export function buildAssets(): void {
  built ??= build();
}

/** The hashed address of an asset. Throws on a name that does not exist: a page never links to nothing. */
export function assetUrl(name: AssetName): string {
  built ??= build();
  const url = built.urlOf.get(name);
  if (url === undefined) throw new Error(`no asset named ${name}`);
  return url;
}

/** The asset at a path such as `/assets/grappe-1a2b3c4d.css`; undefined where there is none. */
export function getAsset(path: string): Asset | undefined {
  built ??= build();
  return built.byPath.get(path);
}
