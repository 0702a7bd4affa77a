import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { impactQuery } from '../api/governance';
import type { Dataset } from '../api/datasets';
import { useCodes } from '../parts/codes';
import { Waiting } from '../parts/waiting';

/** Whom a change of the record concerns: the grants that rest on it, and the applications that are under way. */
export function Resting({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const word = useCodes();
  const query = useQuery(impactQuery(dataset.id, dataset.tier));
  if (query.data === undefined) return <Waiting query={query} />;
  const { grants, applications } = query.data;
  if (grants.length + applications.length === 0) return <p className="muted">{t('record.restsNothing')}</p>;
  return (
    <details className="resting">
      <summary>
        {t('record.grants', { count: grants.length })} · {t('record.applications', { count: applications.length })}
      </summary>
      <ul className="bullets">
        {grants.map(({ id, organisation, state }) => (
          <li key={id}>
            <Link to="/grants/$id" params={{ id }}>
              {organisation.name || organisation.id}
            </Link>{' '}
            <span className="muted">{word('grantState', state)}</span>
          </li>
        ))}
        {applications.map(({ id, number, applicant, state }) => (
          <li key={id}>
            {number !== null && <span className="mono">{number} </span>}
            {applicant.name || applicant.id} <span className="muted">{word('applicationState', state)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
