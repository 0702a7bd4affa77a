import type { Reader, Transaction } from '../persistence/index.js';
import type { AssessmentState } from './domain/assessment.js';
import type { AssessmentRow } from './store/assessment-row.js';

export type { AssessmentRow, Decision, Evidence, Proposed } from './store/assessment-row.js';

/** Which assessments a list asks for. `publisher`: only those of this body's datasets. */
export interface AssessmentFilter {
  readonly state?: AssessmentState;
  readonly group?: string;
  readonly dataset?: string;
  readonly publisher?: string;
}

/** Records with the same rules and verdict: those of them that wait may be confirmed by one act. `sample` is the newest. */
export interface AssessmentGroup {
  readonly group: string;
  readonly count: number;
  readonly sample: string;
}

/** Where assessments are kept. */
export interface AssessmentStore {
  find(reader: Reader, id: string): Promise<AssessmentRow | null>;
  findMany(reader: Reader, ids: readonly string[]): Promise<AssessmentRow[]>;
  /** The assessments that explain the tiers of these datasets. */
  current(reader: Reader, datasets: readonly string[]): Promise<AssessmentRow[]>;
  /** Assessments of these datasets that wait for an officer. */
  open(reader: Reader, datasets: readonly string[]): Promise<AssessmentRow[]>;
  openOfGroup(reader: Reader, group: string, limit: number): Promise<AssessmentRow[]>;
  list(
    reader: Reader,
    filter: AssessmentFilter,
    page: { offset: number; limit: number },
  ): Promise<{ rows: AssessmentRow[]; total: number }>;
  groups(reader: Reader, filter: AssessmentFilter, limit: number): Promise<AssessmentGroup[]>;
  /** Assessments that explain the tiers in force, in order of dataset; of one body where it is named. */
  scanCurrent(reader: Reader, publisher: string | undefined, after: string, limit: number): Promise<AssessmentRow[]>;
  insert(tx: Transaction, rows: readonly AssessmentRow[]): Promise<void>;
  update(tx: Transaction, row: AssessmentRow): Promise<AssessmentRow>;
  /** Makes the same change to each of these, as they were read. */
  change(tx: Transaction, rows: readonly AssessmentRow[], change: Partial<AssessmentRow>): Promise<void>;
}
