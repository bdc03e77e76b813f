import { resolve } from 'node:path';

/** What the operator decides, from the environment. Read once, at start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | undefined;
  readonly dataFolder: string;
  readonly demo: boolean;
  readonly publicUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly logLevel: string;
  readonly production: boolean;
}

/** A wrong variable: its message is the one sentence that the operator reads. */
export class ConfigError extends Error {}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads the environment. Throws a {@link ConfigError} naming the variable that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;
  const production = given('NODE_ENV') === 'production';
  const port = given('PORT') ?? '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
    throw new ConfigError(`PORT must be a whole number from 0 to 65535, not "${port}".`);
  const demo = given('GRAPPE_DEMO') ?? (production ? '0' : '1');
  if (demo !== '0' && demo !== '1') throw new ConfigError(`GRAPPE_DEMO must be 0 or 1, not "${demo}".`);
  const logLevel = given('LOG_LEVEL') ?? 'info';
  if (!LEVELS.includes(logLevel))
    throw new ConfigError(`LOG_LEVEL must be one of ${LEVELS.join(', ')}, not "${logLevel}".`);
  const host = given('HOST') ?? '127.0.0.1';
  if (/[\s/]/.test(host)) throw new ConfigError(`HOST must be an address or a name, not "${host}".`);
  return {
    port: Number(port),
    host,
    databaseUrl: url('DATABASE_URL', given('DATABASE_URL'), ['postgres:', 'postgresql:']),
    dataFolder: resolve(given('GRAPPE_DATA') ?? './data'),
    demo: demo === '1',
    publicUrl: site('PUBLIC_URL', url('PUBLIC_URL', given('PUBLIC_URL'), ['http:', 'https:'])),
    smtpUrl: url('SMTP_URL', given('SMTP_URL'), ['smtp:', 'smtps:']),
    logLevel,
    production,
  };
}

/** An address without path: every page stands at the root of its site. */
function site(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const bare = value.replace(/\/+$/, '');
  const { pathname, search, hash } = new URL(bare);
  if (pathname !== '/' || search !== '' || hash !== '')
    throw new ConfigError(`${name} must be the address of a site, without a path.`);
  return bare;
}

function url(name: string, value: string | undefined, schemes: readonly string[]): string | undefined {
  if (value === undefined) return undefined;
  const wanted = schemes.map((s) => `${s}//`).join(' or ');
  // The value may hold a password: the sentence does not repeat it.
  if (!URL.canParse(value) || !schemes.includes(new URL(value).protocol))
    throw new ConfigError(`${name} must be an address starting with ${wanted}.`);
  return value;
}

/** What the operator should know about settings that are valid and yet do less than they seem to: a sentence each. */
export function notesOn(env: Readonly<Record<string, string | undefined>>, config: Config): string[] {
  const oidc = Object.keys(env)
    .filter((name) => name.startsWith('OIDC_') && env[name]?.trim())
    .sort();
  return [
    ...(oidc.length > 0
      ? [
          `${oidc.join(', ')}: signing in by OpenID Connect is not supported yet; people sign in by a link sent by mail.`,
        ]
      : []),
    ...(!config.demo && config.smtpUrl === undefined
      ? ['SMTP_URL is not set: no mail leaves, the secretariat reads sign-in links at /_outbox.']
      : []),
  ];
}
