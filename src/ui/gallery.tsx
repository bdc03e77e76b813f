/** `/_gallery`: every component in every state, on one page, in the language asked for. */
import { LANGS, type Lang } from '../platform/i18n/index.ts';
import { ButtonLink } from './button.tsx';
import { Forms, Foundations, Lists } from './gallery/base.tsx';
import { CampaignPieces, PlanPieces, Waiting } from './gallery/pieces.tsx';
import { sayIn } from './gallery/say.ts';
import { Layout, NoteBlock, Opening, type Room, type Theme } from './layout.tsx';

const ROOMS = [
  ['home', 'Accueil', 'Home'],
  ['members', 'Adhérents', 'Members'],
  ['campaigns', 'Campagnes', 'Campaigns'],
  ['fair', 'Salon', 'Fair'],
  ['governance', 'Gouvernance', 'Governance'],
  ['accounts', 'Comptes', 'Accounts'],
  ['directory', 'Annuaire', 'Directory'],
  ['observatory', 'Observatoire', 'Observatory'],
] as const;

/** The whole gallery as a document. `theme` undefined follows the device. */
export function galleryPage(lang: Lang, theme?: Theme) {
  const say = sayIn(lang);
  const rooms: readonly Room[] = ROOMS.map(([icon, fr, en]) => ({
    icon,
    label: say(fr, en),
    href: `#${icon === 'home' ? 'content' : 'liste'}`,
    current: icon === 'campaigns',
  }));
  const anchors = [
    ['marque', 'Marque et couleurs', 'Mark and colours'],
    ['boutons', 'Boutons', 'Buttons'],
    ['avis', 'Avis', 'Notices'],
    ['formulaire', 'Formulaire', 'Form'],
    ['liste', 'Liste', 'List'],
    ['taches', 'Tâches', 'Tasks'],
    ['vie', 'Ligne de vie', 'Life line'],
    ['preuve', 'Barre de preuve', 'Proof bar'],
    ['part', 'Carte de part', 'Share card'],
    ['calendrier', 'Calendrier', 'Calendar'],
    ['solveur', 'Solveur', 'Solver'],
    ['difference', 'Différence', 'Difference'],
    ['graphiques', 'Graphiques', 'Charts'],
  ] as const;
  return (
    <Layout
      lang={lang}
      theme={theme}
      title={say('Galerie', 'Gallery')}
      cluster={{ name: 'Grappe', href: '#content' }}
      rooms={rooms}
      path={`/_gallery?lang=${lang}`}
      account={{
        name: 'Camille Aubert',
        actingAs: say('secrétariat', 'secretariat'),
        current: 'secretary',
        hats: [
          { value: 'secretary', label: say('Secrétariat', 'Secretariat') },
          { value: 'delegate', label: say('Ortho Meuse, déléguée', 'Ortho Meuse, delegate') },
        ],
        hatAction: '#content',
        signOutAction: '#content',
      }}
      scripts={['islands/solver']}
      banner={say(
        'Démonstration : entreprises et personnes sont fictives.',
        'Demonstration: companies and people are fictive.',
      )}
      note={
        <>
          <NoteBlock title={say('Dans cette page', 'On this page')}>
            <ul class="anchors">
              {anchors.map(([id, fr, en]) => (
                <li>
                  <a href={`#${id}`}>{say(fr, en)}</a>
                </li>
              ))}
            </ul>
          </NoteBlock>
          <NoteBlock title={say('En deux langues', 'In two languages')}>
            <p>
              {LANGS.map((l) => (
                <>
                  <a href={`?lang=${l}`} lang={l}>
                    {l === 'fr' ? 'Français' : 'English'}
                  </a>{' '}
                </>
              ))}
            </p>
          </NoteBlock>
        </>
      }
    >
      <Opening
        lang={lang}
        title={say('Formation ISO 13485, printemps 2027', 'ISO 13485 training, spring 2027')}
        trail={[
          { href: '#content', label: say('Campagnes', 'Campaigns') },
          { href: '#content', label: say('Formations', 'Training') },
        ]}
        state={{ kind: 'open', label: say('Ouverte', 'Open') }}
        next={say('La campagne sera figée, puis le plan calculé', 'The campaign is frozen, then planned')}
        by="2027-03-05"
        action={
          <ButtonLink href="#formulaire" kind="main">
            {say('Dire vos besoins', 'Tell your needs')}
          </ButtonLink>
        }
      >
        <p>
          {say(
            'Dites ce dont vous avez besoin : personne d’autre ne le verra. Le plan montrera ce que chacun gagne à être ensemble.',
            'Say what you need: nobody else will see it. The plan will show what each gains by being together.',
          )}
        </p>
      </Opening>
      <Foundations lang={lang} />
      <Forms lang={lang} />
      <Lists lang={lang} />
      <Waiting lang={lang} />
      <CampaignPieces lang={lang} />
      <PlanPieces lang={lang} />
    </Layout>
  );
}
