import type { Finding } from '../facts.js';
import { doubtOf } from './chance.js';
import { type ColumnRules, type ReadyWay, saidBy } from './column-rules.js';
import { EVIDENCE, type ColumnWay, type Threshold } from './column-types.js';
import type { Said } from './heading.js';
import type { ColumnTally } from './tally.js';

/** Under which circumstance a threshold was reached; the suffix of the rule's name. */
const CIRCUMSTANCES = [
  ['withCue', '+cue'],
  ['alone', ''],
  ['withHint', '+hint'],
  ['withNeighbours', '+neighbours'],
] as const satisfies readonly (readonly [keyof ColumnWay, string])[];
type Circumstance = (typeof CIRCUMSTANCES)[number][0];

interface Hit {
  readonly finding: Finding;
  readonly evidence: number;
  readonly cued: boolean;
  readonly matches: number;
  readonly order: number;
  readonly part: boolean;
}

function reached(
  { fraction, matches, purity, doubt }: Threshold,
  hits: number,
  looks: number,
  sample: number,
  chance = 1,
): boolean {
  if (hits < matches || sample === 0 || hits / sample < fraction) return false;
  if (purity !== undefined && hits / Math.max(1, looks) < purity) return false;
  return doubt === undefined || doubtOf(hits, looks, chance) <= doubt;
}

const open = (said: Said, neighbours: boolean): Readonly<Record<Circumstance, boolean>> => ({
  withCue: said === 'cue',
  alone: true,
  withHint: said !== null,
  withNeighbours: said !== null && neighbours,
});

/** Tries one way on one column in each circumstance that holds. */
function hitOf(
  tally: ColumnTally,
  index: number,
  ready: ReadyWay,
  version: number,
  circumstances: Readonly<Record<Circumstance, boolean>>,
): Hit | null {
  const { way, type } = ready;
  const [matches, looks] = [tally.matches[index] ?? 0, tally.candidates[index] ?? 0];
  if (matches === 0) return null;
  for (const [name, suffix] of CIRCUMSTANCES) {
    const threshold = circumstances[name] ? way[name] : undefined;
    if (threshold === undefined || !reached(threshold, matches, looks, tally.sampleSize, way.chance)) continue;
    const finding: Finding = {
      item: tally.item,
      type: type.type,
      matchedFraction: matches / tally.sampleSize,
      sampleSize: tally.sampleSize,
      rule: `columns/${version}#${way.rule}${suffix}`,
    };
    return {
      finding,
      evidence: EVIDENCE.indexOf(way.evidence),
      cued: name === 'withCue' || name === 'withNeighbours',
      matches,
      order: index,
      part: way.part === true,
    };
  }
  return null;
}

const stronger = (a: Hit, b: Hit): number =>
  a.evidence - b.evidence || Number(b.cued) - Number(a.cued) || b.matches - a.matches || a.order - b.order;

/**
 * The strongest hit of each type. Types that must claim the same cells (together they match more cells than there are)
 * cannot all be right: the stronger evidence stays. Identifiers inside a cell leave room for another type.
 */
function settled(hits: readonly Hit[], sample: number): readonly Finding[] {
  const kept: Hit[] = [];
  let claimed = 0;
  for (const hit of [...hits].sort(stronger)) {
    if (kept.some(({ finding }) => finding.type === hit.finding.type)) continue;
    if (!hit.part && claimed + hit.matches > sample) continue;
    kept.push(hit);
    if (!hit.part) claimed += hit.matches;
  }
  return kept.sort((a, b) => a.order - b.order).map(({ finding }) => finding);
}

const neighboursOf = (found: readonly (readonly Finding[])[], at: number): ReadonlySet<string> =>
  new Set(found.flatMap((findings, index) => (index === at ? [] : findings.map(({ type }) => type))));

function columnFindings(tally: ColumnTally, rules: ColumnRules, beside: ReadonlySet<string>): readonly Finding[] {
  const said = saidBy(tally.item, rules);
  const hits = rules.ways.flatMap((ready, index) => {
    const near = (ready.type.neighbours ?? []).some((type) => beside.has(type));
    const hit = hitOf(tally, index, ready, rules.version, open(said.get(ready.type.type) ?? null, near));
    return hit === null ? [] : [hit];
  });
  return settled(hits, tally.sampleSize);
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * What each column of a table is, in the order of the columns: first each by itself, then once more with what the
 * others were found to be. Pure: the same counts and rules give the same findings.
 */
export function recognised(tallies: readonly ColumnTally[], rules: ColumnRules): readonly (readonly Finding[])[] {
  const alone = tallies.map((tally) => columnFindings(tally, rules, NOTHING));
  return tallies.map((tally, at) => columnFindings(tally, rules, neighboursOf(alone, at)));
}
