import type { CodeMap, ReadOutcome } from '../domain/source-record.js';

/** Takes a file apart while its bytes come; throws BrokenFile at the first fault of the file itself. */
export interface EntryReader {
  write(chunk: Uint8Array): readonly unknown[];
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
