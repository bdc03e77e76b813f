import { dateOf } from '../kernel/dates.ts';
import type { HomeFigure, Task } from '../platform/feature.ts';
import type { Visit } from '../platform/http.ts';
import { formatDate, type Lang } from '../platform/i18n/index.ts';
import { ButtonLink, KeyFigures, Opening, Screen, Section, TaskList } from '../ui/index.ts';
import type { FactDate, Front } from './front.ts';
import { textsOf } from './shell.tsx';

const asOf = (on: FactDate, lang: Lang): string =>
  on.precision === 'year'
    ? on.date.slice(0, 4)
    : on.precision === 'month'
      ? formatDate(on.date, lang).replace(/^\S+ /, '')
      : formatDate(on.date, lang);

/** Four figures a row at most: more of them are not read. */
const rowsOf = (figures: Front['figures']): Front['figures'][] =>
  figures.length <= 4 ? [figures] : [figures.slice(0, 4), ...rowsOf(figures.slice(4))];

export function frontPage(visit: Visit, model: Front) {
  const { lang } = visit;
  const t = textsOf(lang).front;
  const { identity } = model;
  return (
    <Screen frame={visit.frame} title={visit.cluster.name}>
      <Opening
        lang={lang}
        title={visit.cluster.name}
        action={
          <ButtonLink kind="main" href={visit.frame.links.signIn}>
            {t.signIn}
          </ButtonLink>
        }
        next={t.memberLead}
      >
        {identity.tagline && (
          <p>
            <strong>{identity.tagline[lang]}</strong>
          </p>
        )}
        {identity.presentation && <p>{identity.presentation[lang]}</p>}
        {identity.notice && <p class="quiet">{identity.notice[lang]}</p>}
      </Opening>
      <Section id="figures" title={t.figures}>
        {model.figures.length === 0 ? (
          <p>{t.empty}</p>
        ) : (
          rowsOf(model.figures).map((row) => (
            <KeyFigures
              figures={row.map((f) => ({
                value: f.display[lang],
                label: f.label[lang],
                note: (
                  <p class="source">
                    <span>{`${f.definition[lang]} ${t.asOf(f.asOf.precision)} ${asOf(f.asOf, lang)}.`}</span>{' '}
                    <span>{`${t.source} : ${f.source[lang]}`}</span>
                  </p>
                ),
              }))}
            />
          ))
        )}
      </Section>
      {model.records.map((record, i) => (
        <Section id={`record-${i}`} title={t.record}>
          <p>{record.title[lang]}</p>
          <ul>
            {record.mandates.map((m) => (
              <li>
                <strong>{m.seat[lang]}</strong> : {m.holder} ({m.represented}). {m.note[lang]}
              </li>
            ))}
          </ul>
          <p class="source">{`${asOf(record.asOf, lang)}. ${t.source} : ${record.source[lang]}`}</p>
        </Section>
      ))}
      {model.editions.length > 0 && (
        <Section id="editions" title={t.editions}>
          <ul>
            {model.editions.map((edition) => (
              <li>
                <strong>{lang === 'fr' ? `${edition.number}e édition` : `Edition ${edition.number}`}</strong>{' '}
                :{' '}
                {edition.versions.map((version, i) => {
                  const said = version.place ? `${version.said[lang]}, ${version.place}` : version.said[lang];
                  return i < edition.versions.length - 1 ? (
                    <>
                      <s>{said}</s>{' '}
                    </>
                  ) : (
                    <>
                      {said}
                      {version.reason ? ` (${version.reason[lang]})` : ''}
                    </>
                  );
                })}
                . {edition.figures[lang]}
                <p class="source">{`${t.source} : ${edition.source[lang]}`}</p>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {model.actions.length > 0 && (
        <Section id="actions" title={t.actions}>
          <ul>
            {model.actions.map((action) => (
              <li>
                <strong>{action.title[lang]}</strong> : {action.result[lang]}
                <p class="source">{`${asOf(action.asOf, lang)}. ${t.source} : ${action.source[lang]}`}</p>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Screen>
  );
}

/** Home: what waits for the reader, then three figures, nothing else. */
export function homePage(
  visit: Visit,
  tasks: readonly Task[],
  figures: readonly HomeFigure[],
  now: Temporal.Instant,
) {
  const { lang } = visit;
  const t = textsOf(lang);
  const today = dateOf(now).toString();
  return (
    <Screen frame={visit.frame} title={t.home}>
      <Opening lang={lang} title={t.hello(visit.personName ?? '')}>
        <p>{visit.frame.account?.actingAs}</p>
      </Opening>
      <Section id="waiting" title={t.waiting}>
        <TaskList
          lang={lang}
          tasks={tasks.map((task, i) => {
            const day = task.by?.slice(0, 10);
            return {
              what: task.what,
              why: task.why,
              forWhom: visit.frame.account?.actingAs ?? '',
              ...(day ? { by: day, isLate: day < today } : {}),
              action: (
                <ButtonLink kind={i === 0 ? 'main' : 'plain'} href={task.href}>
                  {task.button}
                </ButtonLink>
              ),
            };
          })}
        />
      </Section>
      {figures.length > 0 && (
        <Section id="figures" title={t.figures}>
          <KeyFigures
            figures={figures.map((f) => ({
              value: f.value,
              label: f.label,
              note: <p class="source">{f.note}</p>,
            }))}
          />
        </Section>
      )}
    </Screen>
  );
}
