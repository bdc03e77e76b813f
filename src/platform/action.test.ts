/** The one way to write and the one way to read, on a real database with a real queue. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type TestDatabase, testDatabase } from '../../tests/database.ts';
import { ok } from '../kernel/result.ts';
import {
  type Action,
  action,
  type Machinery,
  refuse,
  refuseFields,
  runAction,
  runView,
  view,
} from './action.ts';
import { type ClusterActor, type Doors, openDoors, systemOf, type Writer } from './db/actor.ts';
import { text, wholeNumber } from './form.ts';
import { type JobRunner, openJobs } from './jobs.ts';
import { openLog } from './log.ts';
import { anybody, signedIn, staffOnly } from './permit.ts';

const CLUSTER = crypto.randomUUID();
const PERSON = crypto.randomUUID();
const secretary: ClusterActor = { cluster: CLUSTER, role: 'secretary', company: null, person: PERSON };
const stranger: ClusterActor = { cluster: CLUSTER, role: 'stranger', company: null, person: null };

let database: TestDatabase;
let doors: Doors;
let jobs: JobRunner;
let machinery: Machinery;
let admin: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  doors = openDoors(database.login, { max: 4 });
  jobs = await openJobs(database.jobs, openLog('silent'), { alone: true });
  // Queues that nobody works: what is sent stays to be counted.
  await jobs.work([]);
  admin = new pg.Client(database.admin);
  await admin.connect();
  await admin.query(`select jobs.create_queue('mail', '{"policy":"standard"}')`);
  await admin.query(`select jobs.create_queue('toy', '{"policy":"standard"}')`);
  await doors.write(systemOf(CLUSTER), (writer) =>
    writer
      .insertInto('cluster')
      .values({ cluster_id: CLUSTER, slug: 'a', name: 'A', identity: '{}' })
      .execute(),
  );
  machinery = { doors, jobs, clock: { now: () => Temporal.Instant.from('2027-03-10T09:00:00Z') } };
});
afterAll(async () => {
  await admin.end();
  await jobs.stop();
  await doors.close();
  await database.drop();
});
beforeEach(async () => {
  await admin.query('delete from department; delete from audit; delete from mail; delete from jobs.job');
});

/** How many rows each table of an action's consequences has. */
async function written(): Promise<Record<string, number>> {
  const { rows } = await admin.query(
    `select (select count(*) from department)::int as departments, (select count(*) from audit)::int as audit,
       (select count(*) from mail)::int as mails, (select count(*) from jobs.job)::int as jobs`,
  );
  return rows[0];
}
const NOTHING = { departments: 0, audit: 0, mails: 0, jobs: 0 };

const insert = (writer: Writer, slug: string, id: string) =>
  writer
    .insertInto('department')
    .values({ cluster_id: CLUSTER, department_id: id, slug, name: slug })
    .execute();

/** Adds a department, a mail and a job; then does as it is told. */
const toy = (after: (slug: string) => ReturnType<typeof refuse> | undefined, more: Partial<Action> = {}) =>
  ({
    ...action({
      name: 'toy.department.add',
      summary: 'Adds a department',
      form: z.object({ slug: text({ max: 10 }), n: wholeNumber(1, 9) }),
      permit: staffOnly,
      constraints: { department_slug_unique: 'slug-taken' },
      async run({ writer, newId }, { slug, n }) {
        const id = newId();
        await insert(writer, slug, id);
        const refused = after(slug);
        if (refused) return refused;
        return ok({
          value: { id },
          audit: { audience: 'members', subject: id, details: { slug, n } },
          mails: [{ person: null, to: 'a@exemple.test', lang: 'fr', template: 't', data: { slug } }],
          jobs: [{ name: 'toy', data: { id } }],
        });
      },
    }),
    ...more,
  }) as Action<z.ZodType, { id: string }>;
const plain = toy(() => undefined);

describe('runAction', () => {
  it('writes the work, its audit line, its mail and its jobs in one transaction', async () => {
    const result = await runAction(machinery, secretary, plain, { slug: ' a ', n: '3' });
    expect(result.ok).toBe(true);
    // One mail is one more job.
    expect(await written()).toEqual({ departments: 1, audit: 1, mails: 1, jobs: 2 });
    const { rows } =
      await admin.query(`select xmin::text from department union all select xmin::text from audit
      union all select xmin::text from mail union all select xmin::text from jobs.job`);
    expect(new Set(rows.map((r) => r.xmin)).size).toBe(1);
    const { rows: lines } = await admin.query(`select * from audit`);
    expect(lines[0]).toMatchObject({
      cluster_id: CLUSTER,
      person_id: PERSON,
      role: 'secretary',
      action: 'toy.department.add',
      audience: 'members',
      details: { slug: 'a', n: 3 },
      at: new Date('2027-03-10T09:00:00Z'),
    });
    const { rows: queued } = await admin.query(`select name, data from jobs.job where name = 'mail'`);
    // Ids only: whoever reads the queue learns no address.
    expect(Object.keys(queued[0].data).sort()).toEqual(['cluster', 'mail']);
  });

  it('asks the permit before it reads the form', async () => {
    for (const actor of [stranger, { ...secretary, role: 'treasurer' as const }]) {
      const result = await runAction(machinery, actor, plain, { slug: '', n: 'x' });
      expect(result).toEqual({ ok: false, error: { kind: 'forbidden', permit: staffOnly } });
    }
    const result = await runAction(machinery, secretary, plain, { slug: '', n: 'x' });
    expect(result).toEqual({
      ok: false,
      error: { kind: 'invalid', errors: { slug: { code: 'required' }, n: { code: 'not-a-number' } } },
    });
    expect(await written()).toEqual(NOTHING);
  });

  it.each([
    { raw: undefined },
    { raw: null },
    { raw: 'text' },
    { raw: 7 },
    { raw: [] },
    { raw: [{ slug: 'a', n: 1 }] },
  ])('refuses $raw as a form', async ({ raw }) => {
    const result = await runAction(machinery, secretary, plain, raw);
    expect(result).toMatchObject({ ok: false, error: { kind: 'invalid' } });
  });

  it('rolls everything back when it is refused', async () => {
    const refused = toy((slug) => refuse('too-late', { slug }));
    expect(await runAction(machinery, secretary, refused, { slug: 'a', n: 1 })).toEqual({
      ok: false,
      error: { kind: 'refused', refusal: { code: 'too-late', params: { slug: 'a' } } },
    });
    const atFault = toy(() => refuseFields({ slug: { code: 'too-long', params: { max: 1 } } }));
    expect(await runAction(machinery, secretary, atFault, { slug: 'a', n: 1 })).toEqual({
      ok: false,
      error: { kind: 'invalid', errors: { slug: { code: 'too-long', params: { max: 1 } } } },
    });
    expect(await written()).toEqual(NOTHING);
  });

  it('rolls everything back on a bug, and lets it be seen', async () => {
    const broken = toy(() => {
      throw new Error('a bug');
    });
    await expect(runAction(machinery, secretary, broken, { slug: 'a', n: 1 })).rejects.toThrow('a bug');
    const unknownMail = toy(() => undefined, {
      run: async ({ writer, newId }) => {
        await insert(writer, 'b', newId());
        return ok({
          value: null,
          audit: { audience: 'staff' as const },
          jobs: [{ name: 'no-such-queue', data: {} }],
        });
      },
    });
    await expect(runAction(machinery, secretary, unknownMail, { slug: 'a', n: 1 })).rejects.toThrow();
    expect(await written()).toEqual(NOTHING);
  });

  it('reads a known constraint as its refusal, and an unknown one as a bug', async () => {
    await runAction(machinery, secretary, plain, { slug: 'a', n: 1 });
    expect(await runAction(machinery, secretary, plain, { slug: 'a', n: 1 })).toEqual({
      ok: false,
      error: { kind: 'refused', refusal: { code: 'slug-taken' } },
    });
    const unaware = toy(() => undefined, { constraints: {} });
    await expect(runAction(machinery, secretary, unaware, { slug: 'a', n: 1 })).rejects.toMatchObject({
      constraint: 'department_slug_unique',
    });
    expect(await written()).toMatchObject({ departments: 1, audit: 1, mails: 1 });
  });

  it('tries a lost race again, three times in all', async () => {
    const losing = (times: number) => {
      let left = times;
      return toy(() => {
        left -= 1;
        if (left >= 0) throw Object.assign(new Error('lost'), { code: '40001' });
      });
    };
    expect((await runAction(machinery, secretary, losing(2), { slug: 'a', n: 1 })).ok).toBe(true);
    expect(await written()).toEqual({ departments: 1, audit: 1, mails: 1, jobs: 2 });
    await expect(runAction(machinery, secretary, losing(3), { slug: 'b', n: 1 })).rejects.toThrow('lost');
    expect(await written()).toMatchObject({ departments: 1, audit: 1 });
  });

  it('survives a deadlock of two actions: both are done', async () => {
    for (const slug of ['a', 'b']) await runAction(machinery, secretary, plain, { slug, n: 1 });
    let waiting = 2;
    let open = (): void => {};
    const bothHoldOne = new Promise<void>((resolve) => {
      open = resolve;
    });
    const rename = (order: readonly string[]) =>
      action({
        name: 'toy.department.rename',
        summary: 'Renames both',
        form: z.object({}),
        permit: staffOnly,
        async run({ writer }) {
          for (const slug of order) {
            await writer
              .updateTable('department')
              .set({ name: order.join() })
              .where('slug', '=', slug)
              .execute();
            waiting -= 1;
            if (waiting === 0) open();
            await bothHoldOne;
          }
          return ok({ value: null, audit: { audience: 'staff' } });
        },
      });
    const results = await Promise.all([
      runAction(machinery, secretary, rename(['a', 'b']), {}),
      runAction(machinery, secretary, rename(['b', 'a']), {}),
    ]);
    expect(results.map((r) => r.ok)).toEqual([true, true]);
    expect(await written()).toMatchObject({ audit: 4 });
  });

  it('runs an elevated one in the program’s name, and notes who asked', async () => {
    const strangers = toy(() => undefined, { permit: anybody, elevated: true });
    expect((await runAction(machinery, stranger, strangers, { slug: 'a', n: 1 })).ok).toBe(true);
    const { rows } = await admin.query('select role, person_id from audit');
    expect(rows).toEqual([{ role: 'stranger', person_id: null }]);
    // Without it, the database refuses what the permit let pass.
    const careless = toy(() => undefined, { permit: anybody });
    await expect(runAction(machinery, stranger, careless, { slug: 'b', n: 1 })).rejects.toMatchObject({
      code: '42501',
    });
    expect(await written()).toMatchObject({ departments: 1, audit: 1 });
  });

  it('is not run inside another', async () => {
    const nested = toy(() => undefined, {
      run: async () =>
        ok({
          value: await runAction(machinery, secretary, plain, { slug: 'x', n: 1 }),
          audit: { audience: 'staff' as const },
        }),
    });
    await expect(runAction(machinery, secretary, nested, { slug: 'a', n: 1 })).rejects.toThrow(
      'transaction inside a transaction',
    );
    expect(await written()).toEqual(NOTHING);
  });
});

describe('runView', () => {
  const count = view({
    name: 'toy.count',
    summary: 'Counts',
    params: z.object({ from: wholeNumber(0, 9) }),
    permit: signedIn,
    load: async (_reader, actor, { from }, now) => ({
      from,
      role: actor.role,
      year: now.toString().slice(0, 4),
    }),
  });

  it('asks the permit, then reads the parameters, then loads', async () => {
    expect(await runView(machinery, stranger, count, {})).toMatchObject({
      ok: false,
      error: { kind: 'forbidden' },
    });
    expect(await runView(machinery, secretary, count, { from: '-1' })).toEqual({
      ok: false,
      error: { kind: 'invalid', errors: { from: { code: 'too-small', params: { min: 0 } } } },
    });
    expect(await runView(machinery, secretary, count, { from: '2' })).toEqual({
      ok: true,
      value: { from: 2, role: 'secretary', year: '2027' },
    });
  });

  it('cannot write, even in the program’s name', async () => {
    const sneaky = view({
      name: 'toy.sneaky',
      summary: 'Writes',
      params: z.object({}),
      permit: anybody,
      elevated: true,
      load: async (reader) => insert(reader as unknown as Writer, 'x', crypto.randomUUID()),
    });
    await expect(runView(machinery, stranger, sneaky, {})).rejects.toMatchObject({ code: '25006' });
    expect(await written()).toEqual(NOTHING);
  });
});
