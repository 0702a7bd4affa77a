import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsString,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { IsCalendarDay, ListOf, Nested, Optional, OptionalOrNull, PageQuery } from '../../http/index.js';
import { DELIVERIES, type Delivery, PURPOSES, type Purpose } from '../../kernel/purpose.js';
import { type ApplicationState, STATES } from '../domain/application.js';

const CODE = /^[a-z][a-z0-9-]{0,63}$/;
const BUNDLE = /^[\x21-\x7e]{1,64}$/;

export class ApplicationDatasetRequest {
  @IsString() @MinLength(1) @MaxLength(64) dataset!: string;
  /** None, or an empty list, asks for the whole dataset. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(2000)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(256, { each: true })
  items?: string[];
}

export class ApplicationPurposeRequest {
  @IsIn(PURPOSES) category!: Purpose;
  @IsString() @MaxLength(8000) scenario!: string;
  @Optional() @IsString() @MaxLength(256) project?: string;
}

export class ApplicationPeriodRequest {
  @IsCalendarDay() from!: string;
  @IsCalendarDay() to!: string;
}

export class ApplicationEvidenceRequest {
  @Matches(CODE) condition!: string;
  /** What the proof is; left out where evidence on file is named. */
  @Optional() @IsString() @MinLength(1) @MaxLength(512) reference?: string;
  /** Evidence of your organisation, `GET /api/evidence`; what is on file then counts, not what is written here. */
  @Optional() @IsString() @MinLength(1) @MaxLength(64) evidence?: string;
  @Optional() @IsString() @MaxLength(256) issuer?: string;
  @Optional() @IsCalendarDay() validUntil?: string;
}

/** Answers by the names of the form's fields; what they may be, its schema says. */
export class ApplicationFormRequest {
  @IsString() @MaxLength(64) id!: string;
  @IsObject() answers!: Record<string, unknown>;
}

const KINDS = ['opening', 'sharing'] as const;
type Kind = (typeof KINDS)[number];

/** What an applicant may always leave out. */
class ApplicationExtras {
  /** Persons of the applicant who will use the data; none means everyone of it. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  members?: string[];
  @Optional() @IsString() @MaxLength(8000) securityPlan?: string;
  @Optional()
  @ArrayMaxSize(50)
  @ListOf(() => ApplicationEvidenceRequest)
  evidence?: ApplicationEvidenceRequest[];
  /** Joins the applications to several holders that one wizard wrote. */
  @Optional() @Matches(BUNDLE) bundle?: string;
  /** `null` takes the answers away. */
  @OptionalOrNull() @Nested(() => ApplicationFormRequest) form?: ApplicationFormRequest | null;
  /** Ids that `POST /api/attachments` gave. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  attachments?: string[];
}

/** What an applicant may write; everything else about an application is the server's. */
export class ApplicationCreateRequest extends ApplicationExtras {
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ListOf(() => ApplicationDatasetRequest)
  datasets!: ApplicationDatasetRequest[];
  @Nested(() => ApplicationPurposeRequest) purpose!: ApplicationPurposeRequest;
  @IsIn(DELIVERIES) delivery!: Delivery;
  @Nested(() => ApplicationPeriodRequest) period!: ApplicationPeriodRequest;
  /** `sharing`: a public body asks another one. `authorised-operation` is another channel and is answered where to go. */
  @Optional() @IsIn(['opening', 'sharing', 'authorised-operation']) kind?: Kind | 'authorised-operation';
}

/** Only what changes; lists replace lists. */
export class ApplicationPatchRequest extends ApplicationExtras {
  @Optional()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ListOf(() => ApplicationDatasetRequest)
  datasets?: ApplicationDatasetRequest[];
  @Optional() @Nested(() => ApplicationPurposeRequest) purpose?: ApplicationPurposeRequest;
  @Optional() @IsIn(DELIVERIES) delivery?: Delivery;
  @Optional() @Nested(() => ApplicationPeriodRequest) period?: ApplicationPeriodRequest;
}

export class ApplicationListQuery extends PageQuery {
  @Optional() @IsIn(STATES) state?: ApplicationState;
  /** `mine`: you have the ball; `due`: a deadline runs; `overdue`: it has passed. */
  @Optional() @IsIn(['mine', 'due', 'overdue']) queue?: 'mine' | 'due' | 'overdue';
  @Optional() @IsIn(KINDS) kind?: Kind;
  @Optional() @Matches(BUNDLE) bundle?: string;
}

/** A list that is taken along whole. */
export class QueueTableQuery {
  @Optional() @IsIn(STATES) state?: ApplicationState;
  @Optional() @IsIn(['mine', 'due', 'overdue']) queue?: 'mine' | 'due' | 'overdue';
  @Optional() @IsIn(KINDS) kind?: Kind;
}
