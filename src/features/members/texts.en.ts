import { formatDate, formatNumber, joinList, plural } from '../../platform/i18n/index.ts';
import type { fr } from './texts.fr.ts';
import { bandRange } from './types.ts';

type Told = Readonly<Record<string, string>>;

const n = (value: string | number | undefined): string => formatNumber(Number(value ?? 0), 'en');
const day = (iso: string | undefined): string =>
  iso && /^\d{4}-\d\d-\d\d$/.test(iso) ? formatDate(iso, 'en') : '';

const FIELDS: Readonly<Record<string, string>> = {
  kind: 'role in the cluster',
  name: 'name',
  formerNames: 'former names',
  siren: 'SIREN',
  group: 'group',
  activity: 'know-how',
  nafRev2: 'NAF rev. 2 code',
  naf2025: 'NAF 2025 code',
  joinedOn: 'date of joining',
  leftOn: 'date of leaving',
  departments: 'departments of the cluster',
};
const fieldNames = (codes: string | undefined): string =>
  joinList(
    (codes ?? '')
      .split(',')
      .filter((code) => code !== '')
      .map((code) => FIELDS[code] ?? code),
    'en',
  );

const roles = { delegate: 'Delegate', deputy: 'Deputy', board: 'Board member' };
const roleName = (role: string | undefined): string =>
  (roles[role as keyof typeof roles] ?? role ?? '').toLowerCase();

const taken = (p: Told): string =>
  `The file has ${p.value ? `“${p.value}”` : 'this company'} on line ${n(p.line)} already.`;
const lostZeros = (p: Told, length: number): string =>
  `“${p.value}” lost its leading zeros in the spreadsheet: it would be ${(p.value ?? '').padStart(length, '0')}. Format the column as Text and type it again.`;
const rounded = (p: Told): string =>
  `“${p.value}” is a number that the spreadsheet rounded. Format the column as Text and type the whole number again.`;

export const en: typeof fr = {
  room: 'Members',
  kinds: { member: 'Members', partner: 'Partners', provider: 'Providers' },
  kind: { member: 'Member', partner: 'Partner', provider: 'Provider' },
  counted: {
    member: (count) => plural(count, 'en', 'member', 'members'),
    partner: (count) => plural(count, 'en', 'partner', 'partners'),
    provider: (count) => plural(count, 'en', 'provider', 'providers'),
  },
  moreThan: (counted) => `more than ${counted}`,
  lead: {
    member: 'The companies of the cluster. A click on a name opens its page.',
    partner: 'Those who work with the cluster without being members.',
    provider: 'Those whom the cluster hires: training bodies, engineering offices, hauliers.',
  },
  searchLabel: 'Name, former name, town, know-how or SIREN',
  columns: {
    name: 'Company',
    town: 'Town',
    departments: 'Department of the cluster',
    band: 'Headcount',
    group: 'Group',
    delegate: 'Delegate',
  },
  noDelegate: 'to be named',
  filter: {
    kind: 'Who',
    department: 'Department of the cluster',
    town: 'Town',
    size: 'Headcount',
    former: 'Those who have left',
    withoutDelegate: 'Without a delegate',
    any: 'All',
    anySize: 'Any size',
    text: (q) => `“${q}”`,
    in: (town) => `in ${town}`,
    sizeFrom: (from) => `${n(from)} employees and more`,
    group: (name) => `group ${name}`,
    formerOn: 'left',
    withoutDelegateOn: 'without a delegate',
  },
  band: (band) => {
    const range = bandRange(band);
    if (range === null) return 'not known';
    if (range.to === 0) return 'no employee';
    if (range.to === null) return `${n(range.from)} employees and more`;
    return `${n(range.from)} to ${n(range.to)} employees`;
  },
  /** In a column headed "Headcount". */
  bandShort: (band) => {
    const range = bandRange(band);
    if (range === null) return '–';
    if (range.to === 0) return '0';
    return range.to === null ? `${n(range.from)} +` : `${n(range.from)} to ${n(range.to)}`;
  },
  empty: {
    filtered: 'No company answers all of this. Take a filter off, or search for a part of the name.',
    none: 'Nobody yet. Add a company, or import your table: nothing is written before you agree.',
    noneReader: 'Nobody yet. The secretariat adds the companies.',
  },
  exports: { excel: 'Excel (French)', open: 'open data (CSV)' },
  add: 'Add a company',
  importAction: 'Import a table',
  note: 'Delegates’ names and exact headcounts are read by the company and the secretariat only. The others read a band.',
  member: {
    state: { member: 'Member', former: 'Left', partner: 'Partner', provider: 'Provider' },
    since: (on) => `since ${formatDate(on, 'en')}`,
    on: (on) => `on ${formatDate(on, 'en')}`,
    illustrative: 'Public facts, membership illustrative',
    illustrativeNote:
      'This company is real. Only published facts appear here, with their source. Its membership of this demonstration cluster is an illustration: it has no account, no need and no vote.',
    fictive: 'Demonstration SIREN: no real company has it.',
    identity: 'Identity',
    siren: 'SIREN',
    noSiren: 'not given',
    vat: 'VAT number',
    formerNames: 'Former names',
    group: 'Group',
    siblings: 'Same group',
    departments: 'Departments of the cluster',
    activity: 'Know-how',
    naf: 'NAF code',
    headcount: 'Headcount',
    headsOf: (heads) => plural(heads, 'en', 'person', 'people'),
    headsSecret: 'Exact headcount: read by the company and the secretariat. The others read the band.',
    sites: 'Sites',
    site: 'Site',
    siret: 'SIRET',
    town: 'Town',
    headOffice: 'head office',
    noSites: 'No site known.',
    headcounts: 'Headcount by site and year',
    year: 'Year',
    heads: 'People',
    source: 'Source',
    visibility: 'Read by',
    published: 'everybody',
    protected: 'the company and the secretariat',
    noHeadcounts: 'No headcount known. Give that of each site on 31 December: the band follows from it.',
    onlyBand: 'Exact headcounts are read by the company and the secretariat only.',
    people: 'People and roles',
    person: 'Person',
    role: 'Role',
    contact: 'Reach',
    period: 'Period',
    from: (on) => `since ${formatDate(on, 'en')}`,
    between: (from, to) => `from ${formatDate(from, 'en')} to ${formatDate(to, 'en')}`,
    noPeople: 'Nobody speaks for this company yet. Name a delegate, who will receive the calls.',
    peopleSecret: 'The people of a company are read by it and by the secretariat only.',
    facts: 'Public facts',
    sourceLine: (source, asOf) => `Source: ${source}${asOf ? `, ${asOf}` : ''}.`,
    history: 'History',
    noHistory: 'Nothing has changed since it came into Grappe.',
    edit: 'Edit',
    addSite: 'Add a site',
    addPerson: 'Add a person',
    recordHeads: 'Record a headcount',
    correct: 'Correct',
    endRole: 'End',
  },
  roles,
  form: {
    create: 'Add a company',
    createLead: 'With its head office. Other sites, headcounts and people are added on its page afterwards.',
    update: (name) => `Edit ${name}`,
    kind: 'Role in the cluster',
    name: 'Name',
    formerNames: 'Former names',
    formerNamesHint: 'One a line. The company is found by each of them.',
    siren: 'SIREN',
    sirenHint: '9 digits. The key is checked.',
    siret: 'SIRET of the head office',
    siretHint: '14 digits, the first 9 of which are the SIREN.',
    siteSiret: 'SIRET',
    group: 'Group',
    groupHint: 'Companies of one group count as one in protected totals.',
    departments: 'Departments of the cluster',
    activity: 'Know-how',
    activityHint: 'What the company can do, in a sentence or two.',
    nafRev2: 'NAF rev. 2 code',
    naf2025: 'NAF 2025 code',
    nafHint: 'Such as 25.50A',
    joinedOn: 'Member since',
    leftOn: 'Left on',
    town: 'Town',
    postcode: 'Postcode',
    communeCode: 'INSEE code of the town',
    save: 'Save',
    cancel: 'Cancel',
    site: 'Name of the site',
    newSite: (name) => `New site of ${name}`,
    editSite: (name) => `Site ${name}`,
    isHeadOffice: 'This is the head office',
    headcount: (name) => `Headcount of ${name}`,
    headcountLead: 'The number of people on 31 December. A number for the same year replaces the former one.',
    year: 'Year',
    heads: 'People',
    isPublic: 'This figure is published',
    isPublicHint: 'All members will read it. Otherwise they read a band.',
    source: 'Source',
    newRole: (name) => `A person for ${name}`,
    newRoleLead: 'An address that the cluster knows already is the same person, with a further role.',
    personName: 'First and last name',
    email: 'E-mail address',
    phone: 'Telephone',
    lang: 'Language of messages',
    langs: { fr: 'French', en: 'English' },
    role: 'Role',
    startsOn: 'From',
    editPerson: (name) => `How to reach ${name}`,
    endRole: (name) => `End of the role of ${name}`,
    endsOn: 'Last day',
    endLead:
      'The person stays known, with any other roles. Calls for this company will no longer reach them.',
    meanwhile: 'What was saved in between',
    meanwhileLead:
      'What you typed is kept below. Compare, correct where needed, then save: your version will replace this one.',
    typed: 'You typed',
    stored: 'Saved',
    field: 'Field',
    nothing: '(empty)',
  },
  notices: {
    created: (name) => `${name} is saved. Add its sites and its delegate.`,
    updated: (name) => `${name} is up to date.`,
    siteSaved: (name) => `The site ${name} is up to date.`,
    headsRecorded: 'The headcount is recorded, and the band is up to date.',
    roleGiven: (name, known) =>
      known ? `${name}, whom the cluster knows already, has a further role.` : `${name} is saved.`,
    roleEnded: (name) => `The role of ${name} has an end.`,
    personUpdated: (name) => `The particulars of ${name} are up to date.`,
    imported: (created, changed, refused) =>
      `${plural(created, 'en', 'company added', 'companies added')}, ${n(changed)} updated.${
        refused > 0
          ? ` ${plural(refused, 'en', 'line', 'lines')} stayed out: download them with the reasons.`
          : ''
      }`,
    dropped: 'The file is forgotten. Nothing has changed.',
  },
  import: {
    title: 'Import a table',
    lead: 'An Excel (.xlsx) or CSV file, one line a company. Nothing is written before you have seen and confirmed the differences.',
    file: 'File',
    fileHint: '5 MB and 10,000 lines at most. The first line has the titles of the columns.',
    send: 'Read the file',
    noFile: 'Choose a file.',
    rulesTitle: 'How it is read',
    rules: [
      'A company is recognised by its SIREN, otherwise by its name.',
      'An empty cell changes nothing: what is known stays.',
      'A doubtful line stays out, with the reason in words. Nothing is corrected in silence.',
      'The file and the addresses in it are deleted after 30 days.',
    ],
    waiting: 'Waiting to be confirmed',
    lines: (count) => plural(count, 'en', 'line', 'lines'),
    draft: (file) => `Import of ${file}`,
    read: {
      csv: (encoding, separator) => `Read as CSV, ${encoding}, separated by ${separator}.`,
      xlsx: (sheet, sheets) =>
        sheets > 1
          ? `Read as Excel, sheet “${sheet}”, the first with anything in it. The others are not read.`
          : `Read as Excel, sheet “${sheet}”.`,
      api: 'Received from a program.',
    },
    separators: { ';': 'semicolon', ',': 'comma', '\t': 'tab' },
    columnsTitle: 'Columns',
    column: 'Column of the file',
    examples: 'Examples',
    holds: 'Holds',
    ignored: 'Do not read',
    columnHolds: (column) => `The column “${column}” holds`,
    year: 'Year of the headcounts',
    yearHint: 'For lines without a year.',
    remap: 'Read it this way',
    differenceTitle: 'What will change',
    linesTitle: 'Lines of the file',
    receivedAt: 'Received',
    tabs: { new: 'New', changed: 'Changed', unchanged: 'Unchanged', refused: 'Refused' },
    line: 'Line',
    company: 'Company',
    changes: 'Changes',
    reasons: 'Reasons',
    before: 'before',
    after: 'after',
    noLines: 'No line here.',
    more: 'Following lines',
    confirm: (created, changed) =>
      `Write ${plural(created, 'en', 'new company', 'new companies')} and ${plural(changed, 'en', 'change', 'changes')}`,
    stays: (refused) =>
      refused === 0
        ? 'All lines are good.'
        : `${plural(refused, 'en', 'refused line stays', 'refused lines stay')} out.`,
    next: 'Check, then confirm. All is written at once, or nothing.',
    nothing: 'Nothing to write: everything is known already, or refused.',
    doneLead: 'Download the refused lines below, with the reasons, ready to be corrected and sent again.',
    state: { waiting: 'To be confirmed', done: 'Written' },
    drop: 'Forget this file',
    refusedFile: { excel: 'refused lines (Excel)', open: 'refused lines (CSV)' },
    reasonColumn: 'Reason',
    lineColumn: 'Line of the file',
  },
  fields: {
    name: 'Name',
    siren: 'SIREN',
    siret: 'SIRET',
    formerNames: 'Former names',
    group: 'Group',
    department: 'Department',
    activity: 'Know-how',
    nafRev2: 'NAF rev. 2',
    naf2025: 'NAF 2025',
    town: 'Town',
    postcode: 'Postcode',
    heads: 'Headcount of the head office',
    headsYear: 'Headcount year',
    joinedOn: 'Member since',
    leftOn: 'Left on',
    delegateName: 'Delegate',
    delegateEmail: 'Delegate e-mail',
    delegatePhone: 'Delegate phone',
  },
  exportColumns: {
    total: 'Headcount of the company',
    band: 'Headcount band',
    bandCode: 'Band code (INSEE)',
    id: 'Id',
  },
  reasons: {
    'siren-rounded': rounded,
    'siren-lost-zeros': (p) => lostZeros(p, 9),
    'siren-length': (p) => `“${p.value}” does not have 9 digits.`,
    'siren-key': (p) =>
      `“${p.value}” is no SIREN: its check digit is wrong. One digit was probably mistyped.`,
    'siren-letters': (p) => `“${p.value}” is no SIREN: it takes 9 digits.`,
    'siret-rounded': rounded,
    'siret-lost-zeros': (p) => lostZeros(p, 14),
    'siret-length': (p) => `“${p.value}” does not have 14 digits.`,
    'siret-key': (p) =>
      `“${p.value}” is no SIRET: its check digit is wrong. One digit was probably mistyped.`,
    'siret-letters': (p) => `“${p.value}” is no SIRET: it takes 14 digits.`,
    'siret-of-another': (p) =>
      `The SIRET ${p.siret} is not of the SIREN ${p.siren}: a SIRET begins with its SIREN.`,
    'siret-taken': (p) => `The SIRET ${p.value} is that of a site of ${p.name} already.`,
    'other-siret': (p) =>
      `The known head office has the SIRET ${p.known}. If ${p.value} is another site, add it on the page.`,
    'no-name': () => 'The name is missing, and the SIREN is that of no known company.',
    'too-long': (p) => `Too long (${n(p.max)} characters at most): “${p.value}”.`,
    formula: (p) => `“${p.value}” is a spreadsheet formula, not a value.`,
    garbled: (p) => `Unreadable accents: “${p.value}”. Save the file as “CSV UTF-8”.`,
    'bad-characters': (p) => `Invisible characters in “${p.value}”.`,
    'cut-off': () => 'The file stops in the middle of this line.',
    'excel-error': (p) => `The spreadsheet wrote an error, “${p.value}”, instead of a value.`,
    'too-many-cells': (p) =>
      `More than ${n(p.expected)} cells: a separator probably stands in a text without quotation marks.`,
    'heads-negative': (p) => `A headcount cannot be negative: “${p.value}”.`,
    'heads-not-whole': (p) => `“${p.value}” is no whole number of people.`,
    'heads-too-large': (p) => `“${p.value}” people: check this number.`,
    'heads-of-several-sites': () =>
      'This company has several sites: add the SIRET of the one that counts these people.',
    'year-wrong': (p) => `“${p.value}” is no possible year (${p.max} at most).`,
    'not-a-date': (p) => `“${p.value}” is no date that exists. Write 28/02/2021.`,
    'left-before-joined': () => 'The date of leaving is before that of joining.',
    'not-an-email': (p) => `“${p.value}” is no e-mail address.`,
    'postcode-wrong': (p) => `“${p.value}” is no postcode of 5 digits.`,
    'naf-wrong': (p) => `“${p.value}” is no NAF code such as 25.50A.`,
    'department-unknown': (p) => `“${p.value}” is no department of the cluster. Known: ${p.known || 'none'}.`,
    'delegate-without-email': () => 'The delegate has no e-mail address: nobody could write to them.',
    'delegate-without-name': () => 'This address is new: the delegate’s name is needed too.',
    'duplicate-line': (p) => `This line repeats line ${n(p.line)} word for word.`,
    'duplicate-siren': taken,
    'duplicate-siret': taken,
    'duplicate-company': taken,
    'ambiguous-name': (p) => `${n(p.count)} known companies have this name: give the SIREN.`,
    'same-name-other-siren': (p) =>
      `A company of this name is known with the SIREN ${p.known}, not ${p.value}. If it is another one, add it by hand.`,
  },
  tasks: {
    delegates: {
      what: (count) => `Name a delegate for ${plural(count, 'en', 'company', 'companies')}`,
      why: 'Without a delegate a company receives no calls and cannot answer.',
      button: 'See which',
    },
    imports: {
      what: (count) => `Confirm ${plural(count, 'en', 'table import', 'table imports')}`,
      why: 'The file is read, nothing is written yet.',
      button: 'Look again',
    },
  },
  figures: {
    members: { label: 'Members', note: 'today' },
    heads: { label: 'Jobs', note: 'latest known headcount of each site' },
    band: { label: 'Your headcount', note: 'latest known headcount of each site; the others read a band' },
  },
  audit: {
    'members.organisation.create': (p) => `${p.name} was added.`,
    'members.organisation.update': (p) =>
      p.formerly
        ? `${p.formerly} is now called ${p.name}. Changed: ${fieldNames(p.fields)}.`
        : p.fields
          ? `The page of ${p.name} changed: ${fieldNames(p.fields)}.`
          : `The page of ${p.name} was reviewed.`,
    'members.site.save': (p) =>
      p.added === 'true' ? `Site added: ${p.site}, ${p.town}.` : `Site updated: ${p.site}, ${p.town}.`,
    'members.headcount.record': (p) => `Headcount ${p.year} of the site ${p.site}: ${n(p.heads)}.`,
    'members.role.give': (p) => `${p.person} is ${roleName(p.role)} from ${day(p.on)}.`,
    'members.role.end': (p) => `${p.person} is no longer ${roleName(p.role)} after ${day(p.on)}.`,
    'members.person.update': (p) => `The particulars of ${p.person} were corrected.`,
    'members.import.upload': (p) =>
      `File ${p.file} received, ${plural(Number(p.lines), 'en', 'line', 'lines')}.`,
    'members.import.map': () => 'The columns of an import were chosen.',
    'members.import.confirm': (p) =>
      `Import of ${p.file}: ${plural(Number(p.new), 'en', 'new company', 'new companies')}, ${n(p.changed)} changed, ${plural(Number(p.refused), 'en', 'line', 'lines')} refused.`,
    'members.import.drop': () => 'An import file was forgotten.',
  },
  refusals: {
    'no-such-organisation': () => 'This company is no longer there. Go back to the list.',
    'no-such-site': () => 'This site is no longer there. Go back to the page.',
    'no-such-role': () => 'This role is no longer there. Go back to the page.',
    'no-such-person': () => 'This person has no role here any more. Go back to the page.',
    'no-such-department': () => 'One of the chosen departments is no longer there. Choose again.',
    'edited-meanwhile': () =>
      'Somebody else saved this page while you were editing it. Nothing is lost: what you typed is kept.',
    'siren-taken': () => 'This SIREN is that of another company of the cluster. Look for it in the list.',
    'email-taken': () => 'This address is that of another person of the cluster.',
    'role-already-held': () => 'This person holds this role on that day already.',
    'role-ended': (p) => `This role ended on ${day(p.on)} already.`,
    'ends-before-start': (p) => `This role begins on ${day(p.on)}: it cannot end before.`,
    'year-to-come': (p) => `The year cannot be after ${p.max}.`,
    'public-without-source': () => 'A published figure carries its source. Please give it.',
    'import-gone': () => 'This file is no longer there: forgotten, or deleted after 30 days. Send it again.',
    'import-confirmed': () => 'This import is written already.',
    'import-columns': () => 'The columns are no longer those of the file. Reload the page.',
    'import-field-twice': () => 'Two columns cannot hold the same thing.',
    'import-unmapped': () => 'Say at least which column holds the name, the SIREN or the SIRET.',
    'import-stale': () =>
      'Pages have changed since this reading. Nothing was written. Here are the differences as they are now: check, then confirm.',
    'import-nothing': () => 'There is nothing to write: everything is known already, or refused.',
    'siren-rounded': rounded,
    'siren-lost-zeros': (p) => lostZeros(p, 9),
    'siren-length': (p) => `A SIREN has 9 digits: “${p.value}” does not.`,
    'siren-key': (p) => `“${p.value}” is no SIREN: its check digit is wrong. Check each digit.`,
    'siren-letters': (p) => `“${p.value}” is no SIREN: it takes 9 digits.`,
    'siret-rounded': rounded,
    'siret-lost-zeros': (p) => lostZeros(p, 14),
    'siret-length': (p) => `A SIRET has 14 digits: “${p.value}” does not.`,
    'siret-key': (p) => `“${p.value}” is no SIRET: its check digit is wrong. Check each digit.`,
    'siret-letters': (p) => `“${p.value}” is no SIRET: it takes 14 digits.`,
    'siret-of-another': (p) =>
      `The SIRET ${p.siret} is not of the SIREN ${p.siren}: a SIRET begins with its SIREN.`,
    'siret-taken': () => 'This SIRET is that of another site of the cluster.',
    'left-before-joined': () => 'The date of leaving is before that of joining.',
  },
};
