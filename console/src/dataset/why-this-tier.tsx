import { useTranslation } from 'react-i18next';
import type { Dataset } from '../api/datasets';
import { useCodes } from '../parts/codes';
import { Card } from '../parts/page';
import { useSession } from '../parts/session';
import { TierBadge } from '../parts/tier-badge';
import { Worded } from '../parts/wording';
import { TextLink } from '../shell/link-button';

/** The rules that gave the tier, each with its text and source; what nobody read in the law is never shown as law. */
export function WhyThisTier({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const word = useCodes();
  const reasons = dataset.reasons ?? [];
  return (
    <Card title={t('why.title', { tier: word('tier', dataset.tier) })} tone="accent" id="why">
      {dataset.declaredTier != null && dataset.declaredTier !== dataset.tier && (
        <p className="why-changed">
          {t('why.differs', { declared: word('tier', dataset.declaredTier), tier: word('tier', dataset.tier) })}
        </p>
      )}
      {reasons.length === 0 ? (
        <p className="muted">{t(dataset.redacted === true ? 'why.redacted' : 'why.none')}</p>
      ) : (
        <ol className="reasons">
          {reasons.map((reason) => (
            <li key={reason.rule}>
              <p className="reason-text">
                <Worded text={reason.text} />
              </p>
              <p className="reason-source">
                <Verified verified={reason.verified} />
                <span>
                  <Worded text={reason.source} />
                </span>
                <code>{reason.rule}</code>
              </p>
            </li>
          ))}
        </ol>
      )}
      {dataset.views !== undefined && <Views dataset={dataset} views={dataset.views} />}
    </Card>
  );
}

/** The items that are milder than the dataset, and how each kind of them is to be had. */
function Views({ dataset, views }: { readonly dataset: Dataset; readonly views: NonNullable<Dataset['views']> }) {
  const { t } = useTranslation();
  const kinds = [
    { help: t('why.openItems'), names: views.open, applies: false },
    {
      help: t('why.conditionalItems'),
      names: views.conditional.filter((name) => !views.open.includes(name)),
      applies: useSession().has('handler', 'citizen'),
    },
  ];
  return (
    <div className="views">
      <h3>{t('why.views')}</h3>
      {kinds.map(({ help, names, applies }) =>
        names.length === 0 ? null : (
          <div key={help}>
            <p>{help}</p>
            <ul className="bullets">
              {(dataset.items ?? [])
                .filter(({ name }) => names.includes(name))
                .map((item) => (
                  <li key={item.name}>
                    <Worded text={item.title} /> <code>{item.name}</code> <TierBadge tier={item.tier} />
                  </li>
                ))}
            </ul>
            {applies && (
              <TextLink to="/apply" search={{ dataset: dataset.id }}>
                {t('why.applyForItems')}
              </TextLink>
            )}
          </div>
        ),
      )}
    </div>
  );
}

export function Verified({ verified }: { readonly verified: boolean }) {
  const { t } = useTranslation();
  return (
    <span
      className={verified ? 'verified is-verified' : 'verified'}
      title={t(verified ? 'why.verifiedHelp' : 'why.unverifiedHelp')}
    >
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        <path
          d="M8 1.2 14 3.4v4.4c0 3.6-2.5 6-6 7-3.5-1-6-3.4-6-7V3.4Z"
          fill={verified ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray={verified ? undefined : '2.4 1.8'}
        />
        {verified && <path d="m5 8.2 2.2 2.1L11 6.2" stroke="#fff" strokeWidth="1.7" fill="none" />}
      </svg>
      {t(verified ? 'why.verified' : 'why.unverified')}
    </span>
  );
}
