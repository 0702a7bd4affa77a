import './evidence.css';
import { useTranslation } from 'react-i18next';
import type { Risk, RiskSet } from '../api/assessments';
import { useCodes } from '../parts/codes';
import { Card } from '../parts/page';

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

function Bar(props: {
  readonly label: string;
  readonly share: number;
  readonly text: string;
  readonly plain?: boolean;
}) {
  return (
    <div className={props.plain === true ? 'measure measure-plain' : 'measure'}>
      <dt>{props.label}</dt>
      <dd aria-hidden="true">
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" focusable="false">
          <rect className="measure-ground" width="100" height="10" rx="2" />
          <rect className="measure-fill" width={Math.min(100, props.share * 100)} height="10" rx="2" />
        </svg>
      </dd>
      <dd>{props.text}</dd>
    </div>
  );
}

/** How far the table singles people out, as bars and the numbers beside them; what was not assessed says so. */
export function RiskPlot({ risk }: { readonly risk: Risk }) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <Card title={t('risk.title')}>
      {risk.status === 'not-assessed' ? (
        <p className="muted">{t('risk.notAssessed', { reason: word('notAssessed', risk.reason) })}</p>
      ) : (
        <>
          <p className="muted">{t('risk.text', { least: risk.least })}</p>
          {risk.sets.map((set) => (
            <SetOfColumns key={set.columns.join('\n')} set={set} least={risk.least} />
          ))}
        </>
      )}
    </Card>
  );
}

function SetOfColumns({ set, least }: { readonly set: RiskSet; readonly least: number }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { figures, uniques } = set;
  return (
    <section className="risk-set">
      <h3>{set.columns.join(' + ')}</h3>
      {figures.status === 'not-assessed' ? (
        <p className="muted">{t('risk.notAssessed', { reason: word('notAssessed', figures.reason) })}</p>
      ) : (
        <>
          <p>{t('risk.k', { k: figures.k, records: figures.records, classes: figures.classes })}</p>
          <dl className="measures">
            <Bar label={t('risk.uniqueness')} share={figures.uniqueness} text={percent(figures.uniqueness)} />
            <Bar label={t('risk.atRisk', { least })} share={figures.atRisk} text={percent(figures.atRisk)} />
            <Bar label={t('risk.highest')} share={figures.highest} text={percent(figures.highest)} />
            <Bar label={t('risk.average')} share={figures.average} text={percent(figures.average)} />
          </dl>
        </>
      )}
      {uniques.status === 'assessed' && uniques.contributions.length > 0 && (
        <>
          <p>{t('risk.contributions')}</p>
          <dl className="measures">
            {uniques.contributions.map(({ column, share }) => (
              <Bar key={column} label={column} share={share} text={percent(share)} plain />
            ))}
          </dl>
        </>
      )}
      {set.diversity.map(({ attribute, diversity }) => (
        <p key={attribute}>
          {diversity.status === 'assessed'
            ? t('risk.diversity', { attribute, l: diversity.l, share: percent(diversity.homogeneous) })
            : `${attribute}: ${t('risk.notAssessed', { reason: word('notAssessed', diversity.reason) })}`}
        </p>
      ))}
    </section>
  );
}
