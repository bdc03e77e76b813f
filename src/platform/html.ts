import type { Lang } from './i18n/index.ts';

/** A room of the house, as the menu shows it. */
export interface Room {
  readonly href: string;
  readonly label: string;
  /** Name of an icon of the design system. */
  readonly icon: string;
  readonly current: boolean;
}

/** What frames every page: who reads it, in which language, with which rooms. */
export interface Frame {
  readonly lang: Lang;
  readonly theme: 'light' | 'dark' | null;
  readonly clusterName: string;
  readonly demo: boolean;
  /** Path and query of this page, to come back to. */
  readonly path: string;
  readonly rooms: readonly Room[];
  /** Null for a visitor who has not signed in. */
  readonly account: Account | null;
  /** What the last action did, once. */
  readonly notice: string | null;
  readonly links: FrameLinks;
}

/** Addresses that every page carries. */
export interface FrameLinks {
  readonly home: string;
  readonly signIn: string;
  readonly signOut: string;
  readonly takeRole: string;
  readonly preferences: string;
  readonly footer: readonly { readonly href: string; readonly label: string }[];
  readonly demoBanner: string;
}

export interface Account {
  readonly name: string;
  /** "Secretary", "Delegate of Forge du Val". */
  readonly actingAs: string;
  /** The role held that this session acts in, and all that the person may act in. */
  readonly roleId: string;
  readonly roles: readonly { readonly roleId: string; readonly label: string }[];
}

/** A finished page as HTML text. */
export const documentOf = async (element: unknown): Promise<string> => String(await element);
