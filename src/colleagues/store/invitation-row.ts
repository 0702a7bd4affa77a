import { Entity } from 'typeorm';
import type { Language } from '../../kernel/text.js';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  NullableCodeColumn,
  NullableJsonColumn,
  NullableTextColumn,
  Table,
  TextColumn,
  VersionColumn,
} from '../../persistence/index.js';
import type { Invitation, InvitationState, Offered } from '../domain/invitation.js';

@Entity('invitations')
export class InvitationRow implements Invitation {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) organisation!: string;
  @TextColumn() name!: string;
  @NullableCodeColumn(254) address!: string | null;
  @CodeColumn(8) language!: Language;
  @NullableCodeColumn(16) role!: Offered | null;
  @NullableTextColumn() authorisation!: string | null;
  @CodeColumn(26, 'invited_by') invitedBy!: string;
  @CodeColumn(16) state!: InvitationState;
  @NullableCodeColumn(26) ticket!: string | null;
  @NullableCodeColumn(64) hash!: string | null;
  @IntColumn() sends!: number;
  @NullableJsonColumn() letters!: readonly number[] | null;
  @IntColumn() misses!: number;
  @InstantColumn('made_at') madeAt!: number;
  @InstantColumn('sent_at') sentAt!: number;
  @InstantColumn('expires_at') expiresAt!: number;
  @NullableCodeColumn(26) person!: string | null;
  @NullableCodeColumn(26, 'decided_by') decidedBy!: string | null;
  @NullableTextColumn() reason!: string | null;
}

export const invitationTable = new Table<InvitationRow>('invitation', InvitationRow);
