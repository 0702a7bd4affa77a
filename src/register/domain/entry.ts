import type { Field } from '../../kernel/fields.js';
import type { Id } from '../../kernel/ids.js';
import type { OrganisationKind } from '../../kernel/principal.js';
import type { Purpose } from '../../kernel/purpose.js';
import type { Tier } from '../../kernel/tier.js';
import type { Matter, MatterGrant, MatterOutcome, StepDays } from './matter.js';
import type { Day } from '../../kernel/time.js';
import { lastDayOf, type Quarter, quarterOf, quartersBetween } from './quarter.js';

/** What could tell who applied; `null` where it is not told. */
export interface Traits {
  readonly dataset: Id | null;
  readonly tier: Tier | null;
  readonly holder: Id | null;
  readonly field: Field | null;
  readonly purpose: Purpose | null;
  readonly applicantKind: OrganisationKind | null;
}

/** What happened, as it stood at the end of the quarter it is told at. */
export interface Happened {
  readonly outcome: MatterOutcome;
  readonly reasons: readonly string[];
  readonly days: number | null;
  readonly limit: number | null;
  readonly inTime: boolean;
  readonly steps: StepDays;
  readonly appeal: 'asked' | 'upheld' | 'reopened' | null;
  readonly use: {
    readonly granted: boolean;
    readonly reports: number;
    readonly products: number;
    readonly named: readonly string[];
  };
}

/** One line of the register, or of what officers count. */
export interface Entry extends Traits, Happened {
  readonly quarter: Quarter;
}

/** An entry before anything of it is hidden; it still knows who applied. */
export interface Told extends Entry {
  readonly applicant: Id;
}

export interface MatterWithGrant {
  readonly matter: Matter;
  readonly grant: MatterGrant | null;
}

const NOT_USED = { granted: false, reports: 0, products: 0, named: [] } as const;

const useUpTo = (grant: MatterGrant | null, day: string): Happened['use'] => {
  if (grant === null || grant.begunOn > day) return NOT_USED;
  const uses = grant.uses.filter(({ on }) => on <= day);
  return {
    granted: true,
    reports: uses.length,
    products: uses.reduce((sum, { products }) => sum + products, 0),
    named: uses.flatMap(({ named }) => named),
  };
};

function appealUpTo({ appeal }: Matter, day: string): Happened['appeal'] {
  if (appeal === null || appeal.askedOn > day) return null;
  return appeal.decidedOn !== null && appeal.decidedOn <= day ? appeal.outcome : 'asked';
}

/** A line of a quarter on this matter; member by member, as `publication.ts` has it. */
const lineOf = (matter: Matter, quarter: Quarter, happened: Happened): Told => ({
  applicant: matter.applicant,
  quarter,
  dataset: matter.dataset,
  tier: matter.tier,
  holder: matter.holder,
  field: matter.field,
  purpose: matter.purpose,
  applicantKind: matter.applicantKind,
  outcome: happened.outcome,
  reasons: happened.reasons,
  days: happened.days,
  limit: happened.limit,
  inTime: happened.inTime,
  steps: happened.steps,
  appeal: happened.appeal,
  use: happened.use,
});

function ruled({ matter, grant }: MatterWithGrant, day: Day): Told[] {
  const { ruling, ruledOn } = matter;
  if (ruling === null || ruledOn === null || ruledOn > day) return [];
  return [
    lineOf(matter, quarterOf(ruledOn), {
      outcome: ruling,
      reasons: matter.reasons,
      days: matter.days,
      limit: matter.limit,
      inTime: !matter.late,
      steps: matter.steps,
      appeal: appealUpTo(matter, day),
      use: useUpTo(grant, day),
    }),
  ];
}

const NO_STEPS: StepDays = { acceptance: null, holder: null, authority: null };

/** One line for each quarter at whose end it was overdue and open: whoever never rules is late every time. */
function undecided({ matter }: MatterWithGrant, upTo: Quarter): Told[] {
  const { overdueOn, endedOn, limit } = matter;
  if (overdueOn === null) return [];
  return quartersBetween(quarterOf(overdueOn), upTo)
    .filter((quarter) => endedOn === null || endedOn > lastDayOf(quarter))
    .map((quarter) =>
      lineOf(matter, quarter, {
        outcome: 'undecided',
        reasons: [],
        days: null,
        limit,
        inTime: false,
        steps: NO_STEPS,
        appeal: null,
        use: NOT_USED,
      }),
    );
}

/** What is told of the matters when this quarter is the newest that counts: the same for ever once it is over. */
export function toldUpTo(matters: readonly MatterWithGrant[], upTo: Quarter): Told[] {
  const day = lastDayOf(upTo);
  return matters.flatMap((one) => [...ruled(one, day), ...undecided(one, upTo)]);
}
