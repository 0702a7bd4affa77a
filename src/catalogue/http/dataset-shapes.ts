import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { PageQuery } from '../../http/index.js';
import { FIELDS, type Field } from '../../kernel/fields.js';
import { DELIVERIES, type Delivery } from '../../kernel/purpose.js';
import { SHARING_TIERS, type SharingTier, TIERS, type Tier } from '../../kernel/tier.js';
import { isDay } from '../../kernel/time.js';
import { FREQUENCIES, type Frequency } from '../domain/dataset.js';

export const FIELD_CODES = Object.keys(FIELDS) as Field[];
/** No control characters, no blank at either end: two databases must not disagree on what equals what. */
const IDENTIFIER = /^(?! )\P{Control}{1,255}(?<! )$/u;
const ITEM_NAME = /^(?! )\P{Control}{1,200}(?<! )$/u;
const ID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
/** A day, or an instant of RFC 3339. */
const SINCE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2}))?$/;
/** Where data is: an absolute web address, or a path on this server. Nothing that runs in a browser. */
const ADDRESS = /^(https?:\/\/[^\s<>"\\]{1,2000}|\/[^\s<>"\\/][^\s<>"\\]{0,2000})$/i;

@ValidatorConstraint({ name: 'isDay' })
class DayRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isDay(value);
  }
  defaultMessage(): string {
    return 'must be a day that exists, YYYY-MM-DD';
  }
}

/** A text that people are bound by says something in at least one language. */
@ValidatorConstraint({ name: 'hasWords' })
export class WordsRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    const { zh = '', en = '' } = (value ?? {}) as { zh?: unknown; en?: unknown };
    return [zh, en].some((text) => typeof text === 'string' && text.trim() !== '');
  }
  defaultMessage(): string {
    return 'must hold words, in Chinese or English';
  }
}

/** `null` takes the value away. */
const OrNull = () => ValidateIf((_body, value) => value !== null && value !== undefined);

export class TextShape {
  @IsOptional() @IsString() @Length(1, 20_000) zh?: string;
  @IsOptional() @IsString() @Length(1, 20_000) en?: string;
}
export class TitleShape {
  @IsOptional() @IsString() @Length(1, 500) zh?: string;
  @IsOptional() @IsString() @Length(1, 500) en?: string;
}

export class ItemBody {
  @IsString() @Matches(ITEM_NAME) name!: string;
  @ValidateNested() @Type(() => TitleShape) title!: TitleShape;
  @IsString() @Length(1, 64) type!: string;
}

export class DistributionBody {
  /** Of a distribution the dataset already has; a new one gets its id here. */
  @IsOptional() @Matches(ID) id?: string;
  @ValidateNested() @Type(() => TitleShape) title!: TitleShape;
  @IsString() @Length(1, 64) format!: string;
  @IsIn(['file', 'api']) kind!: 'file' | 'api';
  @OrNull() @IsString() @Matches(ADDRESS) url?: string | null;
  @OrNull() @IsString() @Matches(/^[-\w]+\/[-\w.+]+$/) @MaxLength(100) mediaType?: string | null;
}

export class ConditionBody {
  @IsString() @Length(1, 64) kind!: string;
  @Validate(WordsRule) @ValidateNested() @Type(() => TextShape) text!: TextShape;
  @IsBoolean() evidenceRequired!: boolean;
}

/** What a steward may write; with PATCH only what is named changes. */
export class DatasetPatchBody {
  @IsOptional() @ValidateNested() @Type(() => TitleShape) title?: TitleShape;
  @IsOptional() @ValidateNested() @Type(() => TextShape) abstract?: TextShape;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  keywords?: string[];
  @OrNull() @IsIn(FIELD_CODES) field?: Field | null;
  @OrNull() @IsIn(TIERS) declaredTier?: Tier | null;
  @IsOptional() @IsIn(SHARING_TIERS) sharingTier?: SharingTier;
  @OrNull() @IsString() @Length(1, 2_000) sharingCondition?: string | null;
  @OrNull() @IsString() @Length(1, 2_000) legalBasis?: string | null;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2_000)
  @ValidateNested({ each: true })
  @Type(() => ItemBody)
  items?: ItemBody[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => DistributionBody)
  distributions?: DistributionBody[];
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(DELIVERIES, { each: true }) deliveryKinds?: Delivery[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ConditionBody)
  conditions?: ConditionBody[];
  @OrNull() @Matches(ID) agreementTemplate?: string | null;
  @OrNull() @IsIn(FREQUENCIES) updateFrequency?: Frequency | null;
  @OrNull() @Validate(DayRule) lastUpdated?: string | null;
  @IsOptional() @IsBoolean() listedWhenRestricted?: boolean;
  @OrNull() @IsString() @Length(1, 100) nationalRegistrationCode?: string | null;
}

export class DatasetBody extends DatasetPatchBody {
  @IsString() @Matches(IDENTIFIER) identifier!: string;
  @ValidateNested() @Type(() => TitleShape) declare title: TitleShape;
}

export class ReasonBody {
  @IsString() @Length(1, 2_000) reason!: string;
}

const list = () => Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value));

/** Filters of the list and of the facets. `field` and `tier` take several values with commas between. */
export class FacetQuery {
  @IsOptional() @IsString() @MaxLength(200) q?: string;
  @IsOptional() @list() @IsIn(FIELD_CODES, { each: true }) field?: Field[];
  @IsOptional() @list() @IsIn(TIERS, { each: true }) tier?: Tier[];
  @IsOptional() @IsString() @Length(1, 64) publisher?: string;
  @IsOptional() @IsString() @Length(1, 64) source?: string;
  /** Records changed since this instant (RFC 3339) or day (Asia/Shanghai). */
  @IsOptional() @Matches(SINCE) updatedSince?: string;
}

export class DatasetListQuery extends PageQuery {
  @IsOptional() @IsString() @MaxLength(200) q?: string;
  @IsOptional() @list() @IsIn(FIELD_CODES, { each: true }) field?: Field[];
  @IsOptional() @list() @IsIn(TIERS, { each: true }) tier?: Tier[];
  @IsOptional() @IsString() @Length(1, 64) publisher?: string;
  @IsOptional() @IsString() @Length(1, 64) source?: string;
  /** Records changed since this instant (RFC 3339) or day (Asia/Shanghai). */
  @IsOptional() @Matches(SINCE) updatedSince?: string;
}
