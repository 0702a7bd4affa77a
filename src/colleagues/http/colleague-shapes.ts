import { IsArray, IsBoolean, IsEmail, IsIn, IsInt, IsString, Matches, MaxLength } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { ListOf, NamedBody, Nested, NullOr, Optional, OptionalOrNull, PageQuery } from '../../http/index.js';
import { USERNAME } from '../../identity/index.js';
import { ROLES } from '../../kernel/roles.js';
import { INVITATION_STATES, type InvitationState, OFFERED, type Offered } from '../domain/invitation.js';
import { INVITATION_COMMANDS } from '../domain/rights.js';

const VISIBLE = /^\S(?:[\s\S]*\S)?$/;

export class InvitationRequest {
  @Matches(VISIBLE) @MaxLength(128) name!: string;
  @IsEmail({ allow_display_name: false, allow_ip_domain: false }) @MaxLength(254) address!: string;
  @OptionalOrNull()
  @IsIn(OFFERED)
  @JSONSchema({ description: 'The post that comes with it; without it somebody whom cases and grants may name.' })
  role?: Offered | null;
  @Optional()
  @Matches(VISIBLE)
  @MaxLength(8000)
  @JSONSchema({ description: 'Of a signatory: text of the authorisation; an administrator confirms it.' })
  authorisation?: string;
  @Optional() @IsIn(['zh', 'en']) @JSONSchema({ description: 'Of the letter; Chinese without it.' }) language?:
    | 'zh'
    | 'en';
}

export class LinkRequest {
  @IsString() @MaxLength(128) invitation!: string;
}

export class InvitationAcceptRequest extends LinkRequest {
  @Optional()
  @Matches(USERNAME)
  @JSONSchema({ description: 'With a password a new account; without both the account that is signed in accepts.' })
  username?: string;
  @Optional() @IsString() @MaxLength(512) password?: string;
}

export class RefusalRequest {
  @IsString() @Matches(VISIBLE) @MaxLength(2000) reason!: string;
}

export class InvitationListQuery extends PageQuery {
  @Optional() @IsIn(INVITATION_STATES) state?: InvitationState;
}

export class InvitationBody {
  @IsString() id!: string;
  @Nested(() => NamedBody) organisation!: NamedBody;
  @IsString() name!: string;
  @NullOr('string')
  @JSONSchema({ description: 'Kept while it is open, and a week beyond its end so that it can be sent again.' })
  address!: string | null;
  @NullOr('string') role!: string | null;
  @NullOr('string') authorisation!: string | null;
  @IsIn(INVITATION_STATES) state!: string;
  @Nested(() => NamedBody) invitedBy!: NamedBody;
  @NullOr(NamedBody) person!: NamedBody | null;
  @IsInt() @JSONSchema({ description: 'How many links were sent; the last one alone holds.' }) sends!: number;
  @IsString() madeAt!: string;
  @IsString() expiresAt!: string;
  @NullOr('string') reason!: string | null;
  @IsIn(INVITATION_COMMANDS, { each: true }) @IsArray() allowedCommands!: string[];
  @IsString() etag!: string;
}

export class NewInvitationBody extends InvitationBody {
  @IsString()
  @JSONSchema({ description: 'Shown this once: what stands behind `#` in the link `/invited#…`.' })
  invitation!: string;
}

export class InvitationPageBody {
  @ListOf(() => InvitationBody) items!: InvitationBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

/** Why the account that is signed in cannot accept: what acceptance would be answered with. */
export class AcceptanceBarBody {
  @IsString() code!: string;
  @IsString() title!: string;
  @IsString() remedy!: string;
}

/** What somebody sees who holds the link and nothing else. */
export class OfferBody {
  @IsString() @JSONSchema({ description: 'Name of the organisation.' }) organisation!: string;
  @IsString() name!: string;
  @NullOr('string') role!: string | null;
  @IsString() expiresAt!: string;
  @NullOr(AcceptanceBarBody) stopped!: AcceptanceBarBody | null;
}

export class AcceptedBody {
  @IsIn(['accepted', 'awaiting'])
  @JSONSchema({ description: '`awaiting`: an administrator has still to confirm the signatory.' })
  state!: string;
}

export class ColleaguePostBody {
  @IsString() id!: string;
  @IsIn(ROLES) role!: string;
  @IsBoolean() @JSONSchema({ description: 'They stand in for its holder.' }) deputy!: boolean;
  @IsIn(['end'], { each: true }) @IsArray() allowedCommands!: string[];
  @IsString() etag!: string;
}

export class ColleagueBody {
  @IsString() id!: string;
  @IsString() name!: string;
  @IsString() username!: string;
  @IsIn(['active', 'off']) state!: string;
  @ListOf(() => ColleaguePostBody) posts!: ColleaguePostBody[];
  @IsIn(['remove'], { each: true }) @IsArray() allowedCommands!: string[];
  @IsString() etag!: string;
}

export class ColleaguePageBody {
  @ListOf(() => ColleagueBody) items!: ColleagueBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
