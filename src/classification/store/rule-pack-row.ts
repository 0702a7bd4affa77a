import { Entity } from 'typeorm';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  NullableCodeColumn,
  NullableInstantColumn,
  Table,
  TextColumn,
  VersionColumn,
} from '../../persistence/index.js';
import type { ReleaseState } from '../domain/pack-release.js';
import type { PackContent } from '../packs/content.js';

/** A version of a rule pack that people wrote here; what is published of them is law. */
@Entity('rule_packs')
export class RulePackRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn() pack!: string;
  /** The version of the pack it is, or would become. */
  @IntColumn() number!: number;
  @CodeColumn(16) state!: ReleaseState;
  /** `<pack>/<number>` once published, null before; unique. */
  @NullableCodeColumn(96) published_key!: string | null;
  @CodeColumn() based_on!: string;
  @CodeColumn() hash!: string;
  @JsonColumn() content!: PackContent;
  @TextColumn() reason!: string;
  @CodeColumn(26) author!: string;
  @NullableCodeColumn(26) proposed_by!: string | null;
  @NullableCodeColumn(26) published_by!: string | null;
  /** Given on publication, see `packs/seal.ts`. */
  @NullableCodeColumn() seal!: string | null;
  @InstantColumn() created_at!: number;
  @NullableInstantColumn() proposed_at!: number | null;
  @NullableInstantColumn() published_at!: number | null;
}

export const rulePackTable = new Table<RulePackRow>('rule-pack', RulePackRow);
