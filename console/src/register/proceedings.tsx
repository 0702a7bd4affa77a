import { useTranslation } from 'react-i18next';
import type { Statistics } from '../api/register';
import { useCodes } from '../parts/codes';
import { Card } from '../parts/page';
import { type BarRow, BarTable } from './bar-table';
import { useFigures } from './statistics';

/** How many proceedings went on record, and of each kind how they ended. */
export function ProceedingsCard(props: {
  readonly proceedings: Statistics['proceedings'];
  /** From how many applicants on they are counted. */
  readonly least: number;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const { number } = useFigures();
  const row = (name: string, count: number): BarRow => ({ name, value: count, cells: [number(count)] });
  const rows = props.proceedings
    .filter(({ recorded }) => recorded > 0)
    .flatMap(({ kind, recorded, open, outcomes }) => {
      const name = word('proceeding', kind);
      const parts = [
        { what: t('proceeding.open'), count: open },
        ...outcomes.map(({ outcome, count }) => ({ what: word('proceedingOutcome', outcome), count })),
      ];
      return [
        row(name, recorded),
        ...parts.filter(({ count }) => count > 0).map(({ what, count }) => row(`${name} · ${what}`, count)),
      ];
    });
  return (
    <Card title={t('proceeding.title')}>
      {props.least > 1 && <p className="muted">{t('register.proceedingsRule', { least: props.least })}</p>}
      {rows.length === 0 ? (
        <p className="muted">{t('register.noProceedings')}</p>
      ) : (
        <BarTable caption={t('proceeding.title')} head={[t('proceeding.kind'), t('register.recorded')]} rows={rows} />
      )}
    </Card>
  );
}
