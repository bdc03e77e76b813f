import pg from 'pg';
import { startOwnPostgres } from '../src/platform/db/own-postgres.ts';

/**
 * A program with its own PostgreSQL, for tests that kill it: `node own-postgres-program.ts FOLDER [write]`. Says on
 * stdout, one JSON value a line, first the server's process number, then each number that it wrote and was told is
 * kept; a refusal as `{ "refused": "..." }`. Ends cleanly on SIGTERM.
 */
const say = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};
const [folder = '', mode] = process.argv.slice(2);
try {
  const server = await startOwnPostgres(folder, { log: () => {} });
  const beat = setInterval(() => {}, 1000);
  process.once('SIGTERM', async () => {
    clearInterval(beat);
    await server.stop();
    process.exit(0);
  });
  say(server.postmasterPid);
  if (mode === 'write') {
    const client = new pg.Client(server.adminConfig);
    client.on('error', () => {});
    await client.connect();
    await client.query('create table if not exists written (n int primary key, padding text not null)');
    const { rows } = await client.query<{ n: number }>('select coalesce(max(n), 0) + 1 as n from written');
    for (let n = rows[0]!.n; ; n++) {
      await client.query(`insert into written select $1, repeat('x', 2000)`, [n]);
      say(n);
    }
  }
} catch (error) {
  say({ refused: (error as Error).message });
}
