import { formatDate, formatNumber, joinList, plural } from '../../platform/i18n/index.ts';
import {
  type Band,
  bandRange,
  type CompanyRole,
  type ImportField,
  type Kind,
  type ReasonCode,
} from './types.ts';

/** Values of a sentence, as text. */
type Told = Readonly<Record<string, string>>;

const n = (value: string | number | undefined): string => formatNumber(Number(value ?? 0), 'fr');
const day = (iso: string | undefined): string =>
  iso && /^\d{4}-\d\d-\d\d$/.test(iso) ? formatDate(iso, 'fr') : '';

const FIELDS: Readonly<Record<string, string>> = {
  kind: 'le rôle dans le cluster',
  name: 'le nom',
  formerNames: 'les anciens noms',
  siren: 'le SIREN',
  group: 'le groupe',
  activity: 'le savoir-faire',
  nafRev2: 'le code NAF rév. 2',
  naf2025: 'le code NAF 2025',
  joinedOn: 'la date d’adhésion',
  leftOn: 'la date de départ',
  departments: 'les départements du cluster',
};
const fieldNames = (codes: string | undefined): string =>
  joinList(
    (codes ?? '')
      .split(',')
      .filter((code) => code !== '')
      .map((code) => FIELDS[code] ?? code),
    'fr',
  );

const roles: Record<CompanyRole, string> = {
  delegate: 'Délégué',
  deputy: 'Suppléant',
  board: 'Membre du bureau',
};
const roleName = (role: string | undefined): string =>
  (roles[role as CompanyRole] ?? role ?? '').toLocaleLowerCase('fr');

const taken = (p: Told): string =>
  `Le fichier donne déjà ${p.value ? `« ${p.value} »` : 'cette entreprise'} à la ligne ${n(p.line)}.`;
const lostZeros = (p: Told, length: number): string =>
  `« ${p.value} » a perdu ses zéros de tête dans le tableur : ce serait ${(p.value ?? '').padStart(length, '0')}. Mettez la colonne au format Texte et ressaisissez-le.`;
const rounded = (p: Told): string =>
  `« ${p.value} » est un nombre arrondi par le tableur. Mettez la colonne au format Texte et ressaisissez le numéro entier.`;

export const fr = {
  room: 'Adhérents',
  kinds: { member: 'Adhérents', partner: 'Partenaires', provider: 'Prestataires' } satisfies Record<
    Kind,
    string
  >,
  kind: { member: 'Adhérent', partner: 'Partenaire', provider: 'Prestataire' } satisfies Record<Kind, string>,
  counted: {
    member: (count: number): string => plural(count, 'fr', 'adhérent', 'adhérents'),
    partner: (count: number): string => plural(count, 'fr', 'partenaire', 'partenaires'),
    provider: (count: number): string => plural(count, 'fr', 'prestataire', 'prestataires'),
  } satisfies Record<Kind, (count: number) => string>,
  moreThan: (counted: string): string => `plus de ${counted}`,
  lead: {
    member: 'Les entreprises du cluster. Un clic sur un nom ouvre sa fiche.',
    partner: 'Ceux qui travaillent avec le cluster sans en être membres.',
    provider:
      'Ceux que le cluster fait travailler : organismes de formation, bureaux d’études, transporteurs.',
  } satisfies Record<Kind, string>,
  searchLabel: 'Nom, ancien nom, commune, savoir-faire ou SIREN',
  columns: {
    name: 'Entreprise',
    town: 'Commune',
    departments: 'Département du cluster',
    band: 'Effectif',
    group: 'Groupe',
    delegate: 'Délégué',
  },
  noDelegate: 'à désigner',
  filter: {
    kind: 'Qui',
    department: 'Département du cluster',
    town: 'Commune',
    size: 'Effectif',
    former: 'Ceux qui sont partis',
    withoutDelegate: 'Sans délégué',
    any: 'Tous',
    anySize: 'Toutes les tailles',
    text: (q: string): string => `« ${q} »`,
    in: (town: string): string => `à ${town}`,
    sizeFrom: (from: number): string => `${n(from)} salariés et plus`,
    group: (name: string): string => `groupe ${name}`,
    formerOn: 'partis',
    withoutDelegateOn: 'sans délégué',
  },
  band: (band: Band): string => {
    const range = bandRange(band);
    if (range === null) return 'non connu';
    if (range.to === 0) return 'aucun salarié';
    if (range.to === null) return `${n(range.from)} salariés et plus`;
    return `${n(range.from)} à ${n(range.to)} salariés`;
  },
  /** In a column headed "Effectif". */
  bandShort: (band: Band): string => {
    const range = bandRange(band);
    if (range === null) return '–';
    if (range.to === 0) return '0';
    return range.to === null ? `${n(range.from)} et plus` : `${n(range.from)} à ${n(range.to)}`;
  },
  empty: {
    filtered: 'Aucune entreprise ne répond à tout cela. Retirez un filtre, ou cherchez une partie du nom.',
    none: 'Personne encore. Ajoutez une entreprise, ou importez votre tableau : rien ne s’écrit avant votre accord.',
    noneReader: 'Personne encore. Le secrétariat ajoute les entreprises.',
  },
  exports: { excel: 'Excel', open: 'données ouvertes (CSV)' },
  add: 'Ajouter une entreprise',
  importAction: 'Importer un tableau',
  note: 'Les noms des délégués et les effectifs exacts ne sont lus que par l’entreprise et par le secrétariat. Les autres lisent une tranche.',
  member: {
    state: { member: 'Adhérent', former: 'Parti', partner: 'Partenaire', provider: 'Prestataire' },
    since: (on: string): string => `depuis le ${formatDate(on, 'fr')}`,
    on: (on: string): string => `le ${formatDate(on, 'fr')}`,
    illustrative: 'Faits publics, adhésion illustrative',
    illustrativeNote:
      'Cette entreprise est réelle. N’apparaissent ici que des faits publiés, avec leur source. Son adhésion à ce cluster de démonstration est une illustration : elle n’a ni compte, ni besoin, ni voix.',
    fictive: 'SIREN de démonstration : aucune entreprise réelle ne le porte.',
    identity: 'Identité',
    siren: 'SIREN',
    noSiren: 'non renseigné',
    vat: 'TVA intracommunautaire',
    formerNames: 'Anciens noms',
    group: 'Groupe',
    siblings: 'Même groupe',
    departments: 'Départements du cluster',
    activity: 'Savoir-faire',
    naf: 'Code NAF',
    headcount: 'Effectif',
    headsOf: (heads: number): string => plural(heads, 'fr', 'personne', 'personnes'),
    headsSecret: 'Effectif exact : lu par l’entreprise et le secrétariat. Les autres lisent la tranche.',
    sites: 'Sites',
    site: 'Site',
    siret: 'SIRET',
    town: 'Commune',
    headOffice: 'siège',
    noSites: 'Aucun site connu.',
    headcounts: 'Effectif par site et par an',
    year: 'Année',
    heads: 'Personnes',
    source: 'Source',
    visibility: 'Lu par',
    published: 'tous',
    protected: 'l’entreprise et le secrétariat',
    noHeadcounts:
      'Aucun effectif connu. Indiquez celui de chaque site au 31 décembre : la tranche s’en déduit.',
    onlyBand: 'Les effectifs exacts ne sont lus que par l’entreprise et le secrétariat.',
    people: 'Personnes et mandats',
    person: 'Personne',
    role: 'Rôle',
    contact: 'Joindre',
    period: 'Période',
    from: (on: string): string => `depuis le ${formatDate(on, 'fr')}`,
    between: (from: string, to: string): string => `du ${formatDate(from, 'fr')} au ${formatDate(to, 'fr')}`,
    noPeople: 'Personne ne parle encore pour cette entreprise. Nommez un délégué : il recevra les appels.',
    peopleSecret: 'Les personnes d’une entreprise ne sont lues que par elle et par le secrétariat.',
    facts: 'Faits publics',
    sourceLine: (source: string, asOf?: string): string => `Source : ${source}${asOf ? `, ${asOf}` : ''}.`,
    history: 'Historique',
    noHistory: 'Rien n’a changé depuis l’arrivée dans Grappe.',
    edit: 'Modifier',
    addSite: 'Ajouter un site',
    addPerson: 'Ajouter une personne',
    recordHeads: 'Noter un effectif',
    correct: 'Corriger',
    endRole: 'Mettre fin',
  },
  roles,
  form: {
    create: 'Ajouter une entreprise',
    createLead:
      'Avec son siège. Les autres sites, les effectifs et les personnes s’ajoutent ensuite sur sa fiche.',
    update: (name: string): string => `Modifier ${name}`,
    kind: 'Rôle dans le cluster',
    name: 'Nom',
    formerNames: 'Anciens noms',
    formerNamesHint: 'Un par ligne. On retrouve l’entreprise par chacun d’eux.',
    siren: 'SIREN',
    sirenHint: '9 chiffres. La clé est vérifiée.',
    siret: 'SIRET du siège',
    siretHint: '14 chiffres, dont les 9 premiers sont le SIREN.',
    siteSiret: 'SIRET',
    group: 'Groupe',
    groupHint: 'Les entreprises d’un même groupe comptent pour une dans les totaux protégés.',
    departments: 'Départements du cluster',
    activity: 'Savoir-faire',
    activityHint: 'Ce que l’entreprise sait faire, en une ou deux phrases.',
    nafRev2: 'Code NAF rév. 2',
    naf2025: 'Code NAF 2025',
    nafHint: 'Comme 25.50A',
    joinedOn: 'Adhérent depuis le',
    leftOn: 'Parti le',
    town: 'Commune',
    postcode: 'Code postal',
    communeCode: 'Code commune (INSEE)',
    save: 'Enregistrer',
    cancel: 'Annuler',
    site: 'Nom du site',
    newSite: (name: string): string => `Nouveau site de ${name}`,
    editSite: (name: string): string => `Site ${name}`,
    isHeadOffice: 'C’est le siège',
    headcount: (name: string): string => `Effectif de ${name}`,
    headcountLead:
      'Le nombre de personnes au 31 décembre. Un nombre noté pour la même année remplace le précédent.',
    year: 'Année',
    heads: 'Personnes',
    isPublic: 'Ce chiffre est publié',
    isPublicHint: 'Tous les membres le liront. Sans cela, ils lisent une tranche.',
    source: 'Source',
    newRole: (name: string): string => `Une personne pour ${name}`,
    newRoleLead: 'Une adresse déjà connue du cluster désigne la même personne, avec un mandat de plus.',
    personName: 'Prénom et nom',
    email: 'Adresse électronique',
    phone: 'Téléphone',
    lang: 'Langue des messages',
    langs: { fr: 'Français', en: 'Anglais' },
    role: 'Rôle',
    startsOn: 'À partir du',
    editPerson: (name: string): string => `Joindre ${name}`,
    endRole: (name: string): string => `Fin du mandat de ${name}`,
    endsOn: 'Dernier jour',
    endLead:
      'La personne reste connue, avec ses autres mandats. Les appels ne lui parviendront plus pour cette entreprise.',
    meanwhile: 'Ce qui a été enregistré entre-temps',
    meanwhileLead:
      'Votre saisie est gardée ci-dessous. Comparez, corrigez si besoin, puis enregistrez : votre version remplacera celle-ci.',
    typed: 'Votre saisie',
    stored: 'Enregistré',
    field: 'Champ',
    nothing: '(vide)',
  },
  notices: {
    created: (name: string): string => `${name} est enregistré. Ajoutez ses sites et son délégué.`,
    updated: (name: string): string => `${name} est à jour.`,
    siteSaved: (name: string): string => `Le site ${name} est à jour.`,
    headsRecorded: 'L’effectif est noté, et la tranche est à jour.',
    roleGiven: (name: string, known: boolean): string =>
      known ? `${name}, déjà connu du cluster, a un mandat de plus.` : `${name} est enregistré.`,
    roleEnded: (name: string): string => `Le mandat de ${name} a une fin.`,
    personUpdated: (name: string): string => `Les coordonnées de ${name} sont à jour.`,
    imported: (created: number, changed: number, refused: number): string =>
      `${plural(created, 'fr', 'entreprise ajoutée', 'entreprises ajoutées')}, ${plural(changed, 'fr', 'mise à jour', 'mises à jour')}.${
        refused > 0
          ? ` ${plural(refused, 'fr', 'ligne est restée', 'lignes sont restées')} dehors : elles se téléchargent avec leurs motifs.`
          : ''
      }`,
    dropped: 'Le fichier est oublié. Rien n’a changé.',
  },
  import: {
    title: 'Importer un tableau',
    lead: 'Un fichier Excel (.xlsx) ou CSV, une ligne par entreprise. Rien ne s’écrit avant que vous ayez vu et confirmé les différences.',
    file: 'Fichier',
    fileHint: '5 Mo et 10 000 lignes au plus. La première ligne porte les titres des colonnes.',
    send: 'Lire le fichier',
    noFile: 'Choisissez un fichier.',
    rulesTitle: 'Comment il est lu',
    rules: [
      'Une entreprise est reconnue par son SIREN, sinon par son nom.',
      'Une case vide ne change rien : ce qui est connu reste.',
      'Une ligne douteuse reste dehors, avec le motif en toutes lettres. Jamais de correction en silence.',
      'Le fichier et les adresses qu’il contient sont effacés après 30 jours.',
    ],
    waiting: 'En attente de confirmation',
    lines: (count: number): string => plural(count, 'fr', 'ligne', 'lignes'),
    draft: (file: string): string => `Import de ${file}`,
    read: {
      csv: (encoding: string, separator: string): string =>
        `Lu comme CSV, ${encoding}, séparateur ${separator}.`,
      xlsx: (sheet: string, sheets: number): string =>
        sheets > 1
          ? `Lu comme Excel, feuille « ${sheet} », la première qui contient quelque chose. Les autres ne sont pas lues.`
          : `Lu comme Excel, feuille « ${sheet} ».`,
      api: 'Reçu d’un programme.',
    },
    separators: { ';': 'point-virgule', ',': 'virgule', '\t': 'tabulation' },
    columnsTitle: 'Colonnes',
    column: 'Colonne du fichier',
    examples: 'Exemples',
    holds: 'Contient',
    ignored: 'Ne pas lire',
    columnHolds: (column: string): string => `La colonne « ${column} » contient`,
    year: 'Année des effectifs',
    yearHint: 'Pour les lignes sans année.',
    remap: 'Relire ainsi',
    differenceTitle: 'Ce qui changera',
    linesTitle: 'Lignes du fichier',
    receivedAt: 'Reçu',
    tabs: { new: 'Nouvelles', changed: 'Modifiées', unchanged: 'Identiques', refused: 'Refusées' },
    line: 'Ligne',
    company: 'Entreprise',
    changes: 'Changements',
    reasons: 'Motifs',
    before: 'avant',
    after: 'après',
    noLines: 'Aucune ligne ici.',
    more: 'Lignes suivantes',
    confirm: (created: number, changed: number): string =>
      `Écrire ${plural(created, 'fr', 'nouvelle entreprise', 'nouvelles entreprises')} et ${plural(changed, 'fr', 'modification', 'modifications')}`,
    stays: (refused: number): string =>
      refused === 0
        ? 'Toutes les lignes sont bonnes.'
        : `${plural(refused, 'fr', 'ligne refusée reste', 'lignes refusées restent')} dehors.`,
    next: 'Vérifiez, puis confirmez. Tout s’écrit d’un coup, ou rien.',
    nothing: 'Rien à écrire : tout est déjà connu, ou refusé.',
    doneLead:
      'Les lignes refusées se téléchargent ci-dessous, avec leurs motifs, prêtes à corriger et à renvoyer.',
    state: { waiting: 'À confirmer', done: 'Écrit' },
    drop: 'Oublier ce fichier',
    refusedFile: { excel: 'lignes refusées (Excel)', open: 'lignes refusées (CSV)' },
    reasonColumn: 'Motif du refus',
    lineColumn: 'Ligne du fichier',
  },
  fields: {
    name: 'Nom',
    siren: 'SIREN',
    siret: 'SIRET',
    formerNames: 'Anciens noms',
    group: 'Groupe',
    department: 'Département du cluster',
    activity: 'Savoir-faire',
    nafRev2: 'Code NAF rév. 2',
    naf2025: 'Code NAF 2025',
    town: 'Commune',
    postcode: 'Code postal',
    heads: 'Effectif du siège',
    headsYear: 'Année de l’effectif',
    joinedOn: 'Adhérent depuis',
    leftOn: 'Parti le',
    delegateName: 'Délégué',
    delegateEmail: 'Courriel du délégué',
    delegatePhone: 'Téléphone du délégué',
  } satisfies Record<ImportField, string>,
  exportColumns: {
    total: 'Effectif de l’entreprise',
    band: 'Tranche d’effectif',
    bandCode: 'Code de tranche (INSEE)',
    id: 'Identifiant',
  },
  reasons: {
    'siren-rounded': rounded,
    'siren-lost-zeros': (p) => lostZeros(p, 9),
    'siren-length': (p) => `« ${p.value} » n’a pas 9 chiffres.`,
    'siren-key': (p) =>
      `« ${p.value} » n’est pas un SIREN : sa clé de contrôle est fausse. Un chiffre a sans doute été mal tapé.`,
    'siren-letters': (p) => `« ${p.value} » n’est pas un SIREN : il faut 9 chiffres.`,
    'siret-rounded': rounded,
    'siret-lost-zeros': (p) => lostZeros(p, 14),
    'siret-length': (p) => `« ${p.value} » n’a pas 14 chiffres.`,
    'siret-key': (p) =>
      `« ${p.value} » n’est pas un SIRET : sa clé de contrôle est fausse. Un chiffre a sans doute été mal tapé.`,
    'siret-letters': (p) => `« ${p.value} » n’est pas un SIRET : il faut 14 chiffres.`,
    'siret-of-another': (p) =>
      `Le SIRET ${p.siret} n’est pas celui du SIREN ${p.siren} : un SIRET commence par son SIREN.`,
    'siret-taken': (p) => `Le SIRET ${p.value} est déjà celui d’un site de ${p.name}.`,
    'other-siret': (p) =>
      `Le siège connu a le SIRET ${p.known}. Si ${p.value} est un autre site, ajoutez-le sur la fiche.`,
    'no-name': () => 'Il manque le nom, et le SIREN ne désigne aucune entreprise connue.',
    'too-long': (p) => `Texte trop long (${n(p.max)} caractères au plus) : « ${p.value} ».`,
    formula: (p) => `« ${p.value} » est une formule de tableur, pas une valeur.`,
    garbled: (p) => `Accents illisibles : « ${p.value} ». Enregistrez le fichier en « CSV UTF-8 ».`,
    'bad-characters': (p) => `Caractères invisibles dans « ${p.value} ».`,
    'cut-off': () => 'Le fichier s’arrête au milieu de cette ligne.',
    'excel-error': (p) => `Le tableur a écrit une erreur, « ${p.value} », au lieu d’une valeur.`,
    'too-many-cells': (p) =>
      `Plus de ${n(p.expected)} cases : un séparateur se trouve sans doute dans un texte sans guillemets.`,
    'heads-negative': (p) => `Un effectif ne peut pas être négatif : « ${p.value} ».`,
    'heads-not-whole': (p) => `« ${p.value} » n’est pas un nombre entier de personnes.`,
    'heads-too-large': (p) => `« ${p.value} » personnes : vérifiez ce nombre.`,
    'heads-of-several-sites': () =>
      'Cette entreprise a plusieurs sites : ajoutez le SIRET de celui qui compte ces personnes.',
    'year-wrong': (p) => `« ${p.value} » n’est pas une année possible (au plus ${p.max}).`,
    'not-a-date': (p) => `« ${p.value} » n’est pas une date qui existe. Écrivez 28/02/2021.`,
    'left-before-joined': () => 'La date de départ précède l’adhésion.',
    'not-an-email': (p) => `« ${p.value} » n’est pas une adresse électronique.`,
    'postcode-wrong': (p) => `« ${p.value} » n’est pas un code postal de 5 chiffres.`,
    'naf-wrong': (p) => `« ${p.value} » n’est pas un code NAF comme 25.50A.`,
    'department-unknown': (p) =>
      `« ${p.value} » n’est pas un département du cluster. Connus : ${p.known || 'aucun'}.`,
    'delegate-without-email': () =>
      'Le délégué n’a pas d’adresse électronique : on ne pourrait pas lui écrire.',
    'delegate-without-name': () => 'Cette adresse est nouvelle : il faut aussi le nom du délégué.',
    'duplicate-line': (p) => `Cette ligne répète mot pour mot la ligne ${n(p.line)}.`,
    'duplicate-siren': taken,
    'duplicate-siret': taken,
    'duplicate-company': taken,
    'ambiguous-name': (p) => `${n(p.count)} entreprises connues portent ce nom : donnez le SIREN.`,
    'same-name-other-siren': (p) =>
      `Une entreprise de ce nom est connue avec le SIREN ${p.known}, et non ${p.value}. Si c’en est une autre, ajoutez-la à la main.`,
  } satisfies Record<ReasonCode, (p: Told) => string>,
  tasks: {
    delegates: {
      what: (count: number): string =>
        `Nommer un délégué pour ${plural(count, 'fr', 'entreprise', 'entreprises')}`,
      why: 'Sans délégué, une entreprise ne reçoit pas les appels et ne peut pas répondre.',
      button: 'Voir lesquelles',
    },
    imports: {
      what: (count: number): string =>
        `Confirmer ${plural(count, 'fr', 'import de tableau', 'imports de tableaux')}`,
      why: 'Le fichier est lu, rien n’est encore écrit.',
      button: 'Relire',
    },
  },
  figures: {
    members: { label: 'Adhérents', note: 'aujourd’hui' },
    heads: { label: 'Emplois', note: 'dernier effectif connu de chaque site' },
    band: {
      label: 'Votre effectif',
      note: 'dernier effectif connu de chaque site ; les autres lisent une tranche',
    },
  },
  audit: {
    'members.organisation.create': (p) => `${p.name} a été ajouté.`,
    'members.organisation.update': (p) =>
      p.formerly
        ? `${p.formerly} s’appelle désormais ${p.name}. Changé : ${fieldNames(p.fields)}.`
        : p.fields
          ? `La fiche de ${p.name} a changé : ${fieldNames(p.fields)}.`
          : `La fiche de ${p.name} a été relue.`,
    'members.site.save': (p) =>
      p.added === 'true' ? `Site ajouté : ${p.site}, ${p.town}.` : `Site mis à jour : ${p.site}, ${p.town}.`,
    'members.headcount.record': (p) => `Effectif ${p.year} du site ${p.site} : ${n(p.heads)}.`,
    'members.role.give': (p) => `${p.person} est ${roleName(p.role)} depuis le ${day(p.on)}.`,
    'members.role.end': (p) => `${p.person} n’est plus ${roleName(p.role)} après le ${day(p.on)}.`,
    'members.person.update': (p) => `Les coordonnées de ${p.person} ont été corrigées.`,
    'members.import.upload': (p) =>
      `Fichier ${p.file} reçu, ${plural(Number(p.lines), 'fr', 'ligne', 'lignes')}.`,
    'members.import.map': () => 'Les colonnes d’un import ont été choisies.',
    'members.import.confirm': (p) =>
      `Import de ${p.file} : ${plural(Number(p.new), 'fr', 'nouvelle entreprise', 'nouvelles entreprises')}, ${plural(Number(p.changed), 'fr', 'modifiée', 'modifiées')}, ${plural(Number(p.refused), 'fr', 'ligne refusée', 'lignes refusées')}.`,
    'members.import.drop': () => 'Un fichier d’import a été oublié.',
  } satisfies Record<string, (p: Told) => string>,
  refusals: {
    'no-such-organisation': () => 'Cette entreprise n’existe plus. Revenez à la liste.',
    'no-such-site': () => 'Ce site n’existe plus. Revenez à la fiche.',
    'no-such-role': () => 'Ce mandat n’existe plus. Revenez à la fiche.',
    'no-such-person': () => 'Cette personne n’a plus de mandat ici. Revenez à la fiche.',
    'no-such-department': () => 'Un des départements choisis n’existe plus. Choisissez à nouveau.',
    'edited-meanwhile': () =>
      'Quelqu’un d’autre a enregistré cette fiche pendant que vous la modifiiez. Rien n’est perdu : votre saisie est gardée.',
    'siren-taken': () =>
      'Ce SIREN est déjà celui d’une autre entreprise du cluster. Cherchez-la dans la liste.',
    'email-taken': () => 'Cette adresse est déjà celle d’une autre personne du cluster.',
    'role-already-held': () => 'Cette personne tient déjà ce rôle à cette date.',
    'role-ended': (p) => `Ce mandat a déjà pris fin le ${day(p.on)}.`,
    'ends-before-start': (p) => `Ce mandat commence le ${day(p.on)} : il ne peut pas finir avant.`,
    'year-to-come': (p) => `L’année ne peut pas dépasser ${p.max}.`,
    'public-without-source': () => 'Un chiffre publié porte sa source. Indiquez-la.',
    'import-gone': () =>
      'Ce fichier n’est plus là : il a été oublié ou effacé après 30 jours. Envoyez-le à nouveau.',
    'import-confirmed': () => 'Cet import est déjà écrit.',
    'import-columns': () => 'Les colonnes ne sont plus celles du fichier. Rechargez la page.',
    'import-field-twice': () => 'Deux colonnes ne peuvent pas contenir la même chose.',
    'import-unmapped': () => 'Dites au moins quelle colonne contient le nom, le SIREN ou le SIRET.',
    'import-stale': () =>
      'Des fiches ont changé depuis cette lecture. Rien n’a été écrit. Voici les différences à jour : vérifiez, puis confirmez.',
    'import-nothing': () => 'Il n’y a rien à écrire : tout est déjà connu, ou refusé.',
    'siren-rounded': rounded,
    'siren-lost-zeros': (p) => lostZeros(p, 9),
    'siren-length': (p) => `Un SIREN a 9 chiffres : « ${p.value} » n’en a pas 9.`,
    'siren-key': (p) =>
      `« ${p.value} » n’est pas un SIREN : sa clé de contrôle est fausse. Vérifiez chaque chiffre.`,
    'siren-letters': (p) => `« ${p.value} » n’est pas un SIREN : il faut 9 chiffres.`,
    'siret-rounded': rounded,
    'siret-lost-zeros': (p) => lostZeros(p, 14),
    'siret-length': (p) => `Un SIRET a 14 chiffres : « ${p.value} » n’en a pas 14.`,
    'siret-key': (p) =>
      `« ${p.value} » n’est pas un SIRET : sa clé de contrôle est fausse. Vérifiez chaque chiffre.`,
    'siret-letters': (p) => `« ${p.value} » n’est pas un SIRET : il faut 14 chiffres.`,
    'siret-of-another': (p) =>
      `Le SIRET ${p.siret} n’est pas celui du SIREN ${p.siren} : un SIRET commence par son SIREN.`,
    'siret-taken': () => 'Ce SIRET est déjà celui d’un autre site du cluster.',
    'left-before-joined': () => 'La date de départ précède l’adhésion.',
  } satisfies Record<string, (p: Told) => string>,
};
