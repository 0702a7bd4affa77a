import { IsBoolean, IsIn, IsInt, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { ListOf, NamedBody, Nested, NullOr, Optional, PageQuery } from '../../http/index.js';
import { NOTICE_SUBJECTS, type NoticeSubject } from '../domain/notice.js';

export const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

export class NoticeListQuery extends PageQuery {
  /** Those about a case, a grant, a violation; together, those about all of them. */
  @Optional() @IsString() @MaxLength(64) application?: string;
  @Optional() @IsString() @MaxLength(64) grant?: string;
  @Optional() @IsString() @MaxLength(64) violation?: string;
  /** To whom they are addressed. */
  @Optional() @IsString() @MaxLength(64) organisation?: string;
  @Optional() @IsString() @MaxLength(48) kind?: string;
}

export class NoticeAboutBody {
  @IsIn(NOTICE_SUBJECTS) kind!: NoticeSubject;
  @IsString() id!: string;
}

export class NoticeLinksBody {
  @IsString() pdf!: string;
  @IsString() json!: string;
}

export class NoticeLineBody {
  @IsString() id!: string;
  /** Name of its template. */
  @IsString() kind!: string;
  /** As it is printed; counted without gaps for each issuing body and year. */
  @IsString() number!: string;
  /** In the language asked for. */
  @IsString() title!: string;
  @Nested(() => NamedBody) issuer!: NamedBody;
  @Nested(() => NamedBody) addressee!: NamedBody;
  /** The page it belongs to. */
  @Nested(() => NoticeAboutBody) about!: NoticeAboutBody;
  @NullOr('string') grant!: string | null;
  /** The event it tells of, as the log names it. */
  @IsString() cause!: string;
  @IsString() issuedAt!: string;
  /** SHA-256 of its content. */
  @IsString() hash!: string;
  @Nested(() => NoticeLinksBody) links!: NoticeLinksBody;
}

export class NoticeListResponse {
  @ListOf(() => NoticeLineBody) items!: NoticeLineBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

export class NoticeCheckQuery {
  /** As it is printed. */
  @IsString() @MinLength(1) @MaxLength(128) number!: string;
  @IsString() @Matches(/^[0-9a-fA-F]{64}$/) hash!: string;
}

export class NoticeCheckResponse {
  /** Whether a notice of this number and hash was issued here. */
  @IsBoolean() known!: boolean;
}
