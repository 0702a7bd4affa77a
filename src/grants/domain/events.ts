import type { Id } from '../../kernel/ids.js';
import type { Day, Instant } from '../../kernel/time.js';
import type {
  AcceptedAgreement,
  AcceptedVersion,
  Approval,
  Following,
  HoldCause,
  Limit,
  Owed,
  Proof,
  Successor,
  Unproved,
} from './grant.js';

interface Data {
  readonly 'grant.created': {
    readonly id: Id;
    readonly approval: Approval;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
  };
  /** The agreement was accepted: the first time, or anew because a later version came into force. */
  readonly 'grant.activated': {
    readonly agreement: AcceptedAgreement;
    readonly startsAt: Instant;
    readonly carried?: number;
  };
  /** The signatory accepted a version that the holder has yet to sign; it came back to the signatory. */
  readonly 'grant.accepted': AcceptedVersion;
  readonly 'grant.acceptance-returned': AcceptedVersion;
  readonly 'grant.suspended': { readonly cause: HoldCause; readonly reason: string; readonly until: Instant | null };
  /** One hold, or the limit, is lifted; what else holds the grant goes on holding it. */
  readonly 'grant.resumed': { readonly cause: HoldCause | 'limit'; readonly reason: string };
  readonly 'grant.limited': Limit;
  readonly 'grant.revoked': { readonly reason: string };
  readonly 'grant.expired': { readonly reason: string };
  readonly 'grant.relinquished': { readonly reason: string };
  /** Somebody began an application that renews or amends it; it ended without a new grant. */
  readonly 'grant.succession-opened': Following;
  readonly 'grant.succession-closed': { readonly application: Id; readonly reason: string };
  /** A new grant follows it, or takes its place: from that instant on, never both and never neither. */
  readonly 'grant.succeeded': Successor;
  readonly 'grant.use-reported': {
    readonly text: string;
    readonly products: readonly string[];
    /** The user of the data agreed that the products are named in the public register. */
    readonly publish?: boolean;
  };
  readonly 'grant.evidence-submitted': Proof;
  /** Evidence of the organisation that proved a condition was taken back or struck out. */
  readonly 'grant.evidence-removed': Unproved & { readonly reason: string };
  /** Its day has passed, and it was not done. */
  readonly 'grant.duty-missed': Owed;
  readonly 'grant.deletion-certified': { readonly date: Day; readonly method: string };
}

export type GrantEventName = keyof Data;
export type GrantEvent = {
  [Name in GrantEventName]: { readonly event: Name; readonly at: Instant; readonly data: Data[Name] };
}[GrantEventName];

export const grantEvent = <Name extends GrantEventName>(event: Name, at: Instant, data: Data[Name]): GrantEvent =>
  ({ event, at, data }) as GrantEvent;
