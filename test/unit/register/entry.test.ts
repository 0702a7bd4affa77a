import { expect } from 'chai';
import { toldUpTo } from '../../../src/register/domain/entry.js';
import type { MatterGrant } from '../../../src/register/domain/matter.js';
import { matterOf } from './worlds.js';

const grant: MatterGrant = {
  grant: 'g',
  begunOn: '2026-04-20',
  uses: [
    { on: '2026-06-30', products: 2, named: ['Map'] },
    { on: '2026-07-01', products: 3, named: [] },
  ],
};

describe('what is told of a matter', () => {
  it('its ruling, in the quarter of the ruling, with the use reported up to the last day that counts', () => {
    const [entry, ...none] = toldUpTo([{ matter: matterOf(), grant }], '2026-Q2');
    expect(none).to.deep.equal([]);
    expect(entry).to.include({ quarter: '2026-Q2', outcome: 'approved', days: 8, limit: 15, inTime: true });
    expect(entry?.use).to.deep.equal({ granted: true, reports: 1, products: 2, named: ['Map'] });
    const [later] = toldUpTo([{ matter: matterOf(), grant }], '2026-Q3');
    expect(later).to.deep.include({
      quarter: '2026-Q2',
      use: { granted: true, reports: 2, products: 5, named: ['Map'] },
    });
  });

  it('nothing before its quarter counts', () => {
    expect(toldUpTo([{ matter: matterOf(), grant }], '2026-Q1')).to.deep.equal([]);
    const open = matterOf({ ruledOn: null, endedOn: null, ruling: null });
    expect(toldUpTo([{ matter: open, grant: null }], '2026-Q4')).to.deep.equal([]);
  });

  it('the review of a refusal as it stood at the end of the quarter that counts', () => {
    const appeal = { askedOn: '2026-04-30', outcome: 'reopened', decidedOn: '2026-07-02' } as const;
    const refused = matterOf({ ruling: 'refused', appeal });
    expect(toldUpTo([{ matter: refused, grant: null }], '2026-Q2')[0]?.appeal).to.equal('asked');
    expect(toldUpTo([{ matter: refused, grant: null }], '2026-Q3')[0]?.appeal).to.equal('reopened');
    const late = matterOf({ ruling: 'refused', appeal: { ...appeal, askedOn: '2026-07-01' } });
    expect(toldUpTo([{ matter: late, grant: null }], '2026-Q2')[0]?.appeal).to.equal(null);
  });

  it('that it is undecided, at the end of every quarter in which it is overdue and open', () => {
    const open = matterOf({ ruledOn: null, endedOn: null, ruling: null, overdueOn: '2026-02-10' });
    const told = toldUpTo([{ matter: open, grant: null }], '2026-Q3');
    expect(told.map(({ quarter, outcome, inTime }) => [quarter, outcome, inTime])).to.deep.equal([
      ['2026-Q1', 'undecided', false],
      ['2026-Q2', 'undecided', false],
      ['2026-Q3', 'undecided', false],
    ]);
  });

  it('a ruling after the due day takes nothing back of the quarters in which it was missing', () => {
    const open = matterOf({ ruledOn: null, endedOn: null, ruling: null, overdueOn: '2026-02-10' });
    const ruled = matterOf({ overdueOn: '2026-02-10', late: true });
    const before = toldUpTo([{ matter: open, grant: null }], '2026-Q1');
    const after = toldUpTo([{ matter: ruled, grant: null }], '2026-Q2');
    expect(after.filter(({ quarter }) => quarter === '2026-Q1').map(({ outcome }) => outcome)).to.deep.equal([
      'undecided',
    ]);
    expect(before.map(({ outcome }) => outcome)).to.deep.equal(['undecided']);
    expect(after.filter(({ quarter }) => quarter === '2026-Q2')).to.have.length(1);
    expect(after.find(({ quarter }) => quarter === '2026-Q2')).to.include({ outcome: 'approved', inTime: false });
  });

  it('one that was overdue and withdrawn within the quarter is not told: nobody ruled, and nobody waits', () => {
    const gone = matterOf({ ruledOn: null, endedOn: '2026-03-31', ruling: null, overdueOn: '2026-02-10' });
    expect(toldUpTo([{ matter: gone, grant: null }], '2026-Q3')).to.deep.equal([]);
    const later = matterOf({ ruledOn: null, endedOn: '2026-04-01', ruling: null, overdueOn: '2026-02-10' });
    expect(toldUpTo([{ matter: later, grant: null }], '2026-Q3').map(({ quarter }) => quarter)).to.deep.equal([
      '2026-Q1',
    ]);
  });
});
