/** The bones of a page: rail of rooms, header, opening block, sections, side note. */

import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { formatDate, type Lang } from '../platform/i18n/index.ts';
import { type AssetName, assetUrl } from './assets.ts';
import { Button } from './button.tsx';
import { Icon, type IconName, Mark } from './icons.tsx';
import { Badge, type State } from './notice.tsx';
import { uiTexts } from './texts.ts';

/** A room of the rail: a feature that this role may enter. */
export interface Room {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  readonly current: boolean;
}

/** A hat that the person may put on: a company, or an office of the cluster. */
export interface Hat {
  readonly value: string;
  readonly label: string;
}

/** Who is signed in, for whom they act, and what else they could act for. */
export interface Account {
  readonly name: string;
  /** "Forges du Val, déléguée". */
  readonly actingAs: string;
  readonly current: string;
  /** With more than one, the menu offers to change hats: `POST hatAction` with field `as`. */
  readonly hats: readonly Hat[];
  readonly hatAction: string;
  readonly signOutAction: string;
}

export type Theme = 'light' | 'dark';

export interface LayoutProps {
  readonly lang: Lang;
  /** Title of the document; the page's own `<h1>` is in {@link Opening}. */
  readonly title: string;
  readonly cluster: { readonly name: string; readonly href: string };
  readonly rooms: readonly Room[];
  /** Null for a visitor: the header then links to `signInHref`. */
  readonly account: Account | null;
  readonly signInHref?: string;
  /** Undefined: as the device. */
  readonly theme?: Theme | undefined;
  /**
   * Address of the page itself, where the reader comes back after a change of language or appearance:
   * `POST preferencesAction` with fields `lang` or `theme` (`light`, `dark`, `system`) and `back`.
   */
  readonly path: string;
  readonly preferencesAction?: string;
  /** Scripts of live views (`islands/solver`, `htmx`, `htmx-sse`); none by default. */
  readonly scripts?: readonly AssetName[];
  /** A sentence above everything: demonstration, maintenance. */
  readonly banner?: Child;
  /** Help and history beside the content on wide screens, after it elsewhere. */
  readonly note?: Child;
  /** Links at the foot of the page: source of the figures, personal data, help. */
  readonly footer?: Child;
  readonly children: Child;
}

/** A whole document. Everything works without script; `scripts` only add life to live views. */
export function Layout(props: LayoutProps) {
  const { lang, title, cluster, rooms, account, theme, scripts = [], banner, note, footer, children } = props;
  const t = uiTexts(lang).layout;
  const live = scripts.includes('htmx');
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang={lang} data-theme={theme}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${title} · ${cluster.name}`}</title>
          <meta name="color-scheme" content={theme ?? 'light dark'} />
          <link rel="preload" href={assetUrl('font')} as="font" type="font/woff2" crossorigin="" />
          <link rel="stylesheet" href={assetUrl('css')} />
          <link rel="icon" href={assetUrl('mark')} type="image/svg+xml" />
          {live && <meta name="htmx-config" content='{"includeIndicatorCSS":false,"extensions":"sse"}' />}
          {scripts.map((name) => (
            <script type={name.startsWith('islands/') ? 'module' : undefined} src={assetUrl(name)} defer />
          ))}
        </head>
        <body class={rooms.length === 0 ? 'page page-bare' : 'page'}>
          <a class="skip" href="#content">
            {t.skip}
          </a>
          <header class="top">
            <a class="brand" href={cluster.href}>
              <Mark />
              <span>{cluster.name}</span>
            </a>
            <Preferences {...props} />
          </header>
          {rooms.length > 0 && (
            <nav class="rail" aria-label={t.rooms}>
              <ul>
                {rooms.map((room) => (
                  <li>
                    <a href={room.href} aria-current={room.current ? 'page' : undefined}>
                      <Icon name={room.icon} />
                      <span>{room.label}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          )}
          <div class={note ? 'body body-noted' : 'body'}>
            <main id="content" tabindex={-1}>
              {banner && <p class="banner">{banner}</p>}
              {children}
            </main>
            {note && (
              <aside class="note" aria-label={t.note}>
                {note}
              </aside>
            )}
          </div>
          <footer class="foot">
            <p>{t.footer}</p>
            {footer}
          </footer>
          {account === null ? null : <AccountMenu {...props} account={account} />}
        </body>
      </html>
    </>
  );
}

/** Language, appearance, account: at the right of the header. */
function Preferences({
  lang,
  path,
  preferencesAction = '/preferences',
  account,
  signInHref,
  theme,
}: LayoutProps) {
  const t = uiTexts(lang).layout;
  const other: Lang = lang === 'fr' ? 'en' : 'fr';
  return (
    <div class="top-tools">
      <form method="post" action={preferencesAction}>
        <input type="hidden" name="back" value={path} />
        <button class="button button-quiet" type="submit" name="lang" value={other} lang={other}>
          {t.otherLanguage}
        </button>
      </form>
      {account === null ? (
        <>
          <ThemeForm lang={lang} path={path} action={preferencesAction} theme={theme} compact />
          {signInHref && (
            <a class="button button-plain" href={signInHref}>
              {t.signIn}
            </a>
          )}
        </>
      ) : (
        <button class="button button-quiet account-button" type="button" popovertarget="account-menu">
          <Icon name="person" />
          <span class="account-names">
            <span class="sr">{`${t.menu}${uiTexts(lang).colon}`}</span>
            <strong>{account.name}</strong>
            <small>{account.actingAs}</small>
          </span>
          <Icon name="chevron" />
        </button>
      )}
    </div>
  );
}

function AccountMenu(props: LayoutProps & { readonly account: Account }) {
  const { lang, account, path, theme, preferencesAction = '/preferences' } = props;
  const t = uiTexts(lang).layout;
  return (
    <div id="account-menu" class="popover menu" popover="auto">
      {account.hats.length > 1 && (
        <form method="post" action={account.hatAction} class="menu-part">
          <label for="hat">{t.actingFor}</label>
          <select id="hat" name="as">
            {account.hats.map((hat) => (
              <option value={hat.value} selected={hat.value === account.current}>
                {hat.label}
              </option>
            ))}
          </select>
          <Button>{t.actAs}</Button>
        </form>
      )}
      <ThemeForm lang={lang} path={path} action={preferencesAction} theme={theme} />
      <form method="post" action={account.signOutAction} class="menu-part">
        <Button kind="quiet" icon="out">
          {t.signOut}
        </Button>
      </form>
    </div>
  );
}

interface ThemeFormProps {
  readonly lang: Lang;
  readonly path: string;
  readonly action: string;
  readonly theme: Theme | undefined;
  /** One button that turns to the next appearance, for the header of a visitor. */
  readonly compact?: boolean;
}

function ThemeForm({ lang, path, action, theme, compact = false }: ThemeFormProps) {
  const t = uiTexts(lang).layout;
  const choices: readonly (readonly [Theme | 'system', string])[] = [
    ['system', t.themeSystem],
    ['light', t.themeLight],
    ['dark', t.themeDark],
  ];
  const shown = compact
    ? choices.filter(([value]) => value === (theme === 'dark' ? 'light' : 'dark'))
    : choices;
  return (
    <form method="post" action={action} class={compact ? undefined : 'menu-part'}>
      <input type="hidden" name="back" value={path} />
      {!compact && <p class="menu-title">{t.theme}</p>}
      <div class={compact ? undefined : 'segmented'}>
        {shown.map(([value, label]) => (
          <button
            class={compact ? 'button button-quiet' : undefined}
            type="submit"
            name="theme"
            value={value}
            aria-pressed={compact ? undefined : value === (theme ?? 'system') ? 'true' : 'false'}
          >
            {label}
          </button>
        ))}
      </div>
    </form>
  );
}

export interface OpeningProps {
  readonly lang: Lang;
  readonly title: string;
  /** Where the page is: links from the room down to it, the page itself left out. */
  readonly trail?: readonly { readonly href: string; readonly label: string }[];
  /** The state in words, with its shape. */
  readonly state?: { readonly kind: State; readonly label: string } | undefined;
  /** What happens next: "Le plan sera proposé". */
  readonly next?: Child;
  /** By when, an ISO date or words. */
  readonly by?: string | undefined;
  /** The one main action: a {@link Button} or {@link ButtonLink} of kind `main`. */
  readonly action?: Child;
  /** One or two sentences under the title. */
  readonly children?: Child;
}

/** How every page opens: title, state in words, what happens next and by when, the one main action. */
export function Opening({ lang, title, trail = [], state, next, by, action, children }: OpeningProps) {
  const t = uiTexts(lang).layout;
  return (
    <div class="opening">
      {trail.length > 0 && (
        <nav class="trail" aria-label={t.trail}>
          <ol>
            {trail.map((step) => (
              <li>
                <a href={step.href}>{step.label}</a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <h1>{title}</h1>
      {children && <div class="lead">{children}</div>}
      {(state || next || by || action) && (
        <div class="cartouche">
          <dl>
            {state && (
              <div>
                <dt>{t.state}</dt>
                <dd>
                  <Badge state={state.kind}>{state.label}</Badge>
                </dd>
              </div>
            )}
            {next && (
              <div class="cartouche-next">
                <dt>{t.next}</dt>
                <dd>{next}</dd>
              </div>
            )}
            {by && (
              <div>
                <dt>{t.by}</dt>
                <dd>
                  {/^\d{4}-\d{2}-\d{2}$/.test(by) ? <time datetime={by}>{formatDate(by, lang)}</time> : by}
                </dd>
              </div>
            )}
          </dl>
          {action && <div class="cartouche-action">{action}</div>}
        </div>
      )}
    </div>
  );
}

export interface SectionProps {
  /** Anchor; the heading's id too. */
  readonly id: string;
  readonly title: string;
  /** Small actions at the right of the heading. */
  readonly tools?: Child;
  readonly children: Child;
}

/** A part of a page under a heading, with a hairline above. */
export const Section = ({ id, title, tools, children }: SectionProps) => (
  <section class="section" aria-labelledby={id}>
    <div class="section-head">
      <h2 id={id}>{title}</h2>
      {tools && <div class="section-tools">{tools}</div>}
    </div>
    {children}
  </section>
);

/** One block of the side note. */
export const NoteBlock = ({ title, children }: { readonly title: string; readonly children: Child }) => (
  <div class="note-block">
    <h2>{title}</h2>
    {children}
  </div>
);
