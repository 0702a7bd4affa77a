import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { applicationsQuery } from '../api/queries';
import { ApplicationRows } from '../applications/application-rows';
import { PageTitle } from '../parts/page';
import { Listed } from '../parts/listed';
import { SaveAs } from '../parts/save-as';
import { tokenOf } from '../parts/pager';
import { Empty } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { SignedIn } from '../shell/guard';

const route = getRouteApi('/queue');
const QUEUES = ['mine', 'due', 'overdue'] as const;

export function Queue() {
  return (
    <SignedIn>
      <List />
    </SignedIn>
  );
}

/** What a reviewer or approver has to do: their own turn first, then what presses, then what is late. */
function List() {
  const { t } = useTranslation();
  const { queue: asked, trail = [] } = route.useSearch();
  const queue = QUEUES.find((one) => one === asked) ?? 'mine';
  const navigate = useNavigate();
  const list = useQuery(applicationsQuery({ queue, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle title={t('queue.title')}>
        <p className="lead">{t(`queue.text.${queue}`)}</p>
      </PageTitle>
      <Tabs label={t('queue.title')}>
        {QUEUES.map((one) => (
          <Link key={one} to="/queue" search={{ queue: one }} aria-current={one === queue ? 'page' : undefined}>
            {t(`queue.tab.${one}`)}
          </Link>
        ))}
      </Tabs>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/queue', search: { queue, trail: next } })}
        empty={
          <Empty title={t(`queue.empty.${queue}`)}>
            <p>{t('queue.emptyText')}</p>
          </Empty>
        }
      >
        {(page) => (
          <>
            <p className="muted" role="status">
              {t('queue.count', { count: page.total })}
            </p>
            <ApplicationRows rows={page.items} />
            <SaveAs
              files={[
                { path: `/api/applications/queue.csv?queue=${queue}`, name: 'queue.csv', label: t('export.queue') },
              ]}
            />
          </>
        )}
      </Listed>
    </div>
  );
}
