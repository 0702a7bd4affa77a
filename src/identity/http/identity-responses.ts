import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { ListOf, NamedBody, Nested, NullOr, TextBody } from '../../http/index.js';
import { ROLES } from '../../kernel/roles.js';
import { DOCUMENTS } from '../domain/identity-document.js';
import { REGISTRANTS, REGISTRATION_COMMANDS } from '../domain/registration.js';

export class TokenBody {
  @IsString() access_token!: string;
  @IsIn(['Bearer']) token_type!: string;
  @IsInt() @JSONSchema({ description: 'Seconds.' }) expires_in!: number;
  @IsOptional() @IsString() refresh_token?: string;
}

export class OwnOrganisationBody {
  @IsString() id!: string;
  @IsString() name!: string;
  @IsString()
  @JSONSchema({ description: 'Unified social credit code; empty where there is none.' })
  creditCode!: string;
  @IsString() kind!: string;
}

/** Of a machine with a key of a grant: the subject it may ask about on the access plane. */
export class AsksAsBody {
  @IsIn(['organisation', 'user']) type!: string;
  @IsString() id!: string;
}

export class MeBody {
  @Nested(() => NamedBody) subject!: NamedBody;
  @NullOr(OwnOrganisationBody) organisation!: OwnOrganisationBody | null;
  @IsIn(ROLES, { each: true }) @IsArray() roles!: readonly string[];
  @IsString({ each: true }) @IsArray() permissions!: readonly string[];
  @IsOptional() @Nested(() => AsksAsBody) asksAs?: AsksAsBody;
}

export class KeySetBody {
  @IsArray()
  @JSONSchema({ items: { type: 'object', additionalProperties: { type: 'string' } } })
  keys!: readonly object[];
}

export class OrganisationBody {
  @IsString() id!: string;
  @Nested(() => TextBody) name!: TextBody;
  @NullOr('string') creditCode!: string | null;
  @IsString() kind!: string;
  @IsIn(['active', 'suspended']) state!: string;
  @NullOr('string') parent!: string | null;
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
  @NullOr('string') deputy!: string | null;
  @IsIn(['active', 'ended']) state!: string;
  @IsString() etag!: string;
}

export class PortalBody {
  @IsString() id!: string;
  @IsString() clientId!: string;
  @IsString() name!: string;
  @IsString() organisation!: string;
  /** Organisations that it may ask about, with their people; absent where it is registered for everyone. */
  @IsOptional() @IsArray() @IsString({ each: true }) serves?: readonly string[];
  @IsIn(['active', 'off']) state!: string;
  @IsString() etag!: string;
}

export class PortalKeyBody {
  @IsString() id!: string;
  @IsString() kind!: string;
  @IsString() label!: string;
  @IsString() createdAt!: string;
  @NullOr('string') expiresAt!: string | null;
  @NullOr('string') revokedAt!: string | null;
}

export class NewPortalKeyBody extends PortalKeyBody {
  @IsString() @JSONSchema({ description: 'Shown this once and kept nowhere.' }) secret!: string;
}

export class PortalKeysBody {
  @ListOf(() => PortalKeyBody) items!: readonly PortalKeyBody[];
}

export class RegistrationAccountBody {
  @IsString() username!: string;
  @IsString() name!: string;
}

/** What is known of a natural person's document: enough to tell it from another one in the hand. */
export class ShownIdentityBody {
  @IsIn(DOCUMENTS) document!: string;
  @NullOr('string') issuedBy!: string | null;
  @IsString() ending!: string;
  @IsBoolean() checked!: boolean;
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
  @IsIn(REGISTRANTS) kind!: string;
  @NullOr('string') creditCode!: string | null;
  @Nested(() => TextBody) name!: TextBody;
  @IsString() authorisation!: string;
  @NullOr('string') licence!: string | null;
  @Nested(() => RegistrationAccountBody) handler!: RegistrationAccountBody;
  @Nested(() => RegistrationAccountBody)
  @JSONSchema({ description: 'The same account as the handler’s where one person does both.' })
  signatory!: RegistrationAccountBody;
  @NullOr(ShownIdentityBody) identity!: ShownIdentityBody | null;
  @IsString() submittedAt!: string;
  @NullOr('string') decidedAt!: string | null;
  @NullOr('string') reason!: string | null;
  @NullOr('string') organisation!: string | null;
  @IsIn(REGISTRATION_COMMANDS, { each: true }) @IsArray() allowedCommands!: readonly string[];
  @IsString() etag!: string;
}

class IdentityPage {
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
export class OrganisationPageBody extends IdentityPage {
  @ListOf(() => OrganisationBody) items!: readonly OrganisationBody[];
}
export class PersonPageBody extends IdentityPage {
  @ListOf(() => PersonBody) items!: readonly PersonBody[];
}
export class PostPageBody extends IdentityPage {
  @ListOf(() => PostBody) items!: readonly PostBody[];
}
export class PortalPageBody extends IdentityPage {
  @ListOf(() => PortalBody) items!: readonly PortalBody[];
}
export class RegistrationPageBody extends IdentityPage {
  @ListOf(() => RegistrationBody) items!: readonly RegistrationBody[];
}
