/**
 * SIGKILL of the program and of its PostgreSQL in the middle of writes and of a plan: what was acknowledged is
 * there, nothing is half there, the plan runs again, no mail is sent twice.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../src/solve/random.ts';

const ROOT = join(import.meta.dirname, '../..');
let folder: string;
let port: number;
let program: ChildProcess | null = null;
let sink: Server;
/** The Message-ID of every mail that left the program. */
const delivered: string[] = [];

/** A mail server of a few lines: takes everything, slowly, and keeps each mail's Message-ID. */
const openSink = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((socket) => {
      let inData = false;
      let text = '';
      socket.on('error', () => {});
      socket.write('220 sink\r\n');
      socket.on('data', (chunk) => {
        text += chunk.toString();
        if (inData) {
          if (!text.includes('\r\n.\r\n')) return;
          delivered.push(/^message-id: *(\S+)/im.exec(text)?.[1] ?? '?');
          inData = false;
          text = '';
          setTimeout(() => socket.writable && socket.write('250 kept\r\n'), 15);
          return;
        }
        const line = text.trimEnd().toUpperCase();
        text = '';
        inData = line === 'DATA';
        socket.write(
          line.startsWith('EHLO')
            ? '250 sink\r\n'
            : inData
              ? '354 go on\r\n'
              : line === 'QUIT'
                ? '221 bye\r\n'
                : '250 ok\r\n',
        );
      });
    }).listen(0, '127.0.0.1', () => resolve(server));
  });

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as { port: number };
      server.close(() => resolve(free));
    });
  });

const url = (path: string): string => `http://127.0.0.1:${port}${path}`;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts the program as `npm start` does, and waits until it answers. */
async function startProgram(): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: String(port),
      GRAPPE_DATA: folder,
      GRAPPE_DEMO: '1',
      LOG_LEVEL: 'fatal',
      DATABASE_URL: '',
      SMTP_URL: `smtp://127.0.0.1:${(sink.address() as AddressInfo).port}`,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  program = child;
  for (let i = 0; i < 600; i += 1) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
    const alive = await fetch(url('/healthz'))
      .then((r) => r.ok)
      .catch(() => false);
    if (alive) return;
    await wait(100);
  }
  throw new Error('the program did not answer');
}

/** The process id of the program's own PostgreSQL. */
function postmaster(): number {
  return Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function kill(database: boolean): Promise<void> {
  const child = program!;
  program = null;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const pid = postmaster();
  child.kill('SIGKILL');
  if (database) process.kill(pid, 'SIGKILL');
  await gone;
}

async function signIn(account: string): Promise<string> {
  const response = await fetch(url('/connexion/demo'), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ account }),
  });
  return response.headers.getSetCookie()[0]!.split(';')[0]!;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grappe-kill-'));
  port = await freePort();
  sink = await openSink();
  await startProgram();
});

afterAll(async () => {
  if (program) {
    const child = program;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
  sink.close();
  rmSync(folder, { recursive: true, force: true });
});

it('keeps every acknowledged write through kills of the program and of its database', async () => {
  const random = seededRandom(7);
  let cookie = await signIn('secretary');
  const acknowledged: string[] = [];
  let unsure = 0;
  const create = async (title: string): Promise<void> => {
    try {
      const response = await fetch(url('/campagnes/nouvelle'), {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie },
        body: new URLSearchParams({ kind: 'training', title }),
      });
      if (response.status === 303) acknowledged.push(title);
    } catch {
      unsure += 1;
    }
  };
  for (let round = 0; round < 4; round += 1) {
    const writes: Promise<void>[] = [];
    for (let i = 0; i < 13; i += 1) {
      writes.push(create(`Essai ${round}-${i}`));
      if (i % 4 === 3) await wait(random.below(30));
    }
    await wait(random.below(60));
    await kill(round % 2 === 1);
    await Promise.all(writes);
    await startProgram();
    cookie = await signIn('secretary');
  }
  expect(acknowledged.length + unsure).toBeGreaterThan(20);
  const titles: string[] = [];
  let before = '';
  do {
    const page: {
      value: {
        lines: { campaign: { title: string; state: string; termsVersion: number } }[];
        older: string | null;
      };
    } = await (
      await fetch(url(`/api/v1/campaigns.list?before=${encodeURIComponent(before)}`), { headers: { cookie } })
    ).json();
    for (const { campaign } of page.value.lines) {
      titles.push(campaign.title);
      // Nothing half there: each has its first terms.
      expect(campaign.termsVersion).toBeGreaterThanOrEqual(1);
    }
    before = page.value.older ?? '';
  } while (before !== '');
  for (const title of acknowledged) expect(titles.filter((t) => t === title)).toHaveLength(1);
});

it('runs a plan again that a kill cut off, and sends no mail twice', async () => {
  let cookie = await signIn('secretary');
  const api = async (name: string, query = ''): Promise<Record<string, unknown>> =>
    (await (await fetch(url(`/api/v1/${name}${query}`), { headers: { cookie } })).json()) as Record<
      string,
      unknown
    >;
  const post = (path: string, form: Record<string, string>): Promise<Response> =>
    fetch(url(path), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams(form),
    });

  const list = (await api('campaigns.list')) as {
    value: { lines: { campaign: { id: string; state: string; termsVersion: number } }[] };
  };
  // Drafts of the former test fill the first page: the frozen campaign of the demo is found by its state, page by page.
  let lines = list.value.lines;
  let older = (list.value as unknown as { older: string | null }).older;
  while (!lines.some((l) => l.campaign.state === 'frozen') && older) {
    const next = (await api('campaigns.list', `?before=${encodeURIComponent(older)}`)) as typeof list & {
      value: { older: string | null };
    };
    lines = next.value.lines;
    older = next.value.older;
  }
  const frozen = lines.find((l) => l.campaign.state === 'frozen')!.campaign;
  const open = lines.find((l) => l.campaign.state === 'open')!.campaign;
  expect((await post(`/campagnes/${open.id}/relance`, {})).status).toBe(303);
  const asked = await post(`/campagnes/${frozen.id}/plans`, {
    terms: String(frozen.termsVersion),
    label: 'coupé',
    seconds: '8',
    seed: '1',
  });
  expect(asked.status).toBe(303);
  const plan = asked.headers.get('location')!.split('/').at(-1)!;
  await wait(700);
  await kill(true);
  await startProgram();
  cookie = await signIn('secretary');
  let state = '';
  let attempts = 0;
  for (let i = 0; i < 240 && state !== 'done'; i += 1) {
    const { value } = (await api('campaigns.plan-progress', `?plan=${plan}`)) as {
      value: { state: string; attempts: number };
    };
    state = value.state;
    attempts = value.attempts;
    expect(state).not.toBe('failed');
    await wait(250);
  }
  expect(state).toBe('done');
  expect(attempts).toBeGreaterThanOrEqual(1);
  // Each reminder was handed over once at most, the kill in the middle notwithstanding; the rest left after it.
  for (let i = 0; i < 80 && delivered.length < 20; i += 1) await wait(250);
  expect(delivered.length).toBeGreaterThan(10);
  expect(new Set(delivered).size).toBe(delivered.length);
});
