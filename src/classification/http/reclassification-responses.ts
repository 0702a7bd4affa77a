import { IsIn, IsInt, IsObject, IsString, Matches } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { ListOf, NamedBody, Nested, NullOr, Optional, PageQuery, TextBody } from '../../http/index.js';
import { TIERS, type Tier } from '../../kernel/tier.js';
import { GRANT_FATES } from '../domain/pack.js';
import { APPLICATION_OUTCOMES, DISTRIBUTION_OUTCOMES, GRANT_OUTCOMES } from '../domain/impact.js';

export class ImpactQuery {
  @IsIn(TIERS) tier!: Tier;
}

export class ReclassificationListQuery extends PageQuery {
  @Optional() @Matches(/^[0-9A-Za-z-]{1,26}$/) dataset?: string;
}

export class TouchedGrantBody {
  @IsString() id!: string;
  @Nested(() => NamedBody) organisation!: NamedBody;
  @IsString() application!: string;
  /** As it stood before the change. */
  @IsString() state!: string;
  @IsIn(GRANT_OUTCOMES) outcome!: string;
}

export class TouchedApplicationBody {
  @IsString() id!: string;
  @NullOr('string') number!: string | null;
  @Nested(() => NamedBody) applicant!: NamedBody;
  @IsString() state!: string;
  @IsIn(APPLICATION_OUTCOMES) outcome!: string;
}

export class TouchedDistributionBody {
  @IsString() id!: string;
  @IsString() title!: string;
  @IsString() format!: string;
  @IsIn(DISTRIBUTION_OUTCOMES) outcome!: string;
}

/** How many of each kind meet with each outcome. */
const COUNTS = { type: 'object', additionalProperties: { type: 'integer' } } as const;

export class ImpactCountsBody {
  @IsObject() @JSONSchema(COUNTS) grants!: Record<string, number>;
  @IsObject() @JSONSchema(COUNTS) applications!: Record<string, number>;
  @IsObject() @JSONSchema(COUNTS) distributions!: Record<string, number>;
}

export class ImpactBody {
  @IsString() dataset!: string;
  @Nested(() => TextBody) datasetTitle!: TextBody;
  @IsIn(TIERS) from!: string;
  @IsIn(TIERS) to!: string;
  @IsString() pack!: string;
  @IsInt() packVersion!: number;
  /** What the pack does to live grants at this change; null where it is no raise. */
  @NullOr(GRANT_FATES) grantRule!: string | null;
  @Nested(() => ImpactCountsBody) counts!: ImpactCountsBody;
  @ListOf(() => TouchedGrantBody) grants!: TouchedGrantBody[];
  @ListOf(() => TouchedApplicationBody) applications!: TouchedApplicationBody[];
  @ListOf(() => TouchedDistributionBody) distributions!: TouchedDistributionBody[];
}

export class ReclassificationBody extends ImpactBody {
  @IsString() id!: string;
  @IsString() publisher!: string;
  /** The assessment that explains the new tier; null where the record itself was changed. */
  @NullOr('string') assessment!: string | null;
  @IsString() actor!: string;
  @IsString() at!: string;
  @IsString() etag!: string;
}

export class ReclassificationPageBody {
  @ListOf(() => ReclassificationBody) items!: ReclassificationBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
