import { Column, Entity, PrimaryColumn } from 'typeorm';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  NullableCodeColumn,
  NullableInstantColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { AttachmentType, ScanState } from '../domain/attachment.js';

/** What is known of an attachment; `sha256` holds its bytes to the log, wherever they lie. */
@Entity('attachments')
export class AttachmentRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) organisation!: string;
  @CodeColumn(255) name!: string;
  @CodeColumn(128) type!: AttachmentType;
  @IntColumn() bytes!: number;
  @CodeColumn(64) sha256!: string;
  @CodeColumn(16) scan!: ScanState;
  @CodeColumn(26) uploaded_by!: string;
  @InstantColumn() uploaded_at!: number;
  /** The same file again is the same attachment: a hash of whose it is, its name and its bytes; none once they are gone. */
  @NullableCodeColumn(64) content_key!: string | null;
  @NullableInstantColumn() dropped_at!: number | null;
}

/** The bytes, in pieces that any server takes in one statement. */
@Entity('attachment_pieces')
export class AttachmentPieceRow {
  @PrimaryColumn({ type: 'varchar', length: 26 }) attachment!: string;
  @PrimaryColumn({ type: 'bigint' }) seq!: number;
  @Column({ type: 'blob' }) bytes!: Buffer;
}

/** Which requests name an attachment, or ever named it: as long as there is one, it is kept. */
@Entity('attachment_uses')
export class AttachmentUseRow {
  @PrimaryColumn({ type: 'varchar', length: 26 }) attachment!: string;
  @PrimaryColumn({ type: 'varchar', length: 26 }) application!: string;
}

export const attachmentTable = new Table<AttachmentRow>('attachment', AttachmentRow);
