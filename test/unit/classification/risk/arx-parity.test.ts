import { expect } from 'chai';
import { assessRisk } from '../../../../src/classification/measure/assess-risk.js';
import { describeWithSharedData } from '../../../support/skip.js';
import { fileTable } from '../../../support/classification/tables.js';

/** What the tests of ARX assert for the same file, over all its columns. */
const ARX = { average: 0.6465751607983555, uniqueness: 0.5142895033485844, highest: 1 };

describeWithSharedData('figures of ARX for adult.csv', (path) => {
  it('are reached to 1e-12', async function () {
    this.timeout(240_000);
    const table = await fileTable(path('risk', 'adult.csv'));
    const names = table.columns.map(({ name }) => name);
    const risk = await assessRisk(table, { sets: [names], uniqueSetsTo: 2 }, { spent: () => false });
    await table.close();
    if (risk.status !== 'assessed') throw new Error(risk.reason);
    const [set] = risk.sets;
    if (set?.figures.status !== 'assessed') throw new Error('no figures');
    expect(set.figures.average).to.be.closeTo(ARX.average, 1e-12);
    expect(set.figures.uniqueness).to.be.closeTo(ARX.uniqueness, 1e-12);
    expect(set.figures.highest).to.equal(ARX.highest);
    expect(set.figures).to.deep.include({ records: 30_162, k: 1, suppressed: 0 });
    expect(set.uniques).to.deep.include({ searchedTo: 2, stopped: 'size-limit' });
  });
});
