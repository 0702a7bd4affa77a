import { IsArray, IsIn, IsInt, IsNumber, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { ListOf, Nested, NullOr, Optional, PageQuery, TextBody } from '../../http/index.js';
import { DOUBTS } from '../domain/content.js';
import { SAMPLE_PHASES } from '../samples/file-job.js';
import { SAMPLE_STATES, type SampleState } from '../domain/sample.js';

/**
 * How far a file is. `share` runs from 0 to 1 and is null where nobody can know; `measuring`: what its columns are is known,
 * risk and advice follow.
 */
export class SampleProgressBody {
  @IsIn(SAMPLE_PHASES) phase!: string;
  @NullOr('number') share!: number | null;
}

/** Why a file gave no assessment, and what to do. */
export class SampleFailureBody {
  @IsString() code!: string;
  @IsString() detail!: string;
  @IsString() remedy!: string;
}

export class ContentColumnBody {
  @IsString() name!: string;
  /** The data item it is taken for. */
  @IsString() item!: string;
  /** Non-empty cells read. */
  @IsInt() sampleSize!: number;
}

/** What the file said, as counts. */
export class ContentBody {
  /** `report`: somebody's own run of `tiergate classify`. */
  @IsIn(['sample', 'report']) origin!: string;
  /** `no`: the figures are the sender's claim; nobody here saw the file. */
  @IsIn(['yes', 'no']) verified!: string;
  @IsString() fileHash!: string;
  @IsInt() bytes!: number;
  @IsOptional() @IsString() format?: string;
  @IsOptional() @IsString() encoding?: string;
  @IsInt() rows!: number;
  @IsInt() brokenRows!: number;
  @IsInt() brokenCharacters!: number;
  /** Formulas that were saved without what they come to. */
  @IsOptional() @IsInt() uncalculated?: number;
  /** Where there are any, a person looks before anything rests on it. */
  @IsArray() @IsIn(DOUBTS, { each: true }) doubts!: string[];
  @ListOf(() => ContentColumnBody) columns!: ContentColumnBody[];
}

/** A file that was sent for a dataset. Its id is that of its assessment. */
export class SampleBody {
  @IsString() id!: string;
  @IsString() dataset!: string;
  @Nested(() => TextBody) datasetTitle!: TextBody;
  @IsIn(SAMPLE_STATES) state!: string;
  @IsInt() bytes!: number;
  @NullOr(SampleProgressBody) progress!: SampleProgressBody | null;
  @NullOr(SampleFailureBody) failure!: SampleFailureBody | null;
  @IsString() createdAt!: string;
  @NullOr('string') endedAt!: string | null;
  @IsString() etag!: string;
}

export class SamplePageBody {
  @ListOf(() => SampleBody) items!: SampleBody[];
  @IsString() nextPageToken!: string;
  @IsNumber() total!: number;
}

export class SampleListQuery extends PageQuery {
  @Optional() @IsIn(SAMPLE_STATES) state?: SampleState;
  @Optional() @IsString() @MaxLength(26) dataset?: string;
}

/** The fields that may come with a file. */
export class SampleFields {
  /** `none`: the first line is data already. */
  @Optional() @Matches(/^(first-line|none)$/) header?: 'first-line' | 'none';
  /** Columns that help to single people out, beside those the engine recognises: with commas, or one a line. */
  @Optional() @IsString() @MaxLength(4000) quasi?: string;
}
