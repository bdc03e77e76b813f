/** Samples of what every page is made of: marks, words, buttons, forms, lists. Companies and people are fictive. */
import { formatMoney } from '../../kernel/money.ts';
import { type Lang, plural } from '../../platform/i18n/index.ts';
import { ActionButton, Actions, Button, ButtonLink } from '../button.tsx';
import { Dialog, Fold, Popover, Tabs } from '../disclosure.tsx';
import {
  bindFields,
  CheckboxField,
  CheckboxGroup,
  DateField,
  FieldRow,
  Fieldset,
  FileField,
  Form,
  MoneyField,
  NumberField,
  RadioGroup,
  SelectField,
  Textarea,
  TextField,
} from '../form.tsx';
import { ICON_NAMES, Icon, Mark } from '../icons.tsx';
import { Section } from '../layout.tsx';
import { Badge, EmptyState, Notice, type State } from '../notice.tsx';
import { DataTable, ExportLinks, FilterForm, FilterSentence, ListTools, SearchBox } from '../table.tsx';
import { uiTexts } from '../texts.ts';
import { DateRangeText, DateText, InstantText, Money, Percent, Quantity } from '../values.tsx';
import { sayIn } from './say.ts';

const TOKENS = [
  'paper',
  'sheet',
  'sunk',
  'ink',
  'ink-2',
  'rule',
  'edge',
  'alone',
  'alone-soft',
  'together',
  'together-soft',
  'ember',
  'ember-deep',
  'ember-soft',
] as const;

const STATES: readonly (readonly [State, string, string])[] = [
  ['idle', 'Brouillon', 'Draft'],
  ['open', 'Ouverte', 'Open'],
  ['together', 'Confirmée', 'Confirmed'],
  ['yours', 'Attend votre réponse', 'Waits for you'],
  ['done', 'Réglée', 'Settled'],
  ['late', 'En retard', 'Late'],
  ['moved', 'Reportée', 'Postponed'],
  ['stopped', 'Annulée', 'Cancelled'],
];

export function Foundations({ lang }: { lang: Lang }) {
  const say = sayIn(lang);
  return (
    <>
      <Section id="marque" title={say('Marque et couleurs', 'Mark and colours')}>
        <p class="specimen-marks">
          {[0, 1, 2, 3, 4, 5, 6].map((n) => (
            <Mark filled={n} size={48} label={uiTexts(lang).progress.done(n)} />
          ))}
        </p>
        <p>
          {say(
            'Le gris est seul, le violet est ensemble, la braise est ce qui vous attend.',
            'Grey is alone, violet is together, ember is what waits for you.',
          )}
        </p>
        <ul class="swatches">
          {TOKENS.map((token) => (
            <li>
              <svg width="100%" height="40" aria-hidden="true">
                <rect class={`swatch-${token}`} width="100%" height="40" />
              </svg>
              {token}
            </li>
          ))}
        </ul>
      </Section>
      <Section id="icones" title={say('Icônes', 'Icons')}>
        <ul class="icon-list">
          {ICON_NAMES.map((name) => (
            <li>
              <Icon name={name} /> {name}
            </li>
          ))}
        </ul>
      </Section>
      <Section id="etats" title={say('États', 'States')}>
        <p class="badge-list">
          {STATES.map(([state, fr, en]) => (
            <Badge state={state}>{say(fr, en)}</Badge>
          ))}
        </p>
      </Section>
      <Section id="valeurs" title={say('Nombres et dates', 'Numbers and dates')}>
        <p>
          <Money cents={312050} lang={lang} />, <Money cents={548000} lang={lang} whole />,{' '}
          <Quantity n={1234.5} lang={lang} unit="kg" />, <Percent ratio={0.305} lang={lang} />,{' '}
          {plural(0, lang, say('place', 'seat'), say('places', 'seats'))},{' '}
          {plural(14, lang, say('place', 'seat'), say('places', 'seats'))}
        </p>
        <p>
          <DateText on="2027-03-01" lang={lang} />, <DateText on="2027-03-12" lang={lang} style="weekday" />,{' '}
          <DateText on="2027-03-12" lang={lang} style="short" />,{' '}
          <DateRangeText from="2027-06-11" to="2027-06-12" lang={lang} />,{' '}
          <InstantText at={new Date('2027-03-12T17:05:00Z')} lang={lang} />
        </p>
      </Section>
      <Section id="boutons" title={say('Boutons', 'Buttons')}>
        <Actions>
          <Button kind="main" type="button">
            {say('Répondre à l’appel', 'Answer the call')}
          </Button>
          <Button type="button" icon="print">
            {say('Imprimer', 'Print')}
          </Button>
          <ButtonLink href="#boutons" icon="right">
            {say('Voir le plan', 'See the plan')}
          </ButtonLink>
          <Button kind="quiet" type="button" icon="cross">
            {say('Retirer', 'Remove')}
          </Button>
          <Button kind="main" type="button" disabled>
            {say('Pas encore possible', 'Not possible yet')}
          </Button>
          <ActionButton action="#boutons" fields={{ reminder: 'all' }} icon="mail">
            {say('Relancer les 12 silencieuses', 'Remind the 12 silent ones')}
          </ActionButton>
        </Actions>
      </Section>
      <Section id="ouvrir" title={say('Ce qui s’ouvre', 'What opens')}>
        <Actions>
          <Button opens="sample-dialog" icon="cross">
            {say('Annuler la campagne', 'Cancel the campaign')}
          </Button>
          <Button opens="sample-popover" kind="quiet" icon="info">
            {say('Pourquoi ?', 'Why?')}
          </Button>
        </Actions>
        <Popover id="sample-popover">
          {say(
            'La campagne reste ouverte jusqu’au 5 mars à 18 h : les besoins peuvent encore changer.',
            'The campaign stays open until 5 March, 18:00: needs may still change.',
          )}
        </Popover>
        <Dialog
          lang={lang}
          id="sample-dialog"
          title={say('Annuler la campagne ISO 13485 ?', 'Cancel the ISO 13485 campaign?')}
          actions={
            <ActionButton action="#ouvrir" kind="main">
              {say('Annuler la campagne', 'Cancel the campaign')}
            </ActionButton>
          }
        >
          <p>
            {say(
              'Les 14 entreprises qui ont répondu recevront un courriel avec votre motif. Leurs besoins restent gardés, et elles seules les voient.',
              'The 14 companies that answered will receive an e-mail with your reason. Their needs are kept, and they alone see them.',
            )}
          </p>
        </Dialog>
        <Fold title={say('Comment le plan est calculé', 'How the plan is worked out')}>
          <p>
            {say(
              'Une recherche locale trouve un bon plan, un solveur exact prouve de combien il peut encore être amélioré.',
              'A local search finds a good plan; an exact solver proves by how much it could still be improved.',
            )}
          </p>
        </Fold>
        <Tabs
          label={say('Vues de la campagne', 'Views of the campaign')}
          tabs={[
            { href: '#ouvrir', label: say('Besoins', 'Needs'), current: true, count: 14 },
            { href: '#plan', label: 'Plan', current: false },
            { href: '#parts', label: say('Parts', 'Shares'), current: false },
          ]}
        />
      </Section>
      <Section id="avis" title={say('Avis', 'Notices')}>
        <Notice
          lang={lang}
          kind="success"
          happened={say(
            'Besoin enregistré. Vos concurrents ne le verront jamais.',
            'Need recorded. Your competitors will never see it.',
          )}
          todo={say('Le plan sera proposé le 12 mars.', 'The plan will be offered on 12 March.')}
        />
        <Notice
          lang={lang}
          kind="refusal"
          happened={say(
            'La campagne est figée depuis hier 18 h.',
            'The campaign has been frozen since 18:00 yesterday.',
          )}
          kept={say('Votre saisie est encore dans la page.', 'What you typed is still on the page.')}
          todo={say(
            'Écrivez au secrétariat : un besoin peut encore entrer avant le plan.',
            'Write to the secretariat: a need can still come in before the plan.',
          )}
          action={
            <ButtonLink href="#avis">{say('Écrire au secrétariat', 'Write to the secretariat')}</ButtonLink>
          }
        />
        <Notice
          lang={lang}
          kind="info"
          happened={say('Le plan est en cours de calcul.', 'The plan is being worked out.')}
        />
        <EmptyState action={<Button type="button">{say('Ouvrir une campagne', 'Open a campaign')}</Button>}>
          {say(
            'Aucune campagne pour l’instant. Ouvrez la première : elle peut partir d’un modèle.',
            'No campaign yet. Open the first: it can start from a model.',
          )}
        </EmptyState>
      </Section>
    </>
  );
}

export function Forms({ lang }: { lang: Lang }) {
  const say = sayIn(lang);
  const errors = {
    'bad-seats': say('« douze » n’est pas un nombre : écrivez 12.', '“twelve” is not a number: write 12.'),
    'bad-on': say(
      'Le 31 février n’existe pas : choisissez un jour de mars.',
      '31 February does not exist: choose a day in March.',
    ),
    'bad-rule': say('Choisissez une règle de partage.', 'Choose a sharing rule.'),
  };
  const field = bindFields({ 'bad-seats': 'douze', 'bad-on': '2027-02-31' }, errors);
  const sites = [
    { value: 'nogent', label: 'Nogent' },
    { value: 'chaumont', label: 'Chaumont' },
    { value: 'langres', label: 'Langres' },
  ];
  return (
    <>
      <Section id="formulaire" title={say('Formulaire', 'Form')}>
        <Form
          lang={lang}
          action="#formulaire"
          submit={
            <>
              <Button kind="main">{say('Enregistrer le besoin', 'Record the need')}</Button>
              <ButtonLink href="#formulaire" kind="quiet">
                {say('Revenir sans enregistrer', 'Go back without recording')}
              </ButtonLink>
            </>
          }
        >
          <TextField
            lang={lang}
            name="title"
            label={say('Intitulé', 'Title')}
            hint={say('Tel qu’il sera lu par les adhérents.', 'As the members will read it.')}
            value="ISO 13485"
          />
          <FieldRow>
            <NumberField
              lang={lang}
              name="seats"
              label={say('Places', 'Seats')}
              unit={say('places', 'seats')}
              value={3}
            />
            <MoneyField
              lang={lang}
              name="ceiling"
              label={say('Prix maximum d’une place', 'Highest price of a seat')}
              value="450,00"
              required={false}
            />
          </FieldRow>
          <DateField
            lang={lang}
            name="on"
            label={say('Premier jour qui convient', 'First day that suits')}
            value="2027-03-08"
          />
          <SelectField lang={lang} name="site" label="Site" options={sites} />
          <CheckboxGroup
            lang={lang}
            name="sites"
            label={say('Où vos salariés peuvent aller', 'Where your people can travel')}
            options={sites}
            values={['nogent', 'langres']}
            required={false}
          />
          <RadioGroup
            lang={lang}
            name="together"
            label={say('Ces places peuvent-elles être séparées ?', 'May these seats be separated?')}
            value="no"
            options={[
              { value: 'yes', label: say('Oui, sur plusieurs séances', 'Yes, over several sessions') },
              {
                value: 'no',
                label: say('Non, toutes ensemble', 'No, all together'),
                hint: say(
                  'Ou aucune, si la séance est trop petite.',
                  'Or none, if the session is too small.',
                ),
              },
            ]}
          />
          <Fieldset
            title={say('Condition', 'Condition')}
            hint={say('Gardée secrète, comme le besoin.', 'Kept secret, like the need.')}
          >
            <CheckboxField
              lang={lang}
              name="only-if"
              label={say(
                'Seulement si au moins 6 entreprises participent',
                'Only if at least 6 companies take part',
              )}
              hint={say(
                'On compte les groupes, pas les établissements.',
                'Groups are counted, not establishments.',
              )}
              checked
            />
          </Fieldset>
          <Textarea
            lang={lang}
            name="remark"
            label={say('Remarque pour le secrétariat', 'Remark for the secretariat')}
            required={false}
          />
          <FileField
            lang={lang}
            name="file"
            label={say('Liste des participants', 'List of participants')}
            hint=".xlsx, .csv"
            accept=".xlsx,.csv"
            required={false}
          />
        </Form>
      </Section>
      <Section id="formulaire-refuse" title={say('Formulaire refusé', 'Form sent back')}>
        <Form
          lang={lang}
          action="#formulaire-refuse"
          errors={errors}
          focusErrors={false}
          submit={<Button kind="main">{say('Enregistrer le besoin', 'Record the need')}</Button>}
        >
          <NumberField
            lang={lang}
            {...field('bad-seats')}
            label={say('Places', 'Seats')}
            unit={say('places', 'seats')}
          />
          <DateField
            lang={lang}
            {...field('bad-on')}
            label={say('Premier jour qui convient', 'First day that suits')}
          />
          <RadioGroup
            lang={lang}
            {...field('bad-rule')}
            label={say('Règle de partage', 'Sharing rule')}
            options={[
              { value: 'proportional', label: say('Proportionnelle', 'Proportional') },
              { value: 'shapley', label: 'Shapley' },
            ]}
          />
        </Form>
      </Section>
    </>
  );
}

interface Member {
  readonly name: string;
  readonly town: string;
  readonly branch: string;
  readonly staff: number;
  readonly cents: number;
  readonly state: State;
  readonly word: readonly [string, string];
}

const MEMBERS: readonly Member[] = [
  {
    name: 'Forges du Val',
    town: 'Nogent',
    branch: 'FLAAMM',
    staff: 412,
    cents: 1_284_000,
    state: 'together',
    word: ['À jour', 'Up to date'],
  },
  {
    name: 'Ortho Meuse',
    town: 'Chaumont',
    branch: 'Prosthesis Valley',
    staff: 86,
    cents: 312_050,
    state: 'yours',
    word: ['À relancer', 'To remind'],
  },
  {
    name: 'Ciselure Biesles',
    town: 'Biesles',
    branch: 'Prosthesis Valley',
    staff: 9,
    cents: 48_000,
    state: 'late',
    word: ['En retard', 'Late'],
  },
];

export function Lists({ lang }: { lang: Lang }) {
  const say = sayIn(lang);
  const columns = [
    {
      key: 'name',
      label: say('Entreprise', 'Company'),
      cell: (m: Member) => <a href="#liste">{m.name}</a>,
      sortable: true,
    },
    { key: 'town', label: say('Commune', 'Town'), cell: (m: Member) => m.town, sortable: true },
    { key: 'branch', label: say('Filière', 'Branch'), cell: (m: Member) => m.branch },
    {
      key: 'staff',
      label: say('Salariés', 'Staff'),
      align: 'end' as const,
      cell: (m: Member) => m.staff,
      sortable: true,
    },
    {
      key: 'dues',
      label: say('Cotisation', 'Dues'),
      align: 'end' as const,
      cell: (m: Member) => <Money cents={m.cents} lang={lang} />,
    },
    {
      key: 'state',
      label: say('État', 'State'),
      cell: (m: Member) => <Badge state={m.state}>{say(...m.word)}</Badge>,
    },
  ];
  return (
    <>
      <Section id="liste" title={say('Liste', 'List')}>
        <ListTools>
          <SearchBox
            lang={lang}
            action="#liste"
            label={say('Nom, commune ou SIREN', 'Name, town or SIREN')}
          />
          <FilterSentence
            lang={lang}
            subject={say('3 adhérents', '3 members')}
            filters={[
              { label: 'FLAAMM', without: '#liste' },
              { label: say('50 salariés et plus', '50 staff or more'), without: '#liste' },
            ]}
            clear="#liste"
          />
          <ExportLinks
            lang={lang}
            links={[
              { href: '#liste', label: 'Excel' },
              { href: '#liste', label: 'CSV' },
            ]}
          />
          <FilterForm lang={lang} action="#liste">
            <SelectField
              lang={lang}
              name="branch"
              label={say('Filière', 'Branch')}
              options={[{ value: 'flaamm', label: 'FLAAMM' }]}
              required={false}
            />
            <NumberField
              lang={lang}
              name="staff"
              label={say('Salariés au moins', 'Staff at least')}
              required={false}
            />
          </FilterForm>
        </ListTools>
        <DataTable
          lang={lang}
          caption={say('Adhérents', 'Members')}
          captionHidden
          columns={columns}
          rows={MEMBERS}
          sort={{ key: 'staff', direction: 'down', href: (key, direction) => `#liste-${key}-${direction}` }}
          pages={{ range: say('1 à 3 sur 51', '1 to 3 of 51'), previous: '#liste', next: '#liste' }}
          totals={{ name: 'Total', staff: 507, dues: formatMoney(1_644_050, lang) }}
          empty=""
        />
      </Section>
      <Section id="liste-dense" title={say('Liste serrée, puis vide', 'Dense list, then empty')}>
        <DataTable
          lang={lang}
          dense
          caption={say('Cotisations en retard', 'Late dues')}
          columns={columns.slice(0, 5)}
          rows={[...MEMBERS, ...MEMBERS]}
          empty=""
        />
        <DataTable
          lang={lang}
          caption={say('Adhérents', 'Members')}
          columns={columns}
          rows={[]}
          empty={
            <EmptyState action={<ButtonLink href="#liste">{say('Tout afficher', 'Show all')}</ButtonLink>}>
              {say(
                'Aucun adhérent ne répond à ces filtres. Retirez-en un, ou cherchez par commune.',
                'No member matches these filters. Remove one, or search by town.',
              )}
            </EmptyState>
          }
        />
      </Section>
    </>
  );
}
