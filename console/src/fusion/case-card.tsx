import './fusion.css';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type CasePair, caseFusionQuery } from '../api/fusion';
import { ApiProblem } from '../api/problem';
import { useCodes } from '../parts/codes';
import { Card } from '../parts/page';
import { useSession } from '../parts/session';
import { Loading, ProblemPanel } from '../parts/states';
import { worded } from '../parts/wording';
import { TextLink } from '../shell/link-button';
import { PairDetails } from './pair';

/** What nobody has to read before a ruling; it is counted, and shown when asked for. */
const QUIET = ['no-more-than-chance', 'nothing-shared'];

/**
 * Fusion risk beside the answers of a case: what is asked for, together and with what the applicant already holds. Who
 * stands on the applicant's side is answered as if there were none, and then nothing is shown.
 */
export function CaseFusionCard({ application }: { readonly application: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const judges = session.has('reviewer', 'approver', 'supervisor', 'auditor');
  const query = useQuery(caseFusionQuery(application, judges));
  if (!judges || (query.isError && ApiProblem.of(query.error).status === 404)) return null;
  const { data } = query;
  return (
    <Card title={t('fusion.title')} id="fusion">
      {query.isPending && <Loading />}
      {query.isError && <ProblemPanel error={query.error} retry={() => void query.refetch()} />}
      {data !== undefined && (
        <>
          <p className="muted">{t('fusion.caseText', { asked: data.asked, held: data.held })}</p>
          {data.total === 0 && <p>{t('fusion.nothingToCompare')}</p>}
          {data.items.filter(({ weight }) => !QUIET.includes(weight)).map(asPair(application))}
          <Others application={application} pairs={data.items.filter(({ weight }) => QUIET.includes(weight))} />
          {data.total > data.items.length && (
            <p className="muted">{t('fusion.more', { shown: data.items.length, total: data.total })}</p>
          )}
        </>
      )}
    </Card>
  );
}

const asPair = (application: string) => (pair: CasePair) => (
  <Pair key={`${pair.first} ${pair.second}`} application={application} pair={pair} />
);

interface Of {
  readonly application: string;
}

function Others({ application, pairs }: Of & { readonly pairs: readonly CasePair[] }) {
  const { t } = useTranslation();
  if (pairs.length === 0) return null;
  return (
    <details className="pair">
      <summary>{t('fusion.quiet', { count: pairs.length })}</summary>
      {pairs.map(asPair(application))}
    </details>
  );
}

function Pair({ application, pair }: Of & { readonly pair: CasePair }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { has } = useSession();
  const names = { first: worded(pair.firstTitle) || pair.first, second: worded(pair.secondTitle) || pair.second };
  return (
    <div className="pair" data-weight={pair.weight}>
      <h3>
        {names.first} + {names.second}
      </h3>
      <p className="badges">
        <strong>{word('fusionWeight', pair.weight)}</strong>
        {pair.grant !== null && (
          <span className="muted">{t('fusion.held', { state: word('grantState', pair.grant.state) })}</span>
        )}
      </p>
      <PairDetails pair={pair} names={names} application={application} />
      {has('reviewer', 'approver') && pair.exact?.current !== true && (
        <p>
          <TextLink to="/fusion" search={{ datasets: `${pair.first},${pair.second}`, case: application }}>
            {t('fusion.compareFiles')}
          </TextLink>
        </p>
      )}
    </div>
  );
}
