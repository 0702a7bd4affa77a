import { IsIn, IsObject, IsString, Matches, MaxLength } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { IsSaid, Optional, PageQuery } from '../../http/index.js';
import { RELEASE_STATES, type ReleaseState } from '../domain/pack-release.js';
import { CHANGE_KINDS, type ChangeKind } from '../domain/rehearsal.js';

/** A changed version of a pack: the parts that change, whole; what is left out is as in the version in force. */
export class DraftPackRequest {
  @Matches(/^[a-z][a-z0-9-]{0,63}$/) pack!: string;
  @IsSaid(2000) reason!: string;
  /**
   * `rules`, `lexicon`, `columns`, `governance`, `title`, `tiers`, `levels`, `declaredCodes`, `reasons`, … as files hold
   * them; `lexicon` and `columns` also by the number of a list that the product brings.
   */
  @IsObject() @JSONSchema({ type: 'object', additionalProperties: true }) changes!: Record<string, unknown>;
}

export class RulePackListQuery extends PageQuery {
  @Optional() @IsString() @MaxLength(64) pack?: string;
  @Optional() @IsIn(RELEASE_STATES) state?: ReleaseState;
}

export class RehearsedChangesQuery extends PageQuery {
  @IsIn(CHANGE_KINDS) kind!: ChangeKind;
}
