import type { Visit } from '../../../platform/http.ts';
import { formatDate } from '../../../platform/i18n/index.ts';
import { Notice, Opening, ProofBar, Screen, SecrecyMark, Section, ShareCard } from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import type { ShareModel } from '../views.ts';
import { amount, euros, nextDay, stateShape, textsOf, topicNames } from './words.tsx';

/** A company's own share: understood in ten seconds on a phone, printed on one sheet for the boss. */
export function shareScreen(visit: Visit, model: ShareModel) {
  const { lang } = visit;
  const t = textsOf(lang);
  const { campaign, kind, terms, share: body, company, totals, version } = model;
  const { share } = body;
  const names = topicNames(kind, terms);
  const together = share.pays + share.travel;
  const lines = body.lines.map((line) =>
    line.session
      ? t.share.session(
          amount(kind, line.quantity, lang),
          names.get(line.topic) ?? line.topic,
          formatDate(line.session.date, lang, 'weekday'),
          line.session.site,
        )
      : t.share.single(amount(kind, line.quantity, lang), names.get(line.topic) ?? line.topic),
  );
  return (
    <Screen frame={visit.frame} title={t.share.title}>
      <Opening
        lang={lang}
        title={t.share.of(company.name, campaign.title)}
        trail={[
          { href: paths.list, label: t.list.title },
          { href: paths.campaign(campaign.id), label: campaign.title },
        ]}
        state={{ kind: stateShape(campaign.state), label: t.states[campaign.state] }}
        next={t.share.maximum}
        by={nextDay(campaign.state, version)}
      />
      {body.lines.length === 0 ? (
        <Notice lang={lang} kind="info" happened={t.share.none} />
      ) : share.alone === null ? (
        <Notice
          lang={lang}
          kind="info"
          happened={`${t.plan.pays} ${euros(together, lang)}`}
          kept={lines.join(' ; ')}
        />
      ) : (
        <ShareCard
          lang={lang}
          title={t.share.title}
          aloneCents={share.alone}
          togetherCents={together}
          baseline={t.share.baseline}
          reason={`${t.share.reason(euros(share.alone, lang), euros(together, lang), euros(share.saves ?? 0, lang))} ${kind.because[lang](terms, body.lines)}`}
          how={
            <>
              <p>{t.share.fair[body.rule]}</p>
              {t.share.howLines(euros(share.pays, lang), euros(share.travel, lang)).map((line) => (
                <p>{line}</p>
              ))}
              {share.capped && <p>{t.share.capped}</p>}
              {!share.exact && <p>{t.share.sampled(euros(share.error, lang))}</p>}
              <p>{t.share.stable[body.core]}</p>
              {body.gainAlone !== null && (
                <p>
                  {body.gainAlone < 0 ? t.share.leaving(euros(-body.gainAlone, lang)) : t.share.leavingSame}
                </p>
              )}
            </>
          }
        />
      )}
      {body.lines.length > 0 && (
        <Section id="lines" title={t.share.linesTitle}>
          <ul>
            {lines.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </Section>
      )}
      {body.unserved.length > 0 && (
        <Section id="unserved" title={t.share.unservedTitle}>
          <ul>
            {body.unserved.map((u) => (
              <li>
                {amount(kind, u.quantity, lang)}, {names.get(u.topic) ?? u.topic} :{' '}
                {t.plan.reasons[u.reason] ?? u.reason}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <GroupSection visit={visit} totals={totals} />
      <p class="source">
        {t.needs.secret} <SecrecyMark lang={lang} id="share-secret" rule={t.needs.secret} /> {t.share.print}
      </p>
    </Screen>
  );
}

/** What may be said of the whole plan to everybody. */
export function GroupSection({ visit, totals }: { visit: Visit; totals: ShareModel['totals'] }) {
  const { lang } = visit;
  const t = textsOf(lang);
  if (!totals) return null;
  return (
    <Section id="group" title={t.share.groupTitle}>
      {totals.cost !== null && totals.alone !== null ? (
        <ProofBar
          lang={lang}
          boundCents={totals.bound}
          planCents={totals.cost}
          aloneCents={totals.alone}
          baseline={t.plan.baseline}
        />
      ) : (
        <p>{t.share.groupHidden}</p>
      )}
      <p>{t.plan.core[totals.core]}</p>
    </Section>
  );
}
