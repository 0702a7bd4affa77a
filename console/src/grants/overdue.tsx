import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { grantsQuery } from '../api/queries';
import { Card } from '../parts/page';
import { Day } from '../parts/time';
import { worded } from '../parts/wording';
import { GrantTitle } from './grant-title';

/** Grants in sight under which a report or the deletion was owed by a day that has passed, the newest of them. */
export function Overdue() {
  const { t } = useTranslation();
  const list = useQuery(grantsQuery({ duty: 'overdue', pageToken: undefined }));
  const { items = [], total = 0 } = list.data ?? {};
  if (items.length === 0) return null;
  return (
    <Card title={t('duty.overdueOf', { count: total })} tone="stop">
      <ul className="rows">
        {items.map((grant) => (
          <li className="row-card" key={grant.id}>
            <div className="row-main">
              <GrantTitle grant={grant} />
              <p className="row-meta">
                <span className="mono">{grant.number}</span>
                <span>{worded(grant.organisationName)}</span>
              </p>
            </div>
            <div className="row-side">
              <span className="row-turn">
                {t('duty.wasDue')} <Day at={grant.dutyDue ?? ''} />
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
