import type pg from 'pg';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Writer } from './db/actor.ts';
import { framesOf, type Logger } from './log.ts';

/** Work for later: ids only, since anybody's transaction may read the queue. */
export interface JobRequest {
  readonly name: string;
  readonly data: Readonly<Record<string, string | number>>;
  /** One waiting job for this key at a time. */
  readonly key?: string;
  readonly afterSeconds?: number;
}

export interface Job {
  readonly name: string;
  /** Does the work; may run again after a crash, so it starts by reading what is left to do. */
  run(data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Five-field cron in the cluster's time zone, for work that nobody asks for. */
  readonly every?: string;
}

/** Sends jobs inside the transaction that causes them: rolled back with it. */
export interface JobSender {
  send(writer: Writer, job: JobRequest): Promise<void>;
}

export interface JobRunner extends JobSender {
  /** Starts working on the queue. */
  work(jobs: readonly Job[]): Promise<void>;
  stop(): Promise<void>;
}

/** A job of a dead program is taken up again this many seconds after its last sign of life. */
const HEARTBEAT_SECONDS = 10;

/**
 * pg-boss in its own schema `jobs`, under its own role, which cannot read the application's tables.
 * `alone`: no other program works on this database, so whatever is active at start was left by a dead one
 * and runs again at once.
 */
export async function openJobs(
  config: pg.PoolConfig,
  log: Logger,
  options: { alone: boolean },
): Promise<JobRunner> {
  const boss = new PgBoss({
    ...config,
    schema: 'jobs',
    createSchema: false,
    max: 4,
    superviseIntervalSeconds: HEARTBEAT_SECONDS,
    monitorIntervalSeconds: HEARTBEAT_SECONDS,
    cronMonitorIntervalSeconds: 30,
  } as ConstructorParameters<typeof PgBoss>[0]);
  boss.on('error', (error) =>
    log.warn({ code: (error as { code?: string }).code, name: error.name }, 'job queue'),
  );
  await boss.start();
  const db = boss.getDb();
  await db.executeSql('grant usage on schema jobs to grappe_app', []);
  await db.executeSql('grant select, insert on all tables in schema jobs to grappe_app', []);
  await db.executeSql('grant execute on all functions in schema jobs to grappe_app', []);
  if (options.alone)
    await db.executeSql(
      "update jobs.job set state = 'retry', start_after = now() where state = 'active'",
      [],
    );
  const known = new Set<string>();
  return {
    async send(writer, job) {
      await boss.send(job.name, job.data, {
        db: fromKysely(writer),
        ...(job.key === undefined ? {} : { singletonKey: job.key }),
        ...(job.afterSeconds === undefined ? {} : { startAfter: job.afterSeconds }),
      });
    },
    async work(jobs) {
      for (const job of jobs) {
        if (known.has(job.name)) throw new Error(`two jobs named ${job.name}`);
        known.add(job.name);
        await boss.createQueue(job.name, {
          retryLimit: 5,
          retryDelay: 1,
          retryBackoff: true,
          expireInSeconds: 3600,
          heartbeatSeconds: HEARTBEAT_SECONDS,
        });
        await boss.work(job.name, { pollingIntervalSeconds: 0.5 }, async ([item]) => {
          if (!item) return;
          try {
            await job.run(item.data as Record<string, unknown>);
          } catch (error) {
            log.error(
              {
                job: job.name,
                id: item.id,
                name: (error as Error).name,
                code: (error as { code?: string }).code,
                stack: framesOf(error as Error),
              },
              'job failed',
            );
            throw error;
          }
        });
        if (job.every !== undefined) await boss.schedule(job.name, job.every, {}, { tz: 'Europe/Paris' });
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  };
}
