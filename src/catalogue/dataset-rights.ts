import type { Principal } from '../kernel/principal.js';
import type { Instant } from '../kernel/time.js';
import type { DatasetRecord } from './domain/dataset.js';
import { ownState } from './domain/holds.js';
import { type DatasetCommand, possibleCommands } from './domain/lifecycle.js';

/** Its own stewards; for stopping at once, and for what was so stopped, also the supervisor. */
export function mayCommand(principal: Principal, record: DatasetRecord, kind: DatasetCommand['kind']): boolean {
  if (principal.roles.includes('steward') && principal.organisation?.id === record.publisher) return true;
  const stopping = kind === 'suspend' || (kind === 'restore' && ownState(record) === 'suspended');
  return stopping && principal.roles.includes('supervisor');
}

/** Exactly what the server would accept from this caller now, with the words that some of it asks for. */
export const allowedCommands = (
  principal: Principal,
  record: DatasetRecord,
  now: Instant,
): readonly DatasetCommand['kind'][] =>
  possibleCommands(record, now).filter((kind) => mayCommand(principal, record, kind));
