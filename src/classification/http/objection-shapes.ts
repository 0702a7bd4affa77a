import { IsArray, IsIn, IsInt, IsString, Matches } from 'class-validator';
import { IsSaid, ListOf, Nested, NullOr, Optional, PageQuery, TextBody } from '../../http/index.js';
import { TIERS, type Tier } from '../../kernel/tier.js';
import { CLAIMED_RIGHTS, OBJECTION_STATES, type ObjectionState, STANDINGS } from '../domain/objection.js';

export class ObjectionListQuery extends PageQuery {
  @Optional() @Matches(/^[0-9A-Za-z-]{1,26}$/) dataset?: string;
  @Optional() @IsIn(OBJECTION_STATES) state?: ObjectionState;
}

export class UpholdObjectionRequest {
  @IsSaid(2000) reason!: string;
  /** Default: the tier that was asked for. Less far is possible, further or the other way is not. */
  @Optional() @IsIn(TIERS) tier?: Tier;
  /** Default: what the objector named. */
  @Optional() @IsSaid(500) legalBasis?: string;
}

export class RejectObjectionRequest {
  @IsSaid(2000) reason!: string;
}

export class WithdrawObjectionRequest {
  @Optional() @IsSaid(2000) reason?: string;
}

export class ObjectorBody {
  @IsString() id!: string;
  @Nested(() => TextBody) name!: TextBody;
}

export class ObjectionDecisionBody {
  @IsString() by!: string;
  @NullOr('string') reason!: string | null;
  @NullOr('string') legalBasis!: string | null;
  /** The tier that was proposed; null where it was rejected or withdrawn, or the tier in force was already the one asked for. */
  @NullOr(TIERS) tier!: string | null;
  /** The proposal that came of it, which another officer confirms. */
  @NullOr('string') assessment!: string | null;
  @IsString() at!: string;
}

export class ObjectionBody {
  @IsString() id!: string;
  @IsIn(['tier']) about!: string;
  @IsString() dataset!: string;
  @Nested(() => TextBody) datasetTitle!: TextBody;
  /** Now. */
  @NullOr(TIERS) tierInForce!: string | null;
  /** When it was filed. */
  @IsIn(TIERS) objectedTier!: string;
  @IsIn(TIERS) tier!: string;
  @IsIn(STANDINGS) standing!: string;
  @NullOr(CLAIMED_RIGHTS) right!: string | null;
  @IsString() reason!: string;
  @NullOr('string') legalBasis!: string | null;
  @NullOr('string') evidence!: string | null;
  /** Null where a natural person objected and the caller belongs to the publisher. */
  @NullOr(ObjectorBody) objector!: ObjectorBody | null;
  @IsIn(OBJECTION_STATES) state!: string;
  @IsString() filedAt!: string;
  /** Whole days that it has waited, or waited until it ended. */
  @IsInt() waitedDays!: number;
  @NullOr(ObjectionDecisionBody) decision!: ObjectionDecisionBody | null;
  @IsArray() @IsString({ each: true }) allowedCommands!: string[];
  @IsString() etag!: string;
}

export class ObjectionPageBody {
  @ListOf(() => ObjectionBody) items!: ObjectionBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
