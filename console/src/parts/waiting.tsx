import { useTranslation } from 'react-i18next';
import { ApiProblem, isFinal } from '../api/problem';
import { LinkButton } from '../shell/link-button';
import { PageTitle } from './page';
import { Loading, ProblemPanel, problemTitle } from './states';

interface Props {
  readonly query: { readonly isError: boolean; readonly error: unknown; refetch(): unknown };
}

/** A whole screen while its one thing is on the way, or when it cannot be had: both have a heading of their own. */
export function Waiting({ query }: Props) {
  const { t } = useTranslation();
  if (query.isError) {
    const problem = ApiProblem.of(query.error);
    return (
      <div className="page middling">
        <PageTitle title={problemTitle(problem, t)} />
        <ProblemPanel
          error={problem}
          titled={false}
          retry={isFinal(problem) ? undefined : () => void query.refetch()}
        />
        <div>
          <LinkButton to="/" variant="default">
            {t('action.home')}
          </LinkButton>
        </div>
      </div>
    );
  }
  return (
    <div className="page">
      <h1 className="visually-hidden">{t('state.loading')}</h1>
      <Loading />
    </div>
  );
}
