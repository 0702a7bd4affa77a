import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DATASET_STATES, type Facets } from '../api/datasets';
import { TIERS } from '../api/types';
import { useCodes } from '../parts/codes';
import { TierShape } from '../parts/tier-badge';
import { worded } from '../parts/wording';

interface Chosen {
  readonly q?: string | undefined;
  readonly field?: string | undefined;
  readonly tier?: string | undefined;
  readonly state?: string | undefined;
  readonly publisher?: string | undefined;
}

/** Filters are links: they can be opened in a new tab, sent to somebody, and undone by going back. */
export function FacetColumn({ chosen, facets }: { readonly chosen: Chosen; readonly facets: Facets | undefined }) {
  const { t } = useTranslation();
  const word = useCodes();
  const active = [chosen.field, chosen.tier, chosen.state, chosen.publisher].filter((one) => one !== undefined).length;
  return (
    <details className="facets" open={window.innerWidth >= 900}>
      <summary>{active === 0 ? t('search.filters') : t('search.filtersActive', { count: active })}</summary>
      <Group title={t('search.tier')}>
        {TIERS.map((tier) => (
          <Choice key={tier} name="tier" value={tier} chosen={chosen} count={facets?.tiers[tier]}>
            <TierShape tier={tier} /> {word('tier', tier)}
          </Choice>
        ))}
      </Group>
      <States chosen={chosen} facets={facets} />
      <Group title={t('search.field')}>
        {facets?.fields.map((row) => (
          <Choice key={row.code} name="field" value={row.code} chosen={chosen} count={row.total}>
            {word('field', row.code)}
          </Choice>
        ))}
      </Group>
      <Group title={t('search.publisher')}>
        {facets?.publishers.slice(0, 15).map((row) => (
          <Choice key={row.id} name="publisher" value={row.id} chosen={chosen} count={row.total}>
            {worded(row.name)}
          </Choice>
        ))}
      </Group>
    </details>
  );
}

/** For whoever sees records that are not, or no longer, in the catalogue. */
function States({ chosen, facets }: { readonly chosen: Chosen; readonly facets: Facets | undefined }) {
  const { t } = useTranslation();
  const word = useCodes();
  const resting = DATASET_STATES.some((state) => state !== 'listed' && (facets?.states[state] ?? 0) > 0);
  if (!resting && chosen.state === undefined) return null;
  return (
    <Group title={t('search.state')}>
      {DATASET_STATES.map((state) => (
        <Choice key={state} name="state" value={state} chosen={chosen} count={facets?.states[state]}>
          {word('datasetState', state)}
        </Choice>
      ))}
    </Group>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function Choice(props: {
  readonly name: 'tier' | 'state' | 'field' | 'publisher';
  readonly value: string;
  readonly chosen: Chosen;
  readonly count: number | undefined;
  readonly children: ReactNode;
}) {
  const on = props.chosen[props.name] === props.value;
  return (
    <li>
      <Link
        to="/datasets"
        search={{ ...props.chosen, [props.name]: on ? undefined : props.value }}
        className={on ? 'facet is-on' : 'facet'}
        aria-current={on ? 'true' : undefined}
        activeProps={{}}
      >
        <span className="facet-name">{props.children}</span>
        <span className="facet-count">{on ? '×' : props.count}</span>
      </Link>
    </li>
  );
}
