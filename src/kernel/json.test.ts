import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, type JsonNode, readJson } from './json.ts';

const plain = (node: JsonNode): unknown => {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries([...node.entries].map(([k, v]) => [k, plain(v)]));
    case 'array':
      return node.items.map(plain);
    case 'null':
      return null;
    default:
      return node.value;
  }
};

const refusal = (text: string) => {
  const read = readJson(text);
  return read.ok ? null : read.error;
};

describe('readJson', () => {
  it('reads what JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(3), (text, indent) => {
        const value: unknown = JSON.parse(text);
        const read = readJson(JSON.stringify(value, null, indent));
        expect(read.ok && plain(read.value)).toEqual(value);
      }),
    );
  });

  it('refuses what JSON.parse refuses, and keys given twice and numbers too large besides', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '{', ']', 'NaN', '-', '\\', '\n'),
        (text, at, mark) => {
          const k = at % (text.length + 1);
          const spoilt = text.slice(0, k) + mark + text.slice(k + 1);
          let parses = true;
          try {
            JSON.parse(spoilt);
          } catch {
            parses = false;
          }
          const error = refusal(spoilt);
          if (/given twice|is too large/.test(error?.message ?? '')) return;
          expect(error === null).toBe(parses);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['', 1, 'empty'],
    ['\n\n  ', 3, 'empty'],
    ['{"a": NaN}', 1, '"NaN"'],
    ['{\n"a": 1,\n"a": 2}', 3, 'twice'],
    ['{\n"a": [1,\n2', 3, 'end of the file'],
    ['[1, 2] 3', 1, 'nothing may follow'],
    ['{"a": "x\ny"}', 1, 'line break'],
    ['["\\x"]', 1, 'escapes'],
    ['["\\u12g4"]', 1, 'hexadecimal'],
    ['[1e999]', 1, 'too large'],
    ['[01]', 1, 'expected "," or "]"'],
    ['{a: 1}', 1, 'double quotes'],
    ['["a', 1, 'ends inside a string'],
    ['['.repeat(100_000), 1, 'levels deep'],
  ])('refuses %j on line %i', (text, line, words) => {
    expect(refusal(text)).toEqual({ line, message: expect.stringContaining(words) });
  });

  it('knows the line of each value', () => {
    const read = readJson('{\n  "a": 1,\n  "b": [\n    "x"\n  ]\n}');
    const b = read.ok && read.value.kind === 'object' && read.value.entries.get('b');
    expect(b).toMatchObject({ kind: 'array', line: 3, items: [{ line: 4 }] });
  });
});

describe('decodeUtf8', () => {
  it('drops a byte order mark', () => {
    expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b))).toEqual({ ok: true, value: '{' });
  });
  it('names the line of a byte in Windows-1252', () => {
    const bytes = Uint8Array.from([...Buffer.from('{\n"a": "caf'), 0xe9, ...Buffer.from('"\n}')]);
    expect(decodeUtf8(bytes)).toEqual({ ok: false, error: { line: 2, message: 'not UTF-8 text' } });
  });
});
