import { useTranslation } from 'react-i18next';
import type { Statistics } from '../api/register';
import { Card } from '../parts/page';
import { SaveAs } from '../parts/save-as';
import { worded } from '../parts/wording';
import { BarTable } from './bar-table';
import { useFigures } from './statistics';

/** How holders answer objections to quality, and how many complaints about rights there are. */
export function ComplaintCards(props: {
  readonly complaints: Statistics['complaints'];
  /** From how many people on complaints about rights are counted. */
  readonly least: number;
  /** Where the same is had as a table. */
  readonly table: string | null;
}) {
  const { t } = useTranslation();
  const { number, share } = useFigures();
  const { quality, rights } = props.complaints;
  return (
    <div className="register-cards">
      <Card title={t('register.objections')}>
        {quality.length === 0 ? (
          <p className="muted">{t('register.noObjections')}</p>
        ) : (
          <BarTable
            caption={t('register.objections')}
            head={[
              t('register.holder'),
              t('register.answeredInTime'),
              t('register.figure.median'),
              t('register.objected'),
              t('register.unanswered'),
            ]}
            full={1}
            rows={quality.map((one) => ({
              name: `${one.period} · ${worded(one.holder.name)}`,
              value: one.share,
              cells: [share(one.share), number(one.median), number(one.count), number(one.undecided)],
            }))}
          />
        )}
        {props.table !== null && (
          <SaveAs files={[{ path: props.table, name: 'complaints.csv', label: t('register.saveComplaints') }]} />
        )}
      </Card>
      <Card title={t('register.rightsComplaints')}>
        <p className="muted">{t('register.rightsRule', { count: props.least })}</p>
        {rights.length > 0 && (
          <BarTable
            caption={t('register.rightsComplaints')}
            head={[t('register.holder'), t('register.complained')]}
            rows={rights.map((one) => ({
              name: `${one.period} · ${one.holder === null ? t('register.notNamed') : worded(one.holder.name)}`,
              value: one.count,
              cells: [number(one.count)],
            }))}
          />
        )}
      </Card>
    </div>
  );
}
