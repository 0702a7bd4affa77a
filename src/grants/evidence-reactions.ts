import type { Standing } from '../evidence/index.js';
import type { Id } from '../kernel/ids.js';
import { ok } from '../kernel/result.js';
import type { Reader, RecordedEntry } from '../persistence/index.js';
import type { EvidenceChange } from './domain/follow-evidence.js';
import type { GrantService, PremiseChange } from './grant-service.js';
import type { ReactionTable } from './reactions.js';

/** What grants ask of the evidence of organisations. */
export interface EvidencePort {
  standings(reader: Reader, organisation: Id): Promise<ReadonlyMap<string, Standing>>;
}

const REASONS: Readonly<Record<string, string>> = {
  'evidence.verified': 'The evidence was verified.',
  'evidence.began': 'The evidence holds from today.',
  'evidence.lapsed': 'The evidence of a condition has lapsed.',
  'evidence.replaced': 'The evidence was renewed.',
  'evidence.withdrawn': 'The organisation took the evidence of a condition back.',
  'evidence.struck-out': 'The evidence of a condition was struck out as false.',
};

/** Whatever happens to the evidence of an organisation, its grants follow what it has to show then. */
export function evidenceReactions(reactions: ReactionTable, service: GrantService, evidence: EvidencePort): void {
  reactions.on(Object.keys(REASONS), async (tx, entries) => {
    const changes: PremiseChange[] = [];
    for (const entry of entries) {
      const { organisation, kind } = entry.data as { organisation: Id; kind: string };
      const standing = (await evidence.standings(tx, organisation)).get(kind);
      const command = { kind: 'follow-evidence', condition: kind, change: changeOf(standing, entry) } as const;
      changes.push({ what: 'organisation', id: organisation, command, actor: entry.actor });
    }
    await service.follow(tx, changes);
    return ok(undefined);
  });
}

function changeOf(standing: Standing | undefined, { event }: RecordedEntry): EvidenceChange {
  if (standing === undefined)
    return { proved: false, reason: REASONS[event] ?? '', struckOut: event === 'evidence.struck-out' };
  const { evidence, reference, issuer, validUntil } = standing;
  return { proved: true, evidence, reference, issuer, validUntil };
}
