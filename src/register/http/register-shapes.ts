import { IsArray, IsBoolean, IsIn, IsInt, IsString, Length, Matches } from 'class-validator';
import { ListOf, Nested, NullOr, Optional, PageQuery, TextBody } from '../../http/index.js';
import { FIELDS, type Field } from '../../kernel/fields.js';
import { ORGANISATION_KINDS } from '../../kernel/principal.js';
import { type Purpose, PURPOSES } from '../../kernel/purpose.js';
import { type Tier, TIERS } from '../../kernel/tier.js';
import { type MatterOutcome, OUTCOMES } from '../domain/matter.js';

const FIELD_CODES = Object.keys(FIELDS) as Field[];
const PERIOD = /^\d{4}(-Q[1-4])?$/;
const APPEALS = ['asked', 'upheld', 'reopened'] as const;

/** Filters go by what is told: what is hidden of a line finds nothing. */
export class RegisterQuery extends PageQuery {
  /** A year, or a quarter: `2026`, `2026-Q3`. */
  @Optional() @IsString() @Matches(PERIOD) period?: string;
  @Optional() @IsString() @Length(1, 64) holder?: string;
  @Optional() @IsIn(FIELD_CODES) field?: Field;
  @Optional() @IsIn(TIERS) tier?: Tier;
  @Optional() @IsIn(OUTCOMES) outcome?: MatterOutcome;
}

export class RegisterTableQuery {
  @Optional() @IsString() @Matches(PERIOD) period?: string;
  @Optional() @IsString() @Length(1, 64) holder?: string;
  @Optional() @IsIn(FIELD_CODES) field?: Field;
  @Optional() @IsIn(TIERS) tier?: Tier;
  @Optional() @IsIn(OUTCOMES) outcome?: MatterOutcome;
}

export class StatisticsQuery {
  /** A year, or a quarter: `2026`, `2026-Q3`. */
  @Optional() @IsString() @Matches(PERIOD) period?: string;
  @Optional() @IsString() @Length(1, 64) holder?: string;
  @Optional() @IsIn(FIELD_CODES) field?: Field;
}

export class ComplaintTableQuery {
  /** A year, or a quarter: `2026`, `2026-Q3`. */
  @Optional() @IsString() @Matches(PERIOD) period?: string;
  @Optional() @IsString() @Length(1, 64) holder?: string;
}

export class RegisterNamed {
  @IsString() id!: string;
  @Nested(() => TextBody) name!: TextBody;
}

export class RegisterDataset {
  @IsString() id!: string;
  @Nested(() => TextBody) title!: TextBody;
}

export class RegisterArticle {
  @Nested(() => TextBody) text!: TextBody;
  /** Whether the authority has checked that the article carries the reason. */
  @IsBoolean() verified!: boolean;
}

export class RegisterReason {
  @IsString() code!: string;
  @Nested(() => TextBody) text!: TextBody;
  @NullOr(RegisterArticle) article!: RegisterArticle | null;
}

/** Working days that counted by the day ledger; null where the step was not taken. */
export class RegisterSteps {
  @NullOr('integer') acceptance!: number | null;
  @NullOr('integer') holder!: number | null;
  @NullOr('integer') authority!: number | null;
}

export class RegisterUse {
  /** A grant came into force. */
  @IsBoolean() granted!: boolean;
  @IsInt() reports!: number;
  @IsInt() products!: number;
  /** Those whose users agreed that they are named. */
  @IsArray() @IsString({ each: true }) named!: string[];
}

/** One dataset of one application that was ruled on, or was overdue. What is null is not told. */
export class RegisterEntryBody {
  @IsString() quarter!: string;
  @NullOr(RegisterDataset) dataset!: RegisterDataset | null;
  @NullOr(TIERS) tier!: Tier | null;
  @NullOr(RegisterNamed) holder!: RegisterNamed | null;
  @NullOr(FIELD_CODES) field!: Field | null;
  @NullOr(PURPOSES) purpose!: Purpose | null;
  @NullOr(ORGANISATION_KINDS) applicantKind!: string | null;
  @IsIn(OUTCOMES) outcome!: MatterOutcome;
  @ListOf(() => RegisterReason) reasons!: RegisterReason[];
  /** Working days of acceptance and decision together; null while it is undecided. */
  @NullOr('integer') days!: number | null;
  @NullOr('integer') limit!: number | null;
  @IsBoolean() inTime!: boolean;
  @Nested(() => RegisterSteps) steps!: RegisterSteps;
  @NullOr(APPEALS) appeal!: string | null;
  @Nested(() => RegisterUse) use!: RegisterUse;
}

export class RegisterPage {
  @ListOf(() => RegisterEntryBody) items!: RegisterEntryBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
  /** The newest quarter that is told; null before the first. */
  @NullOr('string') upTo!: string | null;
  /** On how many applicants the rulings are among which each line is told. */
  @IsInt() leastApplicants!: number;
}
