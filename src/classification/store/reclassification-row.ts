import { Entity } from 'typeorm';
import type { Tier } from '../../kernel/tier.js';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  NullableCodeColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { GrantFate } from '../domain/pack.js';
import type { Impact } from '../domain/impact.js';

/** A change of tier that happened, with everything it touched; written once, never changed. */
@Entity('reclassifications')
export class ReclassificationRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) dataset!: string;
  @CodeColumn(26) publisher!: string;
  @CodeColumn(16) from_tier!: Tier;
  @CodeColumn(16) to_tier!: Tier;
  /** The assessment that explains the new tier, where the change came of one. */
  @NullableCodeColumn(26) assessment!: string | null;
  /** Who changed it: a person, or `system`. */
  @CodeColumn() actor!: string;
  @CodeColumn() pack!: string;
  @IntColumn() pack_version!: number;
  /** What the pack did to live grants; null where the change was no raise. */
  @NullableCodeColumn(16) fate!: GrantFate | null;
  @JsonColumn() impact!: Impact;
  @InstantColumn() at!: number;
}

export const reclassificationTable = new Table<ReclassificationRow>('reclassification', ReclassificationRow);
