import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createServer } from '../src/app/server.ts';
import { newSetupCode, type SetupCode } from '../src/app/setup.ts';
import { FEATURES } from '../src/app/start.ts';
import type { HeldRole } from '../src/features/identity/index.ts';
import { derivedText } from '../src/features/members/index.ts';
import type { Id } from '../src/kernel/ids.ts';
import type { Machinery } from '../src/platform/action.ts';
import { type Doors, openDoors, systemOf } from '../src/platform/db/actor.ts';
import type { Feature } from '../src/platform/feature.ts';
import type { Web } from '../src/platform/http.ts';
import type { JobRequest } from '../src/platform/jobs.ts';
import { buildAssets } from '../src/ui/index.ts';
import { type TestDatabase, testDatabase } from './database.ts';

export interface Role {
  readonly role: HeldRole['role'];
  readonly company?: Id;
  readonly from?: string;
  /** The last day; none by default. */
  readonly to?: string;
}

/** The whole web application on a database of its own, with a clock that a test moves. Nobody is in it yet. */
export interface House {
  readonly database: TestDatabase;
  readonly doors: Doors;
  readonly machinery: Machinery;
  readonly web: Web;
  readonly setupCode: SetupCode;
  /** The jobs that actions sent, whether or not their transaction was kept. */
  readonly sent: readonly JobRequest[];
  /** The lines of the program's log. */
  readonly logged: readonly string[];
  /** The instant that the program reads. */
  now: Temporal.Instant;
  addCluster(slug: string, options?: { hosts?: readonly string[]; demo?: boolean }): Promise<Id>;
  addCompany(cluster: Id, name: string): Promise<Id>;
  addPerson(
    cluster: Id,
    person: { name: string; email: string; account?: string; roles: readonly Role[] },
  ): Promise<Id>;
  /** A new browser: cookies of its own. */
  browser(options?: Seat): Browser;
  /** The tokens of the sign-in links mailed to an address, the latest last. */
  tokensOf(cluster: Id, email: string): Promise<string[]>;
  /** A browser that signed in by a link. */
  signIn(cluster: Id, email: string, seat?: Seat): Promise<Browser>;
  close(): Promise<void>;
}

/** Where a browser is: which host it asks, from which address, in which language. */
export interface Seat {
  readonly host?: string;
  readonly place?: string;
  readonly lang?: 'fr' | 'en';
}

/** Somebody's browser, as far as cookies go. */
export interface Browser {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
}

export async function openHouse(
  options: { features?: readonly Feature[]; publicUrl?: string; now?: string } = {},
): Promise<House> {
  const database = await testDatabase();
  const doors = openDoors(database.login, { max: 6 });
  const sent: JobRequest[] = [];
  const logged: string[] = [];
  const setupCode = newSetupCode();
  let now = Temporal.Instant.from(options.now ?? '2027-03-10T09:00:00Z');
  const machinery: Machinery = {
    doors,
    clock: { now: () => now },
    jobs: {
      send: async (_writer, job) => {
        sent.push(job);
      },
    },
  };
  buildAssets();
  const web = createServer({
    machinery,
    features: options.features ?? FEATURES,
    publicUrl: options.publicUrl,
    log: pino({ level: 'trace', base: null }, { write: (line: string) => void logged.push(line) }),
    setupCode,
  });
  const house: House = {
    database,
    doors,
    machinery,
    web,
    setupCode,
    sent,
    logged,
    get now() {
      return now;
    },
    set now(at) {
      now = at;
    },
    async addCluster(slug, { hosts = [], demo = false } = {}) {
      const id = randomUUID();
      await doors.write(systemOf(id), (writer) =>
        writer
          .insertInto('cluster')
          .values({
            cluster_id: id,
            slug,
            name: `Cluster ${slug}`,
            hosts: [...hosts],
            is_default: hosts.length === 0,
            is_demo: demo,
            identity: '{}',
          })
          .execute(),
      );
      return id;
    },
    async addCompany(cluster, name) {
      const id = randomUUID();
      await doors.write(systemOf(cluster), (writer) =>
        writer
          .insertInto('organisation')
          .values({ cluster_id: cluster, organisation_id: id, name, ...derivedText({ name }) })
          .execute(),
      );
      return id;
    },
    async addPerson(cluster, { name, email, account, roles }) {
      const id = randomUUID();
      await doors.write(systemOf(cluster), async (writer) => {
        await writer
          .insertInto('person')
          .values({ cluster_id: cluster, person_id: id, name, email, demo_account: account ?? null })
          .execute();
        for (const held of roles)
          await writer
            .insertInto('role_held')
            .values({
              cluster_id: cluster,
              role_id: randomUUID(),
              person_id: id,
              role: held.role,
              organisation_id: held.company ?? null,
              starts_on: held.from ?? '2020-01-01',
              ends_on: held.to ?? null,
            })
            .execute();
      });
      return id;
    },
    browser({ host = '127.0.0.1:3000', place = '10.0.0.1', lang = 'fr' } = {}) {
      const cookies = new Map<string, string>();
      const request = async (path: string, init: RequestInit): Promise<Response> => {
        const headers = new Headers(init.headers);
        if (!headers.has('host')) headers.set('host', host);
        if (!headers.has('accept-language')) headers.set('accept-language', lang);
        if (cookies.size > 0)
          headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
        // The socket of a real server, of which only the far end is read.
        const response = await web.request(
          `http://${host}${path}`,
          { ...init, headers },
          { incoming: { socket: { remoteAddress: place } } },
        );
        for (const line of response.headers.getSetCookie()) {
          const [pair = ''] = line.split(';');
          const [name = '', value = ''] = pair.split('=', 2);
          if (/max-age=0/i.test(line)) cookies.delete(name);
          else cookies.set(name, value);
        }
        return response;
      };
      return {
        cookies,
        get: (path, headers = {}) => request(path, { headers }),
        post: (path, form, headers = {}) =>
          request(path, { method: 'POST', body: new URLSearchParams(form), headers }),
      };
    },
    tokensOf: (cluster, email) =>
      doors.read(systemOf(cluster), async (reader) => {
        const mails = await reader
          .selectFrom('mail')
          .select('data')
          .where('to_address', '=', email)
          .where('template', '=', 'sign-in')
          .orderBy('created_at')
          .execute();
        return mails.map(({ data }) => {
          const { secretLink } = data as { secretLink: string };
          return new URL(secretLink, 'http://x').searchParams.get('jeton')!;
        });
      }),
    async signIn(cluster, email, seat) {
      const browser = house.browser(seat);
      await browser.post('/connexion', { email });
      const token = (await house.tokensOf(cluster, email)).at(-1)!;
      const entered = await browser.post('/connexion/lien', { token });
      if (entered.status !== 303) throw new Error(`signing in as ${email}: ${entered.status}`);
      return browser;
    },
    async close() {
      await doors.close();
      await database.drop();
    },
  };
  return house;
}

/** A page's text as people read it. */
export const textOf = async (response: Response): Promise<string> =>
  (await response.text())
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
