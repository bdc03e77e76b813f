import { decodeUtf8, type JsonNode, readJson, type TextError } from '../kernel/json.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** A value of an answer file and the path to it, for sentences: `sessions[0].date`. */
export interface Field {
  readonly path: string;
  readonly node: JsonNode;
}

class Malformed extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const malformed = ({ node, path }: Field, wanted: string): never => {
  throw new Malformed(node.line, `${path} must be ${wanted}`);
};

/** Reads an answer file with `shape`; the error is the first thing of the wrong type, with its line. */
export function readAnswer<T>(bytes: Uint8Array, shape: (file: Field) => T): Result<T, TextError> {
  const text = decodeUtf8(bytes);
  if (!text.ok) return text;
  const root = readJson(text.value);
  if (!root.ok) return root;
  try {
    return ok(shape({ path: 'the file', node: root.value }));
  } catch (error) {
    if (error instanceof Malformed) return err({ line: error.line, message: error.message });
    throw error;
  }
}

/** The value of a key that must be there. */
export function key(of: Field, name: string): Field {
  const { node } = of;
  if (node.kind !== 'object') return malformed(of, 'an object');
  const path = of.path === 'the file' ? name : `${of.path}.${name}`;
  const value = node.entries.get(name);
  if (value === undefined) throw new Malformed(node.line, `${of.path} has no "${name}"`);
  return { path, node: value };
}

export function list<T>(of: Field, item: (field: Field) => T): T[] {
  if (of.node.kind !== 'array') return malformed(of, 'a list');
  return of.node.items.map((node, k) => item({ path: `${of.path}[${k}]`, node }));
}

export function record<T>(of: Field, value: (field: Field) => T): Record<string, T> {
  if (of.node.kind !== 'object') return malformed(of, 'an object');
  const entries = [...of.node.entries].map(
    ([name, node]) => [name, value({ path: `${of.path}.${name}`, node })] as const,
  );
  return Object.fromEntries(entries);
}

export const text = (of: Field): string =>
  of.node.kind === 'string' ? of.node.value : malformed(of, 'a text');

export const number = (of: Field): number =>
  of.node.kind === 'number' ? of.node.value : malformed(of, 'a number');

export const flag = (of: Field): boolean =>
  of.node.kind === 'boolean' ? of.node.value : malformed(of, 'true or false');

export const orNull = <T>(of: Field, read: (field: Field) => T): T | null =>
  of.node.kind === 'null' ? null : read(of);

/** One of `words`, as a type. */
export function oneOf<T extends string>(of: Field, words: readonly T[]): T {
  const found = words.find((word) => of.node.kind === 'string' && of.node.value === word);
  return found ?? malformed(of, `one of ${words.join(', ')}`);
}
