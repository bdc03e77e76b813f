import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * The program's own log, one JSON object a line on stderr. Nothing personal goes in: ids, codes and
 * durations only, never a name, an address, a token, a body or a query string.
 */
export const openLog = (level: string): Logger => pino({ level, base: null }, pino.destination(2));

/**
 * Where an error was thrown, without its message: PostgreSQL and others quote in it what was typed.
 * At most `most` frames.
 */
export const framesOf = (error: Error, most = 12): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, most)
    .join('\n');
