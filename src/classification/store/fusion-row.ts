import { Entity, PrimaryColumn } from 'typeorm';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  NullableCodeColumn,
  NullableInstantColumn,
  NullableJsonColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { FusedDataset, FusionFailure, FusionPair } from '../domain/fusion-assessment.js';
import type { SampleState } from '../domain/sample.js';

/** Datasets that are compared. `open_key` stands for them while files are joined: two at once exclude each other. */
@Entity('fusions')
export class FusionRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(16) state!: SampleState;
  @NullableCodeColumn(64) open_key!: string | null;
  @JsonColumn() datasets!: readonly FusedDataset[];
  @JsonColumn() pairs!: readonly FusionPair[];
  @IntColumn() bytes!: number;
  @CodeColumn(255) host!: string;
  @IntColumn() process_id!: number;
  @CodeColumn(26) submitted_by!: string;
  @NullableJsonColumn() failure!: FusionFailure | null;
  @InstantColumn() created_at!: number;
  @InstantColumn() deadline_at!: number;
  @NullableInstantColumn() ended_at!: number | null;
}

/** Finds a fusion by its datasets; what it says stands in the fusion's own row, which the log names. */
@Entity('fusion_datasets')
export class FusionDatasetRow {
  @PrimaryColumn({ type: 'varchar', length: 26 }) fusion!: string;
  @PrimaryColumn({ type: 'varchar', length: 26 }) dataset!: string;
  @CodeColumn(26) publisher!: string;
}

export const fusionTable = new Table<FusionRow>('fusion', FusionRow);
