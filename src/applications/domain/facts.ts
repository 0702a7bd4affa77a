import type { DutyTerm } from '../../kernel/duty-term.js';
import type { Id } from '../../kernel/ids.js';
import type { ApplicantKind, OrganisationKind, Principal } from '../../kernel/principal.js';
import type { Delivery, Purpose } from '../../kernel/purpose.js';
import type { ProblemCode } from '../../kernel/problems/index.js';
import type { Role } from '../../kernel/roles.js';
import type { Text } from '../../kernel/text.js';
import type { Tier, Views } from '../../kernel/tier.js';
import type { Day, Instant } from '../../kernel/time.js';
import type { AgreementVersion, Stage, Succession } from './application.js';
import type { Clockwork } from './deadlines.js';
import type { Form } from './form.js';
import type { Workflow } from './workflow.js';

/** Rules as data: the table of the life cycle and the clock of the pack. */
export interface Rules {
  readonly workflow: Workflow;
  readonly clock: Clockwork;
  /** Those of requests between public bodies; absent where nothing is shared. */
  readonly sharing?: Rules;
}

/**
 * The rules of one kind of application. A case between bodies whose rules were taken away goes on under those of
 * opening, where the authority rules.
 */
export const rulesOf = (rules: Rules, { kind }: { readonly kind?: 'sharing' }): Rules =>
  kind === undefined ? rules : (rules.sharing ?? rules);

/** Whoever asks, for the organisation they signed in for, with every organisation they belong to. */
export interface Caller {
  readonly kind: Principal['kind'];
  readonly id: Id;
  readonly organisation: Id | null;
  /** Where they belong without a post: they see the cases that name them. */
  readonly memberOf?: Id | undefined;
  readonly roles: readonly Role[];
}

/** Someone whose post carries the role of a stage, as its holder or deputy. */
export interface Seat {
  readonly person: Id;
  readonly organisations: readonly Id[];
  readonly deputyOf?: Id;
}

export interface Desk {
  /** The organisation whose posts these are. */
  readonly organisation: Id;
  readonly eligible: readonly Seat[];
  readonly substituteOrganisation: Id;
  readonly substitutes: readonly Seat[];
}

export interface OrganisationFacts {
  readonly id: Id;
  readonly kind: OrganisationKind;
  readonly active: boolean;
  readonly parent: Id | null;
}

/** A requirement published with a dataset, equal for equals. */
export interface PublishedCondition extends DutyTerm {
  readonly kind: string;
  readonly text: Text;
  readonly evidenceRequired: boolean;
  /** The kinds of applicants it names, where the machine matches them. */
  readonly applicants?: readonly ApplicantKind[];
}

export interface DatasetFacts {
  readonly id: Id;
  readonly holder: Id;
  readonly state: 'draft' | 'listed' | 'suspended' | 'withdrawn';
  readonly tier: Tier;
  /** Items that may be asked for alone at a milder tier. */
  readonly views?: Views | undefined;
  readonly items: readonly { readonly name: string; readonly tier: Tier }[];
  readonly deliveryKinds: readonly Delivery[];
  readonly conditions: readonly PublishedCondition[];
  readonly agreementTemplate: Id | null;
  /** Whether applicants may know of it while it is restricted. */
  readonly listedWhenRestricted: boolean;
  /** Why nobody can ask for it while it is restricted, where that is not opening. */
  readonly closed?: { readonly code: ProblemCode; readonly detail: string };
  /** It is to be had without a review. */
  readonly unconditional?: boolean;
}

/** A time-limited ban of the applicant's: on these datasets, or on all where none is named. */
export interface RestrictionFacts {
  readonly datasets: readonly Id[];
  readonly until: Instant;
}

/** The restriction that keeps the applicant from a dataset now, the longest; null where none does. */
export function restrictionOn({ restrictions, now }: Pick<Facts, 'restrictions' | 'now'>, dataset: Id) {
  const found = restrictions.filter(
    ({ datasets, until }) => now < until && (datasets.length === 0 || datasets.includes(dataset)),
  );
  return found.toSorted((one, other) => other.until - one.until)[0] ?? null;
}

/** Evidence of the applicant: what is filed or verified, and whatever the request names. */
export interface EvidenceFacts {
  readonly id: Id;
  readonly kind: string;
  readonly state: string;
  readonly issuer: string;
  readonly reference: string;
  readonly validFrom: Day | null;
  readonly validUntil: Day | null;
  readonly attachment: Id | null;
}

/** What the applicant has to show for a kind of condition today: verified, by itself or by what follows it in time. */
export interface ProvedFacts {
  readonly evidence: Id;
  readonly validUntil: Day | null;
}

/** The grant that an application renews or amends, as it is now. */
export interface Predecessor {
  readonly grant: Id;
  readonly kind?: 'sharing';
  readonly application: Id;
  readonly organisation: Id;
  readonly dataset: Id;
  readonly items: readonly string[];
  readonly purpose: Purpose;
  readonly scenario: string;
  readonly delivery: Delivery;
  readonly period: { readonly from: Day; readonly to: Day };
  readonly members: readonly Id[];
  readonly quota: number | null;
  readonly conditions: readonly (DutyTerm & { readonly kind: string; readonly text: Text })[];
  /** Whether an agreement was accepted for it. */
  readonly signed: boolean;
  readonly ended: 'revoked' | 'expired' | 'relinquished' | null;
  readonly endsAt: Instant;
  /** Something else than lapsed evidence holds it, or a limit cuts it down. */
  readonly restrained: boolean;
  /** The application that renews or amends it, under way or concluded. */
  readonly followedBy: Id | null;
}

/** The form that the purpose asks for now, and the version that the request answers. */
export interface FormFacts {
  readonly current: Form | null;
  readonly named: Form | null;
}

/** Everything a decision about one application rests on, read and locked before it. */
export interface Facts {
  readonly now: Instant;
  readonly caller: Caller;
  readonly applicant: OrganisationFacts;
  readonly desks: Readonly<Record<Stage, Desk>>;
  /** The datasets asked for that exist. */
  readonly datasets: ReadonlyMap<Id, DatasetFacts>;
  readonly restrictions: readonly RestrictionFacts[];
  readonly unknownMembers: readonly Id[];
  /** Attachments the request names and the applicant does not have. */
  readonly unknownAttachments: readonly Id[];
  readonly evidence: readonly EvidenceFacts[];
  readonly proved: ReadonlyMap<string, ProvedFacts>;
  readonly predecessor: Predecessor | null;
  readonly succeeds: Succession | null;
  /** The person a command wants to make a member, if there is one. */
  readonly newMember: { readonly id: Id; readonly organisation: Id } | null;
  /** The file a command hands in as the sealed document, where the applicant has it. */
  readonly document: { readonly id: Id; readonly type: string } | null;
  /** The version of the agreement that is current now. */
  readonly agreement: AgreementVersion | null;
  readonly form: FormFacts;
  /** Open requests of the same applicant for the same items, category and project, oldest first. */
  readonly similar: readonly { readonly id: Id; readonly number: string | null }[];
}

/** What decides who sees a case. */
export type Sighting = Pick<Facts, 'caller' | 'applicant' | 'desks'>;
