import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type ComplaintLine, complaintsQuery } from '../api/complaints';
import { useCodes } from '../parts/codes';
import { Listed } from '../parts/listed';
import { PageTitle } from '../parts/page';
import { tokenOf } from '../parts/pager';
import { useSession } from '../parts/session';
import { StateBadge } from '../parts/state-badge';
import { Empty } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { Day } from '../parts/time';
import { worded } from '../parts/wording';

const route = getRouteApi('/complaints');

/** Objections to quality that were answered, for everyone; the others, and complaints about rights, for whom they concern. */
export function Complaints() {
  const { t } = useTranslation();
  const { about, queue, dataset, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const isSignedIn = useSession().state === 'signed-in';
  const list = useQuery(complaintsQuery({ about, queue, dataset, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle title={t('complaints.title')}>
        <p className="lead">{t('complaints.text')}</p>
      </PageTitle>
      <Tabs label={t('grants.byState')}>
        <Link to="/complaints" search={{ dataset }} activeOptions={{ exact: true }}>
          {t('applications.all')}
        </Link>
        {(['quality', 'rights'] as const).map((one) => (
          <Link key={one} to="/complaints" search={{ about: one, dataset }}>
            {t(`complaints.${one}`)}
          </Link>
        ))}
        {isSignedIn &&
          (['mine', 'due', 'overdue'] as const).map((one) => (
            <Link key={one} to="/complaints" search={{ queue: one, dataset }}>
              {t(`complaints.${one}`)}
            </Link>
          ))}
      </Tabs>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/complaints', search: { about, queue, dataset, trail: next } })}
        empty={<Empty title={t('complaints.empty')} />}
      >
        {(page) => (
          <ul className="rows">
            {page.items.map((complaint) => (
              <Row key={complaint.id} complaint={complaint} />
            ))}
          </ul>
        )}
      </Listed>
    </div>
  );
}

function Row({ complaint }: { readonly complaint: ComplaintLine }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { id, number, fault, right, deadline, rests } = complaint;
  return (
    <li className="row-card">
      <div className="row-main">
        <Link to="/complaints/$id" params={{ id }} className="row-title">
          {worded(complaint.datasetTitle) || complaint.dataset}
        </Link>
        <p className="row-meta">
          <span className="mono">{number}</span>
          <span>{fault === null ? word('complaintRight', right) : word('qualityFault', fault)}</span>
          <span>{worded(complaint.holderName)}</span>
        </p>
      </div>
      <div className="row-side">
        <StateBadge family="complaintState" state={complaint.state} />
        {rests && <span className="chip chip-warn">{t('complaints.rests')}</span>}
        {deadline !== null && (
          <span className="row-turn">
            {t(deadline.overdue ? 'demands.overdueSince' : 'complaints.until')} <Day at={deadline.due} />
          </span>
        )}
      </div>
    </li>
  );
}
