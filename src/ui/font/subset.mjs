/**
 * Makes `grappe-sans.woff2`, a subset of Source Sans 3, from the package that carries the whole font. Run it only to
 * change the characters: `npm exec -- node src/ui/font/subset.mjs`. The result is committed: nothing is built at install.
 *
 * Two things differ from the original, so by its licence (OFL.txt) the subset bears another name: "Grappe" stands for
 * the reserved "Source"; and the narrow no-break space, which the original lacks and browsers then draw 0.1 em wide,
 * too tight to part thousands, is given the space of 0.2 em.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fontverter from 'fontverter';
import subsetFont from 'subset-font';

const range = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');

// Printable ASCII, Latin-1 (all of French but the three below), then what typesetting needs: ligatures of French,
// quotes, dashes, thin space, euro, minus, arrows of sorting.
const CHARACTERS = [range(0x20, 0x7e), range(0xa0, 0xff), 'ŒœŸ', '‘’‚“”„–—…•‰‹›€™−', '\u2009', '↑↓'].join('');

const NARROW_SPACE = 0x202f;
const SPACE = 0x20;

/** The tables of a TrueType file, by tag. */
function tablesOf(font) {
  const tables = new Map();
  for (let i = 0; i < font.readUInt16BE(4); i += 1) {
    const at = 12 + 16 * i;
    const offset = font.readUInt32BE(at + 8);
    const bytes = font.subarray(offset, offset + font.readUInt32BE(at + 12));
    tables.set(font.toString('latin1', at, at + 4), Buffer.from(bytes));
  }
  return tables;
}

/** Puts tables together again; checksums are written by the conversion to WOFF2. */
function fontOf(version, tables) {
  const padded = (n) => (n + 3) & ~3;
  const size = 12 + 16 * tables.size + [...tables.values()].reduce((sum, t) => sum + padded(t.length), 0);
  const font = Buffer.alloc(size);
  const power = Math.floor(Math.log2(tables.size));
  font.writeUInt32BE(version, 0);
  font.writeUInt16BE(tables.size, 4);
  font.writeUInt16BE(16 << power, 6);
  font.writeUInt16BE(power, 8);
  font.writeUInt16BE(16 * tables.size - (16 << power), 10);
  let offset = 12 + 16 * tables.size;
  [...tables].forEach(([tag, bytes], i) => {
    font.write(tag, 12 + 16 * i, 'latin1');
    font.writeUInt32BE(offset, 12 + 16 * i + 8);
    font.writeUInt32BE(bytes.length, 12 + 16 * i + 12);
    bytes.copy(font, offset);
    offset += padded(bytes.length);
  });
  return font;
}

/** Glyph of each code in a `cmap` table whose first subtable has format 4 with deltas only. */
function glyphsOf(cmap) {
  const sub = cmap.readUInt32BE(8);
  if (cmap.readUInt16BE(sub) !== 4) throw new Error('cmap: format 4 expected');
  const count = cmap.readUInt16BE(sub + 6) / 2;
  const glyphs = new Map();
  for (let s = 0; s < count; s += 1) {
    const [end, start, delta, far] = [0, 1, 2, 3].map((row) =>
      cmap.readUInt16BE(sub + 14 + 2 * s + row * 2 * count + (row > 0 ? 2 : 0)),
    );
    const list = sub + 16 + 6 * count + 2 * s;
    for (let code = start; code <= end && code !== 0xffff; code += 1)
      glyphs.set(
        code,
        far === 0
          ? (code + delta) & 0xffff
          : (cmap.readUInt16BE(list + far + 2 * (code - start)) + delta) & 0xffff,
      );
  }
  return glyphs;
}

/** A `cmap` table of one format 4 subtable (Windows, Unicode): a segment for each run of codes and glyphs. */
function cmapOf(glyphs) {
  const runs = [];
  for (const [code, glyph] of [...glyphs].sort(([a], [b]) => a - b)) {
    const run = runs.at(-1);
    if (run && code === run.end + 1 && ((glyph - code) & 0xffff) === run.delta) run.end = code;
    else runs.push({ start: code, end: code, delta: (glyph - code) & 0xffff });
  }
  runs.push({ start: 0xffff, end: 0xffff, delta: 1 });
  const n = runs.length;
  const power = Math.floor(Math.log2(n));
  const words = [
    ...[0, 1, 3, 1, 0, 12], // version, one subtable, platform Windows, encoding Unicode, its offset
    ...[4, 16 + 8 * n, 0, 2 * n, 2 << power, power, 2 * n - (2 << power)],
    ...runs.map((r) => r.end),
    0,
    ...runs.map((r) => r.start),
    ...runs.map((r) => r.delta),
    ...runs.map(() => 0),
  ];
  const table = Buffer.alloc(2 * words.length);
  for (const [i, word] of words.entries()) table.writeUInt16BE(word, 2 * i);
  return table;
}

/** "Source" becomes "Grappe", of the same length, in every name but the copyright (0). */
function renamed(name) {
  const strings = name.readUInt16BE(4);
  const to = Buffer.from('Grappe', 'utf16le').swap16();
  for (let i = 0; i < name.readUInt16BE(2); i += 1) {
    const at = 6 + 12 * i;
    if (name.readUInt16BE(at + 6) === 0) continue;
    const start = strings + name.readUInt16BE(at + 10);
    const text = name.subarray(start, start + name.readUInt16BE(at + 8));
    const found = text.indexOf(Buffer.from('Source', 'utf16le').swap16());
    if (found >= 0) to.copy(text, found);
  }
  return name;
}

const source = createRequire(import.meta.url).resolve(
  '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
);
const subset = await subsetFont(readFileSync(source), CHARACTERS, { targetFormat: 'truetype' });
const tables = tablesOf(subset);
const glyphs = glyphsOf(tables.get('cmap'));
tables.set('cmap', cmapOf(glyphs.set(NARROW_SPACE, glyphs.get(SPACE))));
tables.set('name', renamed(tables.get('name')));
const woff2 = await fontverter.convert(fontOf(subset.readUInt32BE(0), tables), 'woff2');
writeFileSync(join(import.meta.dirname, 'grappe-sans.woff2'), woff2);
process.stdout.write(`${woff2.length} bytes\n`);
