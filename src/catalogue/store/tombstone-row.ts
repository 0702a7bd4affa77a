import { Entity } from 'typeorm';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  NullableCodeColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { BurialCause, Exposure, Grave, TombstoneState } from '../domain/tombstone.js';

/** What harvesters are told of a dataset; one row for each, its id is the dataset's. */
@Entity('tombstones')
export class TombstoneRow implements Grave {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(255) identifier!: string;
  @CodeColumn(64) source!: string;
  @CodeColumn(26) publisher!: string;
  @CodeColumn(16) state!: TombstoneState;
  @CodeColumn(16) was!: Exposure;
  @NullableCodeColumn(16) gone!: Grave['gone'];
  @CodeColumn(16) cause!: BurialCause;
  @InstantColumn() at!: number;
}

export const tombstoneTable = new Table<TombstoneRow>('tombstone', TombstoneRow);
