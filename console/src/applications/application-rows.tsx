import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ApplicationSummary } from '../api/applications';
import { useCodes } from '../parts/codes';
import { Due } from '../parts/due';
import { StateBadge } from '../parts/state-badge';
import { speaksFor, useSession } from '../parts/session';
import { worded } from '../parts/wording';

/** Applications as a list to work through: what is asked for, its state, whose turn it is, by when. */
export function ApplicationRows({ rows }: { readonly rows: readonly ApplicationSummary[] }) {
  return (
    <ul className="rows">
      {rows.map((application) => (
        <Row key={application.id} application={application} />
      ))}
    </ul>
  );
}

function Row({ application }: { readonly application: ApplicationSummary }) {
  const { t } = useTranslation();
  const word = useCodes();
  const titles = application.datasets.map((one) => worded(one.title) || one.dataset);
  const { me } = useSession();
  const [first = ''] = titles;
  const own = speaksFor(me, application.applicant.id);
  const other = own ? application.holder : application.applicant;
  return (
    <li className="row-card">
      <div className="row-main">
        <Link to="/applications/$id" params={{ id: application.id }} className="row-title">
          {titles.length > 1 ? t('applications.several', { title: first, count: titles.length }) : first}
        </Link>
        <p className="row-meta">
          <span className="mono">{application.number ?? t('applications.noNumber')}</span>
          {application.kind === 'sharing' && <span className="chip">{t('sharing.kind.sharing')}</span>}
          <span>{worded(other.name)}</span>
          <span>{word('purpose', application.purpose.category)}</span>
        </p>
      </div>
      <div className="row-side">
        <StateBadge family="applicationState" state={application.state} />
        {application.waitingFor !== null && (
          <span className="row-turn">
            {t('applications.turn', {
              role: word('role', application.waitingFor.role),
              organisation: worded(application.waitingFor.organisation.name),
            })}
          </span>
        )}
        {application.openQuestions > 0 && (
          <strong className="question-open">{t(own ? 'question.owed' : 'question.awaited')}</strong>
        )}
        {application.due !== null && <Due day={application.due} />}
      </div>
    </li>
  );
}
