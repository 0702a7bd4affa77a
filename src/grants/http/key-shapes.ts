import { IsBoolean, IsInt, IsString, Matches, MaxLength } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { IsMoment, ListOf, NullOr, Optional } from '../../http/index.js';

/** Something to read: no control characters, no blank at either end. */
const VISIBLE = /^(?! )\P{Control}{1,128}(?<! )$/u;

export class GrantKeyBody {
  /** Which machine it is for. */
  @Matches(VISIBLE) @MaxLength(128) label!: string;
  /** When it ends, RFC 3339; without it, and at the latest, with the grant. */
  @Optional() @IsMoment() expiresAt?: string;
}

/** What is told of a key: never what it consists of. */
export class GrantKeyResponse {
  @IsString() id!: string;
  @IsString() label!: string;
  /** The person in whose name it asks, where the grant names persons. */
  @NullOr('string') person!: string | null;
  @IsString() createdAt!: string;
  @NullOr('string') expiresAt!: string | null;
  @NullOr('string') revokedAt!: string | null;
  /** Of the last thirty days. */
  @NullOr('string') lastAskedAt!: string | null;
  @IsInt() permitted!: number;
  @IsInt() denied!: number;
}

export class NewGrantKeyResponse extends GrantKeyResponse {
  @IsString() @JSONSchema({ description: 'Shown this once and kept nowhere.' }) secret!: string;
}

export class GrantKeysResponse {
  @ListOf(() => GrantKeyResponse) items!: GrantKeyResponse[];
  /** Whether this caller could make another one now. */
  @IsBoolean() mayMake!: boolean;
}
