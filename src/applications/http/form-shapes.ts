import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { HasWords, ListOf, Nested, Optional, OptionalOrNull, TextBody } from '../../http/index.js';
import { PURPOSES, type Purpose } from '../../kernel/purpose.js';
import { FIELD_KINDS, type FieldKind } from '../domain/form.js';

const NAME = /^[a-z][A-Za-z0-9]{0,63}$/;
const OPTION = /^[a-z0-9][a-z0-9-]{0,63}$/;
const FIELDS_AT_MOST = 200;
const TEXT_AT_MOST = 20_000;

/** In Chinese, English, or both. */
export class FormWordsRequest {
  @Optional() @IsString() @MaxLength(2000) zh?: string;
  @Optional() @IsString() @MaxLength(2000) en?: string;
}

export class FormOptionRequest {
  @Matches(OPTION) value!: string;
  @HasWords() @Nested(() => FormWordsRequest) title!: FormWordsRequest;
}

export class AskedWhenRequest {
  /** Name of a field before this one: a choice, choices, or yes-no. */
  @Matches(NAME) field!: string;
  /** Values of its options, or `yes` and `no`. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(FIELDS_AT_MOST)
  @ArrayUnique()
  @Matches(OPTION, { each: true })
  in!: string[];
}

export class FormFieldRequest {
  @Matches(NAME) name!: string;
  @IsIn(FIELD_KINDS) kind!: FieldKind;
  @HasWords() @Nested(() => FormWordsRequest) title!: FormWordsRequest;
  @Optional() @HasWords() @Nested(() => FormWordsRequest) help?: FormWordsRequest;
  @IsBoolean() required!: boolean;
  @Optional()
  @ArrayMaxSize(FIELDS_AT_MOST)
  @ListOf(() => FormOptionRequest)
  options?: FormOptionRequest[];
  /** Characters a text may have; without it 4,000. */
  @Optional() @IsInt() @Min(1) @Max(TEXT_AT_MOST) maxLength?: number;
  @Optional() @IsNumber() minimum?: number;
  @Optional() @IsNumber() maximum?: number;
  @Optional() @Nested(() => AskedWhenRequest) when?: AskedWhenRequest;
}

/** A form as it is published: from then on it is only followed by the next one of its purpose. */
export class FormPublishRequest {
  @IsIn(PURPOSES) purpose!: Purpose;
  @HasWords() @Nested(() => FormWordsRequest) title!: FormWordsRequest;
  /** Whether an application for this purpose has to carry it. */
  @IsBoolean() obligatory!: boolean;
  @ArrayMinSize(1)
  @ArrayMaxSize(FIELDS_AT_MOST)
  @ListOf(() => FormFieldRequest)
  fields!: FormFieldRequest[];
  /** The form in force that this one takes the place of; nothing where the purpose has none. */
  @OptionalOrNull() @IsString() @MaxLength(64) replaces?: string | null;
}

export class FormOptionBody {
  @IsString() value!: string;
  @Nested(() => TextBody) title!: TextBody;
}

export class AskedWhenBody {
  @IsString() field!: string;
  @IsArray() @IsString({ each: true }) in!: string[];
}

export class FormFieldBody {
  @IsString() name!: string;
  @IsIn(FIELD_KINDS) kind!: string;
  @Nested(() => TextBody) title!: TextBody;
  @IsOptional() @Nested(() => TextBody) help?: TextBody;
  @IsBoolean() required!: boolean;
  @IsOptional() @ListOf(() => FormOptionBody) options?: FormOptionBody[];
  @IsOptional() @IsInt() maxLength?: number;
  @IsOptional() @IsNumber() minimum?: number;
  @IsOptional() @IsNumber() maximum?: number;
  /** Asked only where an earlier field has one of these answers. */
  @IsOptional() @Nested(() => AskedWhenBody) when?: AskedWhenBody;
}

export class FormBody {
  @IsString() id!: string;
  @IsIn(PURPOSES) purpose!: string;
  /** 1, 2, 3 … of its purpose. */
  @IsInt() number!: number;
  @Nested(() => TextBody) title!: TextBody;
  @IsBoolean() obligatory!: boolean;
  /** Whether it is the one that new applications are asked. */
  @IsBoolean() current!: boolean;
  @ListOf(() => FormFieldBody) fields!: FormFieldBody[];
  @IsString() publishedAt!: string;
  /** Where it can be read alone, with its JSON Schema. */
  @IsString() href!: string;
}

export class FormPageBody extends FormBody {
  /** JSON Schema (2020-12) of the answers, `format` asserted. */
  @IsObject() schema!: object;
  @IsString() etag!: string;
}

export class FormListBody {
  @ListOf(() => FormPageBody) items!: FormPageBody[];
}
