import { err, ok, type Result } from './result.ts';

/** What is wrong with a text file, and on which line (from 1). */
export interface TextError {
  readonly line: number;
  readonly message: string;
}

/** A JSON value that remembers the line it begins on, so that a refusal can point at it. */
export type JsonNode =
  | { readonly kind: 'object'; readonly line: number; readonly entries: ReadonlyMap<string, JsonNode> }
  | { readonly kind: 'array'; readonly line: number; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly line: number; readonly value: string }
  | { readonly kind: 'number'; readonly line: number; readonly value: number }
  | { readonly kind: 'boolean'; readonly line: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly line: number };

/** Nesting beyond this is refused: no format of ours needs it, and it would exhaust the stack. */
const MAX_DEPTH = 200;

/**
 * Decodes UTF-8 strictly; a byte order mark is dropped. The error names the line of the first byte that is not UTF-8,
 * as in a file saved in Windows-1252.
 */
export function decodeUtf8(bytes: Uint8Array): Result<string, TextError> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return err({ line: firstBadLine(bytes), message: 'not UTF-8 text' });
  }
}

/** No byte of a multi-byte character is a line feed, so each line can be tried alone. */
function firstBadLine(bytes: Uint8Array): number {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start <= bytes.length; line += 1) {
    const feed = bytes.indexOf(10, start);
    const end = feed === -1 ? bytes.length : feed;
    try {
      strict.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
  }
  return line;
}

/**
 * Reads JSON (RFC 8259) into nodes that know their line. Refused, beyond what the grammar refuses: a key given twice
 * in one object, nesting deeper than 200, a number too large for a double.
 */
export function readJson(text: string): Result<JsonNode, TextError> {
  try {
    return ok(new Reader(text).document());
  } catch (error) {
    if (error instanceof Refused) return err({ line: error.line, message: error.message });
    throw error;
  }
}

class Refused extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}\p{N}_+\-.]+/uy;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class Reader {
  private readonly text: string;
  private at = 0;
  private line = 1;

  constructor(text: string) {
    this.text = text;
  }

  document(): JsonNode {
    this.space();
    if (this.at >= this.text.length) this.refuse('the file is empty');
    const node = this.value(0);
    this.space();
    if (this.at < this.text.length)
      this.refuse(`nothing may follow the end of the JSON value, found ${this.found()}`);
    return node;
  }

  private refuse(message: string, line = this.line): never {
    throw new Refused(line, message);
  }

  /** What stands at the cursor, for an error message. */
  private found(): string {
    if (this.at >= this.text.length) return 'the end of the file';
    WORD.lastIndex = this.at;
    const word = WORD.exec(this.text)?.[0] ?? String.fromCodePoint(this.text.codePointAt(this.at)!);
    return JSON.stringify(word.slice(0, 30));
  }

  private space(): void {
    for (; this.at < this.text.length; this.at += 1) {
      const c = this.text.charCodeAt(this.at);
      if (c === 10) this.line += 1;
      else if (c !== 32 && c !== 9 && c !== 13) return;
    }
  }

  private value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) this.refuse(`nested more than ${MAX_DEPTH} levels deep`);
    const line = this.line;
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth, line);
      case '[':
        return this.array(depth, line);
      case '"':
        return { kind: 'string', line, value: this.string() };
      default:
        return this.literal(line);
    }
  }

  private literal(line: number): JsonNode {
    for (const [word, node] of [
      ['true', { kind: 'boolean', line, value: true }],
      ['false', { kind: 'boolean', line, value: false }],
      ['null', { kind: 'null', line }],
    ] as const)
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return node;
      }
    NUMBER.lastIndex = this.at;
    const digits = NUMBER.exec(this.text)?.[0];
    if (digits === undefined) this.refuse(`expected a value, found ${this.found()}`);
    this.at += digits.length;
    const value = Number(digits);
    if (!Number.isFinite(value)) this.refuse(`the number ${digits.slice(0, 30)} is too large`);
    return { kind: 'number', line, value };
  }

  private object(depth: number, line: number): JsonNode {
    const entries = new Map<string, JsonNode>();
    this.at += 1;
    this.space();
    if (this.text[this.at] === '}') {
      this.at += 1;
      return { kind: 'object', line, entries };
    }
    for (;;) {
      if (this.text[this.at] !== '"') this.refuse(`expected a key in double quotes, found ${this.found()}`);
      const key = this.string();
      if (entries.has(key)) this.refuse(`the key ${JSON.stringify(key)} is given twice`);
      this.space();
      this.expect(':');
      this.space();
      entries.set(key, this.value(depth + 1));
      if (!this.more('}')) return { kind: 'object', line, entries };
    }
  }

  private array(depth: number, line: number): JsonNode {
    const items: JsonNode[] = [];
    this.at += 1;
    this.space();
    if (this.text[this.at] === ']') {
      this.at += 1;
      return { kind: 'array', line, items };
    }
    for (;;) {
      items.push(this.value(depth + 1));
      if (!this.more(']')) return { kind: 'array', line, items };
    }
  }

  private expect(mark: string): void {
    if (this.text[this.at] !== mark) this.refuse(`expected "${mark}", found ${this.found()}`);
    this.at += 1;
  }

  /** True after a comma, false after `close`. */
  private more(close: string): boolean {
    this.space();
    const mark = this.text[this.at];
    if (mark !== ',' && mark !== close) this.refuse(`expected "," or "${close}", found ${this.found()}`);
    this.at += 1;
    if (mark === close) return false;
    this.space();
    return true;
  }

  private string(): string {
    const { text } = this;
    let out = '';
    let from = this.at + 1;
    for (let i = from; ; i += 1) {
      const c = text.charCodeAt(i);
      if (c === 34) {
        this.at = i + 1;
        return out + text.slice(from, i);
      }
      if (Number.isNaN(c)) this.refuse('the text ends inside a string');
      if (c < 32)
        this.refuse('a string may not hold a line break or control character: is its closing quote missing?');
      if (c !== 92) continue;
      out += text.slice(from, i);
      const mark = text[i + 1] ?? '';
      if (mark === 'u') {
        const hex = text.slice(i + 2, i + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.refuse('a \\u in a string needs four hexadecimal digits');
        out += String.fromCharCode(Number.parseInt(hex, 16));
        i += 5;
      } else {
        const plain = ESCAPES[mark];
        if (plain === undefined) this.refuse('a backslash in a string begins none of the escapes of JSON');
        out += plain;
        i += 1;
      }
      from = i + 1;
    }
  }
}
