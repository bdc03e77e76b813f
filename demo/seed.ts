/**
 * Writes the demonstration cluster to an empty store: who and what in one transaction, then the plans of its
 * campaigns as ordinary jobs, so that every figure comes from the same solver and checker as anybody's.
 */
import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import {
  emptyTerms,
  finishCampaignFixture,
  insertCampaignFixture,
  insertPlanFixture,
} from '../src/features/campaigns/fixtures.ts';
import {
  type CampaignState,
  type CampaignVersion,
  getKind,
  type Terms,
} from '../src/features/campaigns/index.ts';
import { derivedText, headcountBand } from '../src/features/members/index.ts';
import { dateOf, endOfDay, parseDate, ZONE } from '../src/kernel/dates.ts';
import type { Id } from '../src/kernel/ids.ts';
import type { Machinery } from '../src/platform/action.ts';
import { systemOf, type Writer } from '../src/platform/db/actor.ts';
import type { Tables } from '../src/platform/db/tables.ts';
import type { Job } from '../src/platform/jobs.ts';
import {
  COMPANIES,
  DEPARTMENTS,
  type DemoCampaign,
  type DemoState,
  demoCampaigns,
  demoHistory,
  ELECTION,
  FAIR_EDITIONS,
  GROUPS,
  headcountYears,
  IDENTITY,
  jobsOf,
  PARTNERS,
  PAST_ACTIONS,
  PEOPLE,
  PLACES,
  PROVIDERS,
  PUBLIC_FIGURES,
  ROOMS,
} from './cluster/index.ts';

/** Seconds a demo plan may take; most are proved best sooner. */
const PLAN_SECONDS = 6;

type PlaceSlug = keyof typeof PLACES;
const townOf = (slug: string): string => PLACES[slug as PlaceSlug].name;

/** Half past nine in the morning of a day. */
const morning = (day: string): Date =>
  new Date(parseDate(day)!.toZonedDateTime({ timeZone: ZONE, plainTime: '09:30' }).epochMilliseconds);

/** Writes the cluster and asks for its plans. The store has no cluster yet. */
export async function seedDemo({ doors, clock, jobs }: Machinery): Promise<Id> {
  const cluster = randomUUID();
  const now = clock.now();
  await doors.write(systemOf(cluster), async (writer) => {
    await writer
      .insertInto('cluster')
      .values({
        cluster_id: cluster,
        slug: IDENTITY.slug,
        name: IDENTITY.name,
        is_default: true,
        is_demo: true,
        identity: JSON.stringify({
          seat: IDENTITY.seat,
          tagline: IDENTITY.tagline,
          presentation: IDENTITY.presentation,
          notice: IDENTITY.notice,
        }),
        seeded_at: new Date(now.epochMilliseconds),
      })
      .execute();
    const companies = await seedParties(writer, cluster, now);
    await seedFacts(writer, cluster, now);
    for (const told of [...demoHistory(dateOf(now)), ...demoCampaigns(dateOf(now))]) {
      const { campaign, later } = await seedCampaign(writer, cluster, told, companies, now);
      if (later.length === 0) continue;
      const plan = await insertPlanFixture(writer, cluster, campaign, {
        label: '',
        seconds: PLAN_SECONDS,
        now,
      });
      await jobs.send(writer, { name: 'plan', data: { cluster, plan } });
      await jobs.send(writer, {
        name: 'demo-finish',
        data: { cluster, campaign, plan, steps: JSON.stringify(later) },
      });
    }
  });
  return cluster;
}

interface SeededSite {
  readonly row: Insertable<Tables['site']>;
  readonly heads: readonly { heads: number; year: number; is_public: boolean; source: string }[];
}

/** Ids of the companies by slug. */
async function seedParties(
  writer: Writer,
  cluster: Id,
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, Id>> {
  const departments = new Map(DEPARTMENTS.map((d) => [d.slug, randomUUID()]));
  await writer
    .insertInto('department')
    .values(
      DEPARTMENTS.map((d) => ({
        cluster_id: cluster,
        department_id: departments.get(d.slug)!,
        slug: d.slug,
        name: d.name,
        aliases: [...d.aliases],
      })),
    )
    .execute();
  const groups = new Map(GROUPS.map((g) => [g.slug, randomUUID()]));
  await writer
    .insertInto('organisation_group')
    .values(GROUPS.map((g) => ({ cluster_id: cluster, group_id: groups.get(g.slug)!, name: g.name })))
    .execute();

  const ids = new Map(COMPANIES.map((c) => [c.slug, randomUUID()]));
  const years = headcountYears(dateOf(now).year);
  await writer
    .insertInto('organisation')
    .values([
      ...COMPANIES.map((c) => {
        const base = {
          cluster_id: cluster,
          organisation_id: ids.get(c.slug)!,
          name: c.name,
          activity: c.kind === 'fictive' ? c.knowHow : c.activity,
          town: townOf(c.place),
          headcount_band: headcountBand(c.kind === 'real' && c.headcount === null ? null : jobsOf(c)),
        };
        const own =
          c.kind === 'real'
            ? {
                former_names: [...c.formerNames],
                illustrative: true,
                facts: JSON.stringify([
                  ...(c.headcount
                    ? [
                        {
                          text: `${c.headcount.heads} personnes. ${c.headcount.note}`,
                          source: c.headcount.source,
                        },
                      ]
                    : []),
                  ...c.facts,
                ]),
              }
            : {
                siren: c.siren,
                group_id: c.group === null ? null : groups.get(c.group)!,
                naf_rev2: c.nafRev2,
                naf_2025: c.naf2025,
                joined_on: c.joinedOn,
              };
        return {
          ...base,
          ...own,
          ...derivedText({
            name: c.name,
            town: base.town,
            activity: base.activity,
            siren: c.kind === 'fictive' ? c.siren : null,
            formerNames: c.kind === 'real' ? c.formerNames : [],
          }),
        };
      }),
      ...PARTNERS.map((p) => ({
        cluster_id: cluster,
        organisation_id: randomUUID(),
        kind: 'partner' as const,
        name: p.name,
        activity: p.role.fr,
        town: p.place === null ? '' : townOf(p.place),
        facts: JSON.stringify(p.facts),
        ...derivedText({ name: p.name, activity: p.role.fr }),
      })),
      ...PROVIDERS.map((p) => ({
        cluster_id: cluster,
        organisation_id: randomUUID(),
        kind: 'provider' as const,
        name: p.name,
        siren: p.siren,
        town: townOf(p.place),
        ...derivedText({ name: p.name, town: townOf(p.place), siren: p.siren }),
      })),
    ])
    .execute();
  await writer
    .insertInto('organisation_department')
    .values(
      COMPANIES.map((c) => ({
        cluster_id: cluster,
        organisation_id: ids.get(c.slug)!,
        department_id: departments.get(c.department)!,
      })),
    )
    .execute();

  const sites: readonly SeededSite[] = COMPANIES.flatMap((c): SeededSite[] => {
    const at = (place: string) => {
      const p = PLACES[place as PlaceSlug];
      return {
        town: p.name,
        postcode: p.postcode,
        commune_code: p.communeCode,
        latitude: p.latitude,
        longitude: p.longitude,
      };
    };
    const base = { cluster_id: cluster, organisation_id: ids.get(c.slug)! };
    return c.kind === 'real'
      ? [
          {
            row: {
              ...base,
              site_id: randomUUID(),
              name: townOf(c.place),
              is_head_office: true,
              ...at(c.place),
            },
            heads: [],
          },
        ]
      : c.sites.map((s) => ({
          row: {
            ...base,
            site_id: randomUUID(),
            name: s.name,
            siret: s.siret,
            is_head_office: s.headOffice,
            ...at(s.place),
          },
          heads: s.heads.map((heads, i) => ({
            heads,
            year: years[i]!,
            is_public: false,
            source: 'Déclaration de l’entreprise',
          })),
        }));
  });
  await writer
    .insertInto('site')
    .values(sites.map((s) => s.row))
    .execute();
  const press = COMPANIES.flatMap((c) =>
    c.kind === 'real' && c.headcount ? [{ id: ids.get(c.slug)!, told: c.headcount }] : [],
  );
  await writer
    .insertInto('headcount')
    .values([
      ...sites.flatMap((s) =>
        s.heads.map((h) => ({
          cluster_id: cluster,
          site_id: s.row.site_id,
          organisation_id: s.row.organisation_id,
          ...h,
        })),
      ),
      ...press.map(({ id, told }) => ({
        cluster_id: cluster,
        site_id: sites.find((s) => s.row.organisation_id === id)!.row.site_id,
        organisation_id: id,
        year: told.year,
        heads: told.heads,
        is_public: true,
        source: told.source,
      })),
    ])
    .execute();

  const people = PEOPLE.map((p) => ({ told: p, id: randomUUID() }));
  await writer
    .insertInto('person')
    .values(
      people.map(({ told, id }) => ({
        cluster_id: cluster,
        person_id: id,
        name: told.name,
        email: told.email,
        lang: told.lang,
        demo_account: told.account,
      })),
    )
    .execute();
  await writer
    .insertInto('role_held')
    .values(
      people.flatMap(({ told, id }) =>
        told.roles.map((held) => ({
          cluster_id: cluster,
          role_id: randomUUID(),
          person_id: id,
          role: held.role,
          organisation_id: held.company === null ? null : ids.get(held.company)!,
          starts_on: held.startsOn,
        })),
      ),
    )
    .execute();
  return ids;
}

/** What was published, and what this store itself counts on the day it was seeded. */
async function seedFacts(writer: Writer, cluster: Id, now: Temporal.Instant): Promise<void> {
  const today = dateOf(now).toString();
  const counted = {
    asOf: { date: today, precision: 'day' },
    source: { fr: 'Annuaire de cette démonstration', en: 'Directory of this demonstration' },
  };
  const jobs = COMPANIES.reduce((sum, c) => sum + jobsOf(c), 0);
  const valley = COMPANIES.filter((c) => c.department === 'prosthesis-valley').length;
  const percent = Math.round((100 * valley) / COMPANIES.length);
  const own = [
    {
      key: 'counted-members',
      display: { fr: String(COMPANIES.length), en: String(COMPANIES.length) },
      label: { fr: 'entreprises dans cette démonstration', en: 'companies in this demonstration' },
      definition: {
        fr: 'Dix réelles par leurs faits publics, quarante et une fictives.',
        en: 'Ten real ones by public facts, forty-one fictive.',
      },
      ...counted,
    },
    {
      key: 'counted-jobs',
      display: {
        fr: new Intl.NumberFormat('fr-FR').format(jobs),
        en: new Intl.NumberFormat('en-GB').format(jobs),
      },
      label: { fr: 'emplois dans ces entreprises', en: 'jobs in these companies' },
      definition: {
        fr: 'Effectifs de presse des entreprises réelles, effectifs inventés des autres.',
        en: 'Press headcounts of the real companies, invented ones of the others.',
      },
      ...counted,
    },
    {
      key: 'counted-valley',
      display: { fr: `${percent} %`, en: `${percent}%` },
      label: { fr: 'dans la Prosthesis Valley', en: 'in Prosthesis Valley' },
      definition: {
        fr: `${valley} entreprises sur ${COMPANIES.length} ; les ${COMPANIES.length - valley} autres sont FLAAMM.`,
        en: `${valley} companies of ${COMPANIES.length}; the other ${COMPANIES.length - valley} are FLAAMM.`,
      },
      ...counted,
    },
  ];
  const fact =
    (kind: 'figure' | 'record' | 'edition' | 'action') => (body: { key: string }, position: number) => ({
      cluster_id: cluster,
      fact_key: body.key,
      kind,
      position,
      body: JSON.stringify(body),
      as_of: (body as { asOf?: { date: string } }).asOf?.date ?? today,
    });
  await writer
    .insertInto('public_fact')
    .values([
      ...[...PUBLIC_FIGURES, ...own].map(fact('figure')),
      fact('record')(ELECTION, 0),
      ...FAIR_EDITIONS.map(fact('edition')),
      ...PAST_ACTIONS.map(fact('action')),
    ])
    .execute();
}

/** Which states a campaign of the demo has been through: the kinds' own, in order. */
async function seedCampaign(
  writer: Writer,
  cluster: Id,
  told: DemoCampaign,
  companies: ReadonlyMap<string, Id>,
  now: Temporal.Instant,
): Promise<{ campaign: Id; later: { to: CampaignState; on: string }[] }> {
  const steps = told.transitions.map((step) => ({ to: step.to, at: morning(step.on), on: step.on }));
  const campaign = await insertCampaignFixture(writer, cluster, {
    kind: told.kind,
    title: told.title,
    terms: termsOf(told),
    createdAt: new Date(morning(told.versions[0]!.opensOn).getTime() - 24 * 3600 * 1000),
    versions: told.versions.map(
      (v, i): CampaignVersion => ({
        version: i + 1,
        opensOn: v.opensOn,
        answersBy: new Date(endOfDay(parseDate(v.answersBy)!).epochMilliseconds),
        planOn: v.planOn,
        acceptBy: new Date(endOfDay(parseDate(v.acceptBy)!).epochMilliseconds),
        startsOn: v.startsOn,
        reason: v.reason,
        decidedBy: v.decidedBy,
        decidedOn: v.decidedOn,
      }),
    ),
    needs: told.needs.map(({ need, channel, enteredOn }) => ({
      company: companies.get(need.company)!,
      channel,
      at: morning(enteredOn),
      body: {
        course: need.course,
        seats: need.seats,
        dates: [...(need.dates ?? [])],
        sites: (need.sites ?? []).map(townOf),
        together: need.together ?? false,
        welcome: isWelcome(told, need.course, need.unservedPenalty),
        maxPricePerSeat: need.maxPricePerSeat ?? null,
        minCompanies: need.minCompanies ?? null,
        people: (need.people ?? []).join('\n'),
      },
    })),
    answeredNone: told.answeredNone.map((slug) => ({
      company: companies.get(slug)!,
      at: morning(told.versions[0]!.opensOn),
    })),
    steps,
    now,
  });
  const done: readonly DemoState[] = ['planned', 'offered', 'settled'];
  return {
    campaign,
    later: steps.filter((s) => done.includes(s.to)).map(({ to, on }) => ({ to, on })),
  };
}

const isWelcome = (told: DemoCampaign, course: string, penalty: number): boolean => {
  const price = told.courses.find((c) => c.id === course)?.cataloguePerSeat;
  return price !== null && price !== undefined && penalty < price;
};

/** A demo campaign's courses and offers as the call of its kind. */
function termsOf(told: DemoCampaign): Terms {
  const empty = emptyTerms(getKind(told.kind));
  const providers = new Map(PROVIDERS.map((p) => [p.slug, p]));
  const rooms = new Map(ROOMS.map((r) => [r.id, r.name]));
  const trainers = new Map(PROVIDERS.flatMap((p) => p.trainers.map((t) => [t.id, t.name])));
  return {
    lists: {
      courses: told.courses.map((c) => ({
        id: c.id,
        title: c.title,
        hours: c.hours,
        halfDays: c.halfDays,
        programme: c.programme.join('\n'),
        cataloguePrice: c.cataloguePerSeat,
        catalogueSource: c.cataloguePerSeat === null ? '' : 'Prix inventé, de l’ordre habituel',
      })),
      offers: told.offers.map((o) => ({
        id: o.id,
        course: o.course,
        provider: providers.get(o.provider)?.name ?? o.provider,
        registration: providers.get(o.provider)?.registration ?? '',
        qualiopi: providers.get(o.provider)?.qualiopi ?? false,
        fixed: o.fixed,
        perSeat: o.perSeat,
        minSeats: o.minSeats,
        maxSeats: o.maxSeats,
        dates: [...o.dates],
        days: o.days,
        site: townOf(o.site),
        trainer: trainers.get(o.trainer) ?? o.trainer,
        room: rooms.get(o.room) ?? o.room,
      })),
      trips: told.problem.travel.map((t, i) => ({
        id: `trip-${i}`,
        from: townOf(t.from),
        to: townOf(t.to),
        costPerSeat: t.costPerSeat,
      })),
    },
    settings: {
      ...empty.settings,
      sharing: told.problem.rules.sharing,
      minCompaniesPerSession: told.problem.rules.minCompaniesPerSession ?? 1,
      subsidyPerSeat: told.problem.rules.subsidyPerSeat ?? 0,
    },
  };
}

/** How long the finishing job waits for its plan before it lets the queue try again. */
const PATIENCE_MS = 60_000;

/** Takes each seeded campaign to its last state once its plan is there. */
export const demoJob = ({ doors, clock }: Machinery): Job => ({
  name: 'demo-finish',
  async run(data) {
    const { cluster, campaign, plan, steps } = data as Record<string, string>;
    const later = (JSON.parse(steps!) as { to: CampaignState; on: string }[]).map((s) => ({
      to: s.to,
      at: morning(s.on),
    }));
    for (let waited = 0; waited < PATIENCE_MS; waited += 250) {
      const done = await doors.write(systemOf(cluster!), (writer) =>
        finishCampaignFixture(writer, cluster!, campaign!, plan!, later, clock.now()),
      );
      if (done) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error('the plan of a demo campaign is not there yet');
  },
});
