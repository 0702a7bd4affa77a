import { Entity } from 'typeorm';
import {
  CanonicalJsonColumn,
  CodeColumn,
  IdColumn,
  InstantColumn,
  NullableCodeColumn,
  NullableInstantColumn,
  NullableIntColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { Grant } from '../domain/grant.js';

/**
 * A grant as it is kept: `premises` is the grant itself; the columns beside it are what lists and the decision index
 * need, computed from it at every write.
 */
@Entity('grants')
export class GrantRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) application!: string;
  @CodeColumn(26) organisation!: string;
  @CodeColumn(26) holder!: string;
  @CodeColumn(26) dataset!: string;
  @CodeColumn(16) state!: string;
  @CodeColumn(32) purpose!: string;
  /** What is left of it under a limit, as is the quota. */
  @CodeColumn(16) delivery!: string;
  @NullableIntColumn() quota!: number | null;
  @InstantColumn() starts_at!: number;
  @InstantColumn() ends_at!: number;
  @NullableInstantColumn() due_at!: number | null;
  /** The day by which something is owed under it, the first of them. */
  @NullableCodeColumn(10) duty_by!: string | null;
  @NullableInstantColumn() conditions_until!: number | null;
  @CanonicalJsonColumn() items!: readonly string[];
  @CanonicalJsonColumn() members!: readonly string[];
  @NullableCodeColumn(64) agreement_template!: string | null;
  @NullableIntColumn() agreement_version!: number | null;
  /** The application that renews or amends it, under way or concluded. */
  @NullableCodeColumn(26) succession!: string | null;
  @CanonicalJsonColumn() premises!: Grant;
}

export const grantTable = new Table<GrantRow>('grant', GrantRow);
