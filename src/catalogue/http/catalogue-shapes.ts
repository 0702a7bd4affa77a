import { IsIn, IsInt, IsOptional, IsString, Length, Matches, ValidateIf } from 'class-validator';
import { HasWords, ListOf, Nested, Optional } from '../../http/index.js';
import { DUTY_TERMS, type DutyTermName } from '../../kernel/duty-term.js';
import { type Execution, EXECUTIONS } from '../../kernel/execution.js';
import { IMPORT_STATES, type ImportState } from '../import/import-run.js';
import { TextShape, TitleShape } from './dataset-shapes.js';

const SOURCE = /^(?!local$)[a-z][a-z0-9-]{0,47}$/;

export class ImportQuery {
  @IsString() @Length(1, 32) format!: string;
  /** Short name of the catalogue: lower case letters, digits and dashes. `local` is ours. */
  @Matches(SOURCE) source!: string;
  @Optional() @IsString() @Length(1, 64) profile?: string;
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
export class StateCounts {
  @IsInt() draft!: number;
  @IsInt() listed!: number;
  @IsInt() suspended!: number;
  @IsInt() withdrawn!: number;
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
  @Nested(() => TierCounts) tiers!: TierCounts;
  @ListOf(() => ImportIssueResponse) issues!: ImportIssueResponse[];
  /** All issues, also those beyond the ones kept. */
  @IsInt() issueCount!: number;
  @ListOf(() => ImportRemedy) remedies!: ImportRemedy[];
  @IsOptional() @Nested(() => ImportFailureResponse) failure?: ImportFailureResponse;
}

export class AgreementBody {
  @HasWords() @Nested(() => TitleShape) title!: TitleShape;
  @HasWords() @Nested(() => TextShape) text!: TextShape;
  /** How it is concluded; without it by the signatory's acceptance alone. */
  @Optional() @IsIn(EXECUTIONS) execution?: Execution;
}
export class AgreementRevisionBody {
  @Optional() @HasWords() @Nested(() => TitleShape) title?: TitleShape;
  @HasWords() @Nested(() => TextShape) text!: TextShape;
  /** Without it as the version before. */
  @Optional() @IsIn(EXECUTIONS) execution?: Execution;
}
export class AgreementResponse {
  /** Of the template; versions follow each other under it. */
  @IsString() template!: string;
  @IsInt() version!: number;
  @Nested(() => TitleShape) title!: TitleShape;
  @Nested(() => TextShape) text!: TextShape;
  /** SHA-256 of the wording, hexadecimal: what a signatory accepts. */
  @IsString() hash!: string;
  /** By the signatory's acceptance, with the holder's counter-signature, or by a sealed document the holder confirms. */
  @IsIn(EXECUTIONS) execution!: string;
  @IsString() publishedAt!: string;
  @IsString() href!: string;
  @IsString() etag!: string;
}
export class AgreementList {
  @ListOf(() => AgreementResponse) items!: AgreementResponse[];
}

export class FieldResponse {
  @IsString() code!: string;
  @Nested(() => TitleShape) name!: TitleShape;
}
export class FieldList {
  @ListOf(() => FieldResponse) items!: FieldResponse[];
}
export class ConditionKindResponse {
  @IsString() kind!: string;
  @Nested(() => TitleShape) label!: TitleShape;
  @Nested(() => TitleShape) asks!: TitleShape;
  @IsIn(['never', 'optional']) evidence!: 'never' | 'optional';
  /** The field of a condition of this kind that says when it is due. */
  @IsOptional() @IsIn(DUTY_TERMS) term?: DutyTermName;
}
export class ConditionKindList {
  @ListOf(() => ConditionKindResponse) items!: ConditionKindResponse[];
}

export class FieldCount {
  @IsString() code!: string;
  @IsInt() total!: number;
  @Nested(() => TierCounts) tiers!: TierCounts;
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
  @ListOf(() => FieldCount) fields!: FieldCount[];
  @Nested(() => TierCounts) tiers!: TierCounts;
  @Nested(() => StateCounts) states!: StateCounts;
  @ListOf(() => PublisherCount) publishers!: PublisherCount[];
  @ListOf(() => SourceCount) sources!: SourceCount[];
}
