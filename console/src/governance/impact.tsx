import './governance.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Impact, impactQuery } from '../api/governance';
import type { Tier } from '../api/types';
import { type CodeFamily, useCodes } from '../parts/codes';
import { TableFrame } from '../parts/page';
import { StateBadge } from '../parts/state-badge';
import { Waiting } from '../parts/waiting';

/** What giving the dataset this tier would do, to be read before the button is pressed. */
export function ImpactPreview({ dataset, tier }: { readonly dataset: string; readonly tier: Tier | '' }) {
  const query = useQuery(impactQuery(dataset, tier));
  if (tier === '') return null;
  if (query.data === undefined) return <Waiting query={query} />;
  return <ImpactList impact={query.data} />;
}

/** Counts first, then everything the change touches and what becomes of each. */
export function ImpactList({ impact }: { readonly impact: Impact }) {
  const { t } = useTranslation();
  const heading = useId();
  const { grants, applications, distributions, counts } = impact;
  const nothing = grants.length + applications.length + distributions.length === 0;
  return (
    <section className="impact" aria-labelledby={heading} data-impact={impact.to}>
      <h2 id={heading}>{t('impact.title')}</h2>
      {nothing && <p className="muted">{t('impact.nothing')}</p>}
      <ul className="impact-counts">
        <Counts what="grants" family="grantOutcome" counts={counts.grants} />
        <Counts what="applications" family="applicationOutcome" counts={counts.applications} />
        <Counts what="distributions" family="distributionOutcome" counts={counts.distributions} />
      </ul>
      {grants.length > 0 && (
        <Touched title={t('impact.grants')} who={t('impact.user')}>
          {grants.map(({ id, organisation, state, outcome }) => (
            <Row key={id} family="grantState" state={state} outcome={outcome} outcomes="grantOutcome">
              <Link to="/grants/$id" params={{ id }}>
                {organisation.name || organisation.id}
              </Link>
            </Row>
          ))}
        </Touched>
      )}
      {applications.length > 0 && (
        <Touched title={t('impact.applications')} who={t('impact.applicant')}>
          {applications.map(({ id, number, applicant, state, outcome }) => (
            <Row key={id} family="applicationState" state={state} outcome={outcome} outcomes="applicationOutcome">
              {number !== null && <span className="mono">{number} </span>}
              {applicant.name || applicant.id}
            </Row>
          ))}
        </Touched>
      )}
    </section>
  );
}

function Counts(props: {
  readonly what: 'grants' | 'applications' | 'distributions';
  readonly family: CodeFamily;
  readonly counts: Readonly<Record<string, number>>;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  return Object.entries(props.counts).map(([outcome, count]) => (
    <li key={outcome}>
      <strong>{count}</strong> {t(`impact.${props.what}`)}: {word(props.family, outcome)}
    </li>
  ));
}

function Touched(props: { readonly title: string; readonly who: string; readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <TableFrame label={props.title}>
      <thead>
        <tr>
          <th scope="col">{props.who}</th>
          <th scope="col">{t('impact.now')}</th>
          <th scope="col">{t('impact.then')}</th>
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </TableFrame>
  );
}

function Row(props: {
  readonly family: CodeFamily;
  readonly state: string;
  readonly outcome: string;
  readonly outcomes: CodeFamily;
  readonly children: ReactNode;
}) {
  const word = useCodes();
  return (
    <tr>
      <td>{props.children}</td>
      <td>
        <StateBadge family={props.family} state={props.state} />
      </td>
      <td data-outcome={props.outcome}>{word(props.outcomes, props.outcome)}</td>
    </tr>
  );
}
