import type { DutyTerm } from '../../kernel/duty-term.js';
import type { Field } from '../../kernel/fields.js';
import type { Id } from '../../kernel/ids.js';
import type { Delivery } from '../../kernel/purpose.js';
import type { ApplicantKind } from '../../kernel/principal.js';
import type { Text } from '../../kernel/text.js';
import type { SharingTier, Tier } from '../../kernel/tier.js';
import type { Day, Instant } from '../../kernel/time.js';

/** Where a record stands in the catalogue. `suspended` stays visible and serves nothing; `withdrawn` is gone for the public. */
export const DATASET_STATES = ['draft', 'listed', 'suspended', 'withdrawn'] as const;
export type DatasetState = (typeof DATASET_STATES)[number];

/** `declared`: the publisher's tier stands; `confirmed`: an officer looked; `pending-review`: a person has to look. */
export const TIER_STATUSES = ['declared', 'confirmed', 'pending-review'] as const;
export type TierStatus = (typeof TIER_STATUSES)[number];

/** Grades of sensitivity, the least first. Which tier each may have is for the rule pack to say. */
export const SECURITY_LEVELS = ['L1', 'L2', 'L3', 'L4'] as const;
export type SecurityLevel = (typeof SECURITY_LEVELS)[number];

/** How often the data is renewed. */
export const FREQUENCIES = [
  'realtime',
  'hourly',
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'half-yearly',
  'yearly',
  'every-two-years',
  'irregular',
  'once',
] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** A column of the data (数据项). */
export interface DatasetItem {
  readonly name: string;
  readonly title: Text;
  readonly type: string;
  readonly tier: Tier;
}

/** A file or interface that delivers the data (数据资源). `url` reaches a caller only where they may have it. */
export interface Distribution {
  readonly id: Id;
  readonly title: Text;
  readonly format: string;
  readonly mediaType: string | null;
  readonly kind: 'file' | 'api';
  readonly tier: Tier;
  readonly url: string | null;
  /** True where `url` gives the data itself, not a page about it. */
  readonly direct: boolean;
  /** What the source says besides, in its format's words. */
  readonly kept: Readonly<Record<string, unknown>>;
}

/** What helps to judge data before it is applied for: a sample of it, the dictionary of its items. */
export const DOCUMENT_KINDS = ['sample', 'data-dictionary'] as const;

/** Whoever sees the record in full may have its documents, whatever the tier of the data. */
export interface DatasetDocument {
  readonly kind: (typeof DOCUMENT_KINDS)[number];
  readonly title: Text;
  readonly url: string;
}

/**
 * Where data is worked on that does not leave its holder. Told to those who were granted it so, and to nobody else: neither
 * the catalogue nor its exports show it.
 */
export interface SecureEnvironment {
  /** How one gets in: whom to call, what to bring. */
  readonly text: Text;
  /** Null where it is a room. */
  readonly url: string | null;
}

/** A requirement published beforehand and equal for equals; its kind is one of `policies/condition-kinds.yaml`. */
export interface Condition extends DutyTerm {
  readonly kind: string;
  readonly text: Text;
  readonly evidenceRequired: boolean;
  /** Of `applicant-kind`: the kinds it names, matched by the machine; absent where a person reads the text. */
  readonly applicants?: readonly ApplicantKind[];
}

/** One cause for which data rests, whatever its publisher does with the record. */
export interface DatasetHold {
  /** What holds it: the id of a rights complaint. */
  readonly by: Id;
  /** The items that rest; none is the whole dataset. */
  readonly items: readonly string[];
}

/** What holds a record, and the state that its publisher gave it. */
export interface Held {
  readonly own: DatasetState;
  readonly by: readonly DatasetHold[];
}

/** A public note on the record: why it is suspended, that its tier is under review. */
export interface Notice {
  readonly code: string;
  readonly text: Text;
  readonly at: Instant;
}

/** What only some sources state; kept so that export gives back what came in. */
export interface SourceFacts {
  /** The declared opening code as the source wrote it, before the code map. */
  readonly declaredCode: string | null;
  readonly rights: string | null;
  readonly licence: string | null;
  /** Fields of the source format that have no place of their own, in that format's words. */
  readonly kept: Readonly<Record<string, unknown>>;
  /** Hash of the record as it was read, so that an unchanged one is recognised. */
  readonly hash: string | null;
}

/** One record of the catalogue. `source` is `local` for records that stewards write here. */
export interface DatasetRecord {
  readonly id: Id;
  readonly version: number;
  readonly identifier: string;
  readonly source: string;
  readonly publisher: Id;
  readonly title: Text;
  readonly abstract: Text;
  readonly keywords: readonly string[];
  readonly field: Field | null;
  readonly declaredTier: Tier | null;
  readonly tier: Tier;
  readonly tierStatus: TierStatus;
  readonly securityLevel: SecurityLevel | null;
  readonly sharingTier: SharingTier;
  readonly sharingCondition: Text | null;
  readonly legalBasis: Text | null;
  readonly items: readonly DatasetItem[];
  readonly distributions: readonly Distribution[];
  readonly deliveryKinds: readonly Delivery[];
  readonly documents?: readonly DatasetDocument[];
  readonly sandbox?: SecureEnvironment | null;
  readonly conditions: readonly Condition[];
  readonly agreementTemplate: Id | null;
  readonly updateFrequency: Frequency | null;
  readonly lastUpdated: Day | null;
  readonly nextUpdateDue: Day | null;
  /** Follows from what the publisher did and from what holds the data (holds.ts). */
  readonly state: DatasetState;
  /** True of a record that was withdrawn before it was ever listed: restored, it is the draft it was. */
  readonly neverListed?: true;
  /** Absent where nothing holds it. */
  readonly held?: Held;
  readonly notices: readonly Notice[];
  /** A restricted record appears to the public, redacted, only where its publisher says so. */
  readonly listedWhenRestricted: boolean;
  readonly nationalRegistrationCode: string | null;
  /** The rule pack that judges this record. */
  readonly pack: string;
  readonly sourceFacts: SourceFacts;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** Records that stewards write here, as opposed to imported ones. */
export const LOCAL_SOURCE = 'local';
/** The pack that judges local records. */
export const LOCAL_PACK = 'cn-shanghai';
