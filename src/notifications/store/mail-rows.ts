import { Entity } from 'typeorm';
import type { Language } from '../../kernel/text.js';
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
import type { MailKind, MailMode, MailState } from '../domain/mailing.js';

/** How one person wants to be told by mail; `id` is the person's. */
@Entity('mail_preferences')
export class MailPreferenceRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @NullableCodeColumn(254) address!: string | null;
  @CodeColumn(16) mode!: MailMode;
  @CodeColumn(8) language!: Language;
  @NullableInstantColumn('asked_at') askedAt!: number | null;
}

/** A mail on its way. */
@Entity('mails')
export class MailRow {
  @IdColumn() id!: string;
  @CodeColumn(26) person!: string;
  @CodeColumn(16) kind!: MailKind;
  @CodeColumn(26) about!: string;
  @CodeColumn(16) state!: MailState;
  @IntColumn() tries!: number;
  @InstantColumn('made_at') madeAt!: number;
  @InstantColumn('next_at') nextAt!: number;
  @NullableInstantColumn('settled_at') settledAt!: number | null;
  @NullableCodeColumn(400, 'last_error') lastError!: string | null;
}

export const mailPreferenceTable = new Table<MailPreferenceRow>('mail-preference', MailPreferenceRow);
