import '../applications/applications.css';
import './fusion.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Fusion, fusionQuery } from '../api/fusion';
import { Going } from '../evidence/going';
import { useCodes } from '../parts/codes';
import { CommandPanel } from '../parts/command-panel';
import { DatasetTitle } from '../parts/dataset-title';
import { Card, PageTitle } from '../parts/page';
import { StateBadge } from '../parts/state-badge';
import { Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { PairDetails } from './pair';
import { ToCase } from './to-case';

const route = getRouteApi('/fusion/$id');

export function FusionResult() {
  return (
    <SignedIn>
      <Loaded />
    </SignedIn>
  );
}

function Loaded() {
  const { id } = route.useParams();
  const { case: application } = route.useSearch();
  const query = useQuery(fusionQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Result fusion={query.data} application={application} />;
}

/** What came of comparing datasets, or how far it is. */
function Result({ fusion, application }: { readonly fusion: Fusion; readonly application: string | undefined }) {
  const { t } = useTranslation();
  const titles = new Map(
    fusion.datasets.map(({ dataset, datasetTitle }) => [dataset, worded(datasetTitle) || dataset]),
  );
  const title = (id: string): string => titles.get(id) ?? id;
  return (
    <div className="page">
      <PageTitle title={t('fusion.result')} above={<ToCase application={application} />}>
        <p className="badges">
          <StateBadge family="fusionState" state={fusion.state} />
          <span className="muted">
            <Moment at={fusion.createdAt} />
          </span>
        </p>
      </PageTitle>
      <div className="with-aside">
        <div className="stack">
          {fusion.state !== 'done' && <ToCome fusion={fusion} />}
          {fusion.pairs.map((pair) => (
            <Card key={`${pair.first} ${pair.second}`} title={`${title(pair.first)} + ${title(pair.second)}`}>
              <PairDetails
                pair={pair}
                names={{ first: title(pair.first), second: title(pair.second) }}
                here={fusion.id}
              />
            </Card>
          ))}
          {fusion.state === 'done' && <p className="muted">{t('fusion.notCovered')}</p>}
        </div>
        <aside className="stack" aria-label={t('application.aside')}>
          <Card title={t('fusion.datasets')}>
            <ul className="stack">
              {fusion.datasets.map(({ dataset, datasetTitle, sampled }) => (
                <li key={dataset}>
                  <DatasetTitle id={dataset} title={datasetTitle} />{' '}
                  {sampled && <span className="muted">{t('fusion.sampled')}</span>}
                </li>
              ))}
            </ul>
            <CommandPanel
              path={`/api/fusion/assessments/${fusion.id}`}
              etag={fusion.etag}
              commands={fusion.allowedCommands}
              formOf={() => null}
            />
          </Card>
        </aside>
      </div>
    </div>
  );
}

/** Files being joined, or why they gave no figures. */
function ToCome({ fusion: { state, progress, failure, datasets } }: { readonly fusion: Fusion }) {
  const { t } = useTranslation();
  const word = useCodes();
  const whose = datasets.find(({ dataset }) => dataset === failure?.dataset);
  return (
    <Card title={t('evidence.content')} tone={state === 'running' ? 'accent' : 'stop'}>
      {state === 'running' && (
        <Going label={word('samplePhase', progress?.phase ?? 'reading')} share={progress?.share ?? null} />
      )}
      {state === 'cancelled' && <p>{t('evidence.cancelled')}</p>}
      {failure !== null && (
        <div className="problem" role="alert">
          <div className="problem-title">{word('sampleFailure', failure.code)}</div>
          {whose !== undefined && <p>{worded(whose.datasetTitle) || whose.dataset}</p>}
          <p className="problem-remedy">{failure.remedy}</p>
          <div className="problem-foot">
            <span>{failure.code}</span>
          </div>
        </div>
      )}
      {state !== 'running' && <p className="muted">{t('fusion.deleted')}</p>}
    </Card>
  );
}
