import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPool } from '../../src/solve/pool/read.ts';
import { isClosure, isHoliday } from './calendar.ts';
import { demoCampaigns } from './campaigns.ts';
import { actor } from './companies.ts';
import { COURSES } from './courses.ts';
import { demoHistory } from './history.ts';
import { providerOf, ROOMS } from './partners.ts';
import { PEOPLE, TRAINEES } from './people.ts';
import { travelCost } from './places.ts';
import type { DemoCampaign } from './types.ts';

const today = Temporal.PlainDate.from('2026-11-24');
const live = demoCampaigns(today);
const all = [...demoHistory(today), ...live];
const anyToday = fc
  .integer({ min: 0, max: 5000 })
  .map((days) => Temporal.PlainDate.from('2026-06-01').add({ days }));
const before = (a: string, b: string) => Temporal.PlainDate.compare(a, b) < 0;

test('one campaign open, one frozen, one planned, one offered, and two settled before them', () => {
  expect(live.map((c) => c.state)).toEqual(['open', 'frozen', 'planned', 'offered']);
  expect(demoHistory(today).map((c) => c.state)).toEqual(['settled', 'settled']);
  expect(new Set(all.map((c) => c.slug)).size).toBe(all.length);
});

describe.each(all)('$slug', (campaign: DemoCampaign) => {
  const { problem } = campaign;

  test('its problem is one that the solver’s reader accepts, whole', () => {
    const read = readPool(JSON.stringify(problem));
    expect(read.ok ? '' : read.error).toBe('');
    expect(problem.needs.length).toBe(campaign.needs.length);
  });

  test('its companies are invented, ten to twenty where it is live, and those that answered nothing need nothing', () => {
    for (const { id, group } of problem.companies) expect(actor(id).group ?? undefined).toBe(group);
    if (campaign.state !== 'settled') {
      expect(problem.companies.length).toBeGreaterThanOrEqual(10);
      expect(problem.companies.length).toBeLessThanOrEqual(20);
    }
    const needing = new Set(problem.companies.map((c) => c.id));
    for (const slug of campaign.answeredNone) {
      expect(() => actor(slug)).not.toThrow();
      expect(needing.has(slug)).toBe(false);
    }
  });

  test('courses are taught, offers have their provider, trainer and room, hours agree with days', () => {
    for (const taught of campaign.courses) {
      expect(COURSES).toContain(taught);
      expect(taught.hours).toBe(3.5 * taught.halfDays);
    }
    for (const offer of campaign.offers) {
      const taught = campaign.courses.find((c) => c.id === offer.course)!;
      expect(offer.days).toBe(taught.halfDays / 2);
      expect(providerOf(offer.trainer).slug).toBe(offer.provider);
      expect(ROOMS.find((r) => r.id === offer.room)!.place).toBe(offer.site);
    }
    const known = new Set(campaign.courses.map((c) => c.id));
    for (const need of problem.needs) expect(known.has(need.course)).toBe(true);
  });

  test('travel is priced for every need and every offer of its course, and once a pair', () => {
    const priced = new Map(problem.travel.map((t) => [`${t.from} ${t.to}`, t.costPerSeat]));
    expect(priced.size).toBe(problem.travel.length);
    for (const need of problem.needs)
      for (const offer of problem.offers.filter((o) => o.course === need.course)) {
        const from = (need.from ?? actor(need.company).place) as Parameters<typeof travelCost>[0];
        const to = offer.site as Parameters<typeof travelCost>[1];
        if (from !== to) expect(priced.get(`${from} ${to}`)).toBe(travelCost(from, to));
      }
  });

  test('named people work for the company that needs the seats and fit in them', () => {
    for (const need of problem.needs) {
      expect(need.seats >= 1 && need.seats <= 8).toBe(true);
      expect((need.people ?? []).length).toBeLessThanOrEqual(need.seats);
      for (const person of need.people ?? [])
        expect(TRAINEES.find((t) => t.id === person)?.company).toBe(need.company);
    }
  });

  test('components stay small enough for exact shares: at most ten companies', () => {
    // No trainer, room or person is shared between two courses of one campaign, so a course is a component.
    const courseOf = new Map<string, string>();
    const share = (key: string, id: string) => {
      expect(courseOf.get(key) ?? id).toBe(id);
      courseOf.set(key, id);
    };
    for (const { trainer, room, course } of problem.offers) {
      share(`trainer ${trainer}`, course);
      share(`room ${room}`, course);
    }
    for (const { people, course } of problem.needs)
      for (const person of people ?? []) share(`person ${person}`, course);
    for (const { id } of campaign.courses) {
      const companies = new Set(problem.needs.filter((n) => n.course === id).map((n) => n.company));
      expect(companies.size).toBeGreaterThanOrEqual(3);
      expect(companies.size).toBeLessThanOrEqual(10);
    }
  });

  test('its transitions follow the life cycle up to its state, each after the one before', () => {
    const cycle = ['open', 'frozen', 'planned', 'offered', 'settled'];
    expect(campaign.transitions.map((t) => t.to)).toEqual(cycle.slice(0, cycle.indexOf(campaign.state) + 1));
    const days = campaign.transitions.map((t) => t.on);
    expect(days).toEqual(days.toSorted());
  });
});

test('on whatever day it is seeded, sessions fall on working days and promises stand in order', () => {
  fc.assert(
    fc.property(anyToday, (day) => {
      for (const campaign of [...demoHistory(day), ...demoCampaigns(day)]) {
        for (const { dates, days } of campaign.offers) {
          expect(new Set(dates).size).toBe(dates.length);
          for (const first of dates)
            for (let i = 0; i < days; i += 1) {
              const held = Temporal.PlainDate.from(first).add({ days: i });
              expect(held.dayOfWeek <= 5 && !isHoliday(held) && !isClosure(held)).toBe(true);
              expect(before(held.toString(), day.toString())).toBe(campaign.state === 'settled');
            }
        }
        for (const { opensOn, answersBy, planOn, acceptBy, startsOn } of campaign.versions) {
          expect(before(opensOn, answersBy)).toBe(true);
          expect(before(answersBy, planOn)).toBe(true);
          expect(before(planOn, acceptBy)).toBe(true);
          expect(before(acceptBy, startsOn)).toBe(true);
        }
        const { answersBy } = campaign.versions.at(-1)!;
        expect(before(answersBy, day.toString())).toBe(campaign.state !== 'open');
        for (const { enteredOn } of campaign.needs) {
          expect(before(enteredOn, campaign.versions[0]!.opensOn)).toBe(false);
          expect(before(answersBy, enteredOn) || before(day.toString(), enteredOn)).toBe(false);
        }
        const frozen = campaign.transitions.find((t) => t.to === 'frozen');
        if (frozen) expect(before(frozen.on, answersBy)).toBe(false);
      }
    }),
    { numRuns: 60 },
  );
});

test('the same day gives the same documents', () => {
  expect(demoCampaigns(today)).toEqual(demoCampaigns(today));
});

test('the three delegates who can sign in have a share to read, and one version was postponed with its reason', () => {
  const offered = live.at(-1)!;
  const companies = new Set(offered.problem.companies.map((c) => c.id));
  for (const account of ['delegate-large', 'delegate-small', 'delegate-rival']) {
    const person = PEOPLE.find((p) => p.account === account)!;
    expect(companies.has(person.roles.find((r) => r.role === 'delegate')!.company!)).toBe(true);
  }
  expect(offered.versions.map((v) => v.reason === '')).toEqual([true, false]);
});

test('needs show every means of saying them: dates, sites, together, ceiling, condition, people, channel', () => {
  const needs = live.flatMap((c) => c.needs);
  const some = (holds: (n: (typeof needs)[number]) => boolean) => needs.filter(holds).length;
  expect(some((n) => n.need.dates !== undefined)).toBeGreaterThan(10);
  expect(some((n) => n.need.sites !== undefined)).toBeGreaterThan(5);
  expect(some((n) => n.need.together === true)).toBeGreaterThan(3);
  expect(some((n) => n.need.maxPricePerSeat !== undefined)).toBeGreaterThan(3);
  expect(some((n) => n.need.minCompanies !== undefined)).toBeGreaterThan(3);
  expect(some((n) => n.need.people !== undefined)).toBeGreaterThan(5);
  expect(some((n) => n.channel === 'phone')).toBeGreaterThan(2);
  expect(some((n) => n.channel === 'import')).toBeGreaterThan(0);
});
