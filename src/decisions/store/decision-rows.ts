import { Entity, PrimaryColumn } from 'typeorm';
import {
  CodeColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  NullableCodeColumn,
  NullableIntColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { Question } from '../domain/question.js';

/** A recorded decision about conditional or restricted data. Written in batches, never changed, not named by the log. */
@Entity('decisions')
export class DecisionRow {
  @IdColumn() id!: string;
  @InstantColumn() at!: number;
  @CodeColumn(16) asker_kind!: string;
  @CodeColumn(64) asker!: string;
  @FlagColumn() permit!: boolean;
  @CodeColumn(64) row_id!: string;
  @CodeColumn(64) reason!: string;
  @CodeColumn(16) tier!: string;
  @FlagColumn() by_items!: boolean;
  @CodeColumn(64) policy_version!: string;
  @IntColumn() revision!: number;
  @IntColumn() low!: number;
  @IntColumn() high!: number;
  @NullableCodeColumn(64) organisation!: string | null;
  @NullableCodeColumn(64) person!: string | null;
  @NullableCodeColumn(64) dataset!: string | null;
  @NullableCodeColumn(26) grant_id!: string | null;
  @InstantColumn() valid_until!: number;
  @JsonColumn() question!: Question;
}

/** How many decisions about a dataset (none: '') ended in this way on a day: all of them, also about open data. */
@Entity('decision_uses')
export class DecisionUseRow {
  @PrimaryColumn({ type: 'varchar' }) day!: string;
  @PrimaryColumn({ type: 'varchar' }) dataset!: string;
  @PrimaryColumn({ type: 'varchar' }) tier!: string;
  @PrimaryColumn({ type: 'varchar' }) reason!: string;
  @PrimaryColumn({ type: 'tinyint' }) permit!: number;
  @IntColumn() count!: number;
}

/** How many decisions that were asked for with a key of a portal, or of a grant (portal ''), ended in this way on a day. */
@Entity('portal_uses')
export class PortalUseRow {
  @PrimaryColumn({ type: 'varchar' }) day!: string;
  @PrimaryColumn({ type: 'varchar' }) portal!: string;
  @PrimaryColumn({ type: 'varchar' }) credential!: string;
  @PrimaryColumn({ type: 'varchar' }) reason!: string;
  @PrimaryColumn({ type: 'tinyint' }) permit!: number;
  @IntColumn() count!: number;
  /** Milliseconds since 1970. */
  @IntColumn() last_at!: number;
}

/** What a portal says it served. */
@Entity('deliveries')
export class DeliveryRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @InstantColumn() at!: number;
  @CodeColumn(26) evaluation!: string;
  @CodeColumn(64) dataset!: string;
  /** Empty when the whole dataset was served: part of the key that keeps one delivery from counting twice. */
  @CodeColumn(64) distribution!: string;
  @NullableCodeColumn(26) grant_id!: string | null;
  @NullableIntColumn() bytes!: number | null;
  @CodeColumn(64) portal!: string;
}

export const deliveryTable = new Table<DeliveryRow>('delivery', DeliveryRow);
