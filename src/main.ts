import './runtime.ts';
import { mkdirSync } from 'node:fs';
import { start } from './app/start.ts';
import { ConfigError, notesOn, readConfig } from './platform/config.ts';
import { StartError } from './platform/db/start-error.ts';

try {
  const config = readConfig(process.env);
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  for (const note of notesOn(process.env, config)) say(note);
  try {
    mkdirSync(config.dataFolder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`GRAPPE_DATA ${config.dataFolder} cannot be made a folder: ${code}.`);
  }
  const running = await start(config, say);
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await running.stop();
    process.exit(0);
  };
  // SIGHUP: the terminal was closed.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // A signal to npm ends npm and its shell, not what they started: whoever stopped them meant this program.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined)
    setInterval(() => {
      if (process.ppid !== parent) void stop();
    }, 500).unref();
} catch (error) {
  // What the operator can put right is one sentence; anything else keeps its stack.
  if (error instanceof ConfigError || error instanceof StartError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  throw error;
}
