/** What one can press. At most one ember button a page: the reader's next action. */
import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icons.tsx';

/** `main`: the one next action (ember). `plain`: any other. `quiet`: without a frame, for rows and corners. */
export type ButtonKind = 'main' | 'plain' | 'quiet';

interface Face {
  readonly kind?: ButtonKind | undefined;
  readonly icon?: IconName | undefined;
  readonly children: Child;
}

const face = (kind: ButtonKind = 'plain'): string => `button button-${kind}`;

export interface ButtonProps extends Face {
  /** Default `submit`. */
  readonly type?: 'submit' | 'button';
  readonly name?: string;
  readonly value?: string;
  /** Submits to another address than the form's own. */
  readonly formAction?: string;
  /** The id of a form elsewhere on the page. */
  readonly form?: string;
  /** The id of a {@link Dialog} or {@link Popover} that it opens. */
  readonly opens?: string;
  readonly disabled?: boolean;
}

/** A button of a form, or with `opens` one that shows a dialog or popover (no script needed). */
export const Button = ({
  kind,
  icon,
  children,
  type,
  name,
  value,
  formAction,
  form,
  opens,
  disabled,
}: ButtonProps) => (
  <button
    class={face(kind)}
    type={opens === undefined ? (type ?? 'submit') : 'button'}
    name={name}
    value={value}
    formaction={formAction}
    form={form}
    popovertarget={opens}
    disabled={disabled}
  >
    {icon && <Icon name={icon} />}
    <span>{children}</span>
  </button>
);

export interface LinkProps extends Face {
  readonly href: string;
  /** Set for a file to save rather than to show. */
  readonly download?: boolean;
}

/** A link that looks like a button: for going somewhere; what writes is a form with a {@link Button}. */
export const ButtonLink = ({ kind, icon, children, href, download }: LinkProps) => (
  <a class={face(kind)} href={href} download={download}>
    {icon && <Icon name={icon} />}
    <span>{children}</span>
  </a>
);

/** A form that is one button: for an action that needs nothing but a press. `fields` go as hidden inputs. */
export const ActionButton = ({
  action,
  fields = {},
  ...button
}: Face & { readonly action: string; readonly fields?: Readonly<Record<string, string>> }) => (
  <form method="post" action={action} class="action-button">
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Button kind={button.kind} icon={button.icon}>
      {button.children}
    </Button>
  </form>
);

/** A row of buttons; on a phone they stack, thumb-sized. */
export const Actions = ({ children }: { readonly children: Child }) => <div class="actions">{children}</div>;
