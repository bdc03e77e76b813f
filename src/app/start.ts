import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { demoJob, seedDemo } from '../../demo/seed.ts';
import { campaigns } from '../features/campaigns/index.ts';
import { identity } from '../features/identity/index.ts';
import { members } from '../features/members/index.ts';
import type { Id } from '../kernel/ids.ts';
import { type Action, type Machinery, runAction } from '../platform/action.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { type Config, ConfigError } from '../platform/config.ts';
import { openDoors, SYSTEM, systemOf } from '../platform/db/actor.ts';
import { openDatabase } from '../platform/db/open.ts';
import type { Feature } from '../platform/feature.ts';
import { openJobs } from '../platform/jobs.ts';
import { openLog } from '../platform/log.ts';
import { mailJob } from '../platform/mail.ts';
import { buildAssets } from '../ui/index.ts';
import { createServer } from './server.ts';
import { newSetupCode } from './setup.ts';

/** The features of the program, in the order of the menu. */
export const FEATURES: readonly Feature[] = [members, campaigns, identity];

/** A running program. */
export interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/** Configuration to listening: database, roles, migrations, demo data on an empty store, jobs, web. */
export async function start(
  config: Config,
  say: (line: string) => void,
  clock: Clock = systemClock,
): Promise<Running> {
  // What was opened, closed in the opposite order: by `stop`, and by a start that fails half-way.
  const opened: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    return { url: await open(config, say, clock, opened), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Opens everything, and returns the address that listens. */
async function open(
  config: Config,
  say: (line: string) => void,
  clock: Clock,
  opened: (() => Promise<void>)[],
): Promise<string> {
  const log = openLog(config.logLevel);
  const database = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataFolder: config.dataFolder,
    log: say,
    onLost: (reason) => {
      // Written by platform/db for the operator: what became of the server, nothing of its data.
      log.fatal({ name: reason.name, reason: reason.message }, 'the database is gone');
      process.exit(1);
    },
  });
  opened.push(() => database.stop());
  const doors = openDoors(database.login);
  opened.push(() => doors.close());
  const jobs = await openJobs(database.jobs, log, { alone: database.alone });
  opened.push(() => jobs.stop());
  const machinery: Machinery = { doors, clock, jobs };
  const templates = Object.assign({}, ...FEATURES.map((f) => f.mails ?? {}));
  const tools = {
    doors,
    clock,
    log,
    run: async (cluster: Id, action: Action, raw: unknown) => {
      const result = await runAction(machinery, systemOf(cluster), action, raw);
      if (!result.ok)
        log.warn({ action: action.name, kind: result.error.kind }, 'a job’s action was not done');
    },
  };
  const publicUrl = config.publicUrl;
  let listening = addressOf(config.host, config.port);
  const postman = {
    doors,
    templates,
    get publicUrl() {
      return publicUrl ?? listening;
    },
    smtpUrl: config.smtpUrl,
    from: 'Grappe <grappe@localhost>',
    log,
  };
  await jobs.work([mailJob(postman), demoJob(machinery), ...FEATURES.flatMap((f) => f.jobs?.(tools) ?? [])]);
  buildAssets();

  const empty =
    (await doors.read(SYSTEM, (r) => r.selectFrom('cluster').select('cluster_id').limit(1).execute()))
      .length === 0;
  if (empty && config.demo) await seedDemo(machinery);
  const setupCode = newSetupCode();
  if (empty && !config.demo) say(`No cluster yet: open /installation with the code ${setupCode.value}`);

  const web = createServer({ machinery, features: FEATURES, publicUrl, log, setupCode });
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const s = serve({ fetch: web.fetch, port: config.port, hostname: config.host }, (info: AddressInfo) => {
      listening = addressOf(config.host, info.port);
      resolve(s);
    });
    s.on('error', (error: NodeJS.ErrnoException) => reject(bindError(error, config)));
  });
  opened.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  );
  say(`Grappe is at ${publicUrl ?? listening}`);
  return listening;
}

/** An IPv6 address stands in brackets. */
const addressOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Why an address cannot be listened at, as the operator would say it; anything else stays a bug. */
function bindError(error: NodeJS.ErrnoException, { host, port }: Config): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigError(`PORT ${port} is taken by another program: stop it or set PORT.`);
    case 'EACCES':
      return new ConfigError(`PORT ${port} is not open to this user: set PORT above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConfigError(`HOST ${host} is no address of this machine.`);
    default:
      return error;
  }
}
