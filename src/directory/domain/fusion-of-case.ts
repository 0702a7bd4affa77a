import type { Id } from '../../kernel/ids.js';

/** A dataset of a case: applied for, or held by the applicant through a grant of another case. */
export interface CaseDataset {
  readonly dataset: Id;
  /** Empty means the whole dataset. */
  readonly items: readonly string[];
  readonly grant: { readonly id: Id; readonly state: string } | null;
}

export interface LiveGrant {
  readonly grant: Id;
  readonly application: Id;
  readonly dataset: Id;
  readonly items: readonly string[];
  readonly state: string;
}

/** What of two grants on one dataset is held together: all of it where one of them gives all. */
const together = (a: readonly string[], b: readonly string[]): readonly string[] =>
  a.length === 0 || b.length === 0 ? [] : [...new Set([...a, ...b])];

/** What the applicant holds through other cases, one entry for each dataset, in order of the grants. */
export function heldBeside(grants: readonly LiveGrant[], application: Id): CaseDataset[] {
  const held = new Map<Id, CaseDataset>();
  for (const { grant, application: of, dataset, items, state } of grants) {
    if (of === application) continue;
    const before = held.get(dataset);
    held.set(
      dataset,
      before === undefined
        ? { dataset, items, grant: { id: grant, state } }
        : { ...before, items: together(before.items, items) },
    );
  }
  return [...held.values()];
}

/**
 * Everything asked for with everything else asked for, and with everything held; a dataset never with itself. What is
 * asked for and held already counts with the items of both.
 */
export function pairsOfCase(
  asked: readonly CaseDataset[],
  held: readonly CaseDataset[],
): (readonly [CaseDataset, CaseDataset])[] {
  const whole = asked.map((one) => {
    const before = held.find(({ dataset }) => dataset === one.dataset);
    return before === undefined ? one : { ...before, items: together(one.items, before.items) };
  });
  const beside = held.filter(({ dataset }) => asked.every((one) => one.dataset !== dataset));
  return whole.flatMap((first, at) => [...whole.slice(at + 1), ...beside].map((second) => [first, second] as const));
}

/** What is known of a pair, as far as its place in the list depends on it. */
export interface Weighed {
  readonly shared:
    | { readonly status: 'assessed'; readonly shared: readonly { readonly role: string }[] }
    | { readonly status: 'not-assessed' };
  readonly exact: {
    readonly current: boolean;
    readonly figures: { readonly status: string; readonly links?: boolean };
  } | null;
}

const RANKS = ['links', 'could-be-joined', 'unknown', 'shares-one', 'no-more-than-chance', 'nothing-shared'] as const;
export type Weight = (typeof RANKS)[number];

/**
 * What to look at first: files that link; an identifier or two quasi-identifiers in both; what nobody has assessed; one
 * quasi-identifier; files that agree no more than by chance; nothing shared. Figures of what a dataset was count as none.
 */
export function weightOf({ shared, exact }: Weighed): Weight {
  if (exact?.current === true && exact.figures.status === 'assessed')
    return exact.figures.links === true ? 'links' : 'no-more-than-chance';
  if (shared.status === 'not-assessed') return 'unknown';
  if (shared.shared.length === 0) return 'nothing-shared';
  const identified = shared.shared.some(({ role }) => role === 'identifier');
  return identified || shared.shared.length > 1 ? 'could-be-joined' : 'shares-one';
}

export const WEIGHTS: readonly Weight[] = RANKS;
export const byWeight = (a: Weight, b: Weight): number => RANKS.indexOf(a) - RANKS.indexOf(b);
