import type { AgreementRef, Delivery, DutyTerm, Field, Named, Text, Tier, Wording } from './types';

export type DatasetState = 'draft' | 'listed' | 'suspended' | 'withdrawn';
export const DATASET_STATES: readonly DatasetState[] = ['draft', 'listed', 'suspended', 'withdrawn'];
export interface NextStep {
  readonly code: string;
  readonly href?: string | null;
}
export interface Reason {
  readonly rule: string;
  readonly text: Wording;
  readonly source: Wording;
  readonly verified: boolean;
}
export interface DatasetItem {
  readonly name: string;
  readonly title: Wording;
  readonly type: string;
  readonly tier: Tier;
}
export interface Distribution {
  readonly id: string;
  readonly title: Wording;
  readonly format: string;
  readonly kind: 'file' | 'api';
  readonly tier: Tier;
  /** For who may edit the record. */
  readonly mediaType?: string | null;
  readonly url?: string | null;
}
export interface DatasetCondition extends DutyTerm {
  readonly kind: string;
  readonly text: Wording;
  /** In both languages: for who may edit it. */
  readonly wording?: Text;
  readonly evidenceRequired: boolean;
  /** The kinds of applicants it names. */
  readonly applicants?: readonly string[];
}
export interface DatasetSummary {
  readonly id: string;
  /** A record that is not open, shown to the public by its title only. */
  readonly redacted?: boolean;
  /** Left out of the redacted entry of a record that is not open. */
  readonly identifier?: string;
  readonly title: Wording;
  readonly abstract?: Wording | null;
  readonly field?: string | null;
  readonly publisher: Named;
  readonly tier: Tier;
  readonly tierStatus: 'declared' | 'confirmed' | 'pending-review';
  readonly state: string;
  readonly updateFrequency?: string | null;
  readonly lastUpdated?: string | null;
}
/** Where data is used that does not leave its holder. */
export interface SecureEnvironment {
  readonly text: Text;
  readonly url: string | null;
}
export interface Dataset extends DatasetSummary {
  /** Names of items that are milder than the dataset and may be asked for alone. */
  readonly views?: { readonly open: readonly string[]; readonly conditional: readonly string[] };
  readonly keywords?: readonly string[];
  readonly listedWhenRestricted?: boolean;
  readonly nationalRegistrationCode?: string;
  readonly source?: string | null;
  readonly declaredTier?: Tier | null;
  readonly securityLevel?: string | null;
  readonly sharingTier?: 'unconditional' | 'conditional' | 'not-shared' | null;
  readonly sharingConditionWording?: Text;
  readonly legalBasisWording?: Text;
  readonly items?: readonly DatasetItem[];
  readonly distributions?: readonly Distribution[];
  readonly deliveryKinds?: readonly Delivery[];
  readonly documents?: readonly { readonly kind: string; readonly title: Wording; readonly url: string }[];
  readonly conditions?: readonly DatasetCondition[];
  readonly agreement?: AgreementRef | null;
  readonly nextUpdateDue?: string | null;
  readonly notices?: readonly { readonly code: string; readonly text: Wording; readonly at: string }[];
  readonly reasons?: readonly Reason[];
  readonly nextStep?: NextStep | null;
  /** What this caller may do with the record; absent where that is nothing. */
  readonly allowedCommands?: readonly string[];
  /** For who edits it; null where it is not said. */
  readonly sandbox?: SecureEnvironment | null;
  /** What it would have to state to be listed, as pointers. */
  readonly lacking?: readonly string[];
  /** What `restore` would make of it. */
  readonly restoresTo?: 'draft' | 'listed';
  readonly etag?: string;
}
export interface Eligibility {
  readonly met?: readonly DatasetCondition[];
  readonly unmet?: readonly DatasetCondition[];
  readonly missing?: readonly DatasetCondition[];
  readonly workingDays?: number | { readonly median?: number | null; readonly limit?: number | null } | null;
}
export interface Facets {
  readonly total: number;
  readonly fields: readonly { readonly code: Field; readonly total: number; readonly tiers: Record<Tier, number> }[];
  readonly tiers: Record<Tier, number>;
  readonly states: Record<DatasetState, number>;
  readonly publishers: readonly { readonly id: string; readonly name: Wording; readonly total: number }[];
}
