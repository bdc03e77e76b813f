/** What the page says back: states in a word and a shape, notices after an action. */
import type { Child } from 'hono/jsx';
import type { Lang } from '../platform/i18n/index.ts';
import { Icon, type IconName } from './icons.tsx';
import { uiTexts } from './texts.ts';

/**
 * Shapes of a state, never told by colour alone: `idle` hollow dot (not begun), `open` half dot (under way),
 * `together` full violet dot (agreed), `yours` ember lozenge (waits for the reader), `done` tick,
 * `late` clock, `stopped` bar (refused, cancelled), `moved` arrow (postponed).
 */
export type State = 'idle' | 'open' | 'together' | 'yours' | 'done' | 'late' | 'stopped' | 'moved';

const shape = (state: State) => {
  switch (state) {
    case 'idle':
      return <circle cx={6} cy={6} r={4.25} />;
    case 'open':
      return (
        <>
          <circle cx={6} cy={6} r={4.25} />
          <path class="full" d="M6 1.75a4.25 4.25 0 0 1 0 8.5z" />
        </>
      );
    case 'together':
      return <circle class="full" cx={6} cy={6} r={4.25} />;
    case 'yours':
      return <path class="full" d="M6 1 11 6 6 11 1 6z" />;
    case 'done':
      return <path d="M1.5 6.5 4.7 9.5 10.5 2.8" />;
    case 'late':
      return <path d="M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M6 3.5V6l2 1.2" />;
    case 'stopped':
      return <path d="M2 2l8 8M10 2 2 10" />;
    case 'moved':
      return <path d="M1 6h9M6.5 2.5 10 6 6.5 9.5" />;
  }
};

/** A state: its shape, then its word. */
export const Badge = ({ state, children }: { readonly state: State; readonly children: Child }) => (
  <span class={`badge badge-${state}`}>
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {shape(state)}
    </svg>
    {children}
  </span>
);

/** `success` after a write; `refusal` when a rule said no; `info` for what one should know. */
export type NoticeKind = 'success' | 'refusal' | 'info';

const NOTICE_ICON: Record<NoticeKind, IconName> = { success: 'check', refusal: 'alert', info: 'info' };

export interface NoticeProps {
  readonly lang: Lang;
  readonly kind: NoticeKind;
  /** What happened, in one sentence: "Besoin enregistré. Vos concurrents ne le verront jamais." */
  readonly happened: Child;
  /** What was kept, when something could have been lost. */
  readonly kept?: Child;
  /** What happens now, or the way out. */
  readonly todo?: Child;
  readonly action?: Child;
}

/** Says what happened, what was kept and what to do. Announced by screen readers. */
export function Notice({ lang, kind, happened, kept, todo, action }: NoticeProps) {
  const t = uiTexts(lang).notice;
  return (
    <div class={`notice notice-${kind}`} role={kind === 'refusal' ? 'alert' : 'status'}>
      <Icon name={NOTICE_ICON[kind]} label={t[kind]} />
      <div>
        <p class="notice-what">{happened}</p>
        {kept && (
          <p>
            <strong>{t.kept}</strong> {kept}
          </p>
        )}
        {todo && <p>{todo}</p>}
        {action && <div class="actions">{action}</div>}
      </div>
    </div>
  );
}

/** Says why a place is empty and what to do next. */
export const EmptyState = ({ children, action }: { readonly children: Child; readonly action?: Child }) => (
  <div class="empty">
    <svg width="48" height="43" viewBox="0 0 30 27" aria-hidden="true" class="mark">
      {[5, 15, 25].map((cx) => (
        <circle cx={cx} cy={4.8} r={4.2} class="dot-empty" />
      ))}
      {[10, 20].map((cx) => (
        <circle cx={cx} cy={13.5} r={4.2} class="dot-empty" />
      ))}
      <circle cx={15} cy={22.2} r={4.2} class="dot-empty" />
    </svg>
    <p>{children}</p>
    {action && <div class="actions">{action}</div>}
  </div>
);
