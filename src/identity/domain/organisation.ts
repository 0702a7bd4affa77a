import type { Id } from '../../kernel/ids.js';
import type { OrganisationKind } from '../../kernel/principal.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Text } from '../../kernel/text.js';
import type { Instant } from '../../kernel/time.js';
import { creditCodeFault } from './credit-code.js';

/** An organisation, or (kind `person`) the stand-in for one natural person who applies on their own behalf. */
export interface Organisation {
  readonly id: Id<'organisation'>;
  readonly name: Text;
  /** `null` for natural persons, for unincorporated organisations without one, for publishers of catalogues from abroad. */
  readonly creditCode: string | null;
  readonly kind: OrganisationKind;
  readonly state: 'active' | 'suspended';
  /** The body it belongs to: nobody of it may decide on this one's applications. */
  readonly parent: Id<'organisation'> | null;
  readonly suspendedAt: Instant | null;
  readonly suspensionReason: string | null;
  /** Of a natural person who registered: keyed hash of the number of their document, so that nobody is here twice. */
  readonly identityKey: string | null;
  readonly version: number;
}

/**
 * Legal persons are known by their code; a natural person has none. Unincorporated organisations may hold one (a branch,
 * a sole trader) or not; publishers from abroad may lack it.
 */
export function organisationFault(kind: OrganisationKind, creditCode: string | null): Refusal | null {
  if (creditCode === null) {
    return kind === 'enterprise' ? refusal('invalid-credit-code', 'An enterprise is named by its credit code.') : null;
  }
  if (kind === 'person') return refusal('invalid-credit-code', 'A natural person has no credit code.');
  const fault = creditCodeFault(creditCode);
  return fault === null ? null : creditCodeRefusal(fault);
}

export const creditCodeRefusal = (fault: string, pointer = '/creditCode'): Refusal =>
  refusal('invalid-credit-code', undefined, {
    errors: [{ pointer, code: fault, detail: 'The unified social credit code does not hold (GB 32100).' }],
  });

export function suspend(organisation: Organisation, reason: string, now: Instant): Result<Organisation> {
  if (organisation.state === 'suspended') return err(refusal('already-so', 'The organisation is suspended already.'));
  return ok({ ...organisation, state: 'suspended', suspendedAt: now, suspensionReason: reason });
}

export function resume(organisation: Organisation): Result<Organisation> {
  if (organisation.state === 'active') return err(refusal('already-so', 'The organisation is active already.'));
  return ok({ ...organisation, state: 'active', suspendedAt: null, suspensionReason: null });
}
