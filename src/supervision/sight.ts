import type { Principal } from '../kernel/principal.js';
import type { Role } from '../kernel/roles.js';
import type { Violation } from './domain/violation.js';
import type { Sight } from './supervision-stores.js';

const OVERSEERS: readonly Role[] = ['supervisor', 'auditor', 'approver'];

/** Overseers see everything; others what is held against their own organisation, and what concerns grants from it. */
export function sightOf({ organisation, roles }: Principal): Sight | null {
  if (roles.some((role) => OVERSEERS.includes(role))) return { everything: true };
  return organisation === null ? null : { everything: false, organisation: organisation.id };
}

export const sees = (sight: Sight | null, { organisation, holder }: Pick<Violation, 'organisation' | 'holder'>) =>
  sight !== null && (sight.everything || organisation === sight.organisation || holder === sight.organisation);
