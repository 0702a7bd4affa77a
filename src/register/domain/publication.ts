import type { Entry, Told, Traits } from './entry.js';
import { grouped } from './grouped.js';

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

function keyOf(entry: Told, traits: readonly (keyof Traits)[]): string {
  let key = entry.quarter;
  for (const trait of traits) key += ` ${entry[trait] ?? '-'}`;
  return key;
}

const applicantsOf = (group: readonly Told[]): number => new Set(group.map(({ applicant }) => applicant)).size;

/** An order that says nothing of when something happened within its quarter: newest quarter first, then by content. */
const inOrder = (entries: readonly Entry[]): Entry[] =>
  entries
    .map((entry) => ({ entry, key: JSON.stringify(entry) }))
    .sort((a, b) =>
      a.entry.quarter === b.entry.quarter ? compare(a.key, b.key) : compare(b.entry.quarter, a.entry.quarter),
    )
    .map(({ entry }) => entry);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * What of it the public is told: an entry shows no more of its traits than it shares, within its quarter, with entries
 * on at least `least` applicants; what finds no such company even with everything hidden is left out. Groups are formed
 * within one quarter and from what is left over by the fuller ones, so a quarter that is over is told the same for ever,
 * and nothing can be learnt by taking one answer from another: whatever is counted from these entries says no more
 * than they do.
 */
export function publicEntries(entries: readonly Told[], least: number): Entry[] {
  const published: Entry[] = [];
  let left = entries;
  for (const traits of STEPS_OF_TELLING) {
    const rest: Told[] = [];
    for (const group of grouped(left, (entry) => keyOf(entry, traits)).values()) {
      if (applicantsOf(group) < least) rest.push(...group);
      else published.push(...group.map((entry) => told(entry, traits)));
    }
    left = rest;
  }
  return inOrder(published);
}

/** The same lines with nothing hidden but who applied, in no order; for what officers count. */
export const wholeEntries = (entries: readonly Told[]): Entry[] =>
  entries.map((entry) => told(entry, STEPS_OF_TELLING[0] ?? []));
