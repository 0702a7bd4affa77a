import { expect } from 'chai';
import fc from 'fast-check';
import { blankRecord } from '../../../src/catalogue/domain/content.js';
import type { DatasetRecord } from '../../../src/catalogue/domain/dataset.js';
import { heldFor, heldItems, isHeldBy, letGo, ownState, standing } from '../../../src/catalogue/domain/holds.js';
import { gone, returned } from '../../../src/catalogue/domain/imported.js';
import { decide, type DatasetCommand, evolve } from '../../../src/catalogue/domain/lifecycle.js';
import { exposureOf } from '../../../src/catalogue/domain/tombstone.js';

const NOW = Date.parse('2026-12-01T02:00:00Z');
const item = (name: string) => ({ name, title: { en: name }, type: 'text', tier: 'open' as const });
const record = (more: Partial<DatasetRecord> = {}): DatasetRecord => ({
  ...blankRecord('D', 'D', 'P', NOW),
  title: { en: 'Parks' },
  abstract: { en: 'All parks' },
  source: 'elsewhere',
  tier: 'open',
  state: 'listed',
  items: [item('name'), item('phone')],
  ...more,
});
const whole = (by: string) => ({ by, items: [] });
const given = (before: DatasetRecord, command: DatasetCommand): DatasetRecord => {
  const event = decide(before, command, NOW);
  return event.ok ? evolve(before, event.value) : before;
};
const SUSPEND = { kind: 'suspend', reason: 'r' } as const;
const WITHDRAW = { kind: 'withdraw', reason: 'r' } as const;
const RESTORE = { kind: 'restore' } as const;

describe('a record that is held', () => {
  it('is suspended while anything holds all of it, and as its publisher left it afterwards', () => {
    const held = heldFor(heldFor(record(), whole('a')), whole('b'));
    expect([held.state, ownState(held)]).to.deep.equal(['suspended', 'listed']);
    expect(letGo(held, 'a').state).to.equal('suspended');
    expect(letGo(letGo(held, 'a'), 'b')).to.deep.equal(record());
    expect(letGo(held, 'nobody')).to.deep.equal(held);
    expect(heldFor(held, whole('a')).held?.by).to.have.length(2);
  });

  it('is not restored by its publisher, who is told why', () => {
    const held = heldFor(record(), whole('a'));
    const refused = decide(held, RESTORE, NOW);
    expect(!refused.ok && [refused.error.code, refused.error.detail]).to.deep.equal([
      'dataset-state',
      'restore is possible in suspended, withdrawn; the dataset is listed and held by a rights complaint until that is decided',
    ]);
    const twice = given(given(held, SUSPEND), RESTORE);
    expect([twice.state, ownState(twice)]).to.deep.equal(['suspended', 'listed']);
  });

  it('goes on resting, or gone, when it is let go after its publisher suspended or withdrew it', () => {
    const held = heldFor(record(), whole('a'));
    expect(letGo(given(held, SUSPEND), 'a').state).to.equal('suspended');
    expect(given(held, WITHDRAW).state).to.equal('withdrawn');
    expect(letGo(given(held, WITHDRAW), 'a').state).to.equal('withdrawn');
  });

  it('comes back from its source held', () => {
    const back = returned(gone(heldFor(record(), whole('a')), NOW));
    expect([back.state, isHeldBy(back, 'a')]).to.deep.equal(['suspended', true]);
    expect(letGo(back, 'a').state).to.equal('listed');
  });

  it('of which items rest is listed, without its files in the public catalogue', () => {
    const held = heldFor(heldFor(record(), { by: 'a', items: ['phone'] }), { by: 'b', items: ['phone', 'name'] });
    expect([held.state, heldItems(held)]).to.deep.equal(['listed', ['phone', 'name']]);
    expect([exposureOf(record()), exposureOf(held)]).to.deep.equal(['data', 'record']);
  });

  it('rests as a whole once a held item goes by another name', () => {
    const held = heldFor(record(), { by: 'a', items: ['phone'] });
    const renamed = given(held, { kind: 'edit', content: { items: [item('name'), item('tel')] } });
    expect([renamed.state, ownState(renamed)]).to.deep.equal(['suspended', 'listed']);
    const back = given(renamed, { kind: 'edit', content: { items: [item('name'), item('phone')] } });
    expect([back.state, heldItems(back)]).to.deep.equal(['listed', ['phone']]);
  });

  it('is what its own state and its holds say, whatever came in which order', () => {
    const act = fc.oneof(
      fc.record({ hold: fc.constantFrom('a', 'b', 'c'), items: fc.subarray(['name', 'phone', 'gone']) }),
      fc.record({ release: fc.constantFrom('a', 'b', 'c') }),
      fc.constantFrom(SUSPEND, WITHDRAW, RESTORE),
      fc.constantFrom('gone' as const, 'returned' as const),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let free = record();
        let held = record();
        const holds = new Map<string, readonly string[]>();
        for (const one of acts) {
          if (one === 'gone' || one === 'returned') {
            const moved = (it: DatasetRecord) => (one === 'gone' ? gone(it, NOW) : returned(it));
            [free, held] = [moved(free), moved(held)];
          } else if ('hold' in one) {
            held = heldFor(held, { by: one.hold, items: one.items });
            holds.set(one.hold, one.items);
          } else if ('release' in one) {
            held = letGo(held, one.release);
            holds.delete(one.release);
          } else [free, held] = [given(free, one), given(held, one)];
        }
        const rests = [...holds.values()].some((items) => items.length === 0 || items.includes('gone'));
        expect(ownState(held)).to.equal(free.state);
        expect(held.state).to.equal(free.state === 'listed' && rests ? 'suspended' : free.state);
        expect(standing(held)).to.deep.equal(held);
        expect(held.held === undefined).to.equal(holds.size === 0);
      }),
    );
  });
});
