import { useTranslation } from 'react-i18next';
import type { EndedDataset, Later, Narrowing, SimilarCase } from '../api/similar-cases';
import { useCodes } from '../parts/codes';
import { Day, dayText } from '../parts/time';
import { worded } from '../parts/wording';
import { TextLink } from '../shell/link-button';

/** One earlier case: why it is like this one, how it ended, what came of it. */
export function SimilarCaseLine({ similar }: { readonly similar: SimilarCase }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { application, number, ruledOn, days, limit } = similar;
  return (
    <li className="similar-case">
      <p className="similar-head">
        <TextLink to="/applications/$id" params={{ id: application }}>
          {number ?? application}
        </TextLink>
        <span className="muted">
          {ruledOn !== null && <Day at={ruledOn} />}
          {days !== null && ` · ${t('similar.took', { days, limit: limit ?? '–' })}`}
          {similar.late && ` · ${t('register.late')}`}
        </span>
      </p>
      <ul className="chips" aria-label={t('similar.alikeIn')}>
        {similar.traits.map((trait) => (
          <li key={trait} className="chip">
            {word('caseTrait', trait)}
          </li>
        ))}
      </ul>
      <ul className="ended">
        {similar.datasets.map((one) => (
          <Ended key={one.dataset} ended={one} />
        ))}
      </ul>
      {similar.reasons.map(({ code, title }) => (
        <p key={code} className="muted">
          {t('similar.reason', { reason: worded(title) || code })}
        </p>
      ))}
      {similar.otherForm && <p className="muted">{t('similar.otherForm')}</p>}
      {similar.later.length > 0 && (
        <ul className="later" aria-label={t('similar.later')}>
          {similar.later.map((one, at) => (
            <Came key={at} later={one} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Ended({ ended }: { readonly ended: EndedDataset }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { tier, tierNow } = ended;
  return (
    <li>
      <strong data-ruling={ended.ruling}>{word('matterOutcome', ended.ruling)}</strong>
      {' · '}
      {worded(ended.title) || ended.dataset}
      {!ended.alsoAsked && <span className="muted"> {t('similar.otherDataset')}</span>}
      {ended.narrowing !== null && <Narrowed narrowing={ended.narrowing} />}
      {tier !== null && tierNow !== null && tier !== tierNow && (
        <span className="muted block">
          {t('similar.otherTier', { then: word('tier', tier), now: word('tier', tierNow) })}
        </span>
      )}
    </li>
  );
}

function Narrowed({ narrowing: { items, delivery, period, quota, conditions } }: { readonly narrowing: Narrowing }) {
  const { t } = useTranslation();
  const word = useCodes();
  const parts = [
    items === null
      ? null
      : items.asked === null
        ? t('similar.itemsOfAll', { given: items.given })
        : t('similar.items', { asked: items.asked, given: items.given }),
    delivery &&
      t('similar.delivery', { asked: word('delivery', delivery.asked), given: word('delivery', delivery.given) }),
    period && t('similar.period', { from: dayText(period.given.from), to: dayText(period.given.to) }),
    quota === null ? null : t('similar.quota', { count: quota }),
    ...conditions.map(({ text }) => t('similar.condition', { text })),
  ].filter((one) => one !== null);
  if (parts.length === 0) return null;
  return <span className="muted block">{parts.join(' · ')}</span>;
}

function Came({ later: { what, on, cause } }: { readonly later: Later }) {
  const word = useCodes();
  const why =
    cause === null
      ? ''
      : what === 'violation'
        ? word('violationKind', cause)
        : what === 'grant-suspended'
          ? word('holdCause', cause)
          : '';
  return (
    <li>
      <Day at={on} /> {word('caseLater', what)}
      {why !== '' && ` (${why})`}
    </li>
  );
}
