import type { Actor } from '../kernel/principal.js';

/** What happened, told by a command; it becomes one entry of the log in the command's own transaction. */
export interface NewEntry {
  /** Past tense: `application.submitted`. */
  readonly event: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly actor: Actor;
  readonly data: Readonly<Record<string, unknown>>;
  /** Values about persons: the log keeps a salted commitment, the value lives in a side table that can be erased. */
  readonly personal?: Readonly<Record<string, string>>;
}

/** A row left behind by a command, named by the hash of its content; `null` when the row was removed. */
export interface RowMark {
  readonly kind: string;
  readonly id: string;
  readonly hash: string | null;
}

export interface RecordedEntry extends NewEntry {
  readonly rows: readonly RowMark[];
}
