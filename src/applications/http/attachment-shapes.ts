import { IsIn, IsInt, IsString } from 'class-validator';
import { IsSaid, ListOf, PageQuery } from '../../http/index.js';
import { ATTACHMENT_TYPES, SCAN_STATES } from '../domain/attachment.js';

export class AttachmentQuery {
  /** The file's name; its extension says what it is, and its first bytes have to agree. */
  @IsSaid(1000) name!: string;
}

export class AttachmentListQuery extends PageQuery {}

export class AttachmentBody {
  @IsString() id!: string;
  @IsString() name!: string;
  @IsIn(Object.keys(ATTACHMENT_TYPES)) type!: string;
  @IsInt() bytes!: number;
  /** SHA-256, hexadecimal. */
  @IsString() sha256!: string;
  /** `not-scanned`: the operator configured no scanner. */
  @IsIn(SCAN_STATES) scan!: string;
  @IsString() uploadedAt!: string;
  /** Where the file can be fetched. */
  @IsString() href!: string;
}

export class AttachmentPageBody {
  @ListOf(() => AttachmentBody) items!: AttachmentBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
