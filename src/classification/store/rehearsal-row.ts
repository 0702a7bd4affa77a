import { Entity, PrimaryColumn } from 'typeorm';
import { CodeColumn, IdColumn, InstantColumn, JsonColumn, Table, VersionColumn } from '../../persistence/index.js';
import type { RehearsalCounts } from '../domain/rehearsal.js';

export const REHEARSAL_STATES = ['running', 'done', 'cancelled', 'failed'] as const;
export type RehearsalState = (typeof REHEARSAL_STATES)[number];

/** A changed pack run over the catalogue and over what was decided, without writing to either. */
@Entity('rehearsals')
export class RehearsalRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) draft!: string;
  @CodeColumn() pack!: string;
  /** Hash of the content that was rehearsed, and of the version in force it was compared with. */
  @CodeColumn() hash!: string;
  @CodeColumn() against!: string;
  @CodeColumn(16) state!: RehearsalState;
  @CodeColumn(26) started_by!: string;
  @JsonColumn() counts!: RehearsalCounts;
  @InstantColumn() created_at!: number;
  @InstantColumn() heartbeat_at!: number;
}

/** One thing that would differ; for people, so outside the log. */
@Entity('rehearsal_changes')
export class RehearsalChangeRow {
  @PrimaryColumn({ type: 'varchar', length: 26 }) rehearsal!: string;
  @PrimaryColumn({ type: 'varchar', length: 16 }) kind!: string;
  @PrimaryColumn({ type: 'bigint' }) seq!: number;
  @CodeColumn(26) subject!: string;
  @JsonColumn() data!: Readonly<Record<string, unknown>>;
}

export const rehearsalTable = new Table<RehearsalRow>('rehearsal', RehearsalRow);
