import { formatMoney } from '../../../kernel/money.ts';
import { formatDate, formatNumber } from '../../../platform/i18n/index.ts';
import type { CampaignKind, Field, Terms, TermsRecord } from '../kind.ts';
import type { ShareLine } from '../types.ts';
import { trainingModel } from './plan.ts';
import { en } from './texts.en.ts';
import { fr } from './texts.fr.ts';

type Label = Exclude<{ [K in keyof typeof fr.field]: K }[keyof typeof fr.field], undefined>;

/** Words of a field, with its hint where there is one. */
const words = (label: Label, hint?: Label): Field['words'] => ({
  fr: { label: fr.field[label], ...(hint ? { hint: fr.field[hint] } : {}) },
  en: { label: en.field[label], ...(hint ? { hint: en.field[hint] } : {}) },
});

const courses = (terms: Terms): readonly TermsRecord[] => terms.lists.courses ?? [];
const offers = (terms: Terms): readonly TermsRecord[] => terms.lists.offers ?? [];
const titleOf = (terms: Terms, course: unknown): string =>
  String(courses(terms).find((c) => c.id === course)?.title ?? '?');
const courseOptions = (terms: Terms) => courses(terms).map((c) => ({ value: c.id, label: String(c.title) }));
const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** "Your 4 seats of ISO 13485 share a session at 3,300 euros with others, instead of 790 euros a seat." */
const because =
  (t: typeof fr, lang: 'fr' | 'en') =>
  (terms: Terms, lines: readonly ShareLine[]): string =>
    lines
      .flatMap(({ topic, quantity, session }) => {
        if (session === null) return [];
        const offer = offers(terms).find((o) => o.id === session.offer);
        const price = courses(terms).find((c) => c.id === topic)?.cataloguePrice;
        if (!offer) return [];
        const fixed = formatMoney(Number(offer.fixed), lang, { whole: true });
        const elsewhere = typeof price === 'number' ? formatMoney(price, lang, { whole: true }) : null;
        const seats = `${formatNumber(quantity, lang)} ${t.unit(quantity)}`;
        return [t.because(seats, titleOf(terms, topic), fixed, elsewhere, session.isShared)];
      })
      .join(' ');

export const training: CampaignKind = {
  name: 'training',
  words: {
    fr: { name: fr.name, plural: fr.plural, unit: fr.unit, topic: fr.topic, purpose: fr.purpose },
    en: { name: en.name, plural: en.plural, unit: en.unit, topic: en.topic, purpose: en.purpose },
  },
  lists: [
    {
      name: 'courses',
      words: { fr: fr.courses, en: en.courses },
      label: (record) => String(record.title),
      fields: [
        { name: 'title', type: 'text', required: true, max: 120, words: words('title') },
        { name: 'hours', type: 'number', required: true, min: 1, max: 2000, words: words('hours') },
        { name: 'halfDays', type: 'number', required: true, min: 1, max: 600, words: words('halfDays') },
        { name: 'programme', type: 'lines', words: words('programme', 'programmeHint') },
        { name: 'cataloguePrice', type: 'money', words: words('cataloguePrice', 'cataloguePriceHint') },
        { name: 'catalogueSource', type: 'text', words: words('catalogueSource', 'catalogueSourceHint') },
      ],
    },
    {
      name: 'offers',
      words: { fr: fr.offers, en: en.offers },
      label: (record, terms) => `${titleOf(terms, record.course)} – ${record.provider}, ${record.site}`,
      fields: [
        { name: 'course', type: 'choice', required: true, options: courseOptions, words: words('course') },
        { name: 'provider', type: 'text', required: true, words: words('provider') },
        { name: 'registration', type: 'text', max: 20, words: words('registration', 'registrationHint') },
        { name: 'qualiopi', type: 'tick', words: words('qualiopi') },
        { name: 'fixed', type: 'money', required: true, words: words('fixed', 'fixedHint') },
        { name: 'perSeat', type: 'money', required: true, initial: '0', words: words('perSeat') },
        { name: 'minSeats', type: 'number', required: true, min: 1, max: 500, words: words('minSeats') },
        { name: 'maxSeats', type: 'number', required: true, min: 1, max: 500, words: words('maxSeats') },
        { name: 'dates', type: 'dates', required: true, words: words('dates', 'datesHint') },
        { name: 'days', type: 'number', required: true, min: 1, max: 60, initial: '1', words: words('days') },
        { name: 'site', type: 'text', required: true, max: 80, words: words('site') },
        { name: 'trainer', type: 'text', max: 80, words: words('trainer', 'trainerHint') },
        { name: 'room', type: 'text', max: 80, words: words('room') },
      ],
    },
    {
      name: 'trips',
      words: { fr: fr.trips, en: en.trips },
      label: (record) => `${record.from} – ${record.to}`,
      fields: [
        { name: 'from', type: 'text', required: true, max: 80, words: words('from') },
        { name: 'to', type: 'text', required: true, max: 80, words: words('to') },
        { name: 'costPerSeat', type: 'money', required: true, words: words('costPerSeat') },
      ],
    },
  ],
  settings: [
    {
      name: 'sharing',
      type: 'choice',
      required: true,
      initial: 'shapley',
      options: (_, lang) =>
        Object.entries((lang === 'fr' ? fr : en).rules).map(([value, label]) => ({ value, label })),
      words: words('sharing', 'sharingHint'),
    },
    {
      name: 'minCompaniesPerSession',
      type: 'number',
      required: true,
      min: 1,
      max: 100,
      initial: '1',
      words: words('minCompanies'),
    },
    {
      name: 'subsidyPerSeat',
      type: 'money',
      required: true,
      initial: '0',
      words: words('subsidy', 'subsidyHint'),
    },
    {
      name: 'travelDefault',
      type: 'money',
      required: true,
      initial: '15',
      words: words('travelDefault', 'travelDefaultHint'),
    },
    {
      name: 'neededPercent',
      type: 'number',
      required: true,
      min: 1,
      max: 1000,
      initial: '150',
      words: words('needed', 'neededHint'),
    },
    {
      name: 'welcomePercent',
      type: 'number',
      required: true,
      min: 1,
      max: 1000,
      initial: '70',
      words: words('welcomePercent', 'welcomePercentHint'),
    },
    {
      name: 'seatWorth',
      type: 'money',
      required: true,
      initial: '500',
      words: words('seatWorth', 'seatWorthHint'),
    },
  ],
  needFields: [
    { name: 'course', type: 'choice', required: true, options: courseOptions, words: words('course') },
    { name: 'seats', type: 'number', required: true, min: 1, max: 500, words: words('seats') },
    {
      name: 'dates',
      type: 'choices',
      options: (terms, lang) =>
        distinct(offers(terms).flatMap((o) => o.dates as string[])).map((value) => ({
          value,
          label: `${formatDate(value, lang, 'weekday')} – ${distinct(
            offers(terms)
              .filter((o) => (o.dates as string[]).includes(value))
              .map((o) => titleOf(terms, o.course)),
          ).join(', ')}`,
        })),
      words: words('needDates', 'needDatesHint'),
    },
    {
      name: 'sites',
      type: 'choices',
      options: (terms) =>
        distinct(offers(terms).map((o) => String(o.site))).map((value) => ({ value, label: value })),
      words: words('needSites', 'needSitesHint'),
    },
    { name: 'together', type: 'tick', words: words('together') },
    { name: 'welcome', type: 'tick', words: words('welcome', 'welcomeHint') },
    { name: 'maxPricePerSeat', type: 'money', words: words('maxPrice', 'maxPriceHint') },
    {
      name: 'minCompanies',
      type: 'number',
      min: 1,
      max: 1000,
      words: words('needMinCompanies', 'needMinCompaniesHint'),
    },
    { name: 'people', type: 'lines', words: words('people', 'peopleHint') },
  ],
  topics: (terms) => courses(terms).map((c) => ({ id: c.id, label: String(c.title) })),
  measure: (body) => ({ topic: String(body.course), quantity: Number(body.seats) }),
  decideReady(terms) {
    if (courses(terms).length === 0) return { code: 'no-courses' };
    if (offers(terms).length === 0) return { code: 'no-offers' };
    const bare = courses(terms).find(
      (c) => c.cataloguePrice === null && !offers(terms).some((o) => o.course === c.id),
    );
    if (bare) return { code: 'course-without-offer', params: { course: String(bare.title) } };
    for (const offer of offers(terms)) {
      const params = { offer: `${titleOf(terms, offer.course)} – ${offer.provider}` };
      if (Number(offer.minSeats) > Number(offer.maxSeats)) return { code: 'seats-out-of-order', params };
      if ((offer.dates as string[]).length === 0) return { code: 'offer-without-date', params };
    }
    return null;
  },
  decideNeed(terms, body) {
    const chosen = (body.dates ?? []) as string[];
    const possible = distinct(
      offers(terms)
        .filter((o) => o.course === body.course)
        .flatMap((o) => o.dates as string[]),
    );
    if (chosen.length === 0 || possible.length === 0 || chosen.some((d) => possible.includes(d))) return null;
    return {
      code: 'date-not-offered',
      params: {
        course: titleOf(terms, body.course),
        dates: possible.map((d) => formatDate(d, 'fr', 'short')).join(', '),
      },
    };
  },
  model: trainingModel,
  because: { fr: because(fr, 'fr'), en: because(en, 'en') },
  refusals: { fr: fr.refusals, en: en.refusals },
};
