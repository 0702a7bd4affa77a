import type { Id } from '../../kernel/ids.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { ImportIssue, ImportRun } from './import-run.js';

export interface CatalogueSource {
  readonly id: Id;
  readonly code: string;
  readonly format: string;
  readonly profile: string;
}

/** Imports, their issues and the sources they come from. */
export interface ImportStore {
  find(reader: Reader, id: Id): Promise<ImportRun | null>;
  /** Runs that have not ended. */
  open(reader: Reader): Promise<readonly ImportRun[]>;
  isRunning(reader: Reader, source: string): Promise<boolean>;
  insert(tx: Transaction, run: ImportRun): Promise<void>;
  update(tx: Transaction, run: ImportRun): Promise<ImportRun>;
  /** Adds issues after the `before` ones already there. */
  addIssues(tx: Transaction, id: Id, before: number, issues: readonly ImportIssue[]): Promise<void>;
  issues(reader: Reader, id: Id, limit: number): Promise<readonly ImportIssue[]>;
  sourceByCode(reader: Reader, code: string): Promise<CatalogueSource | null>;
  insertSource(tx: Transaction, source: CatalogueSource): Promise<void>;
}
