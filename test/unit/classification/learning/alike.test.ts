import { expect } from 'chai';
import fc from 'fast-check';
import { ALIKE, alike } from '../../../../src/classification/domain/learning/alike.js';
import { likenessOf, vectorsOf, type Worded } from '../../../../src/classification/domain/learning/likeness.js';

const record = (id: string, ...terms: string[]): Worded => ({ id, terms });
const MAPS = ['m1', 'm2', 'm3', 'm4'].map((id) => record(id, 'map', 'road', 'layer', `only-${id}`));
const VISITS = ['v1', 'v2', 'v3'].map((id) => record(id, 'patient', 'visit', `only-${id}`));
const ALONE = record('x', 'unlike', 'everything');
const ALL = [...MAPS, ...VISITS, ALONE];

describe('likeness of records', () => {
  const cosine = (a: Worded, b: Worded, ...others: Worded[]): number =>
    likenessOf(vectorsOf([a, b, ...others]))[0]?.[1] ?? Number.NaN;

  it('is 1 of the same words, 0 of none shared, and counts rare words more', () => {
    expect(cosine(record('a', 'x', 'y'), record('b', 'x', 'y'))).to.be.closeTo(1, 1e-6);
    expect(cosine(record('a', 'x'), record('b', 'y'), record('c', 'x', 'y'))).to.equal(0);
    const crowd = Array.from({ length: 8 }, (_, at) => record(`z${at}`, 'common'));
    const rare = cosine(record('a', 'common', 'rare', 'p'), record('b', 'rare', 'q'), ...crowd, record('zz', 'p', 'q'));
    const common = cosine(
      record('a', 'common', 'rare', 'p'),
      record('b', 'common', 'q'),
      ...crowd,
      record('zz', 'p', 'q', 'rare'),
    );
    expect(rare).to.be.above(common);
  });

  it('leaves out words that no other record has', () => {
    expect(vectorsOf(MAPS)[0]?.weights.has('only-m1')).to.equal(false);
  });
});

describe('sets of records that read alike', () => {
  it('are the series, the largest first, with the words that most of them share; one like no other stands alone', () => {
    expect(alike(ALL)).to.deep.equal([
      { ids: ['m1', 'm2', 'm3', 'm4'], words: ['layer', 'map', 'road'] },
      { ids: ['v1', 'v2', 'v3'], words: ['patient', 'visit'] },
      { ids: ['x'], words: [] },
    ]);
  });

  it('name words of people: no marks, no pairs, and Chinese read by pairs of characters as a word again', () => {
    const zh = ['a', 'b'].map((id) =>
      record(id, '公园', '园绿', '绿地', 'title:公园', '公园 园绿', 'cue:topic-parks', 'park'),
    );
    expect(alike([...zh, ...MAPS]).find(({ ids }) => ids.includes('a'))?.words).to.deep.equal(['公园绿地', 'park']);
  });

  it('never grow beyond a screen, and hold nobody who is not alike enough', () => {
    const many = Array.from({ length: 150 }, (_, at) => record(`r${String(at).padStart(3, '0')}`, 'same', 'words'));
    const sizes = alike([...many, ALONE]).map(({ ids }) => ids.length);
    expect(Math.max(...sizes)).to.be.at.most(ALIKE.most);
    expect(sizes).to.have.length.below(8);
    expect(alike(ALL, { most: 60, least: 1 }).every(({ ids }) => ids.length === 1)).to.equal(true);
  });

  it('part every list into sets that hold each record once, the same in whatever order they come', () => {
    const word = fc.constantFrom('map', 'road', 'patient', 'visit', '公园', 'title:map', 'budget', 'year');
    const records = fc
      .array(fc.uniqueArray(word, { maxLength: 6 }), { maxLength: 25 })
      .map((lists) => lists.map((terms, at) => record(`r${String(at).padStart(2, '0')}`, ...terms)));
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 9 }), fc.nat(), (list, most, turn) => {
        const sets = alike(list, { most, least: 0.03 });
        expect(sets.flatMap(({ ids }) => ids).sort()).to.deep.equal(list.map(({ id }) => id));
        expect(sets.every(({ ids }) => ids.length <= most)).to.equal(true);
        const cut = list.length === 0 ? 0 : turn % list.length;
        expect(alike([...list.slice(cut), ...list.slice(0, cut)], { most, least: 0.03 })).to.deep.equal(sets);
      }),
    );
  });

  it('join the most alike first, as joining every pair anew would', () => {
    const word = fc.constantFrom('a1', 'b1', 'c1', 'd1', 'e1', 'f1');
    const records = fc
      .array(fc.uniqueArray(word, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 9 })
      .map((lists) => lists.map((terms, at) => record(`r${at}`, ...terms)));
    fc.assert(
      fc.property(records, fc.integer({ min: 2, max: 6 }), (list, most) => {
        const found = alike(list, { most, least: 0.1 }).map(({ ids }) => ids.join());
        expect(found.toSorted()).to.deep.equal(plainly(list, most, 0.1).toSorted());
      }),
    );
  });
});

/** The same by the plainest way there is: all pairs of sets looked at again before every join. */
function plainly(list: readonly Worded[], most: number, least: number): string[] {
  const vectors = vectorsOf(list);
  const like = likenessOf(vectors).map((row) => Float32Array.from(row));
  const sets: (number[] | null)[] = vectors.map((_, at) => [at]);
  for (;;) {
    let best = { likeness: least, a: -1, b: -1 };
    for (let a = 0; a < sets.length; a += 1)
      for (let b = a + 1; b < sets.length; b += 1) {
        const [one, other] = [sets[a], sets[b]];
        if (one == null || other == null || one.length + other.length > most) continue;
        const likeness = like[a]?.[b] ?? 0;
        if (likeness > best.likeness) best = { likeness, a, b };
      }
    const { a, b } = best;
    const [one, other] = [sets[a], sets[b]];
    if (one == null || other == null)
      return sets.flatMap((set) =>
        set === null
          ? []
          : [
              set
                .map((at) => vectors[at]?.record.id ?? '')
                .sort()
                .join(),
            ],
      );
    for (let at = 0; at < sets.length; at += 1) {
      const mean =
        (one.length * (like[a]?.[at] ?? 0) + other.length * (like[b]?.[at] ?? 0)) / (one.length + other.length);
      for (const [row, place] of [[a, at] as const, [at, a] as const]) {
        const numbers = like[row];
        if (numbers !== undefined) numbers[place] = mean;
      }
    }
    sets[a] = [...one, ...other];
    sets[b] = null;
  }
}
