import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';
import type { Filing } from './evidence.js';

interface Data {
  readonly 'evidence.filed': Filing & { readonly organisation: Id };
  /** `counts`: at once; otherwise from its first day. */
  readonly 'evidence.verified': { readonly remark: string | null; readonly counts: boolean };
  readonly 'evidence.rejected': { readonly reason: string };
  /** Its first day has come. */
  readonly 'evidence.began': object;
  readonly 'evidence.lapsed': object;
  readonly 'evidence.replaced': { readonly with: Id };
  readonly 'evidence.withdrawn': { readonly reason: string | null };
  readonly 'evidence.struck-out': { readonly reason: string };
}

export type EvidenceEventName = keyof Data;
export type EvidenceEvent = {
  [Name in EvidenceEventName]: {
    readonly event: Name;
    readonly by: Id;
    readonly at: Instant;
    readonly data: Data[Name];
  };
}[EvidenceEventName];

export const evidenceEvent = <Name extends EvidenceEventName>(
  event: Name,
  by: Id,
  at: Instant,
  data: Data[Name],
): EvidenceEvent => ({ event, by, at, data }) as EvidenceEvent;
