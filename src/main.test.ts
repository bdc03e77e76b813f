/** The program as an operator meets it: how it starts, why it does not, and how it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PEOPLE } from '../demo/cluster/index.ts';

const ROOT = join(import.meta.dirname, '..');
const running: ChildProcess[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grappe-main-'));
  // Entered by PostgreSQL's own user where root runs the tests.
  await chmod(folder, 0o711);
});
afterAll(async () => {
  for (const child of running)
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  await rm(folder, { recursive: true, force: true });
});

interface Program {
  readonly child: ChildProcess;
  out: string;
  err: string;
  readonly ended: Promise<number | null>;
}

function run(file: string, args: readonly string[], env: Record<string, string> = {}): Program {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      GRAPPE_DEMO: '0',
      GRAPPE_DATA: join(folder, 'data'),
      LOG_LEVEL: 'fatal',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const program: Program = {
    child,
    out: '',
    err: '',
    ended: once(child, 'close').then(([code]) => code as number | null),
  };
  child.stdout!.on('data', (chunk) => {
    program.out += chunk;
  });
  child.stderr!.on('data', (chunk) => {
    program.err += chunk;
  });
  return program;
}
const start = (env: Record<string, string> = {}): Program => run('src/main.ts', [], env);

/** Waits until a program listens; its address. */
const addressOf = (program: Program): Promise<string> =>
  vi.waitFor(
    () => {
      const address = /Grappe is at (\S+)/.exec(program.out)?.[1];
      expect(address, program.err).toBeDefined();
      return address!;
    },
    { timeout: 30_000, interval: 50 },
  );

describe('a start that cannot be', () => {
  it('says why in one sentence that names the variable, and ends with 1', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    await writeFile(join(folder, 'file'), '');
    const { port } = taken.address() as AddressInfo;
    const wrong: Record<string, string>[] = [
      { PORT: 'abc' },
      { GRAPPE_DEMO: 'yes' },
      { DATABASE_URL: 'mysql://x' },
      { DATABASE_URL: `postgres://u:geheim@127.0.0.1:1/d` },
      { GRAPPE_DATA: join(folder, 'file', 'data') },
    ];
    const programs = wrong.map((env) => ({ env, program: start(env) }));
    for (const { env, program } of programs) {
      expect(await program.ended, program.err).toBe(1);
      expect(program.err).toMatch(new RegExp(`^[^\\n]*\\b${Object.keys(env)[0]}\\b[^\\n]*\\.\\n$`));
      expect(program.err + program.out).not.toMatch(/geheim|\bat .*\.ts/);
    }
    // Where it listens is tried last, and the database is stopped again.
    for (const env of [{ PORT: String(port) }, { HOST: '203.0.113.1' }]) {
      const program = start({ ...env, GRAPPE_DATA: join(folder, 'unheard') });
      expect(await program.ended, program.err).toBe(1);
      expect(program.err).toMatch(new RegExp(`^${Object.keys(env)[0]} [^\\n]+\\.\\n$`));
      expect(existsSync(join(folder, 'unheard', 'postgres', 'postmaster.pid'))).toBe(false);
    }
    taken.close();
  });
});

describe('a program that runs', () => {
  it('has its folder to itself, and says what it does not support and how to set it up', async () => {
    const first = start({ OIDC_ISSUER: 'https://geheim.example' });
    const address = await addressOf(first);
    expect(first.out).toMatch(/^OIDC_ISSUER: .*not supported yet.*$/m);
    expect(first.out).toMatch(/^SMTP_URL is not set: /m);
    expect(first.out).not.toContain('geheim');
    const code = /open \/installation with the code ([0-9a-f]{12})/.exec(first.out)?.[1];
    expect(code).toBeDefined();
    expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ status: 'ok' });

    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.err).toMatch(/^[^\n]+\.\n$/);
    expect(second.err).not.toMatch(/\bat .*\.ts/);

    const response = await fetch(`${address}/installation`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ code: code!, cluster: 'C', name: 'N', email: 'n@exemple.test' }),
    });
    expect(response.status).toBe(303);
    first.child.kill('SIGTERM');
    expect(await first.ended, first.err).toBe(0);
  });

  it.each(['SIGHUP', 'SIGINT'] as const)(
    'ends cleanly on %s, its database too, and keeps what it has',
    async (signal) => {
      const program = start();
      const address = await addressOf(program);
      expect(program.out).not.toContain('/installation with the code');
      expect((await fetch(address)).url).toBe(`${address}/`);
      program.child.kill(signal);
      expect(await program.ended, program.err).toBe(0);
      expect(program.child.signalCode).toBeNull();
      expect(existsSync(join(folder, 'data', 'postgres', 'postmaster.pid'))).toBe(false);
    },
  );
});

describe('grappe', () => {
  it('demo accounts: the fictive people of the demonstration as JSON', async () => {
    const program = run('src/cli.ts', ['demo', 'accounts']);
    expect(await program.ended, program.err).toBe(0);
    const accounts = JSON.parse(program.out) as {
      account: string;
      name: string;
      email: string;
      roles: { role: string }[];
    }[];
    expect(accounts.map((a) => a.account).sort()).toEqual([
      'delegate-large',
      'delegate-rival',
      'delegate-small',
      'president',
      'secretary',
      'treasurer',
    ]);
    for (const { account, name, email, roles } of accounts) {
      expect(PEOPLE.some((p) => p.account === account && p.name === name)).toBe(true);
      expect(email).toMatch(/\.example$/);
      expect(roles.map((r) => r.role)).toContain(account.replace(/-.*/, ''));
    }
  });

  it.each([[['demo']], [['demo', 'others']], [['demo', 'accounts', 'more']], [['nonsense']], [[]]])(
    '%j is no command',
    async (args) => {
      const program = run('src/cli.ts', args);
      expect(await program.ended).toBe(2);
      expect([program.out, program.err]).toEqual(['', expect.stringMatching(/^Usage: grappe [^\n]+\n$/)]);
    },
  );
});
