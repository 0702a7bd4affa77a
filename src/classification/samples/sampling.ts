import type { FusionReader } from '../fusion/fusion-reader.js';
import type { SampleReader } from './sample-reader.js';

/** Where uploaded samples lie while they are read, and how long that may take. */
export interface Sampling {
  readonly spool: string;
  /** Milliseconds for one file. */
  readonly budget: number;
  /** True where no other instance can work on the same database. */
  readonly alone: boolean;
  readonly onFault: (error: unknown) => void;
  /** Default: a process of its own for each file. */
  readonly read?: SampleReader;
  /** Default: a process of its own for each comparison. */
  readonly fuse?: FusionReader;
}
