import { IMPORT_FIELDS, type ImportField } from '../types.ts';
import { foldText } from './search.ts';

/** Headers as cluster offices write them, folded. The first names of a field are also what exports call it. */
const HEADERS: Readonly<Record<ImportField, readonly string[]>> = {
  name: [
    'nom',
    'name',
    'entreprise',
    'company',
    'societe',
    'raison sociale',
    'denomination',
    'nom de l entreprise',
    'adherent',
    'member',
    'organisation',
    'organization',
    'company name',
    'nom complet',
    'denominationunitelegale',
  ],
  siren: ['siren', 'n siren', 'no siren', 'numero siren', 'siren number'],
  siret: ['siret', 'n siret', 'no siret', 'numero siret', 'siret du siege', 'siret siege', 'siret number'],
  formerNames: ['anciens noms', 'former names', 'ancien nom', 'former name', 'ex', 'anciennement'],
  group: ['groupe', 'group', 'groupe d appartenance', 'maison mere', 'parent company', 'parent'],
  department: [
    'departement du cluster',
    'department',
    'departement',
    'departements',
    'departments',
    'filiere',
    'pole',
    'section',
    'branche',
    'secteur',
  ],
  activity: [
    'activite',
    'activity',
    'activites',
    'activities',
    'savoir faire',
    'know how',
    'metier',
    'description',
  ],
  nafRev2: ['code naf rev 2', 'naf rev 2', 'naf', 'code naf', 'ape', 'code ape', 'naf rev2', 'nace'],
  naf2025: ['naf 2025', 'code naf 2025', 'ape 2025', 'naf25'],
  town: ['commune', 'town', 'ville', 'city', 'localite', 'libellecommuneetablissement'],
  postcode: ['code postal', 'postcode', 'cp', 'zip', 'zip code', 'postal code', 'codepostaletablissement'],
  heads: [
    'effectif du siege',
    'headcount of the head office',
    'effectif',
    'headcount',
    'effectifs',
    'nombre de salaries',
    'salaries',
    'nb salaries',
    'employees',
    'staff',
    'heads',
  ],
  headsYear: ['annee de l effectif', 'headcount year', 'annee', 'year', 'annee effectif'],
  joinedOn: [
    'adherent depuis',
    'member since',
    'date d adhesion',
    'adhesion',
    'joined on',
    'joined',
    'entree',
  ],
  leftOn: [
    'parti le',
    'sorti le',
    'left on',
    'date de sortie',
    'date de depart',
    'demission',
    'left',
    'sortie',
  ],
  delegateName: [
    'delegue',
    'delegate',
    'nom du delegue',
    'contact',
    'interlocuteur',
    'representant',
    'referent',
    'dirigeant',
    'contact name',
    'delegate name',
  ],
  delegateEmail: [
    'courriel du delegue',
    'delegate e mail',
    'courriel',
    'email',
    'e mail',
    'mail',
    'adresse mail',
    'adresse e mail',
    'contact email',
    'delegate email',
  ],
  delegatePhone: [
    'telephone du delegue',
    'delegate phone',
    'telephone',
    'phone',
    'tel',
    'mobile',
    'portable',
    'telephone portable',
  ],
};

/**
 * Guesses what each column holds from its header, in French or English; an empty text where nothing fits. A field goes
 * to one column only, the first whose header is nearest to its usual names.
 */
export function guessColumns(headers: readonly string[]): (ImportField | '')[] {
  const folded = headers.map(foldText);
  const guess: (ImportField | '')[] = headers.map(() => '');
  for (const field of IMPORT_FIELDS)
    for (const header of HEADERS[field]) {
      const at = folded.findIndex((name, i) => name === header && guess[i] === '');
      if (at === -1) continue;
      guess[at] = field;
      break;
    }
  return guess;
}
