import { isId } from '../../../kernel/ids.ts';
import type { Page, Sort } from '../types.ts';

/** How many sort keys name a row: of the names list (name, id), of the others (town or band, name, id). */
export const keyLength = (sort: Sort): number => (sort === 'name' ? 2 : 3);

/** A page as the URL carries it: opaque to readers, checked when it comes back. */
export function encodePage(page: Page): string {
  if (page.from === 'first') return '';
  if (page.from === 'last') return 'z';
  return `${page.from === 'after' ? 'a' : 'b'}${Buffer.from(JSON.stringify(page.key)).toString('base64url')}`;
}

/** Reads what {@link encodePage} wrote; null for anything else. */
export function decodePage(text: string, sort: Sort): Page | null {
  if (text === '') return { from: 'first' };
  if (text === 'z') return { from: 'last' };
  if (!/^[ab][\w-]{1,1500}$/.test(text)) return null;
  const key = parsed(Buffer.from(text.slice(1), 'base64url').toString('utf8'));
  if (!Array.isArray(key) || key.length !== keyLength(sort)) return null;
  // A zero byte is no text for the database.
  if (!key.every((part) => typeof part === 'string' && !part.includes('\u{0}') && part.isWellFormed()))
    return null;
  if (!isId(key.at(-1))) return null;
  return { from: text.startsWith('a') ? 'after' : 'before', key: key as string[] };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** Rows fetched in reading order or against it, one more than a page holds, with the pages next to them. */
export function splitPage<Row extends { readonly key: readonly string[] }>(
  fetched: readonly Row[],
  size: number,
  page: Page,
): { rows: readonly Row[]; previous: Page | null; next: Page | null } {
  const backwards = page.from === 'last' || page.from === 'before';
  const kept = fetched.slice(0, size);
  const rows = backwards ? kept.toReversed() : kept;
  const more = fetched.length > size;
  const [first, last] = [rows[0], rows.at(-1)];
  // Coming from a row, there is at least that row on the other side.
  const hasPrevious = backwards ? more : page.from === 'after';
  const hasNext = backwards ? page.from === 'before' : more;
  return {
    rows,
    previous: hasPrevious && first ? { from: 'before', key: first.key } : null,
    next: hasNext && last ? { from: 'after', key: last.key } : null,
  };
}
