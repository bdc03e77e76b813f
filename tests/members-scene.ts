import { createHash, randomUUID } from 'node:crypto';
import { createServer } from '../src/app/server.ts';
import { newSetupCode } from '../src/app/setup.ts';
import { identity } from '../src/features/identity/index.ts';
import { derivedText, members } from '../src/features/members/index.ts';
import { fictiveSiren, fictiveSiret } from '../src/kernel/identifiers.ts';
import type { Id } from '../src/kernel/ids.ts';
import type { Machinery } from '../src/platform/action.ts';
import { type ClusterActor, type Doors, openDoors, systemOf } from '../src/platform/db/actor.ts';
import type { Feature } from '../src/platform/feature.ts';
import type { Web } from '../src/platform/http.ts';
import { openLog } from '../src/platform/log.ts';
import { hashSecret, newSecret } from '../src/platform/secret.ts';
import { buildAssets } from '../src/ui/index.ts';
import { type TestDatabase, testDatabase } from './database.ts';

/** The instant at which every test of a scene happens. */
export const NOW = Temporal.Instant.from('2027-03-10T09:00:00Z');

/** Everybody who may look: two delegates who compete, the officers, the staff, a stranger, another cluster's staff. */
export const VISITORS = [
  'stranger',
  'rival',
  'own',
  'president',
  'treasurer',
  'board',
  'secretary',
  'elsewhere',
] as const;
export type Visitor = (typeof VISITORS)[number];

/** Two clusters, one company each for two rivals, and a session for everybody. */
export interface Scene {
  readonly database: TestDatabase;
  readonly doors: Doors;
  readonly machinery: Machinery;
  readonly web: Web;
  readonly cluster: Id;
  readonly elsewhere: Id;
  /** The companies of the own and of the rival delegate. */
  readonly own: Company;
  readonly rival: Company;
  readonly department: Id;
  readonly actors: Readonly<Record<Visitor, ClusterActor>>;
  get(visitor: Visitor, path: string): Promise<Response>;
  post(visitor: Visitor, path: string, form: Form): Promise<Response>;
  upload(visitor: Visitor, path: string, file: File): Promise<Response>;
  close(): Promise<void>;
}

export type Form = Readonly<Record<string, string | readonly string[]>>;

export interface Company {
  readonly id: Id;
  readonly name: string;
  readonly siren: string;
  readonly site: Id;
  readonly delegate: {
    readonly person: Id;
    readonly role: Id;
    readonly name: string;
    readonly email: string;
  };
  /** Its exact headcount, which nobody but itself and the staff may read. */
  readonly heads: number;
}

/** A stable id for a word. */
const idOf = (word: string): Id => {
  const h = createHash('sha256').update(word).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
};

/** Opens a scene on a database of its own. */
export async function openScene(features: readonly Feature[] = [members, identity]): Promise<Scene> {
  const database = await testDatabase();
  const doors = openDoors(database.login, { max: 6 });
  const machinery: Machinery = { doors, clock: { now: () => NOW }, jobs: { send: async () => {} } };
  buildAssets();
  const web = createServer({
    machinery,
    features,
    publicUrl: undefined,
    log: openLog('silent'),
    setupCode: newSetupCode(),
  });
  const cluster = idOf('cluster');
  const elsewhere = idOf('elsewhere');
  const department = idOf('department');
  for (const [id, slug] of [
    [cluster, 'nogent'],
    [elsewhere, 'ailleurs'],
  ] as const)
    await doors.write(systemOf(id), async (writer) => {
      await writer
        .insertInto('cluster')
        .values({ cluster_id: id, slug, name: slug, is_default: slug === 'nogent', identity: '{}' })
        .execute();
    });
  await doors.write(systemOf(cluster), (writer) =>
    writer
      .insertInto('department')
      .values({ cluster_id: cluster, department_id: department, slug: 'flaamm', name: 'FLAAMM' })
      .execute(),
  );
  const own = await addCompany(doors, cluster, 1, { name: 'Forges du Val', town: 'Nogent', heads: 137 });
  const rival = await addCompany(doors, cluster, 2, {
    name: 'Étampage Lorrain',
    town: 'Langres',
    heads: 263,
  });
  const secrets = new Map<Visitor, string>();
  const actors: Partial<Record<Visitor, ClusterActor>> = {
    stranger: { cluster, role: 'stranger', company: null, person: null },
  };
  const enter = async (
    visitor: Visitor,
    at: Id,
    role: 'secretary' | 'treasurer' | 'president' | 'board' | 'delegate',
    company: Company | null,
  ): Promise<void> => {
    const person = company && role === 'delegate' ? company.delegate.person : idOf(`person ${visitor}`);
    const secret = newSecret(at);
    await doors.write(systemOf(at), async (writer) => {
      if (!(company && role === 'delegate')) {
        await writer
          .insertInto('person')
          .values({
            cluster_id: at,
            person_id: person,
            name: `${visitor} de test`,
            email: `${visitor}@exemple.test`,
          })
          .execute();
        await writer
          .insertInto('role_held')
          .values({
            cluster_id: at,
            role_id: idOf(`role ${visitor}`),
            person_id: person,
            role,
            organisation_id: company?.id ?? null,
            starts_on: '2020-01-01',
          })
          .execute();
      }
      await writer
        .insertInto('session')
        .values({
          cluster_id: at,
          session_id: randomUUID(),
          token_hash: hashSecret(secret),
          person_id: person,
          role_id: company && role === 'delegate' ? company.delegate.role : idOf(`role ${visitor}`),
          method: 'link',
          created_at: new Date(NOW.epochMilliseconds),
          seen_at: new Date(NOW.epochMilliseconds),
          expires_at: new Date(NOW.add({ hours: 24 }).epochMilliseconds),
        })
        .execute();
    });
    secrets.set(visitor, secret);
    actors[visitor] = {
      cluster: at,
      role,
      company: role === 'delegate' ? (company?.id ?? null) : null,
      person,
    };
  };
  await enter('own', cluster, 'delegate', own);
  await enter('rival', cluster, 'delegate', rival);
  await enter('secretary', cluster, 'secretary', null);
  await enter('treasurer', cluster, 'treasurer', null);
  // The president comes from the rival company: an officer reads it as anybody else does.
  await enter('president', cluster, 'president', rival);
  await enter('board', cluster, 'board', null);
  await enter('elsewhere', elsewhere, 'secretary', null);

  const request = async (visitor: Visitor, path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('host', '127.0.0.1');
    headers.set('accept-language', 'fr');
    const secret = secrets.get(visitor);
    if (secret !== undefined) headers.set('cookie', `grappe_session=${secret}`);
    return web.request(`http://127.0.0.1${path}`, { ...init, headers });
  };
  return {
    database,
    doors,
    machinery,
    web,
    cluster,
    elsewhere,
    own,
    rival,
    department,
    actors: actors as Record<Visitor, ClusterActor>,
    get: (visitor, path) => request(visitor, path),
    post: (visitor, path, form) => {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(form))
        for (const text of typeof value === 'string' ? [value] : value) body.append(name, text);
      return request(visitor, path, { method: 'POST', body });
    },
    upload: (visitor, path, file) => {
      const body = new FormData();
      body.append('fichier', file);
      return request(visitor, path, { method: 'POST', body });
    },
    async close() {
      await doors.close();
      await database.drop();
    },
  };
}

/** A company with its head office, a secret headcount and a delegate. */
export async function addCompany(
  doors: Doors,
  cluster: Id,
  n: number,
  { name, town, heads }: { name: string; town: string; heads: number },
): Promise<Company> {
  const siren = fictiveSiren(n);
  const company: Company = {
    id: idOf(`company ${n}`),
    name,
    siren,
    site: idOf(`site ${n}`),
    delegate: {
      person: idOf(`delegate ${n}`),
      role: idOf(`delegate role ${n}`),
      name: `Dominique Secret-${n}`,
      email: `delegue${n}@exemple.test`,
    },
    heads,
  };
  const at = { cluster_id: cluster, organisation_id: company.id };
  await doors.write(systemOf(cluster), async (writer) => {
    await writer
      .insertInto('organisation')
      .values({ ...at, name, siren, town, headcount_band: '22', ...derivedText({ name, town, siren }) })
      .execute();
    await writer
      .insertInto('site')
      .values({
        ...at,
        site_id: company.site,
        name: `Usine ${name}`,
        town,
        siret: fictiveSiret(siren, 1),
        is_head_office: true,
      })
      .execute();
    await writer
      .insertInto('headcount')
      .values({ ...at, site_id: company.site, year: 2026, heads })
      .execute();
    await writer
      .insertInto('person')
      .values({
        cluster_id: cluster,
        person_id: company.delegate.person,
        name: company.delegate.name,
        email: company.delegate.email,
      })
      .execute();
    await writer
      .insertInto('role_held')
      .values({
        ...at,
        role_id: company.delegate.role,
        person_id: company.delegate.person,
        role: 'delegate',
        starts_on: '2020-01-01',
      })
      .execute();
  });
  return company;
}
