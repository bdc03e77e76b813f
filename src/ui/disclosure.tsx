/** What opens: folds, popovers and dialogs, all on native elements, none needing script. */
import type { Child } from 'hono/jsx';
import type { Lang } from '../platform/i18n/index.ts';
import { Icon } from './icons.tsx';
import { uiTexts } from './texts.ts';

/** Text folded under its title; printed open. */
export const Fold = ({
  title,
  open,
  children,
}: {
  readonly title: Child;
  readonly open?: boolean;
  readonly children: Child;
}) => (
  <details class="fold" open={open}>
    <summary>
      <Icon name="chevron" />
      {title}
    </summary>
    <div class="fold-body">{children}</div>
  </details>
);

/** A small panel shown by a {@link Button} with `opens={id}`; Escape or a press outside shuts it. */
export const Popover = ({ id, children }: { readonly id: string; readonly children: Child }) => (
  <div id={id} class="popover" popover="auto">
    {children}
  </div>
);

export interface DialogProps {
  readonly lang: Lang;
  readonly id: string;
  readonly title: string;
  /** What will happen, and what cannot be undone. */
  readonly children: Child;
  /** The buttons, most often an {@link ActionButton}. "Close" is added. */
  readonly actions: Child;
}

/**
 * A question before an act that matters, opened by a {@link Button} with `opens={id}`. Nothing that one might want
 * to copy from belongs in it. It opens as a popover, so it works with script off.
 */
export const Dialog = ({ lang, id, title, children, actions }: DialogProps) => (
  <dialog id={id} class="dialog" popover="auto" aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>{title}</h2>
    {children}
    <div class="actions">
      {actions}
      <button
        class="button button-plain"
        type="button"
        popovertarget={id}
        popovertargetaction="hide"
        autofocus
      >
        {uiTexts(lang).form.close}
      </button>
    </div>
  </dialog>
);

/** Views of one thing, each with its own address. */
export const Tabs = ({
  label,
  tabs,
}: {
  readonly label: string;
  readonly tabs: readonly {
    readonly href: string;
    readonly label: string;
    readonly current: boolean;
    readonly count?: number;
  }[];
}) => (
  <nav class="tabs" aria-label={label}>
    <ul>
      {tabs.map((tab) => (
        <li>
          <a href={tab.href} aria-current={tab.current ? 'page' : undefined}>
            {tab.label}
            {tab.count !== undefined && <span class="count">{tab.count}</span>}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
