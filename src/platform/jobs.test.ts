/** The queue: part of the transaction that sends, tried again after an error, taken up after a crash. */
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/database.ts';
import { type Doors, openDoors, systemOf } from './db/actor.ts';
import { type JobRunner, openJobs } from './jobs.ts';

const CLUSTER = crypto.randomUUID();
let database: TestDatabase;
let doors: Doors;
let jobs: JobRunner;
const logged: string[] = [];
const log = pino({ base: null }, { write: (line: string) => void logged.push(line) });
const runs: { name: string; id: unknown }[] = [];
let failures = 0;

beforeAll(async () => {
  database = await testDatabase();
  doors = openDoors(database.login, { max: 4 });
  jobs = await openJobs(database.jobs, log, { alone: true });
  await jobs.work([
    {
      name: 'steady',
      run: async ({ id }) => {
        runs.push({ name: 'steady', id });
      },
    },
    {
      name: 'shaky',
      run: async ({ id }) => {
        runs.push({ name: 'shaky', id });
        if (failures > 0) {
          failures -= 1;
          throw Object.assign(new Error('no row for jeanne@exemple.test\nnor her token'), { code: 'X1' });
        }
      },
    },
  ]);
});
afterAll(async () => {
  await jobs.stop();
  await doors.close();
  await database.drop();
});

const ran = (id: string): number => runs.filter((r) => r.id === id).length;
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 50 });

it('runs what a kept transaction sent, and nothing of one rolled back', async () => {
  const broken = doors.write(systemOf(CLUSTER), async (writer) => {
    await jobs.send(writer, { name: 'steady', data: { id: 'lost' } });
    throw new Error('rolled back');
  });
  await expect(broken).rejects.toThrow('rolled back');
  await doors.write(systemOf(CLUSTER), async (writer) => {
    await jobs.send(writer, { name: 'steady', data: { id: 'kept' } });
    // Not before the transaction ends.
    expect(ran('kept')).toBe(0);
  });
  await until(() => expect(ran('kept')).toBe(1));
  expect(ran('lost')).toBe(0);
});

it('is sent in anybody’s name', async () => {
  await doors.write(
    { cluster: CLUSTER, role: 'delegate', company: crypto.randomUUID(), person: null },
    (writer) => jobs.send(writer, { name: 'steady', data: { id: 'delegate' } }),
  );
  await until(() => expect(ran('delegate')).toBe(1));
});

it('tries again what failed, and logs where without what was said', async () => {
  failures = 1;
  await doors.write(systemOf(CLUSTER), (writer) =>
    jobs.send(writer, { name: 'shaky', data: { id: 'again' } }),
  );
  await until(() => expect(ran('again')).toBe(2));
  const lines = logged.filter((line) => line.includes('job failed'));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ job: 'shaky', name: 'Error', code: 'X1' });
  expect(JSON.parse(lines[0]!).stack).toContain('jobs.test.ts');
  expect(lines[0]).not.toMatch(/jeanne|token/);
});

it('takes up at start what a dead program was doing', async () => {
  // A job taken by a worker that never came back.
  const admin = new pg.Client(database.admin);
  await admin.connect();
  try {
    await doors.write(systemOf(CLUSTER), (writer) =>
      jobs.send(writer, { name: 'steady', data: { id: 'orphan' }, afterSeconds: 3600 }),
    );
    await admin.query(
      `update jobs.job set state = 'active', started_on = now() where data ->> 'id' = 'orphan'`,
    );
    const successor = await openJobs(database.jobs, log, { alone: true });
    await until(() => expect(ran('orphan')).toBe(1));
    await successor.stop();
  } finally {
    await admin.end();
  }
});

it('has one job a name', async () => {
  const twice = { name: 'steady', run: async () => {} };
  await expect(jobs.work([twice])).rejects.toThrow('two jobs named steady');
});
