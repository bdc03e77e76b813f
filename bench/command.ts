import { spawn } from 'node:child_process';

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The JSON object on the last line of stdout; null where there is none. */
  readonly summary: Readonly<Record<string, unknown>> | null;
  /** Wall seconds from start to end, npm included. */
  readonly seconds: number;
}

/** Runs `npm run -s grappe -- ...args` from the repository, as an outsider would. */
export function runGrappe(args: readonly string[]): Promise<CommandResult> {
  const startedAt = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<CommandResult>();
  const child = spawn('npm', ['run', '-s', 'grappe', '--', ...args], {
    cwd: new URL('..', import.meta.url),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.on('error', reject);
  child.on('close', (code) => {
    const seconds = (performance.now() - startedAt) / 1000;
    resolve({ code, stdout, stderr, summary: summaryOf(stdout), seconds });
  });
  return promise;
}

function summaryOf(stdout: string): Readonly<Record<string, unknown>> | null {
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  try {
    const value: unknown = JSON.parse(last);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : null;
  } catch {
    return null;
  }
}

/** A number of the summary, or null. */
export const numberIn = (summary: CommandResult['summary'], name: string): number | null => {
  const value = summary?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};
