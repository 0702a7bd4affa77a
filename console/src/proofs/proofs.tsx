import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EVIDENCE_STATES, evidenceListQuery, type FiledEvidenceLine } from '../api/evidence';
import { Listed } from '../parts/listed';
import { PageTitle } from '../parts/page';
import { tokenOf } from '../parts/pager';
import { useSession } from '../parts/session';
import { StateBadge } from '../parts/state-badge';
import { StateTabs } from '../parts/state-tabs';
import { Empty } from '../parts/states';
import { Day } from '../parts/time';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { LinkButton } from '../shell/link-button';

const route = getRouteApi('/evidence');

export function Proofs() {
  return (
    <SignedIn>
      <List />
    </SignedIn>
  );
}

/** Evidence of one's own organisation; for who judges it, everybody's, what waits first. */
function List() {
  const { t } = useTranslation();
  const { state, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const files = useSession().has('handler', 'signatory', 'citizen');
  const list = useQuery(evidenceListQuery({ state, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle
        title={t('proofs.title')}
        side={files && <LinkButton to="/evidence/new">{t('proofs.file')}</LinkButton>}
      >
        <p className="lead">{t(files ? 'proofs.text' : 'proofs.judgeText')}</p>
      </PageTitle>
      <StateTabs label={t('grants.byState')} to="/evidence" family="evidenceState" states={EVIDENCE_STATES} />
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/evidence', search: { state, trail: next } })}
        empty={
          <Empty title={t('proofs.empty')}>
            <p>{t('proofs.emptyText')}</p>
          </Empty>
        }
      >
        {(page) => (
          <ul className="rows">
            {page.items.map((one) => (
              <Row key={one.id} one={one} named={!files} />
            ))}
          </ul>
        )}
      </Listed>
    </div>
  );
}

function Row({ one, named }: { readonly one: FiledEvidenceLine; readonly named: boolean }) {
  const { t } = useTranslation();
  const { validUntil } = one;
  return (
    <li className="row-card">
      <div className="row-main">
        <Link to="/evidence/$id" params={{ id: one.id }} className="row-title">
          {worded(one.kindLabel) || one.kind}
        </Link>
        <p className="row-meta">
          {named && <span>{worded(one.organisationName)}</span>}
          <span>{one.issuer}</span>
          <span className="mono">{one.reference}</span>
        </p>
      </div>
      <div className="row-side">
        <StateBadge family="evidenceState" state={one.state} />
        {validUntil !== null && (
          <span className="row-turn">
            {t('request.validUntil')} <Day at={validUntil} />
          </span>
        )}
        {one.renewNow && <strong>{t('proofs.renewNow')}</strong>}
      </div>
    </li>
  );
}
