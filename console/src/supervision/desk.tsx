import '../applications/applications.css';
import './supervision.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Desk, deskQuery } from '../api/supervision';
import { useCodes } from '../parts/codes';
import { Card, PageTitle } from '../parts/page';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';

export function SupervisionDesk() {
  return (
    <SignedIn>
      <Loaded />
    </SignedIn>
  );
}

function Loaded() {
  const query = useQuery(deskQuery());
  if (query.data === undefined) return <Waiting query={query} />;
  return <Numbers desk={query.data} />;
}

const entries = <Name extends string>(counts: Readonly<Record<Name, number>>) =>
  Object.entries(counts) as [Name, number][];

/** What waits and what is in force; each number leads to what it counts. */
function Numbers({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <div className="page">
      <PageTitle title={t('supervision.title')}>
        <p className="lead">{t('supervision.text')}</p>
      </PageTitle>
      <Card title={t('violations.title')} aside={<TextLink to="/violations">{t('applications.all')}</TextLink>}>
        <ul className="numbers">
          {entries(desk.violations).map(([state, count]) => (
            <Figure key={state} count={count} name={word('violationState', state)}>
              {(label) => (
                <Link to="/violations" search={{ state }}>
                  {label}
                </Link>
              )}
            </Figure>
          ))}
        </ul>
      </Card>
      <Card title={t('supervision.inForce')} aside={<TextLink to="/sanctions">{t('applications.all')}</TextLink>}>
        <ul className="numbers">
          {entries(desk.sanctions).map(([step, count]) => (
            <Figure key={step} count={count} name={word('step', step)}>
              {(label) => (
                <Link to="/sanctions" search={{ state: 'in-force', step }}>
                  {label}
                </Link>
              )}
            </Figure>
          ))}
        </ul>
      </Card>
      <Card title={t('supervision.atRisk')} aside={<TextLink to="/grants">{t('applications.all')}</TextLink>}>
        <ul className="numbers">
          {(['suspended', 'limited'] as const).map((state) => (
            <Figure key={state} count={desk.grants[state]} name={word('grantState', state)}>
              {(label) => (
                <Link to="/grants" search={{ state }}>
                  {label}
                </Link>
              )}
            </Figure>
          ))}
          <Figure count={desk.grants.overdue} name={t('duty.overdue')}>
            {(label) => (
              <Link to="/grants" search={{ duty: 'overdue' }}>
                {label}
              </Link>
            )}
          </Figure>
        </ul>
      </Card>
      <Card title={t('demands.title')} aside={<TextLink to="/demands">{t('applications.all')}</TextLink>}>
        <ul className="numbers">
          <Figure count={desk.demands.waiting} name={word('demandState', 'waiting')}>
            {(label) => (
              <Link to="/demands" search={{ state: 'waiting' }}>
                {label}
              </Link>
            )}
          </Figure>
          <Figure count={desk.demands.overdue} name={t('demands.overdue')}>
            {(label) => (
              <Link to="/demands" search={{ queue: 'overdue' }}>
                {label}
              </Link>
            )}
          </Figure>
        </ul>
      </Card>
      <Card title={t('complaints.title')} aside={<TextLink to="/complaints">{t('applications.all')}</TextLink>}>
        <ul className="numbers">
          {(['quality', 'rights'] as const).map((about) => (
            <Figure key={about} count={desk.complaints[about]} name={t(`complaints.${about}`)}>
              {(label) => (
                <Link to="/complaints" search={{ about, queue: 'due' }}>
                  {label}
                </Link>
              )}
            </Figure>
          ))}
          <Figure count={desk.complaints.overdue} name={t('complaints.overdue')}>
            {(label) => (
              <Link to="/complaints" search={{ queue: 'overdue' }}>
                {label}
              </Link>
            )}
          </Figure>
        </ul>
      </Card>
    </div>
  );
}

function Figure(props: {
  readonly count: number;
  readonly name: string;
  readonly children: (label: ReactNode) => ReactNode;
}) {
  return (
    <li>
      {props.children(
        <>
          <strong>{props.count}</strong> <span>{props.name}</span>
        </>,
      )}
    </li>
  );
}
