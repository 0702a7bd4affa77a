import '../applications/applications.css';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { withQuery } from '../api/client';
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
const KINDS = ['opening', 'sharing'] as const;
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
  const { queue: asked, kind: wanted, trail = [] } = route.useSearch();
  const kind = KINDS.find((one) => one === wanted);
  const queue = QUEUES.find((one) => one === asked) ?? 'mine';
  const navigate = useNavigate();
  const list = useQuery(applicationsQuery({ queue, kind, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle title={t('queue.title')}>
        <p className="lead">{t(`queue.text.${queue}`)}</p>
      </PageTitle>
      <Tabs label={t('queue.title')}>
        {QUEUES.map((one) => (
          <Link key={one} to="/queue" search={{ queue: one, kind }} aria-current={one === queue ? 'page' : undefined}>
            {t(`queue.tab.${one}`)}
          </Link>
        ))}
      </Tabs>
      <NativeSelect
        className="narrow-field"
        label={t('sharing.filter')}
        value={kind ?? ''}
        onChange={(event) => {
          const chosen = KINDS.find((one) => one === event.currentTarget.value);
          void navigate({ to: '/queue', search: { queue, kind: chosen } });
        }}
        data={[
          { value: '', label: t('sharing.kind.all') },
          ...KINDS.map((value) => ({ value, label: t(`sharing.kind.${value}`) })),
        ]}
      />
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/queue', search: { queue, kind, trail: next } })}
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
                {
                  path: withQuery('/api/applications/queue.csv', { queue, kind }),
                  name: 'queue.csv',
                  label: t('export.queue'),
                },
              ]}
            />
          </>
        )}
      </Listed>
    </div>
  );
}
