import { Allow, IsArray, IsIn, IsInt, IsObject, IsOptional, IsString } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { ListOf, Nested, NullOr } from '../../http/index.js';
import { RELEASE_STATES } from '../domain/pack-release.js';
import { CHANGE_KINDS } from '../domain/rehearsal.js';
import { REHEARSAL_STATES } from '../rehearsal-store.js';
import { NamedPersonBody } from './assessment-responses.js';

/** How many of a kind were looked at, and how many would differ in which way. */
const TALLY = { type: 'object', additionalProperties: { type: 'integer' } } as const;

export class RehearsalCountsBody {
  /** Records looked at so far, of `total`. */
  @IsInt() read!: number;
  @IsInt() total!: number;
  @IsObject() @JSONSchema(TALLY) dataset!: object;
  @IsObject() @JSONSchema(TALLY) grant!: object;
  @IsObject() @JSONSchema(TALLY) application!: object;
  @IsObject() @JSONSchema(TALLY) ruling!: object;
  @IsObject() @JSONSchema(TALLY) decision!: object;
  @IsObject() @JSONSchema(TALLY) case!: object;
}

export class RehearsalBody {
  @IsString() id!: string;
  /** The version of a pack that was rehearsed, and the hash of its content then. */
  @IsString() draft!: string;
  @IsString() pack!: string;
  @IsString() hash!: string;
  /** Hash of the version in force it was compared with. */
  @IsString() against!: string;
  @IsIn(REHEARSAL_STATES) state!: string;
  @Nested(() => RehearsalCountsBody) counts!: RehearsalCountsBody;
  @IsString() startedBy!: string;
  @IsString() createdAt!: string;
  @IsArray() @IsString({ each: true }) allowedCommands!: string[];
  @IsString() etag!: string;
}

export class RehearsedChangeBody {
  @IsIn(CHANGE_KINDS) kind!: string;
  /** The dataset, grant or application; empty for a golden case. */
  @IsString() subject!: string;
  @IsObject() @JSONSchema({ type: 'object', additionalProperties: true }) data!: object;
}

export class RehearsedChangePageBody {
  @ListOf(() => RehearsedChangeBody) items!: RehearsedChangeBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

/** One thing in which a version differs from the one it was written on. */
export class PackDifferenceBody {
  /** `rules`, `lexicon`, `columns`, `governance`, … */
  @IsString() part!: string;
  /** The rule, list of words or kind of column; empty where the part is one value. */
  @IsString() key!: string;
  @IsIn(['added', 'removed', 'changed']) change!: string;
  /** As the pack's files hold it; null where it was not there. */
  @Allow() before!: unknown;
  /** Null where it is taken out. */
  @Allow() after!: unknown;
}

/** How far a version in force has come over the tiers that its pack gives. */
export class PackReachBody {
  /** Tiers that an earlier version gave and that are still to be assessed anew. */
  @IsInt() behind!: number;
  @IsInt() total!: number;
}

/** A version of a rule pack that people wrote here. */
export class RulePackVersionBody {
  @IsString() id!: string;
  @IsString() pack!: string;
  @IsInt() number!: number;
  @IsIn(RELEASE_STATES) state!: string;
  @IsString() basedOn!: string;
  @IsString() hash!: string;
  @IsString() reason!: string;
  /** Null for the version in force asked for by the code of its pack: who wrote it says its own id. */
  @NullOr('string') author!: string | null;
  @NullOr('string') proposedBy!: string | null;
  @NullOr('string') publishedBy!: string | null;
  @NullOr('string') createdAt!: string | null;
  @NullOr('string') proposedAt!: string | null;
  @NullOr('string') publishedAt!: string | null;
  /** What the server would accept from this caller now. */
  @IsArray() @IsString({ each: true }) allowedCommands!: string[];
  /** Newest first; only where one version is asked for. */
  @IsOptional() @ListOf(() => RehearsalBody) rehearsals?: RehearsalBody[];
  /** The whole pack, as its files hold it; only where one version is asked for. */
  @IsOptional() @IsObject() @JSONSchema({ type: 'object', additionalProperties: true }) content?: object;
  /** Who wrote, proposed and published it. */
  @IsOptional() @ListOf(() => NamedPersonBody) people?: NamedPersonBody[];
  /** What it changes; only where one version is asked for, and the version it was written on is still here. */
  @IsOptional() @ListOf(() => PackDifferenceBody) differs?: PackDifferenceBody[];
  /** Only where one version is asked for, and it is in force. */
  @IsOptional() @Nested(() => PackReachBody) reach?: PackReachBody;
  @IsString() etag!: string;
}

export class RulePackVersionPageBody {
  @ListOf(() => RulePackVersionBody) items!: RulePackVersionBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
