import { etagOf } from '../../kernel/etag.js';
import { isoOf } from '../../kernel/time.js';
import type { SeenObjection } from '../objection-queries.js';
import type { ObjectionBody } from './objection-shapes.js';

const DAY = 86_400_000;

/** An objection as the API shows it to whoever may see it. */
export function objectionView({ row, dataset, objector, allowedCommands }: SeenObjection, now: number): ObjectionBody {
  const { decision, ended_at: endedAt } = row;
  return {
    id: row.id,
    about: 'tier',
    dataset: row.dataset,
    datasetTitle: { ...dataset?.title },
    tierInForce: dataset?.tier ?? null,
    objectedTier: row.in_force_tier,
    tier: row.wanted_tier,
    standing: row.standing,
    right: row.claimed_right,
    reason: row.reason,
    legalBasis: row.legal_basis,
    evidence: row.evidence,
    objector: objector === null ? null : { id: objector.id, name: { ...objector.name } },
    state: row.state,
    filedAt: isoOf(row.filed_at),
    waitedDays: Math.max(0, Math.floor(((endedAt ?? now) - row.filed_at) / DAY)),
    decision: decision === null ? null : { ...decision, at: isoOf(endedAt ?? row.filed_at) },
    allowedCommands: [...allowedCommands],
    etag: etagOf(row.version),
  };
}
