import type { CampaignKind } from './kind.ts';

const KINDS = new Map<string, CampaignKind>();

/** Adds a kind to the program; the composition root does it once a kind, at start. */
export function registerKind(kind: CampaignKind): void {
  KINDS.set(kind.name, kind);
}

/** The kind of this name, if the program knows it. */
export const findKind = (name: string): CampaignKind | undefined => KINDS.get(name);

/** The kind of a stored campaign. Throws when the program no longer knows it. */
export function getKind(name: string): CampaignKind {
  const kind = KINDS.get(name);
  if (!kind) throw new Error(`no campaign kind ${name}`);
  return kind;
}

export const listKinds = (): readonly CampaignKind[] => [...KINDS.values()];
