/** What waits for the reader. */
import type { Child } from 'hono/jsx';
import { formatDate, type Lang } from '../platform/i18n/index.ts';
import { Badge, EmptyState } from './notice.tsx';
import { uiTexts } from './texts.ts';

export interface Task {
  /** "Répondre à l’appel ISO 13485". */
  readonly what: Child;
  /** For whom: the company or the office in whose name the reader acts. */
  readonly forWhom: string;
  /** ISO date. */
  readonly by?: string | undefined;
  readonly isLate?: boolean;
  /** Why it matters, in one sentence. */
  readonly why: Child;
  /** One button; kind `main` for the most urgent only. */
  readonly action: Child;
}

/** Tasks, the most urgent first; says so when there is none. */
export function TaskList({ lang, tasks }: { readonly lang: Lang; readonly tasks: readonly Task[] }) {
  const t = uiTexts(lang).task;
  if (tasks.length === 0) return <EmptyState>{t.none}</EmptyState>;
  return (
    <ul class="piece tasks">
      {tasks.map((task) => (
        <li>
          <div class="task-body">
            <p class="task-what">{task.what}</p>
            <p class="task-why">{task.why}</p>
          </div>
          <p class="task-when">
            {task.by && (
              <span class="task-by">
                {task.isLate ? <Badge state="late">{t.late}</Badge> : <span class="quiet">{t.by}</span>}{' '}
                <time datetime={task.by}>{formatDate(task.by, lang)}</time>
              </span>
            )}
            <span class="quiet">{task.forWhom}</span>
          </p>
          <div class="task-action">{task.action}</div>
        </li>
      ))}
    </ul>
  );
}
