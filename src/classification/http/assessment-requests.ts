import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { IsCalendarDay, IsSaid, ListOf, Nested, Optional, PageQuery } from '../../http/index.js';
import { TIERS, type Tier } from '../../kernel/tier.js';
import { GROUP_LIMIT } from '../assessment-service.js';
import { ASSESSMENT_STATES, type AssessmentState } from '../domain/assessment.js';

export class FindingRequest {
  @IsString() @MinLength(1) @MaxLength(200) item!: string;
  @Matches(/^[a-z][a-z0-9-]{0,63}$/) type!: string;
  @IsNumber() @Min(0) @Max(1) matchedFraction!: number;
  @IsInt() @Min(0) sampleSize!: number;
  @IsString() @MinLength(1) @MaxLength(120) rule!: string;
}

export class DeidentificationRequest {
  /** 1 direct identifiers present, 2 quasi-identifiers, 3 acceptable risk, 4 aggregate. */
  @IsIn([1, 2, 3, 4]) grade!: 1 | 2 | 3 | 4;
  @IsSaid(500) method!: string;
  @Optional() @IsInt() @Min(1) k?: number;
  @IsSaid(200) evaluator!: string;
  /** Not in the future: what is still to be evaluated lifts nothing. */
  @IsCalendarDay() date!: string;
}

export class ConsentRequest {
  @IsSaid(200) reference!: string;
  /** Not in the future: what is still to be given lifts nothing. */
  @IsCalendarDay() date!: string;
  @Optional() @IsBoolean() withdrawn?: boolean;
}

/** Evidence about one dataset, beside what the catalogue knows. */
export class AssessmentRequest {
  @Optional()
  @ArrayMaxSize(5000)
  @ListOf(() => FindingRequest)
  findings?: FindingRequest[];
  @Optional() @Nested(() => DeidentificationRequest) deidentification?: DeidentificationRequest;
  @Optional() @Nested(() => ConsentRequest) consent?: ConsentRequest;
  @Optional() @IsIn(['core', 'important', 'general']) importance?: 'core' | 'important' | 'general';
  @Optional() @IsIn(['state-secret', 'work-secret', 'none']) secrecy?: 'state-secret' | 'work-secret' | 'none';
  @Optional() @IsString() @MaxLength(16) securityLevel?: string;
  /** What `tiergate classify --json` wrote, unchanged. */
  @Optional() @IsObject() @JSONSchema({ type: 'object', additionalProperties: true }) report?: Record<string, unknown>;
}

export class TextRequest {
  @Optional() @IsString() @MaxLength(5000) zh?: string;
  @Optional() @IsString() @MaxLength(5000) en?: string;
}

export class PreviewItemRequest {
  @IsString() @MinLength(1) @MaxLength(200) name!: string;
  @Optional() @Nested(() => TextRequest) title?: TextRequest;
  @Optional() @IsString() @MaxLength(100) type?: string;
  @Optional() @IsIn(TIERS) declaredTier?: Tier;
}

export class PreviewDistributionRequest {
  @IsString() @MinLength(1) @MaxLength(200) id!: string;
  @IsIn(['file', 'api']) kind!: 'file' | 'api';
  @Optional() @IsString() @MaxLength(100) format?: string;
  @IsBoolean() served!: boolean;
}

/** Facts to try the rules on; nothing is stored. */
export class PreviewRequest extends AssessmentRequest {
  @Optional() @IsString() @MaxLength(64) pack?: string;
  @Nested(() => TextRequest) title!: TextRequest;
  @Optional() @Nested(() => TextRequest) abstract?: TextRequest;
  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  keywords?: string[];
  @Optional() @IsString() @MaxLength(300) publisher?: string;
  @Optional() @IsString() @MaxLength(500) licence?: string;
  @Optional() @IsString() @MaxLength(2000) rights?: string;
  @Optional() @IsString() @MaxLength(2000) legalBasis?: string;
  @Optional() @IsString() @MaxLength(64) updateFrequency?: string;
  @Optional() @IsString() @MaxLength(64) declaredCode?: string;
  @Optional() @IsIn(TIERS) declaredTier?: Tier;
  @Optional() @IsInt() @Min(0) @Max(100) conditions?: number;
  @Optional()
  @ArrayMaxSize(5000)
  @ListOf(() => PreviewItemRequest)
  items?: PreviewItemRequest[];
  @Optional()
  @ArrayMaxSize(500)
  @ListOf(() => PreviewDistributionRequest)
  distributions?: PreviewDistributionRequest[];
}

export class ArgumentRequest {
  @Optional() @IsString() @MaxLength(2000) reason?: string;
  @Optional() @IsString() @MaxLength(1000) legalBasis?: string;
  @Optional() @IsString() @MaxLength(2000) evidence?: string;
}

export class OverrideRequest extends ArgumentRequest {
  @IsIn(TIERS) tier!: Tier;
}

export class ProposeTierRequest extends ArgumentRequest {
  @IsIn(TIERS) tier!: Tier;
}

export class ConfirmGroupRequest extends ArgumentRequest {
  @Matches(/^[0-9a-f]{32}$/) group!: string;
}

/** One tier for several records that wait, at most as many as one screen shows of a group. */
export class OverrideManyRequest extends OverrideRequest {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(GROUP_LIMIT)
  @ArrayUnique()
  @Matches(/^[0-9A-HJKMNP-TV-Z]{26}$/, { each: true })
  assessments!: string[];
}

export class AssessmentListQuery extends PageQuery {
  @Optional() @IsIn(ASSESSMENT_STATES) state?: AssessmentState;
  @Optional() @Matches(/^[0-9a-f]{32}$/) group?: string;
  @Optional() @IsString() @MaxLength(26) dataset?: string;
}
