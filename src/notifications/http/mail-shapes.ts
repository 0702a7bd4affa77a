import { IsArray, IsEmail, IsIn, IsInt, IsString, MaxLength, MinLength } from 'class-validator';
import { ListOf, Nested, NullOr, Optional, OptionalOrNull, PageQuery } from '../../http/index.js';
import {
  MAIL_COMMANDS,
  MAIL_KINDS,
  MAIL_MODES,
  MAIL_STATES,
  type MailKind,
  type MailMode,
  type MailState,
} from '../domain/mailing.js';

export class MailPreferenceBody {
  /** `null` takes it away. */
  @OptionalOrNull() @IsEmail({ allow_display_name: false, allow_ip_domain: false }) @MaxLength(254) address?:
    | string
    | null;
  @Optional() @IsIn(MAIL_MODES) mode?: MailMode;
  /** Of the mails. */
  @Optional() @IsIn(['zh', 'en']) language?: 'zh' | 'en';
}

export class MailCodeBody {
  /** As it stands in the newest letter; blanks, hyphens and small letters do not matter. */
  @IsString() @MinLength(1) @MaxLength(40) code!: string;
}

export class MailPreferenceResponse {
  @NullOr('string') address!: string | null;
  /** Until when the code that was sent to the address holds; null where the address is confirmed, or there is none. */
  @NullOr('string') codeUntil!: string | null;
  /** `at-once`: a mail for each notification; `daily`: what waits and what is new, once a day. */
  @IsIn(MAIL_MODES) mode!: MailMode;
  @IsIn(['zh', 'en']) language!: 'zh' | 'en';
  @IsString() etag!: string;
}

export class MailListQuery extends PageQuery {
  @Optional() @IsIn(MAIL_STATES) state?: MailState;
}

export class MailResponse {
  @IsString() id!: string;
  /** Whom it tells; of an invitation, who invited. */
  @IsString() person!: string;
  @IsString() personName!: string;
  @IsIn(MAIL_KINDS) kind!: MailKind;
  @IsIn(MAIL_STATES) state!: MailState;
  @IsInt() tries!: number;
  @IsString() madeAt!: string;
  @IsString() nextAt!: string;
  @NullOr('string') settledAt!: string | null;
  /** What the mail server said last, without addresses. */
  @NullOr('string') lastError!: string | null;
  @IsIn(MAIL_COMMANDS, { each: true }) @IsArray() allowedCommands!: string[];
}

/** Of all mails, whatever the list was asked for. */
export class MailFiguresResponse {
  @IsInt() waiting!: number;
  @IsInt() failed!: number;
  /** When the longest waiting one was made. */
  @NullOr('string') oldest!: string | null;
}

export class MailListResponse {
  @ListOf(() => MailResponse) items!: MailResponse[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
  @Nested(() => MailFiguresResponse) figures!: MailFiguresResponse;
}
