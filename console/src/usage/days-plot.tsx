import { useTranslation } from 'react-i18next';
import type { DayUsage } from '../api/usage';
import { useFigures } from '../register/statistics';
import { addDays, dayText } from '../parts/time';

const STEP = 10;
const BAR = 8;
const HEIGHT = 100;

/** Every day of the time asked for, those without a question too. */
function everyDay(from: string, to: string, days: readonly DayUsage[]): DayUsage[] {
  const known = new Map(days.map((one) => [one.day, one]));
  const all: DayUsage[] = [];
  for (let day = from; day <= to; day = addDays(day, 1))
    all.push(known.get(day) ?? { day, permitted: 0, denied: 0, undecided: 0 });
  return all;
}

/** Day by day: permitted above the line, refused below it. The table under it says the same in figures. */
export function DaysPlot(props: { readonly from: string; readonly to: string; readonly days: readonly DayUsage[] }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const { from, to, days } = props;
  const all = everyDay(from, to, days);
  const [above, below] = [(one: DayUsage) => one.permitted, (one: DayUsage) => one.denied].map((of) =>
    Math.max(...all.map(of)),
  ) as [number, number];
  const high = (count: number): number => (count * HEIGHT) / Math.max(1, above + below);
  const line = high(above);
  return (
    <>
      <p className="muted">{t('usage.plot', { most: number(Math.max(above, below)) })}</p>
      <svg
        className="days-plot"
        viewBox={`0 0 ${all.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {all.map(({ day, permitted, denied }, at) => (
          <g key={day}>
            <Column x={at * STEP} y={line - high(permitted)} height={high(permitted)} name="days-permitted" />
            <Column x={at * STEP} y={line} height={high(denied)} name="days-denied" />
          </g>
        ))}
        <rect x="0" y={line - 0.3} width={all.length * STEP} height="0.6" className="days-axis" />
      </svg>
      <p className="days-ends muted">
        <span>{dayText(from)}</span>
        <span>{dayText(to)}</span>
      </p>
      {days.length > 0 && (
        <details className="usage-days">
          <summary>{t('usage.byDay')}</summary>
          <DayTable days={days} />
        </details>
      )}
    </>
  );
}

function Column(props: { readonly x: number; readonly y: number; readonly height: number; readonly name: string }) {
  return <rect x={props.x + 1} y={props.y} width={BAR} height={props.height} className={props.name} />;
}

function DayTable({ days }: { readonly days: readonly DayUsage[] }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  return (
    <table className="bar-table" aria-label={t('usage.byDay')}>
      <thead>
        <tr>
          <th scope="col">{t('usage.day')}</th>
          <th scope="col">{t('usage.permitted')}</th>
          <th scope="col">{t('usage.denied')}</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, permitted, denied }) => (
          <tr key={day}>
            <th scope="row">{dayText(day)}</th>
            <td>{number(permitted)}</td>
            <td>{number(denied)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
