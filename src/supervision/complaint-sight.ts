import type { Principal } from '../kernel/principal.js';
import type { ComplaintSight } from './complaint-store.js';
import type { Complaint } from './domain/complaint.js';
import { sightOf } from './sight.js';

const HOLDER_STAFF = ['steward', 'reviewer', 'officer'] as const;

/** Which complaints a caller's lists hold. */
export function complaintSightOf(principal: Principal): ComplaintSight {
  if (sightOf(principal)?.everything === true) return { everything: true };
  const { kind, id, organisation, roles } = principal;
  return {
    everything: false,
    person: kind === 'person' ? id : null,
    organisation: organisation?.id ?? null,
    holder: HOLDER_STAFF.some((role) => roles.includes(role)) ? (organisation?.id ?? null) : null,
  };
}

/** Whether the caller belongs to who complained. */
export const isComplainant = ({ kind, id, organisation }: Principal, complaint: Complaint): boolean =>
  kind === 'person' &&
  (complaint.person === id || (complaint.organisation !== null && complaint.organisation === organisation?.id));

/** Whether the caller has to do with it: its words are for them. */
export function isInvolved(principal: Principal, complaint: Complaint): boolean {
  const sight = complaintSightOf(principal);
  return sight.everything || sight.holder === complaint.holder || isComplainant(principal, complaint);
}

export const seesComplaint = (principal: Principal, complaint: Complaint): boolean =>
  isInvolved(principal, complaint) || (complaint.about === 'quality' && complaint.state === 'answered');

/** Who complains is known to those who decide, and to themselves. */
export const seesComplainant = (principal: Principal, complaint: Complaint): boolean =>
  isComplainant(principal, complaint) || principal.roles.includes('approver');
