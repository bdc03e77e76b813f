import { afterAll, beforeAll, expect, it } from 'vitest';
import { NOW, openScene, type Scene } from '../../../tests/members-scene.ts';
import type { Id } from '../../kernel/ids.ts';
import { runAction } from '../../platform/action.ts';
import { identity } from '../identity/index.ts';
import { members } from '../members/index.ts';
import { createCampaign, saveRecord, setDates } from './actions/call.ts';
import { changeNeed, submitNeed } from './actions/needs.ts';
import { freezeCampaign, openCampaign } from './actions/state.ts';
import { campaigns } from './index.ts';
import { findCampaign, getTerms, listNeeds } from './store.ts';

let scene: Scene;
let campaign: Id;
let course: string;

beforeAll(async () => {
  scene = await openScene([members, campaigns, identity]);
});
afterAll(() => scene.close());

const staff = () => scene.actors.secretary;
const delegate = () => scene.actors.own;

async function openOne(): Promise<void> {
  const { machinery } = scene;
  const created = await runAction(machinery, staff(), createCampaign, { kind: 'training', title: 'Course' });
  if (!created.ok) throw new Error('not created');
  campaign = created.value.campaign;
  const save = (base: number, list: string, fields: Record<string, unknown>) =>
    runAction(machinery, staff(), saveRecord, { campaign, base, scenario: '', list, record: '', ...fields });
  await save(1, 'courses', { title: 'Métrologie', hours: 7, halfDays: 2, cataloguePrice: '500' });
  const terms = await scene.doors.read(staff(), (r) => getTerms(r, scene.cluster, campaign, 2));
  course = terms.lists.courses![0]!.id;
  await save(2, 'offers', {
    course,
    provider: 'Méridien',
    fixed: '1200',
    perSeat: '20',
    minSeats: 2,
    maxSeats: 10,
    dates: '2027-05-10',
    days: 1,
    site: 'Nogent',
  });
  await runAction(machinery, staff(), setDates, { campaign, version: 0, answersBy: '2027-04-01' });
  const opened = await runAction(machinery, staff(), openCampaign, { campaign });
  expect(opened).toEqual({ ok: true, value: { campaign } });
}

const needs = () => scene.doors.read(staff(), (r) => listNeeds(r, scene.cluster, campaign, { limit: 1000 }));

it('lets one of two who change the same need win, and tells the other', async () => {
  await openOne();
  const { machinery } = scene;
  expect((await runAction(machinery, delegate(), submitNeed, { campaign, course, seats: 2 })).ok).toBe(true);
  const [need] = await needs();
  const results = await Promise.all(
    [3, 4, 5, 6].map((seats) =>
      runAction(machinery, delegate(), changeNeed, { need: need!.id, rowVersion: 1, course, seats }),
    ),
  );
  const won = results.filter((r) => r.ok);
  expect(won).toHaveLength(1);
  for (const lost of results.filter((r) => !r.ok))
    expect(lost).toMatchObject({ error: { kind: 'refused', refusal: { code: 'changed-meanwhile' } } });
  const [after] = await needs();
  expect(after!.rowVersion).toBe(2);
});

it('writes the same need once when two delegates of a company send it together', async () => {
  await openOne();
  const results = await Promise.all(
    Array.from({ length: 6 }, () =>
      runAction(scene.machinery, delegate(), submitNeed, { campaign, course, seats: 9 }),
    ),
  );
  expect(results.filter((r) => r.ok)).toHaveLength(1);
  expect(await needs()).toHaveLength(1);
});

it('lets no need slip in after the freeze: each is counted by it, or refused', async () => {
  await openOne();
  const { machinery } = scene;
  const writes = Array.from({ length: 8 }, (_, i) =>
    runAction(machinery, delegate(), submitNeed, { campaign, course, seats: i + 1 }),
  );
  const freeze = runAction(machinery, staff(), freezeCampaign, { campaign });
  const results = await Promise.all(writes);
  expect((await freeze).ok).toBe(true);
  const written = results.filter((r) => r.ok).length;
  expect(await needs()).toHaveLength(written);
  for (const refused of results.filter((r) => !r.ok))
    expect(refused).toMatchObject({ error: { refusal: { code: 'campaign-frozen' } } });
  expect((await scene.doors.read(staff(), (r) => findCampaign(r, scene.cluster, campaign)))!.state).toBe(
    'frozen',
  );
  expect((await runAction(machinery, delegate(), submitNeed, { campaign, course, seats: 77 })).ok).toBe(
    false,
  );
});

it('freezes once when two secretaries press together', async () => {
  await openOne();
  const results = await Promise.all(
    Array.from({ length: 4 }, () => runAction(scene.machinery, staff(), freezeCampaign, { campaign })),
  );
  expect(results.filter((r) => r.ok)).toHaveLength(1);
});

it('refuses a need after the deadline, and says what can still be done', async () => {
  await openOne();
  const late = { ...scene.machinery, clock: { now: () => NOW.add({ hours: 24 * 40 }) } };
  const result = await runAction(late, delegate(), submitNeed, { campaign, course, seats: 1 });
  expect(result).toMatchObject({ error: { refusal: { code: 'after-deadline' } } });
  // The secretariat still can, for a company that answered by phone.
  const phoned = await runAction(late, staff(), submitNeed, {
    campaign,
    company: scene.own.id,
    course,
    seats: 1,
  });
  expect(phoned.ok).toBe(true);
  expect((await needs())[0]!.channel).toBe('phone');
});
