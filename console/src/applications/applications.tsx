import './applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { applicationsQuery } from '../api/queries';
import { useCodes } from '../parts/codes';
import { PageTitle } from '../parts/page';
import { Pager, tokenOf } from '../parts/pager';
import { Empty, Loading, ProblemPanel } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { LinkButton } from '../shell/link-button';
import { SignedIn } from '../shell/guard';
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
  const word = useCodes();
  const { state, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(applicationsQuery({ state, pageToken: tokenOf(trail) }));
  const page = list.data;
  return (
    <div className="page">
      <PageTitle title={t('applications.title')}>
        <p className="lead">{t('applications.text')}</p>
      </PageTitle>
      <Tabs label={t('applications.byState')}>
        <Link to="/applications" search={{}} activeOptions={{ exact: true }}>
          {t('applications.all')}
        </Link>
        {STATES.map((one) => (
          <Link key={one} to="/applications" search={{ state: one }}>
            {word('applicationState', one)}
          </Link>
        ))}
      </Tabs>
      {list.isPending && <Loading />}
      {list.isError && <ProblemPanel error={list.error} retry={() => void list.refetch()} />}
      {page?.items.length === 0 && (
        <Empty title={t('applications.empty')}>
          <p>{t('applications.emptyText')}</p>
          <LinkButton to="/datasets" search={{ tier: 'conditional' }} variant="default">
            {t('applications.find')}
          </LinkButton>
        </Empty>
      )}
      {page !== undefined && page.items.length > 0 && (
        <>
          <ApplicationRows rows={page.items} />
          <Pager
            trail={trail}
            nextPageToken={page.nextPageToken}
            total={page.total}
            shown={page.items.length}
            onTrail={(next) =>
              void navigate({ to: '/applications', search: { state, trail: next.length === 0 ? undefined : next } })
            }
          />
        </>
      )}
    </div>
  );
}
