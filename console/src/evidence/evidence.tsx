import '../applications/applications.css';
import './evidence.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { assessmentsQuery, samplesQuery } from '../api/queries';
import type { Assessment } from '../api/assessments';
import type { Dataset } from '../api/datasets';
import { AssessmentParts } from '../classification/assessment-parts';
import { OfDataset } from '../parts/of-dataset';
import { Card, PageTitle } from '../parts/page';
import { useSession } from '../parts/session';
import { Loading, ProblemPanel } from '../parts/states';
import { StateBadge } from '../parts/state-badge';
import { TierBadge } from '../parts/tier-badge';
import { Moment } from '../parts/time';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { SendSample } from './send-sample';

const route = getRouteApi('/datasets/$id/evidence');
const SHOWN = 10;

export function EvidencePage() {
  const { id } = route.useParams();
  return (
    <SignedIn>
      <OfDataset id={id}>{(dataset) => <Evidence dataset={dataset} />}</OfDataset>
    </SignedIn>
  );
}

/** All that is known about why a dataset has its tier, and where more evidence comes in. */
function Evidence({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const session = useSession();
  const list = useQuery(assessmentsQuery({ dataset: dataset.id, limit: SHOWN }));
  const running = useQuery(samplesQuery(dataset.id)).data?.items[0];
  const [newest, ...older] = list.data?.items ?? [];
  return (
    <div className="page">
      <PageTitle
        title={t('evidence.title', { dataset: worded(dataset.title) })}
        above={
          <TextLink to="/datasets/$id" params={{ id: dataset.id }}>
            ← {worded(dataset.title)}
          </TextLink>
        }
      >
        <p className="badges">
          <TierBadge tier={dataset.tier} large />
        </p>
      </PageTitle>
      <div className="with-aside">
        <div className="stack">
          {list.isPending && <Loading />}
          {list.isError && <ProblemPanel error={list.error} retry={() => void list.refetch()} />}
          {newest !== undefined && <AssessmentParts assessment={newest} />}
        </div>
        <aside className="stack" aria-label={t('evidence.aside')}>
          {running !== undefined && (
            <Card title={t('evidence.running')} tone="accent">
              <TextLink to="/classification/$id" params={{ id: running.id }}>
                {t('evidence.seeRunning')}
              </TextLink>
            </Card>
          )}
          {running === undefined && session.has('steward', 'officer') && <SendSample dataset={dataset.id} />}
          {session.has('steward', 'officer', 'reviewer', 'approver') && (
            <Card title={t('fusion.start')}>
              <p className="muted">{t('fusion.startText')}</p>
              <TextLink to="/fusion" search={{ datasets: dataset.id }}>
                {t('fusion.compare')}
              </TextLink>
            </Card>
          )}
          {newest !== undefined && <Runs runs={[newest, ...older]} />}
        </aside>
      </div>
    </div>
  );
}

function Runs({ runs }: { readonly runs: readonly Assessment[] }) {
  const { t } = useTranslation();
  return (
    <Card title={t('evidence.runs')}>
      <ul className="stack">
        {runs.map((run) => (
          <li key={run.id}>
            <Link to="/classification/$id" params={{ id: run.id }}>
              <Moment at={run.createdAt} />
            </Link>{' '}
            <StateBadge family="assessmentState" state={run.state} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
