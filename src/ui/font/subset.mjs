/**
 * Makes `source-sans-3.woff2` from the package that carries the whole font. Run it only to change the character
 * set: `npm exec -- node src/ui/font/subset.mjs`. The result is committed, so nothing is built at install.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import subsetFont from 'subset-font';

const range = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');

// Printable ASCII, Latin-1 (all of French but the three below), then what typesetting needs: ligatures of French,
// quotes, dashes, thin and no-break spaces, euro, minus, arrows of sorting.
const CHARACTERS = [range(0x20, 0x7e), range(0xa0, 0xff), 'ŒœŸ', '‘’‚“”„–—…•‰‹›€™−', '\u2009', '↑↓'].join('');

const source = createRequire(import.meta.url).resolve(
  '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
);
const subset = await subsetFont(readFileSync(source), CHARACTERS, { targetFormat: 'woff2' });
writeFileSync(join(import.meta.dirname, 'source-sans-3.woff2'), subset);
process.stdout.write(`${subset.length} bytes\n`);
