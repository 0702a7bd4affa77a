import './similar.css';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/problem';
import { similarCasesQuery } from '../api/similar-cases';
import { Card } from '../parts/page';
import { useSession } from '../parts/session';
import { Loading, ProblemPanel } from '../parts/states';
import { PracticePlot } from './practice-plot';
import { SimilarCaseLine } from './similar-case';

const JUDGES = ['reviewer', 'approver', 'supervisor', 'auditor'] as const;

/**
 * Earlier cases like this one beside a ruling, and how they ended. Who stands on the applicant's side is answered as if
 * there were no such page, and then nothing is shown.
 */
export function SimilarCasesCard({ application }: { readonly application: string }) {
  const { t } = useTranslation();
  const judges = useSession().has(...JUDGES);
  const query = useQuery(similarCasesQuery(application, judges));
  if (!judges || (query.isError && ApiProblem.of(query.error).status === 404)) return null;
  const { data } = query;
  return (
    <Card title={t('similar.title')} id="similar">
      {query.isPending && <Loading />}
      {query.isError && <ProblemPanel error={query.error} retry={() => void query.refetch()} />}
      {data !== undefined && (
        <>
          <p className="muted">{t('similar.text')}</p>
          <PracticePlot practice={data.practice} />
          {data.total === 0 && <p>{t('similar.none')}</p>}
          {data.items.length > 0 && (
            <ol className="similar-cases">
              {data.items.map((one) => (
                <SimilarCaseLine key={one.application} similar={one} />
              ))}
            </ol>
          )}
          {data.total > data.items.length && (
            <p className="muted">{t('similar.more', { shown: data.items.length, total: data.total })}</p>
          )}
        </>
      )}
    </Card>
  );
}
