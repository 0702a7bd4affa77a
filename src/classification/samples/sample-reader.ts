import { fileURLToPath } from 'node:url';
import type { Pack } from '../domain/pack.js';
import type { Report } from '../files/report.js';
import { type OwnReader, readerIn } from './own-process.js';

/** What the reading process is told. */
export interface ReadingTask {
  readonly path: string;
  readonly pack: Pack;
  /** False when the first line of the table is data already. */
  readonly header: boolean;
  /** Columns that help to single people out, beside those the engine recognises. */
  readonly quasiIdentifiers: readonly string[];
}

/** Reads a file of unknown content and says what its columns hold. */
export type SampleReader = OwnReader<ReadingTask, Report>;

export const readInProcess: SampleReader = readerIn(fileURLToPath(new URL('./sample-process.js', import.meta.url)));
