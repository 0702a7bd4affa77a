import { expect } from 'chai';
import { blankRecord } from '../../../src/catalogue/domain/content.js';
import type { DatasetRecord } from '../../../src/catalogue/domain/dataset.js';
import { viewsOf } from '../../../src/catalogue/domain/views.js';
import { type Tier, tierOfItems } from '../../../src/kernel/tier.js';

const record = (
  tier: Tier,
  items: Readonly<Record<string, Tier>>,
  more: Partial<DatasetRecord> = {},
): DatasetRecord => ({
  ...blankRecord('a', 'local-a', 'body', 0),
  tier,
  tierStatus: 'confirmed',
  listedWhenRestricted: true,
  items: Object.entries(items).map(([name, own]) => ({ name, title: {}, type: 'string', tier: own })),
  ...more,
});
const MIXED = { route: 'open', stop: 'conditional', rider: 'restricted' } as const;

describe('catalogue: views of a dataset that is stricter than some of its items', () => {
  it('hold the items up to their tier, the conditional one those of the open one, too', () => {
    expect(viewsOf(record('restricted', MIXED))).to.deep.equal({ open: ['route'], conditional: ['route', 'stop'] });
    const { rider: _, ...conditional } = MIXED;
    expect(viewsOf(record('conditional', conditional))).to.deep.equal({ open: ['route'], conditional: [] });
  });

  it('are none where nothing is milder than the dataset', () => {
    expect(viewsOf(record('open', { route: 'open' }))).to.equal(undefined);
    expect(viewsOf(record('conditional', { stop: 'conditional' }))).to.equal(undefined);
    expect(viewsOf(record('restricted', {}))).to.equal(undefined);
  });

  it('are none where a person still has to look, or the publisher does not list the record', () => {
    expect(viewsOf(record('restricted', MIXED, { tierStatus: 'pending-review' }))).to.equal(undefined);
    expect(viewsOf(record('restricted', MIXED, { listedWhenRestricted: false }))).to.equal(undefined);
    const { rider: _, ...conditional } = MIXED;
    const listed = viewsOf(record('conditional', conditional, { listedWhenRestricted: false }));
    expect(listed?.open, 'conditional records are listed anyway').to.deep.equal(['route']);
  });

  it('take the stricter of two items of one name', () => {
    const twice = record('restricted', MIXED);
    const items = [...twice.items, { name: 'route', title: {}, type: 'string', tier: 'restricted' as const }];
    expect(viewsOf({ ...twice, items })).to.deep.equal({ open: [], conditional: ['stop'] });
  });

  it('give the strictest tier of what is named, and the dataset’s for nothing, for more, and for what is not there', () => {
    const views = viewsOf(record('restricted', MIXED));
    const asked = (...items: string[]): Tier => tierOfItems('restricted', views, items);
    expect([asked('route'), asked('route', 'stop'), asked('stop')]).to.deep.equal([
      'open',
      'conditional',
      'conditional',
    ]);
    expect([asked(), asked('route', 'rider'), asked('route', 'nothing of the kind')]).to.deep.equal([
      'restricted',
      'restricted',
      'restricted',
    ]);
  });
});
