import { expect } from 'chai';
import fc from 'fast-check';
import { AT, codeOf, FACT_NAMES, FACTS, factsOf, namesOf, vectorOf } from '../../../src/decisions/domain/facts.js';
import { Memo } from '../../../src/decisions/domain/memo.js';
import { anyVector } from '../../fixtures/decisions/random-world.js';
import { highWord, lowWord, unpack } from '../../../src/decisions/domain/packed.js';

describe('decisions: the fact vector', () => {
  it('starts every fact with unknown and names what it holds', () => {
    for (const name of FACT_NAMES) expect(FACTS[name][0], name).to.equal('unknown');
    expect(namesOf(new Uint8Array(FACT_NAMES.length)).every((value) => value === 'unknown')).to.equal(true);
    expect(FACT_NAMES[AT.grant]).to.equal('grant');
  });

  it('packs one-to-one: unpacking gives the vector back', () => {
    fc.assert(
      fc.property(anyVector, (vector) => {
        expect([...unpack(lowWord(vector), highWord(vector))]).to.deep.equal([...vector]);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads written facts, and takes what it does not know for unknown', () => {
    const vector = vectorOf({ tier: 'open', grant: 'no such state' });
    expect(factsOf(vector)).to.include({ tier: 'open', grant: 'unknown', items: 'unknown' });
    expect(codeOf('tier', 'Open')).to.equal(-1);
  });
});

describe('decisions: the memo', () => {
  it('never answers for another vector', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.integer(), fc.nat(50)), { maxLength: 60 }), (entries) => {
        const memo = new Memo(64);
        const plain = new Map<string, number>();
        for (const [low, high, row] of entries) {
          memo.remember(low, high, row);
          if (!plain.has(`${low} ${high}`)) plain.set(`${low} ${high}`, row);
        }
        for (const [low, high] of entries) expect(memo.find(low, high)).to.equal(plain.get(`${low} ${high}`));
        for (const [low, high] of entries) {
          if (!plain.has(`${low + 1} ${high}`)) expect(memo.find(low + 1, high)).to.equal(-1);
        }
      }),
    );
  });

  it('stops inserting when it is full and keeps answering', () => {
    const memo = new Memo(4);
    for (let key = 0; key < 100; key++) memo.remember(key, -key, key % 7);
    expect(memo.size).to.equal(4);
    expect(memo.find(3, -3)).to.equal(3);
    expect(memo.find(50, -50)).to.equal(-1);
  });
});
