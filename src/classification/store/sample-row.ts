import { Entity } from 'typeorm';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  NullableCodeColumn,
  NullableInstantColumn,
  NullableJsonColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { SampleFailure, SampleState } from '../domain/sample.js';

/** A file that was sent for a dataset. `open_key` is the dataset while it is worked on: two at once exclude each other. */
@Entity('samples')
export class SampleRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) dataset!: string;
  @CodeColumn(26) publisher!: string;
  @CodeColumn(16) state!: SampleState;
  @NullableCodeColumn(26) open_key!: string | null;
  @IntColumn() bytes!: number;
  @CodeColumn(255) host!: string;
  @IntColumn() process_id!: number;
  @CodeColumn(26) submitted_by!: string;
  @NullableJsonColumn() failure!: SampleFailure | null;
  @InstantColumn() created_at!: number;
  @InstantColumn() deadline_at!: number;
  @NullableInstantColumn() ended_at!: number | null;
}

export const sampleTable = new Table<SampleRow>('sample', SampleRow);
