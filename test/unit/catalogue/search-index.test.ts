import { expect } from 'chai';
import fc from 'fast-check';
import { DATASET_STATES } from '../../../src/catalogue/domain/dataset.js';
import type { SearchDocument } from '../../../src/catalogue/domain/search/document.js';
import type { SearchMark, SearchQuery } from '../../../src/catalogue/domain/search/query.js';
import { SearchIndex } from '../../../src/catalogue/domain/search/search-index.js';
import { PUBLIC_SIGHT, visibilityOf } from '../../../src/catalogue/domain/search/sight.js';
import { FIELDS, type Field } from '../../../src/kernel/fields.js';
import { SHARING_TIERS, TIERS } from '../../../src/kernel/tier.js';

const everything = { all: true, own: null };
/** Somebody who asks for data on behalf of a public body. */
const BODY = { all: false, own: null, body: true };
const ask = (more: Partial<SearchQuery> = {}): SearchQuery => ({
  text: '',
  fields: [],
  tiers: [],
  states: [],
  publisher: null,
  source: null,
  updatedSince: null,
  sight: everything,
  ...more,
});
const document = (id: string, title: string, more: Partial<SearchDocument> = {}): SearchDocument => ({
  id,
  version: 1,
  titleKey: title.normalize('NFKC').toLowerCase(),
  otherTitle: '',
  titleText: title,
  publisherText: '',
  fullText: '',
  field: 'transport',
  tier: 'open',
  state: 'listed',
  publisher: 'bureau',
  source: 'local',
  listedWhenRestricted: false,
  changedAt: 0,
  ...more,
});
const indexOf = (...documents: SearchDocument[]): SearchIndex => {
  const index = new SearchIndex();
  index.put(documents);
  return index;
};
const found = (index: SearchIndex, more: Partial<SearchQuery>): readonly string[] =>
  index.search(ask(more), 100, null).ids;

describe('catalogue search', () => {
  const bus = document('1', '公交线路站点信息', { fullText: 'Bus routes and stops of the city 轨道' });
  const metro = document('2', '轨道交通客流', { fullText: 'metro passenger flow' });
  const water = document('3', '水', { fullText: 'Water ２０２３ 年 CAFÉ' });

  it('finds two Chinese characters, and not two that only stand in different words', () => {
    const index = indexOf(bus, metro, water);
    expect(found(index, { text: '公交' })).to.deep.equal(['1']);
    expect(found(index, { text: '交线' })).to.deep.equal(['1']);
    expect(found(index, { text: '公道' })).to.deep.equal([]);
  });
  it('finds one Chinese character anywhere', () => {
    const index = indexOf(bus, metro, water);
    expect(found(index, { text: '交' })).to.have.members(['1', '2']);
    expect(found(index, { text: '水' })).to.deep.equal(['3']);
  });
  it('finds words by their beginning, one letter only as a whole word', () => {
    const index = indexOf(bus, metro, document('4', 'vitamin b intake'));
    expect(found(index, { text: 'rout' })).to.deep.equal(['1']);
    expect(found(index, { text: 'b' })).to.deep.equal(['4']);
    expect(found(index, { text: 'outes' })).to.deep.equal([]);
  });
  it('takes no notice of case and width', () => {
    const index = indexOf(water);
    expect(found(index, { text: 'café 2023' })).to.deep.equal(['3']);
  });
  it('finds short words of other alphabets by their beginning', () => {
    expect(found(indexOf(document('k', '교통 데이터')), { text: '데이' })).to.deep.equal(['k']);
  });
  it('puts titles that hold the words before publishers and abstracts that do', () => {
    const index = indexOf(
      document('p', '公园名录', { publisherText: '交通委员会' }),
      document('a', '安全岛', { fullText: '交通设施' }),
      document('t', '轨道交通客流'),
    );
    expect(found(index, { text: '交通' })).to.deep.equal(['t', 'p', 'a']);
  });
  it('puts the title that is asked for first, then those that begin so', () => {
    const index = indexOf(
      document('d', '云麓区公交线路'),
      document('b', '公交线路（2025年）'),
      document('e', '公交线路'),
    );
    expect(found(index, { text: ' 公交线路 ' })).to.deep.equal(['e', 'b', 'd']);
    const both = indexOf(
      document('p', '公交线路准点率', {
        titleText: '公交线路准点率\nPunctuality of bus routes',
        otherTitle: 'punctuality of bus routes',
      }),
      document('r', '公交线路（市区）', { titleText: '公交线路（市区）\nBus routes', otherTitle: 'bus routes' }),
    );
    expect(found(both, { text: 'Bus routes' })).to.deep.equal(['r', 'p']);
    expect(found(indexOf(document('x', 'My bus'), document('y', 'Bus')), { text: 'BUS' })).to.deep.equal(['y', 'x']);
  });
  it('puts whole words before longer ones that begin so', () => {
    const index = indexOf(
      document('c', 'Business climate survey'),
      document('n', 'Night bus'),
      document('a', 'Buses by line', { otherTitle: '公交 bus' }),
      document('s', 'Bus stops'),
    );
    expect(found(index, { text: 'bus' })).to.deep.equal(['s', 'a', 'n', 'c']);
    expect(found(index, { text: 'busi' })).to.deep.equal(['c']);
  });
  it('does not read traditional writing as simplified, nor an accent as none', () => {
    const index = indexOf(document('s', '图书馆 cafe'), document('t', '圖書館 café'));
    expect(found(index, { text: '圖書' })).to.deep.equal(['t']);
    expect(found(index, { text: '图书' })).to.deep.equal(['s']);
    expect(found(index, { text: 'café' })).to.deep.equal(['t']);
  });
  it('looks for nothing where a query holds no letter, digit or character', () => {
    const index = indexOf(bus, metro, water);
    for (const text of ['', '  ', '，。！', '---', '()"']) expect(found(index, { text }), text).to.have.length(3);
  });
  it('puts a title that names it first', () => {
    expect(found(indexOf(bus, metro), { text: '轨道' })).to.deep.equal(['2', '1']);
  });
  it('keeps the newest version, whatever comes last', () => {
    const index = indexOf(document('1', 'new', { version: 3 }));
    index.put([document('1', 'old', { version: 2 })]);
    expect(found(index, { text: 'old' })).to.deep.equal([]);
    expect(found(index, { text: 'new' })).to.deep.equal(['1']);
    expect(index.size).to.equal(1);
  });
  it('forgets what is removed', () => {
    const index = indexOf(bus, metro);
    index.remove(['1']);
    expect(found(index, {})).to.deep.equal(['2']);
  });
  it('answers the same after a compaction', () => {
    const index = new SearchIndex();
    for (let version = 1; version <= 5; version++)
      index.put(Array.from({ length: 600 }, (_, at) => document(`d${at}`, `title ${at} v${version}`, { version })));
    expect(index.search(ask({ text: 'v5' }), 1, null).total).to.equal(600);
    expect(index.search(ask({ text: 'v4' }), 1, null).total).to.equal(0);
    expect(index.search(ask({ text: 'title 599' }), 5, null).ids).to.deep.equal(['d599']);
  });

  describe('what a caller may see', () => {
    const secret = document('s', '人员 register', { tier: 'restricted', fullText: 'salary', publisher: 'health' });
    const told = document('t', '人员 list', {
      tier: 'restricted',
      listedWhenRestricted: true,
      fullText: 'salary',
      publisher: 'health',
    });
    const draft = document('d', '人员 draft', { state: 'draft', publisher: 'health' });
    const index = indexOf(secret, told, draft, bus);

    it('shows the public a restricted record only where its publisher lists it', () => {
      expect(found(index, { sight: PUBLIC_SIGHT, text: '人员' })).to.deep.equal(['t']);
    });
    it('does not let the public find a redacted record by what is redacted', () => {
      expect(found(index, { sight: PUBLIC_SIGHT, text: 'salary' })).to.deep.equal([]);
      expect(found(index, { sight: PUBLIC_SIGHT, text: '人员 salary' })).to.deep.equal([]);
    });
    it('shows bodies what they may ask for, by what it holds too, and nobody else', () => {
      const ways = [
        document('w', '人员 w', { tier: 'restricted', fullText: 'wage', sharingTier: 'conditional' }),
        document('n', '人员 n', { tier: 'restricted', fullText: 'wage', sharingTier: 'not-shared' }),
        document('u', '人员 u', { tier: 'restricted', fullText: 'wage' }),
        document('o', '人员 o', { tier: 'restricted', fullText: 'wage', sharingTier: 'unconditional', state: 'draft' }),
      ];
      const shared = indexOf(...ways);
      expect(found(shared, { sight: BODY, text: 'wage' })).to.deep.equal(['w']);
      expect(shared.facets(ask({ sight: BODY })).total).to.equal(1);
      expect(found(shared, { sight: PUBLIC_SIGHT })).to.deep.equal([]);
      shared.put([{ ...(ways[0] as SearchDocument), version: 2, sharingTier: 'not-shared' }]);
      expect(found(shared, { sight: BODY })).to.deep.equal([]);
    });
    it('shows a publisher its own, drafts included', () => {
      expect(found(index, { sight: { all: false, own: 'health' }, text: '人员' })).to.have.members(['s', 't', 'd']);
    });
    it('counts in facets only what the caller may see', () => {
      const counts = index.facets(ask({ sight: PUBLIC_SIGHT }));
      expect(counts.total).to.equal(2);
      expect([...counts.publishers]).to.have.deep.members([
        ['health', 1],
        ['bureau', 1],
      ]);
      expect([...counts.tiers]).to.have.deep.members([
        ['open', 1],
        ['restricted', 1],
      ]);
    });
  });

  it('counts a facet under the other filters, not under its own', () => {
    const index = indexOf(
      bus,
      document('9', 'clinic', { field: 'health' }),
      document('8', 'ward', { field: 'health', tier: 'conditional' }),
    );
    const counts = index.facets(ask({ fields: ['transport'], tiers: ['open'] }));
    expect(counts.total).to.equal(1);
    expect([...counts.fields]).to.have.deep.members([
      ['transport', 1],
      ['health', 1],
    ]);
    expect([...counts.tiers]).to.deep.equal([['open', 1]]);
  });
});

/** The same search written naively: split with regular expressions, look at every document. */
const words = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{Script=Han}]+|[a-z0-9]+/gu) ?? [];
const tokens = (text: string): string[] =>
  words(text).flatMap((word) =>
    /^[a-z0-9]/.test(word) || word.length === 1
      ? [word]
      : Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)),
  );
function naive(
  corpus: readonly SearchDocument[],
  query: SearchQuery,
): { id: string; score: number; titleKey: string }[] {
  const has = (text: string, term: string): boolean =>
    tokens(text).some((token) => {
      if (/^[a-z0-9]/.test(term)) return term.length === 1 ? token === term : token.startsWith(term);
      return term.length === 1 ? token.includes(term) : token === term;
    });
  const terms = [...new Set(tokens(query.text))];
  const wanted = query.text.normalize('NFKC').toLowerCase().trim();
  const scoreOf = ({ titleKey }: SearchDocument, inTitle: number): number => {
    const whole = terms.filter((term) => /^[a-z0-9]/.test(term)).every((term) => words(titleKey).includes(term));
    const head = titleKey === wanted ? 3 : !whole ? 0 : titleKey.startsWith(wanted) ? 2 : 1;
    return inTitle === terms.length ? inTitle * 4 + (inTitle === 0 ? 0 : head) : inTitle * 4;
  };
  const hits = corpus.flatMap((one) => {
    const sight = visibilityOf(one, query.sight);
    const shown = `${one.titleText}\n${one.publisherText}`;
    const text = sight === 'full' || sight === 'shared' ? `${shown}\n${one.fullText}` : shown;
    const fits =
      sight !== 'none' &&
      terms.every((term) => has(text, term)) &&
      (query.states.length === 0 || query.states.includes(one.state)) &&
      (query.fields.length === 0 || (one.field !== null && query.fields.includes(one.field))) &&
      (query.tiers.length === 0 || query.tiers.includes(one.tier)) &&
      (query.publisher === null || query.publisher === one.publisher) &&
      (query.updatedSince === null || one.changedAt >= query.updatedSince);
    return fits
      ? [
          {
            id: one.id,
            titleKey: one.titleKey,
            score: scoreOf(one, terms.filter((term) => has(one.titleText, term)).length),
          },
        ]
      : [];
  });
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return hits.sort((a, b) => b.score - a.score || order(a.titleKey, b.titleKey) || order(a.id, b.id));
}

const snippet = fc
  .array(fc.constantFrom(...'公交线路站点水气', 'bus', 'busy', 'b', 'Stop', ' ', ' ', '２', ',', '\n'), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));
const anyDocument = fc.record({
  id: fc.constantFrom(...Array.from({ length: 40 }, (_, at) => `d${at}`)),
  version: fc.integer({ min: 1, max: 4 }),
  title: snippet,
  publisherText: snippet,
  fullText: snippet,
  field: fc.constantFrom<Field | null>(null, ...(Object.keys(FIELDS).slice(0, 3) as Field[])),
  tier: fc.constantFrom(...TIERS),
  state: fc.constantFrom('draft' as const, 'listed' as const, 'suspended' as const, 'withdrawn' as const),
  publisher: fc.constantFrom('p1', 'p2', 'p3'),
  listedWhenRestricted: fc.boolean(),
  sharingTier: fc.constantFrom(...SHARING_TIERS),
  changedAt: fc.integer({ min: 0, max: 5 }),
});
const anyQuery = fc.record({
  text: snippet,
  fields: fc.subarray(Object.keys(FIELDS).slice(0, 3) as Field[]),
  tiers: fc.subarray([...TIERS]),
  states: fc.subarray([...DATASET_STATES]),
  publisher: fc.constantFrom(null, null, 'p1', 'unknown'),
  source: fc.constant(null),
  updatedSince: fc.constantFrom(null, 0, 3),
  sight: fc.constantFrom(PUBLIC_SIGHT, everything, { all: false, own: 'p2' }, BODY, { ...BODY, own: 'p3' }),
});

describe('catalogue search against a plain scan of random corpora', () => {
  const build = (raw: readonly (typeof anyDocument extends fc.Arbitrary<infer T> ? T : never)[]) => {
    const newest = new Map<string, SearchDocument>();
    const index = new SearchIndex();
    for (const { title, ...rest } of raw) {
      const one = document(rest.id, title, rest);
      index.put([one]);
      if (one.version > (newest.get(one.id)?.version ?? 0)) newest.set(one.id, one);
    }
    return { index, corpus: [...newest.values()] };
  };

  it('finds the same records in the same order, and pages over each exactly once', () => {
    fc.assert(
      fc.property(
        fc.array(anyDocument, { maxLength: 60 }),
        anyQuery,
        fc.integer({ min: 1, max: 7 }),
        (raw, query, limit) => {
          const { index, corpus } = build(raw);
          const expected = naive(corpus, query).map((hit) => hit.id);
          const walked: string[] = [];
          let after: SearchMark | null = null;
          do {
            const page = index.search(query, limit, after);
            expect(page.total).to.equal(expected.length);
            walked.push(...page.ids);
            after = page.next;
          } while (after !== null);
          expect(walked).to.deep.equal(expected);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('counts facets as a scan would', () => {
    fc.assert(
      fc.property(fc.array(anyDocument, { maxLength: 40 }), anyQuery, (raw, query) => {
        const { index, corpus } = build(raw);
        const counts = index.facets(query);
        expect(counts.total).to.equal(naive(corpus, query).length);
        for (const tier of TIERS)
          expect(counts.tiers.get(tier) ?? 0).to.equal(naive(corpus, { ...query, tiers: [tier] }).length);
        for (const state of DATASET_STATES)
          expect(counts.states.get(state) ?? 0).to.equal(naive(corpus, { ...query, states: [state] }).length);
        for (const publisher of ['p1', 'p2', 'p3'])
          expect(counts.publishers.get(publisher) ?? 0).to.equal(naive(corpus, { ...query, publisher }).length);
        for (const field of Object.keys(FIELDS).slice(0, 3) as Field[])
          expect(counts.fields.get(field) ?? 0).to.equal(naive(corpus, { ...query, fields: [field] }).length);
      }),
      { numRuns: 200 },
    );
  });
});
