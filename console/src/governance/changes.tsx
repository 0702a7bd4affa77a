import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { reclassificationsQuery } from '../api/governance';
import { DatasetTitle } from '../parts/dataset-title';
import { Card, PageTitle } from '../parts/page';
import { Listed } from '../parts/listed';
import { tokenOf } from '../parts/pager';
import { Empty } from '../parts/states';
import { TierBadge } from '../parts/tier-badge';
import { Moment } from '../parts/time';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { ImpactList } from './impact';

const route = getRouteApi('/tier-changes');

export function TierChanges() {
  return (
    <SignedIn>
      <Recorded />
    </SignedIn>
  );
}

/** Changes of tier that happened, newest first, with what became of everything they touched. */
function Recorded() {
  const { t } = useTranslation();
  const { dataset, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(reclassificationsQuery({ dataset, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle
        title={t('changes.title')}
        above={<TextLink to="/classification">← {t('classification.title')}</TextLink>}
      >
        <p className="lead">{t('changes.text')}</p>
      </PageTitle>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/tier-changes', search: { dataset, trail: next } })}
        empty={<Empty title={t('changes.empty')} />}
      >
        {(page) =>
          page.items.map((change) => (
            <Card key={change.id}>
              <p className="row-title">
                <DatasetTitle id={change.dataset} title={worded(change.datasetTitle) || change.dataset} />
              </p>
              <p className="badges">
                <TierBadge tier={change.from} /> <span aria-hidden="true">→</span> <TierBadge tier={change.to} />{' '}
                <span className="muted">
                  <Moment at={change.at} />
                </span>
              </p>
              <ImpactList impact={change} />
            </Card>
          ))
        }
      </Listed>
    </div>
  );
}
