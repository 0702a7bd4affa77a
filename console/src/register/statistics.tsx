import { useTranslation } from 'react-i18next';
import type { Figures, Spread, Statistics } from '../api/register';
import { useCodes } from '../parts/codes';
import { Card } from '../parts/page';
import { worded } from '../parts/wording';
import { BarTable } from './bar-table';

/** Figures in the reader's language; a dash where there is none. */
export function useFigures() {
  const { i18n } = useTranslation();
  const number = (value: number | null): string => (value === null ? '–' : value.toLocaleString(i18n.language));
  const share = (value: number | null): string =>
    value === null ? '–' : value.toLocaleString(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  return { number, share };
}

/** How long, how it ended, whether in time, what was made of it: each as a table with bars. */
export function StatisticsCards({ statistics }: { readonly statistics: Statistics }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { number } = useFigures();
  const { steps, outcomes, reasons, whole, fields, holders, periods } = statistics;
  return (
    <>
      <KeyFigures statistics={statistics} />
      <div className="register-cards">
        <Card title={t('register.days')}>
          <DayTable
            caption={t('register.days')}
            rows={[
              ...steps.map((one) => ({ ...one, name: word('caseStep', one.step) })),
              { ...whole, name: t('register.whole') },
            ]}
          />
        </Card>
        <Card title={t('register.outcomes')}>
          <BarTable
            caption={t('register.outcomes')}
            head={[t('register.outcome'), t('register.count')]}
            rows={outcomes.map(({ outcome, count }) => ({
              name: word('matterOutcome', outcome),
              value: count,
              cells: [number(count)],
            }))}
          />
        </Card>
        <Card title={t('register.inTime')}>
          <TimeTable
            caption={t('register.inTime')}
            head={t('register.quarter')}
            rows={periods.map((one) => ({ ...one, name: one.period }))}
          />
        </Card>
        <Card title={t('register.reasons')}>
          <BarTable
            caption={t('register.reasons')}
            head={[t('register.reason'), t('register.count')]}
            rows={reasons.map(({ text, code, article, count }) => ({
              name: [worded(text) || code, worded(article?.text)].filter((one) => one !== '').join(' · '),
              value: count,
              cells: [number(count)],
            }))}
          />
        </Card>
        <Card title={t('register.byHolder')}>
          <TimeTable
            caption={t('register.byHolder')}
            head={t('register.holder')}
            rows={holders.map((one) => ({
              ...one,
              name: one.holder === null ? t('register.notNamed') : worded(one.holder.name),
            }))}
          />
        </Card>
        <Card title={t('register.byField')}>
          <TimeTable
            caption={t('register.byField')}
            head={t('register.field')}
            rows={fields.map((one) => ({
              ...one,
              name: one.field === null ? t('register.notNamed') : word('field', one.field),
            }))}
          />
        </Card>
      </div>
    </>
  );
}

function KeyFigures({ statistics: { whole, use } }: { readonly statistics: Statistics }) {
  const { t } = useTranslation();
  const { number, share } = useFigures();
  const figures = [
    ['count', number(whole.count)],
    ['median', number(whole.median)],
    ['p90', number(whole.p90)],
    ['share', share(whole.share)],
    ['undecided', number(whole.undecided)],
    ['granted', number(use.granted)],
    ['products', number(use.products)],
  ] as const;
  return (
    <Card>
      <dl className="figures">
        {figures.map(([key, value]) => (
          <div key={key} className="figure">
            <dt className="muted">{t(`register.figure.${key}`)}</dt>
            <dd>
              <strong data-figure={key}>{value}</strong>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function DayTable({
  caption,
  rows,
}: {
  readonly caption: string;
  readonly rows: readonly (Spread & { readonly name: string })[];
}) {
  const { t } = useTranslation();
  const { number } = useFigures();
  return (
    <BarTable
      caption={caption}
      head={[t('register.step'), t('register.figure.median'), t('register.figure.p90'), t('register.count')]}
      rows={rows.map(({ name, median, p90, count }) => ({
        name,
        value: median,
        far: p90,
        cells: [number(median), number(p90), number(count)],
      }))}
    />
  );
}

function TimeTable(props: {
  readonly caption: string;
  readonly head: string;
  readonly rows: readonly (Figures & { readonly name: string })[];
}) {
  const { t } = useTranslation();
  const { number, share } = useFigures();
  return (
    <BarTable
      caption={props.caption}
      head={[props.head, t('register.figure.share'), t('register.figure.median'), t('register.count')]}
      full={1}
      rows={props.rows.map((one) => ({
        name: one.name,
        value: one.share,
        cells: [share(one.share), number(one.median), number(one.count)],
      }))}
    />
  );
}
