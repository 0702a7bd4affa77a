import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DEMAND_STATES, type Demand, demandsQuery } from '../api/demands';
import { useCodes } from '../parts/codes';
import { PageTitle } from '../parts/page';
import { Listed } from '../parts/listed';
import { tokenOf } from '../parts/pager';
import { StateBadge } from '../parts/state-badge';
import { Empty } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { Day } from '../parts/time';
import { worded } from '../parts/wording';
import { LinkButton } from '../shell/link-button';

const route = getRouteApi('/demands');

/** Demands that were answered, for everyone; those that wait, for whom they concern. */
export function Demands() {
  const { t } = useTranslation();
  const word = useCodes();
  const { state, queue, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(demandsQuery({ state, queue, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle title={t('demands.title')} side={<LinkButton to="/demands/new">{t('demands.make')}</LinkButton>}>
        <p className="lead">{t('demands.text')}</p>
      </PageTitle>
      <Tabs label={t('grants.byState')}>
        <Link to="/demands" search={{}} activeOptions={{ exact: true }}>
          {t('applications.all')}
        </Link>
        {DEMAND_STATES.map((one) => (
          <Link key={one} to="/demands" search={{ state: one }}>
            {word('demandState', one)}
          </Link>
        ))}
        <Link to="/demands" search={{ queue: 'overdue' }}>
          {t('demands.overdue')}
        </Link>
      </Tabs>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/demands', search: { state, queue, trail: next } })}
        empty={<Empty title={t('demands.empty')} />}
      >
        {(page) => (
          <ul className="rows">
            {page.items.map((demand) => (
              <Row key={demand.id} demand={demand} />
            ))}
          </ul>
        )}
      </Listed>
    </div>
  );
}

function Row({ demand }: { readonly demand: Demand }) {
  const { t } = useTranslation();
  return (
    <li className="row-card">
      <div className="row-main">
        <Link to="/demands/$id" params={{ id: demand.id }} className="row-title">
          {demand.title}
        </Link>
        <p className="row-meta">
          <span>{worded(demand.holderName)}</span>
          {demand.datasetTitle !== null && <span>{worded(demand.datasetTitle)}</span>}
        </p>
      </div>
      <div className="row-side">
        <StateBadge family="demandState" state={demand.state} />
        {demand.state === 'waiting' && (
          <span className="row-turn">
            {t(demand.deadline.overdue ? 'demands.overdueSince' : 'demands.due')} <Day at={demand.deadline.due} />
          </span>
        )}
      </div>
    </li>
  );
}
