import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsString, Length, Matches } from 'class-validator';
import { CLAIMED_RIGHTS, type ClaimedRight } from '../../classification/index.js';
import { IsSaid, Optional } from '../../http/index.js';
import { TIERS, type Tier } from '../../kernel/tier.js';
import { COMPLAINT_RIGHTS, type ComplaintRight, QUALITY_FAULTS, type QualityFault } from '../domain/complaint.js';

export const OBJECTION_SUBJECTS = ['tier', 'quality', 'rights'] as const;
const RIGHTS = [...new Set([...CLAIMED_RIGHTS, ...COMPLAINT_RIGHTS])];

export class ObjectRequest {
  /** What is objected to: the tier, the quality of the data, or that it touches somebody's rights. */
  @IsIn(OBJECTION_SUBJECTS) about!: (typeof OBJECTION_SUBJECTS)[number];
  @Matches(/^[0-9A-Za-z-]{1,26}$/) dataset!: string;
  @IsSaid(2000) reason!: string;
  /** Of a tier: the one that is held right. */
  @Optional() @IsIn(TIERS) tier?: Tier;
  /** Of a tier. */
  @Optional() @IsSaid(500) legalBasis?: string;
  /** Of a tier and of rights: where what supports it can be found. */
  @Optional() @IsSaid(2000) evidence?: string;
  /** Of a tier and of rights: which right the data touches. */
  @Optional() @IsIn(RIGHTS) right?: ClaimedRight | ComplaintRight;
  /** Of quality: what is wrong. */
  @Optional() @IsIn(QUALITY_FAULTS) fault?: QualityFault;
  /** Of quality and of rights: the items concerned; without it, the whole dataset. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 256, { each: true })
  items?: string[];
  /** Of quality: the file or interface concerned. */
  @Optional() @IsString() @Length(1, 64) distribution?: string;
  /** Of rights: ids that `POST /api/attachments` gave. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  attachments?: string[];
  /** Of rights: whom the caller represents. */
  @Optional() @IsSaid(200) onBehalfOf?: string;
}
