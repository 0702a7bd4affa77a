import { Entity, PrimaryColumn } from 'typeorm';
import {
  CodeColumn,
  FlagColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  NullableCodeColumn,
  NullableIntColumn,
  NullableJsonColumn,
} from '../../persistence/index.js';
import type { CatalogueCounts } from '../domain/catalogue-counts.js';
import type { MatterProceeding, Use } from '../domain/matter.js';

const Key = () => PrimaryColumn({ type: 'varchar', length: 26 });

/** One dataset of one application in one round. */
@Entity('register_matters')
export class MatterRow {
  @Key() application!: string;
  @Key() dataset!: string;
  @PrimaryColumn({ type: 'bigint', transformer: { to: (value: number) => value, from: Number } }) round!: number;
  /** Between bodies; null where data is opened. */
  @NullableCodeColumn(16) kind!: 'sharing' | null;
  @CodeColumn(26) applicant!: string;
  @CodeColumn(16) applicant_kind!: string;
  @CodeColumn(26) holder!: string;
  @NullableCodeColumn(32) field!: string | null;
  @NullableCodeColumn(16) tier!: string | null;
  @CodeColumn(32) purpose!: string;
  @CodeColumn(10) submitted_on!: string;
  @NullableCodeColumn(10) ruled_on!: string | null;
  @NullableCodeColumn(10) ended_on!: string | null;
  @NullableCodeColumn(10) overdue_on!: string | null;
  @NullableCodeColumn(32) ruling!: string | null;
  @JsonColumn() reasons!: readonly string[];
  @NullableIntColumn() step_acceptance!: number | null;
  @NullableIntColumn() step_holder!: number | null;
  @NullableIntColumn() step_authority!: number | null;
  @NullableIntColumn() days!: number | null;
  @NullableIntColumn() day_limit!: number | null;
  @FlagColumn() late!: boolean;
  @NullableCodeColumn(26) advised_by!: string | null;
  @NullableCodeColumn(32) advice!: string | null;
  @NullableCodeColumn(26) ruled_by!: string | null;
  @NullableCodeColumn(10) appealed_on!: string | null;
  @NullableCodeColumn(16) appeal_outcome!: string | null;
  @NullableCodeColumn(10) appeal_decided_on!: string | null;
  /** Null where none is on record. */
  @NullableJsonColumn() proceedings!: readonly MatterProceeding[] | null;
}

/** The grant that followed, with the use reported of it. */
@Entity('register_grants')
export class MatterGrantRow {
  @Key() grant_id!: string;
  @CodeColumn(26) application!: string;
  @CodeColumn(26) dataset!: string;
  @CodeColumn(10) begun_on!: string;
  @JsonColumn() uses!: readonly Use[];
}

@Entity('register_cursor')
export class RegisterCursorRow {
  @PrimaryColumn({ type: 'bigint', transformer: { to: (value: number) => value, from: Number } }) id!: number;
  @IntColumn() position!: number;
  @InstantColumn() complete_until!: number;
}

@Entity('register_catalogue')
export class CatalogueCountsRow {
  @PrimaryColumn({ type: 'varchar', length: 8 }) quarter!: string;
  @CodeColumn(10) counted_on!: string;
  @JsonColumn() counts!: CatalogueCounts;
}
