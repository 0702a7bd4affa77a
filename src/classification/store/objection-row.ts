import { Entity } from 'typeorm';
import type { Tier } from '../../kernel/tier.js';
import {
  CodeColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  NullableCodeColumn,
  NullableInstantColumn,
  NullableJsonColumn,
  NullableTextColumn,
  Table,
  TextColumn,
  VersionColumn,
} from '../../persistence/index.js';
import type { ClaimedRight, ObjectionState, Standing } from '../domain/objection.js';

/** How an objection ended, and by whom. `assessment`: the proposal that came of it. */
export interface ObjectionDecision {
  readonly by: string;
  readonly reason: string | null;
  readonly legalBasis: string | null;
  readonly tier: Tier | null;
  readonly assessment: string | null;
}

/** What somebody says against the tier of a dataset. */
@Entity('objections')
export class ObjectionRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) dataset!: string;
  @CodeColumn(26) publisher!: string;
  @CodeColumn(16) state!: ObjectionState;
  /** Dataset and organisation while it is open, null afterwards; unique. */
  @NullableCodeColumn() open_key!: string | null;
  @CodeColumn(26) objector!: string;
  @CodeColumn(26) organisation!: string;
  /** The organisation stands for one natural person: who they are is not for the publisher. */
  @FlagColumn() natural_person!: boolean;
  @CodeColumn(16) standing!: Standing;
  @NullableCodeColumn(32) claimed_right!: ClaimedRight | null;
  /** The tier objected to. */
  @CodeColumn(16) in_force_tier!: Tier;
  @CodeColumn(16) wanted_tier!: Tier;
  @TextColumn() reason!: string;
  @NullableTextColumn() legal_basis!: string | null;
  @NullableTextColumn() evidence!: string | null;
  @NullableJsonColumn() decision!: ObjectionDecision | null;
  @InstantColumn() filed_at!: number;
  @NullableInstantColumn() ended_at!: number | null;
}

export const objectionTable = new Table<ObjectionRow>('objection', ObjectionRow);
