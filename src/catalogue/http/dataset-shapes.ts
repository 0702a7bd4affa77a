import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import {
  DutyTermRequest,
  HasWords,
  IsCalendarDay,
  ListOf,
  Nested,
  Optional,
  OptionalOrNull,
  PageQuery,
} from '../../http/index.js';
import { FIELDS, type Field } from '../../kernel/fields.js';
import { type ApplicantKind, APPLICANT_KINDS } from '../../kernel/principal.js';
import { DELIVERIES, type Delivery } from '../../kernel/purpose.js';
import { SHARING_TIERS, type SharingTier, TIERS, type Tier } from '../../kernel/tier.js';
import {
  DATASET_STATES,
  type DatasetDocument,
  type DatasetState,
  DOCUMENT_KINDS,
  FREQUENCIES,
  type Frequency,
  SECURITY_LEVELS,
  type SecurityLevel,
} from '../domain/dataset.js';

export const FIELD_CODES = Object.keys(FIELDS) as Field[];
/** No control characters, no blank at either end: two databases must not disagree on what equals what. */
const IDENTIFIER = /^(?! )\P{Control}{1,255}(?<! )$/u;
const ITEM_NAME = /^(?! )\P{Control}{1,200}(?<! )$/u;
const ID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
/** A day, or an instant of RFC 3339. */
export const SINCE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2}))?$/;
/** Where data is: an absolute web address, or a path on this server. Nothing that runs in a browser. */
const ADDRESS = /^(https?:\/\/[^\s<>"\\]{1,2000}|\/[^\s<>"\\/][^\s<>"\\]{0,2000})$/i;

export class TextShape {
  @Optional() @IsString() @Length(1, 20_000) zh?: string;
  @Optional() @IsString() @Length(1, 20_000) en?: string;
}
export class TitleShape {
  @Optional() @IsString() @Length(1, 500) zh?: string;
  @Optional() @IsString() @Length(1, 500) en?: string;
}

export class TermShape {
  @Optional() @IsString() @Length(1, 2_000) zh?: string;
  @Optional() @IsString() @Length(1, 2_000) en?: string;
}

export class ItemBody {
  @IsString() @Matches(ITEM_NAME) name!: string;
  @Nested(() => TitleShape) title!: TitleShape;
  @IsString() @Length(1, 64) type!: string;
}

export class DistributionBody {
  /** Of a distribution the dataset already has; a new one gets its id here. */
  @Optional() @Matches(ID) id?: string;
  @Nested(() => TitleShape) title!: TitleShape;
  @IsString() @Length(1, 64) format!: string;
  @IsIn(['file', 'api']) kind!: 'file' | 'api';
  @OptionalOrNull() @IsString() @Matches(ADDRESS) url?: string | null;
  @OptionalOrNull() @IsString() @Matches(/^[-\w]+\/[-\w.+]+$/) @MaxLength(100) mediaType?: string | null;
}

export class DocumentBody {
  @IsIn(DOCUMENT_KINDS) kind!: DatasetDocument['kind'];
  @Nested(() => TitleShape) title!: TitleShape;
  @IsString() @Matches(ADDRESS) url!: string;
}

export class ConditionBody extends DutyTermRequest {
  @IsString() @Length(1, 64) kind!: string;
  @HasWords() @Nested(() => TextShape) text!: TextShape;
  @IsBoolean() evidenceRequired!: boolean;
  /** Of `applicant-kind`: the kinds that are meant; whether an applicant is of them is matched by the machine. */
  @Optional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(APPLICANT_KINDS, { each: true })
  applicants?: ApplicantKind[];
}

/** The secure environment of the body, for those who were granted the data in it. */
export class SandboxBody {
  @HasWords() @Nested(() => TermShape) text!: TermShape;
  @OptionalOrNull() @IsString() @Matches(ADDRESS) url?: string | null;
}

/** What a steward may write; with PATCH only what is named changes. */
export class DatasetPatchBody {
  @Optional() @Nested(() => TitleShape) title?: TitleShape;
  @Optional() @Nested(() => TextShape) abstract?: TextShape;
  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  keywords?: string[];
  @OptionalOrNull() @IsIn(FIELD_CODES) field?: Field | null;
  @OptionalOrNull() @IsIn(TIERS) declaredTier?: Tier | null;
  @OptionalOrNull() @IsIn(SECURITY_LEVELS) securityLevel?: SecurityLevel | null;
  @Optional() @IsIn(SHARING_TIERS) sharingTier?: SharingTier;
  @OptionalOrNull() @IsString() @Length(1, 2_000) sharingCondition?: string | null;
  /** The same in both languages; where both are sent, this is what counts. */
  @OptionalOrNull() @HasWords() @Nested(() => TermShape) sharingConditionWording?: TermShape | null;
  @OptionalOrNull() @IsString() @Length(1, 2_000) legalBasis?: string | null;
  /** The same in both languages; where both are sent, this is what counts. */
  @OptionalOrNull() @HasWords() @Nested(() => TermShape) legalBasisWording?: TermShape | null;
  @Optional()
  @ArrayMaxSize(2_000)
  @ListOf(() => ItemBody)
  items?: ItemBody[];
  @Optional()
  @ArrayMaxSize(200)
  @ListOf(() => DistributionBody)
  distributions?: DistributionBody[];
  @Optional() @IsArray() @ArrayUnique() @IsIn(DELIVERIES, { each: true }) deliveryKinds?: Delivery[];
  /** A sample of the data and the dictionary of its items: for everyone who sees the record. */
  @Optional()
  @ArrayMaxSize(20)
  @ListOf(() => DocumentBody)
  documents?: DocumentBody[];
  @OptionalOrNull() @Nested(() => SandboxBody) sandbox?: SandboxBody | null;
  @Optional()
  @ArrayMaxSize(50)
  @ListOf(() => ConditionBody)
  conditions?: ConditionBody[];
  @OptionalOrNull() @Matches(ID) agreementTemplate?: string | null;
  @OptionalOrNull() @IsIn(FREQUENCIES) updateFrequency?: Frequency | null;
  @OptionalOrNull() @IsCalendarDay() lastUpdated?: string | null;
  @Optional() @IsBoolean() listedWhenRestricted?: boolean;
  @OptionalOrNull() @IsString() @Length(1, 100) nationalRegistrationCode?: string | null;
}

export class DatasetBody extends DatasetPatchBody {
  @IsString() @Matches(IDENTIFIER) identifier!: string;
  @Nested(() => TitleShape) declare title: TitleShape;
}

export class ReasonBody {
  @IsString() @Length(1, 2_000) reason!: string;
  /** As readers of the record are told it, in their language; without it they are told the reason as it stands. */
  @Optional() @HasWords() @Nested(() => TermShape) wording?: TermShape;
}

const list = () => Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value));

/** Filters of the list and of the facets. `field`, `tier` and `state` take several values with commas between. */
export class FacetQuery {
  @Optional() @IsString() @MaxLength(200) q?: string;
  @Optional() @list() @IsIn(FIELD_CODES, { each: true }) field?: Field[];
  @Optional() @list() @IsIn(TIERS, { each: true }) tier?: Tier[];
  @Optional() @list() @IsIn(DATASET_STATES, { each: true }) state?: DatasetState[];
  @Optional() @IsString() @Length(1, 64) publisher?: string;
  @Optional() @IsString() @Length(1, 64) source?: string;
  /** Records changed since this instant (RFC 3339) or day (Asia/Shanghai). */
  @Optional() @Matches(SINCE) updatedSince?: string;
}

export class DatasetListQuery extends PageQuery {
  @Optional() @IsString() @MaxLength(200) q?: string;
  @Optional() @list() @IsIn(FIELD_CODES, { each: true }) field?: Field[];
  @Optional() @list() @IsIn(TIERS, { each: true }) tier?: Tier[];
  @Optional() @list() @IsIn(DATASET_STATES, { each: true }) state?: DatasetState[];
  @Optional() @IsString() @Length(1, 64) publisher?: string;
  @Optional() @IsString() @Length(1, 64) source?: string;
  /** Records changed since this instant (RFC 3339) or day (Asia/Shanghai). */
  @Optional() @Matches(SINCE) updatedSince?: string;
}
