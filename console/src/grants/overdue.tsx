import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { grantsQuery } from '../api/queries';
import type { Grant } from '../api/grants';
import { Card } from '../parts/page';
import { Day } from '../parts/time';
import { worded } from '../parts/wording';
import { TextLink } from '../shell/link-button';
import { GrantTitle } from './grant-title';

const MOST = 5;

/** Grants in sight under which a report or the deletion was owed by a day that has passed, the newest of them. */
export function Overdue() {
  const { t } = useTranslation();
  const list = useQuery(grantsQuery({ duty: 'overdue', pageToken: undefined }));
  const { items = [], total = 0 } = list.data ?? {};
  if (items.length === 0) return null;
  return (
    <Card title={t('duty.overdueOf', { count: total })} tone="stop" aside={total > MOST && <AllOverdue />}>
      <ul className="rows">
        {items.slice(0, MOST).map((grant) => (
          <li className="row-card" key={grant.id}>
            <div className="row-main">
              <GrantTitle grant={grant} />
              <p className="row-meta">
                <span className="mono">{grant.number}</span>
                <span>{worded(grant.organisationName)}</span>
              </p>
            </div>
            <div className="row-side">
              <WasDue grant={grant} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function AllOverdue() {
  const { t } = useTranslation();
  return (
    <TextLink to="/grants" search={{ duty: 'overdue' }}>
      {t('applications.all')}
    </TextLink>
  );
}

export function WasDue({ grant }: { readonly grant: Grant }) {
  const { t } = useTranslation();
  return (
    <span className="row-turn">
      {t('duty.wasDue')} <Day at={grant.dutyDue ?? ''} />
    </span>
  );
}
