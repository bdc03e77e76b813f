import type { FieldError, FieldErrors, FormErrorCode } from './form.ts';
import { formatNumber, type Lang } from './i18n/index.ts';

type Params = Readonly<Record<string, string | number>>;
const n = (value: string | number | undefined, lang: Lang): string => formatNumber(Number(value), lang);

const FR: Record<FormErrorCode, (p: Params) => string> = {
  required: () => 'À renseigner.',
  'too-long': (p) => `Trop long : ${n(p.max, 'fr')} caractères au plus.`,
  'not-a-number': () => 'Indiquez un nombre entier, par exemple 12.',
  'too-small': (p) => `Indiquez au moins ${n(p.min, 'fr')}.`,
  'too-large': (p) => `Indiquez au plus ${n(p.max, 'fr')}.`,
  'not-money': () => 'Indiquez un montant en euros, par exemple 1 250 ou 1 250,50.',
  'not-a-date': () => 'Cette date n’existe pas. Écrivez par exemple 08/03/2027.',
  'not-an-email': () => 'Indiquez une adresse comme nom@entreprise.fr.',
  'not-a-choice': () => 'Choisissez l’une des réponses proposées.',
  'not-an-id': () => 'Cette référence n’est pas valable. Revenez à la liste et recommencez.',
  'bad-characters': () => 'Ce texte contient des caractères invisibles. Retapez-le.',
  'too-many': (p) => `Trop d’éléments : ${n(p.max ?? 0, 'fr')} au plus.`,
  invalid: () => 'Cette réponse n’est pas valable.',
};

const EN: Record<FormErrorCode, (p: Params) => string> = {
  required: () => 'Please fill this in.',
  'too-long': (p) => `Too long: ${n(p.max, 'en')} characters at most.`,
  'not-a-number': () => 'Give a whole number, such as 12.',
  'too-small': (p) => `Give at least ${n(p.min, 'en')}.`,
  'too-large': (p) => `Give at most ${n(p.max, 'en')}.`,
  'not-money': () => 'Give an amount in euros, such as 1250 or 1250.50.',
  'not-a-date': () => 'There is no such date. Write 2027-03-08, for example.',
  'not-an-email': () => 'Give an address such as name@company.com.',
  'not-a-choice': () => 'Choose one of the answers offered.',
  'not-an-id': () => 'This reference is not valid. Go back to the list and start again.',
  'bad-characters': () => 'This text has invisible characters. Please type it again.',
  'too-many': (p) => `Too many: ${n(p.max ?? 0, 'en')} at most.`,
  invalid: () => 'This answer is not valid.',
};

/** A field's error in words. */
export const errorSentence = (error: FieldError, lang: Lang): string =>
  (lang === 'fr' ? FR : EN)[error.code](error.params ?? {});

/** The errors of a form in words, by field. */
export const errorSentences = (errors: FieldErrors, lang: Lang): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([field, error]) => [field, errorSentence(error, lang)]));
