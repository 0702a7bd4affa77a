import type { Id } from '../../kernel/ids.js';
import type { Text } from '../../kernel/text.js';
import type { Instant } from '../../kernel/time.js';

/** `done`: the assessment of the same id holds what was found. All but `running` are final. */
export const SAMPLE_STATES = ['running', 'done', 'not-assessed', 'cancelled'] as const;
export type SampleState = (typeof SAMPLE_STATES)[number];

/** Why a file gave no assessment: a code of the reader's, or one of the run's own; never text of the file. */
export interface SampleFailure {
  readonly code: string;
  readonly detail: string;
  /** What to do, where the reader said it of this file. */
  readonly remedy?: Text;
}

/** A file somebody sent for one dataset, while it is worked on and after. The file itself is gone once it has ended. */
export interface Sample {
  readonly id: Id;
  readonly version: number;
  readonly dataset: Id;
  readonly publisher: Id;
  readonly state: SampleState;
  readonly bytes: number;
  /** The machine and the process that work on it. */
  readonly host: string;
  readonly processId: number;
  readonly submittedBy: Id;
  readonly failure: SampleFailure | null;
  readonly createdAt: Instant;
  /** Whoever works on it has ended by then. */
  readonly deadlineAt: Instant;
  readonly endedAt: Instant | null;
}

/** Work on files that a process of some machine does. */
export type Worked = Pick<Sample, 'state' | 'host' | 'deadlineAt'>;

/** Who is alive, as the process sees that asks. */
export interface Here<Work extends Worked = Sample> {
  readonly host: string;
  readonly now: Instant;
  /** Whether this process of this machine lives, and if it is our own, whether it works on it. */
  readonly worksOn: (work: Work) => boolean;
}

/** Work that nobody does any more: its process is gone, or its time has passed. */
export const isAbandoned = <Work extends Worked>(work: Work, { host, now, worksOn }: Here<Work>): boolean =>
  work.state === 'running' && (now > work.deadlineAt || (work.host === host && !worksOn(work)));

/** The work as it ended. */
export const ended = <Work extends Pick<Sample, 'state' | 'failure' | 'endedAt'>>(
  work: Work,
  state: Exclude<SampleState, 'running'>,
  at: Instant,
  failure: SampleFailure | null = null,
): Work => ({ ...work, state, failure, endedAt: at });
