import { IsIn, IsInt, IsString } from 'class-validator';
import { ListOf, Nested, NullOr } from '../../http/index.js';
import { FIELDS, type Field } from '../../kernel/fields.js';
import {
  PROCEEDING_KINDS,
  PROCEEDING_OUTCOMES,
  type ProceedingKind,
  type ProceedingOutcome,
} from '../../kernel/proceeding.js';
import { type Purpose, PURPOSES } from '../../kernel/purpose.js';
import { type MatterOutcome, OUTCOMES, type Step, STEPS } from '../domain/matter.js';
import { RegisterNamed, RegisterReason } from './register-shapes.js';

const FIELD_CODES = Object.keys(FIELDS) as Field[];

/** Working days; null where nothing was counted, or where so much is undecided that the value is not known yet. */
export class SpreadBody {
  @IsInt() count!: number;
  @NullOr('integer') median!: number | null;
  @NullOr('integer') p90!: number | null;
}

export class FiguresBody extends SpreadBody {
  /** Past their due day and not ruled on; counted in `count`, in no case in time. */
  @IsInt() undecided!: number;
  @IsInt() inTime!: number;
  /** From 0 to 1, of all that are counted. */
  @NullOr('number') share!: number | null;
}

export class StepSpreadBody extends SpreadBody {
  @IsIn(STEPS) step!: Step;
}

export class OutcomeCount {
  @IsIn(OUTCOMES) outcome!: MatterOutcome;
  @IsInt() count!: number;
}

export class ReasonCount extends RegisterReason {
  @IsInt() count!: number;
}

export class AppealCounts {
  @IsInt() asked!: number;
  @IsInt() upheld!: number;
  @IsInt() reopened!: number;
}

export class PurposeCount {
  @NullOr(PURPOSES) purpose!: Purpose | null;
  @IsInt() count!: number;
}

export class PeriodFigures extends FiguresBody {
  @IsString() period!: string;
}

/** `null`: of holders that are not told one by one. */
export class HolderFigures extends FiguresBody {
  @NullOr(RegisterNamed) holder!: RegisterNamed | null;
}

/** `null`: of fields that are not told one by one. */
export class FieldFigures extends FiguresBody {
  @NullOr(FIELD_CODES) field!: Field | null;
}

export class UseCounts {
  /** Grants that came into force. */
  @IsInt() granted!: number;
  /** Of these, with at least one report of use. */
  @IsInt() reported!: number;
  @IsInt() reports!: number;
  @IsInt() products!: number;
}

export class ListedByTier {
  @IsInt() open!: number;
  @IsInt() conditional!: number;
  /** Those that their publishers list. */
  @IsInt() restricted!: number;
}

export class FieldByTier {
  @IsIn(FIELD_CODES) field!: Field;
  @Nested(() => ListedByTier) tiers!: ListedByTier;
}

export class HolderByTier {
  @Nested(() => RegisterNamed) holder!: RegisterNamed;
  @Nested(() => ListedByTier) tiers!: ListedByTier;
}

export class CatalogueCountsBody {
  @Nested(() => ListedByTier) tiers!: ListedByTier;
  @ListOf(() => FieldByTier) fields!: FieldByTier[];
  @ListOf(() => HolderByTier) holders!: HolderByTier[];
}

export class EarlierCatalogue extends CatalogueCountsBody {
  @IsString() quarter!: string;
  /** The first day on which the product looked after the quarter was over. */
  @IsString() countedOn!: string;
}

export class CatalogueOverTime extends CatalogueCountsBody {
  @ListOf(() => EarlierCatalogue) earlier!: EarlierCatalogue[];
}

/** Objections to quality of a holder in the quarter of their answer; `undecided`: overdue and open at its end. */
export class QualityFigures extends FiguresBody {
  @IsString() period!: string;
  @Nested(() => RegisterNamed) holder!: RegisterNamed;
  @IsInt() mended!: number;
}

/** Complaints about rights in the quarter in which they were filed; `null`: of holders that are not told one by one. */
export class RightsCount {
  @IsString() period!: string;
  @NullOr(RegisterNamed) holder!: RegisterNamed | null;
  @IsInt() count!: number;
}

/** By period and holder; of no field. */
export class ComplaintFigures {
  @ListOf(() => QualityFigures) quality!: QualityFigures[];
  @ListOf(() => RightsCount) rights!: RightsCount[];
}

export class ProceedingOutcomeCount {
  @IsIn(PROCEEDING_OUTCOMES) outcome!: ProceedingOutcome;
  @IsInt() count!: number;
}

/** Reconsideration and litigation, each once for its case, in the quarter in which it went on record. */
export class ProceedingFiguresBody {
  @IsIn(PROCEEDING_KINDS) kind!: ProceedingKind;
  @IsInt() recorded!: number;
  @IsInt() open!: number;
  @ListOf(() => ProceedingOutcomeCount) outcomes!: ProceedingOutcomeCount[];
}

export class StatisticsBody {
  /** `public`: counted from the lines of the public register; `full`: from everything, to this moment. */
  @IsIn(['public', 'full']) sight!: string;
  @NullOr('string') upTo!: string | null;
  @IsInt() leastApplicants!: number;
  @Nested(() => FiguresBody) whole!: FiguresBody;
  @ListOf(() => StepSpreadBody) steps!: StepSpreadBody[];
  @ListOf(() => OutcomeCount) outcomes!: OutcomeCount[];
  @ListOf(() => ReasonCount) reasons!: ReasonCount[];
  @Nested(() => AppealCounts) appeals!: AppealCounts;
  @ListOf(() => PurposeCount) purposes!: PurposeCount[];
  @ListOf(() => PeriodFigures) periods!: PeriodFigures[];
  @ListOf(() => HolderFigures) holders!: HolderFigures[];
  @ListOf(() => FieldFigures) fields!: FieldFigures[];
  @Nested(() => UseCounts) use!: UseCounts;
  @Nested(() => ComplaintFigures) complaints!: ComplaintFigures;
  /** By period and holder; of no field. */
  @ListOf(() => ProceedingFiguresBody) proceedings!: ProceedingFiguresBody[];
  @Nested(() => CatalogueOverTime) catalogue!: CatalogueOverTime;
}
