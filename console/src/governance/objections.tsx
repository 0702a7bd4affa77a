import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OBJECTION_STATES, type Objection, objectionsQuery } from '../api/objections';
import { useCodes } from '../parts/codes';
import { PageTitle } from '../parts/page';
import { Listed } from '../parts/listed';
import { tokenOf } from '../parts/pager';
import { StateBadge } from '../parts/state-badge';
import { Empty } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { TierBadge } from '../parts/tier-badge';
import { Moment } from '../parts/time';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';

const route = getRouteApi('/objections');

export function Objections() {
  return (
    <SignedIn>
      <List />
    </SignedIn>
  );
}

/** Objections to tiers that this person may see, newest first. */
function List() {
  const { t } = useTranslation();
  const word = useCodes();
  const { state, dataset, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(objectionsQuery({ state, dataset, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle
        title={t('objections.title')}
        above={
          dataset === undefined ? undefined : (
            <TextLink to="/datasets/$id" params={{ id: dataset }}>
              ← {t('assessment.dataset')}
            </TextLink>
          )
        }
      >
        <p className="lead">{t('objections.text')}</p>
      </PageTitle>
      <Tabs label={t('objections.title')}>
        <Link to="/objections" search={{ dataset }} activeOptions={{ exact: true }}>
          {t('objections.all')}
        </Link>
        {OBJECTION_STATES.map((one) => (
          <Link key={one} to="/objections" search={{ dataset, state: one }}>
            {word('objectionState', one)}
          </Link>
        ))}
      </Tabs>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/objections', search: { state, dataset, trail: next } })}
        empty={
          <Empty title={t('objections.empty')}>
            <p>{t('objections.none')}</p>
          </Empty>
        }
      >
        {(page) => (
          <ul className="rows">
            {page.items.map((objection) => (
              <Row key={objection.id} objection={objection} />
            ))}
          </ul>
        )}
      </Listed>
    </div>
  );
}

function Row({ objection }: { readonly objection: Objection }) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <li className="row-card">
      <div className="row-main">
        <Link to="/objections/$id" params={{ id: objection.id }} className="row-title">
          {worded(objection.datasetTitle) || objection.dataset}
        </Link>
        <p className="row-meta">
          <TierBadge tier={objection.objectedTier} />
          <span aria-hidden="true">→</span>
          <TierBadge tier={objection.tier} />
          <span>{word('objectionStanding', objection.standing)}</span>
          <span>
            <Moment at={objection.filedAt} />
          </span>
        </p>
      </div>
      <div className="row-side">
        <StateBadge family="objectionState" state={objection.state} />
        {objection.state === 'open' && (
          <span className="row-turn">{t('objections.waited', { count: objection.waitedDays })}</span>
        )}
      </div>
    </li>
  );
}
