import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Desk, type Judge, judgingQuery, type Share } from '../api/register';
import { Card } from '../parts/page';
import { Loading, ProblemPanel } from '../parts/states';
import { worded } from '../parts/wording';
import { useFigures } from './statistics';

/** How the people of each desk judge comparable cases, and which differences are more than chance. */
export function JudgingCard({ period }: { readonly period: string | undefined }) {
  const { t } = useTranslation();
  const judging = useQuery(judgingQuery(period));
  if (judging.isPending) return <Loading rows={3} />;
  if (judging.isError) return <ProblemPanel error={judging.error} retry={() => void judging.refetch()} />;
  const { sight, least, desks } = judging.data;
  const compared = desks.filter(({ people }) => people.length > 0);
  return (
    <Card title={t('judging.title')}>
      <p className="muted">{t(sight === 'own' ? 'judging.own' : 'judging.everyone', { least })}</p>
      {compared.length === 0 ? (
        <p>{t('judging.none', { least })}</p>
      ) : (
        <>
          {compared.map((desk) => (
            <DeskTable key={`${desk.desk} ${desk.holder?.id}`} desk={desk} />
          ))}
          <p className="muted">{t('judging.how')}</p>
        </>
      )}
    </Card>
  );
}

function DeskTable({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation();
  const what = t(`judging.${desk.desk}`);
  const name = desk.holder === null ? what : `${worded(desk.holder.name)} · ${what}`;
  return (
    <div className="judging-desk">
      <h3>{t('judging.desk', { name, cases: desk.cases })}</h3>
      <section className="scrolls" aria-label={name} tabIndex={0}>
        <table className="bar-table">
          <thead>
            <tr>
              <th scope="col">{t('judging.person')}</th>
              <td className="bar-cell" />
              <th scope="col">{t('judging.whole')}</th>
              <th scope="col">{t('judging.expected')}</th>
              <th scope="col">{t('judging.endings')}</th>
              <th scope="col">{t('judging.days')}</th>
            </tr>
          </thead>
          <tbody>
            {desk.people.map((one) => (
              <JudgeRow key={one.person} judge={one} />
            ))}
          </tbody>
        </table>
      </section>
      {desk.few > 0 && <p className="muted">{t('judging.few', { count: desk.few })}</p>}
    </div>
  );
}

function JudgeRow({ judge }: { readonly judge: Judge }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const { whole, others, differs, median, othersMedian, pace } = judge;
  return (
    <tr data-differs={differs ?? undefined}>
      <th scope="row">
        {judge.name}
        {differs !== null && <strong className="judging-mark">{t(`judging.differs.${differs}`)}</strong>}
        {pace !== null && <strong className="judging-mark">{t(`judging.pace.${pace}`)}</strong>}
      </th>
      <td className="bar-cell">
        <Interval judge={judge} />
      </td>
      <td>
        <Range share={whole} />
      </td>
      <td>
        <Range share={others} />
      </td>
      <td>{`${number(judge.approved)} / ${number(judge.approvedInPart)} / ${number(judge.refused)}`}</td>
      <td>{`${number(median)} / ${number(othersMedian)}`}</td>
    </tr>
  );
}

function Range({ share }: { readonly share: Share | null }) {
  const { t } = useTranslation();
  const { share: percent } = useFigures();
  if (share === null || share.of === 0) return '–';
  const [of, low, high] = [percent(share.share), percent(share.low), percent(share.high)];
  return t('judging.interval', { share: of, low, high });
}

const WIDTH = 100;

/** Their share in its range above, the others' below; they differ by place and by what the row says, not by colour. */
function Interval({ judge: { whole, others, differs } }: { readonly judge: Judge }) {
  return (
    <svg viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
      <rect x="0" y="0" width={WIDTH} height="10" className="bar-track" />
      {whole.of > 0 && <Mark share={whole} y={1} className={differs === null ? 'judging-own' : 'judging-apart'} />}
      {others !== null && <Mark share={others} y={6} className="judging-others" />}
    </svg>
  );
}

function Mark({ share, y, className }: { readonly share: Share; readonly y: number; readonly className: string }) {
  const at = (value: number): number => value * WIDTH;
  return (
    <g className={className}>
      <rect x={at(share.low)} y={y} width={at(share.high - share.low)} height="3" opacity="0.4" />
      <rect x={Math.max(0, at(share.share) - 0.7)} y={y} width="1.4" height="3" />
    </g>
  );
}
