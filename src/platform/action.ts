import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Id } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Clock } from './clock.ts';
import { type ClusterActor, type Doors, type Reader, systemOf, type Writer } from './db/actor.ts';
import { type FieldErrors, fieldErrors } from './form.ts';
import type { JobRequest, JobSender } from './jobs.ts';
import type { MailRequest } from './mail.ts';
import type { Permit } from './permit.ts';

/** Why an action was refused: a code of its feature, with what its sentence needs. */
export interface Refusal {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Fields at fault that only the work itself could judge: the form comes back with them. */
  readonly fields?: FieldErrors;
}

/** Shorthand for a refused result. */
export const refuse = (code: string, params?: Refusal['params']): Result<never, Refusal> =>
  err(params ? { code, params } : { code });

/** Shorthand for a form with fields at fault. */
export const refuseFields = (fields: FieldErrors): Result<never, Refusal> =>
  err({ code: 'invalid-fields', fields });

/** The line an action leaves in the audit. Its sentence is written by the feature's texts from `details`. */
export interface AuditLine {
  /** Who may read it: by the same rules as the data it speaks of. */
  readonly audience: 'staff' | 'company' | 'members';
  readonly subject?: Id;
  readonly company?: Id;
  /** Who it turned out to be, where a stranger acted: the person who signed in. */
  readonly person?: Id;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** What a finished action hands back; the audit line, mails and jobs are written in its own transaction. */
export interface Done<Out> {
  readonly value: Out;
  readonly audit: AuditLine;
  readonly mails?: readonly MailRequest[];
  readonly jobs?: readonly JobRequest[];
}

/** What an action may use. Time, ids and chance come from here. */
export interface ActionContext {
  readonly writer: Writer;
  readonly actor: ClusterActor;
  readonly now: Temporal.Instant;
  readonly newId: () => Id;
}

/**
 * A write, declared once: at once the target of a web form, an API operation and an audit code.
 * `name` is feature.noun.verb.
 */
export interface Action<Form extends z.ZodType = z.ZodType, Out = unknown> {
  readonly name: string;
  /** One line for the API's documentation. */
  readonly summary: string;
  readonly form: Form;
  readonly permit: Permit;
  /**
   * Runs in the program's own name: for what strangers call before anybody is known (signing in). Such an
   * action has its own rate limit, and is no API operation.
   */
  readonly elevated?: true;
  /** Database constraints that stand for a refusal. */
  readonly constraints?: Readonly<Record<string, string>>;
  run(context: ActionContext, input: z.output<Form>): Promise<Result<Done<Out>, Refusal>>;
}

/** Declares an action, inferring its types. */
export const action = <Form extends z.ZodType, Out>(spec: Action<Form, Out>): Action<Form, Out> => spec;

/** A read, declared once: at once a page's data and an API read. */
export interface View<Params extends z.ZodType = z.ZodType, Out = unknown> {
  readonly name: string;
  readonly summary: string;
  readonly params: Params;
  readonly permit: Permit;
  /** Reads in the program's own name: for what strangers see that no stranger's row-level security shows. */
  readonly elevated?: true;
  /** Null: there is no such thing for this actor. */
  load(
    reader: Reader,
    actor: ClusterActor,
    params: z.output<Params>,
    now: Temporal.Instant,
  ): Promise<Out | null>;
}

/** Declares a view, inferring its types. */
export const view = <Params extends z.ZodType, Out>(spec: View<Params, Out>): View<Params, Out> => spec;

/** What stands behind every action and view. */
export interface Machinery {
  readonly doors: Doors;
  readonly clock: Clock;
  readonly jobs: JobSender;
}

/** How an action ended without being done. */
export type Failure =
  | { readonly kind: 'invalid'; readonly errors: FieldErrors }
  | { readonly kind: 'forbidden'; readonly permit: Permit }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Carries a refusal out of its transaction, so that everything is rolled back. */
class RolledBack extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

const RETRIES = 3;

/**
 * Runs an action: parses, checks the permit, then one transaction with the work, its audit line, its mail
 * and its jobs. A refusal rolls everything back. A lost race with another transaction (serialisation,
 * deadlock) is tried again up to three times, since nothing was written.
 */
export async function runAction<Form extends z.ZodType, Out>(
  machinery: Machinery,
  actor: ClusterActor,
  spec: Action<Form, Out>,
  raw: unknown,
): Promise<Result<Out, Failure>> {
  // The permit first: who may not act learns nothing of what is wrong with the form.
  if (!spec.permit.allows(actor)) return err({ kind: 'forbidden', permit: spec.permit });
  const parsed = spec.form.safeParse(raw);
  if (!parsed.success) return err({ kind: 'invalid', errors: fieldErrors(parsed.error) });
  const acting = spec.elevated ? systemOf(actor.cluster) : actor;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const value = await machinery.doors.write(acting, async (writer) => {
        const now = machinery.clock.now();
        const result = await spec.run({ writer, actor: acting, now, newId: randomUUID }, parsed.data);
        if (!result.ok) throw new RolledBack(result.error);
        const { audit, mails = [], jobs = [] } = result.value;
        await writer
          .insertInto('audit')
          .values({
            cluster_id: actor.cluster,
            at: new Date(now.epochMilliseconds),
            person_id: actor.person ?? audit.person ?? null,
            role: actor.role,
            company_id: audit.company ?? actor.company,
            action: spec.name,
            audience: audit.audience,
            subject_id: audit.subject ?? null,
            details: JSON.stringify(audit.details ?? {}),
          })
          .execute();
        for (const mail of mails) {
          const mailId = randomUUID();
          await writer
            .insertInto('mail')
            .values({
              cluster_id: actor.cluster,
              mail_id: mailId,
              person_id: mail.person,
              to_address: mail.to,
              lang: mail.lang,
              template: mail.template,
              data: JSON.stringify(mail.data),
            })
            .execute();
          await machinery.jobs.send(writer, { name: 'mail', data: { cluster: actor.cluster, mail: mailId } });
        }
        for (const job of jobs) await machinery.jobs.send(writer, job);
        return result.value.value;
      });
      return ok(value);
    } catch (error) {
      if (error instanceof RolledBack) {
        const { refusal } = error;
        return err(
          refusal.fields ? { kind: 'invalid', errors: refusal.fields } : { kind: 'refused', refusal },
        );
      }
      const { code, constraint } = error as { code?: string; constraint?: string };
      if ((code === '40001' || code === '40P01') && attempt < RETRIES) continue;
      const known = constraint !== undefined ? spec.constraints?.[constraint] : undefined;
      if (known !== undefined) return err({ kind: 'refused', refusal: { code: known } });
      throw error;
    }
  }
}

/** Runs a view for an actor. Null: no such thing (for this actor). */
export async function runView<Params extends z.ZodType, Out>(
  machinery: Machinery,
  actor: ClusterActor,
  spec: View<Params, Out>,
  raw: unknown,
): Promise<Result<Out | null, Failure>> {
  if (!spec.permit.allows(actor)) return err({ kind: 'forbidden', permit: spec.permit });
  const parsed = spec.params.safeParse(raw);
  if (!parsed.success) return err({ kind: 'invalid', errors: fieldErrors(parsed.error) });
  const acting = spec.elevated ? systemOf(actor.cluster) : actor;
  return ok(
    await machinery.doors.read(acting, (reader) =>
      spec.load(reader, acting, parsed.data, machinery.clock.now()),
    ),
  );
}
