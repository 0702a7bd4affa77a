import { fileURLToPath } from 'node:url';
import type { FusedPair } from '../files/fuse-files.js';
import { type OwnReader, readerIn } from '../samples/own-process.js';

/** What the process that joins files is told. `mark`: the secrecy marks that forbid reading on, as a pattern. */
export interface FusionTask {
  readonly paths: readonly string[];
  readonly mark: string | null;
}

/** Each two of the files, by their places from 1; or which of them could not be read, and why. */
export type FusionReport =
  | { readonly kind: 'fused'; readonly pairs: readonly FusedPair[] }
  | { readonly kind: 'refused'; readonly file: number; readonly code: string; readonly detail: string };

/** Joins files of unknown content and counts. */
export type FusionReader = OwnReader<FusionTask, FusionReport>;

export const fuseInProcess: FusionReader = readerIn(fileURLToPath(new URL('./fusion-process.js', import.meta.url)));
