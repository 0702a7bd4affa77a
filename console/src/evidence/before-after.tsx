import './evidence.css';
import { useTranslation } from 'react-i18next';
import type { Lowers } from '../api/assessments';

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

interface PairProps {
  readonly label: string;
  readonly before: number;
  readonly after: number;
  /** More of it is better. */
  readonly good?: boolean;
}

/** One share before and after, one bar over the other, with both in figures. */
function Pair({ label, before, after, good = false }: PairProps) {
  return (
    <div className={good ? 'measure measure-pair measure-kept' : 'measure measure-pair'}>
      <dt>{label}</dt>
      <dd aria-hidden="true">
        <svg viewBox="0 0 100 22" preserveAspectRatio="none" focusable="false">
          <rect className="measure-ground" width="100" height="10" rx="2" />
          <rect className="measure-before" width={Math.min(100, before * 100)} height="10" rx="2" />
          <rect className="measure-ground" y="12" width="100" height="10" rx="2" />
          <rect className="measure-after" y="12" width={Math.min(100, after * 100)} height="10" rx="2" />
        </svg>
      </dd>
      <dd>
        {percent(before)} → {percent(after)}
      </dd>
    </div>
  );
}

/** What the steps do to the risk and to the information, as bars before and after. */
export function BeforeAfterPlot({ advice, least }: { readonly advice: Lowers; readonly least: number | null }) {
  const { t } = useTranslation();
  const { before, after } = advice;
  const [was, is] = [before.figures, after.figures];
  const both = was.status === 'assessed' && is.status === 'assessed';
  return (
    <>
      {both && (
        <p className="k-change">
          {t('lowering.k', { before: was.k, after: is.k, columns: before.columns.join(' + ') })}
        </p>
      )}
      {!both && <p className="muted">{t('lowering.noFigures')}</p>}
      <dl className="measures">
        {both && <Pair label={t('risk.uniqueness')} before={was.uniqueness} after={is.uniqueness} />}
        {both && least !== null && <Pair label={t('risk.atRisk', { least })} before={was.atRisk} after={is.atRisk} />}
        {both && <Pair label={t('risk.highest')} before={was.highest} after={is.highest} />}
        <Pair label={t('lowering.kept')} before={1} after={advice.informationKept} good />
      </dl>
      {advice.withheld > 0 && <p>{t('lowering.withheld', { share: percent(advice.withheld) })}</p>}
    </>
  );
}
