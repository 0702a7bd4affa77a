import { Entity } from 'typeorm';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  NullableInstantColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { Evidence } from '../domain/evidence.js';

/** Evidence of an organisation: `body` is the fold of its events; the other columns repeat what lists and time ask for. */
@Entity('evidence')
export class EvidenceRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) organisation!: string;
  @CodeColumn(64) kind!: string;
  @CodeColumn(16) state!: string;
  @InstantColumn() filed_at!: number;
  @NullableInstantColumn() due_at!: number | null;
  @JsonColumn() body!: Evidence;
}

export const evidenceTable = new Table<EvidenceRow>('evidence', EvidenceRow);
