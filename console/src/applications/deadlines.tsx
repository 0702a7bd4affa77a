import { useTranslation } from 'react-i18next';
import type { Deadline } from '../api/applications';
import { Verified } from '../dataset/why-this-tier';
import { useCodes } from '../parts/codes';
import { Due } from '../parts/due';
import { Card } from '../parts/page';
import { Day, weekdayText } from '../parts/time';

/** Every deadline with its due day, how many working days are counted, and the days themselves. */
export function Deadlines({ deadlines }: { readonly deadlines: readonly Deadline[] }) {
  const { t } = useTranslation();
  if (deadlines.length === 0) return null;
  const open = deadlines.filter((one) => one.ended == null);
  const ended = deadlines.filter((one) => one.ended != null);
  return (
    <Card title={t('deadlines.title')}>
      <ul className="stack">
        {[...open, ...ended].map((deadline) => (
          <One key={`${deadline.kind}-${deadline.start}`} deadline={deadline} />
        ))}
      </ul>
    </Card>
  );
}

function One({ deadline }: { readonly deadline: Deadline }) {
  const { t } = useTranslation();
  const word = useCodes();
  const ended = deadline.ended != null;
  return (
    <li className={ended ? 'deadline is-ended' : 'deadline'}>
      <div className="deadline-head">
        <strong>{word('deadline', deadline.kind)}</strong>
        {ended ? (
          <span>
            {t('deadlines.done')} <Day at={deadline.ended ?? ''} />
          </span>
        ) : (
          <Due day={deadline.due} />
        )}
      </div>
      <p className="muted">
        {t('deadlines.counted', { counted: deadline.counted, limit: deadline.limit })}
        {!ended &&
          deadline.counted < deadline.limit &&
          ` · ${t('deadlines.left', { count: deadline.limit - deadline.counted })}`}
        {deadline.paused && ` · ${t('deadlines.paused')}`}
        {deadline.provisional && ` · ${t('deadlines.provisional')}`}
      </p>
      <Ledger deadline={deadline} />
    </li>
  );
}

function Ledger({ deadline }: { readonly deadline: Deadline }) {
  const { t } = useTranslation();
  const word = useCodes();
  const ledger = deadline.ledger ?? [];
  let counted = 0;
  return (
    <details className="ledger">
      <summary>{t('deadlines.ledger')}</summary>
      <p className="muted">
        {t('deadlines.from')} <Day at={deadline.start} />
      </p>
      <ol className="days">
        {ledger.map((day) => {
          if (day.counted) counted += 1;
          return (
            <li key={day.day} className={day.counted ? 'day-counted' : 'day-free'}>
              <span className="day-week" aria-hidden="true">
                {weekdayText(day.day)}
              </span>
              <span className="day-date">
                <span className="visually-hidden">
                  <Day at={day.day} />:{' '}
                </span>
                <span aria-hidden="true">{day.day.slice(8)}</span>
              </span>
              <span className="day-why">
                {day.counted ? t('deadlines.nth', { n: counted }) : word('ledger', day.why)}
              </span>
            </li>
          );
        })}
      </ol>
      <p className="reason-source">
        <Verified verified={deadline.verified} />
        <span>{deadline.source}</span>
        <code>{deadline.pack}</code>
      </p>
    </details>
  );
}
