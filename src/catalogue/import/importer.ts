import type { CodeMap, ReadIssue, ReadOutcome } from '../domain/source-record.js';

/** One entry of a file. */
export interface RawEntry {
  readonly value: unknown;
  /** True where some key is named twice: which of the two holds nobody can say. */
  readonly repeatsKey: boolean;
  /** Why nothing could be read of it, whose identifier is then unknown, too; its value is null. */
  readonly unreadable?: ReadIssue;
}

/** Takes a file apart while its bytes come; throws BrokenFile at the first fault that is not one entry's alone. */
export interface EntryReader {
  write(chunk: Uint8Array): readonly RawEntry[];
  end(): void;
}

/** One format of foreign catalogues. A new one is a file like `data-json-importer.ts` and a line in `importers.ts`. */
export interface Importer {
  readonly format: string;
  /** Declared code maps; the first is taken where the caller names none. */
  readonly profiles: readonly CodeMap[];
  /** Raised whenever reading gives another record for the same entry, so that re-import reads everything anew. */
  readonly revision: number;
  open(): EntryReader;
  read(entry: unknown, map: CodeMap): ReadOutcome;
}
