import { Column, Entity, PrimaryColumn } from 'typeorm';
import {
  CodeColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  NullableCodeColumn,
  NullableTextColumn,
} from '../../persistence/index.js';
import type { Actor } from '../../kernel/principal.js';

const position = { to: (value: number) => value, from: (value: string | number) => Number(value) };

@Entity('log')
export class LogRecord {
  @PrimaryColumn({ type: 'bigint', transformer: position }) position!: number;
  @InstantColumn() at!: number;
  @CodeColumn() event!: string;
  @Column({ type: 'varchar', name: 'subject_kind' }) subjectKind!: string;
  @Column({ type: 'varchar', name: 'subject_id' }) subjectId!: string;
  @JsonColumn() actor!: Actor;
  @JsonColumn() data!: Record<string, unknown>;
  @JsonColumn() commitments!: Record<string, string>;
  @CodeColumn() leaf!: string;
}

@Entity('log_row')
export class LogRowRecord {
  @PrimaryColumn({ type: 'varchar' }) kind!: string;
  @PrimaryColumn({ type: 'varchar', name: 'row_id' }) rowId!: string;
  @PrimaryColumn({ type: 'bigint', transformer: position }) position!: number;
  @NullableCodeColumn() hash!: string | null;
}

@Entity('log_personal')
export class LogPersonalRecord {
  @PrimaryColumn({ type: 'bigint', transformer: position }) position!: number;
  @PrimaryColumn({ type: 'varchar' }) name!: string;
  @CodeColumn() salt!: string;
  @NullableTextColumn() value!: string | null;
}

@Entity('log_head')
export class LogHeadRecord {
  @PrimaryColumn({ type: 'bigint', transformer: position }) id!: number;
  @IntColumn() position!: number;
}

export const logEntities = [LogRecord, LogRowRecord, LogPersonalRecord, LogHeadRecord];
