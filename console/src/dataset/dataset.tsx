import './dataset.css';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '../api/datasets';
import { useCodes } from '../parts/codes';
import { OfDataset } from '../parts/of-dataset';
import { Card, Facts, PageTitle } from '../parts/page';
import { useSession } from '../parts/session';
import { TierBadge } from '../parts/tier-badge';
import { Day, Moment } from '../parts/time';
import { nameOf, Worded, worded } from '../parts/wording';
import { LinkButton, TextLink } from '../shell/link-button';
import { Distributions, Documents, Items } from './contents';
import { Life } from './life';
import { Requirements } from './requirements';
import { Sharing } from './sharing';
import { WhyThisTier } from './why-this-tier';

const route = getRouteApi('/datasets/$id');

export function DatasetPage() {
  const { id } = route.useParams();
  return <OfDataset id={id}>{(dataset) => <Record dataset={dataset} />}</OfDataset>;
}

function Record({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const word = useCodes();
  const session = useSession();
  const facts = (
    <Facts
      rows={[
        [t('dataset.publisher'), nameOf(dataset.publisher)],
        [t('dataset.field'), word('field', dataset.field)],
        [word('recordPlace', 'keywords'), (dataset.keywords ?? []).join(' · ')],
        [t('dataset.frequency'), word('frequency', dataset.updateFrequency)],
        [t('dataset.updated'), dataset.lastUpdated ? <Day at={dataset.lastUpdated} /> : null],
        [t('dataset.nextUpdate'), dataset.nextUpdateDue ? <Day at={dataset.nextUpdateDue} /> : null],
        [t('dataset.level'), dataset.securityLevel],
        [t('dataset.sharing'), word('sharingTier', dataset.sharingTier)],
        [t('sharing.condition'), dataset.sharingConditionWording && <Worded text={dataset.sharingConditionWording} />],
        [t('dataset.legalBasis'), dataset.legalBasisWording && <Worded text={dataset.legalBasisWording} />],
        [
          t('dataset.identifier'),
          dataset.identifier === undefined ? null : <span className="mono">{dataset.identifier}</span>,
        ],
      ]}
    />
  );
  return (
    <div className="page">
      <PageTitle title={worded(dataset.title)} above={<TextLink to="/datasets">{t('dataset.all')}</TextLink>}>
        <p className="badges">
          <TierBadge tier={dataset.tier} large />
          <span className="chip">{word('tierStatus', dataset.tierStatus)}</span>
          {dataset.state !== 'listed' && <span className="chip chip-warn">{word('datasetState', dataset.state)}</span>}
        </p>
      </PageTitle>
      <Notices dataset={dataset} />
      <TierActs dataset={dataset} />
      <div className="with-aside">
        <div className="stack">
          {worded(dataset.abstract) !== '' && (
            <Card title={t('dataset.about')}>
              <p className="prose">
                <Worded text={dataset.abstract} />
              </p>
            </Card>
          )}
          <WhyThisTier dataset={dataset} />
          <Items dataset={dataset} />
          <Distributions dataset={dataset} />
          <Documents dataset={dataset} />
        </div>
        <aside className="stack" aria-label={t('dataset.requirements')}>
          <Life dataset={dataset} />
          <Requirements dataset={dataset} />
          <Sharing dataset={dataset} />
          {session.has('steward', 'officer', 'auditor') && (
            <LinkButton to="/datasets/$id/evidence" params={{ id: dataset.id }} variant="default" fullWidth>
              {t('evidence.all')}
            </LinkButton>
          )}
          <Card title={t('dataset.facts')} id="record">
            {facts}
          </Card>
          <p>
            <TextLink to="/datasets/$id/wrong" params={{ id: dataset.id }}>
              {t('wrong.title')}
            </TextLink>
          </p>
        </aside>
      </div>
    </div>
  );
}

/** For those who may propose a tier or object to it: the way to it, and what happened before. */
function TierActs({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const session = useSession();
  const objects = session.has('steward', 'handler', 'signatory', 'citizen');
  const proposes = session.has('steward', 'officer');
  if (!objects && !proposes) return null;
  return (
    <p className="row">
      {proposes && <TierChange dataset={dataset} />}
      {objects && (
        <TextLink to="/datasets/$id/objection" params={{ id: dataset.id }}>
          {t('objections.file')}
        </TextLink>
      )}
      <TextLink to="/objections" search={{ dataset: dataset.id }}>
        {t(proposes ? 'objections.title' : 'objections.mine')}
      </TextLink>
    </p>
  );
}

function TierChange({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  return (
    <>
      <LinkButton to="/datasets/$id/tier" params={{ id: dataset.id }} variant="default" size="xs">
        {t('changeTier.title')}
      </LinkButton>
      <TextLink to="/tier-changes" search={{ dataset: dataset.id }}>
        {t('changes.title')}
      </TextLink>
    </>
  );
}

function Notices({ dataset }: { readonly dataset: Dataset }) {
  const notices = dataset.notices ?? [];
  if (notices.length === 0) return null;
  return (
    <ul className="notices">
      {notices.map((notice, index) => (
        <li key={index}>
          <Worded text={notice.text} />{' '}
          {notice.at != null && (
            <span className="muted">
              <Moment at={notice.at} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
