import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { CUT, sniffSeparator } from './csv.ts';
import { readSheet } from './read.ts';
import type { Sheet } from './sheet.ts';
import { csvHead, csvLines, withoutApostrophe } from './write.ts';

const bytes = (text: string, encoding = 'utf-8'): Uint8Array => iconv.encode(text, encoding);

async function sheetOf(input: Uint8Array): Promise<Sheet> {
  const result = await readSheet(input);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const errorOf = async (input: Uint8Array) => {
  const result = await readSheet(input);
  return result.ok ? 'read' : result.error.code;
};

describe('CSV', () => {
  const text = 'Nom;Ville\r\nForge du Val;Nogent\r\nÉts Ménard;Châteauvillain\r\n';

  test.each([
    ['utf-8', bytes(text), 'utf-8'],
    ['utf-8 with BOM', Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes(text)]), 'utf-8'],
    ['windows-1252', bytes(text, 'windows-1252'), 'windows-1252'],
    ['utf-16le with BOM', Uint8Array.from([0xff, 0xfe, ...bytes(text, 'utf-16le')]), 'utf-16le'],
    ['utf-16be with BOM', Uint8Array.from([0xfe, 0xff, ...bytes(text, 'utf-16be')]), 'utf-16be'],
    ['utf-16le without BOM', bytes(text, 'utf-16le'), 'utf-16le'],
  ])('reads %s', async (_, input, encoding) => {
    const sheet = await sheetOf(input);
    expect(sheet.form).toEqual({ kind: 'csv', encoding, separator: ';' });
    expect(sheet.columns).toEqual(['Nom', 'Ville']);
    expect(sheet.lines).toEqual([
      { line: 2, cells: ['Forge du Val', 'Nogent'] },
      { line: 3, cells: ['Éts Ménard', 'Châteauvillain'] },
    ]);
  });

  test.each([
    ['a;b;c\n1,5;2,5;3,5\n', ';'],
    ['a,b,c\n"x;y",2,3\n', ','],
    ['a\tb\n1,2\t3;4\n', '\t'],
    ['name\nForge, the\n', ';'],
    ['a;b\n"x,y,z,t,u";2\n', ';'],
  ])('sniffs the separator of %j', (text, separator) => expect(sniffSeparator(text)).toBe(separator));

  test('numbers lines as the file does: after a quoted line break, an empty line, a sep= line', async () => {
    const sheet = await sheetOf(
      bytes('sep=;\r\nNom;Ville\r\n"Forge\r\ndu Val";Nogent\r\n\r\nAtelier;Langres\r\n'),
    );
    expect(sheet.lines.map((l) => l.line)).toEqual([3, 6]);
    expect(sheet.lines[0]!.cells[0]).toBe('Forge\ndu Val');
  });

  test('marks a last line that was cut', async () => {
    const sheet = await sheetOf(bytes('Nom;Ville;SIREN\nA;B;1\nC;D;2\nE;F'));
    expect(sheet.lines.at(-1)).toEqual({ line: 4, cells: ['E', 'F', CUT] });
  });

  test('drops columns without name and value, names those that have values', async () => {
    const sheet = await sheetOf(bytes('Nom;;Ville;\nA;;B;\nC;;D;x\n'));
    expect(sheet.columns).toEqual(['Nom', 'Ville', '(4)']);
    expect(sheet.lines[1]!.cells).toEqual(['C', 'D', 'x']);
  });

  test('what was exported comes back, formulas as text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.stringMatching(/^[a-zé=+@';," -]{1,12}$/).filter((s) => s.trim() === s && !s.startsWith("'")),
            fc.stringMatching(/^[A-Z]{1,5}$/),
          ),
          { minLength: 1, maxLength: 5 },
        ),
        fc.constantFrom('excel', 'open'),
        async (rows, dialect) => {
          const sheet = await sheetOf(bytes(csvHead(['Nom', 'Ville'], dialect) + csvLines(rows, dialect)));
          expect(sheet.lines.map((l) => l.cells.map(withoutApostrophe))).toEqual(rows);
          expect(sheet.lines.every((l) => l.cells.every((cell) => !/^[=+\-@]/.test(cell)))).toBe(true);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('Excel', () => {
  test('reads text, numbers and dates, by the row of the sheet', async () => {
    const file = await (
      await writeXlsx([
        [{ value: 'Nom' }, { value: 'SIREN' }, { value: 'Entrée' }, { value: 'SIRET' }],
        [],
        [
          { value: 'Forge' },
          { value: '000000018' },
          { value: new Date(Date.UTC(2021, 1, 28)), type: Date, format: 'dd/mm/yyyy' },
          { value: 73282932000074, type: Number },
        ],
      ])
    ).toBuffer();
    const sheet = await sheetOf(file);
    expect(sheet.columns).toEqual(['Nom', 'SIREN', 'Entrée', 'SIRET']);
    expect(sheet.lines).toEqual([{ line: 3, cells: ['Forge', '000000018', '2021-02-28', '73282932000074'] }]);
    expect(sheet.form).toMatchObject({ kind: 'xlsx', sheets: 1 });
    expect(await errorOf(file.subarray(0, file.length / 2))).toBe('cut-off');
  });
});

/** A ZIP archive of one deflated entry of zeros. */
function archive(name: string, content: Uint8Array, declared = content.byteLength): Buffer {
  const body = deflateRawSync(content, { level: 9 });
  const local = Buffer.alloc(30 + name.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(body.length, 18);
  local.writeUInt32LE(declared, 22);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const entry = Buffer.alloc(46 + name.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(body.length, 20);
  entry.writeUInt32LE(declared, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length + body.length, 16);
  return Buffer.concat([local, body, entry, end]);
}

describe('what is no table', () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  const noise = Uint8Array.from({ length: 5000 }, (_, i) => 1 + ((i * 7919) % 255));

  test.each([
    ['an empty file', new Uint8Array(), 'empty'],
    ['blank lines only', bytes('\n \r\n;;;\n'), 'empty'],
    ['a byte order mark only', Uint8Array.from([0xef, 0xbb, 0xbf]), 'empty'],
    ['a header only', bytes('Nom;Ville\n'), 'no-lines'],
    ['a PNG renamed .csv', png, 'not-a-sheet'],
    ['noise', noise, 'not-a-sheet'],
    ['an old .xls or a protected workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'old-excel'],
    ['an open quote', bytes('Nom;Ville\nA;"Nogent\nB;Langres\n'), 'cut-off'],
    ['too many lines', bytes(`Nom\n${'A\n'.repeat(10_001)}`), 'too-many-lines'],
    ['too many columns', bytes(`${'x;'.repeat(61)}\n${'1;'.repeat(61)}\n`), 'too-many-columns'],
    ['six megabytes', new Uint8Array(6 * 1024 * 1024).fill(65), 'too-big'],
    ['a ZIP that is no workbook', archive('a.txt', new Uint8Array(10)), 'damaged'],
    ['a ZIP bomb', archive('xl/worksheets/sheet1.xml', new Uint8Array(90 * 1024 * 1024)), 'too-big-inside'],
    ['a ZIP bomb that lies', archive('xl/a.xml', new Uint8Array(90 * 1024 * 1024), 10), 'too-big-inside'],
  ])('%s: %#', async (_, input, code) => expect(await errorOf(input)).toBe(code));

  test('any bytes give a table or a reason, never an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (input) => {
        expect(typeof (await readSheet(input)).ok).toBe('boolean');
        expect(typeof (await readSheet(Uint8Array.from([0x50, 0x4b, 3, 4, ...input]))).ok).toBe('boolean');
      }),
      { numRuns: 20 },
    );
  });
});

describe('a table on its way out', () => {
  test('French Excel and open data', () => {
    const row = ['Éts "A"; B', 12.5, { date: '2021-02-28' }, null, '=1+1', '+33 3', true] as const;
    expect(csvLines([row], 'excel')).toBe(`"Éts ""A""; B";12,5;28/02/2021;;'=1+1;'+33 3;oui\r\n`);
    expect(csvLines([row], 'open')).toBe(`"Éts ""A""; B",12.5,2021-02-28,,'=1+1,'+33 3,true\r\n`);
    expect(csvHead(['a', 'b'], 'excel')).toBe('\u{feff}a;b\r\n');
    expect(csvHead(['a', 'b'], 'open')).toBe('a,b\r\n');
  });
});
