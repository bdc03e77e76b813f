import { formatNumber, type Lang } from '../i18n/index.ts';
import type { SheetError, SheetErrorCode } from './sheet.ts';

type Params = Readonly<Record<string, string | number>>;
type Sentence = (p: Params) => string;

const french = (): Record<SheetErrorCode, Sentence> => {
  const n = (value: string | number | undefined): string => formatNumber(Number(value), 'fr');
  return {
    empty: () => 'Ce fichier est vide.',
    'too-big': (p) =>
      `Ce fichier dépasse ${n(p.megabytes)} Mo. Retirez les feuilles ou colonnes inutiles, ou coupez-le en deux.`,
    'too-big-inside': () =>
      'Ce classeur est trop gros une fois décompressé. Enregistrez la seule feuille utile en CSV.',
    'too-many-lines': (p) => `Plus de ${n(p.max)} lignes. Coupez le fichier en plusieurs.`,
    'too-many-columns': (p) => `Plus de ${n(p.max)} colonnes. Retirez celles qui ne servent pas.`,
    'not-a-sheet': () => 'Ce fichier n’est pas un tableau. Envoyez un fichier Excel (.xlsx) ou CSV.',
    'old-excel': () =>
      'C’est un ancien fichier Excel (.xls), ou un classeur protégé par un mot de passe. Enregistrez-le sans mot de passe en .xlsx ou en CSV.',
    'cut-off': (p) =>
      Number(p.line) > 0
        ? `Ce fichier est coupé : un guillemet ouvert vers la ligne ${n(p.line)} ne se ferme pas. Exportez-le à nouveau.`
        : 'Ce fichier est coupé : il manque la fin. Exportez-le ou téléchargez-le à nouveau.',
    damaged: (p) =>
      Number(p.line) > 0
        ? `La ligne ${n(p.line)} est illisible. Exportez le fichier à nouveau.`
        : 'Ce fichier est abîmé : rien n’a pu être lu. Exportez-le à nouveau, en CSV si possible.',
    'no-header': () => 'La première ligne doit porter les titres des colonnes.',
    'no-lines': () => 'Il n’y a que des titres, aucune ligne.',
    'too-slow': () => 'La lecture prend trop de temps. Enregistrez le fichier en CSV et renvoyez-le.',
  };
};

const english = (): Record<SheetErrorCode, Sentence> => {
  const n = (value: string | number | undefined): string => formatNumber(Number(value), 'en');
  return {
    empty: () => 'This file is empty.',
    'too-big': (p) =>
      `This file is over ${n(p.megabytes)} MB. Take out what is not needed, or cut it in two.`,
    'too-big-inside': () => 'This workbook is too large once unpacked. Save the one useful sheet as CSV.',
    'too-many-lines': (p) => `More than ${n(p.max)} lines. Cut the file in several.`,
    'too-many-columns': (p) => `More than ${n(p.max)} columns. Take out those that are not needed.`,
    'not-a-sheet': () => 'This file is no table. Send an Excel (.xlsx) or CSV file.',
    'old-excel': () =>
      'This is an old Excel file (.xls), or a workbook under a password. Save it without a password as .xlsx or CSV.',
    'cut-off': (p) =>
      Number(p.line) > 0
        ? `This file is cut off: a quotation mark opened near line ${n(p.line)} is never closed. Export it again.`
        : 'This file is cut off: its end is missing. Export or download it again.',
    damaged: (p) =>
      Number(p.line) > 0
        ? `Line ${n(p.line)} cannot be read. Export the file again.`
        : 'This file is damaged: nothing could be read. Export it again, as CSV if possible.',
    'no-header': () => 'The first line must have the titles of the columns.',
    'no-lines': () => 'There are titles only, and no line.',
    'too-slow': () => 'Reading it takes too long. Save the file as CSV and send it again.',
  };
};

/** Why a file is not a table we can read, and what to do. */
export const sheetSentence = (error: SheetError, lang: Lang): string =>
  (lang === 'fr' ? french() : english())[error.code](error.params ?? {});
