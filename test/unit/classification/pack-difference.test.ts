import { expect } from 'chai';
import { packDifferences } from '../../../src/classification/domain/pack-difference.js';
import type { Pack } from '../../../src/classification/domain/pack.js';
import { requirePacks } from '../../../src/classification/index.js';

describe('what a version of a pack changes', () => {
  const found = requirePacks().current('cn-shanghai')?.pack;
  if (found === undefined) throw new Error('no pack');
  const base: Pack = found;
  const [first, second, ...others] = base.rules;
  if (first === undefined || second === undefined) throw new Error('no rules');
  const told = (after: Partial<Pack>) =>
    packDifferences(base, { ...base, ...after }).map(({ part, key, change }) => `${change} ${part} ${key}`);

  it('is nothing between a version and itself, whatever its number, its hash and the order of its rules', () => {
    expect(told({ version: 7, hash: 'x', rules: [...others, second, first] })).to.deep.equal([]);
  });

  it('names each rule that is added, taken out or changed, with both its texts', () => {
    const [added, changed] = [
      { ...first, id: 'new-one' },
      { ...second, verified: !second.verified },
    ];
    const rules = [changed, ...others, added];
    expect(told({ rules })).to.have.members([
      `removed rules ${first.id}`,
      `changed rules ${second.id}`,
      'added rules new-one',
    ]);
    const one = packDifferences(base, { ...base, rules }).find(({ key }) => key === second.id);
    expect([one?.before, one?.after]).to.deep.equal([second, changed]);
  });

  it('names lists of words and kinds of columns one by one, and single values as they are', () => {
    const [entry] = Object.keys((base.lexicon as unknown as { entries: object }).entries);
    const lexicon = structuredClone(base.lexicon) as unknown as { entries: Record<string, unknown> };
    delete lexicon.entries[entry ?? ''];
    lexicon.entries['parking'] = { zh: ['停车场'] };
    const after = { ...base, lexicon, confidence: { ...base.confidence, strong: 0.5 } } as unknown as Pack;
    const parts = packDifferences(base, after).map(({ part, key, change }) => `${change} ${part} ${key}`);
    expect(parts).to.include.members([`removed lexicon entries/${entry}`, 'added lexicon entries/parking']);
    expect(parts.filter((one) => one.includes('confidence'))).to.have.length(1);
    expect(parts).to.have.length(3);
  });

  it('names each kind of column, and their order, by which equal evidence is believed', () => {
    const { types } = base.columns;
    const [one, other, ...more] = types;
    if (one === undefined || other === undefined) throw new Error('no types');
    const toldOf = (next: typeof types) => told({ columns: { ...base.columns, types: next } });
    expect(toldOf([other, ...more])).to.deep.equal([`removed columns types/${one.type}`]);
    expect(toldOf([...types, { ...one, type: 'new-one' }])).to.deep.equal(['added columns types/new-one']);
    expect(toldOf([{ ...one, verified: true, title: { zh: '甲' } }, other, ...more] as never)).to.deep.equal([
      `changed columns types/${one.type}`,
    ]);
    expect(toldOf([other, one, ...more])).to.deep.equal(['changed columns types']);
  });

  it('says that a part was not there before', () => {
    const { governance, ...without } = base;
    expect(packDifferences(without as Pack, base).map(({ part, change }) => `${change} ${part}`)).to.include(
      'added governance',
    );
    expect(governance).not.to.equal(undefined);
  });
});
