import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Registration, REGISTRATION_STATES, registrationsQuery } from '../api/registrations';
import { Signatories } from '../colleagues/pending';
import { useCodes } from '../parts/codes';
import { Listed } from '../parts/listed';
import { PageTitle } from '../parts/page';
import { tokenOf } from '../parts/pager';
import { StateBadge } from '../parts/state-badge';
import { Empty } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { Moment } from '../parts/time';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';

const route = getRouteApi('/registrations');

/** Who asks to take part, for whoever administers. */
export function Registrations() {
  const { t } = useTranslation();
  return (
    <SignedIn>
      <div className="page">
        <PageTitle title={t('registrations.title')}>
          <p className="lead">{t('registrations.text')}</p>
        </PageTitle>
        <Signatories />
        <List />
      </div>
    </SignedIn>
  );
}

function List() {
  const { t } = useTranslation();
  const word = useCodes();
  const { state, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(registrationsQuery({ state, pageToken: tokenOf(trail) }));
  return (
    <>
      <Tabs label={t('grants.byState')}>
        <Link to="/registrations" search={{}} activeOptions={{ exact: true }}>
          {t('applications.all')}
        </Link>
        {REGISTRATION_STATES.map((one) => (
          <Link key={one} to="/registrations" search={{ state: one }}>
            {word('registrationState', one)}
          </Link>
        ))}
      </Tabs>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/registrations', search: { state, trail: next } })}
        empty={<Empty title={t('registrations.empty')} />}
      >
        {(page) => (
          <ul className="rows">
            {page.items.map((one) => (
              <Row key={one.id} registration={one} />
            ))}
          </ul>
        )}
      </Listed>
    </>
  );
}

function Row({ registration }: { readonly registration: Registration }) {
  const word = useCodes();
  return (
    <li className="row-card">
      <div className="row-main">
        <Link to="/registrations/$id" params={{ id: registration.id }} className="row-title">
          {worded(registration.name)}
        </Link>
        <p className="row-meta">
          <span>{word('registrant', registration.kind)}</span>
          {registration.creditCode !== null && <span className="mono">{registration.creditCode}</span>}
        </p>
      </div>
      <div className="row-side">
        <StateBadge family="registrationState" state={registration.state} />
        <span className="row-turn">
          <Moment at={registration.submittedAt} />
        </span>
      </div>
    </li>
  );
}
