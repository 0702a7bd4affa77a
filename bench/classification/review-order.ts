import { likenessOf, vectorsOf, type Worded } from '../../src/classification/domain/learning/likeness.js';

/** A record that waits, as terms; `doubt` from 0 (nothing to learn from it) to 1. */
export interface Candidate extends Worded {
  readonly doubt?: number;
}

/**
 * Which records a person should look at first: those that stand for the most others not yet stood for, the doubtful
 * ones before the plain: the best order that was found, to say what thirty decisions can teach. The product offers sets of
 * alike records instead, which need fewer acts. Greedy and deterministic; at most some thousand candidates, since every pair is compared.
 */
export function lookFirst(candidates: readonly Candidate[], count: number, seen: readonly Candidate[] = []): string[] {
  const waiting = new Set(candidates.map(({ id }) => id));
  const vectors = vectorsOf([...candidates, ...seen.filter(({ id }) => !waiting.has(id))]);
  const likeness = likenessOf(vectors);
  const covered = new Float32Array(vectors.length);
  const cover = (row: Float32Array): void => {
    for (let at = 0; at < covered.length; at += 1) covered[at] = Math.max(covered[at] ?? 0, row[at] ?? 0);
  };
  for (const [at, { record }] of vectors.entries()) if (!waiting.has(record.id)) cover(likeness[at] ?? covered);
  const doubts = vectors.map(({ record: { id, doubt = 1 } }) => (waiting.has(id) ? doubt : 0));
  const gain = (row: Float32Array): number =>
    doubts.reduce((sum, doubt, at) => sum + doubt * Math.max(0, (row[at] ?? 0) - (covered[at] ?? 0)), 0);
  const chosen: string[] = [];
  while (chosen.length < Math.min(count, candidates.length)) {
    let best = { gain: -1, at: -1 };
    for (const [at, { record }] of vectors.entries()) {
      const row = likeness[at];
      if (row === undefined || !waiting.has(record.id) || chosen.includes(record.id)) continue;
      const gained = gain(row);
      if (gained > best.gain) best = { gain: gained, at };
    }
    chosen.push(vectors[best.at]?.record.id ?? '');
    cover(likeness[best.at] ?? covered);
  }
  return chosen;
}
