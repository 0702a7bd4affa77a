import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';

export const IMPORT_STATES = ['queued', 'running', 'done', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What an import has done so far. `read` counts every entry of the file, the rest say what became of them. */
export interface ImportCounts {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly withdrawn: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly issues: number;
  readonly open: number;
  readonly conditional: number;
  readonly restricted: number;
}
export const NO_COUNTS: ImportCounts = {
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  withdrawn: 0,
  rejected: 0,
  duplicates: 0,
  issues: 0,
  open: 0,
  conditional: 0,
  restricted: 0,
};

/** Why an import could not go on. `offset` is the byte of the file. */
export interface ImportFailure {
  readonly code: string;
  readonly detail: string;
  readonly offset: number | null;
}

/** One run of an importer over one file. */
export interface ImportRun {
  readonly id: Id;
  readonly version: number;
  readonly source: string;
  readonly format: string;
  readonly profile: string;
  readonly state: ImportState;
  readonly startedBy: Id;
  readonly counts: ImportCounts;
  readonly failure: ImportFailure | null;
  readonly createdAt: Instant;
  readonly heartbeatAt: Instant;
}

/** Something told about one record: under the publisher's identifier, or `row <n>` where there is none to tell. */
export interface ImportIssue {
  readonly identifier: string;
  readonly code: string;
  readonly detail: string;
}
