import '../applications/applications.css';
import './register.css';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { facetsQuery } from '../api/queries';
import { complaintTable, MATTER_OUTCOMES, registerQuery, registerTable, statisticsQuery } from '../api/register';
import { useCodes } from '../parts/codes';
import { Listed } from '../parts/listed';
import { Card, PageTitle } from '../parts/page';
import { tokenOf } from '../parts/pager';
import { SaveAs } from '../parts/save-as';
import { useSession } from '../parts/session';
import { Empty, Loading, ProblemPanel } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { ComplaintCards } from './complaints';
import { Entries } from './entries';
import { JudgingCard } from './judging';
import { StatisticsCards } from './statistics';

const route = getRouteApi('/register');

/** What everyone may know of rulings; officers of the authority may look at everything that was counted. */
export function Register() {
  const { t } = useTranslation();
  const session = useSession();
  const mayAll = session.has('officer', 'approver', 'supervisor', 'auditor');
  const { sight, period, field } = route.useSearch();
  const full = mayAll && sight === 'full';
  const statistics = useQuery(statisticsQuery(full, { period, field }));
  return (
    <div className="page">
      <PageTitle title={t('register.title')}>
        <p className="lead">{t('register.text')}</p>
      </PageTitle>
      {mayAll && (
        <Tabs label={t('register.sight')}>
          <Link
            to="/register"
            search={{ period, field }}
            activeOptions={{ exact: true }}
            aria-current={full ? undefined : 'page'}
          >
            {t('register.public')}
          </Link>
          <Link to="/register" search={{ period, field, sight: 'full' }} aria-current={full ? 'page' : undefined}>
            {t('register.full')}
          </Link>
        </Tabs>
      )}
      <Filters upTo={statistics.data?.upTo ?? null} />
      {statistics.isPending && <Loading rows={5} />}
      {statistics.isError && <ProblemPanel error={statistics.error} retry={() => void statistics.refetch()} />}
      {statistics.data !== undefined && <StatisticsCards statistics={statistics.data} />}
      {statistics.data !== undefined && field === undefined && (
        <ComplaintCards
          complaints={statistics.data.complaints}
          least={statistics.data.leastApplicants}
          table={full ? null : complaintTable({ period })}
        />
      )}
      {session.has('reviewer', 'approver', 'supervisor', 'auditor') && <JudgingCard period={period} />}
      {!full && <Lines />}
    </div>
  );
}

const QUARTERS = 8;

/** The newest quarters that are told, and their years. */
function periodsUpTo(upTo: string): string[] {
  const quarters: string[] = [];
  let [year, number] = [Number(upTo.slice(0, 4)), Number(upTo.slice(6))];
  while (quarters.length < QUARTERS) {
    quarters.push(`${year}-Q${number}`);
    [year, number] = number === 1 ? [year - 1, 4] : [year, number - 1];
  }
  return [...quarters, ...new Set(quarters.map((one) => one.slice(0, 4)))];
}

function Filters({ upTo }: { readonly upTo: string | null }) {
  const { t } = useTranslation();
  const word = useCodes();
  const search = route.useSearch();
  const navigate = useNavigate();
  const fields = useQuery(facetsQuery()).data?.fields ?? [];
  const go = (more: { readonly period?: string | undefined; readonly field?: string | undefined }): void =>
    void navigate({ to: '/register', search: { ...search, trail: undefined, ...more } });
  const all = { value: '', label: t('register.all') };
  const periods = upTo === null ? [] : periodsUpTo(upTo);
  return (
    <div className="register-filters">
      <NativeSelect
        label={t('register.period')}
        value={search.period ?? ''}
        data={[all, ...periods]}
        onChange={(event) => go({ period: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label={t('register.field')}
        value={search.field ?? ''}
        data={[all, ...fields.map(({ code }) => ({ value: code, label: word('field', code) }))]}
        onChange={(event) => go({ field: event.currentTarget.value || undefined })}
      />
    </div>
  );
}

function Lines() {
  const { t } = useTranslation();
  const word = useCodes();
  const navigate = useNavigate();
  const { period, field, outcome, trail = [] } = route.useSearch();
  const filter = { period, field, outcome };
  const list = useQuery(registerQuery({ ...filter, pageToken: tokenOf(trail) }));
  const told = list.data;
  return (
    <Card title={t('register.lines')}>
      {told !== undefined && (
        <p className="muted">
          {told.upTo === null
            ? t('register.nothingYet')
            : t('register.rule', { upTo: told.upTo, least: told.leastApplicants })}
        </p>
      )}
      <Tabs label={t('register.outcome')}>
        <Link
          to="/register"
          search={{ period, field }}
          activeOptions={{ exact: true }}
          aria-current={outcome === undefined ? 'page' : undefined}
        >
          {t('register.all')}
        </Link>
        {MATTER_OUTCOMES.map((one) => (
          <Link
            key={one}
            to="/register"
            search={{ period, field, outcome: one }}
            aria-current={outcome === one ? 'page' : undefined}
          >
            {word('matterOutcome', one)}
          </Link>
        ))}
      </Tabs>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/register', search: { ...filter, trail: next } })}
        empty={<Empty title={t('register.empty')} />}
      >
        {(page) => (
          <>
            <div className="register-lines">
              <Entries items={page.items} />
            </div>
            <SaveAs files={[{ path: registerTable(filter), name: 'register.csv', label: t('register.save') }]} />
          </>
        )}
      </Listed>
    </Card>
  );
}
