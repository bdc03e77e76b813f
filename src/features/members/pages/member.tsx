import type { Child } from 'hono/jsx';
import { vatNumber } from '../../../kernel/identifiers.ts';
import type { Visit } from '../../../platform/http.ts';
import { formatNumber, type Lang } from '../../../platform/i18n/index.ts';
import {
  Badge,
  ButtonLink,
  DataTable,
  EmptyState,
  NoteBlock,
  Opening,
  Protected,
  Screen,
  Section,
  type State,
  Timeline,
} from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import { textsOf } from '../texts.ts';
import type { HistoryLine } from '../types.ts';
import type { MemberModel } from '../views/member.ts';

export function memberPage(visit: Visit, model: MemberModel) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { organisation: org } = model;
  return (
    <Screen
      frame={visit.frame}
      title={org.name}
      note={
        <NoteBlock title={t.member.history}>
          <History lang={lang} lines={model.history} />
        </NoteBlock>
      }
    >
      <Opening
        lang={lang}
        title={org.name}
        trail={[{ href: paths.list, label: t.room }]}
        state={stateOf(model, lang)}
        action={
          model.staff && (
            <ButtonLink kind="main" href={paths.edit(org.id)}>
              {t.member.edit}
            </ButtonLink>
          )
        }
      >
        {org.illustrative && (
          <p>
            <Badge state="idle">{t.member.illustrative}</Badge> {t.member.illustrativeNote}
          </p>
        )}
        {org.activity !== '' && <p>{org.activity}</p>}
      </Opening>
      <Identity lang={lang} model={model} />
      <Sites lang={lang} model={model} />
      <Headcounts lang={lang} model={model} />
      <People lang={lang} model={model} />
      {org.facts.length > 0 && (
        <Section id="faits" title={t.member.facts}>
          {org.facts.map((fact) => (
            <div>
              <p>{fact.text}</p>
              <p class="source">{t.member.sourceLine(fact.source, fact.asOf)}</p>
            </div>
          ))}
        </Section>
      )}
    </Screen>
  );
}

function stateOf({ organisation: org, today }: MemberModel, lang: Lang): { kind: State; label: string } {
  const t = textsOf(lang).member;
  const since = org.joinedOn === null ? '' : ` ${t.since(org.joinedOn)}`;
  if (org.kind !== 'member') return { kind: 'open', label: `${t.state[org.kind]}${since}` };
  if (org.leftOn !== null && org.leftOn <= today)
    return { kind: 'stopped', label: `${t.state.former} ${t.on(org.leftOn)}` };
  if (org.illustrative) return { kind: 'idle', label: t.illustrative };
  return { kind: 'together', label: `${t.state.member}${since}` };
}

interface Part {
  readonly lang: Lang;
  readonly model: MemberModel;
}

function Identity({ lang, model }: Part) {
  const t = textsOf(lang).member;
  const { organisation: org } = model;
  const rows: (readonly [string, Child])[] = [
    [
      t.siren,
      org.siren === null ? (
        t.noSiren
      ) : (
        <>
          <span class="figure">{org.siren.replace(/(\d{3})(?=\d)/g, '$1\u202f')}</span>
          {model.demonstration && <small> {t.fictive}</small>}
        </>
      ),
    ],
  ];
  if (org.siren !== null) rows.push([t.vat, <span class="figure">{vatNumber(org.siren)}</span>]);
  if (org.formerNames.length > 0) rows.push([t.formerNames, org.formerNames.join(' ; ')]);
  if (org.group)
    rows.push([
      t.group,
      <>
        <a href={paths.listAs({ groupe: org.group.id })}>{org.group.name}</a>
        {model.siblings.length > 0 && (
          <>
            {` (${t.siblings} : `}
            {model.siblings.map((sibling, i) => (
              <>
                {i > 0 && ', '}
                <a href={paths.member(sibling.id)}>{sibling.name}</a>
              </>
            ))}
            )
          </>
        )}
      </>,
    ]);
  if (model.departments.length > 0)
    rows.push([
      t.departments,
      model.departments.map((department, i) => (
        <>
          {i > 0 && ', '}
          <a href={paths.listAs({ departement: department.slug })}>{department.name}</a>
        </>
      )),
    ]);
  const naf = [org.nafRev2, org.naf2025 && `${org.naf2025} (2025)`].filter(Boolean).join(' ; ');
  if (naf !== '') rows.push([t.naf, naf]);
  rows.push([t.headcount, <Heads lang={lang} model={model} />]);
  return (
    <Section id="identite" title={t.identity}>
      <table class="table">
        <caption class="sr">{t.identity}</caption>
        <tbody>
          {rows.map(([label, value]) => (
            <tr>
              <th scope="row">{label}</th>
              <td data-label={label}>
                <span>{value}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** The exact headcount, shielded, for who may read it; the band for the others. */
function Heads({ lang, model }: Part) {
  const t = textsOf(lang).member;
  const band = textsOf(lang).band(model.organisation.band);
  if (model.heads === null) return <>{band}</>;
  return (
    <Protected lang={lang} id="effectif-regle" rule={t.headsSecret}>
      {`${t.headsOf(model.heads)} (${band})`}
    </Protected>
  );
}

function Sites({ lang, model }: Part) {
  const t = textsOf(lang).member;
  const { id } = model.organisation;
  return (
    <Section
      id="sites"
      title={t.sites}
      tools={model.staff && <ButtonLink href={paths.newSite(id)}>{t.addSite}</ButtonLink>}
    >
      <DataTable
        lang={lang}
        caption={t.sites}
        captionHidden
        rows={model.sites}
        empty={<EmptyState>{t.noSites}</EmptyState>}
        columns={[
          {
            key: 'name',
            label: t.site,
            names: true,
            cell: (site) => (
              <>
                {site.name}
                {site.isHeadOffice && (
                  <>
                    {' '}
                    <Badge state="done">{t.headOffice}</Badge>
                  </>
                )}
              </>
            ),
          },
          { key: 'town', label: t.town, cell: (site) => `${site.postcode} ${site.town}`.trim() },
          { key: 'siret', label: t.siret, cell: (site) => <span class="figure">{site.siret ?? ''}</span> },
          ...(model.staff
            ? [
                {
                  key: 'edit',
                  label: textsOf(lang).member.edit,
                  cell: (site: (typeof model.sites)[number]) => (
                    <a href={paths.site(id, site.id)} aria-label={`${t.edit} ${site.name}`}>
                      {t.edit}
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function Headcounts({ lang, model }: Part) {
  const t = textsOf(lang).member;
  const mayAll = model.staff || model.own;
  const siteName = new Map(model.sites.map((site) => [site.id, site.name]));
  const empty = mayAll ? t.noHeadcounts : t.onlyBand;
  return (
    <Section
      id="effectifs"
      title={t.headcounts}
      tools={
        model.staff &&
        model.sites.length > 0 && (
          <ButtonLink href={paths.headcount(model.organisation.id)}>{t.recordHeads}</ButtonLink>
        )
      }
    >
      <DataTable
        lang={lang}
        caption={t.headcounts}
        captionHidden
        rows={model.headcounts}
        empty={<p>{empty}</p>}
        columns={[
          { key: 'site', label: t.site, names: true, cell: (row) => siteName.get(row.siteId) ?? '' },
          { key: 'year', label: t.year, align: 'end', cell: (row) => row.year },
          {
            key: 'heads',
            label: t.heads,
            align: 'end',
            cell: (row) => <span class="figure">{formatNumber(row.heads, lang)}</span>,
          },
          { key: 'public', label: t.visibility, cell: (row) => (row.isPublic ? t.published : t.protected) },
          { key: 'source', label: t.source, cell: (row) => row.source },
        ]}
      />
      {!mayAll && model.headcounts.length > 0 && <p class="source">{t.onlyBand}</p>}
    </Section>
  );
}

function People({ lang, model }: Part) {
  const t = textsOf(lang).member;
  const { id } = model.organisation;
  if (model.people === null)
    return (
      <Section id="personnes" title={t.people}>
        <p>{t.peopleSecret}</p>
      </Section>
    );
  const people = model.people;
  type Row = (typeof people)[number];
  return (
    <Section
      id="personnes"
      title={t.people}
      tools={model.staff && <ButtonLink href={paths.newRole(id)}>{t.addPerson}</ButtonLink>}
    >
      <DataTable
        lang={lang}
        caption={t.people}
        captionHidden
        rows={people}
        empty={
          model.organisation.illustrative ? (
            <p>{t.illustrativeNote}</p>
          ) : (
            <EmptyState
              action={model.staff && <ButtonLink href={paths.newRole(id)}>{t.addPerson}</ButtonLink>}
            >
              {t.noPeople}
            </EmptyState>
          )
        }
        columns={[
          { key: 'person', label: t.person, names: true, cell: (row) => row.name },
          {
            key: 'role',
            label: t.role,
            cell: (row) => (
              <Badge state={row.held ? 'together' : 'stopped'}>{textsOf(lang).roles[row.role]}</Badge>
            ),
          },
          {
            key: 'contact',
            label: t.contact,
            cell: (row) => (
              <>
                <a href={`mailto:${row.email}`}>{row.email}</a>
                {row.phone !== '' && ` ${row.phone}`}
              </>
            ),
          },
          {
            key: 'period',
            label: t.period,
            cell: (row) => (row.endsOn === null ? t.from(row.startsOn) : t.between(row.startsOn, row.endsOn)),
          },
          ...(model.staff
            ? [
                {
                  key: 'edit',
                  label: t.edit,
                  cell: (row: Row) => (
                    <>
                      <a href={paths.person(id, row.personId)} aria-label={`${t.correct} ${row.name}`}>
                        {t.correct}
                      </a>
                      {row.endsOn === null && (
                        <>
                          {' · '}
                          <a href={paths.endRole(id, row.roleId)} aria-label={`${t.endRole} ${row.name}`}>
                            {t.endRole}
                          </a>
                        </>
                      )}
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function History({ lang, lines }: { lang: Lang; lines: readonly HistoryLine[] }) {
  const t = textsOf(lang);
  const sentences: Readonly<Record<string, (p: Readonly<Record<string, string>>) => string>> = t.audit;
  const entries = lines.flatMap((line) => {
    const sentence = sentences[line.action];
    return sentence ? [{ at: line.at, text: sentence(line.details) }] : [];
  });
  return entries.length === 0 ? <p>{t.member.noHistory}</p> : <Timeline lang={lang} entries={entries} />;
}
