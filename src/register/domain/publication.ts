import type { Id } from '../../kernel/ids.js';
import type { Entry, Told, Traits } from './entry.js';
import { grouped } from '../../kernel/grouped.js';
import type { Quarter } from './quarter.js';

/**
 * How much is told, from everything to nothing but the quarter. The tier goes with the dataset, whose page says it. Each
 * step hides something the one before told, so that a group on a later step is larger.
 */
const STEPS_OF_TELLING: readonly (readonly (keyof Traits)[])[] = [
  ['dataset', 'tier', 'holder', 'field', 'purpose', 'applicantKind'],
  ['dataset', 'tier', 'holder', 'field', 'purpose'],
  ['dataset', 'tier', 'holder', 'field'],
  ['holder', 'field', 'purpose'],
  ['holder', 'field'],
  ['field', 'purpose'],
  ['field'],
  [],
];

/**
 * Written member by member: every line has the same members in the same order, by which lines are compared as text, and
 * 100,000 of them take a tenth of the memory that copies of objects take.
 */
function told(entry: Told, traits: readonly (keyof Traits)[]): Entry {
  const shown = <Trait extends keyof Traits>(trait: Trait): Traits[Trait] | null =>
    traits.includes(trait) ? entry[trait] : null;
  return {
    quarter: entry.quarter,
    dataset: shown('dataset'),
    tier: shown('tier'),
    holder: shown('holder'),
    field: shown('field'),
    purpose: shown('purpose'),
    applicantKind: shown('applicantKind'),
    outcome: entry.outcome,
    reasons: entry.reasons,
    days: entry.days,
    limit: entry.limit,
    inTime: entry.inTime,
    steps: entry.steps,
    appeal: entry.appeal,
    use: entry.use,
  };
}

/** Something that is told of one quarter, with as many of its traits as it shares. */
type OfQuarter<Trait extends string> = { readonly quarter: Quarter } & { readonly [Each in Trait]: string | null };

function keyOf<Trait extends string>(entry: OfQuarter<Trait>, traits: readonly Trait[]): string {
  let key = entry.quarter;
  for (const trait of traits) key += ` ${entry[trait] ?? '-'}`;
  return key;
}

/**
 * Each entry told with the most of its traits that it shares, within its quarter, with entries of at least `least`; what
 * finds no such company even with everything hidden is left out. Groups are formed within one quarter and from what is
 * left over by the fuller ones, so a quarter that is over is told the same for ever, and nothing can be learnt by taking
 * one answer from another.
 */
export function inCompany<Trait extends string, One extends OfQuarter<Trait>, Line>(
  entries: readonly One[],
  least: number,
  how: {
    /** From everything to nothing, each step hiding something more. */
    readonly steps: readonly (readonly Trait[])[];
    readonly whoOf: (entry: One) => Id;
    readonly told: (entry: One, traits: readonly Trait[]) => Line;
  },
): Line[] {
  const published: Line[] = [];
  let left = entries;
  for (const traits of how.steps) {
    const rest: One[] = [];
    for (const group of grouped(left, (entry) => keyOf(entry, traits)).values()) {
      if (new Set(group.map(how.whoOf)).size < least) rest.push(...group);
      else published.push(...group.map((entry) => how.told(entry, traits)));
    }
    left = rest;
  }
  return published;
}

/** An order that says nothing of when something happened within its quarter. */
const inOrder = (entries: readonly Entry[]): Entry[] =>
  entries
    .map((entry) => ({ entry, key: JSON.stringify(entry) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ entry }) => entry);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * What of it the public is told, quarter by quarter, the newest first: whatever is counted from these entries says no more
 * than they do. A quarter is told by itself, so that others may have their turn between two of them.
 */
export function* publicQuarters(entries: readonly Told[], least: number): Generator<readonly Entry[]> {
  const quarters = [...grouped(entries, ({ quarter }) => quarter)].sort(([one], [other]) => compare(other, one));
  for (const [, own] of quarters)
    yield inOrder(inCompany(own, least, { steps: STEPS_OF_TELLING, whoOf: ({ applicant }) => applicant, told }));
}

export const publicEntries = (entries: readonly Told[], least: number): Entry[] =>
  [...publicQuarters(entries, least)].flat();
