/** The secrecy mark: a small shield on every protected figure, with the rule in one sentence. */
import type { Child } from 'hono/jsx';
import type { Lang } from '../platform/i18n/index.ts';
import { Icon } from './icons.tsx';
import { uiTexts } from './texts.ts';

export interface SecrecyMarkProps {
  readonly lang: Lang;
  /** Unique on the page. */
  readonly id: string;
  /** "Vos concurrents, le bureau et la trésorière ne voient jamais ce chiffre." */
  readonly rule: string;
}

/** A shield that opens its rule; it works without script and from the keyboard. */
export const SecrecyMark = ({ lang, id, rule }: SecrecyMarkProps) => (
  <>
    <button class="secrecy" type="button" popovertarget={id}>
      <Icon name="shield" label={uiTexts(lang).secrecy.label} />
    </button>
    <span id={id} class="popover" popover="auto">
      <strong>{uiTexts(lang).secrecy.rule}</strong> {rule}
    </span>
  </>
);

/** A figure and its shield, kept on one line. */
export const Protected = ({ children, ...mark }: SecrecyMarkProps & { readonly children: Child }) => (
  <span class="protected">
    {children}
    <SecrecyMark {...mark} />
  </span>
);
