/** What becomes of a mail, with a mail server that takes, refuses, puts off and falls silent. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/database.ts';
import { openSmtpSink, type SmtpSink } from '../../tests/smtp-sink.ts';
import { type Doors, openDoors, systemOf } from './db/actor.ts';
import { openLog } from './log.ts';
import { mailJob, type Postman, plainMail, renderMail } from './mail.ts';

const CLUSTER = crypto.randomUUID();
const HOSTED = crypto.randomUUID();
const templates: Postman['templates'] = {
  t: (_lang, data, url) =>
    plainMail(`Pour ${data.name}`, [`Bonjour <${data.name}> & "Cie"`], {
      label: 'Entrer',
      href: url(data.secretLink ?? '/'),
    }),
};

let database: TestDatabase;
let doors: Doors;
let sink: SmtpSink;

beforeAll(async () => {
  database = await testDatabase();
  doors = openDoors(database.login, { max: 6 });
  for (const [id, slug, hosts] of [
    [CLUSTER, 'a', []],
    [HOSTED, 'b', ['b.example', 'autre.example']],
  ] as const)
    await doors.write(systemOf(id), (writer) =>
      writer
        .insertInto('cluster')
        .values({ cluster_id: id, slug, name: slug, hosts: [...hosts], identity: '{}' })
        .execute(),
    );
});
afterAll(async () => {
  await doors.close();
  await database.drop();
});
beforeEach(async () => {
  sink = await openSmtpSink();
});
afterEach(() => sink.close());

const job = (smtpUrl: string | undefined = sink.url) =>
  mailJob({
    doors,
    templates,
    publicUrl: 'https://grappe.example:8443',
    smtpUrl,
    from: 'g@exemple.test',
    log: openLog('silent'),
  });

async function post(cluster = CLUSTER): Promise<{ cluster: string; mail: string }> {
  const mail = crypto.randomUUID();
  await doors.write(systemOf(cluster), (writer) =>
    writer
      .insertInto('mail')
      .values({
        cluster_id: cluster,
        mail_id: mail,
        person_id: null,
        to_address: 'jeanne@exemple.test',
        lang: 'fr',
        template: 't',
        data: JSON.stringify({ name: 'Zoé', secretLink: '/connexion/lien?jeton=abc' }),
      })
      .execute(),
  );
  return { cluster, mail };
}

const read = ({ cluster, mail }: { cluster: string; mail: string }) =>
  doors.read(systemOf(cluster), (r) =>
    r
      .selectFrom('mail')
      .select(['state', 'failure', 'data', 'sent_at'])
      .where('mail_id', '=', mail)
      .executeTakeFirstOrThrow(),
  );
const SECRET = { name: 'Zoé', secretLink: '/connexion/lien?jeton=abc' };
const FORGOTTEN = { name: 'Zoé' };

describe('a mail', () => {
  it('leaves once, however often and at once its job runs; its secret is then forgotten', async () => {
    const mail = await post();
    await Promise.all([job().run(mail), job().run(mail), job().run(mail)]);
    await job().run(mail);
    expect(sink.taken).toHaveLength(1);
    const [source] = sink.taken;
    expect(source).toContain(`Message-ID: <${mail.mail}@grappe.invalid>`);
    expect(source).toContain('jeanne@exemple.test');
    expect(await read(mail)).toEqual({
      state: 'sent',
      failure: null,
      data: FORGOTTEN,
      sent_at: expect.any(Date),
    });
  });

  it('is failed for good when the server refuses it', async () => {
    const mail = await post();
    sink.mood = 'refuse';
    await job().run(mail);
    expect(await read(mail)).toEqual({
      state: 'failed',
      failure: 'EMESSAGE',
      data: FORGOTTEN,
      sent_at: null,
    });
  });

  it('is failed until it leaves when the server puts it off', async () => {
    const mail = await post();
    sink.mood = 'later';
    await expect(job().run(mail)).rejects.toThrow('mail to be tried again');
    expect(await read(mail)).toMatchObject({ state: 'failed', data: SECRET });
    sink.mood = 'take';
    await job().run(mail);
    expect(await read(mail)).toMatchObject({ state: 'sent', failure: null, data: FORGOTTEN });
    expect(sink.taken).toHaveLength(1);
  });

  it('is failed until it leaves when nobody listens', async () => {
    const mail = await post();
    const { url } = sink;
    await sink.close();
    await expect(job(url).run(mail)).rejects.toThrow('mail to be tried again');
    expect(await read(mail)).toMatchObject({ state: 'failed', failure: expect.stringMatching(/^E/) });
    sink = await openSmtpSink(Number(new URL(url).port));
    await job(url).run(mail);
    expect(await read(mail)).toMatchObject({ state: 'sent' });
    expect(sink.taken).toHaveLength(1);
  });

  it('is not sent again when the server fell silent, since it may have left', async () => {
    const mail = await post();
    sink.mood = 'hang-up';
    await job().run(mail);
    expect(await read(mail)).toMatchObject({ state: 'claimed', sent_at: null });
    sink.mood = 'take';
    await job().run(mail);
    expect(sink.taken).toHaveLength(1);
  });

  it('without a server is shown instead, and keeps its link', async () => {
    const mail = await post();
    await mailJob({
      doors,
      templates,
      publicUrl: 'http://x',
      smtpUrl: undefined,
      from: '',
      log: openLog('silent'),
    }).run(mail);
    expect(await read(mail)).toMatchObject({ state: 'sent', data: SECRET });
    expect(sink.taken).toEqual([]);
  });

  it('that does not exist, or is another cluster’s, is none', async () => {
    await job().run({ cluster: CLUSTER, mail: crypto.randomUUID() });
    const mail = await post();
    await job().run({ ...mail, cluster: HOSTED });
    expect(sink.taken).toEqual([]);
    expect(await read(mail)).toMatchObject({ state: 'waiting' });
  });

  it('leads to its own cluster’s address', async () => {
    await job().run(await post(CLUSTER));
    await job().run(await post(HOSTED));
    const links = sink.taken.map((source) => /https:\/\/[^/\s]+/.exec(source.replace(/=\r\n/g, ''))![0]);
    expect(links).toEqual(['https://grappe.example:8443', 'https://b.example:8443']);
  });
});

describe('rendering', () => {
  it('escapes in HTML what it says plainly in text', () => {
    const mail = renderMail(
      { templates, publicUrl: 'https://g.example' },
      { template: 't', lang: 'fr', data: { name: '<b>A</b>', secretLink: '/x?a=1&b="2"' } },
    );
    expect(mail.text).toContain('Bonjour <<b>A</b>> & "Cie"');
    expect(mail.html).toContain('Bonjour &lt;&lt;b&gt;A&lt;/b&gt;&gt; &amp; &quot;Cie&quot;');
    expect(mail.html).toContain('href="https://g.example/x?a=1&amp;b=&quot;2&quot;"');
    expect(mail.html).not.toContain('<b>');
  });

  it('has no template for an unknown name', () => {
    expect(() => renderMail({ templates, publicUrl: '' }, { template: 'u', lang: 'fr', data: {} })).toThrow(
      'no mail template u',
    );
  });
});
