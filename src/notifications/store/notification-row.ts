import { Entity } from 'typeorm';
import { CodeColumn, IdColumn, InstantColumn, JsonColumn, NullableInstantColumn } from '../../persistence/index.js';
import type { Values } from '../domain/wording.js';
import type { AboutKind } from '../matters/matter.js';

/** One person told of one event; the log holds the event, so these rows are not named there. */
@Entity('notifications')
export class NotificationRow {
  @IdColumn() id!: string;
  @CodeColumn(26) person!: string;
  @CodeColumn(96) template!: string;
  @CodeColumn(16) about_kind!: AboutKind;
  @CodeColumn(26) about_id!: string;
  @JsonColumn('filled') values!: Values;
  @InstantColumn() told_at!: number;
  @NullableInstantColumn() read_at!: number | null;
}
