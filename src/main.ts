import './runtime.ts';
import { mkdirSync } from 'node:fs';
import { start } from './app/start.ts';
import { ConfigError, readConfig } from './platform/config.ts';
import { StartError } from './platform/db/start-error.ts';

try {
  const config = readConfig(process.env);
  mkdirSync(config.dataFolder, { recursive: true });
  const running = await start(config, (line) => process.stdout.write(`${line}\n`));
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await running.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
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
