import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../../http/index.js';
import { DELIVERIES, type Delivery } from '../../kernel/purpose.js';
import { GRANT_STATES, type GrantState } from '../domain/grant.js';

/** A reason a person gives; it is told to the organisation concerned. */
const REASON = 2000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

export class GrantListQuery extends PageQuery {
  @IsOptional() @IsString() @Length(1, 64) organisation?: string;
  @IsOptional() @IsString() @Length(1, 64) dataset?: string;
  @IsOptional() @IsIn(GRANT_STATES) state?: GrantState;
}

export class ReasonBody {
  @IsString() @Length(1, REASON) reason!: string;
}

export class MeasureBody extends ReasonBody {
  /** RFC 3339; the measure is lifted by itself at this instant. */
  @IsOptional() @IsISO8601({ strict: true }) @Matches(INSTANT) until?: string;
}

export class LimitBody extends MeasureBody {
  @IsOptional() @IsInt() @Min(0) @Max(1_000_000_000) quota?: number;
  @IsOptional() @IsIn(DELIVERIES) delivery?: Delivery;
}

export class GrantResponse {
  @IsString() id!: string;
  @IsString() application!: string;
  @IsString() organisation!: string;
  @IsString() dataset!: string;
  @IsString({ each: true }) items!: string[];
  @IsString() purpose!: string;
  @IsIn(DELIVERIES) delivery!: Delivery;
  @IsIn(GRANT_STATES) state!: GrantState;
  @IsOptional() @IsInt() quota?: number;
  @IsOptional() @IsString() @MaxLength(32) etag?: string;
}

/** What lists show of a grant; the page has the rest. */
export class GrantSummary {
  @IsString() id!: string;
  @IsString() application!: string;
  @IsString() organisation!: string;
  @IsString() dataset!: string;
  @IsString() state!: string;
}

export class GrantListResponse {
  @IsArray() @ValidateNested({ each: true }) @Type(() => GrantSummary) items!: GrantSummary[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
