import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { DutyTermBody, NullOr } from '../../http/index.js';
import { type ApplicantKind, APPLICANT_KINDS } from '../../kernel/principal.js';
import { DELIVERIES, type Delivery } from '../../kernel/purpose.js';
import { SHARING_TIERS, type SharingTier, TIERS, type Tier } from '../../kernel/tier.js';
import {
  DATASET_STATES,
  type DatasetState,
  DOCUMENT_KINDS,
  TIER_STATUSES,
  type TierStatus,
} from '../domain/dataset.js';
import { DATASET_COMMANDS, RESTORED } from '../domain/lifecycle.js';
import { TextShape } from './dataset-shapes.js';

export class PublisherResponse {
  @IsString() id!: string;
  /** In the caller's language. */
  @IsString() name!: string;
}
export class ItemResponse {
  @IsString() name!: string;
  @ValidateNested() @Type(() => TextShape) title!: TextShape;
  @IsString() type!: string;
  @IsIn(TIERS) tier!: Tier;
}
export class DistributionResponse {
  @IsString() id!: string;
  @ValidateNested() @Type(() => TextShape) title!: TextShape;
  @IsString() format!: string;
  @IsIn(['file', 'api']) kind!: 'file' | 'api';
  @IsIn(TIERS) tier!: Tier;
  /** For who may edit the record. */
  @IsOptional() @NullOr('string') mediaType?: string | null;
  /** Only where the caller may have the data. */
  @IsOptional() @IsString() url?: string;
}
export class DocumentResponse {
  @IsIn(DOCUMENT_KINDS) kind!: string;
  @ValidateNested() @Type(() => TextShape) title!: TextShape;
  @IsString() url!: string;
}
export class SandboxResponse {
  @ValidateNested() @Type(() => TextShape) text!: TextShape;
  @NullOr('string') url!: string | null;
}
export class ConditionResponse extends DutyTermBody {
  @IsString() kind!: string;
  /** In the caller's language. */
  @IsString() text!: string;
  /** As it was written, in both languages: for who may edit it. */
  @IsOptional() @ValidateNested() @Type(() => TextShape) wording?: TextShape;
  @IsBoolean() evidenceRequired!: boolean;
  /** The kinds of applicants it names, where the machine matches them. */
  @IsOptional() @IsArray() @IsIn(APPLICANT_KINDS, { each: true }) applicants?: readonly ApplicantKind[];
}
export class AgreementReference {
  @IsString() template!: string;
  @IsInt() version!: number;
  @IsString() hash!: string;
  @IsString() href!: string;
}
export class NoticeResponse {
  @IsString() code!: string;
  @IsString() text!: string;
  @IsString() at!: string;
}
export class ReasonResponse {
  @IsString() rule!: string;
  @IsString() text!: string;
  @IsString() source!: string;
  @IsBoolean() verified!: boolean;
}
export class NextStepResponse {
  @IsString() code!: string;
  @IsOptional() @IsString() href?: string;
}

/** Names of items that are milder than their dataset: open to everyone, and to be had with a grant. */
export class ViewsResponse {
  @IsArray() @IsString({ each: true }) open!: readonly string[];
  @IsArray() @IsString({ each: true }) conditional!: readonly string[];
}

/** What a list says of a record; a redacted entry says no more than this either. */
export class DatasetSummaryResponse {
  @IsString() id!: string;
  @IsOptional() @IsString() identifier?: string;
  @ValidateNested() @Type(() => TextShape) title!: TextShape;
  @IsOptional() @ValidateNested() @Type(() => TextShape) abstract?: TextShape;
  @NullOr('string') field!: string | null;
  @ValidateNested() @Type(() => PublisherResponse) publisher!: PublisherResponse;
  @IsOptional() @IsString() source?: string;
  @IsIn(TIERS) tier!: Tier;
  @IsIn(TIER_STATUSES) tierStatus!: TierStatus;
  @IsIn(DATASET_STATES) state!: DatasetState;
  /** True where the record is not open and its publisher shows only that it exists. */
  @IsBoolean() redacted!: boolean;
  @IsOptional() @IsArray() @IsIn(DELIVERIES, { each: true }) deliveryKinds?: Delivery[];
  @IsOptional() @NullOr('string') updateFrequency?: string | null;
  @IsOptional() @NullOr('string') lastUpdated?: string | null;
  @ValidateNested() @Type(() => NextStepResponse) nextStep!: NextStepResponse;
  @IsString() etag!: string;
}

/** A dataset as its page shows it to one caller. */
export class DatasetResponse extends DatasetSummaryResponse {
  @IsOptional() @IsArray() @IsString({ each: true }) keywords?: string[];
  @IsOptional() @NullOr(TIERS) declaredTier?: Tier | null;
  @IsOptional() @NullOr('string') securityLevel?: string | null;
  @IsOptional() @IsIn(SHARING_TIERS) sharingTier?: SharingTier;
  /** In the caller's language. */
  @IsOptional() @IsString() sharingCondition?: string;
  @IsOptional() @ValidateNested() @Type(() => TextShape) sharingConditionWording?: TextShape;
  /** In the caller's language. */
  @IsOptional() @IsString() legalBasis?: string;
  @IsOptional() @ValidateNested() @Type(() => TextShape) legalBasisWording?: TextShape;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ItemResponse) items!: ItemResponse[];
  /** Present where items may be asked for alone at a milder tier than the dataset's. */
  @IsOptional() @ValidateNested() @Type(() => ViewsResponse) views?: ViewsResponse;
  @IsArray() @ValidateNested({ each: true }) @Type(() => DistributionResponse) distributions!: DistributionResponse[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => DocumentResponse) documents!: DocumentResponse[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => ConditionResponse) conditions!: ConditionResponse[];
  @IsOptional() @ValidateNested() @Type(() => AgreementReference) agreement?: AgreementReference;
  @IsOptional() @NullOr('string') nextUpdateDue?: string | null;
  @IsOptional() @IsBoolean() listedWhenRestricted?: boolean;
  @IsOptional() @IsString() nationalRegistrationCode?: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => NoticeResponse) notices!: NoticeResponse[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => ReasonResponse) reasons!: ReasonResponse[];
  /** What this caller may do with the record now (`edit` is PATCH; a tier is proposed); absent where that is nothing. */
  @IsOptional() @IsArray() @IsIn(DATASET_COMMANDS, { each: true }) allowedCommands?: string[];
  /** What a listed record must state and this one does not, as pointers into it: for its stewards. */
  @IsOptional() @IsArray() @IsString({ each: true }) lacking?: string[];
  /** Where its secure environment is, null where that is not said: for its stewards. Users read it on their grants. */
  @IsOptional() @NullOr(SandboxResponse) sandbox?: SandboxResponse | null;
  /** What `restore` would make of the record, for who may restore it: a draft that was put away is a draft again. */
  @IsOptional() @IsIn(RESTORED) restoresTo?: 'draft' | 'listed';
}

export class DatasetListResponse {
  @IsArray() @ValidateNested({ each: true }) @Type(() => DatasetSummaryResponse) items!: DatasetSummaryResponse[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
