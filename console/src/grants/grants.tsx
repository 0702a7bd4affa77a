import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { grantsQuery } from '../api/queries';
import type { Grant } from '../api/grants';
import { useCodes } from '../parts/codes';
import { PageTitle } from '../parts/page';
import { Listed } from '../parts/listed';
import { tokenOf } from '../parts/pager';
import { StateBadge } from '../parts/state-badge';
import { StateTabs } from '../parts/state-tabs';
import { Empty } from '../parts/states';
import { Day } from '../parts/time';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { EndingSoon } from './ending-soon';
import { GrantTitle } from './grant-title';
import { Overdue, WasDue } from './overdue';

const route = getRouteApi('/grants');
const STATES = ['pending', 'active', 'limited', 'suspended', 'revoked', 'expired', 'relinquished'] as const;

export function Grants() {
  return (
    <SignedIn>
      <List />
    </SignedIn>
  );
}

function List() {
  const { t } = useTranslation();
  const { state, duty, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(grantsQuery({ state, duty, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle title={t('grants.title')}>
        <p className="lead">{t('grants.text')}</p>
      </PageTitle>
      {duty === undefined && <Overdue />}
      {duty === undefined && <EndingSoon />}
      <StateTabs label={t('grants.byState')} to="/grants" family="grantState" states={STATES}>
        <Link to="/grants" search={{ duty: 'overdue' }}>
          {t('duty.overdue')}
        </Link>
      </StateTabs>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/grants', search: { state, duty, trail: next } })}
        empty={
          duty === undefined ? (
            <Empty title={t('grants.empty')}>
              <p>{t('grants.emptyText')}</p>
            </Empty>
          ) : (
            <Empty title={t('grants.nothingOverdue')}>
              <p>{t('grants.nothingOverdueText')}</p>
            </Empty>
          )
        }
      >
        {(page) => (
          <ul className="rows">
            {page.items.map((grant) => (
              <Row key={grant.id} grant={grant} isOverdue={duty !== undefined} />
            ))}
          </ul>
        )}
      </Listed>
    </div>
  );
}

function Row({ grant, isOverdue }: { readonly grant: Grant; readonly isOverdue: boolean }) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <li className="row-card">
      <div className="row-main">
        <GrantTitle grant={grant} />
        <p className="row-meta">
          <span className="mono">{grant.number}</span>
          {grant.kind === 'sharing' && <span className="chip">{t('sharing.kind.sharing')}</span>}
          <span>{worded(grant.organisationName)}</span>
          <span>{word('purpose', grant.purpose)}</span>
          <span>{word('delivery', grant.delivery)}</span>
        </p>
      </div>
      <div className="row-side">
        <StateBadge family="grantState" state={grant.state} />
        {grant.inForce === 'yes' && grant.data !== 'served' && (
          <span className="chip">{t(`grants.data.${grant.data}`)}</span>
        )}
        {isOverdue ? (
          <WasDue grant={grant} />
        ) : (
          <span className="row-turn">
            <Day at={grant.period.from} /> – <Day at={grant.period.to} />
          </span>
        )}
      </div>
    </li>
  );
}
