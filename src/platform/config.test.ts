import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, notesOn, readConfig } from './config.ts';

describe('readConfig', () => {
  it('needs nothing: the demonstration on this machine', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      dataFolder: resolve('data'),
      demo: true,
      publicUrl: undefined,
      smtpUrl: undefined,
      logLevel: 'info',
      production: false,
    });
  });

  it('takes an empty variable for none', () => {
    const names = [
      'PORT',
      'HOST',
      'DATABASE_URL',
      'GRAPPE_DATA',
      'GRAPPE_DEMO',
      'PUBLIC_URL',
      'SMTP_URL',
      'LOG_LEVEL',
      'NODE_ENV',
    ];
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ' '])))).toEqual(readConfig({}));
  });

  it.each([
    [{ NODE_ENV: 'production' }, { production: true, demo: false }],
    [{ NODE_ENV: 'production', GRAPPE_DEMO: '1' }, { demo: true }],
    [{ GRAPPE_DEMO: '0' }, { demo: false }],
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: ' 8080 ' }, { port: 8080 }],
    [{ PORT: '65535' }, { port: 65535 }],
    [{ HOST: '::' }, { host: '::' }],
    [{ DATABASE_URL: 'postgres://u:p@h/d' }, { databaseUrl: 'postgres://u:p@h/d' }],
    [{ DATABASE_URL: 'postgresql:///d?host=/run/x' }, { databaseUrl: 'postgresql:///d?host=/run/x' }],
    [{ PUBLIC_URL: 'https://grappe.example//' }, { publicUrl: 'https://grappe.example' }],
    [{ SMTP_URL: 'smtps://u:p@h:465' }, { smtpUrl: 'smtps://u:p@h:465' }],
    [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
    [{ GRAPPE_DATA: '/var/x' }, { dataFolder: '/var/x' }],
  ])('reads %j', (env, expected) => {
    expect(readConfig(env)).toMatchObject(expected);
  });

  it.each([
    { PORT: 'abc' },
    { PORT: '-1' },
    { PORT: '65536' },
    { PORT: '3000.5' },
    { PORT: '0x50' },
    { PORT: '999999' },
    { HOST: 'a b' },
    { HOST: 'http://x' },
    { GRAPPE_DEMO: 'yes' },
    { GRAPPE_DEMO: '2' },
    { LOG_LEVEL: 'loud' },
    { LOG_LEVEL: 'INFO' },
    { DATABASE_URL: 'mysql://u:geheim@h/d' },
    { DATABASE_URL: 'localhost/geheim' },
    { PUBLIC_URL: 'grappe.example' },
    { PUBLIC_URL: 'ftp://grappe.example' },
    { PUBLIC_URL: 'https://grappe.example/chemin' },
    { PUBLIC_URL: 'https://grappe.example?a=1' },
    { SMTP_URL: 'https://geheim@h' },
    { SMTP_URL: 'geheim' },
  ])('refuses %j in one sentence that names the variable', (env) => {
    const [name] = Object.keys(env);
    let refusal: unknown;
    try {
      readConfig(env);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ConfigError);
    const { message } = refusal as ConfigError;
    expect(message).toMatch(new RegExp(`^${name} .*\\.$`));
    expect(message).not.toContain('\n');
    // A password is not repeated.
    expect(message).not.toContain('geheim');
  });
});

describe('notesOn', () => {
  const notes = (env: Record<string, string>) => notesOn(env, readConfig(env));
  it('has nothing to say of a demonstration', () => {
    expect(notes({})).toEqual([]);
    expect(notes({ OIDC_ISSUER: ' ' })).toEqual([]);
  });
  it('says what is set and not supported, without its value', () => {
    const [note, ...more] = notes({ OIDC_CLIENT_SECRET: 'geheim', OIDC_ISSUER: 'https://x' });
    expect(note).toMatch(/^OIDC_CLIENT_SECRET, OIDC_ISSUER: .*not supported yet.*\.$/);
    expect(note).not.toContain('geheim');
    expect(more).toEqual([]);
  });
  it('says where mail goes when there is no server for it', () => {
    expect(notes({ GRAPPE_DEMO: '0' })).toEqual([expect.stringMatching(/^SMTP_URL is not set: /)]);
    expect(notes({ GRAPPE_DEMO: '0', SMTP_URL: 'smtp://h' })).toEqual([]);
  });
});
