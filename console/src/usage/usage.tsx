import '../applications/applications.css';
import '../register/register.css';
import './usage.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Usage as UsageBody, usageQuery, vocabularyQuery } from '../api/usage';
import { useCodes } from '../parts/codes';
import { DatasetTitle } from '../parts/dataset-title';
import { Card, PageTitle } from '../parts/page';
import { Empty, Loading, ProblemPanel } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { addDays, today } from '../parts/time';
import { worded } from '../parts/wording';
import { BarTable } from '../register/bar-table';
import { useFigures } from '../register/statistics';
import { DaysPlot } from './days-plot';

const route = getRouteApi('/usage');
const SPANS = ['30', '90', '365'] as const;

/** How often data was asked for, given and refused, and why: a holder sees its own, who oversees sees all. */
export function Usage() {
  const { t } = useTranslation();
  const { days = '30', dataset } = route.useSearch();
  const to = today();
  const usage = useQuery(usageQuery({ from: addDays(to, 1 - Number(days)), to, dataset }));
  return (
    <div className="page">
      <PageTitle title={t('usage.title')}>
        <p className="lead">{t('usage.text')}</p>
      </PageTitle>
      {dataset !== undefined && (
        <p className="row">
          <span>
            {t('usage.only')} <DatasetTitle id={dataset} />
          </span>
          <Link to="/usage" search={{ days }}>
            {t('usage.all')}
          </Link>
        </p>
      )}
      <Tabs label={t('usage.span')}>
        {SPANS.map((span) => (
          <Link
            key={span}
            to="/usage"
            search={{ days: span, dataset }}
            aria-current={days === span ? 'page' : undefined}
          >
            {t('usage.days', { count: Number(span) })}
          </Link>
        ))}
      </Tabs>
      {usage.isPending && <Loading rows={4} />}
      {usage.isError && <ProblemPanel error={usage.error} retry={() => void usage.refetch()} />}
      {usage.data !== undefined && <Told usage={usage.data} />}
    </div>
  );
}

function Told({ usage }: { readonly usage: UsageBody }) {
  const { t } = useTranslation();
  if (usage.permitted + usage.denied + usage.delivered === 0)
    return (
      <Empty title={t('usage.none')}>
        <p>{t('usage.noneText')}</p>
      </Empty>
    );
  return (
    <>
      <Sums usage={usage} />
      <Card title={t('usage.overTime')}>
        <DaysPlot from={usage.from} to={usage.to} days={usage.days} />
      </Card>
      <div className="register-cards">
        <Reasons reasons={usage.reasons} permit={false} />
        <Reasons reasons={usage.reasons} permit />
      </div>
      <Tiers usage={usage} />
      <Datasets usage={usage} />
    </>
  );
}

type Sum = Pick<UsageBody, 'permitted' | 'denied' | 'undecided'> & Partial<Pick<UsageBody, 'delivered'>>;

export function Sums({ usage: { permitted, denied, undecided, delivered } }: { readonly usage: Sum }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const figures = {
    asked: permitted + denied,
    permitted,
    denied,
    undecided,
    ...(delivered === undefined ? {} : { delivered }),
  };
  return (
    <Card>
      <dl className="figures">
        {(Object.keys(figures) as (keyof typeof figures)[]).map((key) => (
          <div key={key} className="figure">
            <dt className="muted">{t(`usage.${key}`)}</dt>
            <dd>
              <strong data-figure={key}>{number(figures[key] ?? 0)}</strong>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** Why it was refused, or on what it was given, in the words of the decision. */
export function Reasons(props: { readonly reasons: UsageBody['reasons']; readonly permit: boolean }) {
  const { permit } = props;
  const { t } = useTranslation();
  const { number } = useFigures();
  const texts = useQuery(vocabularyQuery()).data?.reasons;
  const title = t(permit ? 'usage.permittedBy' : 'usage.deniedBy');
  const rows = props.reasons.filter((one) => one.permit === permit);
  return (
    <Card title={title}>
      {rows.length === 0 ? (
        <p>{t('usage.noReason')}</p>
      ) : (
        <BarTable
          caption={title}
          head={[t('usage.reason'), t('usage.asked')]}
          rows={rows.map(({ reason, count }) => ({
            name: worded(texts?.[reason]?.text) || reason,
            value: count,
            cells: [number(count)],
          }))}
        />
      )}
    </Card>
  );
}

function Tiers({ usage }: { readonly usage: UsageBody }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { number } = useFigures();
  return (
    <Card title={t('usage.byTier')}>
      <BarTable
        caption={t('usage.byTier')}
        head={[t('usage.tier'), t('usage.permitted'), t('usage.denied')]}
        rows={usage.tiers.map(({ tier, permitted, denied }) => ({
          name: tier === 'unknown' ? t('usage.noTier') : word('tier', tier),
          value: permitted,
          far: permitted + denied,
          cells: [number(permitted), number(denied)],
        }))}
      />
    </Card>
  );
}

const SHOWN = 20;

function Datasets({ usage }: { readonly usage: UsageBody }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const { days, dataset: only } = route.useSearch();
  if (only !== undefined) return null;
  return (
    <Card title={t('usage.byDataset')}>
      <section className="usage-datasets" aria-label={t('usage.byDataset')} tabIndex={0}>
        <table className="bar-table">
          <thead>
            <tr>
              <th scope="col">{t('usage.dataset')}</th>
              <th scope="col">{t('usage.permitted')}</th>
              <th scope="col">{t('usage.denied')}</th>
              <th scope="col">{t('usage.delivered')}</th>
              <th scope="col">{t('usage.overTime')}</th>
            </tr>
          </thead>
          <tbody>
            {usage.datasets.slice(0, SHOWN).map(({ dataset, identifier, permitted, denied, delivered }) => (
              <tr key={dataset}>
                <th scope="row">{dataset === null ? t('usage.notKnown') : <DatasetTitle id={dataset} />}</th>
                <td>{number(permitted)}</td>
                <td>{number(denied)}</td>
                <td>{number(delivered)}</td>
                <td>
                  {dataset !== null && (
                    <Link
                      to="/usage"
                      search={{ days, dataset }}
                      aria-label={t('usage.look', { dataset: identifier ?? dataset })}
                    >
                      {t('usage.open')}
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {usage.datasets.length > SHOWN && <p className="muted">{t('usage.most', { count: SHOWN })}</p>}
    </Card>
  );
}
