import { Entity } from 'typeorm';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { Taught } from '../learning/train-all.js';

/** What was learned for one publisher under one pack; trained anew it is the next version of the row. */
@Entity('learned_models')
export class LearnedModelRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn() pack!: string;
  /** A publisher's id, or `*` for those of whom too little was decided. */
  @CodeColumn(26) publisher!: string;
  /** SHA-256 of the model: the same decisions give the same. */
  @CodeColumn() hash!: string;
  @IntColumn() own!: number;
  @IntColumn() others!: number;
  @JsonColumn() model!: Taught;
  @InstantColumn() trained_at!: number;
}

export const learnedModelTable = new Table<LearnedModelRow>('learned-model', LearnedModelRow);
