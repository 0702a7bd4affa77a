import type { Field } from '../../kernel/fields.js';
import type { Id } from '../../kernel/ids.js';
import type { OrganisationKind } from '../../kernel/principal.js';
import { overturnedBy, type ProceedingKind, type ProceedingOutcome } from '../../kernel/proceeding.js';
import type { Purpose } from '../../kernel/purpose.js';
import { type Ruling, RULINGS } from '../../kernel/ruling.js';
import type { Tier } from '../../kernel/tier.js';
import type { Day } from '../../kernel/time.js';

/** `undecided`: past its due day at the end of the quarter, and nobody had ruled. */
export const OUTCOMES = [...RULINGS, 'undecided'] as const;
export type MatterOutcome = (typeof OUTCOMES)[number];

export const STEPS = ['acceptance', 'holder', 'authority'] as const;
export type Step = (typeof STEPS)[number];

/** Working days that counted, by the day ledger: a pause does not. `null` where the step was not taken. */
export type StepDays = Readonly<Record<Step, number | null>>;

export interface Appeal {
  readonly askedOn: Day;
  readonly outcome: 'upheld' | 'reopened' | null;
  readonly decidedOn: Day | null;
}

/** Reconsideration or litigation about the ruling of a round: the days on which it went on record, not those of its own. */
export interface MatterProceeding {
  readonly kind: ProceedingKind;
  readonly recordedOn: Day;
  readonly outcome: ProceedingOutcome | null;
  readonly endedOn: Day | null;
}

/** What was reported of the use of the data on one day; `named` are products whose names may be published. */
export interface Use {
  readonly on: Day;
  readonly products: number;
  readonly named: readonly string[];
}

/** The grant that followed from an approval. */
export interface MatterGrant {
  readonly grant: Id;
  readonly begunOn: Day;
  readonly uses: readonly Use[];
}

/**
 * One dataset of one application in one round: a refusal that is reopened begins another. What is counted, what is
 * published. It is computed from the events of the case, and names its applicant: it never leaves as it is.
 */
export interface Matter {
  readonly application: Id;
  /** Between bodies: it is compared with its like, and is in no register. */
  readonly kind?: 'sharing';
  readonly dataset: Id;
  readonly round: number;
  readonly applicant: Id;
  readonly applicantKind: OrganisationKind;
  readonly holder: Id;
  readonly field: Field | null;
  readonly tier: Tier | null;
  readonly purpose: Purpose;
  readonly submittedOn: Day;
  readonly ruledOn: Day | null;
  /** Ruled on, withdrawn, abandoned or closed. */
  readonly endedOn: Day | null;
  /** The day on which it was told that a due day of the body had passed. */
  readonly overdueOn: Day | null;
  readonly ruling: Ruling | null;
  readonly reasons: readonly string[];
  readonly steps: StepDays;
  /** Working days of acceptance and decision together, and how many there may be, extensions included. */
  readonly days: number | null;
  readonly limit: number | null;
  readonly late: boolean;
  readonly appeal: Appeal | null;
  /** Absent where none is on record. */
  readonly proceedings?: readonly MatterProceeding[];
  /** Who judged it; absent where nobody has ruled yet. Told to officers only. */
  readonly judges?: Judges;
}

/** Whether the ruling still stands after its review and after what was filed against it elsewhere. */
export function stands({ appeal, proceedings = [] }: Matter): boolean {
  if (appeal?.outcome === 'reopened') return false;
  const ends = proceedings.flatMap(({ outcome, endedOn }) =>
    outcome === null || endedOn === null ? [] : [{ outcome, on: endedOn }],
  );
  return overturnedBy(ends) === null;
}

/** The reviewer with what they advised, where one did, and who ruled: a person, or nobody where nobody had to. */
export interface Judges {
  readonly advised: { readonly by: Id; readonly ruling: Ruling } | null;
  readonly ruledBy: Id | null;
}
