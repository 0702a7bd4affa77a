import { expect } from 'chai';
import {
  ask,
  carry,
  type Decided,
  FEWEST,
  learn,
} from '../../../../src/classification/domain/learning/publisher-model.js';
import type { Tier } from '../../../../src/kernel/tier.js';

const NOTHING = { tried: [], proven: false };

/** Records of a publisher in two series; `turned` decides them the other way round. */
function seriesOf(publisher: string, count: number, turned = false): Decided[] {
  const [maps, files]: [Tier, Tier] = turned ? ['restricted', 'open'] : ['open', 'restricted'];
  return Array.from({ length: count }, (_, n) => {
    const isMap = n % 2 === 0;
    return {
      id: `${publisher}-${n}`,
      publisher,
      terms: isMap ? ['layer', 'map', `${publisher}${n % 5}`] : ['case', 'file', `${publisher}${n % 5}`],
      tier: isMap ? maps : files,
      floor: 'open',
    };
  });
}

describe('what a publisher’s decisions teach', () => {
  it('is nothing before enough was decided', () => {
    expect(learn(seriesOf('a', FEWEST - 1), 'a', NOTHING)).to.equal(null);
    expect(learn(seriesOf('a', FEWEST), 'a', NOTHING)).not.to.equal(null);
    expect(learn(seriesOf('a', 50), 'b', NOTHING)).to.equal(null);
  });

  it('is said of records like those, with the terms that spoke for it', () => {
    const model = learn(seriesOf('a', 200), 'a', NOTHING);
    if (model === null) throw new Error('nothing learned');
    const said = ask(model, ['layer', 'map']);
    expect(said).to.deep.include({ tier: 'open', enough: true });
    expect(said.terms.map(({ term }) => term)).to.have.members(['layer', 'map']);
    for (const { weight } of said.terms) expect(weight).to.be.greaterThan(0);
    expect(ask(model, ['case', 'file'])).to.include({ tier: 'restricted' });
  });

  it('abstains from opening where few records that are not open were decided', () => {
    const model = learn(seriesOf('a', 14), 'a', NOTHING);
    if (model === null) throw new Error('nothing learned');
    expect(ask(model, ['layer', 'map'])).to.deep.include({ tier: 'open', enough: false });
  });

  it('carries over among publishers that decide alike, and not among those that do not', () => {
    const alike = ['a', 'b', 'c', 'd'].flatMap((name) => seriesOf(name, 30));
    expect(carry(alike).proven).to.equal(true);
    const against = ['a', 'b', 'c', 'd'].flatMap((name, n) => seriesOf(name, 30, n % 2 === 1));
    expect(carry(against).proven).to.equal(false);
  });

  it('does not carry over from two publishers, nor where the rules do as well', () => {
    expect(carry(['a', 'b'].flatMap((name) => seriesOf(name, 30))).proven).to.equal(false);
    const ruled = ['a', 'b', 'c', 'd']
      .flatMap((name) => seriesOf(name, 30))
      .map((one) => ({ ...one, floor: one.tier }));
    expect(carry(ruled).proven).to.equal(false);
  });

  it('tries each publisher by a model that saw none of its decisions', () => {
    const known = ['a', 'b', 'c', 'd', 'e'].flatMap((name) => seriesOf(name, 30));
    const odd = seriesOf('f', 30, true);
    const { tried } = carry([...known, ...odd]);
    expect(tried).to.have.length(180);
    // f is tried together with a (five turns, six publishers); the others outvote it wherever it may teach.
    const wrong = tried.filter(({ shares, truth }) => shares[truth === 'open' ? 0 : 2] < 0.5);
    expect(wrong.length).to.be.at.least(30);
  });

  it('lets a publisher’s own decisions outweigh those of others', () => {
    const decided = [...['b', 'c', 'd', 'e'].flatMap((name) => seriesOf(name, 40)), ...seriesOf('a', 40, true)];
    const carried = { ...carry(decided), proven: true };
    const model = learn(decided, 'a', carried);
    if (model === null) throw new Error('nothing learned');
    expect(model).to.deep.include({ own: 40, others: 160 });
    expect(ask(model, ['layer', 'map', 'a0', 'a2']).tier).to.equal('restricted');
    const stranger = learn(decided, 'nobody', carried);
    expect(stranger === null ? null : ask(stranger, ['layer', 'map']).tier).to.equal('open');
  });

  it('is the same for the same decisions in another order', () => {
    const decided = seriesOf('a', 60);
    expect(JSON.stringify(learn(decided.toReversed(), 'a', NOTHING))).to.equal(
      JSON.stringify(learn(decided, 'a', NOTHING)),
    );
  });
});
