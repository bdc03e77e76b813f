/** Turns a campaign as one would tell it (weeks from today, prices in euros) into dated documents. */
import type { Need, PoolProblem, SharingRule, Travel } from '../../src/solve/pool/problem.ts';
import { dayOfWeek, startFrom, workingDayFrom, workingDayUntil } from './calendar.ts';
import { actor } from './companies.ts';
import { course } from './courses.ts';
import { providerOf, ROOMS } from './partners.ts';
import { type PlaceSlug, travelCost } from './places.ts';
import type { DatesVersion, DemoCampaign, DemoCourse, DemoNeed, DemoOffer, DemoState } from './types.ts';

/** A possible first day: so many weeks after today's week, Monday (1) to Friday (5). */
export type Start = readonly [weeks: number, weekday: number];

/** Prices in euros; `on` names starts of the course by their letters. */
export interface OfferTold {
  readonly fixed: number;
  readonly perSeat: number;
  readonly seats: readonly [min: number, max: number];
  readonly on: string;
  readonly trainer: string;
  readonly room: string;
}

export interface NeedTold {
  readonly company: string;
  readonly seats: number;
  /** Letters of the starts that suit; absent: any. */
  readonly on?: string;
  readonly to?: readonly PlaceSlug[];
  readonly from?: PlaceSlug;
  readonly together?: boolean;
  /** Euros a seat, travel included. */
  readonly ceiling?: number;
  readonly ifCompanies?: number;
  readonly people?: readonly string[];
  /** Welcome, not indispensable: going without weighs less than the catalogue's price. */
  readonly wish?: boolean;
  readonly channel?: DemoNeed['channel'];
  readonly note?: string;
}

export interface CourseTold {
  readonly course: string;
  readonly starts: Readonly<Record<string, Start>>;
  readonly offers: readonly OfferTold[];
  readonly needs: readonly NeedTold[];
}

/** Days from today, negative in the past. Deadlines that fall on a day off move to a working day. */
export interface DatesTold {
  readonly opens: number;
  readonly answersBy: number;
  readonly plan: number;
  readonly acceptBy: number;
  readonly reason?: string;
  readonly decided: number;
}

export interface CampaignTold {
  readonly slug: string;
  readonly title: string;
  readonly introduction: string;
  readonly state: DemoState;
  readonly dates: readonly DatesTold[];
  /** Days from today on which each later state was reached. */
  readonly reached: readonly { readonly state: DemoState; readonly day: number }[];
  readonly courses: readonly CourseTold[];
  readonly answeredNone: readonly string[];
  readonly sharing: SharingRule;
  /** Euros a seat in sessions that serve two or more companies. */
  readonly subsidyPerSeat?: number;
}

const CENTS = 100;
const DECIDED_BY = 'Secrétariat';

/** Going without a needed seat weighs half as much again as the catalogue, a welcome one 0.7 of it. */
const INDISPENSABLE = 1.5;
const WELCOME = 0.7;
/** Euros: stands for the catalogue's price where a course has none. */
const MADE_TO_MEASURE = 500;

/** Consecutive days that a course takes. */
const daysOf = (taught: DemoCourse): number => taught.halfDays / 2;

/** The first days of a course by letter: all different, none running into a holiday or a week-end. */
function datesOf(told: CourseTold, today: Temporal.PlainDate): ReadonlyMap<string, string> {
  const days = daysOf(course(told.course));
  const dates = new Map<string, string>();
  for (const [letter, [weeks, weekday]] of Object.entries(told.starts)) {
    const start = startFrom(dayOfWeek(today, weeks, weekday), days, new Set(dates.values()));
    dates.set(letter, start.toString());
  }
  return dates;
}

const pick = (letters: string, dates: ReadonlyMap<string, string>): readonly string[] =>
  [...letters].map((letter) => {
    const date = dates.get(letter);
    if (date === undefined) throw new Error(`pick: no start is called ${letter}`);
    return date;
  });

function offersOf(told: CourseTold, dates: ReadonlyMap<string, string>): readonly DemoOffer[] {
  const taught = course(told.course);
  return told.offers.map((offer): DemoOffer => {
    const room = ROOMS.find((r) => r.id === offer.room);
    if (!room) throw new Error(`offersOf: there is no room ${offer.room}`);
    return {
      id: `${taught.id}-${room.place}`,
      course: taught.id,
      fixed: offer.fixed * CENTS,
      perSeat: offer.perSeat * CENTS,
      minSeats: offer.seats[0],
      maxSeats: offer.seats[1],
      dates: pick(offer.on, dates),
      days: daysOf(taught),
      site: room.place,
      trainer: offer.trainer,
      room: room.id,
      provider: providerOf(offer.trainer).slug,
    };
  });
}

function needOf(told: NeedTold, taught: DemoCourse, dates: ReadonlyMap<string, string>): Need {
  const catalogue = taught.cataloguePerSeat ?? MADE_TO_MEASURE * CENTS;
  return {
    id: `${told.company}-${taught.id}`,
    company: actor(told.company).slug,
    course: taught.id,
    seats: told.seats,
    ...(told.on === undefined ? {} : { dates: pick(told.on, dates) }),
    ...(told.to === undefined ? {} : { sites: told.to }),
    ...(told.from === undefined ? {} : { from: told.from }),
    ...(told.together === undefined ? {} : { together: told.together }),
    ...(told.ceiling === undefined ? {} : { maxPricePerSeat: told.ceiling * CENTS }),
    ...(told.ifCompanies === undefined ? {} : { minCompanies: told.ifCompanies }),
    ...(told.people === undefined ? {} : { people: told.people }),
    unservedPenalty: Math.round(catalogue * (told.wish === true ? WELCOME : INDISPENSABLE)),
  };
}

/** Travel between every place that a need of a course starts from and every place where it is taught. */
function travelOf(needs: readonly Need[], offers: readonly DemoOffer[]): readonly Travel[] {
  const costs = new Map<string, Travel>();
  for (const need of needs)
    for (const offer of offers) {
      const from = (need.from as PlaceSlug | undefined) ?? actor(need.company).place;
      const to = offer.site as PlaceSlug;
      if (need.course !== offer.course || from === to) continue;
      costs.set(`${from} ${to}`, { from, to, costPerSeat: travelCost(from, to) });
    }
  return [...costs.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, travel]) => travel);
}

const dated = (told: DatesTold, today: Temporal.PlainDate, earliestStart: string): DatesVersion => ({
  opensOn: workingDayUntil(today.add({ days: told.opens })).toString(),
  answersBy: nearToday(today, told.answersBy).toString(),
  planOn: nearToday(today, told.plan).toString(),
  acceptBy: nearToday(today, told.acceptBy).toString(),
  startsOn: earliestStart,
  reason: told.reason ?? '',
  decidedBy: DECIDED_BY,
  decidedOn: workingDayUntil(today.add({ days: told.decided })).toString(),
});

/** A working day on the same side of today: what is past stays past, what is to come stays to come. */
const nearToday = (today: Temporal.PlainDate, days: number): Temporal.PlainDate => {
  const day = today.add({ days });
  return days < 0 ? workingDayUntil(day) : workingDayFrom(day);
};

/** The campaign as of `today`. Pure: the same day gives the same documents. */
export function compose(told: CampaignTold, today: Temporal.PlainDate): DemoCampaign {
  const parts = told.courses.map((part) => {
    const taught = course(part.course);
    const dates = datesOf(part, today);
    return {
      taught,
      offers: offersOf(part, dates),
      needs: part.needs.map((need) => ({ told: need, need: needOf(need, taught, dates) })),
    };
  });
  const offers = parts.flatMap((part) => part.offers);
  const needs = parts.flatMap((part) => part.needs);
  const companies = [...new Set(needs.map(({ need }) => need.company))].map(actor);
  const earliestStart = offers.flatMap((offer) => offer.dates).sort()[0]!;
  const versions = told.dates.map((dates) => dated(dates, today, earliestStart));
  const opensOn = versions[0]!.opensOn;
  const lastAnswer = [versions.at(-1)!.answersBy, today.toString()].sort()[0]!;
  const problem: PoolProblem = {
    companies: companies.map(({ slug, group, place }) => ({
      id: slug,
      ...(group === null ? {} : { group }),
      site: place,
    })),
    needs: needs.map(({ need }) => need),
    offers: offers.map(({ provider: _, ...offer }) => offer),
    catalogue: parts.flatMap(({ taught }) =>
      taught.cataloguePerSeat === null ? [] : [{ course: taught.id, perSeat: taught.cataloguePerSeat }],
    ),
    travel: travelOf(
      needs.map(({ need }) => need),
      offers,
    ),
    rules: {
      sharing: told.sharing,
      minCompaniesPerSession: 1,
      subsidyPerSeat: (told.subsidyPerSeat ?? 0) * CENTS,
    },
  };
  return {
    slug: told.slug,
    kind: 'training',
    title: told.title,
    introduction: told.introduction,
    state: told.state,
    versions,
    transitions: [
      { to: 'open', on: opensOn },
      ...told.reached.map(({ state, day }) => ({
        to: state,
        on: workingDayUntil(today.add({ days: day })).toString(),
      })),
    ],
    courses: parts.map(({ taught }) => taught),
    offers,
    needs: needs.map(({ told: need, need: entered }, i) => ({
      need: entered,
      enteredOn: spread(opensOn, lastAnswer, i, needs.length),
      channel: need.channel ?? 'online',
      note: need.note ?? '',
    })),
    answeredNone: told.answeredNone.map((slug) => actor(slug).slug),
    problem,
  };
}

/** The working day at place `i` of `count` between two days: answers come in all along. */
function spread(from: string, to: string, i: number, count: number): string {
  const first = Temporal.PlainDate.from(from);
  const days = first.until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
  const day = workingDayUntil(first.add({ days: Math.floor((days * (i + 1)) / count) }));
  return (Temporal.PlainDate.compare(day, first) < 0 ? first : day).toString();
}
