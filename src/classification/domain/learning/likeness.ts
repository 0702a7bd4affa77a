/** A record as the words that describe it. */
export interface Worded {
  readonly id: string;
  readonly terms: readonly string[];
}

/** A record as the weight of each term that another record has, too: rare ones weigh more; the length is 1. */
export interface Vector<T extends Worded = Worded> {
  readonly record: T;
  readonly weights: ReadonlyMap<string, number>;
}

const byId = (a: Worded, b: Worded): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** In the order of their ids, so that nothing depends on how they came. */
export function vectorsOf<T extends Worded>(records: readonly T[]): Vector<T>[] {
  const counts = new Map<string, number>();
  for (const { terms } of records) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const rarity = (term: string): number => Math.log((1 + records.length) / (counts.get(term) ?? 1));
  return [...records].sort(byId).map((record) => {
    const shared = record.terms.filter((term) => (counts.get(term) ?? 0) > 1);
    const length = Math.sqrt(shared.reduce((sum, term) => sum + rarity(term) ** 2, 0)) || 1;
    return { record, weights: new Map(shared.map((term) => [term, rarity(term) / length])) };
  });
}

/** Cosine of every pair, by way of the terms they share. Grows with the square of the records: some thousand at most. */
export function likenessOf(vectors: readonly Vector[]): Float32Array[] {
  const holders = new Map<string, [number, number][]>();
  for (const [at, { weights }] of vectors.entries())
    for (const [term, weight] of weights) {
      const list = holders.get(term);
      if (list === undefined) holders.set(term, [[at, weight]]);
      else list.push([at, weight]);
    }
  const likeness = vectors.map(() => new Float32Array(vectors.length));
  for (const list of holders.values())
    for (const [a, weight] of list) {
      const row = likeness[a];
      if (row !== undefined) for (const [b, other] of list) row[b] = (row[b] ?? 0) + weight * other;
    }
  return likeness;
}
