import { z } from 'zod';
import { dateOf } from '../../kernel/dates.ts';
import { view } from '../../platform/action.ts';
import { anybody, signedIn } from '../../platform/permit.ts';
import { listDemoAccounts, listRolesHeld, listSessions } from './store.ts';
import { type HeldRole, idleSince, type SessionLine } from './types.ts';

export interface DemoAccount {
  readonly account: string;
  readonly name: string;
  readonly role: HeldRole['role'];
  readonly company: string | null;
}

/** The order in which the accounts are offered; others follow by name. */
const ORDER = ['secretary', 'treasurer', 'president', 'delegate-large', 'delegate-small', 'delegate-rival'];
const RANK: readonly HeldRole['role'][] = [
  'secretary',
  'treasurer',
  'president',
  'board',
  'delegate',
  'deputy',
];

/** The fictive accounts of the demonstration; an empty list elsewhere. */
export const demoAccounts = view({
  name: 'identity.demo-accounts',
  summary: 'The fictive accounts of the demonstration',
  params: z.object({}),
  permit: anybody,
  elevated: true,
  async load(reader, actor): Promise<DemoAccount[]> {
    const rows = await listDemoAccounts(reader, actor.cluster);
    const best = new Map<string, DemoAccount>();
    for (const row of rows.sort((a, b) => RANK.indexOf(a.role) - RANK.indexOf(b.role)))
      if (!best.has(row.demo_account!))
        best.set(row.demo_account!, {
          account: row.demo_account!,
          name: row.name,
          role: row.role,
          company: row.role === 'delegate' || row.role === 'deputy' ? row.company : null,
        });
    const place = (account: string): number =>
      ORDER.includes(account) ? ORDER.indexOf(account) : ORDER.length;
    return [...best.values()].sort((a, b) => place(a.account) - place(b.account));
  },
});

/** One's own sessions and roles. `current` is the session of the request. */
export const ownAccount = view({
  name: 'identity.account',
  summary: 'The own sessions and roles',
  params: z.object({ current: z.string().nullable().default(null) }),
  permit: signedIn,
  async load(reader, actor, { current }, now): Promise<{ sessions: SessionLine[]; roles: HeldRole[] }> {
    return {
      sessions: await listSessions(
        reader,
        actor.cluster,
        actor.person!,
        current,
        new Date(now.epochMilliseconds),
        idleSince(now),
      ),
      roles: await listRolesHeld(reader, actor.cluster, actor.person!, dateOf(now).toString()),
    };
  },
});
