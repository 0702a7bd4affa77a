import fc from 'fast-check';
import type { Told } from '../../../src/register/domain/entry.js';
import type { Matter } from '../../../src/register/domain/matter.js';
import { PURPOSES } from '../../../src/kernel/purpose.js';

/** Three holders with four datasets each; each holder works in one field. */
export const FIELD_OF = { h0: 'transport', h1: 'health', h2: 'transport' } as const;
const PLACES = (['h0', 'h1', 'h2'] as const).flatMap((holder) =>
  [0, 1, 2, 3].map((number) => ({ holder, dataset: `${holder}d${number}`, field: FIELD_OF[holder] })),
);

export const entryOf = (more: Partial<Told> = {}): Told => ({
  applicant: 'a0',
  quarter: '2026-Q2',
  dataset: 'h0d0',
  tier: 'conditional',
  holder: 'h0',
  field: 'transport',
  purpose: 'research',
  applicantKind: 'enterprise',
  outcome: 'approved',
  reasons: [],
  days: 8,
  limit: 15,
  inTime: true,
  steps: { acceptance: 1, holder: 3, authority: 4 },
  appeal: null,
  use: { granted: true, reports: 0, products: 0, named: [] },
  ...more,
});

const happened = fc.record({
  outcome: fc.constantFrom('approved', 'approved-in-part', 'refused', 'undecided'),
  days: fc.integer({ min: 0, max: 40 }),
  inTime: fc.boolean(),
});

/** Some rulings on up to fourteen applicants, many of them alone with what they asked for. */
export const told: fc.Arbitrary<Told> = fc
  .tuple(
    fc.constantFrom(...PLACES),
    fc.integer({ min: 0, max: 13 }),
    fc.constantFrom('2026-Q1', '2026-Q2', '2026-Q3'),
    fc.constantFrom(...PURPOSES.slice(0, 3)),
    fc.constantFrom('enterprise' as const, 'unincorporated' as const, 'person' as const),
    happened,
  )
  .map(([place, applicant, quarter, purpose, applicantKind, what]) =>
    entryOf({
      ...place,
      applicant: `a${applicant}`,
      quarter,
      purpose,
      applicantKind,
      ...(what.outcome === 'undecided'
        ? { outcome: 'undecided', days: null, inTime: false }
        : { outcome: what.outcome as 'approved', days: what.days, inTime: what.inTime }),
    }),
  );
export const worlds = fc.array(told, { maxLength: 120 });

export const matterOf = (more: Partial<Matter> = {}): Matter => ({
  application: 'case',
  dataset: 'h0d0',
  round: 1,
  applicant: 'a0',
  applicantKind: 'enterprise',
  holder: 'h0',
  field: 'transport',
  tier: 'conditional',
  purpose: 'research',
  submittedOn: '2026-04-01',
  ruledOn: '2026-04-13',
  endedOn: '2026-04-13',
  overdueOn: null,
  ruling: 'approved',
  reasons: [],
  steps: { acceptance: 1, holder: 3, authority: 4 },
  days: 8,
  limit: 15,
  late: false,
  appeal: null,
  ...more,
});
