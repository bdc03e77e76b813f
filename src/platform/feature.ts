import type { Id } from '../kernel/ids.ts';
import type { Action, View } from './action.ts';
import type { Clock } from './clock.ts';
import type { ClusterActor, Doors, Reader } from './db/actor.ts';
import type { Room } from './html.ts';
import type { Web } from './http.ts';
import type { Lang } from './i18n/index.ts';
import type { Job } from './jobs.ts';
import type { Logger } from './log.ts';
import type { MailTemplates } from './mail.ts';

/** A sentence written from the details an action left. */
export type Sentence = (details: Readonly<Record<string, string>>) => string;
export type Sentences = Readonly<Record<string, Sentence>>;
export interface InBothLanguages<T> {
  readonly fr: T;
  readonly en: T;
}

/** Something that waits for the reader: what, for whom, by when, why, one button. */
export interface Task {
  readonly what: string;
  readonly why: string;
  /** ISO instant or date; null: no deadline. */
  readonly by: string | null;
  readonly href: string;
  readonly button: string;
}

/** One of the three figures that matter to a role on its home page. */
export interface HomeFigure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** What a feature's jobs work with. */
export interface JobTools {
  readonly doors: Doors;
  readonly clock: Clock;
  readonly log: Logger;
  /** Runs an action in the cluster's own name. */
  readonly run: (cluster: Id, action: Action, raw: unknown) => Promise<void>;
}

/** A feature's only door: what it adds to the program, as data. */
export interface Feature {
  readonly name: string;
  readonly routes: (web: Web) => void;
  /** The feature's entry in the menu, when it has one for this actor. `current` is set by the shell. */
  readonly room?: (actor: ClusterActor, lang: Lang) => Omit<Room, 'current'> | null;
  readonly actions: readonly Action[];
  readonly views: readonly View[];
  readonly jobs?: (tools: JobTools) => readonly Job[];
  readonly mails?: MailTemplates;
  /** A sentence for each action, told to those who may read its audit line. */
  readonly audit: InBothLanguages<Sentences>;
  /** A sentence for each refusal code. */
  readonly refusals: InBothLanguages<Sentences>;
  /** What waits for this reader. */
  readonly tasks?: (
    reader: Reader,
    actor: ClusterActor,
    lang: Lang,
    now: Temporal.Instant,
  ) => Promise<readonly Task[]>;
  readonly figures?: (
    reader: Reader,
    actor: ClusterActor,
    lang: Lang,
    now: Temporal.Instant,
  ) => Promise<readonly HomeFigure[]>;
}
