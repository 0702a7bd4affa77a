import { useTranslation } from 'react-i18next';
import type { Grant, GrantDuty } from '../api/grants';
import { useCodes } from '../parts/codes';
import { Card } from '../parts/page';
import { StateBadge } from '../parts/state-badge';
import { Day, daysUntil, Moment } from '../parts/time';

/** What the user of the data accounts for: by when, and what was done. */
export function Duties({ grant }: { readonly grant: Grant }) {
  const { t } = useTranslation();
  const told = (grant.duties ?? []).filter(({ asked, done }) => asked || done > 0);
  if (told.length === 0) return null;
  return (
    <Card title={t('duty.title')} {...(told.some(({ overdue }) => overdue) && { tone: 'stop' as const })}>
      <ul className="rows">
        {told.map((duty) => (
          <Row key={duty.kind} duty={duty} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ duty }: { readonly duty: GrantDuty }) {
  const word = useCodes();
  return (
    <li className="row-card">
      <div className="row-main">
        <strong>{word('duty', duty.kind)}</strong>
        <p className="row-meta">
          <Last duty={duty} />
        </p>
      </div>
      <div className="row-side">
        <Standing duty={duty} />
      </div>
    </li>
  );
}

/** What was told last, and of reports how many there are. */
function Last({ duty }: { readonly duty: GrantDuty }) {
  const { t } = useTranslation();
  const { kind, done, last } = duty;
  if (last === null) return <span>{t('duty.nothingYet')}</span>;
  return (
    <>
      {kind === 'report-use' && <span>{t('duty.reports', { count: done })}</span>}
      <span>
        {t('duty.last')} <Moment at={last.at} />
      </span>
      <span>{last.text ?? last.method}</span>
    </>
  );
}

/** Days before its day from which it presses. */
const SOON = 30;

const stateOf = ({ due, overdue, done }: GrantDuty): string => {
  if (due === null) return done > 0 ? 'done' : 'undated';
  if (overdue) return 'overdue';
  return daysUntil(due) > SOON ? 'ahead' : 'due';
};

function Standing({ duty }: { readonly duty: GrantDuty }) {
  const { t } = useTranslation();
  const { due, overdue } = duty;
  return (
    <>
      <StateBadge family="dutyState" state={stateOf(duty)} />
      {due !== null && (
        <span className="row-turn">
          <Day at={due} />
          {!overdue && ` · ${t('due.left', { count: daysUntil(due) })}`}
        </span>
      )}
    </>
  );
}
