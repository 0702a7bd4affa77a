import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { STATES } from '../domain/application.js';
import { COMMANDS } from '../domain/commands.js';
import { DEADLINE_KINDS } from '../domain/deadlines.js';

const OrNull = (type: string) => JSONSchema({ type: [type, 'null'] as never });
const NAMED = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
} as const;
const TURN = { type: ['object', 'null'], properties: { role: { type: 'string' }, organisation: NAMED } };

export class ApplicationDeadlineBody {
  @IsIn(DEADLINE_KINDS) kind!: string;
  @IsString() start!: string;
  @IsInt() limit!: number;
  @IsInt() extensions!: number;
  @IsString() due!: string;
  /** Working days counted so far. */
  @IsInt() counted!: number;
  @IsBoolean() paused!: boolean;
  @IsBoolean() provisional!: boolean;
  @IsBoolean() overdue!: boolean;
  @IsOptional() @OrNull('string') ended!: string | null;
  @IsString() pack!: string;
  @IsString() source!: string;
  @IsBoolean() verified!: boolean;
  @IsArray() @JSONSchema({ items: { type: 'object' } }) pauses!: object[];
  /** Each day from the day after receipt to the due day: counted or not, and why. */
  @IsArray()
  @JSONSchema({
    items: {
      type: 'object',
      properties: { day: { type: 'string' }, counted: { type: 'boolean' }, why: { type: 'string' } },
    },
  })
  ledger!: object[];
}

export class ApplicationSummaryBody {
  @IsString() id!: string;
  @IsOptional() @OrNull('string') number!: string | null;
  @IsIn(STATES) state!: string;
  @IsOptional() @JSONSchema({ enum: ['holder', 'authority', null] }) stage!: string | null;
  @IsObject() @JSONSchema(NAMED as never) holder!: object;
  @IsObject() @JSONSchema(NAMED as never) applicant!: object;
  @IsArray()
  @JSONSchema({
    items: {
      type: 'object',
      required: ['dataset', 'items'],
      properties: {
        dataset: { type: 'string' },
        items: { type: 'array', items: { type: 'string' } },
        outcome: { type: 'object' },
      },
    },
  })
  datasets!: object[];
  @IsObject() purpose!: object;
  @IsString() delivery!: string;
  @IsObject() period!: object;
  @IsOptional() @IsString() bundle?: string;
  @IsOptional() @JSONSchema(TURN as never) waitingFor!: object | null;
  @IsString() createdAt!: string;
  @IsOptional() @OrNull('string') submittedAt!: string | null;
  @IsString() etag!: string;
}

export class ApplicationListItemBody extends ApplicationSummaryBody {
  @IsOptional() @OrNull('string') due!: string | null;
  @IsBoolean() overdue!: boolean;
}

export class ApplicationPageBody {
  @IsArray() @ValidateNested({ each: true }) @Type(() => ApplicationListItemBody) items!: ApplicationListItemBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

export class ApplicationBody extends ApplicationSummaryBody {
  @IsIn(['opening']) kind!: string;
  @IsArray() @IsString({ each: true }) members!: string[];
  @IsOptional() @IsString() securityPlan?: string;
  @IsArray() @JSONSchema({ items: { type: 'object' } }) evidence!: object[];
  @IsBoolean() editable!: boolean;
  @IsArray() @JSONSchema({ items: { type: 'object' } }) warnings!: object[];
  @IsArray() @JSONSchema({ items: { enum: [...COMMANDS] } }) allowedCommands!: string[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => ApplicationDeadlineBody) deadlines!: ApplicationDeadlineBody[];
  @IsOptional() @OrNull('object') assignee!: object | null;
  @IsOptional() @OrNull('object') receipt!: object | null;
  @IsArray() @JSONSchema({ items: { type: 'object' } }) defects!: object[];
  @IsArray() @JSONSchema({ items: { type: 'object' } }) questions!: object[];
  @IsOptional() @IsObject() advice?: object;
  @IsOptional() @IsArray() @JSONSchema({ items: { type: 'object' } }) reasons?: object[];
  /** The review of a refusal that was asked for. */
  @IsOptional() @IsObject() appeal?: object;
  @IsOptional() @OrNull('object') agreement!: object | null;
  @IsArray() @JSONSchema({ items: { type: 'object' } }) grants!: object[];
  @IsArray() @JSONSchema({ items: { type: 'object' } }) history!: object[];
  @IsOptional() @OrNull('string') copiedFrom!: string | null;
}
