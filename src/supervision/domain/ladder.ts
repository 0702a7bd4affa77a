import type { OrganisationKind } from '../../kernel/principal.js';
import type { Text } from '../../kernel/text.js';
import { addMonths, dayOf, type Instant, startOfDay } from '../../kernel/time.js';

/** What a user of data may do wrong (Order 21 of 2019 art. 30; Shanghai Data Regulations arts. 39, 40). */
export const VIOLATION_KINDS = [
  'platform-rules',
  'unlawful-acquisition',
  'infringement',
  'beyond-scenario',
  'transfer-to-third-party',
  're-identification',
  'missed-report',
  'lapsed-proof',
] as const;
export type ViolationKind = (typeof VIOLATION_KINDS)[number];

/** The ladder of measures, the mildest first. */
export const STEPS = ['notice', 'warning', 'limit', 'suspend', 'revoke', 'restrict'] as const;
export type Step = (typeof STEPS)[number];
/** Those that act on grants. */
export const ON_GRANTS: readonly Step[] = ['limit', 'suspend', 'revoke'];

/** The mildest and the hardest measure. */
export type Range = readonly [lowest: Step, highest: Step];

/** `policies/ladder.yaml`: which measures may follow which violation. */
export interface Ladder {
  readonly ladder: string;
  readonly version: number;
  readonly verified: boolean;
  /** Working days in which the organisation is heard. */
  readonly hearing: number;
  readonly cure: { readonly most: number; readonly uncured: Extract<Step, 'suspend' | 'revoke'> };
  /** Months in which an upheld violation of the same kind counts. */
  readonly repetition: number;
  /** Months a restriction of use lasts at most. */
  readonly restriction: number;
  /** Applicants against whom nothing is done by machine alone. */
  readonly byPeopleOnly: readonly OrganisationKind[];
  readonly kinds: Readonly<
    Record<ViolationKind, { readonly text: Text; readonly atOnce: boolean; readonly measures: readonly Range[] }>
  >;
}

export const rankOf = (step: Step): number => STEPS.indexOf(step);

/** The measures possible for a kind after so many upheld violations of it. */
export function rangeFor({ kinds }: Ladder, kind: ViolationKind, earlier: number): Range {
  const { measures } = kinds[kind];
  return measures[Math.min(earlier, measures.length - 1)] as Range;
}

export const isWithin = ([lowest, highest]: Range, step: Step): boolean =>
  rankOf(lowest) <= rankOf(step) && rankOf(step) <= rankOf(highest);

/** From when on an upheld violation counts as a repetition at `now`. */
export const countedSince = ({ repetition }: Ladder, now: Instant): Instant =>
  startOfDay(addMonths(dayOf(now), -repetition));

/** What is wrong with a ladder that its schema cannot say: a range turned round, a jump that does not reach suspension. */
export function faultsOfLadder({ kinds }: Pick<Ladder, 'kinds'>): string[] {
  return VIOLATION_KINDS.flatMap((kind) =>
    kinds[kind].measures.flatMap(([lowest, highest]) => [
      ...(rankOf(lowest) > rankOf(highest) ? [`${kind}: ${lowest} is harder than ${highest}`] : []),
      ...(kinds[kind].atOnce && rankOf(lowest) < rankOf('suspend')
        ? [`${kind}: ${lowest} is milder than suspend`]
        : []),
    ]),
  );
}
