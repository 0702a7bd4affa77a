import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { ROLES } from '../../kernel/roles.js';

const OrNull = (type: string) => JSONSchema({ type: [type, 'null'] as never });
const TEXT = { type: 'object', properties: { zh: { type: 'string' }, en: { type: 'string' } } } as const;

export class TokenBody {
  @IsString() access_token!: string;
  @IsIn(['Bearer']) token_type!: string;
  @IsInt() @JSONSchema({ description: 'Seconds.' }) expires_in!: number;
  @IsOptional() @IsString() refresh_token?: string;
}

export class SubjectBody {
  @IsString() id!: string;
  @IsString() name!: string;
}

export class OwnOrganisationBody {
  @IsString() id!: string;
  @IsString() name!: string;
  @IsString()
  @JSONSchema({ description: 'Unified social credit code; empty where there is none.' })
  creditCode!: string;
  @IsString() kind!: string;
}

export class MeBody {
  @ValidateNested() @Type(() => SubjectBody) subject!: SubjectBody;
  @IsOptional()
  @JSONSchema({ oneOf: [{ $ref: '#/components/schemas/OwnOrganisationBody' }, { type: 'null' }] })
  organisation!: OwnOrganisationBody | null;
  @IsIn(ROLES, { each: true }) @IsArray() roles!: readonly string[];
  @IsString({ each: true }) @IsArray() permissions!: readonly string[];
}

export class KeySetBody {
  @IsArray()
  @JSONSchema({ items: { type: 'object', additionalProperties: { type: 'string' } } })
  keys!: readonly object[];
}

export class OrganisationBody {
  @IsString() id!: string;
  @JSONSchema(TEXT) name!: object;
  @IsOptional() @OrNull('string') creditCode!: string | null;
  @IsString() kind!: string;
  @IsIn(['active', 'suspended']) state!: string;
  @IsOptional() @OrNull('string') parent!: string | null;
  @IsString() etag!: string;
}

export class PersonBody {
  @IsString() id!: string;
  @IsString() username!: string;
  @IsString() name!: string;
  @IsString() organisation!: string;
  @IsIn(['active', 'off']) state!: string;
  @IsString() etag!: string;
}

export class InvitedPersonBody extends PersonBody {
  @IsString() @JSONSchema({ description: 'Shown this once; good for seven days and one use.' }) invitation!: string;
}

export class PostBody {
  @IsString() id!: string;
  @IsString() organisation!: string;
  @IsIn(ROLES) role!: string;
  @IsString() holder!: string;
  @IsOptional() @OrNull('string') deputy!: string | null;
  @IsIn(['active', 'ended']) state!: string;
  @IsString() etag!: string;
}

export class PortalBody {
  @IsString() id!: string;
  @IsString() clientId!: string;
  @IsString() name!: string;
  @IsString() organisation!: string;
  @IsIn(['active', 'off']) state!: string;
  @IsString() etag!: string;
}

export class PortalKeyBody {
  @IsString() id!: string;
  @IsString() kind!: string;
  @IsString() label!: string;
  @IsString() createdAt!: string;
  @IsOptional() @OrNull('string') expiresAt!: string | null;
  @IsOptional() @OrNull('string') revokedAt!: string | null;
}

export class NewPortalKeyBody extends PortalKeyBody {
  @IsString() @JSONSchema({ description: 'Shown this once and kept nowhere.' }) secret!: string;
}

export class PortalKeysBody {
  @ValidateNested({ each: true }) @Type(() => PortalKeyBody) items!: readonly PortalKeyBody[];
}

export class RegistrationAccountBody {
  @IsString() username!: string;
  @IsString() name!: string;
}

/** What whoever registers is told: no more than what they sent. */
export class RegistrationReceiptBody {
  @IsString() id!: string;
  @IsIn(['submitted']) state!: string;
  @IsString() submittedAt!: string;
}

export class RegistrationBody {
  @IsString() id!: string;
  @IsIn(['submitted', 'verified', 'refused']) state!: string;
  @IsString() creditCode!: string;
  @JSONSchema(TEXT) name!: object;
  @IsString() authorisation!: string;
  @IsOptional() @OrNull('string') licence!: string | null;
  @ValidateNested() @Type(() => RegistrationAccountBody) handler!: RegistrationAccountBody;
  @ValidateNested() @Type(() => RegistrationAccountBody) signatory!: RegistrationAccountBody;
  @IsString() submittedAt!: string;
  @IsOptional() @OrNull('string') decidedAt!: string | null;
  @IsOptional() @OrNull('string') reason!: string | null;
  @IsOptional() @OrNull('string') organisation!: string | null;
  @IsString() etag!: string;
}

class IdentityPage {
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
export class OrganisationPageBody extends IdentityPage {
  @ValidateNested({ each: true }) @Type(() => OrganisationBody) items!: readonly OrganisationBody[];
}
export class PersonPageBody extends IdentityPage {
  @ValidateNested({ each: true }) @Type(() => PersonBody) items!: readonly PersonBody[];
}
export class PostPageBody extends IdentityPage {
  @ValidateNested({ each: true }) @Type(() => PostBody) items!: readonly PostBody[];
}
export class PortalPageBody extends IdentityPage {
  @ValidateNested({ each: true }) @Type(() => PortalBody) items!: readonly PortalBody[];
}
export class RegistrationPageBody extends IdentityPage {
  @ValidateNested({ each: true }) @Type(() => RegistrationBody) items!: readonly RegistrationBody[];
}
