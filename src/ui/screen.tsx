/** A page of the product: the layout filled from the visitor's frame, with what the last action said. */
import type { Child } from 'hono/jsx';
import type { Frame } from '../platform/html.ts';
import type { AssetName } from './assets.ts';
import type { IconName } from './icons.tsx';
import { Layout } from './layout.tsx';
import { Notice } from './notice.tsx';

export interface ScreenProps {
  readonly frame: Frame;
  readonly title: string;
  readonly scripts?: readonly AssetName[];
  readonly note?: Child;
  readonly children: Child;
}

export const Screen = ({ frame, title, scripts, note, children }: ScreenProps) => (
  <Layout
    lang={frame.lang}
    title={title}
    cluster={{ name: frame.clusterName, href: frame.links.home }}
    rooms={frame.rooms.map((room) => ({ ...room, icon: room.icon as IconName }))}
    account={
      frame.account && {
        name: frame.account.name,
        actingAs: frame.account.actingAs,
        current: frame.account.roleId,
        hats: frame.account.roles.map((role) => ({ value: role.roleId, label: role.label })),
        hatAction: frame.links.takeRole,
        signOutAction: frame.links.signOut,
      }
    }
    signInHref={frame.links.signIn}
    theme={frame.theme ?? undefined}
    path={frame.path}
    preferencesAction={frame.links.preferences}
    {...(scripts ? { scripts } : {})}
    {...(note ? { note } : {})}
    {...(frame.demo ? { banner: frame.links.demoBanner } : {})}
    footer={
      <ul class="foot-links">
        {frame.links.footer.map((link) => (
          <li>
            <a href={link.href}>{link.label}</a>
          </li>
        ))}
      </ul>
    }
  >
    {frame.notice && <Notice lang={frame.lang} kind="success" happened={frame.notice} />}
    {children}
  </Layout>
);
