import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { IsMoment, Nested, Optional, PageQuery } from '../../http/index.js';
import { ORGANISATION_KINDS, type OrganisationKind } from '../../kernel/principal.js';
import type { Role } from '../../kernel/roles.js';
import { ROLES } from '../../kernel/roles.js';
import { type DocumentKind, DOCUMENTS } from '../domain/identity-document.js';
import { USERNAME } from '../domain/person.js';
import { type Registrant, REGISTRANTS } from '../domain/registration.js';

const ID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const VISIBLE = /^\S(?:[\s\S]*\S)?$/;
const SECRET_LENGTH = 512;
const GRANT_TYPES = ['password', 'client_credentials', 'refresh_token'] as const;
const ADDED_KINDS = ORGANISATION_KINDS.filter((kind): kind is AddedKind => kind !== 'person');
type AddedKind = Exclude<OrganisationKind, 'person'>;
const POST_ROLES = ROLES.filter((role) => role !== 'portal');

export class TokenRequest {
  @IsIn(GRANT_TYPES) grantType!: (typeof GRANT_TYPES)[number];
  @Optional() @IsString() @MaxLength(64) username?: string;
  @Optional() @IsString() @MaxLength(SECRET_LENGTH) password?: string;
  @Optional() @IsString() @MaxLength(64) clientId?: string;
  @Optional() @IsString() @MaxLength(SECRET_LENGTH) clientSecret?: string;
  @Optional()
  @IsString()
  @MaxLength(4096)
  @JSONSchema({ description: 'Left out by the console, whose refresh token is a cookie.' })
  refreshToken?: string;
}

export class PasswordChangeRequest {
  @IsString() @MaxLength(SECRET_LENGTH) password!: string;
  @IsString() @MaxLength(SECRET_LENGTH) newPassword!: string;
}

export class InvitationAcceptance {
  @IsString() @MaxLength(128) invitation!: string;
  @IsString() @MaxLength(SECRET_LENGTH) password!: string;
}

export class OrganisationName {
  @Optional() @Matches(VISIBLE) @MaxLength(256) zh?: string;
  @Optional() @Matches(VISIBLE) @MaxLength(256) en?: string;
}

export class OrganisationRequest {
  @Nested(() => OrganisationName) name!: OrganisationName;
  @Optional() @IsString() @MaxLength(32) creditCode?: string;
  @IsIn(ADDED_KINDS) @JSONSchema({ description: 'Natural persons register themselves.' }) kind!: AddedKind;
  @Optional() @Matches(ID) parent?: string;
}

export class ReasonRequest {
  @IsString() @Matches(VISIBLE) @MinLength(1) @MaxLength(2000) reason!: string;
}

export class PersonRequest {
  @Matches(USERNAME) username!: string;
  @Matches(VISIBLE) @MaxLength(128) name!: string;
  @Matches(ID) organisation!: string;
}

export class PostRequest {
  @Matches(ID) organisation!: string;
  @IsIn(POST_ROLES) role!: Role;
  @Matches(ID) holder!: string;
  @Optional() @Matches(ID) deputy?: string;
}

export class HandOverRequest {
  @Optional() @Matches(ID) holder?: string;
  @Optional()
  @IsString()
  @Matches(/^(?:none|[0-7][0-9A-HJKMNP-TV-Z]{25})$/)
  @JSONSchema({ description: 'The id of the new deputy, or `none`.' })
  deputy?: string;
}

const MOST_SERVED = 1000;

export class PortalSubjectsRequest {
  @Optional()
  @IsArray()
  @ArrayMaxSize(MOST_SERVED)
  @ArrayUnique()
  @Matches(ID, { each: true })
  @JSONSchema({ description: 'Organisations that it may ask about, with their people; left out for everyone.' })
  serves?: string[];
}

export class PortalRequest extends PortalSubjectsRequest {
  @Matches(/^[a-z0-9](?:[a-z0-9._-]{1,62}[a-z0-9])$/) clientId!: string;
  @Matches(VISIBLE) @MaxLength(128) name!: string;
  @Matches(ID) organisation!: string;
}

export class PortalKeyRequest {
  @IsIn(['api-key', 'client-secret']) kind!: 'api-key' | 'client-secret';
  @Matches(VISIBLE) @MaxLength(128) label!: string;
  @Optional()
  @IsMoment()
  @JSONSchema({ description: 'When it ends, RFC 3339; without it the key is good until it is revoked.' })
  expiresAt?: string;
}

export class FirstAccountRequest {
  @IsString() @MaxLength(64) username!: string;
  @Matches(VISIBLE) @MaxLength(128) name!: string;
  @IsString() @MaxLength(SECRET_LENGTH) password!: string;
}

export class PersonRegistrationRequest extends FirstAccountRequest {
  @IsIn(DOCUMENTS) document!: DocumentKind;
  @IsString()
  @MaxLength(64)
  @JSONSchema({
    description: 'Compared with the document by an administrator; only a keyed hash and its ending are kept.',
  })
  number!: string;
  @Optional()
  @IsString()
  @MaxLength(3)
  @JSONSchema({ description: 'Of a passport: three letters of the state that issued it.' })
  issuedBy?: string;
}

/** Which fields are asked for depends on `kind`. */
export class RegistrationRequestBody {
  @Optional()
  @IsIn(REGISTRANTS)
  @JSONSchema({ description: 'Without it an enterprise. A natural person sends `person` alone.' })
  kind?: Registrant;
  @Optional()
  @IsString()
  @MaxLength(32)
  @JSONSchema({ description: 'Of an enterprise; of an unincorporated organisation where it holds one.' })
  creditCode?: string;
  @Optional() @Nested(() => OrganisationName) name?: OrganisationName;
  @Optional()
  @Matches(VISIBLE)
  @MaxLength(8000)
  @JSONSchema({
    description:
      'Text of the authorisation that the legal representative gave to the signatory; of an unincorporated organisation what makes its signatory answer for it.',
  })
  authorisation?: string;
  @Optional() @Matches(VISIBLE) @MaxLength(512) licence?: string;
  @Optional() @Nested(() => FirstAccountRequest) handler?: FirstAccountRequest;
  @Optional() @Nested(() => FirstAccountRequest) signatory?: FirstAccountRequest;
  @Optional() @Nested(() => PersonRegistrationRequest) person?: PersonRegistrationRequest;
}

export class SeenNumberRequest {
  @IsString() @MaxLength(64) number!: string;
}

export class OrganisationListQuery extends PageQuery {
  @Optional() @IsIn(ORGANISATION_KINDS) kind?: string;
  @Optional() @IsString() @MaxLength(64) creditCode?: string;
}

export class OfOrganisationQuery extends PageQuery {
  @Optional() @Matches(ID) organisation?: string;
}

export class RegistrationListQuery extends PageQuery {
  @Optional() @IsIn(['submitted', 'verified', 'refused']) state?: 'submitted' | 'verified' | 'refused';
}
