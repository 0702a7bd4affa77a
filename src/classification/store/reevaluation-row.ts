import { Entity } from 'typeorm';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  NullableInstantColumn,
  NullableTextColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { ReviewCause, ReviewState } from '../domain/reevaluation.js';

/** When somebody has to look at the tier of a dataset again; one row for each, its id is the dataset's. */
@Entity('reevaluations')
export class ReevaluationRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) publisher!: string;
  @CodeColumn(16) state!: ReviewState;
  @CodeColumn(32) cause!: ReviewCause;
  @NullableTextColumn() note!: string | null;
  @InstantColumn() due_at!: number;
  /** Since when it stands in the queue. */
  @NullableInstantColumn() since!: number | null;
}

export const reevaluationTable = new Table<ReevaluationRow>('reevaluation', ReevaluationRow);
