/** The programming interface: described whole, and as closed as the screens. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../../tests/house.ts';
import type { Id } from '../kernel/ids.ts';
import { FEATURES } from './start.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: { readonly type: string };
  }[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Record<string, { readonly schema: { readonly type?: string; readonly $ref?: string } }>;
  };
  readonly responses: Record<string, { readonly description: string }>;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly security: readonly Record<string, readonly string[]>[];
  readonly components: {
    readonly securitySchemes: Record<string, unknown>;
    readonly schemas?: Record<string, unknown>;
  };
}

let house: House;
let cluster: Id;
let document: Document;
let text: string;
beforeAll(async () => {
  house = await openHouse();
  cluster = await house.addCluster('nogent');
  const response = await house.browser().get('/api/v1/openapi.json');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
  text = await response.text();
  document = JSON.parse(text);
});
afterAll(() => house.close());

const actions = FEATURES.flatMap((f) => f.actions);
const views = FEATURES.flatMap((f) => f.views);

describe('the document', () => {
  it('is OpenAPI 3.1 in structure', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Grappe', version: '1' });
    const ids = new Set<string>();
    for (const [path, item] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(item)) {
        expect(method).toMatch(/^(get|post)$/);
        expect(path).toBe(`/api/v1/${operation.operationId}`);
        expect(ids.has(operation.operationId)).toBe(false);
        ids.add(operation.operationId);
        expect(operation.summary).toMatch(/^\S.{5,}/);
        expect(operation.tags).toHaveLength(1);
        expect(Object.keys(operation.responses)).toContain('200');
        for (const [status, response] of Object.entries(operation.responses)) {
          expect(status).toMatch(/^[2-5]\d\d$/);
          expect(response.description).not.toBe('');
        }
        const names = (operation.parameters ?? []).map((p) => p.name);
        expect(new Set(names).size).toBe(names.length);
        for (const parameter of operation.parameters ?? [])
          expect(parameter).toEqual({
            name: expect.stringMatching(/^[\w-]+$/),
            in: 'query',
            required: expect.any(Boolean),
            schema: { type: 'string' },
          });
        // Every body is a form: an object of fields.
        expect(operation.requestBody !== undefined).toBe(method === 'post');
        if (operation.requestBody)
          expect(operation.requestBody.content['application/json']!.schema.type).toBe('object');
      }
    for (const [scheme] of document.security.flatMap((s) => Object.entries(s)))
      expect(document.components.securitySchemes).toHaveProperty(scheme);
    // Nothing points at what is not there.
    for (const [, ref] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
      expect(document.components.schemas).toHaveProperty(ref!);
    expect(text).not.toContain('#/$defs');
  });

  it('has every action and view, and what strangers call before they are known by the screens alone', () => {
    const posted = Object.entries(document.paths).flatMap(([, item]) =>
      item.post ? [item.post.operationId] : [],
    );
    const read = Object.entries(document.paths).flatMap(([, item]) =>
      item.get ? [item.get.operationId] : [],
    );
    expect(posted.sort()).toEqual(
      actions
        .filter((a) => !a.elevated)
        .map((a) => a.name)
        .sort(),
    );
    expect(read.sort()).toEqual(['app.front', 'app.journal', ...views.map((v) => v.name)].sort());
    expect(
      actions
        .filter((a) => a.elevated)
        .map((a) => a.name)
        .sort(),
    ).toEqual(['identity.demo.sign-in', 'identity.link.request', 'identity.link.use']);
  });
});

describe('a stranger', () => {
  it('may read what is public, and call nothing else', async () => {
    const browser = house.browser();
    const open: string[] = [];
    for (const view of [...views.map((v) => v.name), 'app.front', 'app.journal']) {
      const { status } = await browser.get(`/api/v1/${view}`);
      if (status === 200) open.push(view);
      else expect([view, status]).toEqual([view, 401]);
    }
    expect(open.sort()).toEqual(['app.front', 'identity.demo-accounts']);
    for (const action of actions) {
      const response = await browser.post(`/api/v1/${action.name}`, {});
      const sent = await house.web.request(`/api/v1/${action.name}`, { method: 'POST', body: '{}' });
      expect([action.name, sent.status]).toEqual([action.name, action.elevated ? 404 : 401]);
      // A form is no JSON.
      expect([action.name, response.status]).toEqual([action.name, action.elevated ? 404 : 422]);
    }
  });
});

describe('a body', () => {
  it('that is not an object of JSON is refused', async () => {
    await house.addPerson(cluster, { name: 'A', email: 'a@exemple.test', roles: [{ role: 'secretary' }] });
    const browser = await house.signIn(cluster, 'a@exemple.test');
    const secret = browser.cookies.get('grappe_session')!;
    const send = async (body: BodyInit): Promise<[number, unknown]> => {
      const response = await house.web.request('/api/v1/identity.language.choose', {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${secret}`, host: '127.0.0.1' },
      });
      return [response.status, await response.json()];
    };
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '"a"',
      '7',
      'lang=en',
      new Uint8Array([0xff, 0xfe]),
      '{"lang":"en"',
    ])
      expect(await send(body)).toEqual([422, { error: 'invalid', fields: { form: { code: 'invalid' } } }]);
    expect(await send('{"lang":"xx","__proto__":{"lang":"en"}}')).toEqual([
      422,
      { error: 'invalid', fields: { lang: { code: 'not-a-choice' } } },
    ]);
    expect(await send('{"lang":"en"}')).toEqual([200, { value: null }]);
  });
});
