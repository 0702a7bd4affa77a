import { Entity } from 'typeorm';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  NullableCodeColumn,
  NullableInstantColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { Sanction } from '../domain/sanction.js';
import type { Violation } from '../domain/violation.js';

/** A violation: `body` is the fold of its events; the other columns repeat what lists and time ask for. */
@Entity('violations')
export class ViolationRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(32) kind!: string;
  @CodeColumn(26) organisation!: string;
  @NullableCodeColumn(26) holder!: string | null;
  @NullableCodeColumn(26) grant_id!: string | null;
  @CodeColumn(16) state!: string;
  @InstantColumn() reported_at!: number;
  @NullableInstantColumn() ruled_at!: number | null;
  /** When its cure date has passed. */
  @NullableInstantColumn() due_at!: number | null;
  @JsonColumn() body!: Violation;
}

/** A measure; the decision index reads the columns and leaves `body` alone. */
@Entity('sanctions')
export class SanctionRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) violation!: string;
  @CodeColumn(26) organisation!: string;
  @NullableCodeColumn(26) grant_id!: string | null;
  @CodeColumn(16) step!: string;
  @CodeColumn(16) state!: string;
  @InstantColumn() imposed_at!: number;
  @NullableInstantColumn() ends_at!: number | null;
  /** When time ends it; null where it has ended, or where only somebody ends it. */
  @NullableInstantColumn() due_at!: number | null;
  @JsonColumn() datasets!: readonly string[];
  @JsonColumn() body!: Sanction;
}

export const violationTable = new Table<ViolationRow>('violation', ViolationRow);
export const sanctionTable = new Table<SanctionRow>('sanction', SanctionRow);
