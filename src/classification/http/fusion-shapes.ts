import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  MaxLength,
} from 'class-validator';
import { ListOf, Nested, NullOr, Optional, PageQuery, TextBody } from '../../http/index.js';
import { FEWEST_FUSED, MOST_FUSED } from '../domain/fusion-assessment.js';
import { LEFT_OUT } from '../domain/risk/fusion.js';
import { SAMPLE_STATES, type SampleState } from '../domain/sample.js';
import { SampleFailureBody, SampleProgressBody } from './sample-shapes.js';

/** Datasets to compare, each with each. As a form: a field `datasets`, their ids with commas between, and a file of each. */
export class FusionRequest {
  @IsArray()
  @ArrayMinSize(FEWEST_FUSED)
  @ArrayMaxSize(MOST_FUSED)
  @IsString({ each: true })
  @MaxLength(26, { each: true })
  datasets!: string[];
}

export class FusionFields {
  @IsString() @MaxLength(26 * MOST_FUSED + MOST_FUSED) datasets!: string;
}

export class FusionStartedBody {
  @IsString() id!: string;
}

export class FusionListQuery extends PageQuery {
  @Optional() @IsIn(SAMPLE_STATES) state?: SampleState;
  @Optional() @IsString() @MaxLength(26) dataset?: string;
}

export class FusedDatasetBody {
  @IsString() dataset!: string;
  @Nested(() => TextBody) datasetTitle!: TextBody;
  @IsString() publisher!: string;
  /** The assessment that explained its tier then. */
  @NullOr('string') assessment!: string | null;
  /** A file of it was sent. */
  @IsBoolean() sampled!: boolean;
}

/** A kind of identifier that both hold, and the data items it stands in. */
export class SharedIdentifierBody {
  @IsString() type!: string;
  @IsIn(['identifier', 'quasi-identifier']) role!: string;
  @IsArray() @IsString({ each: true }) first!: string[];
  @IsArray() @IsString({ each: true }) second!: string[];
}

export class JoinedColumnsBody {
  @IsString() first!: string;
  @IsString() second!: string;
  @IsIn(['named', 'name', 'values']) by!: string;
}

export class LeftOutColumnsBody {
  @IsString() first!: string;
  @IsString() second!: string;
  @IsIn(LEFT_OUT) why!: string;
}

export class FusedTableBody {
  @IsInt() records!: number;
  /** Records in which every joined column has a value. */
  @IsInt() linkable!: number;
  @IsInt() k!: number;
  /** Share of the linkable records whose combination the other table has, too. */
  @IsNumber() matched!: number;
  /** By how much the join is below this table's own k. */
  @IsInt() fall!: number;
}

/** Exact counts over a file of each. */
export class FusionFiguresBody {
  @ListOf(() => JoinedColumnsBody) columns!: JoinedColumnsBody[];
  @ListOf(() => LeftOutColumnsBody) leftOut!: LeftOutColumnsBody[];
  @Nested(() => FusedTableBody) first!: FusedTableBody;
  @Nested(() => FusedTableBody) second!: FusedTableBody;
  /** Records that stand alone in both: surely the same. */
  @IsInt() uniqueToUnique!: number;
  @IsNumber() certainShare!: number;
  @NullOr('integer') kJoined!: number | null;
  /** Pairs of records that agree, and how many of them chance alone would bring. */
  @IsInt() pairs!: number;
  @IsNumber() byChance!: number;
  /** Together they single records out. */
  @IsBoolean() links!: boolean;
}

export class ExactFusionBody {
  /** The fusion assessment whose files were joined. */
  @IsString() fusion!: string;
  @IsString() assessedAt!: string;
  /** False where a dataset was assessed anew since: the figures are of what it was. */
  @IsBoolean() current!: boolean;
  /** Null where the files were read and gave no figures. */
  @NullOr(FusionFiguresBody) figures!: FusionFiguresBody | null;
  @NullOr('string') reason!: string | null;
}

export class FusionPairBody {
  @IsString() first!: string;
  @IsString() second!: string;
  @IsIn(['shared', 'nothing-shared', 'not-assessed']) status!: string;
  /** `headings`: content of one of them was never assessed, only the names of its items say it. */
  @NullOr(['content', 'headings']) basis!: string | null;
  @NullOr('string') reason!: string | null;
  @ListOf(() => SharedIdentifierBody) shared!: SharedIdentifierBody[];
  @NullOr(ExactFusionBody) exact!: ExactFusionBody | null;
}

export class FusionFailureBody extends SampleFailureBody {
  /** Whose file it was, where it was one. */
  @NullOr('string') dataset!: string | null;
}

/** What datasets tell when somebody holds several of them. */
export class FusionBody {
  @IsString() id!: string;
  @IsIn(SAMPLE_STATES) state!: string;
  @ListOf(() => FusedDatasetBody) datasets!: FusedDatasetBody[];
  @ListOf(() => FusionPairBody) pairs!: FusionPairBody[];
  @IsInt() bytes!: number;
  @NullOr(SampleProgressBody) progress!: SampleProgressBody | null;
  @NullOr(FusionFailureBody) failure!: FusionFailureBody | null;
  @IsString() submittedBy!: string;
  @IsArray() @IsString({ each: true }) allowedCommands!: string[];
  @IsString() createdAt!: string;
  @NullOr('string') endedAt!: string | null;
  @IsString() etag!: string;
}

export class FusionPageBody {
  @ListOf(() => FusionBody) items!: FusionBody[];
  @IsString() nextPageToken!: string;
  @IsNumber() total!: number;
}
