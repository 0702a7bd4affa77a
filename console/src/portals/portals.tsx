import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Portal, type PortalUse, portalsQuery, portalsUseQuery } from '../api/portals';
import { LastAsked } from '../parts/key-row';
import { Listed } from '../parts/listed';
import { Card, PageTitle } from '../parts/page';
import { tokenOf } from '../parts/pager';
import { StateBadge } from '../parts/state-badge';
import { Empty } from '../parts/states';
import { useFigures } from '../register/statistics';
import { SignedIn } from '../shell/guard';
import { NewPortal } from './new-portal';

const route = getRouteApi('/portals');

/** Who may ask for access decisions by machine, for whoever administers. */
export function Portals() {
  const { t } = useTranslation();
  return (
    <SignedIn>
      <div className="page">
        <PageTitle title={t('portals.title')}>
          <p className="lead">{t('portals.text')}</p>
        </PageTitle>
        <List />
        <Card title={t('portals.register')}>
          <NewPortal />
        </Card>
      </div>
    </SignedIn>
  );
}

function List() {
  const { t } = useTranslation();
  const { trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(portalsQuery(tokenOf(trail)));
  const use = useQuery(portalsUseQuery()).data?.items;
  return (
    <Listed
      list={list}
      trail={trail}
      onTrail={(next) => void navigate({ to: '/portals', search: { trail: next } })}
      empty={<Empty title={t('portals.empty')} />}
    >
      {(page) => (
        <ul className="rows">
          {page.items.map((one) => (
            <Row
              key={one.id}
              portal={one}
              isRead={use !== undefined}
              use={use?.find(({ portal }) => portal === one.id)}
            />
          ))}
        </ul>
      )}
    </Listed>
  );
}

function Row(props: { readonly portal: Portal; readonly isRead: boolean; readonly use: PortalUse | undefined }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const { id, name, clientId, serves, state } = props.portal;
  return (
    <li className="row-card">
      <div className="row-main">
        <Link to="/portals/$id" params={{ id }} className="row-title">
          {name}
        </Link>
        <p className="row-meta">
          <span className="mono">{clientId}</span>
          <span>{serves === undefined ? t('portals.everyone') : t('portals.some', { count: serves.length })}</span>
        </p>
        {props.use !== undefined && (
          <p className="row-meta">
            <span>{t('portals.asked', { count: props.use.permitted + props.use.denied })}</span>
            {props.use.undecided > 0 && <span>{t('portals.undecided', { number: number(props.use.undecided) })}</span>}
          </p>
        )}
      </div>
      <div className="row-side">
        <StateBadge family="portalState" state={state} />
        {props.isRead && (
          <span className="row-turn">
            <LastAsked at={props.use?.lastAskedAt} />
          </span>
        )}
      </div>
    </li>
  );
}
