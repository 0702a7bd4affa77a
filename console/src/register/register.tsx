import '../applications/applications.css';
import './register.css';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { facetsQuery } from '../api/queries';
import {
  complaintTable,
  MATTER_OUTCOMES,
  registerFile,
  registerQuery,
  SAVED,
  statisticsFile,
  statisticsQuery,
} from '../api/register';
import { useCodes } from '../parts/codes';
import { Listed } from '../parts/listed';
import { Card, PageTitle } from '../parts/page';
import { tokenOf } from '../parts/pager';
import { SaveAs } from '../parts/save-as';
import { type Session, useSession } from '../parts/session';
import { Empty, Loading, ProblemPanel } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { ComplaintCards } from './complaints';
import { Entries } from './entries';
import { JudgingCard } from './judging';
import { ProceedingsCard } from './proceedings';
import { StatisticsCards } from './statistics';

const route = getRouteApi('/register');

type Sight = 'public' | 'full' | 'judging';

/** What a person may look at beside what everyone may: all that was counted, and how the people of a desk judge. */
function sightsOf(session: Session): readonly Sight[] {
  return [
    'public',
    ...(session.has('officer', 'approver', 'supervisor', 'auditor') ? (['full'] as const) : []),
    ...(session.has('reviewer', 'approver', 'supervisor', 'auditor') ? (['judging'] as const) : []),
  ];
}

/** What everyone may know of rulings; what officers may beside it stands under tabs of its own. */
export function Register() {
  const { t } = useTranslation();
  const sights = sightsOf(useSession());
  const search = route.useSearch();
  const sight = sights.find((one) => one === search.sight) ?? 'public';
  return (
    <div className="page">
      <PageTitle title={t('register.title')}>
        <p className="lead">{t('register.text')}</p>
      </PageTitle>
      {sights.length > 1 && <Sights sights={sights} chosen={sight} />}
      {sight === 'judging' ? <Judging /> : <Counted full={sight === 'full'} />}
    </div>
  );
}

function Sights({ sights, chosen }: { readonly sights: readonly Sight[]; readonly chosen: Sight }) {
  const { t } = useTranslation();
  const { period, field } = route.useSearch();
  const named = { public: t('register.public'), full: t('register.full'), judging: t('judging.title') };
  return (
    <Tabs label={t('register.sight')}>
      {sights.map((one) => (
        <Link
          key={one}
          to="/register"
          search={one === 'public' ? { period, field } : { period, field, sight: one }}
          activeOptions={{ exact: true }}
          aria-current={one === chosen ? 'page' : undefined}
        >
          {named[one]}
        </Link>
      ))}
    </Tabs>
  );
}

function Judging() {
  const { period } = route.useSearch();
  const { data } = useQuery(statisticsQuery(false, {}));
  return (
    <>
      <div className="register-filters">
        <PeriodFilter upTo={data?.upTo ?? null} />
      </div>
      <JudgingCard period={period} />
    </>
  );
}

function Counted({ full }: { readonly full: boolean }) {
  const { t } = useTranslation();
  const { period, field } = route.useSearch();
  const statistics = useQuery(statisticsQuery(full, { period, field }));
  return (
    <>
      <Filters upTo={statistics.data?.upTo ?? null} />
      {statistics.isPending && <Loading rows={5} />}
      {statistics.isError && <ProblemPanel error={statistics.error} retry={() => void statistics.refetch()} />}
      {statistics.data !== undefined && (
        <>
          <SaveAs
            files={SAVED.map((form) => ({
              path: statisticsFile(form, full, { period, field }),
              name: `statistics.${form}`,
              label: t(`register.saveStatistics.${form}`),
            }))}
          />
          <StatisticsCards statistics={statistics.data} />
        </>
      )}
      {statistics.data !== undefined && field === undefined && (
        <ComplaintCards
          complaints={statistics.data.complaints}
          least={statistics.data.leastApplicants}
          table={full ? null : complaintTable({ period })}
        />
      )}
      {statistics.data !== undefined && field === undefined && (
        <ProceedingsCard proceedings={statistics.data.proceedings} least={statistics.data.leastApplicants} />
      )}
      {!full && <Lines />}
    </>
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

/** Goes on with another period or field, from the first page. */
function useGo() {
  const search = route.useSearch();
  const navigate = useNavigate();
  return (more: { readonly period?: string | undefined; readonly field?: string | undefined }): void =>
    void navigate({ to: '/register', search: { ...search, trail: undefined, ...more } });
}

function PeriodFilter({ upTo }: { readonly upTo: string | null }) {
  const { t } = useTranslation();
  const go = useGo();
  const { period = '' } = route.useSearch();
  const periods = upTo === null ? [] : periodsUpTo(upTo);
  return (
    <NativeSelect
      label={t('register.period')}
      value={period}
      data={[{ value: '', label: t('register.all') }, ...periods]}
      onChange={(event) => go({ period: event.currentTarget.value || undefined })}
    />
  );
}

function Filters({ upTo }: { readonly upTo: string | null }) {
  const { t } = useTranslation();
  const word = useCodes();
  const search = route.useSearch();
  const go = useGo();
  const fields = useQuery(facetsQuery()).data?.fields ?? [];
  const all = { value: '', label: t('register.all') };
  return (
    <div className="register-filters">
      <PeriodFilter upTo={upTo} />
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
            <SaveAs
              files={SAVED.map((form) => ({
                path: registerFile(form, filter),
                name: `register.${form}`,
                label: t(`register.saveAs.${form}`),
              }))}
            />
          </>
        )}
      </Listed>
    </Card>
  );
}
