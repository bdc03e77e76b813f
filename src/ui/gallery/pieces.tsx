/** Samples of the signature pieces, each in its states. Companies and people are fictive. */
import { formatMoney } from '../../kernel/money.ts';
import type { Lang } from '../../platform/i18n/index.ts';
import { AnswerGauge } from '../answer-gauge.tsx';
import { ActionButton, Button, ButtonLink } from '../button.tsx';
import { SessionCalendar } from '../calendar.tsx';
import { Chart } from '../chart.tsx';
import { Difference } from '../difference.tsx';
import { KeyFigures, SourceLine, Timeline } from '../figures.tsx';
import { Section } from '../layout.tsx';
import { LifeLine } from '../life-line.tsx';
import { PlanComparison } from '../plan-comparison.tsx';
import { ProofBar } from '../proof-bar.tsx';
import { Protected } from '../secrecy.tsx';
import { ShareCard } from '../share-card.tsx';
import { SolverAtWork } from '../solver.tsx';
import type { SolverProgress } from '../solver-chart.ts';
import { TaskList } from '../tasks.tsx';
import { uiTexts } from '../texts.ts';
import { Money } from '../values.tsx';
import { sayIn } from './say.ts';

export function Waiting({ lang }: { lang: Lang }) {
  const say = sayIn(lang);
  const source = (
    <SourceLine
      lang={lang}
      asOf="2026-11-01"
      definition={say('salariés des adhérents à jour', 'staff of paid-up members')}
      source={{ label: say('déclarations des adhérents', 'members’ declarations'), href: '#chiffres' }}
    />
  );
  return (
    <>
      <Section id="taches" title={say('Ce qui vous attend', 'What waits for you')}>
        <TaskList
          lang={lang}
          tasks={[
            {
              what: say(
                'Accepter votre part de la formation ISO 13485',
                'Accept your share of the ISO 13485 training',
              ),
              forWhom: 'Ortho Meuse',
              by: '2027-03-19',
              isLate: true,
              why: say(
                '3 places à 412,00 € au plus, au lieu de 620,00 €.',
                '3 seats at €412.00 at most, instead of €620.00.',
              ),
              action: (
                <ButtonLink href="#taches" kind="main">
                  {say('Lire et répondre', 'Read and answer')}
                </ButtonLink>
              ),
            },
            {
              what: say('Dire vos besoins en soudage du titane', 'Tell your needs in titanium welding'),
              forWhom: 'Ortho Meuse',
              by: '2027-04-02',
              why: say('Une séance ouvre à partir de 4 places.', 'A session opens from 4 seats.'),
              action: <ButtonLink href="#taches">{say('Répondre', 'Answer')}</ButtonLink>,
            },
          ]}
        />
        <TaskList lang={lang} tasks={[]} />
      </Section>
      <Section id="chiffres" title={say('Chiffres et sources', 'Figures and sources')}>
        <KeyFigures
          figures={[
            {
              value: formatMoney(548_000, lang, { whole: true }),
              label: say('Économisés ensemble cette année', 'Saved together this year'),
              tone: 'together',
            },
            {
              value: formatMoney(1_796_000, lang, { whole: true }),
              label: say('Le prix de chacun seul', 'The price of each alone'),
              tone: 'alone',
            },
            {
              value: say('3 214 emplois', '3,214 jobs'),
              label: say('Chez 51 adhérents', 'In 51 members'),
              note: source,
            },
          ]}
        />
        <p>
          <Protected
            lang={lang}
            id="rule-sample"
            rule={say(
              'Ni vos concurrents, ni le bureau, ni la trésorière ne voient ce chiffre.',
              'Neither your competitors, nor the board, nor the treasurer see this figure.',
            )}
          >
            <strong>{say('3 places demandées', '3 seats asked for')}</strong>
          </Protected>
        </p>
      </Section>
      <Section id="journal" title="Journal">
        <Timeline
          lang={lang}
          entries={[
            {
              at: new Date('2027-03-05T17:00:00Z'),
              text: say(
                'Camille Aubert a figé la campagne « ISO 13485 ».',
                'Camille Aubert froze the campaign “ISO 13485”.',
              ),
            },
            {
              at: new Date('2027-03-04T08:12:00Z'),
              text: say('Camille Aubert a relancé 12 entreprises.', 'Camille Aubert reminded 12 companies.'),
            },
            {
              at: new Date('2027-02-01T07:30:00Z'),
              text: say(
                'Camille Aubert a ouvert la campagne « ISO 13485 ».',
                'Camille Aubert opened the campaign “ISO 13485”.',
              ),
            },
          ]}
        />
      </Section>
    </>
  );
}

export function CampaignPieces({ lang }: { lang: Lang }) {
  const say = sayIn(lang);
  const t = uiTexts(lang).life;
  const actions = (
    <>
      <Button kind="main" type="button">
        {say('Accepter 1 236,00 € au plus', 'Accept €1,236.00 at most')}
      </Button>
      <Button type="button">{say('Refuser', 'Refuse')}</Button>
    </>
  );
  return (
    <>
      <Section id="vie" title={say('Ligne de vie', 'Life line')}>
        <LifeLine
          lang={lang}
          steps={[
            { label: t.open, status: 'done', on: '2027-02-01' },
            {
              label: t.frozen,
              status: 'present',
              on: '2027-03-05',
              detail: say('à 18 h', 'at 18:00'),
            },
            {
              label: t.planned,
              status: 'coming',
              on: '2027-03-12',
              former: [
                {
                  on: '2027-02-26',
                  reason: say('Organisme de formation indisponible', 'Training provider not available'),
                },
              ],
            },
            { label: t.offered, status: 'coming', on: '2027-03-15' },
            { label: t.confirmed, status: 'coming', on: '2027-03-26' },
            { label: t.settled, status: 'coming' },
          ]}
        />
        <LifeLine
          lang={lang}
          steps={[
            { label: t.open, status: 'done', on: '2027-02-01' },
            { label: t.frozen, status: 'done', on: '2027-03-05' },
            {
              label: t.cancelled,
              status: 'stopped',
              on: '2027-03-08',
              detail: say('trop peu de réponses', 'too few answers'),
            },
          ]}
        />
      </Section>
      <Section id="jauge" title={say('Jauge des réponses', 'Answer gauge')}>
        <AnswerGauge
          lang={lang}
          of={51}
          answers={{
            kind: 'exact',
            answered: 46,
            names: {
              answered: ['Forges du Val', 'Ortho Meuse', 'Titane Services'],
              silent: [
                'Ciselure Biesles',
                'Estampage Rolampont',
                'Laser Marne',
                'Outillage Sarrey',
                'Polissage Nord',
              ],
            },
          }}
          seats={87}
        />
        <AnswerGauge lang={lang} of={51} answers={{ kind: 'band', atLeast: 6 }} seats={[30, 40]} />
        <AnswerGauge lang={lang} of={51} answers={{ kind: 'band', atLeast: 0 }} />
      </Section>
      <Section id="preuve" title={say('Barre de preuve', 'Proof bar')}>
        <ProofBar
          lang={lang}
          boundCents={1_243_000}
          planCents={1_248_000}
          aloneCents={1_796_000}
          baseline={say('au prix catalogue', 'at catalogue price')}
        />
        <ProofBar lang={lang} boundCents={640_000} planCents={640_000} aloneCents={1_240_000} />
        <ProofBar lang={lang} boundCents={900_000} planCents={1_300_000} aloneCents={1_500_000} />
        <ProofBar lang={lang} boundCents={null} planCents={820_000} aloneCents={820_000} />
      </Section>
      <Section id="part" title={say('Carte de part', 'Share card')}>
        <ShareCard
          lang={lang}
          title={say('Ortho Meuse, 3 places, ISO 13485', 'Ortho Meuse, 3 seats, ISO 13485')}
          aloneCents={186_000}
          togetherCents={123_600}
          baseline={say('au prix catalogue', 'at catalogue price')}
          reason={say(
            'Vos 3 places aident à remplir la séance du 8 mars à Nogent, qui n’ouvrait pas sans elles. Vous payez donc moins que la moyenne du groupe.',
            'Your 3 seats help to fill the session of 8 March in Nogent, which would not open without them. So you pay less than the group’s average.',
          )}
          how={
            <p>
              {say(
                'Règle de Shapley : la moyenne de ce que votre arrivée coûte au groupe, dans tous les ordres possibles.',
                'Shapley’s rule: the average of what your arrival costs the group, over every possible order.',
              )}
            </p>
          }
          actions={actions}
        />
        <ShareCard
          lang={lang}
          title={say('Ciselure Biesles, 1 place, métrologie', 'Ciselure Biesles, 1 seat, metrology')}
          aloneCents={48_000}
          togetherCents={48_000}
          baseline={say('au prix catalogue', 'at catalogue price')}
          reason=""
          how={
            <p>
              {say(
                'Aucune séance n’ouvre pour cette place : elle est achetée seule.',
                'No session opens for this seat: it is bought alone.',
              )}
            </p>
          }
          isMaximum={false}
        />
      </Section>
      <Section id="calendrier" title={say('Calendrier des séances', 'Session calendar')}>
        <SessionCalendar
          lang={lang}
          sessions={[
            {
              id: '1',
              course: 'ISO 13485',
              site: 'Nogent',
              from: '2027-03-08',
              days: 2,
              seats: 11,
              maxSeats: 12,
              minSeats: 4,
              yours: 3,
              href: '#calendrier',
            },
            {
              id: '2',
              course: say('Métrologie', 'Metrology'),
              site: 'Nogent',
              from: '2027-03-09',
              days: 1,
              seats: 8,
              maxSeats: 8,
              minSeats: 5,
            },
            {
              id: '3',
              course: say('Soudage du titane', 'Titanium welding'),
              site: 'Chaumont',
              from: '2027-03-11',
              days: 2,
              seats: 3,
              maxSeats: 10,
              minSeats: 4,
            },
            {
              id: '4',
              course: 'ISO 13485',
              site: 'Langres',
              from: '2027-03-15',
              days: 2,
              seats: 14,
              maxSeats: 16,
              minSeats: 6,
            },
          ]}
        />
        <SessionCalendar lang={lang} sessions={[]} />
      </Section>
    </>
  );
}

export function PlanPieces({ lang }: { lang: Lang }) {
  const say = sayIn(lang);
  const running: SolverProgress = {
    seconds: 41,
    cost: 1_248_000,
    bound: 1_231_500,
    gap: 0.0134,
    state: 'running',
  };
  const history = [
    { seconds: 0.4, cost: 1_402_000, bound: null },
    { seconds: 1.2, cost: 1_330_500, bound: 1_105_000 },
    { seconds: 4, cost: 1_296_000, bound: 1_160_000 },
    { seconds: 9, cost: 1_262_000, bound: 1_198_000 },
    { seconds: 18, cost: 1_255_500, bound: 1_219_000 },
    { seconds: 30, cost: 1_248_000, bound: 1_226_000 },
  ];
  const stop = (
    <ActionButton action="#solveur" icon="stop">
      {uiTexts(lang).solver.stop}
    </ActionButton>
  );
  return (
    <>
      <Section id="solveur" title={say('Solveur au travail', 'Solver at work')}>
        <SolverAtWork
          lang={lang}
          progress={running}
          history={history}
          budgetSeconds={60}
          stop={stop}
          refresh="#solveur"
        />
        <SolverAtWork
          lang={lang}
          progress={{ seconds: 0, cost: null, bound: null, gap: null, state: 'waiting' }}
          budgetSeconds={60}
        />
        <SolverAtWork
          lang={lang}
          progress={{ seconds: 60, cost: 1_243_000, bound: 1_243_000, gap: 0, state: 'finished' }}
          history={[...history, { seconds: 50, cost: 1_243_000, bound: 1_243_000 }]}
          budgetSeconds={60}
        />
        <SolverAtWork
          lang={lang}
          progress={{ seconds: 12, cost: null, bound: 880_000, gap: null, state: 'failed' }}
          budgetSeconds={60}
        />
      </Section>
      <Section id="difference" title={say('Différence', 'Difference')}>
        <Difference
          lang={lang}
          rows={[
            {
              kind: 'changed',
              label: say('ISO 13485, Nogent', 'ISO 13485, Nogent'),
              before: say('8 mars, 11 places', '8 March, 11 seats'),
              after: say('15 mars, 12 places', '15 March, 12 seats'),
              note: say('Salle indisponible le 8', 'Room not available on the 8th'),
            },
            {
              kind: 'added',
              label: say('Métrologie, Chaumont', 'Metrology, Chaumont'),
              after: say('18 mars, 6 places', '18 March, 6 seats'),
            },
            {
              kind: 'gone',
              label: say('Soudage du titane, Chaumont', 'Titanium welding, Chaumont'),
              before: say('11 mars, 3 places', '11 March, 3 seats'),
              note: say('Sous le minimum de 4', 'Below the minimum of 4'),
            },
            {
              kind: 'kept',
              label: say('ISO 13485, Langres', 'ISO 13485, Langres'),
              before: say('15 mars', '15 March'),
              after: say('15 mars', '15 March'),
            },
            {
              kind: 'kept',
              label: say('Métrologie, Nogent', 'Metrology, Nogent'),
              before: say('9 mars', '9 March'),
              after: say('9 mars', '9 March'),
            },
          ]}
        />
        <Difference lang={lang} rows={[]} />
      </Section>
      <Section id="comparaison" title={say('Deux plans côte à côte', 'Two plans side by side')}>
        <PlanComparison
          lang={lang}
          a={{
            name: say('Plan du 12 mars', 'Plan of 12 March'),
            detail: say('les offres reçues', 'the offers received'),
            action: (
              <Button type="button">{say('Garder le plan du 12 mars', 'Keep the plan of 12 March')}</Button>
            ),
          }}
          b={{
            name: say('Et si Langres ouvre ?', 'What if Langres opens?'),
            detail: say('une offre de plus', 'one more offer'),
            action: (
              <Button type="button" kind="main">
                {say('Choisir celui-ci', 'Choose this one')}
              </Button>
            ),
          }}
          criteria={[
            {
              label: say('Coût total', 'Total cost'),
              a: <Money cents={1_248_000} lang={lang} />,
              b: <Money cents={1_216_000} lang={lang} />,
              better: 'b',
              difference: formatMoney(-32_000, lang),
            },
            { label: say('Places servies', 'Seats served'), a: '84', b: '87', better: 'b', difference: '+3' },
            { label: say('Trajets', 'Travel'), a: '612 km', b: '744 km', better: 'a', difference: '+132 km' },
            { label: say('Séances', 'Sessions'), a: '7', b: '7', better: null },
          ]}
        />
      </Section>
      <Section id="graphiques" title={say('Graphiques', 'Charts')}>
        <Chart
          lang={lang}
          kind="bars"
          title={say(
            'Chaque année, ensemble coûte un tiers de moins.',
            'Every year, together costs a third less.',
          )}
          categoryLabel={say('Année', 'Year')}
          categories={['2023', '2024', '2025', '2026']}
          format={(v) => formatMoney(v, lang, { whole: true })}
          series={[
            {
              name: say('Chacun seul', 'Each alone'),
              tone: 'alone',
              values: [920_000, 1_240_000, 1_510_000, 1_796_000],
            },
            {
              name: say('Ensemble', 'Together'),
              tone: 'together',
              values: [640_000, 830_000, 1_020_000, 1_248_000],
            },
          ]}
        />
        <Chart
          lang={lang}
          kind="line"
          title={say('Les places formées doublent en quatre ans.', 'Seats trained double in four years.')}
          categoryLabel={say('Année', 'Year')}
          categories={['2022', '2023', '2024', '2025', '2026']}
          series={[
            {
              name: say('Places ensemble', 'Seats together'),
              tone: 'together',
              values: [42, 51, null, 78, 87],
            },
            { name: say('Places seules', 'Seats alone'), tone: 'alone', values: [60, 58, 49, 44, 31] },
          ]}
          source={
            <SourceLine
              lang={lang}
              asOf="2026-11-01"
              definition={say('places payées', 'seats paid for')}
              source={{ label: say('campagnes réglées', 'settled campaigns') }}
            />
          }
        />
      </Section>
    </>
  );
}
