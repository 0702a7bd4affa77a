import '../applications/applications.css';
import './classification.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { assessmentsQuery } from '../api/queries';
import type { Assessment } from '../api/assessments';
import { useCodes } from '../parts/codes';
import { PageTitle } from '../parts/page';
import { Listed } from '../parts/listed';
import { tokenOf } from '../parts/pager';
import { StateBadge } from '../parts/state-badge';
import { Empty } from '../parts/states';
import { TierBadge } from '../parts/tier-badge';
import { Worded, worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { Groups } from './groups';
import { PublisherName } from './publisher-name';

const route = getRouteApi('/classification');

export function Classification() {
  return (
    <SignedIn>
      <Pending />
    </SignedIn>
  );
}

/** What waits for an officer: groups of records with the same rules and verdict first, then record by record. */
function Pending() {
  const { t } = useTranslation();
  const { group, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(assessmentsQuery({ state: 'proposed', group, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle title={t('classification.title')}>
        <p className="lead">{t('classification.text')}</p>
        <p className="row">
          <Link to="/tier-changes">{t('changes.title')}</Link>
          <Link to="/reviews">{t('reviews.title')}</Link>
          <Link to="/objections" search={{ state: 'open' }}>
            {t('objections.title')}
          </Link>
          <Link to="/classification/worksheets">{t('worksheet.title')}</Link>
        </p>
      </PageTitle>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/classification', search: { group, trail: next } })}
        empty={
          <Empty title={t('classification.empty')}>
            <p>{t('classification.emptyText')}</p>
          </Empty>
        }
      >
        {(page) => (
          <>
            {group === undefined ? (
              <Groups groups={page.groups} />
            ) : (
              <p>
                <Link to="/classification">← {t('classification.allGroups')}</Link>
              </p>
            )}
            <h2>{t('classification.count', { count: page.total })}</h2>
            <ul className="rows">
              {page.items.map((assessment) => (
                <Row key={assessment.id} assessment={assessment} />
              ))}
            </ul>
          </>
        )}
      </Listed>
    </div>
  );
}

function Row({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { verdict } = assessment;
  return (
    <li className="row-card">
      <div className="row-main">
        <Link to="/classification/$id" params={{ id: assessment.id }} className="row-title">
          {worded(assessment.datasetTitle) || assessment.dataset}
        </Link>
        <p className="row-meta">
          <PublisherName id={assessment.publisher} />
          {verdict?.declared != null && (
            <span>{t('classification.declared', { tier: word('tier', verdict.declared) })}</span>
          )}
        </p>
        {assessment.rules.slice(0, 2).map((rule) => (
          <p key={rule.id} className="row-note">
            <Worded text={rule.text} />
          </p>
        ))}
      </div>
      <div className="row-side">
        {verdict !== null && <TierBadge tier={verdict.proposed ?? verdict.tier} />}
        <StateBadge family="assessmentState" state={assessment.state} />
      </div>
    </li>
  );
}
