import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DatasetSummary } from '../api/datasets';
import { useCodes } from '../parts/codes';
import { Day } from '../parts/time';
import { TierBadge } from '../parts/tier-badge';
import { nameOf, Worded } from '../parts/wording';

export function Hit({ dataset }: { readonly dataset: DatasetSummary }) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <li className={`hit tier-edge-${dataset.tier}`}>
      <div className="hit-head">
        <Link to="/datasets/$id" params={{ id: dataset.id }}>
          <Worded text={dataset.title} />
        </Link>
        <TierBadge tier={dataset.tier} />
      </div>
      {dataset.abstract != null && (
        <p className="hit-abstract">
          <Worded text={dataset.abstract} />
        </p>
      )}
      <p className="hit-meta">
        <span>{nameOf(dataset.publisher)}</span>
        {dataset.field != null && <span>{word('field', dataset.field)}</span>}
        {dataset.lastUpdated != null && (
          <span>
            {t('dataset.updated')} <Day at={dataset.lastUpdated} />
          </span>
        )}
        {dataset.state !== 'listed' && <span className="chip chip-warn">{word('datasetState', dataset.state)}</span>}
        {dataset.tierStatus === 'pending-review' && <span>{word('tierStatus', dataset.tierStatus)}</span>}
      </p>
    </li>
  );
}
