import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Validate,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IMPORT_STATES, type ImportState } from '../import/import-run.js';
import { TextShape, TitleShape, WordsRule } from './dataset-shapes.js';

const SOURCE = /^(?!local$)[a-z][a-z0-9-]{0,47}$/;

export class ImportQuery {
  @IsString() @Length(1, 32) format!: string;
  /** Short name of the catalogue: lower case letters, digits and dashes. `local` is ours. */
  @Matches(SOURCE) source!: string;
  @IsOptional() @IsString() @Length(1, 64) profile?: string;
}

export class ImportStarted {
  @IsString() id!: string;
  @IsIn(IMPORT_STATES) state!: ImportState;
}

export class TierCounts {
  @IsInt() open!: number;
  @IsInt() conditional!: number;
  @IsInt() restricted!: number;
}
export class ImportIssueResponse {
  /** The publisher's identifier, or `row <n>`. */
  @IsString() identifier!: string;
  @IsString() code!: string;
  @IsString() detail!: string;
}
export class ImportFailureResponse {
  @IsString() code!: string;
  @IsString() detail!: string;
  /** Byte of the file. */
  @ValidateIf((_body, value) => value !== null) @IsInt() offset!: number | null;
}
/** What to do about the issues of one code, in the caller's language. */
export class ImportRemedy {
  @IsString() code!: string;
  @IsInt() count!: number;
  @IsString() text!: string;
}
export class ImportResponse {
  @IsString() id!: string;
  @IsIn(IMPORT_STATES) state!: ImportState;
  @IsString() source!: string;
  @IsString() format!: string;
  @IsString() profile!: string;
  @IsInt() read!: number;
  @IsInt() created!: number;
  @IsInt() updated!: number;
  @IsInt() unchanged!: number;
  @IsInt() withdrawn!: number;
  @IsInt() rejected!: number;
  @IsInt() duplicates!: number;
  @ValidateNested() @Type(() => TierCounts) tiers!: TierCounts;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ImportIssueResponse) issues!: ImportIssueResponse[];
  /** All issues, also those beyond the ones kept. */
  @IsInt() issueCount!: number;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ImportRemedy) remedies!: ImportRemedy[];
  @IsOptional() @ValidateNested() @Type(() => ImportFailureResponse) failure?: ImportFailureResponse;
}

export class AgreementBody {
  @Validate(WordsRule) @ValidateNested() @Type(() => TitleShape) title!: TitleShape;
  @Validate(WordsRule) @ValidateNested() @Type(() => TextShape) text!: TextShape;
}
export class AgreementRevisionBody {
  @IsOptional() @Validate(WordsRule) @ValidateNested() @Type(() => TitleShape) title?: TitleShape;
  @Validate(WordsRule) @ValidateNested() @Type(() => TextShape) text!: TextShape;
}
export class AgreementResponse {
  /** Of the template; versions follow each other under it. */
  @IsString() template!: string;
  @IsInt() version!: number;
  @ValidateNested() @Type(() => TitleShape) title!: TitleShape;
  @ValidateNested() @Type(() => TextShape) text!: TextShape;
  /** SHA-256 of the wording, hexadecimal: what a signatory accepts. */
  @IsString() hash!: string;
  @IsString() publishedAt!: string;
  @IsString() href!: string;
  @IsString() etag!: string;
}
export class AgreementList {
  @IsArray() @ValidateNested({ each: true }) @Type(() => AgreementResponse) items!: AgreementResponse[];
}

export class FieldResponse {
  @IsString() code!: string;
  @ValidateNested() @Type(() => TitleShape) name!: TitleShape;
}
export class FieldList {
  @IsArray() @ValidateNested({ each: true }) @Type(() => FieldResponse) items!: FieldResponse[];
}
export class ConditionKindResponse {
  @IsString() kind!: string;
  @ValidateNested() @Type(() => TitleShape) label!: TitleShape;
  @ValidateNested() @Type(() => TitleShape) asks!: TitleShape;
  @IsIn(['never', 'optional']) evidence!: 'never' | 'optional';
}
export class ConditionKindList {
  @IsArray() @ValidateNested({ each: true }) @Type(() => ConditionKindResponse) items!: ConditionKindResponse[];
}

export class FieldCount {
  @IsString() code!: string;
  @IsInt() total!: number;
  @ValidateNested() @Type(() => TierCounts) tiers!: TierCounts;
}
export class PublisherCount {
  @IsString() id!: string;
  @IsString() name!: string;
  @IsInt() total!: number;
}
export class SourceCount {
  @IsString() code!: string;
  @IsInt() total!: number;
}
export class FacetResponse {
  @IsInt() total!: number;
  @IsArray() @ValidateNested({ each: true }) @Type(() => FieldCount) fields!: FieldCount[];
  @ValidateNested() @Type(() => TierCounts) tiers!: TierCounts;
  @IsArray() @ValidateNested({ each: true }) @Type(() => PublisherCount) publishers!: PublisherCount[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => SourceCount) sources!: SourceCount[];
}
