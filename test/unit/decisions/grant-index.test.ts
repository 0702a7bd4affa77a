import { expect } from 'chai';
import fc from 'fast-check';
import { GrantIndex } from '../../../src/decisions/domain/grant-index.js';
import { type IndexedGrant, STATE } from '../../../src/decisions/domain/indexed-grant.js';
import { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import { anyVector } from '../../fixtures/decisions/random-world.js';
import { NOW, shippedPolicy, ulid } from '../../fixtures/decisions/small-world.js';

const grant = (n: number, organisation: number, dataset: number, more: Partial<IndexedGrant> = {}): IndexedGrant => ({
  id: ulid('gr', n),
  version: 1,
  organisation,
  dataset,
  start: NOW - n,
  end: NOW + n,
  conditionsUntil: Number.POSITIVE_INFINITY,
  items: n % 7,
  agreement: n % 5,
  purposes: n % 256,
  deliveries: n % 8,
  state: STATE.active,
  intact: true,
  ...more,
});
const chainOf = (index: GrantIndex, organisation: number, dataset: number): string[] => {
  const ids: string[] = [];
  for (let row = index.first(organisation, dataset); row >= 0; row = index.next(row)) ids.push(index.idOf(row));
  return ids;
};

describe('decisions: the index of grants', () => {
  it('knows the pairs of an organisation and of a dataset, each once, and goes on behind any of them', () => {
    const pair = fc.tuple(
      fc.nat(6),
      fc.nat(6).map((n) => n * 40),
    );
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 80 }), (pairs) => {
        const index = new GrantIndex(4);
        pairs.forEach(([organisation, dataset], n) => index.put(grant(n, organisation, dataset)));
        const unique = [...new Map(pairs.map((each) => [each.join(), each])).values()].reverse();
        for (let organisation = 0; organisation <= 7; organisation++) {
          const own = unique.flatMap(([o, d]) => (o === organisation ? [d] : []));
          expect([...index.datasetsOf(organisation)]).to.deep.equal(own);
          for (const [at, dataset] of own.entries())
            expect([...index.datasetsOf(organisation, dataset)]).to.deep.equal(own.slice(at + 1));
        }
        for (let dataset = 0; dataset <= 280; dataset += 40) {
          const own = unique.flatMap(([o, d]) => (d === dataset ? [o] : []));
          expect([...index.organisationsOf(dataset)]).to.deep.equal(own);
          for (const [at, organisation] of own.entries())
            expect([...index.organisationsOf(dataset, organisation)]).to.deep.equal(own.slice(at + 1));
        }
      }),
      { numRuns: 100 },
    );
    expect(() => [...new GrantIndex(4).datasetsOf(1, 2)]).to.throw(RangeError);
  });

  it('finds what a plain list finds, by id and by pair, however it grows', () => {
    const pair = fc.tuple(fc.nat(40), fc.nat(40));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 400 }), fc.nat(60), (pairs, expected) => {
        const index = new GrantIndex(expected);
        pairs.forEach(([organisation, dataset], n) => index.put(grant(n, organisation, dataset)));
        for (let organisation = 0; organisation <= 40; organisation += 3)
          for (let dataset = 0; dataset <= 40; dataset += 3) {
            const plain = pairs.flatMap(([o, d], n) => (o === organisation && d === dataset ? [ulid('gr', n)] : []));
            expect(chainOf(index, organisation, dataset)).to.deep.equal(plain.reverse());
          }
        pairs.forEach(([organisation, dataset], n) => {
          const { records } = index;
          const row = index.find(ulid('gr', n));
          expect([
            records.organisation(row),
            records.dataset(row),
            records.start(row),
            records.end(row),
            records.items(row),
            records.agreement(row),
            records.purposes(row),
            records.deliveries(row),
          ]).to.deep.equal([organisation, dataset, NOW - n, NOW + n, n % 7, n % 5, n % 256, n % 8]);
        });
        expect(index.find(ulid('gr', 9999))).to.equal(-1);
        expect(index.size).to.equal(pairs.length);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps distrust until a proven row comes, and never believes a row that changed its pair', () => {
    const index = new GrantIndex();
    index.put(grant(1, 1, 1));
    const row = index.find(ulid('gr', 1));
    index.distrust(ulid('gr', 1));
    expect(index.records.isIntact(row)).to.equal(false);
    index.put(grant(1, 1, 1, { version: 2, state: STATE.revoked }));
    expect([index.records.isIntact(row), index.records.state(row)]).to.deep.equal([true, STATE.revoked]);
    index.put(grant(1, 2, 1, { version: 3 }));
    expect([index.records.isIntact(row), index.records.organisation(row)]).to.deep.equal([false, 1]);
    expect(index.first(2, 1)).to.equal(-1);
  });

  it('refuses an id that is not a ULID before anything is kept', () => {
    const index = new GrantIndex();
    expect(() => index.put(grant(1, 1, 1, { id: 'not-one' }))).to.throw('not a grant id');
    expect([index.size, index.first(1, 1)]).to.deep.equal([0, -1]);
  });
});

describe('decisions: the policy and Casbin', () => {
  it('asks Casbin once for a vector, however often it comes', async () => {
    const shipped = await shippedPolicy();
    let asked = 0;
    const counting = new AccessPolicy('v', shipped.rows, shipped.vocabulary, (values) => {
      asked += 1;
      return values.length % shipped.rows.length;
    });
    const vectors = fc.sample(anyVector, 500);
    const different = new Set(vectors.map((vector) => vector.join())).size;
    for (let round = 0; round < 20; round++) for (const vector of vectors) counting.rowFor(vector);
    expect(asked).to.equal(different);
  });
});
