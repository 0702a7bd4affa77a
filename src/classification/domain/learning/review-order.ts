/** A record that waits, as terms; `doubt` from 0 (nothing to learn from it) to 1. */
export interface Candidate {
  readonly id: string;
  readonly terms: readonly string[];
  readonly doubt?: number;
}

interface Vector {
  readonly id: string;
  readonly doubt: number;
  readonly weights: ReadonlyMap<string, number>;
}

const byId = (a: Candidate, b: Candidate): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function vectorsOf(candidates: readonly Candidate[]): Vector[] {
  const counts = new Map<string, number>();
  for (const { terms } of candidates) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return [...candidates].sort(byId).map(({ id, terms, doubt = 1 }) => {
    const rarity = (term: string): number => Math.log((1 + candidates.length) / (counts.get(term) ?? 1));
    const shared = terms.filter((term) => (counts.get(term) ?? 0) > 1);
    const length = Math.sqrt(shared.reduce((sum, term) => sum + rarity(term) ** 2, 0)) || 1;
    return { id, doubt, weights: new Map(shared.map((term) => [term, rarity(term) / length])) };
  });
}

/** Cosine of every pair, by way of the terms they share. */
function likenessOf(vectors: readonly Vector[]): Float32Array[] {
  const holders = new Map<string, [number, number][]>();
  for (const [at, { weights }] of vectors.entries())
    for (const [term, weight] of weights) holders.set(term, [...(holders.get(term) ?? []), [at, weight]]);
  const likeness = vectors.map(() => new Float32Array(vectors.length));
  for (const list of holders.values())
    for (const [a, weight] of list) {
      const row = likeness[a];
      if (row !== undefined) for (const [b, other] of list) row[b] = (row[b] ?? 0) + weight * other;
    }
  return likeness;
}

/**
 * Which records a person should look at first: those that stand for the most others not yet stood for, the doubtful
 * ones before the plain. Greedy and deterministic; at most some thousand candidates, since every pair is compared.
 */
export function lookFirst(candidates: readonly Candidate[], count: number, seen: readonly Candidate[] = []): string[] {
  const waiting = new Set(candidates.map(({ id }) => id));
  const vectors = vectorsOf([...candidates, ...seen.filter(({ id }) => !waiting.has(id))]);
  const likeness = likenessOf(vectors);
  const covered = new Float32Array(vectors.length);
  const cover = (row: Float32Array): void => {
    for (let at = 0; at < covered.length; at += 1) covered[at] = Math.max(covered[at] ?? 0, row[at] ?? 0);
  };
  for (const [at, { id }] of vectors.entries()) if (!waiting.has(id)) cover(likeness[at] ?? covered);
  const doubts = vectors.map(({ id, doubt }) => (waiting.has(id) ? doubt : 0));
  const gain = (row: Float32Array): number =>
    doubts.reduce((sum, doubt, at) => sum + doubt * Math.max(0, (row[at] ?? 0) - (covered[at] ?? 0)), 0);
  const chosen: string[] = [];
  while (chosen.length < Math.min(count, candidates.length)) {
    let best = { gain: -1, at: -1 };
    for (const [at, { id }] of vectors.entries()) {
      const row = likeness[at];
      if (row === undefined || !waiting.has(id) || chosen.includes(id)) continue;
      const gained = gain(row);
      if (gained > best.gain) best = { gain: gained, at };
    }
    chosen.push(vectors[best.at]?.id ?? '');
    cover(likeness[best.at] ?? covered);
  }
  return chosen;
}
