import { IsArray, IsBoolean, IsIn, IsInt, IsString, Length } from 'class-validator';
import { IsCalendarDay, IsSaid, ListOf, Nested, NullOr, Optional, PageQuery, TextBody } from '../../http/index.js';
import {
  DEMAND_OUTCOMES,
  DEMAND_REFUSALS,
  DEMAND_STATES,
  type DemandOutcome,
  type DemandRefusal,
  type DemandState,
} from '../domain/demand.js';

export class DemandListQuery extends PageQuery {
  @Optional() @IsIn(DEMAND_STATES) state?: DemandState;
  @Optional() @IsString() @Length(1, 64) holder?: string;
  @Optional() @IsString() @Length(1, 64) dataset?: string;
  /** `overdue`: those that wait past their due day. */
  @Optional() @IsIn(['overdue']) queue?: 'overdue';
}

export class MakeDemandBody {
  /** The dataset that is not open; or else `holder`. */
  @Optional() @IsString() @Length(1, 64) dataset?: string;
  /** The public body asked for data that is not listed. */
  @Optional() @IsString() @Length(1, 64) holder?: string;
  /** Public once the demand is answered. */
  @IsSaid(200) title!: string;
  /** What it is needed for; for the body asked, never public. */
  @IsSaid(4000) description!: string;
}

export class AnswerDemandBody {
  @IsIn(DEMAND_OUTCOMES) outcome!: DemandOutcome;
  /** Public. */
  @IsSaid(4000) text!: string;
  /** Of a refusal. */
  @Optional() @IsIn(DEMAND_REFUSALS) reason?: DemandRefusal;
  /** Where the data is, or was opened. */
  @Optional() @IsString() @Length(1, 64) dataset?: string;
  /** Of a plan: the day by which it shall be open. */
  @Optional() @IsCalendarDay() plannedBy?: string;
}

export class DemandAnswerResponse {
  @IsIn(DEMAND_OUTCOMES) outcome!: DemandOutcome;
  @IsString() text!: string;
  @NullOr(DEMAND_REFUSALS) reason!: DemandRefusal | null;
  @NullOr(TextBody) reasonText!: TextBody | null;
  @NullOr('string') dataset!: string | null;
  @NullOr('string') plannedBy!: string | null;
  @IsString() at!: string;
}

/** Where the number of days comes from. */
export class DemandDeadlineResponse {
  @IsString() due!: string;
  @IsInt() workingDays!: number;
  @Nested(() => TextBody) source!: TextBody;
  @IsBoolean() verified!: boolean;
  /** It waits, and the day has passed. */
  @IsBoolean() overdue!: boolean;
}

export class DemandResponse {
  @IsString() id!: string;
  @IsIn(DEMAND_STATES) state!: DemandState;
  @IsString() title!: string;
  /** For who asked, who is asked and those who oversee; null for everyone else, as is `organisation`. */
  @NullOr('string') description!: string | null;
  @NullOr('string') organisation!: string | null;
  @NullOr('string') dataset!: string | null;
  @NullOr(TextBody) datasetTitle!: TextBody | null;
  @IsString() holder!: string;
  @NullOr(TextBody) holderName!: TextBody | null;
  @IsString() askedAt!: string;
  @Nested(() => DemandDeadlineResponse) deadline!: DemandDeadlineResponse;
  @ListOf(() => DemandAnswerResponse) answers!: DemandAnswerResponse[];
  @IsIn(['answer'], { each: true }) @IsArray() allowedCommands!: string[];
  @IsString() etag!: string;
}

export class DemandListResponse {
  @ListOf(() => DemandResponse) items!: DemandResponse[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
