import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Facets } from '../api/datasets';
import { TIERS, type Tier } from '../api/types';
import { useCodes } from '../parts/codes';

const WIDTH = 100;

/** One bar per field on a common scale, split by tier; every count is a link to the datasets it counts. */
export function FieldPlot({ fields }: { readonly fields: Facets['fields'] }) {
  const { t } = useTranslation();
  const word = useCodes();
  const longest = Math.max(1, ...fields.map((row) => row.total));
  return (
    <ul className="field-plot">
      {fields.map((row) => (
        <li key={row.code}>
          <Link to="/datasets" search={{ field: row.code }} className="field-name">
            {word('field', row.code)}
          </Link>
          <Bar tiers={row.tiers} longest={longest} />
          <span className="field-counts">
            {TIERS.map((tier) => (
              <Link
                key={tier}
                to="/datasets"
                search={{ field: row.code, tier }}
                className={`tier-count tier-${tier}`}
                aria-label={t('home.count', {
                  field: word('field', row.code),
                  tier: word('tier', tier),
                  count: row.tiers[tier],
                })}
              >
                {row.tiers[tier]}
              </Link>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Bar({ tiers, longest }: { readonly tiers: Record<Tier, number>; readonly longest: number }) {
  let from = 0;
  const parts = TIERS.map((tier) => {
    const width = (tiers[tier] / longest) * WIDTH;
    const part = { tier, from, width };
    from += width;
    return part;
  });
  return (
    <svg className="field-bar" viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
      <rect x="0" y="0" width={WIDTH} height="10" className="bar-track" />
      {parts.map((part) => (
        <rect key={part.tier} x={part.from} y="0" width={part.width} height="10" className={`bar-${part.tier}`} />
      ))}
    </svg>
  );
}
