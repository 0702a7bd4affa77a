import type { Principal } from '../kernel/principal.js';
import type { Role } from '../kernel/roles.js';
import type { Evidence } from './domain/evidence.js';
import type { EvidenceCommandName } from './domain/decide.js';
import type { EvidenceSight } from './evidence-store.js';

/** Evidence counts before every holder, so the authority judges it: one that judged for itself would bind the others. */
const JUDGES: readonly Role[] = ['approver', 'officer'];
const OVERSEERS: readonly Role[] = [...JUDGES, 'supervisor', 'auditor'];

const ISSUERS: Readonly<Record<EvidenceCommandName, readonly Role[]>> = {
  verify: JUDGES,
  reject: JUDGES,
  'strike-out': [...JUDGES, 'supervisor'],
  withdraw: ['handler', 'signatory', 'citizen'],
};

/** Who judges and oversees sees everybody's; everyone else their own organisation's. */
export function sightOf({ organisation, roles }: Principal): EvidenceSight | null {
  if (roles.some((role) => OVERSEERS.includes(role))) return { everything: true };
  return organisation === null ? null : { everything: false, organisation: organisation.id };
}

export const sees = (sight: EvidenceSight | null, { organisation }: Pick<Evidence, 'organisation'>): boolean =>
  sight !== null && (sight.everything || organisation === sight.organisation);

/** Whether a role of the caller's gives this command at all. */
export const mayGive = ({ roles }: Principal, name: EvidenceCommandName): boolean =>
  roles.some((role) => ISSUERS[name].includes(role));
