import './governance.css';
import { Button, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { CHANGE_KINDS, type ChangeKind, type Rehearsal, type RehearsedChange, rehearsedQuery } from '../api/governance';
import { TIERS, type Tier, type Wording } from '../api/types';
import { useCodes } from '../parts/codes';
import { Card } from '../parts/page';
import { Pager, tokenOf } from '../parts/pager';
import { StateBadge } from '../parts/state-badge';
import { Loading, ProblemPanel } from '../parts/states';
import { TierBadge } from '../parts/tier-badge';
import { worded } from '../parts/wording';

/** What a changed pack would do: counts first, then each thing by kind. It goes on while the screen is closed. */
export function RehearsalDiff({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { t } = useTranslation();
  const cancel = useCommand<Rehearsal>();
  const [kind, setKind] = useState<ChangeKind>('dataset');
  const { counts, state } = rehearsal;
  const share = counts.total === 0 ? 100 : (100 * counts.read) / counts.total;
  return (
    <Card title={t('rehearsal.title')} tone="accent" aside={<StateBadge family="rehearsalState" state={state} />}>
      {state === 'running' && (
        <>
          <Progress value={share} aria-label={t('rehearsal.progress')} />
          <p className="row">
            <span aria-live="polite">{t('rehearsal.read', { read: counts.read, total: counts.total })}</span>
            {rehearsal.allowedCommands.includes('cancel') && (
              <Button
                size="compact-sm"
                variant="default"
                loading={cancel.isPending}
                onClick={() => cancel.mutate({ path: `/api/rehearsals/${rehearsal.id}/commands/cancel`, body: {} })}
              >
                {t('rehearsal.cancel')}
              </Button>
            )}
          </p>
        </>
      )}
      {state !== 'running' && <p>{t('rehearsal.looked', { count: counts.read })}</p>}
      {cancel.isError && <ProblemPanel error={cancel.error} />}
      <Counts rehearsal={rehearsal} kind={kind} onKind={setKind} />
      <Changes key={`${kind} ${state}`} rehearsal={rehearsal} kind={kind} />
    </Card>
  );
}

function Counts(props: {
  readonly rehearsal: Rehearsal;
  readonly kind: ChangeKind;
  readonly onKind: (kind: ChangeKind) => void;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <ul className="diff-counts">
      {CHANGE_KINDS.map((kind) => (
        <li key={kind}>
          <Button
            variant={props.kind === kind ? 'light' : 'subtle'}
            size="compact-sm"
            aria-pressed={props.kind === kind}
            data-kind={kind}
            onClick={() => props.onKind(kind)}
          >
            {t(`rehearsal.kinds.${kind}`)}
          </Button>{' '}
          {Object.entries(props.rehearsal.counts[kind])
            .filter(([, count]) => count > 0)
            .map(([what, count]) => `${word('rehearsed', what)}: ${count}`)
            .join(' · ') || t('rehearsal.nothing')}
        </li>
      ))}
    </ul>
  );
}

function Changes({ rehearsal, kind }: { readonly rehearsal: Rehearsal; readonly kind: ChangeKind }) {
  const { t } = useTranslation();
  const [trail, setTrail] = useState<readonly string[]>([]);
  const list = useQuery(rehearsedQuery(rehearsal.id, rehearsal.state, kind, tokenOf(trail)));
  if (list.isError) return <ProblemPanel error={list.error} />;
  if (list.data === undefined) return <Loading rows={2} />;
  const { items, nextPageToken, total } = list.data;
  if (items.length === 0) return <p className="muted">{t('rehearsal.noneOfKind')}</p>;
  return (
    <>
      <ul className="rows" data-changes={kind}>
        {items.map((change, at) => (
          <Change key={`${change.subject} ${at}`} change={change} />
        ))}
      </ul>
      <Pager trail={trail} nextPageToken={nextPageToken} total={total} shown={items.length} onTrail={setTrail} />
    </>
  );
}

const tierOf = (value: unknown): Tier | null => TIERS.find((tier) => tier === value) ?? null;
const listOf = (value: unknown): string => (Array.isArray(value) ? value.join(' · ') : '');

function Change({ change: { kind, subject, data } }: { readonly change: RehearsedChange }) {
  const { t } = useTranslation();
  const word = useCodes();
  const title = worded(data['title'] as Wording | undefined) || String(data['case'] ?? '') || subject;
  // A milder tier would wait for a person: what stays in force is not what would change.
  const next = data['change'] === 'milder' ? data['proposed'] : data['to'];
  const [from, to] = [tierOf(data['from'] ?? data['tier']), tierOf(next)];
  const dataset = kind === 'dataset' || kind === 'ruling' || kind === 'decision' ? subject : null;
  return (
    <li className="row-card">
      <div className="row-main">
        {dataset === null ? (
          <p className="row-title">{title}</p>
        ) : (
          <Link to="/datasets/$id" params={{ id: dataset }} className="row-title">
            {title}
          </Link>
        )}
        <p className="row-meta">
          {data['change'] !== undefined && <span>{word('rehearsed', String(data['change']))}</span>}
          {kind === 'grant' && <span>{word('grantOutcome', String(data['outcome']))}</span>}
          {kind === 'application' && <span>{word('applicationOutcome', String(data['outcome']))}</span>}
          {kind === 'decision' && (
            <span>{t('rehearsal.denied', { denied: Number(data['denied']), looked: Number(data['looked']) })}</span>
          )}
          {listOf(data['fires']) !== '' && <span>{t('rehearsal.fires', { rules: listOf(data['fires']) })}</span>}
          {listOf(data['silent']) !== '' && <span>{t('rehearsal.silent', { rules: listOf(data['silent']) })}</span>}
          {listOf(data['faults']) !== '' && <span>{listOf(data['faults'])}</span>}
        </p>
      </div>
      <div className="row-side">
        {from !== null && <TierBadge tier={from} />}
        {from !== null && to !== null && <span aria-hidden="true">→</span>}
        {to !== null && <TierBadge tier={to} />}
      </div>
    </li>
  );
}
