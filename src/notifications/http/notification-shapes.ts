import { IsIn, IsInt, IsString, Matches } from 'class-validator';
import { ListOf, Nested, NullOr, Optional, PageQuery } from '../../http/index.js';
import { ABOUT_KINDS, type AboutKind } from '../matters/matter.js';

export const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

export class NotificationListQuery extends PageQuery {
  /** `true`: those not read yet; `false`: those read. */
  @Optional() @IsIn(['true', 'false']) unread?: 'true' | 'false';
}

export class MarkAllReadBody {
  /** The newest one that was seen: what was told after it stays unread. */
  @IsString() @Matches(ID) upTo!: string;
}

export class NotificationAboutResponse {
  @IsIn(ABOUT_KINDS) kind!: AboutKind;
  @IsString() id!: string;
}

export class NotificationNoticeBody {
  @IsString() id!: string;
  @IsString() number!: string;
  @IsString() href!: string;
}

export class NotificationResponse {
  @IsString() id!: string;
  /** What happened, as the log names it. */
  @IsString() event!: string;
  @Nested(() => NotificationAboutResponse) about!: NotificationAboutResponse;
  /** The resource it is about. */
  @IsString() href!: string;
  /** In the language asked for. */
  @IsString() title!: string;
  @IsString() text!: string;
  /** The notice that was issued for the same event, on paper. */
  @NullOr(NotificationNoticeBody) notice!: NotificationNoticeBody | null;
  @IsString() at!: string;
  @NullOr('string') readAt!: string | null;
  @IsString() etag!: string;
}

export class NotificationListResponse {
  @ListOf(() => NotificationResponse) items!: NotificationResponse[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
  /** Not read yet, in all. */
  @IsInt() unread!: number;
}

export class UnreadCountResponse {
  @IsInt() unread!: number;
}

export class MarkedReadResponse {
  @IsInt() marked!: number;
}
