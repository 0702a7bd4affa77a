import { Entity } from 'typeorm';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  NullableCodeColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { Demand } from '../domain/demand.js';

/** A demand: `body` is the fold of its events; the other columns repeat what lists and time ask for. */
@Entity('demands')
export class DemandRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(16) state!: string;
  @CodeColumn(26) holder!: string;
  @NullableCodeColumn(26) dataset!: string | null;
  @NullableCodeColumn(26) person!: string | null;
  @NullableCodeColumn(26) organisation!: string | null;
  @InstantColumn() asked_at!: number;
  @CodeColumn(10) due!: string;
  /** The day from which time tells that it is overdue; null where it never will. */
  @NullableCodeColumn(10) acts_on!: string | null;
  @JsonColumn() body!: Demand;
}

export const demandTable = new Table<DemandRow>('demand', DemandRow);
