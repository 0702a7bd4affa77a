import { Entity } from 'typeorm';
import {
  CodeColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  NullableCodeColumn,
  NullableInstantColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { Complaint } from '../domain/complaint.js';

/** A complaint: `body` is the fold of its events; the other columns repeat what lists and time ask for. */
@Entity('complaints')
export class ComplaintRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(32) number!: string;
  @CodeColumn(16) about!: string;
  @CodeColumn(16) state!: string;
  @CodeColumn(26) dataset!: string;
  @CodeColumn(26) holder!: string;
  @NullableCodeColumn(26) person!: string | null;
  @NullableCodeColumn(26) organisation!: string | null;
  @InstantColumn() filed_at!: number;
  @NullableInstantColumn() ended_at!: number | null;
  /** Answered as manifestly unfounded. */
  @FlagColumn() unfounded!: boolean;
  /** The last day for the step it waits for; null where no clock runs. */
  @NullableCodeColumn(10) due!: string | null;
  /** The day from which time tells that it is overdue; null where it never will. */
  @NullableCodeColumn(10) acts_on!: string | null;
  @JsonColumn() body!: Complaint;
}

export const complaintTable = new Table<ComplaintRow>('complaint', ComplaintRow);
