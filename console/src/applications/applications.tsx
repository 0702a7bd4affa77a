import './applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { applicationsQuery } from '../api/queries';
import { PageTitle } from '../parts/page';
import { Listed } from '../parts/listed';
import { tokenOf } from '../parts/pager';
import { StateTabs } from '../parts/state-tabs';
import { Empty } from '../parts/states';
import { LinkButton } from '../shell/link-button';
import { SignedIn } from '../shell/guard';
import { EndingSoon } from '../grants/ending-soon';
import { ApplicationRows } from './application-rows';

const route = getRouteApi('/applications');
const STATES = ['draft', 'submitted', 'needs-correction', 'in-review', 'approved', 'concluded', 'refused'] as const;

export function Applications() {
  return (
    <SignedIn>
      <List />
    </SignedIn>
  );
}

function List() {
  const { t } = useTranslation();
  const { state, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(applicationsQuery({ state, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle title={t('applications.title')}>
        <p className="lead">{t('applications.text')}</p>
      </PageTitle>
      <EndingSoon />
      <StateTabs label={t('applications.byState')} to="/applications" family="applicationState" states={STATES} />
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/applications', search: { state, trail: next } })}
        empty={
          <Empty title={t('applications.empty')}>
            <p>{t('applications.emptyText')}</p>
            <LinkButton to="/datasets" search={{ tier: 'conditional' }} variant="default">
              {t('applications.find')}
            </LinkButton>
          </Empty>
        }
      >
        {(page) => <ApplicationRows rows={page.items} />}
      </Listed>
    </div>
  );
}
