import { Entity, PrimaryColumn } from 'typeorm';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  NullableCodeColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { NoticeFacts, NoticeSubject } from '../domain/notice.js';
import type { IssuedTemplate } from '../domain/template.js';

@Entity('notices')
export class NoticeRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(48) kind!: string;
  @CodeColumn(64) number!: string;
  @IntColumn() year!: number;
  @IntColumn() serial!: number;
  @CodeColumn(26) issuer!: string;
  @CodeColumn(26) addressee!: string;
  @CodeColumn(16) about_kind!: NoticeSubject;
  @CodeColumn(26) about_id!: string;
  @NullableCodeColumn(26) grant_id!: string | null;
  @CodeColumn(64) cause!: string;
  @CodeColumn(64) template!: string;
  @JsonColumn() facts!: NoticeFacts;
  @InstantColumn() issued_at!: number;
  @CodeColumn(64) hash!: string;
}

/** What a notice was written from, by the hash that the notice names. */
@Entity('notice_templates')
export class NoticeTemplateRow {
  @PrimaryColumn({ type: 'varchar', length: 64 }) hash!: string;
  @CodeColumn(48) kind!: string;
  @IntColumn() version!: number;
  @IntColumn() frame!: number;
  @JsonColumn() body!: IssuedTemplate;
}

export const noticeTable = new Table<NoticeRow>('notice', NoticeRow);
