import { IsArray, IsIn, IsInt, IsNumber, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { JSONSchema } from 'class-validator-jsonschema';
import { TIERS } from '../../kernel/tier.js';
import { ASSESSMENT_STATES } from '../domain/assessment.js';

const TIER_OR_NULL = { type: ['string', 'null'] as never, enum: [...TIERS, null] };
const OBJECT_OR_NULL = { type: ['object', 'null'] as never };
const OBJECTS = { type: 'array' as const, items: { type: 'object' as const } };
const INTEGER = { type: 'integer' as const };
const BOOLEAN = { type: 'boolean' as const };
const NUMBER = { type: 'number' as const };
const text = { type: 'string' } as const;
const listOf = <P extends object>(properties: P) => ({ items: { type: 'object' as const, properties } });

/** The one thing a 202 needs. */
export class AssessmentStartedBody {
  @IsString() id!: string;
}

export class AssessmentBody {
  @IsString() id!: string;
  @IsString() dataset!: string;
  @IsIn(ASSESSMENT_STATES) state!: string;
  @IsObject()
  @JSONSchema({
    properties: {
      tier: { type: 'string' as const, enum: [...TIERS] },
      proposed: TIER_OR_NULL,
      declared: TIER_OR_NULL,
      floor: { type: 'string' as const, enum: [...TIERS] },
      abstained: BOOLEAN,
      confidence: NUMBER,
    },
  })
  verdict!: object;
  @IsArray()
  @JSONSchema(listOf({ name: text, tier: text, findings: OBJECTS }))
  items!: object[];
  /** Risk of re-identification is not assessed from metadata and counts alone. */
  @IsObject() @JSONSchema({ properties: { status: text } }) risk!: object;
  @IsArray()
  @JSONSchema(
    listOf({
      id: text,
      pack: text,
      version: INTEGER,
      reason: text,
      text,
      source: text,
      verified: BOOLEAN,
      outcome: { type: 'object' as const },
      inputs: OBJECTS,
    }),
  )
  rules!: object[];
  @IsArray() @JSONSchema(listOf({ code: text, weight: text, text, detail: text })) issues!: object[];
  @IsArray() @JSONSchema({ items: { type: 'object' } }) lowering!: object[];
  @IsObject() proposal!: object;
  @IsOptional() @JSONSchema(OBJECT_OR_NULL) decision!: object | null;
  /** What the server would accept from this caller now. */
  @IsArray() @IsString({ each: true }) allowedCommands!: string[];
  @IsString() group!: string;
  @IsString() replayHash!: string;
  @IsString() createdAt!: string;
  @IsOptional() @JSONSchema({ type: ['string', 'null'] as never }) decidedAt!: string | null;
  @IsString() etag!: string;
}

export class AssessmentGroupBody {
  @IsString() group!: string;
  @IsInt() count!: number;
  /** One of the group, to look at. */
  @IsString() sample!: string;
}

export class AssessmentPageBody {
  @IsArray() @ValidateNested({ each: true }) @Type(() => AssessmentBody) items!: AssessmentBody[];
  /** Largest first; empty when one group is asked for. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => AssessmentGroupBody) groups!: AssessmentGroupBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

export class GroupConfirmedBody {
  @IsString() group!: string;
  @IsInt() confirmed!: number;
  @IsArray() @IsString({ each: true }) datasets!: string[];
}

export class PreviewBody {
  @IsObject() verdict!: object;
  @IsArray() @JSONSchema({ items: { type: 'object' } }) items!: object[];
  @IsArray() @JSONSchema({ items: { type: 'object' } }) rules!: object[];
  @IsArray() @JSONSchema({ items: { type: 'object' } }) issues!: object[];
  @IsString() replayHash!: string;
}

export class RulePackBody {
  @IsString() id!: string;
  @IsInt() version!: number;
  @IsString() hash!: string;
  @IsString() title!: string;
  @IsObject() tiers!: object;
  @IsArray() @JSONSchema({ items: { type: 'object' } }) rules!: object[];
  /** Codes of kinds of conditions this jurisdiction may ask for. */
  @IsArray() @IsString({ each: true }) conditionKinds!: string[];
  @IsArray() @JSONSchema({ items: { type: 'object' } }) reasons!: object[];
  @IsNumber() verifiedRules!: number;
}

export class RulePackPageBody {
  @IsArray() @ValidateNested({ each: true }) @Type(() => RulePackBody) items!: RulePackBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
