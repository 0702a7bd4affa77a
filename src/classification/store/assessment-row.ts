import { Entity } from 'typeorm';
import type { Tier } from '../../kernel/tier.js';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  NullableCodeColumn,
  NullableInstantColumn,
  NullableJsonColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { AssessmentState } from '../domain/assessment.js';
import type { BroughtBy } from '../domain/evidence-carriers.js';
import type { Content } from '../domain/content.js';
import type { Facts } from '../domain/facts.js';
import type { Verdict } from '../domain/verdict.js';

/** What people submitted beside the catalogue's own facts; kept over re-assessments until replaced. */
export type Evidence = Pick<Facts, 'findings' | 'deidentification' | 'consent' | 'importance' | 'securityLevel'> & {
  /** The file that the findings are about. */
  readonly content?: Content;
  /** Who brought each part of it. */
  readonly broughtBy?: BroughtBy;
};

export interface Proposed {
  readonly by: string;
  readonly reason: string | null;
  readonly legalBasis: string | null;
  /** What the proposer says it rests on. */
  readonly evidence?: string;
  /** The upheld objection it comes of, and who objected. */
  readonly objection?: { readonly id: string; readonly by: string };
}

/** A person's decision, with the grounds they had before them. */
export interface Decision {
  readonly by: string;
  readonly tier: Tier | null;
  readonly reason: string | null;
  readonly legalBasis: string | null;
  readonly evidence: string | null;
  readonly grounds: readonly string[];
  readonly declared: Tier | null;
  /** The assessment it was made on, where a later run carries it on. */
  readonly madeOn: string;
}

/** One run of the engine over the facts of one dataset, and what people made of it. */
@Entity('assessments')
export class AssessmentRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) dataset!: string;
  @CodeColumn(26) publisher!: string;
  @CodeColumn(16) state!: AssessmentState;
  /** The dataset's id on the one assessment that explains its tier, null on all others; unique. */
  @NullableCodeColumn(26) current_key!: string | null;
  /** The dataset's id on the one assessment that waits for an officer, null on all others; unique. */
  @NullableCodeColumn(26) open_key!: string | null;
  @CodeColumn() pack!: string;
  @IntColumn() pack_version!: number;
  @CodeColumn() pack_hash!: string;
  /** The tier that took effect with this run. */
  @CodeColumn(16) tier!: Tier;
  @NullableCodeColumn(16) proposed_tier!: Tier | null;
  @CodeColumn() group_key!: string;
  @CodeColumn() replay_hash!: string;
  @JsonColumn() facts!: Facts;
  @NullableJsonColumn() evidence!: Evidence | null;
  @JsonColumn() verdict!: Verdict;
  @JsonColumn() proposal!: Proposed;
  @NullableJsonColumn() decision!: Decision | null;
  @InstantColumn() created_at!: number;
  @NullableInstantColumn() decided_at!: number | null;
}

export const assessmentTable = new Table<AssessmentRow>('assessment', AssessmentRow);
