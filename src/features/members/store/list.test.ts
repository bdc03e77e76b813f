import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openScene, type Scene } from '../../../../tests/members-scene.ts';
import { systemOf } from '../../../platform/db/actor.ts';
import { generateCompanies, insertCompanies } from '../fixtures.ts';
import { splitPage } from '../rules/pages.ts';
import type { MemberLine, MemberQuery, Page } from '../types.ts';
import { countMembers, listExportRows, listMembers } from './list.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.doors.write(systemOf(scene.cluster), (writer) =>
    insertCompanies(writer, scene.cluster, generateCompanies(240, 7, [scene.department])),
  );
});
afterAll(() => scene.close());

const DAY = '2027-03-10';
const ALL: MemberQuery = {
  kind: 'member',
  words: [],
  department: null,
  town: null,
  bands: null,
  group: null,
  withoutDelegate: false,
  former: false,
  sort: 'name',
  descending: false,
  page: { from: 'first' },
};

const list = (query: MemberQuery, limit: number): Promise<MemberLine[]> =>
  scene.doors.read(scene.actors.secretary, (reader) =>
    listMembers(reader, scene.cluster, query, { day: DAY, limit, contacts: true }),
  );

/** Every page from one end to the other, as a person turns them. */
async function walk(query: MemberQuery, size: number, from: 'first' | 'last'): Promise<string[]> {
  const ids: string[] = [];
  let page: Page | null = { from };
  while (page !== null) {
    const split: ReturnType<typeof splitPage<MemberLine>> = splitPage(
      await list({ ...query, page }, size + 1),
      size,
      page,
    );
    const here = split.rows.map((row) => row.id);
    if (from === 'first') ids.push(...here);
    else ids.unshift(...here);
    page = from === 'first' ? split.next : split.previous;
  }
  return ids;
}

describe('pages', () => {
  const queries: [string, Partial<MemberQuery>][] = (['name', 'town', 'band'] as const).flatMap((sort) =>
    [false, true].flatMap((descending): [string, Partial<MemberQuery>][] => [
      [`by ${sort}${descending ? ' down' : ''}`, { sort, descending }],
      [
        `by ${sort}${descending ? ' down' : ''}, filtered`,
        { sort, descending, words: ['forges'], department: 'flaamm' },
      ],
    ]),
  );
  test.each(queries)('%s: turned forwards or backwards, they are the whole list', async (_, part) => {
    const query = { ...ALL, ...part };
    const whole = (await list(query, 10_000)).map((line) => line.id);
    expect(whole.length).toBeGreaterThan(10);
    expect(new Set(whole).size).toBe(whole.length);
    for (const size of [1, 7, 60]) {
      if (size === 1 && whole.length > 60) continue;
      expect(await walk(query, size, 'first')).toEqual(whole);
      expect(await walk(query, size, 'last')).toEqual(whole);
    }
  });

  test('down is up turned round, ties included', async () => {
    for (const sort of ['name', 'town', 'band'] as const) {
      const up = await list({ ...ALL, sort }, 10_000);
      const down = await list({ ...ALL, sort, descending: true }, 10_000);
      expect(down.map((l) => l.id)).toEqual(up.map((l) => l.id).reverse());
    }
  });

  test('an export has the lines of the list in its order, part after part', async () => {
    for (const query of [ALL, { ...ALL, sort: 'town', descending: true } as const]) {
      const ids: string[] = [];
      let page: Page = { from: 'first' };
      for (;;) {
        const rows = await scene.doors.read(scene.actors.secretary, (reader) =>
          listExportRows(reader, scene.cluster, { ...query, page }, { day: DAY, limit: 50, staff: true }),
        );
        ids.push(...rows.map((row) => row.id));
        const last = rows.at(-1);
        if (!last || rows.length < 50) break;
        page = { from: 'after', key: last.key };
      }
      expect(ids).toEqual((await list(query, 10_000)).map((l) => l.id));
    }
  });
});

describe('filters', () => {
  const every = async (part: Partial<MemberQuery>, holds: (line: MemberLine) => boolean): Promise<void> => {
    const all = await list(ALL, 10_000);
    const found = await list({ ...ALL, ...part }, 10_000);
    expect(found.map((l) => l.id)).toEqual(all.filter(holds).map((l) => l.id));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(all.length);
    const count = await scene.doors.read(scene.actors.secretary, (reader) =>
      countMembers(reader, scene.cluster, { ...ALL, ...part }, DAY, 1000),
    );
    expect(count).toBe(found.length);
  };

  test('town, whatever its accents', () => every({ town: 'eclaron' }, (line) => line.town === 'Éclaron'));
  test('headcount band', () => every({ bands: ['21', '22'] }, (line) => ['21', '22'].includes(line.band)));
  test('no delegate today', () => every({ withoutDelegate: true }, (line) => line.delegate === null));
  test('department', () => every({ department: 'flaamm' }, (line) => line.departments.length > 0));
  test('a part of the name, without accents', () =>
    every({ words: ['ecaniqu'] }, (line) => line.name.includes('écaniqu')));
});

test('without any filter of ours, row-level security alone keeps clusters apart', async () => {
  const seen = await scene.doors.read(scene.actors.elsewhere, (reader) =>
    listMembers(reader, scene.cluster, ALL, { day: DAY, limit: 10, contacts: true }),
  );
  expect(seen).toEqual([]);
  const stranger = await scene.doors.read(scene.actors.stranger, (reader) =>
    listMembers(reader, scene.cluster, ALL, { day: DAY, limit: 10, contacts: true }),
  );
  expect(stranger).toEqual([]);
  // Even asked for contacts, a rival reads only its own.
  const rival = await scene.doors.read(scene.actors.rival, (reader) =>
    listMembers(reader, scene.cluster, ALL, { day: DAY, limit: 1000, contacts: true }),
  );
  expect(rival.filter((line) => line.delegate !== null).map((line) => line.id)).toEqual([scene.rival.id]);
});
