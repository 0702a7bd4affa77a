import type { Id } from '../../kernel/ids.js';
import type { EvidenceEvent } from './events.js';
import type { Evidence } from './evidence.js';

/** The evidence after an event. Only `evidence.filed` begins one. */
export function evolve(id: Id, evidence: Evidence | null, event: EvidenceEvent): Evidence {
  if (event.event === 'evidence.filed') {
    const { organisation, ...filing } = event.data;
    const begun = { state: 'filed', filedBy: event.by, filedAt: event.at } as const;
    return { id, organisation, ...filing, ...begun, judged: null, countsSince: null, ended: null };
  }
  if (evidence === null) throw new Error(`${event.event} without evidence`);
  return { ...evidence, ...changeOf(event) };
}

function changeOf(event: Exclude<EvidenceEvent, { event: 'evidence.filed' }>): Partial<Evidence> {
  const { by, at } = event;
  switch (event.event) {
    case 'evidence.verified': {
      const judged = { by, at, reason: event.data.remark };
      return { state: 'verified', judged, countsSince: event.data.counts ? at : null };
    }
    case 'evidence.rejected':
      return { state: 'rejected', judged: { by, at, reason: event.data.reason } };
    case 'evidence.began':
      return { countsSince: at };
    case 'evidence.lapsed':
      return { state: 'lapsed', ended: { at, reason: null, by: null } };
    case 'evidence.replaced':
      return { state: 'replaced', ended: { at, reason: null, by: null } };
    case 'evidence.withdrawn':
      return { state: 'withdrawn', ended: { at, reason: event.data.reason, by } };
    case 'evidence.struck-out':
      return { state: 'struck-out', ended: { at, reason: event.data.reason, by } };
    default:
      return event satisfies never;
  }
}
