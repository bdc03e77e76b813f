import { describeRoute, openAPIRouteHandler, resolver } from 'hono-openapi';
import { z } from 'zod';
import { SESSION_COOKIE } from '../features/identity/index.ts';
import { type Failure, runAction, runView } from '../platform/action.ts';
import type { Feature } from '../platform/feature.ts';
import type { Web, WebContext } from '../platform/http.ts';

/**
 * Every action and view as JSON: `POST /api/v1/<action>` with a body, `GET /api/v1/<view>` with a query.
 * The same forms, permits, transactions and audit as the screens; signed in by the session cookie or
 * `Authorization: Bearer <session>`.
 */
export function mountApi(web: Web, features: readonly Pick<Feature, 'name' | 'actions' | 'views'>[]): void {
  const failed = (c: WebContext, failure: Failure): Response => {
    const { visit, shell } = c.var;
    if (failure.kind === 'invalid') return c.json({ error: 'invalid', fields: failure.errors }, 422);
    if (failure.kind === 'forbidden')
      return c.json(
        { error: 'forbidden', message: failure.permit.says[visit.lang] },
        visit.actor.role === 'stranger' ? 401 : 403,
      );
    const { refusal } = failure;
    return c.json(
      { error: 'refused', code: refusal.code, message: shell.refusalSentence(visit.lang, refusal) },
      409,
    );
  };
  const answers = {
    200: { description: 'Done', content: { 'application/json': { schema: { type: 'object' as const } } } },
    401: { description: 'Sign in first' },
    403: { description: 'Not for this role' },
    409: { description: 'Refused, with the reason' },
    422: { description: 'Fields to correct' },
  };
  for (const feature of features) {
    for (const action of feature.actions) {
      if (action.elevated) continue;
      web.post(
        `/api/v1/${action.name}`,
        describeRoute({
          operationId: action.name,
          summary: action.summary,
          tags: [feature.name],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: resolver(action.form) as never } },
          },
          responses: answers,
        }),
        async (c) => {
          const body: unknown = await c.req.json().catch(() => undefined);
          if (typeof body !== 'object' || body === null || Array.isArray(body))
            return c.json({ error: 'invalid', fields: { form: { code: 'invalid' } } }, 422);
          const result = await runAction(c.var.machinery, c.var.visit.actor, action, body);
          return result.ok ? c.json({ value: result.value ?? null }) : failed(c, result.error);
        },
      );
    }
    for (const view of feature.views) {
      web.get(
        `/api/v1/${view.name}`,
        describeRoute({
          operationId: view.name,
          summary: view.summary,
          tags: [feature.name],
          parameters: parametersOf(view.params),
          responses: {
            200: answers[200],
            401: answers[401],
            403: answers[403],
            404: { description: 'No such thing for this reader' },
          },
        }),
        async (c) => {
          const result = await runView(c.var.machinery, c.var.visit.actor, view, c.req.query());
          if (!result.ok) return failed(c, result.error);
          return result.value === null
            ? c.json({ error: 'not-found' }, 404)
            : c.json({ value: result.value });
        },
      );
    }
  }
  web.get(
    '/api/v1/openapi.json',
    openAPIRouteHandler(web, {
      // The names of operations have dots, which would pass for files.
      excludeStaticFile: false,
      documentation: {
        openapi: '3.1.0',
        info: {
          title: 'Grappe',
          version: '1',
          description: 'Every action and view of the platform, as its screens run them.',
        },
        components: {
          securitySchemes: {
            bearer: { type: 'http', scheme: 'bearer', description: 'The secret of a session' },
            cookie: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          },
        },
        // Without any, what everybody may read.
        security: [{ bearer: [] }, { cookie: [] }, {}],
      },
    }),
  );
}

/** The parameters of a view as its address takes them: each a text of the query. */
function parametersOf(params: z.ZodType) {
  const { properties = {}, required = [] } = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
  return Object.keys(properties).map((name) => ({
    name,
    in: 'query' as const,
    required: required.includes(name),
    schema: { type: 'string' as const },
  }));
}
