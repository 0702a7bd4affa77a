import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { eligibilityQuery } from '../api/queries';
import type { Dataset } from '../api/datasets';
import { Worded } from '../parts/wording';

/** Said before applying: conditions for other kinds of applicants than the one that applies. */
export function OfAnotherKind({ records }: { readonly records: readonly Dataset[] }) {
  const { t } = useTranslation();
  const named = records.filter(({ conditions = [] }) => conditions.some(({ applicants }) => applicants !== undefined));
  const found = useQueries({ queries: named.map(({ id }) => eligibilityQuery(id, true)) });
  const unmet = found.flatMap(({ data }) => data?.unmet ?? []);
  if (unmet.length === 0) return null;
  return (
    <div className="note note-wait">
      <p>{t('apply.otherKind')}</p>
      <ul className="bullets">
        {unmet.map(({ text }, at) => (
          <li key={at}>
            <Worded text={text} />
          </li>
        ))}
      </ul>
    </div>
  );
}
