import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Id } from '../../kernel/ids.ts';
import { types } from './parsers.ts';
import type { Tables } from './tables.ts';

/** In whose name a transaction runs. The database's row-level security reads exactly this. */
export interface Actor {
  /** Null only for the program looking a cluster up by its host. */
  readonly cluster: Id | null;
  readonly role: Role;
  /** The company a delegate acts for; null for officers and staff, who act for the cluster. */
  readonly company: Id | null;
  readonly person: Id | null;
}

export type Role = 'stranger' | 'delegate' | 'board' | 'president' | 'treasurer' | 'secretary' | 'system';

/** Somebody known to a cluster. */
export type ClusterActor = Actor & { readonly cluster: Id };

/** What views get: reads only. The transaction behind it is read-only in the database too. */
export type Reader = Pick<Transaction<Tables>, 'selectFrom' | 'selectNoFrom' | 'with' | 'fn'>;

/** What actions get: reads and writes, inside one transaction. */
export type Writer = Transaction<Tables>;

/** The one door to the database: a transaction in somebody's name. */
export interface Doors {
  /** Runs `work` in a read-only transaction as `actor`. */
  read<T>(actor: Actor, work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Runs `work` in a transaction as `actor`, committed when it resolves, rolled back when it rejects. */
  write<T>(actor: Actor, work: (writer: Writer) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const inside = new AsyncLocalStorage<true>();

/** Opens the pool of the login role, which has no privilege before it takes an actor's. */
export function openDoors(login: pg.PoolConfig, options: { max?: number } = {}): Doors {
  const pool = new pg.Pool({
    ...login,
    types,
    max: options.max ?? 10,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  // A connection lost while idle (the server restarted) is replaced at the next use; one lost at work fails its
  // query, and would end the program besides if nobody listened.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const enter = <T>(
    actor: Actor,
    mode: 'read only' | 'read write',
    work: (trx: Writer) => Promise<T>,
  ): Promise<T> => {
    if (inside.getStore()) throw new Error('a transaction inside a transaction: pass the one you have');
    return inside.run(true, () =>
      db
        .transaction()
        .setAccessMode(mode)
        .execute(async (trx) => {
          await sql`select set_config('role', 'grappe_app', true),
            set_config('grappe.cluster', ${actor.cluster ?? ''}, true),
            set_config('grappe.company', ${actor.company ?? ''}, true),
            set_config('grappe.person', ${actor.person ?? ''}, true),
            set_config('grappe.role', ${actor.role}, true)`.execute(trx);
          return work(trx);
        }),
    );
  };
  return {
    read: (actor, work) => enter(actor, 'read only', work),
    write: (actor, work) => enter(actor, 'read write', work),
    close: () => db.destroy(),
  };
}

/** The program acting for a cluster: jobs, sign-in look-ups. */
export const systemOf = (cluster: Id): ClusterActor => ({
  cluster,
  role: 'system',
  company: null,
  person: null,
});

/** The program before any cluster is known. */
export const SYSTEM: Actor = { cluster: null, role: 'system', company: null, person: null };

/** True for the secretariat: the only role that reads needs, conditions, individual shares and plans. */
export const isStaff = (actor: Actor): boolean => actor.role === 'secretary' || actor.role === 'system';

/** True for anybody signed in. */
export const isSignedIn = (actor: Actor): boolean => actor.role !== 'stranger';
