import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { z } from 'zod';
import type { Id } from '../kernel/ids.ts';
import {
  type Action,
  type Failure,
  type Machinery,
  type Refusal,
  runAction,
  runView,
  type View,
} from './action.ts';
import type { ClusterActor } from './db/actor.ts';
import type { FieldErrors, FormValues } from './form.ts';
import { documentOf, type Frame } from './html.ts';
import type { Lang } from './i18n/index.ts';
import type { Permit } from './permit.ts';

/** One request's visitor. */
export interface Visit {
  readonly actor: ClusterActor;
  readonly lang: Lang;
  readonly cluster: { readonly id: Id; readonly name: string; readonly demo: boolean };
  readonly sessionId: Id | null;
  readonly personName: string | null;
  readonly frame: Frame;
  /** An absolute address of a path. */
  readonly absolute: (path: string) => string;
}

/** What every handler finds in its context. */
export interface Env {
  Variables: {
    visit: Visit;
    machinery: Machinery;
    /** Pages for what went wrong, written by the shell. */
    shell: Shell;
  };
}

export type Web = Hono<Env>;
export type WebContext = Context<Env>;

/** The pages that no feature owns. */
export interface Shell {
  forbidden(visit: Visit, permit: Permit): unknown;
  missing(visit: Visit): unknown;
  refused(visit: Visit, refusal: Refusal): unknown;
  invalid(visit: Visit, errors: FieldErrors): unknown;
  failed(visit: Visit | null, reference: string): unknown;
  refusalSentence(lang: Lang, refusal: Refusal): string;
}

/** A form on its way back to the person who typed it. */
export interface FormState {
  readonly values: FormValues;
  readonly errors: FieldErrors;
  /** The sentence of a refusal, if it was refused. */
  readonly refusal: string | null;
}

/** A form nobody has typed in yet. */
export const freshForm = (values: FormValues = {}): FormState => ({ values, errors: {}, refusal: null });

/** Sends a page. */
export async function sendPage(
  c: WebContext,
  element: unknown,
  status: 200 | 403 | 404 | 409 | 422 | 429 = 200,
): Promise<Response> {
  return c.html(await documentOf(element), status);
}

/** Answers with the page of a view, or with why not. */
export async function show<Params extends z.ZodType, Out>(
  c: WebContext,
  view: View<Params, Out>,
  raw: Record<string, unknown>,
  page: (model: Out, visit: Visit) => unknown,
): Promise<Response> {
  const loaded = await load(c, view, raw);
  return loaded instanceof Response ? loaded : sendPage(c, page(loaded, c.var.visit));
}

/** Loads a view, or answers with why not. */
export async function load<Params extends z.ZodType, Out>(
  c: WebContext,
  view: View<Params, Out>,
  raw: Record<string, unknown>,
): Promise<Out | Response> {
  const { visit, machinery } = c.var;
  const result = await runView(machinery, visit.actor, view, raw);
  if (!result.ok) return failurePage(c, result.error);
  return result.value === null ? sendPage(c, c.var.shell.missing(visit), 404) : result.value;
}

/**
 * Answers a posted form: runs the action, then goes where `to` says (303), with `notice` shown there once.
 * A form with errors (422) or a refusal (409) comes back through `again`, with all that was typed.
 */
export async function submit<Form extends z.ZodType, Out>(
  c: WebContext,
  action: Action<Form, Out>,
  options: {
    /** Added to what was typed: ids of the path. */
    readonly given?: Readonly<Record<string, string>>;
    readonly again?: (form: FormState, visit: Visit) => Promise<unknown> | unknown;
    /** Where to go once it is done. */
    readonly to: (out: Out) => string;
    readonly notice?: (out: Out) => string;
  },
): Promise<Response> {
  const { visit, machinery, shell } = c.var;
  const typed = await formValues(c);
  if (typed === null) return sendPage(c, shell.invalid(visit, { form: { code: 'invalid' } }), 422);
  const result = await runAction(machinery, visit.actor, action, { ...typed, ...options.given });
  if (result.ok) {
    if (options.notice) setNotice(c, options.notice(result.value));
    return c.redirect(options.to(result.value), 303);
  }
  const failure = result.error;
  if (failure.kind === 'forbidden' || !options.again) return failurePage(c, failure);
  const form: FormState =
    failure.kind === 'invalid'
      ? { values: typed, errors: failure.errors, refusal: null }
      : { values: typed, errors: {}, refusal: shell.refusalSentence(visit.lang, failure.refusal) };
  const page = await options.again(form, visit);
  return page instanceof Response ? page : sendPage(c, page, failure.kind === 'invalid' ? 422 : 409);
}

/** The page for an action or view that was not done. */
export function failurePage(c: WebContext, failure: Failure): Promise<Response> {
  const { visit, shell } = c.var;
  if (failure.kind === 'forbidden') return sendPage(c, shell.forbidden(visit, failure.permit), 403);
  if (failure.kind === 'refused') return sendPage(c, shell.refused(visit, failure.refusal), 409);
  // An address whose parameters make no sense names nothing.
  return c.req.method === 'GET'
    ? sendPage(c, shell.missing(visit), 404)
    : sendPage(c, shell.invalid(visit, failure.errors), 422);
}

/** What was typed, files left out; null when the body is not a form. */
export async function formValues(c: WebContext): Promise<Record<string, string | string[]> | null> {
  try {
    const body = await c.req.parseBody({ all: true });
    const values: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(body)) {
      const texts = (Array.isArray(value) ? value : [value]).filter(
        (v): v is string => typeof v === 'string',
      );
      if (texts.length > 0) values[name] = Array.isArray(value) ? texts : texts[0]!;
    }
    return values;
  } catch {
    return null;
  }
}

/** An uploaded file; null when there is none or the body is not a form. */
export async function uploadedFile(c: WebContext, field: string): Promise<File | null> {
  try {
    const value = (await c.req.parseBody())[field];
    return value instanceof File && value.size > 0 ? value : null;
  } catch {
    return null;
  }
}

const NOTICE = 'grappe_notice';

/** Keeps a sentence for the next page, once. */
export const setNotice = (c: WebContext, sentence: string): void =>
  setCookie(c, NOTICE, encodeURIComponent(sentence.slice(0, 600)), {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: 60,
  });

/** Takes the sentence kept for this page. */
export function takeNotice(c: Context): string | null {
  const kept = getCookie(c, NOTICE);
  if (kept === undefined) return null;
  deleteCookie(c, NOTICE, { path: '/' });
  try {
    return decodeURIComponent(kept);
  } catch {
    return null;
  }
}

/**
 * Refuses a write that a page of another site sends (CSRF). Browsers say where a request comes from in
 * Sec-Fetch-Site and Origin; a program that sends neither carries no visitor's cookie by accident. The own site
 * is the host that was asked, or that of `publicUrl` where a proxy asks by another name.
 */
export const sameOriginOnly =
  (publicUrl: string | undefined, sentence: (c: Context) => string): MiddlewareHandler =>
  async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.method === 'OPTIONS') return next();
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const own = [c.req.header('host'), publicUrl && new URL(publicUrl).host];
    const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
    const foreignOrigin =
      origin !== undefined && !(URL.canParse(origin) && own.includes(new URL(origin).host));
    return foreignSite || foreignOrigin ? c.text(sentence(c), 403) : next();
  };

/** Where a request comes from: the last hop before a proxy on this machine, else the caller; '' when not known. */
export function placeOf(c: Context): string {
  const caller = callerOf(c);
  return (isLoopback(caller) && c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()) || caller;
}

/** True when the caller is on this machine and speaks for nobody else. */
export const isLocalCall = (c: Context): boolean =>
  isLoopback(callerOf(c)) && !['forwarded', 'x-forwarded-for', 'via'].some((name) => c.req.header(name));

const isLoopback = (address: string): boolean =>
  address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address);

function callerOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? '';
  } catch {
    // Called without a socket.
    return '';
  }
}

/** Headers of every answer: nothing inline, nothing from elsewhere, no framing, no referrer to other sites. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const h = c.res.headers;
  if (!h.has('content-security-policy'))
    h.set(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'",
    );
  h.set('x-content-type-options', 'nosniff');
  h.set('referrer-policy', 'same-origin');
  h.set('cross-origin-opener-policy', 'same-origin');
  h.set('permissions-policy', 'camera=(), geolocation=(), microphone=()');
  // What a rival must not see does not stay in a shared cache either.
  if (!h.has('cache-control')) h.set('cache-control', 'no-store');
};
