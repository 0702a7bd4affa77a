import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { VIOLATION_STATES, type ViolationLine, violationsQuery } from '../api/supervision';
import { useCodes } from '../parts/codes';
import { PageTitle } from '../parts/page';
import { Listed } from '../parts/listed';
import { tokenOf } from '../parts/pager';
import { StateBadge } from '../parts/state-badge';
import { StateTabs } from '../parts/state-tabs';
import { Empty } from '../parts/states';
import { Moment } from '../parts/time';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';

const route = getRouteApi('/violations');

export function Violations() {
  return (
    <SignedIn>
      <List />
    </SignedIn>
  );
}

/** Of one's own organisation, of grants from it, or all: what the server shows. */
function List() {
  const { t } = useTranslation();
  const { state, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(violationsQuery({ state, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle title={t('violations.title')}>
        <p className="lead">{t('violations.text')}</p>
      </PageTitle>
      <StateTabs label={t('grants.byState')} to="/violations" family="violationState" states={VIOLATION_STATES} />
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/violations', search: { state, trail: next } })}
        empty={<Empty title={t('violations.empty')} />}
      >
        {(page) => (
          <ul className="rows">
            {page.items.map((one) => (
              <Row key={one.id} violation={one} />
            ))}
          </ul>
        )}
      </Listed>
    </div>
  );
}

function Row({ violation }: { readonly violation: ViolationLine }) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <li className="row-card">
      <div className="row-main">
        <Link to="/violations/$id" params={{ id: violation.id }} className="row-title">
          {word('violationKind', violation.kind)}
        </Link>
        <p className="row-meta">
          <span>{worded(violation.organisationName)}</span>
          <span>{worded(violation.datasetTitle) || t('violations.whole')}</span>
        </p>
      </div>
      <div className="row-side">
        <StateBadge family="violationState" state={violation.state} />
        <span className="row-turn">
          <Moment at={violation.reportedAt} />
        </span>
      </div>
    </li>
  );
}
