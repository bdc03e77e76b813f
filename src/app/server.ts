import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Machinery } from '../platform/action.ts';
import { SYSTEM } from '../platform/db/actor.ts';
import type { Feature } from '../platform/feature.ts';
import {
  type Env,
  isLocalCall,
  sameOriginOnly,
  securityHeaders,
  sendPage,
  type Web,
} from '../platform/http.ts';
import { chooseLang } from '../platform/i18n/index.ts';
import { framesOf, type Logger } from '../platform/log.ts';
import { ASSETS_ROOT, getAsset } from '../ui/index.ts';
import { mountApi } from './api.ts';
import { front, frontRoutes } from './front.ts';
import { journal, journalRoutes } from './journal.ts';
import { outboxRoutes } from './outbox.ts';
import { type SetupCode, setupRoutes } from './setup.ts';
import { makeShell, textsOf } from './shell.tsx';
import { clusterList, visitOf } from './visit.ts';

const MOST_BYTES = 12 * 1024 * 1024;

/** Sentences for what is refused before anybody is known. */
const errorTexts = (c: Context) => textsOf(chooseLang(undefined, c.req.header('accept-language'))).errors;

export interface ServerOptions {
  readonly machinery: Machinery;
  readonly features: readonly Feature[];
  readonly publicUrl: string | undefined;
  readonly log: Logger;
  /** The code that opens the first-run set-up. */
  readonly setupCode: SetupCode;
}

/** The whole web application. Listens to nothing: main gives it a port, tests call it. */
export function createServer({ machinery, features, publicUrl, log, setupCode }: ServerOptions): Web {
  const web: Web = new Hono<Env>();
  const shell = makeShell(features);
  const clusters = clusterList(machinery);
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const durations = new Histogram({
    name: 'grappe_http_seconds',
    help: 'Seconds from request to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [metrics],
  });

  web.use(securityHeaders);

  web.get(`${ASSETS_ROOT}*`, (c) => {
    const asset = getAsset(c.req.path);
    if (!asset) return c.text('not found', 404);
    const zipped = asset.gzip !== undefined && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    c.header('content-type', asset.type);
    c.header('etag', asset.etag);
    c.header('vary', 'accept-encoding');
    // The name carries a hash of the content.
    c.header('cache-control', 'public, max-age=31536000, immutable');
    if (zipped) c.header('content-encoding', 'gzip');
    return c.body((zipped ? asset.gzip! : asset.body) as Uint8Array<ArrayBuffer>);
  });

  web.get('/healthz', async (c) => {
    try {
      await machinery.doors.read(SYSTEM, (reader) =>
        reader.selectFrom('cluster').select('cluster_id').limit(1).execute(),
      );
      return c.json({ status: 'ok' });
    } catch {
      return c.json({ status: 'database not readable' }, 503);
    }
  });
  // How often each form is sent tells a rival what its pages do not: for this machine's own collector only.
  web.get('/metrics', async (c) => {
    if (!isLocalCall(c)) return c.text('not found', 404);
    c.header('content-type', metrics.contentType);
    return c.body(await metrics.metrics());
  });

  web.use(async (c, next) => {
    const end = durations.startTimer();
    await next();
    const route = c.req.routePath === '*' || c.req.routePath === '/*' ? 'none' : c.req.routePath;
    end({ method: c.req.method, route, status: c.res.status });
  });
  web.use(sameOriginOnly(publicUrl, (c) => errorTexts(c).foreign));
  web.use(bodyLimit({ maxSize: MOST_BYTES, onError: (c) => c.text(errorTexts(c).tooLarge, 413) }));

  web.use(async (c, next) => {
    c.set('machinery', machinery);
    c.set('shell', shell);
    const known = await clusters.all();
    const visit = await visitOf(c, machinery, features, known, publicUrl);
    if (visit === null) {
      if (c.req.path !== '/installation') return c.redirect('/installation', 303);
      return next();
    }
    c.set('visit', visit);
    return next();
  });

  setupRoutes(web, { machinery, code: setupCode, clusters, publicUrl });
  frontRoutes(web, features);
  journalRoutes(web, features);
  outboxRoutes(web, features);
  mountApi(web, [{ name: 'app', actions: [], views: [front, journal] }, ...features]);
  // Loaded when first looked at: it draws every chart.
  web.get('/_gallery', async (c) => {
    const { galleryPage } = await import('../ui/gallery.tsx');
    return sendPage(c, galleryPage(c.var.visit.lang, c.var.visit.frame.theme ?? undefined));
  });
  for (const feature of features) feature.routes(web);

  web.notFound(async (c) => {
    const visit = (c as unknown as { var: { visit?: Env['Variables']['visit'] } }).var.visit;
    return visit ? sendPage(c, shell.missing(visit), 404) : c.text('not found', 404);
  });
  web.onError(async (error, c) => {
    const reference = randomBytes(4).toString('hex');
    log.error(
      {
        reference,
        method: c.req.method,
        route: c.req.routePath,
        name: error.name,
        code: (error as { code?: string }).code,
        constraint: (error as { constraint?: string }).constraint,
        stack: framesOf(error),
      },
      'request failed',
    );
    const visit = c.var.visit ?? null;
    const page = shell.failed(visit, reference);
    return typeof page === 'string' ? c.text(page, 500) : c.html(String(await page), 500);
  });
  return web;
}
