import { likenessOf, type Vector, vectorsOf, type Worded } from './likeness.js';

/** Records that read alike, so that a person can decide on them together, and words that most of them share. */
export interface AlikeSet {
  readonly ids: readonly string[];
  readonly words: readonly string[];
}

/**
 * How large a set may become: what a person can read on one screen; and how alike its records must be on average. Both were
 * chosen among a few on the three federal catalogues, where they change the acts an officer needs by less than a sixth.
 */
export const ALIKE = { most: 60, least: 0.03 } as const;

/** The set that a set is most like, of those it may still join. */
interface Nearest {
  readonly at: number;
  readonly likeness: number;
}
const NOBODY: Nearest = { at: -1, likeness: -1 };

/** Sets that grow by joining the two that are most alike on average, until none may be joined. */
class Joining {
  private readonly sets: (readonly number[] | null)[];
  private readonly nearest: Nearest[];

  constructor(
    private readonly likeness: readonly Float32Array[],
    private readonly limits: { readonly most: number; readonly least: number },
  ) {
    this.sets = likeness.map((_, at) => [at]);
    this.nearest = likeness.map((_, at) => this.nearestOf(at));
  }

  run(): readonly (readonly number[])[] {
    for (;;) {
      const best = this.nearest.reduce(
        (most, { likeness }, at) => (likeness > this.near(most).likeness ? at : most),
        0,
      );
      const { at } = this.near(best);
      if (at < 0) return this.sets.filter((set) => set !== null);
      this.join(Math.min(best, at), Math.max(best, at));
    }
  }

  private near(at: number): Nearest {
    return this.nearest[at] ?? NOBODY;
  }
  private size(at: number): number {
    return this.sets[at]?.length ?? 0;
  }
  private like(a: number, b: number): number {
    return this.likeness[a]?.[b] ?? 0;
  }
  private fit(a: number, b: number): boolean {
    return a !== b && this.size(a) > 0 && this.size(b) > 0 && this.size(a) + this.size(b) <= this.limits.most;
  }

  private nearestOf(at: number): Nearest {
    let found = NOBODY;
    for (let other = 0; other < this.sets.length; other += 1) {
      const likeness = this.like(at, other);
      if (likeness > Math.max(found.likeness, this.limits.least) && this.fit(at, other))
        found = { at: other, likeness };
    }
    return found;
  }

  /** The likeness of a joined set to every other is the mean over its records; only what it touches is looked at again. */
  private join(into: number, from: number): void {
    const [a, b] = [this.size(into), this.size(from)];
    for (let other = 0; other < this.sets.length; other += 1) {
      const mean = (a * this.like(into, other) + b * this.like(from, other)) / (a + b);
      for (const [row, place] of [[into, other] as const, [other, into] as const]) {
        const numbers = this.likeness[row];
        if (numbers !== undefined) numbers[place] = mean;
      }
    }
    this.sets[into] = [...(this.sets[into] ?? []), ...(this.sets[from] ?? [])];
    this.sets[from] = null;
    for (let at = 0; at < this.sets.length; at += 1) this.lookAgain(at, into, from);
  }

  private lookAgain(at: number, into: number, from: number): void {
    const before = this.near(at);
    const likeness = this.like(at, into);
    const comesFirst = likeness > before.likeness || (likeness === before.likeness && into < before.at);
    if (this.sets[at] === null) this.nearest[at] = NOBODY;
    else if (at === into || before.at === into || before.at === from) this.nearest[at] = this.nearestOf(at);
    else if (comesFirst && likeness > this.limits.least && this.fit(at, into))
      this.nearest[at] = { at: into, likeness };
  }
}

/** What a term is when it is more than a word: `title:road`, `cue:topic-students`. */
const MARKED = /^(?:title|item|rights|frequency|cue|cue-in-title):/;
const HAN = /^\p{Script=Han}+$/u;
const SHOWN = 6;

/** Chinese is read by overlapping pairs of characters; pairs that follow one another are one word again. */
function joined(words: readonly string[]): string[] {
  const left = [...words];
  for (let at = 0; at < left.length; ) {
    const word = left[at] ?? '';
    const next = left.findIndex(
      (other, place) => place !== at && HAN.test(word) && HAN.test(other) && [...other][0] === [...word].at(-1),
    );
    if (next < 0) at += 1;
    else {
      left[at] = word + [...(left[next] ?? '')].slice(1).join('');
      left.splice(next, 1);
      if (next < at) at -= 1;
    }
  }
  return left;
}

/** Words that at least half of the records have, those that say most first: Chinese ones, then others. */
function wordsOf(members: readonly Vector[]): string[] {
  const sums = new Map<string, { count: number; weight: number }>();
  for (const { weights } of members)
    for (const [term, weight] of weights) {
      const { count, weight: sum } = sums.get(term) ?? { count: 0, weight: 0 };
      sums.set(term, { count: count + 1, weight: sum + weight });
    }
  const most = [...sums].filter(
    ([term, { count }]) => !MARKED.test(term) && !term.includes(' ') && 2 * count >= members.length,
  );
  most.sort(([a, one], [b, other]) => other.weight - one.weight || (a < b ? -1 : 1));
  const words = most.map(([term]) => term);
  const chinese = joined(words.filter((word) => HAN.test(word)).slice(0, 2 * SHOWN));
  return [...chinese.slice(0, SHOWN), ...words.filter((word) => !HAN.test(word)).slice(0, SHOWN)];
}

/**
 * Parts records into sets that read alike, the largest first. The same records give the same sets in whatever order they
 * come. Every record is in exactly one; a record like no other is a set of its own.
 */
export function alike(records: readonly Worded[], limits: { most: number; least: number } = ALIKE): AlikeSet[] {
  const vectors = vectorsOf(records);
  const sets = new Joining(likenessOf(vectors), limits).run();
  return sets
    .map((places) => places.flatMap((at) => vectors[at] ?? []))
    .sort((a, b) => b.length - a.length || ((a[0]?.record.id ?? '') < (b[0]?.record.id ?? '') ? -1 : 1))
    .map((members) => ({
      ids: members.map(({ record }) => record.id).sort(),
      words: members.length > 1 ? wordsOf(members) : [],
    }));
}
